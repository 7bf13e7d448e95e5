"""The language switch; the project includes it under `taal/`."""

from django.urls import path

from houvast.core.ui import views

urlpatterns = [path("", views.set_language, name="set_language")]
