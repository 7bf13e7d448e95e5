"""Addresses of keeping and destroying, under `/<organisation>/beheer/bewaren/`."""

from django.urls import path

from houvast.core.retention.views import holds, lists, terms

app_name = "retention"
urlpatterns = [
    path("", terms.index, name="index"),
    path("categorie/<str:class_key>/", terms.deviate, name="deviate"),
    path("lijsten/nieuw/", lists.make, name="make"),
    path("lijsten/<int:pk>/", lists.show, name="list"),
    path("lijsten/<int:pk>/voorleggen/", lists.propose, name="propose"),
    path("lijsten/<int:pk>/besluiten/", lists.approve, name="approve"),
    path("lijsten/<int:pk>/niet-uitvoeren/", lists.stop, name="stop"),
    path("regels/<int:pk>/", lists.exclude, name="exclude"),
    path("verklaringen/<int:pk>/", lists.certificate, name="certificate"),
    path("stops/nieuw/", holds.place, name="hold"),
    path("stops/<int:pk>/einde/", holds.lift, name="lift"),
]
