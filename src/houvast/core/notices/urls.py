from django.urls import path

from houvast.core.notices.views import management, own

app_name = "notices"
urlpatterns = [
    path("", own.index, name="index"),
    path("voorkeuren/", own.preferences, name="preferences"),
    path("herinneringen/", management.rules, name="rules"),
    path("herinneringen/<str:kind>/", management.rule, name="rule"),
    path("verzonden/", management.messages, name="messages"),
    path("verzonden/<uuid:uid>/", management.message, name="message"),
    path("<uuid:uid>/", own.opened, name="open"),
]
