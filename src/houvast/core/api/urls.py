"""Addresses of the API, under `/api/v1/`."""

from django.urls import path

from houvast.core.api import views
from houvast.core.api.building import patterns

app_name = "api"
urlpatterns = [
    path("openapi.json", views.openapi_document, name="openapi"),
    path("docs/", views.docs, name="docs"),
    *patterns(),
]
