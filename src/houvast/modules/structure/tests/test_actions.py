"""What the actions do, what they refuse, and what stays known of what was believed before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories
from houvast.core.audit.actions import ACTIONS
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import UnitPeriod
from houvast.core.orgs.scope import reading
from houvast.core.people.queries import stand_in
from houvast.modules.structure import actions, permissions
from houvast.modules.structure.factories import DAY, small
from houvast.modules.structure.queries.history import history, unit_history
from houvast.modules.structure.queries.organogram import change_days, organogram, snapshot
from houvast.modules.structure.queries.organogram import difference as difference_of
from houvast.modules.structure.rules.rows import AppointmentRow, DeputyRow, PersonRow, Structure, UnitRow
from houvast.modules.structure.rules.spans import NotPossible

APRIL, JUNE, DECEMBER = date(2021, 4, 12), date(2021, 6, 1), date(2021, 12, 1)


@pytest.fixture
def loaded(diemen):
    return small(diemen, APRIL, JUNE, None)


@pytest.fixture
def system(diemen):
    return system_actor(diemen)


def on(here, day, known_at=None):
    with reading(here.pk):
        return organogram(day, known_at=known_at)


def names(here, day, known_at=None):
    return [node.name for node in on(here, day, known_at).nodes]


def version(row):
    with reading(row.organisation_id):
        return type(row).objects.get(pk=row.pk).version


def period_of(unit):
    with reading(unit.organisation_id):
        return unit.periods.filter(withdrawn_at=None).order_by("valid_from").last()


def test_a_snapshot_takes_five_queries_whatever_the_size(diemen, uithoorn):
    small(diemen, APRIL)
    small(uithoorn, *[APRIL] * 12)
    counted = []
    for here in (diemen, uithoorn):
        with reading(here.pk), CaptureQueriesContext(connection) as queries:
            organogram(JUNE)
        counted.append(len(queries))
    assert counted == [5, 5]


def test_a_unit_has_another_name_from_a_day_on(diemen, loaded, system):
    unit = loaded.units["team-1"]
    actions.change_unit(system, unit_id=unit.pk, expected_version=unit.version, on=JUNE, name="Team Nieuw")
    assert "Team 01" in names(diemen, date(2021, 5, 31))
    assert "Team Nieuw" in names(diemen, JUNE)
    assert "Team 01" not in names(diemen, JUNE)


def test_a_change_from_the_first_day_of_a_period_replaces_it(diemen, loaded, system):
    unit = loaded.units["team-1"]
    before = timezone.now()
    actions.change_unit(system, unit_id=unit.pk, expected_version=unit.version, on=DAY, name="Team Nieuw")
    assert "Team Nieuw" in names(diemen, DAY)
    assert "Team 01" in names(diemen, DAY, known_at=before)


def test_a_correction_keeps_what_was_believed_before(diemen, loaded, system):
    period = period_of(loaded.units["team-2"])
    before = timezone.now()
    actions.correct_unit(
        system,
        period_id=period.pk,
        expected_version=period.version,
        valid_from=DAY,
        valid_until=None,
        name="Team Goed",
    )
    assert "Team Goed" in names(diemen, JUNE)
    assert "Team 02" not in names(diemen, JUNE)
    assert "Team 02" in names(diemen, JUNE, known_at=before)
    assert "Team Goed" not in names(diemen, JUNE, known_at=before)
    with reading(diemen.pk):
        rows = UnitPeriod.objects.filter(unit=loaded.units["team-2"]).order_by("pk")
        wrong, right = rows
    assert wrong.withdrawn_at == right.recorded_at


def test_a_corrected_period_is_not_corrected_twice(diemen, loaded, system):
    period = period_of(loaded.units["team-2"])
    fields = {"valid_from": DAY, "valid_until": None, "name": "Team Goed"}
    actions.correct_unit(system, period_id=period.pk, expected_version=period.version, **fields)
    with pytest.raises(NotPossible, match="al eerder gecorrigeerd"):
        actions.correct_unit(system, period_id=period.pk, expected_version=period.version + 1, **fields)


def test_a_stale_version_is_a_conflict(diemen, loaded, system):
    unit = loaded.units["team-1"]
    actions.change_unit(system, unit_id=unit.pk, expected_version=unit.version, on=JUNE, name="Eerst")
    with pytest.raises(Conflict):
        actions.change_unit(system, unit_id=unit.pk, expected_version=unit.version, on=DECEMBER, name="Later")


def test_a_unit_ends_only_when_nothing_is_left_in_it(diemen, loaded, system):
    unit = loaded.units["team-3"]
    with pytest.raises(NotPossible, match="Onderdeel Team 03 bestaat niet gedurende de hele periode"):
        actions.end_unit(system, unit_id=unit.pk, expected_version=unit.version, on=DECEMBER)
    with reading(diemen.pk):
        staff = loaded.posts["staff-3"].appointments.get()
    actions.end_appointment(system, appointment_id=staff.pk, expected_version=1, on=DECEMBER)
    for code in ("staff-3", "leader-3"):
        row = loaded.posts[code]
        actions.end_post(system, post_id=row.pk, expected_version=version(row), on=DECEMBER)
    actions.end_unit(system, unit_id=unit.pk, expected_version=version(unit), on=DECEMBER)
    assert "Team 03" in names(diemen, date(2021, 11, 30))
    assert "Team 03" not in names(diemen, DECEMBER)


def test_a_unit_with_units_under_it_does_not_end(diemen, loaded, system):
    board = loaded.units["board"]
    with pytest.raises(NotPossible, match="eronder valt"):
        actions.end_unit(system, unit_id=board.pk, expected_version=board.version, on=DECEMBER)


def test_a_unit_cannot_hang_under_itself(diemen, loaded, system):
    board, team = loaded.units["board"], loaded.units["team-1"]
    with pytest.raises(NotPossible, match="zou op 1 juni 2021 onder zichzelf vallen"):
        actions.change_unit(
            system, unit_id=board.pk, expected_version=board.version, on=JUNE, parent_id=team.pk
        )
    assert len(names(diemen, JUNE)) == 4


def test_a_code_is_used_once(diemen, loaded, system):
    with pytest.raises(NotPossible, match="Onderdeel team-1 bestaat al"):
        actions.add_unit(system, code="team-1", name="X", kind="team", valid_from=DAY)


def test_a_period_that_does_not_exist_cannot_change(diemen, loaded, system):
    unit = loaded.units["team-1"]
    with pytest.raises(NotPossible, match="Op 1 januari 2020 bestaat dit niet"):
        actions.change_unit(
            system, unit_id=unit.pk, expected_version=unit.version, on=date(2020, 1, 1), name="X"
        )


def test_a_function_ends_only_when_no_post_carries_it(diemen, loaded, system):
    function = loaded.functions["staff"]
    with pytest.raises(NotPossible, match="Functie Medewerker bestaat niet gedurende"):
        actions.end_function(system, function_id=function.pk, expected_version=function.version, on=DECEMBER)


def test_a_function_cannot_become_leading_where_that_makes_two_leaders(diemen, loaded, system):
    function = loaded.functions["staff"]
    with pytest.raises(NotPossible, match="al een teamleider"):
        actions.change_function(
            system,
            function_id=function.pk,
            expected_version=function.version,
            on=DECEMBER,
            kind="team_leader",
        )


def test_a_function_is_described_through_time(diemen, system):
    function = actions.add_function(
        system, code="jurist", name="Jurist", kind="staff", tasks="Adviseren", valid_from=DAY
    )
    actions.change_function(
        system, function_id=function.pk, expected_version=function.version, on=JUNE, scale="10"
    )
    with reading(diemen.pk):
        told = [
            (p.valid_from, p.valid_until, p.scale, p.tasks) for p in function.periods.order_by("valid_from")
        ]
    assert told == [(DAY, JUNE, "", "Adviseren"), (JUNE, None, "10", "Adviseren")]


def test_the_trail_holds_no_free_text(diemen, system):
    actions.add_function(system, code="jurist", name="Jurist", kind="staff", tasks="Geheim", valid_from=DAY)
    with reading(diemen.pk):
        assert all("Geheim" not in str(entry.changes) for entry in AuditEntry.objects.all())


@pytest.mark.parametrize("fte", [Decimal(0), Decimal("1.01"), Decimal(-1)])
def test_a_post_is_at_most_one_full_post(diemen, loaded, system, fte):
    post = loaded.posts["staff-1"]
    with pytest.raises(NotPossible, match="groter dan 0 en ten hoogste 1"):
        actions.change_post(system, post_id=post.pk, expected_version=post.version, on=JUNE, fte=fte)


def test_a_post_moves_to_another_unit_with_who_holds_it(diemen, loaded, system):
    post = loaded.posts["staff-1"]
    actions.change_post(
        system, post_id=post.pk, expected_version=post.version, on=JUNE, unit_id=loaded.units["team-3"].pk
    )
    team = next(node for node in on(diemen, JUNE).nodes if node.name == "Team 03")
    assert [p.holder.name for p in team.posts if p.code == "staff-1"] == ["Medewerker 01"]


def test_a_leader_cannot_move_to_a_team_that_has_one(diemen, loaded, system):
    post = loaded.posts["leader-1"]
    with pytest.raises(NotPossible, match="Team 02 heeft op 1 juni 2021 al een teamleider"):
        actions.change_post(
            system,
            post_id=post.pk,
            expected_version=post.version,
            on=APRIL,
            unit_id=loaded.units["team-2"].pk,
        )


def test_nobody_is_appointed_where_somebody_is(diemen, loaded, system):
    with pytest.raises(NotPossible, match="is al iemand benoemd"):
        actions.appoint(
            system,
            post_id=loaded.posts["leader-1"].pk,
            person_id=loaded.persons["staff-1"].pk,
            valid_from=JUNE,
        )


def test_nobody_is_appointed_outside_the_post(diemen, loaded, system):
    with pytest.raises(NotPossible, match="bestaat niet gedurende de hele benoeming"):
        actions.appoint(
            system,
            post_id=loaded.posts["leader-3"].pk,
            person_id=loaded.persons["staff-1"].pk,
            valid_from=date(2021, 1, 1),
        )


def test_two_full_posts_count_as_one_person(diemen, loaded, system):
    before = len(on(diemen, JUNE).people)
    actions.appoint(
        system, post_id=loaded.posts["leader-3"].pk, person_id=loaded.persons["leader-1"].pk, valid_from=APRIL
    )
    assert len(on(diemen, JUNE).people) == before
    assert on(diemen, JUNE).teams_without_leader == ()


def test_an_acting_leader_leaves_the_vacancy(diemen, loaded, system):
    actions.appoint(
        system,
        post_id=loaded.posts["leader-3"].pk,
        person_id=loaded.persons["leader-1"].pk,
        valid_from=APRIL,
        acting=True,
    )
    team = next(node for node in on(diemen, JUNE).nodes if node.name == "Team 03")
    assert team.lacks_leader
    assert team.acting_leader.name == "Teamleider 01"


def test_the_leader_of_a_team_leaves(diemen, loaded, system):
    actions.end_leader(system, unit_id=loaded.units["team-1"].pk, expected_version=1, on=DECEMBER)
    assert [n.name for n in on(diemen, DECEMBER).teams_without_leader] == ["Team 01", "Team 03"]
    with pytest.raises(NotPossible, match="geen teamleider"):
        actions.end_leader(system, unit_id=loaded.units["team-3"].pk, expected_version=1, on=DECEMBER)


def test_an_end_that_was_believed_is_kept_when_it_moves(diemen, loaded, system):
    with reading(diemen.pk):
        held = loaded.posts["leader-1"].appointments.get()
    ended = actions.end_appointment(system, appointment_id=held.pk, expected_version=1, on=DECEMBER)
    before = timezone.now()
    actions.end_appointment(system, appointment_id=ended.pk, expected_version=ended.version, on=JUNE)
    november = date(2021, 11, 1)
    assert "Team 01" in [n.name for n in on(diemen, november).teams_without_leader]
    assert "Team 01" not in [n.name for n in on(diemen, november, known_at=before).teams_without_leader]


def test_a_later_end_asks_for_a_correction(diemen, loaded, system):
    with reading(diemen.pk):
        held = loaded.posts["leader-1"].appointments.get()
    ended = actions.end_appointment(system, appointment_id=held.pk, expected_version=1, on=JUNE)
    with pytest.raises(NotPossible, match="al geëindigd op 1 juni 2021"):
        actions.end_appointment(system, appointment_id=held.pk, expected_version=ended.version, on=DECEMBER)
    right = actions.correct_appointment(
        system,
        appointment_id=held.pk,
        expected_version=ended.version,
        person_id=held.person_id,
        valid_from=APRIL,
        valid_until=DECEMBER,
    )
    assert (right.valid_from, right.valid_until) == (APRIL, DECEMBER)


def test_a_withdrawn_appointment_was_never_there(diemen, loaded, system):
    with reading(diemen.pk):
        held = loaded.posts["leader-1"].appointments.get()
    before = timezone.now()
    actions.withdraw_appointment(system, appointment_id=held.pk, expected_version=1)
    assert "Team 01" in [n.name for n in on(diemen, JUNE).teams_without_leader]
    assert "Team 01" not in [n.name for n in on(diemen, JUNE, known_at=before).teams_without_leader]


def test_a_deputy_stands_in_while_somebody_is_away(diemen, loaded, system):
    person, deputy = loaded.persons["leader-1"], loaded.persons["leader-2"]
    set_ = actions.set_deputy(system, person_id=person.pk, deputy_id=deputy.pk, valid_from=APRIL)
    away = actions.register_absence(system, person_id=person.pk, valid_from=JUNE)
    with reading(diemen.pk):
        assert stand_in(person, JUNE) == deputy
        assert stand_in(person, APRIL) == person
    actions.end_absence(system, absence_id=away.pk, expected_version=1, on=date(2021, 7, 1))
    with reading(diemen.pk):
        assert stand_in(person, date(2021, 7, 1)) == person
    actions.end_deputy(system, deputy_id=set_.pk, expected_version=1, on=JUNE)
    with reading(diemen.pk):
        assert stand_in(person, JUNE) is None


def test_nobody_stands_in_for_oneself_or_twice(diemen, loaded, system):
    person, deputy = loaded.persons["leader-1"].pk, loaded.persons["leader-2"].pk
    with pytest.raises(NotPossible, match="niet de eigen vervanger"):
        actions.set_deputy(system, person_id=person, deputy_id=person, valid_from=APRIL)
    actions.set_deputy(system, person_id=person, deputy_id=deputy, valid_from=APRIL)
    with pytest.raises(NotPossible, match="al vastgelegd"):
        actions.set_deputy(system, person_id=person, deputy_id=deputy, valid_from=JUNE)


def test_an_absence_is_recorded_once(diemen, loaded, system):
    person = loaded.persons["leader-1"].pk
    actions.register_absence(system, person_id=person, valid_from=APRIL)
    with pytest.raises(NotPossible, match="al een afwezigheid"):
        actions.register_absence(system, person_id=person, valid_from=JUNE)


def test_loading_keeps_nothing_when_one_row_cannot_be(diemen, system):
    wrong = Structure(
        units=(UnitRow(code="a", name="A", kind="team", valid_from=DAY),),
        persons=(PersonRow(key="x", name="X"),),
        appointments=(AppointmentRow(post="nergens", person="x", valid_from=DAY),),
    )
    with pytest.raises(NotPossible, match="Formatieplaats nergens is niet bekend"):
        actions.load(system, structure=wrong)
    assert names(diemen, JUNE) == []


def test_what_is_loaded_verifies(diemen, loaded):
    with reading(diemen.pk):
        assert list(verify(diemen)) == []


def test_the_days_on_which_something_changed(diemen, loaded, system):
    with reading(diemen.pk):
        assert change_days(system) == [DAY, APRIL, JUNE]


def test_the_difference_between_two_days_is_asked_in_any_order(diemen, loaded, system):
    with reading(diemen.pk):
        forth, back = difference_of(system, DAY, JUNE), difference_of(system, JUNE, DAY)
    assert forth == back
    assert len(forth.added) == 2
    with reading(diemen.pk):
        assert difference_of(system, JUNE, JUNE).is_empty


def test_a_history_names_a_guest_by_function_and_home_organisation(diemen, uithoorn, loaded, system):
    guest = factories.guest(
        diemen, "administrator", home=uithoorn, name="Beheerder", may_write=True, today=date(2021, 6, 1)
    )
    unit = loaded.units["team-1"]
    actions.change_unit(
        guest,
        unit_id=unit.pk,
        expected_version=unit.version,
        on=JUNE,
        name="Team Nieuw",
        parent_id=None,
        decision="Besluit 4",
    )
    with reading(diemen.pk):
        assert unit_history(system, unit)[0].who == "Beheerder, Uithoorn"


def test_a_history_tells_in_words(diemen, loaded, system):
    unit = loaded.units["team-1"]
    actions.change_unit(
        system,
        unit_id=unit.pk,
        expected_version=unit.version,
        on=JUNE,
        name="Team Nieuw",
        parent_id=None,
        decision="Besluit 4",
    )
    with reading(diemen.pk):
        newest = unit_history(system, unit)[0]
        person = history(system, loaded.persons["leader-1"])
        lines = [line.text for line in unit_history(system, unit)]
    assert (newest.who, newest.action, newest.text) == (
        "Systeem",
        "structure.change_unit",
        "vanaf 1 juni 2021; naam Team Nieuw; besluit Besluit 4; bovenaan",
    )
    assert "Teamleider: vanaf 12 april 2021; soort benoemd; medewerker Teamleider 01" in lines
    assert [line.action for line in person] == ["structure.load"]


def mine():
    return sorted(key for key in ACTIONS if key.startswith("structure."))


# Who owns a transition action says that it is done; the action itself asks whether one does.
FOR_OWNERS = ("structure.finish_transition_action",)


def test_every_action_asks_the_permission_to_change_or_is_for_owners():
    asked = {ACTIONS[key].permission for key in mine() if key not in FOR_OWNERS}
    assert asked == {permissions.CHANGE}
    assert {ACTIONS[key].permission for key in FOR_OWNERS} == {permissions.VIEW}
    assert len(mine()) == 41


@pytest.mark.parametrize("key", mine())
def test_an_action_refuses_who_may_not_change_and_changes_nothing(diemen, key):
    nobody = factories.actor_without(diemen, ACTIONS[key].permission, [permissions.VIEW, permissions.CHANGE])
    with reading(diemen.pk):
        before = AuditEntry.objects.count()
    with pytest.raises(NotPermitted):
        ACTIONS[key].run(nobody)
    with reading(diemen.pk):
        assert AuditEntry.objects.count() == before


def test_looking_asks_a_permission(diemen):
    nobody = Actor(organisation=diemen, home=diemen, label="Niemand")
    with reading(diemen.pk), pytest.raises(NotPermitted):
        snapshot(nobody, JUNE)


@pytest.fixture
def head(diemen, loaded):
    """Somebody who may change one team."""
    units = frozenset({loaded.units["team-1"].pk})
    held = {permissions.VIEW.key: None, permissions.CHANGE.key: units}
    return Actor(organisation=diemen, home=diemen, label="Hoofd", permissions=held)


def test_who_may_change_one_unit_changes_that_one_alone(diemen, loaded, head):
    own, other = loaded.units["team-1"], loaded.units["team-2"]
    actions.change_unit(head, unit_id=own.pk, expected_version=own.version, on=JUNE, name="Van ons")
    refused = (
        lambda: actions.change_unit(
            head, unit_id=other.pk, expected_version=other.version, on=JUNE, name="X"
        ),
        lambda: actions.change_unit(
            head, unit_id=own.pk, expected_version=version(own), on=DECEMBER, parent_id=other.pk
        ),
        lambda: actions.add_unit(head, code="x", name="X", kind="team", valid_from=DAY),
        lambda: actions.add_function(head, code="x", name="X", kind="staff", valid_from=DAY),
        lambda: actions.load(head, structure=Structure()),
        lambda: actions.change_post(
            head,
            post_id=loaded.posts["staff-2"].pk,
            expected_version=loaded.posts["staff-2"].version,
            on=JUNE,
            fte=Decimal("0.5"),
        ),
        lambda: actions.appoint(
            head,
            post_id=loaded.posts["leader-3"].pk,
            person_id=loaded.persons["staff-1"].pk,
            valid_from=JUNE,
        ),
        lambda: actions.register_absence(head, person_id=loaded.persons["staff-2"].pk, valid_from=JUNE),
    )
    for call in refused:
        with pytest.raises(NotPermitted):
            call()
    actions.register_absence(head, person_id=loaded.persons["staff-1"].pk, valid_from=JUNE)
    assert "Van ons" in names(diemen, JUNE)


def test_a_function_without_posts_ends(diemen, system):
    function = actions.add_function(system, code="x", name="X", kind="staff", valid_from=DAY)
    actions.end_function(system, function_id=function.pk, expected_version=function.version, on=JUNE)
    with reading(diemen.pk):
        assert function.periods.get().valid_until == JUNE


def test_what_would_have_started_later_is_withdrawn_when_something_ends(diemen, system):
    function = actions.add_function(system, code="x", name="X", kind="staff", valid_from=DAY)
    later = actions.change_function(
        system, function_id=function.pk, expected_version=1, on=DECEMBER, name="Y"
    )
    actions.end_function(system, function_id=function.pk, expected_version=later.version, on=JUNE)
    with reading(diemen.pk):
        believed = function.periods.filter(withdrawn_at=None)
        assert [(row.name, row.valid_until) for row in believed] == [("X", JUNE)]


def test_a_period_does_not_end_on_the_day_on_which_it_begins(diemen, system):
    function = actions.add_function(system, code="x", name="X", kind="staff", valid_from=DAY)
    with pytest.raises(NotPossible, match="De periode begint zelf op 1 februari 2021"):
        actions.end_function(system, function_id=function.pk, expected_version=1, on=DAY)


def test_a_function_and_a_post_are_corrected(diemen, loaded, system):
    function = period_of(loaded.functions["staff"])
    actions.correct_function(
        system,
        period_id=function.pk,
        expected_version=1,
        valid_from=date(2021, 1, 1),
        valid_until=None,
        name="Collega",
    )
    post = period_of(loaded.posts["staff-1"])
    actions.correct_post(
        system, period_id=post.pk, expected_version=1, valid_from=DAY, valid_until=None, fte=Decimal("0.5")
    )
    team = next(node for node in on(diemen, JUNE).nodes if node.name == "Team 01")
    assert [(p.function, p.fte) for p in team.posts if p.code == "staff-1"] == [("Collega", Decimal("0.50"))]


def test_a_unit_is_corrected_to_hang_elsewhere(diemen, loaded, system):
    period = period_of(loaded.units["team-2"])
    actions.correct_unit(
        system, period_id=period.pk, expected_version=1, valid_from=DAY, valid_until=None, parent_id=None
    )
    assert {node.name for node in on(diemen, JUNE).tops} == {"Directieteam", "Team 02"}


def test_loading_again_adds_periods_to_what_exists(diemen, loaded, system):
    unit = loaded.units["team-3"]
    more = Structure(
        units=(
            UnitRow(
                code="team-3",
                name="Team 03 oud",
                kind="team",
                valid_from=APRIL.replace(year=2020),
                valid_until=DAY,
            ),
        ),
        persons=(PersonRow(key="Medewerker 01", name="Medewerker 01"), PersonRow(key="nieuw", name="Nieuw")),
        deputies=(DeputyRow(person="Medewerker 01", deputy="nieuw", valid_from=JUNE),),
    )
    known = {"Medewerker 01": loaded.persons["staff-1"]}
    again = actions.load(system, structure=more, persons=known)
    assert again.units["team-3"].pk == unit.pk
    assert again.persons["Medewerker 01"] == loaded.persons["staff-1"]
    assert names(diemen, date(2020, 6, 1)) == ["Team 03 oud"]
    with reading(diemen.pk):
        (deputy,) = loaded.persons["staff-1"].deputies.all()
        assert deputy.deputy.name == "Nieuw"
