from django.urls import path, register_converter

from houvast.core.report.views import (
    adoption,
    chapter,
    checklist,
    comparison,
    corrections,
    editor,
    facts,
    publication,
)
from houvast.core.report.years import ReportYear

register_converter(ReportYear, "report_year")

app_name = "report"
urlpatterns = [
    path("", chapter.index, name="index"),
    path("<report_year:year>/", chapter.show, name="chapter"),
    path("<report_year:year>/bestand/<slug:form>/", chapter.download, name="download"),
    path("<report_year:year>/redactie/<str:slot>/", editor.edit, name="edit"),
    path("<report_year:year>/redactie/<str:slot>/voorbeeld/", editor.preview, name="preview"),
    path("<report_year:year>/feiten/", facts.index, name="facts"),
    path("<report_year:year>/feiten/nieuw/", facts.add, name="add_fact"),
    path("<report_year:year>/feiten/<int:pk>/", facts.change, name="fact"),
    path("<report_year:year>/feiten/<int:pk>/controle/", facts.check, name="check_fact"),
    path("<report_year:year>/feiten/<int:pk>/intrekken/", facts.withdraw, name="withdraw_fact"),
    path("<report_year:year>/vaststelling/", adoption.show, name="adoption"),
    path("<report_year:year>/publicatie/", publication.show, name="publication"),
    path(
        "<report_year:year>/publicatie/voorbeeld/<path:name>", publication.preview, name="publication_preview"
    ),
    path("<report_year:year>/correcties/", corrections.index, name="corrections"),
    path("<report_year:year>/eisen/", checklist.show, name="checklist"),
    path("<report_year:year>/vergelijking/", comparison.index, name="comparison"),
    path("<report_year:year>/vergelijking/feit/", comparison.show, name="comparison_of"),
]
