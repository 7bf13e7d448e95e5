from django.urls import path

from houvast.core.agenda import feeds

urlpatterns = [path("<slug:of>/<str:token>.ics", feeds.show, name="calendar_feed")]
