from django.urls import path

from houvast.core.terms import views

app_name = "terms"
urlpatterns = [path("", views.calculate, name="calculate")]
