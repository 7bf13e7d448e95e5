from django.urls import path

from houvast.core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:uid>/", views.show, name="job"),
]
