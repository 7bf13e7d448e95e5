from django.urls import path

from houvast.core.workbooks.addresses import workbook_addresses
from houvast.modules.structure import views
from houvast.modules.structure.imports import STRUCTURE

app_name = "structure"
urlpatterns = [
    path("", views.organogram, name="organogram"),
    path("organogram.svg", views.organogram_svg, name="organogram_svg"),
    path("openstaand/", views.vacancies, name="vacancies"),
    path("functies/", views.functions, name="functions"),
    path("functies/nieuw/", views.add_function, name="add_function"),
    path("functies/<int:pk>/", views.function, name="function"),
    path("functies/<int:pk>/wijzigen/", views.change_function, name="change_function"),
    path("functies/<int:pk>/beeindigen/", views.end_function, name="end_function"),
    path("functies/periode/<int:pk>/corrigeren/", views.correct_function, name="correct_function"),
    path("onderdelen/nieuw/", views.add_unit, name="add_unit"),
    path("onderdelen/<int:pk>/", views.unit, name="unit"),
    path("onderdelen/<int:pk>/wijzigen/", views.change_unit, name="change_unit"),
    path("onderdelen/<int:pk>/beeindigen/", views.end_unit, name="end_unit"),
    path("onderdelen/<int:pk>/teamleider-vertrekt/", views.end_leader, name="end_leader"),
    path("onderdelen/periode/<int:pk>/corrigeren/", views.correct_unit, name="correct_unit"),
    path("formatieplaatsen/nieuw/", views.add_post, name="add_post"),
    path("formatieplaatsen/<int:pk>/", views.post, name="post"),
    path("formatieplaatsen/<int:pk>/wijzigen/", views.change_post, name="change_post"),
    path("formatieplaatsen/<int:pk>/beeindigen/", views.end_post, name="end_post"),
    path("formatieplaatsen/<int:pk>/benoemen/", views.appoint, name="appoint"),
    path("formatieplaatsen/periode/<int:pk>/corrigeren/", views.correct_post, name="correct_post"),
    path("benoemingen/<int:pk>/beeindigen/", views.end_appointment, name="end_appointment"),
    path("benoemingen/<int:pk>/corrigeren/", views.correct_appointment, name="correct_appointment"),
    path("benoemingen/<int:pk>/intrekken/", views.withdraw_appointment, name="withdraw_appointment"),
    path("medewerkers/", views.people, name="people"),
    path("medewerkers/nieuw/", views.add_person, name="add_person"),
    path("medewerkers/<int:pk>/", views.person, name="person"),
    path("medewerkers/<int:pk>/vervanger/", views.set_deputy, name="set_deputy"),
    path("medewerkers/<int:pk>/afwezig/", views.register_absence, name="register_absence"),
    path("vervanging/<int:pk>/beeindigen/", views.end_deputy, name="end_deputy"),
    path("afwezigheid/<int:pk>/beeindigen/", views.end_absence, name="end_absence"),
    path("versies/", views.versions, name="versions"),
    path("versies/nieuw/", views.add_version, name="add_version"),
    path("versies/<int:pk>/", views.version, name="version"),
    path("versies/<int:pk>/wijzigen/", views.change_version, name="change_version"),
    path("versies/<int:pk>/besluit/", views.decide_version, name="decide_version"),
    path("versies/<int:pk>/advies/", views.advise_version, name="advise_version"),
    path("versies/<int:pk>/intrekken/", views.withdraw_version, name="withdraw_version"),
    path("versies/<int:pk>/actie/", views.add_transition_action, name="add_transition_action"),
    path("versies/<int:pk>/mijlpaal/", views.add_milestone, name="add_milestone"),
    path(
        "versies/acties/<int:pk>/wijzigen/", views.change_transition_action, name="change_transition_action"
    ),
    path("versies/acties/<int:pk>/gereed/", views.finish_transition_action, name="finish_transition_action"),
    path("versies/acties/<int:pk>/vervallen/", views.lapse_transition_action, name="lapse_transition_action"),
    path(
        "versies/acties/<int:pk>/heropenen/", views.reopen_transition_action, name="reopen_transition_action"
    ),
    path("versies/mijlpalen/<int:pk>/wijzigen/", views.change_milestone, name="change_milestone"),
    path("versies/mijlpalen/<int:pk>/afsluiten/", views.close_milestone, name="close_milestone"),
    path("versies/mijlpalen/<int:pk>/heropenen/", views.reopen_milestone, name="reopen_milestone"),
    path("versies/mijlpalen/<int:pk>/bewijs/", views.add_evidence, name="add_evidence"),
    path("versies/bewijs/<int:pk>/wijzigen/", views.change_evidence, name="change_evidence"),
    path("versies/bewijs/<int:pk>/controleren/", views.check_evidence, name="check_evidence"),
    path("versies/bewijs/<int:pk>/intrekken/", views.withdraw_evidence, name="withdraw_evidence"),
    *workbook_addresses("inlezen/", STRUCTURE, name="import", app=app_name),
]
