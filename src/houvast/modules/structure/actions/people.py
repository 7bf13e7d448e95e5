"""People on posts: appointing, ending, correcting; who stands in for whom; who is away."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import as_of, known, lock, overlapping
from houvast.core.orgs.models import Post, PostPeriod
from houvast.core.orgs.rules import FunctionKind
from houvast.core.people.models import Absence, Appointment, Deputy, Person
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.actions.posts import check_post
from houvast.modules.structure.rules.spans import NotPossible, check_span, told_day


def _units_of(post: Post) -> list[int]:
    return list(PostPeriod.objects.filter(known(), post=post).values_list("unit_id", flat=True).distinct())


def _require_post(actor: Actor, post: Post) -> None:
    periods.require_unit(actor, *_units_of(post))


def _require_person(actor: Actor, person: Person) -> None:
    """Who may change only some units, may do so for people with a post there."""
    if actor.units(permissions.CHANGE) is None:
        return
    posts = Appointment.objects.filter(known(), person=person).values("post")
    units = PostPeriod.objects.filter(known(), post__in=posts).values_list("unit_id", flat=True)
    if not any(actor.may(permissions.CHANGE, unit) for unit in units):
        periods.require_everywhere(actor)


@action("structure.add_person", permission=permissions.CHANGE)
def add_person(actor: Actor, *, name: str) -> Person:
    """A person of this organisation, still without a post."""
    person = Person(name=name)
    periods.note(person, name=name)
    return person


@action("structure.appoint", permission=permissions.CHANGE)
def appoint(
    actor: Actor,
    *,
    post_id: int,
    person_id: int,
    valid_from: date,
    valid_until: date | None = None,
    acting: bool = False,
    decision: str = "",
) -> Appointment:
    """Appoint a person to a post, or let them act on it. A person may hold several posts.

    Raises NotPossible where the post does not exist all the while, is held, or its team has a leader.
    """
    post = lock(Post, post_id)
    person = Person.objects.get(pk=person_id)
    _require_post(actor, post)
    appointment = periods.start(
        Appointment(
            post=post,
            person=person,
            kind=_kind(acting),
            valid_from=valid_from,
            valid_until=valid_until,
            decision=decision,
        ),
    )
    periods.note(post, person=person, kind=appointment.kind, on=valid_from)
    check_post(post)
    return appointment


def _kind(acting: bool) -> Appointment.Kind:
    return Appointment.Kind.ACTING if acting else Appointment.Kind.REGULAR


def _end(actor: Actor, appointment: Appointment, on: date) -> Appointment:
    post = lock(Post, appointment.post_id)
    _require_post(actor, post)
    periods.refuse_withdrawn(appointment)
    if appointment.valid_until is not None and on > appointment.valid_until:
        raise NotPossible(
            _("Deze benoeming is al geëindigd op {day}. Corrigeer haar, of benoem opnieuw.").format(
                day=told_day(appointment.valid_until)
            )
        )
    ended = periods.end(appointment, on)
    periods.note(post, person=ended.person, valid_until=on)
    return ended


@action("structure.end_appointment", permission=permissions.CHANGE)
def end_appointment(actor: Actor, *, appointment_id: int, expected_version: int, on: date) -> Appointment:
    """The appointment ends: `on` is the first day on which the person no longer holds the post."""
    return _end(actor, lock(Appointment, appointment_id, expected_version), on)


@action("structure.end_leader", permission=permissions.CHANGE)
def end_leader(actor: Actor, *, unit_id: int, expected_version: int, on: date) -> Appointment:
    """The unit's team leader leaves on a day. The version is that of the appointment.

    Raises NotPossible for a day on which nobody is team leader, or the team leader only began.
    """
    leading = PostPeriod.objects.filter(
        as_of(on),
        as_of(on, prefix="function__periods__"),
        unit=unit_id,
        function__periods__kind=FunctionKind.TEAM_LEADER,
    ).values("post")
    held = Appointment.objects.filter(known(), post__in=leading, kind=Appointment.Kind.REGULAR)
    found = held.filter(overlapping(on, None), valid_from__lte=on).order_by("valid_from").first()
    if found is None:
        raise NotPossible(
            _("Dit team heeft op {day} geen teamleider. Kies een andere dag.").format(day=told_day(on)), "on"
        )
    if found.valid_from == on:
        raise NotPossible(
            _(
                "{name} is op {day} teamleider geworden en kan dus pas een dag later vertrekken. "
                "Is de benoeming er nooit geweest? Trek haar dan in bij de formatieplaats."
            ).format(name=found.person.name, day=told_day(on)),
            "on",
        )
    return _end(actor, lock(Appointment, found.pk, expected_version), on)


@action("structure.correct_appointment", permission=permissions.CHANGE)
def correct_appointment(
    actor: Actor,
    *,
    appointment_id: int,
    expected_version: int,
    person_id: int,
    valid_from: date,
    valid_until: date | None,
    acting: bool = False,
    decision: str = "",
) -> Appointment:
    """The appointment was recorded wrongly: it is withdrawn and replaced."""
    appointment = lock(Appointment, appointment_id, expected_version)
    post = lock(Post, appointment.post_id)
    _require_post(actor, post)
    periods.refuse_withdrawn(appointment)
    right = periods.correct(
        appointment,
        person_id=person_id,
        valid_from=valid_from,
        valid_until=valid_until,
        kind=_kind(acting),
        decision=decision,
    )
    periods.note(post, person=right.person, valid_from=valid_from, valid_until=valid_until)
    check_post(post)
    return right


@action("structure.withdraw_appointment", permission=permissions.CHANGE)
def withdraw_appointment(actor: Actor, *, appointment_id: int, expected_version: int) -> Appointment:
    """The appointment was never made: it is believed no longer."""
    appointment = lock(Appointment, appointment_id, expected_version)
    post = lock(Post, appointment.post_id)
    _require_post(actor, post)
    periods.refuse_withdrawn(appointment)
    periods.withdraw(appointment)
    periods.note(post, person=appointment.person, withdrawn=True)
    return appointment


@action("structure.set_deputy", permission=permissions.CHANGE)
def set_deputy(
    actor: Actor,
    *,
    person_id: int,
    deputy_id: int,
    valid_from: date,
    valid_until: date | None = None,
) -> Deputy:
    """Let somebody stand in for a person when that person is away."""
    person, deputy = lock(Person, person_id), Person.objects.get(pk=deputy_id)
    _require_person(actor, person)
    if person.pk == deputy.pk:
        raise NotPossible(_("Iemand kan niet de eigen vervanger zijn. Kies een andere medewerker."))
    check_span(valid_from, valid_until)
    same = Deputy.objects.filter(overlapping(valid_from, valid_until), person=person, deputy=deputy)
    if same.exists():
        raise NotPossible(_("Deze vervanging is in die periode al vastgelegd. Kies een andere periode."))
    row = Deputy(person=person, deputy=deputy, valid_from=valid_from, valid_until=valid_until)
    row.save()
    record(row, person=person, deputy=deputy, valid_from=valid_from, valid_until=valid_until)
    periods.note(person, deputy=deputy, valid_from=valid_from)
    return row


@action("structure.end_deputy", permission=permissions.CHANGE)
def end_deputy(actor: Actor, *, deputy_id: int, expected_version: int, on: date) -> Deputy:
    """Somebody no longer stands in from a day on."""
    row = lock(Deputy, deputy_id, expected_version)
    _require_person(actor, row.person)
    periods.refuse_withdrawn(row)
    return periods.end(row, on)


@action("structure.register_absence", permission=permissions.CHANGE)
def register_absence(
    actor: Actor,
    *,
    person_id: int,
    valid_from: date,
    valid_until: date | None = None,
) -> Absence:
    """A person is away. Dates only: why somebody is away is nobody's business here."""
    person = lock(Person, person_id)
    _require_person(actor, person)
    check_span(valid_from, valid_until)
    if Absence.objects.filter(overlapping(valid_from, valid_until), person=person).exists():
        raise NotPossible(_("In die periode is al een afwezigheid vastgelegd. Kies een andere periode."))
    row = Absence(person=person, valid_from=valid_from, valid_until=valid_until)
    row.save()
    record(row, person=person, valid_from=valid_from, valid_until=valid_until)
    return row


@action("structure.end_absence", permission=permissions.CHANGE)
def end_absence(actor: Actor, *, absence_id: int, expected_version: int, on: date) -> Absence:
    """The person is back on a day."""
    row = lock(Absence, absence_id, expected_version)
    _require_person(actor, row.person)
    periods.refuse_withdrawn(row)
    return periods.end(row, on)
