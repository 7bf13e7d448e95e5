from django.urls import path

from houvast.project.demo import views

urlpatterns = [path("", views.choose, name="demo")]
