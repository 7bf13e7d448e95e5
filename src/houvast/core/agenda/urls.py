from django.urls import path

from houvast.core.agenda import views

app_name = "agenda"
urlpatterns = [
    path("", views.month, name="month"),
    path("veranderd/", views.changed, name="changed"),
    path("veranderd/gelezen/", views.seen, name="seen"),
    path("abonnement/", views.feed, name="feed"),
    path("abonnement/maken/", views.make, name="make_feed"),
    path("abonnement/intrekken/", views.withdraw, name="withdraw_feed"),
]
