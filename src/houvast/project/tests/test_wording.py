"""The trail in words: no table, key or database value is shown to people."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.permissions import MANAGE_ACCESS, READ_TRAIL
from houvast.core.administration import factories
from houvast.core.administration.wording import Wording
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.modules.security import factories as security

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def controller(diemen):
    return factories.actor(diemen, "controller")


@pytest.mark.parametrize(
    ("table", "changes", "told"),
    [
        (
            "report.sourcedfact",
            {"checked_at": "2022-03-01 09:00:00+01:00"},
            "gecontroleerd op: 01-03-2022 09.00",
        ),
        ("report.sourcedfact", {"source": "Jaarstukken"}, "bron: Jaarstukken"),
        ("security.breach", {"status": "to_notify"}, "status: Te melden bij de AP"),
        ("security.breach", {"confidentiality": True, "integrity": False}, None),
        ("orgs.unit", {"on": "2016-01-01", "kind": "team"}, "vanaf: 01-01-2016; soort: Team"),
        ("orgs.post", {"kind": "acting"}, "soort: Waarnemend"),
        ("access.role", {"permissions": ["audit.view"]}, "rechten: Het logboek van de organisatie lezen"),
        (
            "access.roleassignment",
            {"role": "team_leader", "valid_until": None},
            "rol: Teamleider; geldig tot: –",
        ),
        ("people.person", {"name": "gewijzigd", "account": True}, "naam: gewijzigd; account: ja"),
        ("security.breachadvice", {"breach": NOBODY}, "datalek: een ander stuk"),
        ("report.prose", {"slot": "trajectory.phases"}, "onderdeel: Organisatieontwikkeling"),
        (
            "orgs.post",
            {"on": "2016-01-01", "unit": None, "fte": "", "kind": "regular"},
            "vanaf: 01-01-2016; soort: Benoemd",
        ),
        ("gone.table", {"what": 3}, "what: 3"),
    ],
)
def test_a_change_is_told_with_its_label_and_as_people_write_it(diemen, controller, table, changes, told):
    wording = Wording(controller)
    with reading(diemen.pk):
        wording.read([(table, None, changes)])
    found = wording.changes(changes, table)
    if told is None:
        assert found.endswith(": nee")
        assert ": ja; " in found
    else:
        assert found == told


def test_a_record_is_called_by_its_reference_with_a_link_for_who_may_see_it_and_by_its_kind_for_others(
    diemen,
):
    team = security.team(diemen)
    breach = security.breach(team)
    told = {}
    for name, actor in (("ciso", team.ciso), ("controller", factories.actor(diemen, "controller"))):
        wording = Wording(actor)
        with reading(diemen.pk):
            wording.read([("security.breach", breach.uid, {})])
        told[name] = str(wording.record("security.breach", breach.uid))
    link = f'<a class="nl-link" href="/diemen/beveiliging/datalekken/{breach.pk}/">{breach.reference}</a>'
    assert told == {"ciso": f"Datalek<br>{link}", "controller": "Datalek"}


def test_a_table_without_a_name_of_its_own_or_that_is_gone_is_still_told(controller):
    wording = Wording(controller)
    assert str(wording.record("files.storedfile", UUID(NOBODY))) == "Bestand"
    assert str(wording.record("gone.table", None)) == "gone.table"


def test_a_name_is_asked_once_for_each_kind_of_record_however_many_there_are(diemen, controller):
    for number in range(3):
        factories.person(diemen, f"Persoon {number}", signs_in=False)
    with reading(diemen.pk):
        everybody = [("people.person", uid, {}) for uid in Person.objects.values_list("uid", flat=True)]
    asked = {}
    for number in (1, 3):
        wording = Wording(controller)
        with reading(diemen.pk), CaptureQueriesContext(connection) as queries:
            wording.read(everybody[:number])
        asked[number] = len(queries)
    assert asked == {1: 1, 3: 1}


def test_who_may_read_the_trail_alone_sees_no_names(diemen):
    somebody = factories.person(diemen, "Vera Voorbeeld", signs_in=False)
    reader = factories.actor_without(diemen, MANAGE_ACCESS, [READ_TRAIL])
    wording = Wording(reader)
    with reading(diemen.pk):
        wording.read([("people.person", somebody.uid, {})])
    assert str(wording.record("people.person", somebody.uid)) == "Medewerker"
