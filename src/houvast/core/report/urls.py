from django.urls import path

from houvast.core.report.views import chapter, editor, facts

app_name = "report"
urlpatterns = [
    path("", chapter.index, name="index"),
    path("<int:year>/", chapter.show, name="chapter"),
    path("<int:year>/bestand/<slug:form>/", chapter.download, name="download"),
    path("<int:year>/redactie/<str:slot>/", editor.edit, name="edit"),
    path("<int:year>/redactie/<str:slot>/voorbeeld/", editor.preview, name="preview"),
    path("<int:year>/feiten/", facts.index, name="facts"),
    path("<int:year>/feiten/nieuw/", facts.add, name="add_fact"),
    path("<int:year>/feiten/<int:pk>/", facts.change, name="fact"),
    path("<int:year>/feiten/<int:pk>/controle/", facts.check, name="check_fact"),
]
