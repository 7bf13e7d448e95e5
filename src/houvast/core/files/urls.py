from django.urls import path

from houvast.core.files import views

app_name = "files"
urlpatterns = [path("<uuid:uid>/", views.download, name="download")]
