"""The page with every component; the project includes it under `componenten/`, in a demo only."""

from django.urls import path

from houvast.core.ui import views

urlpatterns = [
    path("", views.components, name="components"),
    path("lade/", views.components_drawer, name="components_drawer"),
]
