from django.urls import path

from houvast.core.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.index, name="index"),
    path("nieuw/<report_year:year>/", views.record, name="record"),
    path("<int:pk>/", views.commitment, name="commitment"),
    path("<int:pk>/wijzigen/", views.change, name="change"),
    path("<int:pk>/stand/", views.tell, name="tell"),
    path("<int:pk>/brief/", views.letter, name="letter"),
    path("<int:pk>/bereikbaar/", views.consent, name="consent"),
    path("brieven/<int:pk>/verzonden/", views.sent, name="sent"),
    path("standen/<int:pk>/controleren/", views.check, name="check"),
    path("standen/<int:pk>/intrekken/", views.withdraw, name="withdraw"),
]
