from django.urls import path

from houvast.core.configuration import views

app_name = "configuration"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:key>/", views.change, name="change"),
]
