"""Address of the log of views, under `/<organisation>/beheer/inzage/`."""

from django.urls import path

from houvast.core.viewlog import views

app_name = "viewlog"
urlpatterns = [path("", views.index, name="index")]
