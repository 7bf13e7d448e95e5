"""Recording the vision and the values, where they have a place, and how often they came up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import OrganisationModel, PeriodModel, as_of, known, lock, overlapping
from houvast.core.orgs.refusal import require
from houvast.modules.values import permissions, rules
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
from houvast.modules.values.rules import PartKind, Span


def _everywhere(actor: Actor, permission: Permission = permissions.CHANGE) -> None:
    """Raise NotPermitted for who may do so in one unit alone: values are the organisation's."""
    if actor.units(permission) is not None:
        raise NotPermitted(permission)


def _write(row: OrganisationModel, **told: object) -> None:
    row.save()
    record(row, **told)


def _span(row: PeriodModel) -> Span:
    return Span(row.valid_from, row.valid_until)


def _end(row: PeriodModel, on: date) -> None:
    rules.check_span(row.valid_from, on)
    row.valid_until = on
    _write(row, valid_until=on)


def _check_dated(adopted_on: date | None, adopted_by: str, decision: str, today: date) -> None:
    rules.check_adoption(adopted_on, adopted_by, decision, today)


@action("values.add_set", permission=permissions.CHANGE)
def add_set(  # noqa: PLR0913  a set has that many sides; all are named at the call
    actor: Actor, *, origin: str, valid_from: date, today: date, precision: str = rules.Precision.DAY,
    valid_until: date | None = None, review_on: date | None = None, adopted_on: date | None = None,
    adopted_by: str = "", decision: str = "",
) -> ValueSet:  # fmt: skip
    """A value set with the trajectory it came from. Raises Refusal while another set holds on those days."""
    _everywhere(actor)
    _check_dated(adopted_on, adopted_by, decision, today)
    others = ValueSet.objects.filter(overlapping(valid_from, valid_until))
    rules.check_alone(Span(valid_from, valid_until), [_span(row) for row in others])
    row = ValueSet(
        origin=origin, valid_from=valid_from, valid_until=valid_until, precision=precision, review_on=review_on,
        adopted_on=adopted_on, adopted_by=adopted_by, decision=decision,
    )  # fmt: skip
    _write(row, origin=origin, valid_from=valid_from, valid_until=valid_until, adopted_on=adopted_on)
    return row


@action("values.change_set", permission=permissions.CHANGE)
def change_set(  # noqa: PLR0913  a set has that many sides; all are named at the call
    actor: Actor, *, set_id: int, expected_version: int, origin: str, precision: str, today: date,
    review_on: date | None = None, adopted_on: date | None = None, adopted_by: str = "", decision: str = "",
) -> ValueSet:  # fmt: skip
    """Its name, its decision, the day to look at it again. When it holds is changed by ending it."""
    _everywhere(actor)
    row = lock(ValueSet, set_id, expected_version)
    _check_dated(adopted_on, adopted_by, decision, today)
    row.origin, row.precision, row.review_on = origin, precision, review_on
    row.adopted_on, row.adopted_by, row.decision = adopted_on, adopted_by, decision
    _write(row, origin=origin, precision=precision, review_on=review_on, adopted_on=adopted_on)
    return row


@action("values.end_set", permission=permissions.CHANGE)
def end_set(actor: Actor, *, set_id: int, expected_version: int, on: date) -> ValueSet:
    """From that day on it holds no more. Raises Refusal for a day on or before the first."""
    _everywhere(actor)
    row = lock(ValueSet, set_id, expected_version)
    _end(row, on)
    return row


@action("values.add_value", permission=permissions.CHANGE)
def add_value(
    actor: Actor, *, set_id: int, name: str, valid_from: date, meaning: str = "", place: int = 0,
    valid_until: date | None = None,
) -> CoreValue:  # fmt: skip
    """A value of a set, from a day on. One without a place comes last. Raises Refusal outside the set's days."""
    _everywhere(actor)
    whole = lock(ValueSet, set_id)
    until = valid_until or whole.valid_until
    rules.check_within(Span(valid_from, until), _span(whole), "valid_from")
    beside = CoreValue.objects.filter(overlapping(valid_from, until), value_set=whole)
    rules.check_name_free(name, beside.values_list("name", flat=True))
    row = CoreValue(
        value_set=whole, name=name, meaning=meaning, place=place or beside.count() + 1, valid_from=valid_from,
        valid_until=until,
    )  # fmt: skip
    _write(row, name=name, place=row.place, valid_from=valid_from, valid_until=until, meaning=bool(meaning))
    return row


@action("values.change_value", permission=permissions.CHANGE)
def change_value(
    actor: Actor, *, value_id: int, expected_version: int, meaning: str, place: int
) -> CoreValue:
    """What it means and where it stands. Another name is another value: end the one, add the other."""
    _everywhere(actor)
    row = lock(CoreValue, value_id, expected_version)
    row.meaning, row.place = meaning, place
    _write(row, meaning=meaning, place=place)
    return row


@action("values.end_value", permission=permissions.CHANGE)
def end_value(actor: Actor, *, value_id: int, expected_version: int, on: date) -> CoreValue:
    """From that day on it is no value of the organisation."""
    _everywhere(actor)
    row = lock(CoreValue, value_id, expected_version)
    _end(row, on)
    return row


@action("values.withdraw_value", permission=permissions.CHANGE)
def withdraw_value(actor: Actor, *, value_id: int, expected_version: int, at: datetime) -> CoreValue:
    """It was recorded by mistake: it stays to be read, and counts on no day. Raises Refusal once asked about."""
    _everywhere(actor)
    row = lock(CoreValue, value_id, expected_version)
    require(
        not Question.objects.filter(value=row, guide__in=Guide.objects.filter(known())).exists(),
        _(
            "Een gespreksleidraad vraagt naar deze kernwaarde. Beëindig de kernwaarde, of schrijf de leidraad opnieuw."
        ),
    )
    row.withdrawn_at = at
    _write(row, withdrawn=True)
    return row


@action("values.add_behaviour", permission=permissions.CHANGE)
def add_behaviour(actor: Actor, *, value_id: int, text: str, shows: bool) -> Behaviour:
    """An example of behaviour that shows the value, or goes against it."""
    _everywhere(actor)
    row = Behaviour(value=lock(CoreValue, value_id), text=text, shows=shows)
    _write(row, shows=shows, text=text)
    return row


@action("values.withdraw_behaviour", permission=permissions.CHANGE)
def withdraw_behaviour(actor: Actor, *, behaviour_id: int, expected_version: int, today: date) -> Behaviour:
    """The example stands no more."""
    _everywhere(actor)
    row = lock(Behaviour, behaviour_id, expected_version)
    row.withdrawn_on = today
    _write(row, withdrawn_on=today)
    return row


@action("values.add_part", permission=permissions.CHANGE)
def add_part(
    actor: Actor, *, set_id: int, kind: str, text: str, valid_from: date, place: int = 0
) -> VisionPart:
    """A slogan, which takes the place of the running one from that day on, or one more pair."""
    _everywhere(actor)
    whole = lock(ValueSet, set_id)
    rules.check_within(Span(valid_from, whole.valid_until), _span(whole), "valid_from")
    running = VisionPart.objects.filter(as_of(valid_from), value_set=whole, kind=kind)
    if kind == PartKind.SLOGAN:
        for old in running:
            _end(old, valid_from)
    row = VisionPart(
        value_set=whole, kind=kind, text=text, place=place or running.count() + 1, valid_from=valid_from,
        valid_until=whole.valid_until,
    )  # fmt: skip
    _write(row, kind=kind, text=text, valid_from=valid_from)
    return row


@action("values.end_part", permission=permissions.CHANGE)
def end_part(actor: Actor, *, part_id: int, expected_version: int, on: date) -> VisionPart:
    """From that day on it belongs to the vision no more."""
    _everywhere(actor)
    row = lock(VisionPart, part_id, expected_version)
    _end(row, on)
    return row


@action("values.add_step", permission=permissions.CHANGE)
def add_step(
    actor: Actor, *, set_id: int, kind: str, title: str, held_on: date, reference: str = "", result: str = ""
) -> Step:
    """What was done on the way to the set. Raises Refusal for a council's vision without its decision."""
    _everywhere(actor)
    require(
        kind != rules.StepKind.VISION or reference.strip(),
        _("Noem het raadsbesluit waarin deze visie is vastgesteld."),
        "reference",
    )
    row = Step(
        value_set=lock(ValueSet, set_id),
        kind=kind,
        title=title,
        held_on=held_on,
        reference=reference,
        result=result,
    )
    _write(row, kind=kind, title=title, held_on=held_on, reference=reference, result=result)
    return row


@action("values.add_instrument", permission=permissions.CHANGE)
def add_instrument(actor: Actor, *, kind: str, name: str, valid_from: date, place: int = 0) -> Instrument:
    """Something in which the values have a place from a day on, called as the chapter calls it."""
    _everywhere(actor)
    beside = Instrument.objects.filter(as_of(valid_from))
    require(not beside.filter(name__iexact=name).exists(), _("Dit instrument is er al."), "name")
    row = Instrument(kind=kind, name=name, valid_from=valid_from, place=place or beside.count() + 1)
    _write(row, kind=kind, name=name, valid_from=valid_from)
    return row


@action("values.end_instrument", permission=permissions.CHANGE)
def end_instrument(actor: Actor, *, instrument_id: int, expected_version: int, on: date) -> Instrument:
    """From that day on the values have no place in it."""
    _everywhere(actor)
    row = lock(Instrument, instrument_id, expected_version)
    _end(row, on)
    return row


@action("values.write_guide", permission=permissions.CHANGE)
def write_guide(
    actor: Actor, *, instrument_id: int, valid_from: date, questions: Sequence[tuple[str, int]],
    introduction: str = "", at: datetime,
) -> Guide:  # fmt: skip
    """The guide of an instrument from a day on; what ran until then ends there, or is replaced on its own first day.

    questions: the text of each with the number of the value it is about, in the order in which they are asked.
    """
    _everywhere(actor)
    instrument = lock(Instrument, instrument_id)
    rules.check_questions(questions)
    for old in Guide.objects.filter(overlapping(valid_from, None), instrument=instrument):
        if old.valid_from < valid_from:
            _end(old, valid_from)
        else:
            old.withdrawn_at = at
            _write(old, withdrawn=True)
    guide = Guide(
        instrument=instrument,
        introduction=introduction,
        valid_from=valid_from,
        valid_until=instrument.valid_until,
    )
    _write(guide, valid_from=valid_from, questions=len(questions), introduction=introduction)
    values = {
        row.pk: row for row in CoreValue.objects.filter(known(), pk__in=[pk for _text, pk in questions])
    }
    for place, (text, value_id) in enumerate(questions, start=1):
        require(value_id in values, _("Kies bij elke vraag een kernwaarde."), "questions")
        _write(Question(guide=guide, value=values[value_id], place=place, text=text), place=place, text=text)
    return guide


@action("values.count", permission=permissions.COUNT)
def count(
    actor: Actor,
    *,
    instrument_id: int,
    year: int,
    total: int,
    covered: int,
    unit_id: int | None = None,
    today: date,
) -> Coverage:
    """In how many of how many the values came up, in a year and a unit; it takes the place of an earlier count.

    Without a unit it is about all units that are not counted by themselves. Raises Refusal for a count that cannot be,
    and for one of so few personal talks in a unit that it is about people.
    """
    if actor.units(permissions.COUNT) is not None:
        actor.require(permissions.COUNT, unit_id)
        require(unit_id is not None, _("Kies uw eigen onderdeel."), "unit_id")
    instrument = lock(Instrument, instrument_id)
    rules.check_count(instrument.kind, year, total, covered, unit=unit_id is not None, today=today)
    standing = Coverage.objects.select_for_update().filter(
        instrument=instrument, year=year, withdrawn_on__isnull=True
    )
    for old in standing.filter(unit_id=unit_id):
        old.withdrawn_on = today
        _write(old, withdrawn_on=today)
    row = Coverage(instrument=instrument, year=year, unit_id=unit_id, total=total, covered=covered)
    _write(row, year=year, total=total, covered=covered)
    return row
