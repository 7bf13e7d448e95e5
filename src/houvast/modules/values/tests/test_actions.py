"""The vision and the values are recorded by who may, through time, with a trail."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.modules.values import actions, factories, permissions, queries
from houvast.modules.values.models import (
    Behaviour,
    CoreValue,
    Coverage,
    Guide,
    Instrument,
    Question,
    Step,
    ValueSet,
    VisionPart,
)
from houvast.modules.values.rules import PartKind, StepKind

DAY = date(2021, 1, 1)
TODAY = date(2022, 3, 1)
AT = datetime(2022, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "director", name="Directielid")


@pytest.fixture
def made(director):
    return factories.value_set(director)


def names_on(organisation, day):
    with reading(organisation.pk):
        return [row.name for row in queries.values_on(day)]


def test_a_sixth_value_from_2023_does_not_change_2021(diemen, director, made):
    actions.add_value(director, set_id=made.pk, name="Eerlijk", valid_from=date(2023, 1, 1))
    assert names_on(diemen, date(2021, 12, 31)) == ["Bewust doen", "Met lef", "Leergierig"]
    assert names_on(diemen, date(2023, 1, 1)) == ["Bewust doen", "Met lef", "Leergierig", "Eerlijk"]


def test_a_value_that_ended_still_held_before(diemen, director, made):
    value = factories.values_of(director, made)[0]
    actions.end_value(director, value_id=value.pk, expected_version=1, on=date(2022, 1, 1))
    assert names_on(diemen, date(2021, 12, 31))[0] == "Bewust doen"
    assert names_on(diemen, date(2022, 1, 1)) == ["Met lef", "Leergierig"]


def test_a_value_recorded_by_mistake_counts_on_no_day(diemen, director, made):
    value = factories.values_of(director, made)[0]
    actions.withdraw_value(director, value_id=value.pk, expected_version=1, at=AT)
    assert names_on(diemen, date(2021, 12, 31)) == ["Met lef", "Leergierig"]
    with reading(diemen.pk):
        assert CoreValue.objects.count() == 3


def test_a_value_that_a_guide_asks_about_is_not_withdrawn(director, made):
    values = factories.values_of(director, made)
    factories.guide(director, factories.instrument(director), values[:1])
    with pytest.raises(Refusal):
        actions.withdraw_value(director, value_id=values[0].pk, expected_version=1, at=AT)


def test_the_set_before_is_the_latest_that_ended(diemen, director):
    factories.value_set(director, (), origin="Lang geleden", since=date(2001, 1, 1), until=date(2009, 1, 1))
    factories.value_set(director, (), origin="Koers", since=date(2009, 1, 1), until=DAY)
    factories.value_set(director)
    with reading(diemen.pk):
        assert [row.origin for row in queries.set_before(date(2021, 12, 31))] == ["Koers"]
        assert [row.origin for row in queries.set_before(date(2010, 1, 1))] == ["Lang geleden"]
        assert list(queries.set_before(date(2000, 1, 1))) == []


def test_one_set_at_a_time(director, made):
    with pytest.raises(Refusal):
        factories.value_set(director, (), origin="Ook", since=date(2022, 1, 1))
    actions.end_set(director, set_id=made.pk, expected_version=1, on=date(2022, 1, 1))
    assert factories.value_set(director, (), origin="Ook", since=date(2022, 1, 1)).pk


def test_a_set_ends_after_it_began(director, made):
    with pytest.raises(Refusal):
        actions.end_set(director, set_id=made.pk, expected_version=1, on=DAY)


def test_a_set_is_changed_with_its_decision(director, made):
    row = actions.change_set(
        director,
        set_id=made.pk,
        expected_version=1,
        origin="Diemen",
        precision="day",
        today=TODAY,
        adopted_on=date(2021, 2, 1),
        adopted_by="college",
        decision="Z21-1",
    )
    assert (row.origin, row.version, row.decision) == ("Diemen", 2, "Z21-1")
    with pytest.raises(Conflict):
        actions.end_set(director, set_id=made.pk, expected_version=1, on=TODAY)


def test_the_same_value_twice_is_refused_but_not_after_the_first_ended(director, made):
    with pytest.raises(Refusal):
        actions.add_value(director, set_id=made.pk, name="met lef", valid_from=DAY)
    value = factories.values_of(director, made)[1]
    actions.end_value(director, value_id=value.pk, expected_version=1, on=date(2022, 1, 1))
    again = actions.add_value(director, set_id=made.pk, name="Met lef", valid_from=date(2023, 1, 1))
    assert again.valid_from == date(2023, 1, 1)


def test_what_a_value_means_is_changed_and_not_told_in_the_trail(diemen, director, made):
    value = factories.values_of(director, made)[0]
    actions.change_value(director, value_id=value.pk, expected_version=1, meaning="Wij letten op.", place=9)
    assert names_on(diemen, DAY)[-1] == "Bewust doen"
    with reading(diemen.pk):
        entry = AuditEntry.objects.get(action="values.change_value")
        assert "letten" not in str(entry.changes)


def test_a_new_slogan_takes_the_place_of_the_running_one(diemen, director, made):
    factories.vision(director, made, "Samen verder.", ["denken én doen", "nu én straks"])
    actions.add_part(
        director, set_id=made.pk, kind=PartKind.SLOGAN, text="Nog verder.", valid_from=date(2023, 1, 1)
    )
    with reading(diemen.pk):
        told = [
            [row.text for row in queries.parts_on(day, PartKind.SLOGAN)]
            for day in (date(2022, 12, 31), date(2023, 1, 1))
        ]
        assert told == [["Samen verder."], ["Nog verder."]]
        pairs = [row.text for row in queries.parts_on(date(2023, 1, 1), PartKind.PAIR)]
        assert pairs == ["denken én doen", "nu én straks"]


def test_a_pair_ends(diemen, director, made):
    factories.vision(director, made, "Samen verder.", ["denken én doen"])
    with reading(diemen.pk):
        pair = VisionPart.objects.get(kind=PartKind.PAIR)
    actions.end_part(director, part_id=pair.pk, expected_version=1, on=date(2022, 1, 1))
    with reading(diemen.pk):
        assert not queries.parts_on(date(2022, 1, 1), PartKind.PAIR).exists()


def test_an_example_is_withdrawn_and_stays_to_be_read(diemen, director, made):
    value = factories.values_of(director, made)[0]
    example = actions.add_behaviour(director, value_id=value.pk, text="Vraagt door.", shows=True)
    actions.withdraw_behaviour(director, behaviour_id=example.pk, expected_version=1, today=TODAY)
    with reading(diemen.pk):
        assert Behaviour.objects.get().withdrawn_on == TODAY
        assert not queries.visible_behaviours(director).exists()


def test_a_vision_of_the_council_names_its_decision(director, made):
    with pytest.raises(Refusal) as refused:
        actions.add_step(director, set_id=made.pk, kind=StepKind.VISION, title="Visie", held_on=DAY)
    assert refused.value.field == "reference"
    step = actions.add_step(
        director, set_id=made.pk, kind=StepKind.VISION, title="Visie", held_on=DAY, reference="Raad 2019-4"
    )
    assert step.reference == "Raad 2019-4"
    actions.add_step(director, set_id=made.pk, kind=StepKind.ANALYSIS, title="Enquête", held_on=DAY)


def test_an_instrument_is_there_once(director):
    one = factories.instrument(director)
    with pytest.raises(Refusal):
        factories.instrument(director, "De Sollicitatiegesprekken")
    actions.end_instrument(director, instrument_id=one.pk, expected_version=1, on=date(2022, 1, 1))
    assert factories.instrument(director, since=date(2022, 1, 1)).pk != one.pk


def test_a_guide_is_written_anew_from_a_day_on(diemen, director, made):
    values = factories.values_of(director, made)
    one = factories.instrument(director)
    factories.guide(director, one, values)
    factories.guide(director, one, values[:1], since=date(2022, 1, 1))
    with reading(diemen.pk):
        running = [
            [len(queries.questions_of(line.guide)) for line in queries.instrument_lines(director, day)]
            for day in (date(2021, 12, 31), date(2022, 1, 1))
        ]
        assert running == [[3], [1]]
    # On its own first day it is replaced, and was never believed.
    factories.guide(director, one, values[:2], since=date(2022, 1, 1))
    with reading(diemen.pk):
        assert Guide.objects.filter(withdrawn_at__isnull=False).count() == 1
        (line,) = queries.instrument_lines(director, date(2022, 1, 1))
        assert len(queries.questions_of(line.guide)) == 2


def test_a_question_is_about_a_value_of_the_organisation(director, made, diemen):
    one = factories.instrument(director)
    with pytest.raises(Refusal):
        actions.write_guide(director, instrument_id=one.pk, valid_from=DAY, questions=[("Wat?", 999)], at=AT)
    with reading(diemen.pk):
        assert not Question.objects.exists()
        assert not Guide.objects.exists()


def test_a_count_takes_the_place_of_an_earlier_one(diemen, director):
    one = factories.instrument(director)
    for covered in (3, 6):
        actions.count(director, instrument_id=one.pk, year=2021, total=9, covered=covered, today=TODAY)
    with reading(diemen.pk):
        assert [row.covered for row in queries.coverage_of(2021)] == [6]
        assert Coverage.objects.count() == 2


def test_a_team_leader_counts_for_the_own_team_alone(diemen, director, teams):
    mine, other = teams
    leader = people.actor(diemen, "team_leader", name="Teamleider", unit=mine)
    one = factories.instrument(director)
    counted = {"instrument_id": one.pk, "year": 2021, "total": 6, "covered": 5, "today": TODAY}
    assert actions.count(leader, unit_id=mine.pk, **counted).unit_id == mine.pk
    with pytest.raises(NotPermitted):
        actions.count(leader, unit_id=other.pk, **counted)
    with pytest.raises(Refusal):
        actions.count(leader, **counted)


def test_who_holds_it_in_one_unit_does_not_change_the_values(diemen, made, teams):
    local = people.actor(diemen, "director", name="Hier alleen", unit=teams[0])
    with pytest.raises(NotPermitted):
        actions.add_value(local, set_id=made.pk, name="Eigen", valid_from=DAY)


@action("test.write_value_wrongly", permission=permissions.CHANGE)
def write_wrongly(_actor, *, row, **wrong):
    """What no action of the module would write."""
    for name, value in wrong.items():
        setattr(row, name, value)
    row.save()
    record(row, **wrong)


@pytest.mark.parametrize(
    ("model", "wrong", "name"),
    [
        (Coverage, {"covered": 10}, "coverage_part_of_total"),
        (Coverage, {"year": 1999}, "coverage_year"),
        (ValueSet, {"adopted_by": "college"}, "valueset_adopted_wholly"),
        (CoreValue, {"valid_until": DAY}, "corevalue_period"),
    ],
)
def test_the_database_refuses_what_cannot_be(diemen, director, model, wrong, name):
    factories.load(director)
    with reading(diemen.pk):
        row = model.objects.order_by("pk").last()
    with pytest.raises(IntegrityError, match=name):
        write_wrongly(director, row=row, **wrong)


def test_the_trail_holds_after_everything(diemen, director):
    factories.load(director, 2)
    with reading(diemen.pk):
        assert Step.objects.count() == 0
        assert Instrument.objects.count() == 8
        assert list(verify(diemen)) == []
