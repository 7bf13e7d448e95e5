"""Addresses of the module, under `/<organisation>/kernwaarden/`."""

from django.urls import path

from houvast.modules.values import views

app_name = "values"
urlpatterns = [
    path("", views.index, name="index"),
    path("sets/nieuw/", views.add_set, name="add_set"),
    path("sets/<int:pk>/", views.value_set, name="set"),
    path("sets/<int:pk>/wijzigen/", views.change_set, name="change_set"),
    path("sets/<int:pk>/beeindigen/", views.end_set, name="end_set"),
    path("sets/<int:pk>/kernwaarde/", views.add_value, name="add_value"),
    path("sets/<int:pk>/onderdeel/", views.add_part, name="add_part"),
    path("sets/<int:pk>/stap/", views.add_step, name="add_step"),
    path("kernwaarde/<int:pk>/wijzigen/", views.change_value, name="change_value"),
    path("kernwaarde/<int:pk>/beeindigen/", views.end_value, name="end_value"),
    path("kernwaarde/<int:pk>/intrekken/", views.withdraw_value, name="withdraw_value"),
    path("kernwaarde/<int:pk>/voorbeeld/", views.add_behaviour, name="add_behaviour"),
    path("voorbeeld/<int:pk>/intrekken/", views.withdraw_behaviour, name="withdraw_behaviour"),
    path("onderdeel/<int:pk>/beeindigen/", views.end_part, name="end_part"),
    path("instrumenten/nieuw/", views.add_instrument, name="add_instrument"),
    path("instrumenten/<int:pk>/", views.instrument, name="instrument"),
    path("instrumenten/<int:pk>/beeindigen/", views.end_instrument, name="end_instrument"),
    path("instrumenten/<int:pk>/leidraad/", views.write_guide, name="write_guide"),
    path("instrumenten/<int:pk>/telling/", views.count, name="count"),
]
