"""Addresses of the public pages, under `/<organisation>/publiek/`; modules add theirs beside them."""

from django.urls import path

from houvast.core.public import views

app_name = "public"
urlpatterns = [
    path("", views.index, name="index"),
    path("privacy/", views.privacy, name="privacy"),
]
