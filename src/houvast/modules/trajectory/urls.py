from django.urls import path

from houvast.modules.trajectory import views

app_name = "trajectory"
# The word in the address of each part of a trajectory, by its key.
WORDS = {
    "condition": "voorwaarden",
    "phase": "fasen",
    "activity": "activiteiten",
    "milestone": "mijlpalen",
    "circumstance": "omstandigheden",
}
urlpatterns = [
    path("", views.index, name="index"),
    path("nieuw/", views.begin, name="begin"),
    path("<int:pk>/", views.trajectory, name="trajectory"),
    path("<int:pk>/wijzigen/", views.change, name="change"),
    path("<int:pk>/motto/", views.motto, name="motto"),
    *(path(f"<int:pk>/{word}/", views.add, {"part": key}, name=f"add_{key}") for key, word in WORDS.items()),
    *(
        path(f"{word}/<int:pk>/", views.change_part, {"part": key}, name=f"change_{key}")
        for key, word in WORDS.items()
    ),
    path("fasen/<int:pk>/poort/", views.gate, name="gate"),
    path("mijlpalen/<int:pk>/afsluiten/", views.close, name="close"),
    path("mijlpalen/<int:pk>/heropenen/", views.reopen, name="reopen"),
]
