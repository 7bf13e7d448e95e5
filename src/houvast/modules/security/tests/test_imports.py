"""Older incidents and breaches out of a workbook: what they become, and what cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.scope import reading
from houvast.core.orgs.tests.test_scope import add_unit
from houvast.core.workbooks.judging import judged
from houvast.core.workbooks.rules.plans import Refused, Sent, Tally
from houvast.core.workbooks.writing import template, xlsx
from houvast.modules.security import actions, factories, imports, permissions
from houvast.modules.security.models import Breach, Incident

NOW = datetime(2021, 12, 31, 12, tzinfo=UTC)
DAY, AT = date(2019, 3, 12), datetime(2019, 3, 12, 9, 30)  # noqa: DTZ001  a cell has no time zone
INCIDENT = ["", DAY, AT, None, "Verkeerd verstuurd", "Een brief", "Nee", "Laag", "", "", None]
BREACH = [
    "",
    DAY,
    AT,
    None,
    None,
    "Een brief",
    "Ja",
    "",
    "nee",
    "inwoners",
    3,
    "naam",
    None,
    "",
    "",
    "Beperkt",
    "",
    "",
]


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


def written(here, workbook):
    with reading(here.pk):
        return load_workbook(BytesIO(xlsx(workbook, workbook.rows(system_actor(here), QueryDict()))))


def plan(here, workbook, rows, tmp_path, made=None):
    book = made or load_workbook(BytesIO(template(workbook)))
    for row in rows:
        book[workbook.names[0]].append(row)
    book.save(tmp_path / "x.xlsx")
    with reading(here.pk):
        return judged(system_actor(here), workbook, tmp_path / "x.xlsx", NOW)


def told(found):
    return [(fault.place.partition("!")[2], fault.text) for fault in found.faults]


def sent(found):
    return Sent(uuid4(), NOW, "security.x", "oud.xlsx", "0" * 64, found.tally)


def changed(row, **cells):
    letters = "ABCDEFGHIJKLMNOPQR"
    return [cells.get(letters[at], value) for at, value in enumerate(row)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            changed(INCIDENT, B=date(2019, 3, 11)),
            ("B2", "Vastleggen kan niet vóór de dag waarop het bekend werd. Pas een van beide dagen aan."),
        ),
        (
            changed(INCIDENT, B=date(2022, 1, 1)),
            ("B2", "Vastleggen kan niet op een dag in de toekomst. Kies vandaag of eerder."),
        ),
        (
            changed(INCIDENT, C=datetime(2022, 1, 1, 9)),  # noqa: DTZ001  a cell has no time zone
            (
                "C2",
                "Het moment waarop het incident is opgemerkt, ligt in de toekomst. Vul een eerder moment in.",
            ),
        ),
        (
            changed(INCIDENT, D=date(2019, 3, 13)),
            ("D2", "Een incident kan niet worden opgemerkt voordat het begon. Pas een van beide dagen aan."),
        ),
        (changed(INCIDENT, H="", K=DAY), ("H2", "Bepaal eerst de ernst van het incident.")),
        (
            changed(INCIDENT, G="Ja", K=DAY),
            (
                "K2",
                (
                    "Er zijn persoonsgegevens bij betrokken. Leg eerst het datalek vast en koppel het aan dit "
                    "incident. (AVG art. 33 lid 5)"
                ),
            ),
        ),
        (
            changed(INCIDENT, K=date(2019, 3, 11)),
            ("K2", "Afsluiten kan niet op een dag vóór de registratie. Kies die dag of een latere."),
        ),
        (
            changed(INCIDENT, A="VI-2021-009"),
            (
                "A2",
                (
                    "Kenmerk VI-2021-009 staat niet in het register. Verbeter het, of laat het leeg voor iets nieuws. "
                    "Bedoelt u ‘VI-2021-001’?"
                ),
            ),
        ),
        (
            changed(INCIDENT, A="VI-2021-001"),
            ("B2", "De dag van vastlegging staat vast. Laat deze cel leeg."),
        ),
        (
            changed(INCIDENT, J="nergens"),
            ("J2", "Onderdeel nergens komt niet voor. Voeg de regel toe, of verbeter de code."),
        ),
    ],
)
def test_what_cannot_be_of_an_incident_is_told_at_its_cell(diemen, team, tmp_path, row, fault):
    factories.incident(team)
    assert told(plan(diemen, imports.INCIDENTS, [row], tmp_path)) == [fault]


def test_an_incident_that_is_there_already_is_not_made_again(diemen, team, tmp_path):
    first = factories.incident(team)
    noticed = first.discovered_at.replace(tzinfo=None).replace(hour=first.discovered_at.hour + 1)
    twin = changed(INCIDENT, B=None, C=noticed, E=first.get_kind_display(), F=first.description.upper())
    assert told(plan(diemen, imports.INCIDENTS, [twin], tmp_path)) == [
        ("A2", "Dit staat al in het register als VI-2021-001. Verwijder de regel, of vul het kenmerk in.")
    ]


def test_incidents_are_corrected_closed_and_made_in_one_action(diemen, team, tmp_path):
    add_unit(system_actor(diemen), code="team-a")
    factories.incident(team, severity="", personal_data="no")
    closed = factories.closed_incident(
        team, factories.incident(team, personal_data="no"), on=date(2021, 3, 9)
    )
    made = written(diemen, imports.INCIDENTS)
    page = made["Incidenten"]
    page["H2"], page["J2"], page["K2"] = "Hoog", "team-a", date(2021, 3, 5)
    page["I3"] = "Alsnog gebeld"
    found = plan(diemen, imports.INCIDENTS, [changed(INCIDENT, B=None, J="team-a")], tmp_path, made)
    assert found.faults == ()
    assert found.tally == Tally(made=1, changed=2, left=0)
    imports.record_incidents(team.ciso, found.rows, sent(found))
    with reading(diemen.pk):
        rows = Incident.objects.order_by("pk").values_list(
            "severity", "status", "closed_on", "unit__code", "measure"
        )
        first, second, third = rows
        assert first[:4] == ("high", "closed", date(2021, 3, 5), "team-a")
        assert (second[1], second[2], second[4]) == ("closed", date(2021, 3, 9), "Alsnog gebeld")
        assert third[:4] == ("low", "reported", None, "team-a")
        new = Incident.objects.last()
        assert (new.reference, new.registered_on, new.reporter) == ("VI-2021-003", date(2021, 12, 31), None)
    made = written(diemen, imports.INCIDENTS)
    made["Incidenten"]["K3"] = date(2021, 3, 10)
    assert closed.reference == "VI-2021-002"
    assert told(plan(diemen, imports.INCIDENTS, [], tmp_path, made)) == [
        ("K3", "Dit incident is al afgesloten; die dag staat vast.")
    ]


def test_only_the_closing_of_an_incident_may_be_new(diemen, team, tmp_path):
    factories.incident(team, personal_data="no", severity="low")
    made = written(diemen, imports.INCIDENTS)
    made["Incidenten"]["K2"] = date(2021, 3, 5)
    found = plan(diemen, imports.INCIDENTS, [], tmp_path, made)
    imports.record_incidents(team.ciso, found.rows, sent(found))
    with reading(diemen.pk):
        assert Incident.objects.get().status == "closed"


def test_a_breach_begins_with_the_advice_and_hangs_on_its_incident(diemen, team, tmp_path):
    add_unit(system_actor(diemen), code="team-a")
    incident = factories.incident(team)
    rows = [BREACH, changed(BREACH, F="Nog een", Q=incident.reference, R="team-a")]
    found = plan(diemen, imports.BREACHES, rows, tmp_path)
    assert found.faults == ()
    imports.record_breaches(team.ciso, found.rows, sent(found))
    with reading(diemen.pk):
        first, second = Breach.objects.order_by("pk")
        assert (first.reference, first.status, first.registered_on) == ("DL-2019-001", "reported", DAY)
        assert first.aware_at == datetime(2019, 3, 12, 8, 30, tzinfo=UTC)
        assert first.due_at == datetime(2019, 3, 15, 8, 30, tzinfo=UTC)
        assert (first.confidentiality, first.integrity, first.data_subjects_number) == (True, False, 3)
        assert (second.incident_id, second.unit.code) == (incident.pk, "team-a")


def test_a_breach_is_corrected_and_an_unchanged_one_is_left(diemen, team, tmp_path):
    factories.breach(team)
    factories.breach(team, description="Iets anders")
    made = written(diemen, imports.BREACHES)
    made["Datalekken"]["K3"] = 12
    found = plan(diemen, imports.BREACHES, [], tmp_path, made)
    assert found.tally == Tally(made=0, changed=1, left=1)
    imports.record_breaches(team.ciso, found.rows, sent(found))
    with reading(diemen.pk):
        assert list(Breach.objects.order_by("pk").values_list("data_subjects_number", "version")) == [
            (1, 1),
            (12, 2),
        ]
    with pytest.raises(Conflict):
        imports.record_breaches(team.ciso, found.rows, sent(found))


def test_what_the_action_refuses_after_all_is_told_and_nothing_is_kept(diemen, team, tmp_path):
    row = factories.breach(team)
    factories.settled_breach(team, row, notified_at=factories.AWARE + 3 * factories.HOUR)
    made = written(diemen, imports.BREACHES)
    made["Datalekken"]["C2"] = datetime(2021, 3, 1, 0, 1)  # noqa: DTZ001  a cell has no time zone
    found = plan(diemen, imports.BREACHES, [BREACH], tmp_path, made)
    assert found.faults == ()
    with pytest.raises(Refused, match="ligt daarom vast"):
        imports.record_breaches(team.ciso, found.rows, sent(found))
    wrong = plan(diemen, imports.INCIDENTS, [INCIDENT], tmp_path)
    later = tuple(replace(row, registered_on=date(2030, 1, 1)) for row in wrong.rows)
    with pytest.raises(Refused, match="in de toekomst"):
        imports.record_incidents(team.ciso, later, sent(wrong))
    with reading(diemen.pk):
        assert (Breach.objects.count(), Incident.objects.count()) == (1, 0)


def test_a_right_for_one_unit_reads_in_nothing(diemen, team):
    unit = add_unit(system_actor(diemen), code="mine")
    officer = people.actor(diemen, "ciso", name="CISO van één team", unit=unit)
    for run in (actions.import_incidents, actions.import_breaches):
        with pytest.raises(NotPermitted) as no:
            run(officer, rows=(), sent=None)
        assert no.value.permission == permissions.IMPORT
