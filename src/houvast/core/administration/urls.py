"""Addresses of administration, under `/<organisation>/beheer/`."""

from django.urls import path

from houvast.core.administration.views import grants, overviews, people

app_name = "administration"
urlpatterns = [
    path("mensen/", people.index, name="people"),
    path("mensen/nieuw/", people.add, name="add_person"),
    path("mensen/<int:pk>/", people.show, name="person"),
    path("mensen/<int:pk>/account/", people.account, name="account"),
    path("mensen/<int:pk>/rol/", people.assign, name="assign"),
    path("rollen/<int:pk>/einde/", people.end, name="end_role"),
    path("toegang/", grants.index, name="grants"),
    path("toegang/nieuw/", grants.give, name="give"),
    path("toegang/<int:pk>/einde/", grants.end, name="end_grant"),
    path("wie-mag-wat/", overviews.rights, name="rights"),
    path("logboek/", overviews.trail, name="trail"),
]
