"""The screens: what they show, what they change, whom they refuse."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.scope import reading
from houvast.modules.structure import actions, facts
from houvast.modules.structure.factories import (
    DAY,
    Proof,
    adopted_version,
    proved,
    small,
    transition_action,
)
from houvast.modules.structure.urls import urlpatterns

APRIL, JUNE = date(2021, 4, 12), date(2021, 6, 1)


@pytest.fixture
def loaded(diemen):
    return small(diemen, APRIL, JUNE, None)


def address(name, *args):
    return reverse(f"structure:{name}", args=["diemen", *args])


def everything(here, loaded):
    """Every address, with a key that exists."""
    with reading(here.pk):
        appointment = loaded.posts["leader-1"].appointments.get()
        deputy = absence = 1
        keys = {
            "unit": loaded.units["team-1"].pk,
            "function": loaded.functions["leader"].pk,
            "post": loaded.posts["leader-1"].pk,
            "appointment": appointment.pk,
            "person": loaded.persons["leader-1"].pk,
            "unit_period": loaded.units["team-1"].periods.get().pk,
            "function_period": loaded.functions["leader"].periods.get().pk,
            "post_period": loaded.posts["leader-1"].periods.get().pk,
        }
    system = system_actor(here)
    person, other = keys["person"], loaded.persons["staff-1"].pk
    deputy = actions.set_deputy(system, person_id=person, deputy_id=other, valid_from=APRIL).pk
    absence = actions.register_absence(system, person_id=person, valid_from=APRIL).pk
    of = {
        "unit": "unit", "change_unit": "unit", "end_unit": "unit", "end_leader": "unit",
        "function": "function", "change_function": "function", "end_function": "function",
        "post": "post", "change_post": "post", "end_post": "post", "appoint": "post",
        "end_appointment": "appointment", "correct_appointment": "appointment",
        "withdraw_appointment": "appointment", "person": "person", "set_deputy": "person",
        "register_absence": "person", "correct_unit": "unit_period",
        "correct_function": "function_period", "correct_post": "post_period",
    }  # fmt: skip
    version = adopted_version(system)
    action = transition_action(system, version, person_id=person)
    milestone = actions.add_milestone(system, version_id=version.pk, name="Bereikt", due_on=None)
    piece = proved(system, milestone, Proof("Evaluatie", date(2021, 12, 9), "Dossier", manner="goed"))
    keys |= {"deputy": deputy, "absence": absence}
    keys |= {"version": version.pk, "action": action.pk, "milestone": milestone.pk, "evidence": piece.pk}
    of |= {f"{verb}_transition_action": "action" for verb in ("change", "finish", "lapse", "reopen")}
    of |= {f"{verb}_version": "version" for verb in ("change", "decide", "advise", "withdraw")}
    of |= {"version": "version", "add_transition_action": "version", "add_milestone": "version"}
    of |= {f"{verb}_milestone": "milestone" for verb in ("change", "close", "reopen")}
    of |= {"add_evidence": "milestone"}
    of |= {f"{verb}_evidence": "evidence" for verb in ("change", "check", "withdraw")}
    of |= {"end_deputy": "deputy", "end_absence": "absence"}
    for route in urlpatterns:
        yield (
            route.name,
            address(route.name, keys[of[route.name]]) if "<" in str(route.pattern) else address(route.name),
        )


CONFIRM = "import_confirm"


def test_an_administrator_sees_every_page(administrator, diemen, loaded):
    for name, url in everything(diemen, loaded):
        if name != CONFIRM:
            assert administrator.get(url).status_code == 200, name


def test_an_employee_may_look_and_not_change(employee, diemen, loaded):
    looking = {
        "organogram",
        "organogram_svg",
        "vacancies",
        "functions",
        "function",
        "unit",
        "post",
        "people",
        "person",
        "versions",
        "version",
    }
    for name, url in everything(diemen, loaded):
        expected = 200 if name in looking else 405 if name == CONFIRM else 403
        assert employee.get(url).status_code == expected, name


def test_a_post_by_an_employee_changes_nothing(employee, diemen, loaded):
    urls = dict(everything(diemen, loaded))
    with reading(diemen.pk):
        before = AuditEntry.objects.count()
    for name, url in urls.items():
        if name.startswith(
            (
                *("add", "change", "end", "correct", "appoint", "withdraw", "set", "register"),
                *("import_confirm", "decide", "advise", "finish", "lapse", "reopen", "close", "check"),
            )
        ):
            assert employee.post(url, {"on": "2021-12-01"}).status_code == 403, name
    with reading(diemen.pk):
        assert AuditEntry.objects.count() == before


def test_another_organisation_finds_nothing(stranger, diemen, loaded):
    for name, url in everything(diemen, loaded):
        assert stranger.get(url).status_code == 404, name


def test_a_key_of_another_organisation_is_not_found(stranger, diemen, loaded):
    url = reverse("structure:unit", args=["uithoorn", loaded.units["team-1"].pk])
    assert stranger.get(url).status_code == 404


def test_nobody_signed_in_is_asked_to_sign_in(client, diemen, loaded):
    for name, url in everything(diemen, loaded):
        assert client.get(url).status_code == 302, name


def test_the_organogram_opens_with_the_quantifier(employee, diemen, loaded):
    page = employee.get(address("organogram"), {"dag": "2021-06-01"}).content.decode()
    assert "De meeste" not in page
    assert "2 van de 3 teams hebben een teamleider." in page
    assert "Eén team heeft er geen. Er is één vacature." in page
    assert "hv-node--gap" in page


def test_before_there_was_a_structure_the_page_says_so(employee, diemen, loaded):
    page = employee.get(address("organogram"), {"dag": "2020-01-01"}).content.decode()
    assert "Op deze dag is er geen structuur vastgelegd" in page


def test_an_empty_organisation_is_told_how_to_begin(administrator, diemen):
    page = administrator.get(address("organogram")).content.decode()
    assert "Structuur inlezen" in page


def test_a_day_that_is_none_is_said_to_be_wrong(employee, diemen, loaded):
    answer = employee.get(address("organogram"), {"dag": "31-02-2021"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"dag": "2021-06-01"}, "1 juni 2021"),
        ({"dag": "2021-06-01", "van": "2021-06-01", "maand": "4"}, "1 juni 2021"),
        ({"dag": "2021-06-15", "van": "2021-06-15", "maand": "2"}, "1 april 2021"),
        ({"dag": "2021-05-03", "van": "2021-06-01", "maand": "2"}, "3 mei 2021"),
    ],
)
def test_the_slider_moves_the_day_and_a_typed_day_goes_before_it(employee, diemen, loaded, asked, shown):
    assert f"Organogram op {shown}" in employee.get(address("organogram"), asked).content.decode()


def test_the_difference_is_told_in_words(employee, diemen, loaded):
    page = employee.get(
        address("organogram"), {"dag": "2021-06-01", "vergelijk": "2021-02-01"}
    ).content.decode()
    assert "Verschil: 1 februari 2021 → 1 juni 2021" in page
    assert "Benoemingen van teamleiders: Teamleider 01, Team 01, sinds 12 april 2021" in page


def test_the_drawing_stands_on_its_own(employee, diemen, loaded):
    answer = employee.get(address("organogram_svg"), {"dag": "2021-06-01"})
    assert answer["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)  # noqa: S314  our own drawing
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "Organogram Diemen, 1 juni 2021"
    assert "2 van de 3 teams hebben een teamleider." in root.find(f"{space}desc").text
    assert "Team 03: Geen teamleider" in root.find(f"{space}desc").text
    assert len(root.findall(f".//{space}rect")) == 5


def queries_of(client, url, data=None):
    client.get(url, data)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url, data).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", ["organogram", "organogram_svg", "vacancies", "functions", "people"])
def test_a_list_takes_as_many_queries_at_1_row_as_at_3(administrator, diemen, name):
    small(diemen, APRIL)
    one = queries_of(administrator, address(name), {"dag": "2021-06-01"})
    for number in (2, 3):
        system = system_actor(diemen)
        unit = actions.add_unit(
            system, code=f"more-{number}", name=f"Meer {number}", kind="team", valid_from=DAY
        )
        function = actions.add_function(
            system, code=f"f-{number}", name=f"Functie {number}", kind="staff", valid_from=DAY
        )
        post = actions.add_post(
            system, code=f"p-{number}", unit_id=unit.pk, function_id=function.pk, valid_from=DAY
        )
        person = actions.add_person(system, name=f"Iemand {number}")
        actions.appoint(system, post_id=post.pk, person_id=person.pk, valid_from=DAY)
    assert queries_of(administrator, address(name), {"dag": "2021-06-01"}) == one


def test_a_unit_is_added_on_screen(administrator, diemen, loaded):
    answer = administrator.post(
        address("add_unit"),
        {
            "code": "team-4",
            "name": "Team Nieuw",
            "kind": "team",
            "parent_id": loaded.units["board"].pk,
            "valid_from": "2021-06-01",
        },
    )
    assert answer.status_code == 302
    assert "Team Nieuw" in administrator.get(address("organogram"), {"dag": "2021-06-01"}).content.decode()
    assert (
        "Team Nieuw" not in administrator.get(address("organogram"), {"dag": "2021-05-31"}).content.decode()
    )


def test_what_cannot_be_is_said_in_the_form_and_nothing_typed_is_lost(administrator, diemen, loaded):
    unit = loaded.units["team-1"]
    answer = administrator.post(
        address("end_unit", unit.pk), {"expected_version": unit.version, "on": "2021-12-01"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Beëindig of verplaats die formatieplaats eerst" in page
    assert 'value="2021-12-01"' in page


def test_a_form_that_misses_something_says_so(administrator, diemen, loaded):
    answer = administrator.post(address("add_person"), {"name": ""})
    assert answer.status_code == 422


def test_who_was_second_sees_both_versions_and_can_save_again(administrator, diemen, loaded):
    unit = loaded.units["team-1"]
    actions.change_unit(
        system_actor(diemen), unit_id=unit.pk, expected_version=unit.version, on=JUNE, name="Van een ander"
    )
    mine = {
        "expected_version": unit.version,
        "on": "2021-07-01",
        "name": "Van mij",
        "kind": "team",
        "parent_id": loaded.units["board"].pk,
    }
    answer = administrator.post(address("change_unit", unit.pk), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van mij" in page
    assert "Van een ander" in page
    again = administrator.post(
        address("change_unit", unit.pk),
        {**mine, "expected_version": answer.context["form"]["expected_version"].value()},
    )
    assert again.status_code == 302
    page = administrator.get(address("unit", unit.pk)).content.decode()
    assert "vanaf 1 juli 2021" in page
    assert "naam Van mij" in page


def test_who_was_second_does_not_put_back_what_they_left_alone(administrator, diemen, loaded):
    unit = loaded.units["team-1"]
    seen = administrator.get(address("change_unit", unit.pk)).context["form"].initial
    actions.change_unit(
        system_actor(diemen), unit_id=unit.pk, expected_version=unit.version, on=JUNE, name="Van een ander"
    )
    left = {name: seen[name] for name in ("name", "kind", "parent_id")}
    mine = {**{f"initial-{name}": value for name, value in left.items()}, **left}
    mine |= {"expected_version": unit.version, "on": "2021-07-01", "kind": "staff"}
    answer = administrator.post(address("change_unit", unit.pk), mine)
    form = answer.context["form"]
    assert answer.status_code == 409
    assert (form["name"].value(), form["kind"].value()) == ("Van een ander", "staff")


def test_a_leader_who_leaves_shows_in_the_sentence(administrator, diemen, loaded):
    url = address("end_leader", loaded.units["team-1"].pk)
    assert administrator.post(url, {"expected_version": 1, "on": "2021-12-01"}).status_code == 302
    page = administrator.get(address("organogram"), {"dag": "2021-12-31"}).content.decode()
    assert "1 van de 3 teams heeft een teamleider." in page


def test_people_are_found_by_function(employee, diemen, loaded):
    page = employee.get(address("people"), {"q": "Teamleider", "dag": "2021-06-01"}).content.decode()
    assert "Teamleider 01" in page
    assert "Medewerker 01" not in page


def test_a_team_without_a_leader_is_work_for_who_may_change(diemen, loaded):
    administrator = factories.actor(diemen, "administrator")
    employee = factories.actor(diemen, "employee")
    with reading(diemen.pk):
        (task,) = facts.tasks(administrator)
        assert (task.label, task.detail) == ("1 team heeft geen teamleider", "Team 03")
        assert facts.tasks(employee) == ()


def test_units_functions_and_people_are_found_by_name(diemen, loaded):
    employee = factories.actor(diemen, "employee")
    with reading(diemen.pk):
        assert [(hit.kind, hit.label) for hit in facts.search(employee, "teaml")] == [
            ("Functie", "Teamleider"),
            ("Medewerker", "Teamleider 01"),
            ("Medewerker", "Teamleider 02"),
        ]
        assert [hit.label for hit in facts.search(employee, "TEAM 02")] == ["Team 02"]


def workbook(client):
    return load_workbook(BytesIO(client.get(address("import_template")).content))


def uploaded(book):
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "structuur.xlsx"
    return file


def filled(client):
    book = workbook(client)
    book["Onderdelen"].append(["team-a", "Team A", "Team", "", 1, date(2021, 1, 1), "", ""])
    book["Functies"].append(["tl", "Teamleider", "Teamleider", "", "", "", "", date(2021, 1, 1), "", ""])
    book["Formatieplaatsen"].append(["a-1", "tl", "team-a", 0.9, date(2021, 1, 1), "", ""])
    book["Benoemingen"].append(["a-1", "Iemand Anders", "", "1-2-2021", "", "Besluit 3"])
    return book


def test_a_workbook_is_shown_first_and_then_recorded_as_a_whole(administrator, diemen):
    answer = administrator.post(address("import"), {"workbook": uploaded(filled(administrator))})
    assert answer.status_code == 200
    assert "Team A" not in administrator.get(address("organogram")).content.decode()
    done = administrator.post(address("import_confirm"), {"sealed": answer.context["sealed"]})
    assert done.status_code == 302
    page = administrator.get(address("organogram"), {"dag": "2021-06-01"}).content.decode()
    assert "Team A" in page
    assert "Iemand Anders" in page
    assert "Alle teams hebben een teamleider: 1 van de 1." in page


def test_every_fault_is_told_at_its_cell(administrator, diemen):
    book = filled(administrator)
    book["Onderdelen"].append(["team-b", "", "Ploeg", "", "", "gisteren", "", ""])
    book["Formatieplaatsen"].append(["a-2", "weg", "team-a", 2, date(2021, 1, 1), "", ""])
    book["Benoemingen"].append(["a-9", "Iemand", "", date(2021, 1, 1), "", ""])
    answer = administrator.post(address("import"), {"workbook": uploaded(book)})
    assert answer.status_code == 422
    assert [(fault.place, fault.text) for fault in answer.context["preview"].faults] == [
        ("Onderdelen!B3", "Vul deze cel in."),
        (
            "Onderdelen!C3",
            "“Ploeg” is niet bekend. Kies uit: Organisatie, Directie, Afdeling, Team, Stafbureau.",
        ),
        ("Onderdelen!F3", "“gisteren” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
        ("Formatieplaatsen!D3", "Fte is groter dan 0 en hoogstens 1."),
        ("Benoemingen!A3", "Formatieplaats a-9 komt niet voor. Voeg de regel toe, of verbeter de code."),
    ]
    with reading(diemen.pk):
        assert not AuditEntry.objects.filter(action="structure.load").exists()


def test_a_file_that_is_no_workbook_is_refused(administrator, diemen):
    file = BytesIO(b"geen werkmap")
    file.name = "x.xlsx"
    answer = administrator.post(address("import"), {"workbook": file})
    assert answer.status_code == 422
    assert "Dit is geen Excel-bestand" in answer.content.decode()


def test_an_altered_confirmation_is_refused(administrator, diemen):
    answer = administrator.post(address("import_confirm"), {"sealed": "zelf gemaakt"})
    assert answer.status_code == 422
    assert "Lees de werkmap opnieuw in." in answer.content.decode()
