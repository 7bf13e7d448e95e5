"""The screens: what they show, what they change, whom they refuse."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.scope import reading
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
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


def test_before_the_first_appointment_the_pages_tell_of_no_vacancy(employee, diemen, loaded):
    with reading(diemen.pk):
        assert loaded.posts["leader-1"].appointments.get().valid_from == APRIL
    system = system_actor(diemen)
    unit = actions.add_unit(
        system, code="oud", name="Oud team", kind="team", valid_from=date(2019, 1, 1), valid_until=DAY
    )
    function = actions.add_function(
        system, code="oud", name="Oud", kind="staff", valid_from=date(2019, 1, 1), valid_until=DAY
    )
    actions.add_post(
        system,
        code="oud",
        unit_id=unit.pk,
        function_id=function.pk,
        valid_from=date(2019, 1, 1),
        valid_until=DAY,
    )
    for name in ("organogram", "vacancies"):
        page = employee.get(address(name), {"dag": "2019-06-01"}).content.decode()
        assert "zijn geen benoemingen vastgelegd; wie toen leidde, staat hier niet." in page
        assert "0 directieleden" not in page
        assert "vacature." not in page
        assert "Op elke formatieplaats is iemand benoemd." not in page


def test_a_second_unit_at_the_top_is_shown_beside_the_tree(employee, diemen, loaded):
    actions.add_unit(system_actor(diemen), code="los", name="Los team", kind="team", valid_from=DAY)
    page = employee.get(address("organogram"), {"dag": "2021-06-01"}).content.decode()
    assert "Dit onderdeel valt nergens onder" in page
    assert (
        page.index("Directieteam") < page.index("Dit onderdeel valt nergens onder") < page.index("Los team")
    )


def test_the_slider_ends_a_year_after_today_whatever_was_planned(administrator, diemen, loaded):
    slider = administrator.get(address("organogram")).context["slider"]
    assert slider.first_label == "februari 2021"
    assert slider.line.day(slider.last) == date(localdate().year + 1, localdate().month, 1)


def test_a_new_structure_stays_among_the_jumps_after_many_changes(administrator, diemen, loaded):
    system = system_actor(diemen)
    adopted_version(system)
    for month in range(1, 13):
        actions.add_unit(
            system, code=f"u-{month}", name=f"U {month}", kind="staff", valid_from=date(2022, month, 1)
        )
    jumps = administrator.get(address("organogram"), {"dag": "2023-01-01"}).context["jumps"]
    assert "gaat in" in jumps[0][1]
    assert len(jumps) == 9


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
        assert [(hit.kind, hit.label) for hit in records(employee, Query("teaml"))] == [
            ("Functie", "Teamleider"),
            ("Medewerker", "Teamleider 01"),
            ("Medewerker", "Teamleider 02"),
        ]
        assert [(hit.kind, hit.label) for hit in records(employee, Query("TEAM 02"))] == [
            ("Onderdeel", "Team 02"),
            ("Medewerker", "Teamleider 02"),
        ]


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
        ("Formatieplaatsen!B3", "Functie weg komt niet voor. Voeg de regel toe, of verbeter de code."),
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


DAYS = "Kies een dag van 1 januari 1900 tot en met 31 december 2099."
UNIT = {"code": "team-4", "name": "Team 4", "kind": "team", "valid_from": "2021-06-01"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("name", "key", "field"),
    [
        ("end_leader", "unit", "on"),
        ("add_unit", "", "valid_from"),
        ("add_function", "", "valid_from"),
        ("set_deputy", "person", "valid_from"),
        ("register_absence", "person", "valid_until"),
    ],
)
def test_a_day_outside_the_bounds_is_refused_at_its_field(
    administrator, diemen, loaded, name, key, field, day
):
    keys = {"unit": [loaded.units["team-1"].pk], "person": [loaded.persons["leader-1"].pk], "": []}
    answer = administrator.post(address(name, *keys[key]), {field: day})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [DAYS]


@pytest.mark.parametrize("order", ["32768", "9" * 20, "9" * 5000])
def test_an_order_that_does_not_fit_is_refused_in_a_sentence(administrator, diemen, loaded, order):
    answer = administrator.post(address("add_unit"), {**UNIT, "order": order})
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["order"]
    assert said in {"Vul een heel getal in van 0 tot en met 32.767.", "Voer een geheel getal in."}


def test_the_largest_order_is_recorded(administrator, diemen, loaded):
    assert administrator.post(address("add_unit"), {**UNIT, "order": "32767"}).status_code == 302


@pytest.mark.parametrize("version", ["9" * 20, "-1", "x"])
def test_a_version_that_no_page_sends_is_refused(administrator, diemen, loaded, version):
    url = address("end_unit", loaded.units["team-1"].pk)
    answer = administrator.post(url, {"expected_version": version, "on": "2021-12-01"})
    assert answer.status_code == 422
    assert "expected_version" in answer.context["form"].errors


@pytest.mark.parametrize("name", ["organogram", "organogram_svg", "vacancies", "people"])
@pytest.mark.parametrize(
    "asked",
    [
        {"dag": "0001-01-01"},
        {"dag": "9999-12-31"},
        {"dag": "2021-06-01", "van": "2021-06-01", "maand": "9" * 20},
        {"dag": "2021-06-01", "vergelijk": "9999-12-31"},
    ],
)
def test_no_address_of_the_organogram_breaks_on_a_number(employee, diemen, loaded, name, asked):
    assert employee.get(address(name), asked).status_code in {200, 422}


def test_a_leader_cannot_leave_on_the_day_of_appointment_and_the_field_says_why(
    administrator, diemen, loaded
):
    url = address("end_leader", loaded.units["team-1"].pk)
    answer = administrator.post(url, {"expected_version": 1, "on": "2021-04-12"})
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["on"]
    assert said == (
        "Teamleider 01 is op 12 april 2021 teamleider geworden en kan dus pas een dag later vertrekken. "
        "Is de benoeming er nooit geweest? Trek haar dan in bij de formatieplaats."
    )


def test_a_leader_cannot_leave_before_there_was_one(administrator, diemen, loaded):
    url = address("end_leader", loaded.units["team-1"].pk)
    answer = administrator.post(url, {"expected_version": 1, "on": "2021-04-11"})
    assert answer.context["form"].errors == {
        "on": ["Dit team heeft op 11 april 2021 geen teamleider. Kies een andere dag."]
    }


def test_a_unit_without_a_leader_offers_to_appoint_one_first_of_all(administrator, diemen, loaded):
    team, post = loaded.units["team-3"], loaded.posts["leader-3"]
    page = administrator.get(address("unit", team.pk)).content.decode()
    offer = f'href="{address("appoint", post.pk)}"'
    assert "Benoem een teamleider" in page
    assert page.index(offer) < page.index(address("change_unit", team.pk))
    led = administrator.get(address("unit", loaded.units["team-1"].pk)).content.decode()
    assert "Benoem een teamleider" not in led


def test_after_a_leader_left_the_same_post_is_offered(administrator, diemen, loaded):
    team = loaded.units["team-1"]
    administrator.post(address("end_leader", team.pk), {"expected_version": 1, "on": "2021-12-01"})
    for url in (address("unit", team.pk), address("vacancies")):
        page = administrator.get(url).content.decode()
        assert "Benoem een teamleider" in page
        assert f'href="{address("appoint", loaded.posts["leader-1"].pk)}"' in page


def test_a_team_without_a_post_for_a_leader_is_offered_to_make_one(administrator, diemen, loaded):
    team = actions.add_unit(system_actor(diemen), code="leeg", name="Leeg", kind="team", valid_from=DAY)
    for url in (address("unit", team.pk), address("vacancies")):
        page = administrator.get(url).content.decode()
        assert "Maak een formatieplaats voor een teamleider" in page
        assert f'{address("add_post")}?onderdeel={team.pk}"' in page


def test_who_may_only_look_is_offered_no_appointment(employee, diemen, loaded):
    for url in (address("unit", loaded.units["team-3"].pk), address("vacancies")):
        page = employee.get(url).content.decode()
        assert "Geen teamleider" in page or "Teams zonder teamleider" in page
        assert "Benoem" not in page


def preview_of(client, book):
    answer = client.post(address("import"), {"workbook": uploaded(book)})
    return answer, answer.content.decode()


def test_the_preview_lists_what_will_be_recorded(administrator, diemen):
    answer, page = preview_of(administrator, filled(administrator))
    assert [(s.name, s.rows, s.total) for s in answer.context["preview"].sheets] == [
        ("Onderdelen", (("team-a", "Team A", "Team", "", "1", "01-01-2021", "", ""),), 1),
        ("Functies", (("tl", "Teamleider", "Teamleider", "", "", "", "", "01-01-2021", "", ""),), 1),
        ("Formatieplaatsen", (("a-1", "tl", "team-a", "0,90", "01-01-2021", "", ""),), 1),
        ("Benoemingen", (("a-1", "Iemand Anders", "Benoemd", "01-02-2021", "", "Besluit 3"),), 1),
    ]
    assert "1 nieuwe medewerker<" in page
    assert "1 regel<" in page
    assert "1 regels" not in page


def test_of_a_long_sheet_the_first_rows_are_shown_with_the_total(administrator, diemen):
    book = workbook(administrator)
    for number in range(30):
        row = [f"f-{number}", "Functie", "Medewerker", "t" * 80, "", "", "", date(2021, 1, 1), "", ""]
        book["Functies"].append(row)
    answer, page = preview_of(administrator, book)
    (sheet,) = answer.context["preview"].sheets
    assert (len(sheet.rows), sheet.total) == (25, 30)
    assert sheet.rows[0][3] == "t" * 59 + "…"
    assert "de eerste 25 van 30 regels" in page


def test_an_empty_template_is_told_to_be_filled_in_and_not_to_mend_a_cell(administrator, diemen):
    answer, page = preview_of(administrator, workbook(administrator))
    assert answer.status_code == 422
    assert "Er staan geen regels in dit bestand. Vul het sjabloon in." in page
    assert "Verbeter" not in page
    assert "Wat er niet klopt" not in page


def test_a_forgotten_parent_is_asked_about_and_may_be_meant(administrator, diemen):
    book = filled(administrator)
    book["Onderdelen"].append(["gem", "Gemeente", "Organisatie", "", "", date(2021, 1, 1), "", ""])
    book["Onderdelen"].append(["team-b", "Team B", "Team", "gem", "", date(2021, 1, 1), "", ""])
    answer, page = preview_of(administrator, book)
    assert [(doubt.place, doubt.text) for doubt in answer.context["preview"].doubts] == [
        (
            "Onderdelen!D2",
            (
                "Team A valt nergens onder en komt los naast Gemeente te staan. Is dat niet de bedoeling? Vul dan "
                "‘Valt onder’ in en lees de werkmap opnieuw in."
            ),
        )
    ]
    assert "Klopt dit?" in page
    done = administrator.post(address("import_confirm"), {"sealed": answer.context["sealed"]})
    assert done.status_code == 302


def test_a_new_top_beside_a_recorded_one_is_asked_about(administrator, diemen, loaded):
    answer, _page = preview_of(administrator, filled(administrator))
    (doubt,) = answer.context["preview"].doubts
    assert doubt.text.startswith("Team A valt nergens onder en komt los naast Directieteam te staan.")


def test_tops_that_never_stand_at_once_are_no_doubt(administrator, diemen):
    book = workbook(administrator)
    for code, start, end in (("oud", date(2020, 1, 1), date(2021, 1, 1)), ("nieuw", date(2021, 1, 1), "")):
        book["Onderdelen"].append([code, code, "Directie", "", "", start, end, ""])
    answer, _page = preview_of(administrator, book)
    assert answer.context["preview"].doubts == ()


def test_references_of_a_row_with_another_fault_are_told_in_one_go(administrator, diemen):
    book = filled(administrator)
    book["Onderdelen"].append(["team-b", "", "Team", "nergens", "", date(2021, 1, 1), "", ""])
    book["Formatieplaatsen"].append(["b-1", "onbekend", "team-b", 0.5, "gisteren", "", ""])
    book["Benoemingen"].append(["b-1", "Iemand", "", date(2021, 1, 1), "", ""])
    answer, page = preview_of(administrator, book)
    assert [(fault.place, fault.text) for fault in answer.context["preview"].faults] == [
        ("Onderdelen!B3", "Vul deze cel in."),
        ("Onderdelen!D3", "Onderdeel nergens komt niet voor. Voeg de regel toe, of verbeter de code."),
        ("Formatieplaatsen!B3", "Functie onbekend komt niet voor. Voeg de regel toe, of verbeter de code."),
        ("Formatieplaatsen!E3", "“gisteren” is geen datum. Schrijf bijvoorbeeld 31-12-2021."),
    ]
    assert "Verbeter de 4 punten hieronder" in page
