"""Addresses of tokens, under `/<organisation>/beheer/programma/`."""

from django.urls import path

from houvast.core.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.index, name="index"),
    path("nieuw/", views.make, name="make"),
    path("alle/", views.everybody, name="all"),
    path("<int:pk>/intrekken/", views.withdraw, name="withdraw"),
]
