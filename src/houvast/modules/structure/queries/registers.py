"""The lists: units, functions, posts, people, appointments. What a person may see starts at `visible_…`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import Function, FunctionPeriod, Post, PostPeriod, Unit, UnitPeriod
from houvast.core.people.models import Absence, Appointment, Deputy, Person
from houvast.modules.structure import permissions
from houvast.modules.structure.rules.spans import told_day


def visible_units(actor: Actor) -> QuerySet[Any]:
    """The units, ended ones too."""
    actor.require(permissions.VIEW)
    return Unit.objects.all()


def visible_functions(actor: Actor) -> QuerySet[Any]:
    """The functions, ended ones too."""
    actor.require(permissions.VIEW)
    return Function.objects.all()


def visible_posts(actor: Actor) -> QuerySet[Any]:
    """The posts, ended ones too."""
    actor.require(permissions.VIEW)
    return Post.objects.all()


def visible_people(actor: Actor) -> QuerySet[Any]:
    """The people of the organisation."""
    actor.require(permissions.VIEW)
    return Person.objects.order_by("name", "pk")


def visible_appointments(actor: Actor) -> QuerySet[Any]:
    """The believed appointments."""
    actor.require(permissions.VIEW)
    return Appointment.objects.filter(known()).select_related("person", "post").order_by("valid_from", "pk")


def visible_unit_periods(actor: Actor) -> QuerySet[Any]:
    """The believed periods of units, with their parent."""
    actor.require(permissions.VIEW)
    return UnitPeriod.objects.filter(known()).select_related("unit", "parent").order_by("valid_from", "pk")


def visible_function_periods(actor: Actor) -> QuerySet[Any]:
    """The believed periods of functions."""
    actor.require(permissions.VIEW)
    return FunctionPeriod.objects.filter(known()).select_related("function").order_by("valid_from", "pk")


def visible_post_periods(actor: Actor) -> QuerySet[Any]:
    """The believed periods of posts."""
    actor.require(permissions.VIEW)
    rows = PostPeriod.objects.filter(known()).select_related("post", "function", "unit")
    return rows.order_by("valid_from", "pk")


def names_of_units(day: date | None = None) -> dict[int, str]:
    """The name of each unit: on a day, or else the newest it had."""
    where = known() if day is None else as_of(day)
    rows = UnitPeriod.objects.filter(where).order_by("valid_from", "pk")
    return dict(rows.values_list("unit_id", "name"))


def names_of_functions(day: date | None = None) -> dict[int, str]:
    """The name of each function: on a day, or else the newest it had."""
    where = known() if day is None else as_of(day)
    rows = FunctionPeriod.objects.filter(where).order_by("valid_from", "pk")
    return dict(rows.values_list("function_id", "name"))


def names_of_posts() -> dict[int, str]:
    """Each post by the newest function and unit it had, and its end; three queries."""
    functions, units = names_of_functions(), names_of_units()
    rows = PostPeriod.objects.filter(known()).order_by("valid_from", "pk")
    fields = ("post_id", "function_id", "unit_id", "valid_until")
    return {
        post: _post_name(functions.get(function, ""), units.get(unit, ""), until)
        for post, function, unit, until in rows.values_list(*fields)
    }


def _post_name(function: str, unit: str, until: date | None) -> str:
    name = f"{function}, {unit}"
    return _("{name}, tot {day}").format(name=name, day=told_day(until)) if until else name


def name_of_post(post_id: int) -> str:
    """What people call a post: its function and its unit, as they are called last; three queries."""
    last = PostPeriod.objects.filter(known(), post=post_id).order_by("valid_from", "pk").last()
    if last is None:
        return ""
    return f"{names_of_functions().get(last.function_id, '')}, {names_of_units().get(last.unit_id, '')}"


@dataclass(frozen=True)
class Held:
    """An appointment as a line: who, on what, where, from when until when."""

    appointment: Appointment
    function: str
    unit: str
    unit_id: int | None


@dataclass(frozen=True)
class PersonPage:
    """What is known of a person: appointments, who stands in, when they are away."""

    person: Person
    held: tuple[Held, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    stands_in_for: tuple[Deputy, ...] = ()
    absences: tuple[Absence, ...] = field(default=())


def person_page(actor: Actor, person: Person) -> PersonPage:
    """Everything about one person; eight queries at most."""
    appointments = list(visible_appointments(actor).filter(person=person))
    return PersonPage(
        person=person,
        held=tuple(lines(appointments)),
        deputies=tuple(_deputies().filter(person=person)),
        stands_in_for=tuple(_deputies().filter(deputy=person)),
        absences=tuple(Absence.objects.filter(known(), person=person).order_by("-valid_from", "pk")),
    )


def _deputies() -> QuerySet[Any]:
    return Deputy.objects.filter(known()).select_related("person", "deputy").order_by("valid_from", "pk")


def lines(appointments: list[Appointment]) -> list[Held]:
    """The appointments with function and unit as they were on the first day; three queries."""
    posts = {row.post_id for row in appointments}
    periods = list(PostPeriod.objects.filter(known(), post__in=posts).order_by("valid_from", "pk"))
    functions, units = names_of_functions(), names_of_units()
    told = []
    for row in appointments:
        of_post = [period for period in periods if period.post_id == row.post_id]
        began = [period for period in of_post if period.valid_from <= row.valid_from]
        at = began[-1] if began else next(iter(of_post), None)
        function = functions.get(at.function_id, "") if at else ""
        unit = units.get(at.unit_id, "") if at else ""
        told.append(Held(row, function or row.post.code, unit, at.unit_id if at else None))
    return told


@dataclass(frozen=True)
class FunctionLine:
    """A function in the register, as it is on a day, with how many posts carry it and how many are filled."""

    period: FunctionPeriod
    posts: int
    filled: int


def functions_on(actor: Actor, day: date) -> list[FunctionLine]:
    """The register of functions on a day; three queries."""
    rows = visible_function_periods(actor).filter(as_of(day)).order_by("name", "pk")
    posts: dict[int, list[int]] = {}
    for function, post in PostPeriod.objects.filter(as_of(day)).values_list("function_id", "post_id"):
        posts.setdefault(function, []).append(post)
    regular = Appointment.objects.filter(as_of(day), kind=Appointment.Kind.REGULAR)
    filled = set(regular.values_list("post_id", flat=True))
    return [
        FunctionLine(
            row,
            len(posts.get(row.function_id, ())),
            sum(1 for post in posts.get(row.function_id, ()) if post in filled),
        )
        for row in rows
    ]


def people_with_functions(actor: Actor, day: date) -> QuerySet[Any]:
    """Everybody, with `function` and `unit` of the first post held on a day, and `posts`: how many."""
    held = Appointment.objects.filter(as_of(day), person=OuterRef("pk")).order_by("valid_from", "pk")
    described = held.filter(
        as_of(day, prefix="post__periods__"),
        as_of(day, prefix="post__periods__function__periods__"),
        as_of(day, prefix="post__periods__unit__periods__"),
    )
    posts = held.order_by().values("person").annotate(number=Count("pk")).values("number")
    found: QuerySet[Any] = visible_people(actor).annotate(
        function=Subquery(described.values("post__periods__function__periods__name")[:1]),
        unit=Subquery(described.values("post__periods__unit__periods__name")[:1]),
        posts=Coalesce(Subquery(posts), 0),
    )
    return found


def visible_deputies(actor: Actor) -> QuerySet[Any]:
    """Who stands in for whom, as believed."""
    actor.require(permissions.VIEW)
    return _deputies()


def visible_absences(actor: Actor) -> QuerySet[Any]:
    """When who is away, as believed."""
    actor.require(permissions.VIEW)
    return Absence.objects.filter(known()).select_related("person").order_by("valid_from", "pk")
