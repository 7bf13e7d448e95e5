from django.urls import path, register_converter

from houvast.core.report.imports import FACTS
from houvast.core.report.views import (
    adoption,
    authoring,
    chapter,
    checklist,
    comparison,
    corrections,
    editor,
    facts,
    outline,
    publication,
)
from houvast.core.report.years import ReportYear
from houvast.core.workbooks.addresses import workbook_addresses

register_converter(ReportYear, "report_year")

app_name = "report"
urlpatterns = [
    path("", chapter.index, name="index"),
    *workbook_addresses("feiten/werkmap/", FACTS, name="facts_workbook", app=app_name),
    path("<report_year:year>/", chapter.show, name="chapter"),
    path("<report_year:year>/bestand/<slug:form>/", chapter.download, name="download"),
    path("<report_year:year>/bestanden/", chapter.make_files, name="make_files"),
    path("<report_year:year>/redactie/<str:slot>/", editor.edit, name="edit"),
    path("<report_year:year>/redactie/<str:slot>/voorbeeld/", editor.preview, name="preview"),
    path("<report_year:year>/opzet/", outline.arrange, name="outline"),
    path("<report_year:year>/ronde/", authoring.overview, name="round"),
    path("<report_year:year>/ronde/uitvraag/", authoring.plan, name="plan_round"),
    path("<report_year:year>/ronde/stoppen/", authoring.stop, name="stop_round"),
    path("<report_year:year>/ronde/directie/", authoring.board, name="board"),
    path("<report_year:year>/onderdeel/<str:section>/", authoring.section, name="section"),
    path("<report_year:year>/onderdeel/<str:section>/opmerking/", authoring.comment, name="comment"),
    path("<report_year:year>/onderdeel/<str:section>/stap/<slug:act>/", authoring.act, name="act"),
    path("opmerkingen/<int:pk>/", authoring.answer, name="answer"),
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
