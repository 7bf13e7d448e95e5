"""Addresses of the module, under `/<organisation>/beveiliging/`."""

from django.urls import path

from houvast.modules.security import views

app_name = "security"
public = (
    [
        path("kwetsbaarheid/", views.vulnerability, name="vulnerability"),
        path("kwetsbaarheid/ontvangen/<str:token>/", views.vulnerability_received, name="received"),
    ],
    "security_public",
)
"""What is open to the public, under `/<organisation>/publiek/`."""
urlpatterns = [
    path("", views.overview, name="overview"),
    path("per-onderdeel/", views.units, name="units"),
    path("melden/", views.report, name="report"),
    path("gemeld/<slug:reference>/", views.reported, name="reported"),
    path("eigen/", views.own, name="own"),
    path("incidenten/", views.incidents, name="incidents"),
    path("incidenten/<int:pk>/", views.incident, name="incident"),
    path("incidenten/<int:pk>/wijzigen/", views.change_incident, name="change_incident"),
    path("incidenten/<int:pk>/afsluiten/", views.close_incident, name="close_incident"),
    path("datalekken/", views.breaches, name="breaches"),
    path("datalekken/vastleggen/", views.report_breach, name="report_breach"),
    path("datalekken/<int:pk>/", views.breach, name="breach"),
    path("datalekken/<int:pk>/wijzigen/", views.change_breach, name="change_breach"),
    path("datalekken/<int:pk>/advies/", views.advise, name="advise"),
    path("datalekken/<int:pk>/besluit/", views.decide, name="decide"),
    path("datalekken/<int:pk>/melding/", views.notify, name="notify"),
    path("datalekken/<int:pk>/afsluiten/", views.close_breach, name="close_breach"),
    path("datalekken/<int:pk>/geen-datalek/", views.dismiss_breach, name="dismiss_breach"),
]
