"""Reading commitments: the register, how each stood on a day, what the chapter of a year has to answer, who owns what.

What a person may see starts at `visible_to`; what the chapter counts names nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from houvast.core.access.actor import Actor
from houvast.core.access.models import RoleAssignment
from houvast.core.commitments import permissions
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.rules import FINAL, CommitmentKind, Course, Stand, Status
from houvast.core.files.queries import files_of
from houvast.core.orgs.base import as_of, known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.orgs.rules import FunctionKind
from houvast.core.people.models import Appointment, Person
from houvast.core.post.models import Dispatch
from houvast.core.report.adoption.queries import newest_editions
from houvast.core.report.chapter import reference_day

LEADING = (FunctionKind.DIRECTOR, FunctionKind.DEPARTMENT_HEAD, FunctionKind.TEAM_LEADER)
"""Who answers for what a unit owns: whoever is appointed there to a function of such a kind."""


def visible_to(actor: Actor) -> QuerySet[Any]:
    """All commitments, with `owner`: what the owner is called, nothing where there is none."""
    actor.require(permissions.VIEW)
    return with_owner(Commitment.objects.order_by("-year", "pk"))


def visible_stands(actor: Actor) -> QuerySet[Any]:
    """The stands, with their commitment."""
    actor.require(permissions.VIEW)
    return CommitmentStand.objects.select_related("commitment").order_by("pk")


def sees(actor: Actor, uid: UUID) -> bool:
    """Whether the actor may see this commitment, and so its files."""
    return actor.may(permissions.VIEW) and visible_to(actor).filter(uid=uid).exists()


def _newest(model: Any, **of: str) -> Any:
    where = {name: OuterRef(path) for name, path in of.items()}
    return model.objects.filter(known(), **where).order_by("-valid_from", "-pk")


def with_owner(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with `owner`: the unit, the function with its unit, or the person, by its newest name."""
    post = _newest(PostPeriod, post="owner_post")
    function = _newest(FunctionPeriod, function="function").values("name")[:1]
    unit = _newest(UnitPeriod, unit="unit").values("name")[:1]
    named = post.annotate(
        called=Concat(Subquery(function), Value(", "), Subquery(unit), output_field=CharField(max_length=260))
    )
    found: QuerySet[Any] = rows.annotate(
        owner=Coalesce(
            Subquery(_newest(UnitPeriod, unit="owner_unit").values("name")[:1]),
            Subquery(named.values("called")[:1]),
            F("owner_person__name"),
            Value(""),
            output_field=CharField(max_length=260),
        )
    )
    return found


def _last_by(day: date) -> Any:
    """The stand that held on a day, newest first."""
    stands = CommitmentStand.objects.filter(commitment=OuterRef("pk"), withdrawn_at=None, on__lte=day)
    return stands.order_by("-on", "-pk")


def standing(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """The rows with `stood` (the status on that day) and `stood_to` (the year it was postponed to by then)."""
    last = _last_by(day)
    found: QuerySet[Any] = rows.annotate(
        stood=Coalesce(
            Subquery(last.values("status")[:1]),
            Value(Status.OPEN.value),
            output_field=CharField(max_length=20),
        ),
        stood_to=Subquery(last.values("postponed_to")[:1], output_field=IntegerField()),
    )
    return found


def made_in(year: int) -> QuerySet[Any]:
    """The commitments in the chapter of a year, as they stood at its end."""
    return standing(Commitment.objects.filter(year=year), reference_day(year))


def first_to_answer(today: date) -> int | None:
    """The first year after a commitment's whose chapter is not adopted; None while it has not ended. Two queries."""
    first: int | None = Commitment.objects.order_by("year").values_list("year", flat=True).first()
    if first is None:
        return None
    adopted = newest_editions()
    return next((year for year in range(first + 1, today.year) if year not in adopted), None)


def to_answer(year: int) -> QuerySet[Any]:
    """What the chapter of a year has to answer: what earlier chapters said, as far as it was not settled by then and
    not put off to a later year. With its `answer` (the status it tells), when that was checked (`answer_checked`), and
    `told`: the answer where a second person checked it.
    """
    before = standing(Commitment.objects.filter(year__lt=year), reference_day(year - 1))
    answers = CommitmentStand.objects.filter(commitment=OuterRef("pk"), withdrawn_at=None, answers=year)
    found: QuerySet[Any] = (
        before.exclude(stood__in=FINAL)
        .exclude(stood=Status.POSTPONED, stood_to__gt=year)
        .annotate(
            answer=Coalesce(
                Subquery(answers.values("status")[:1]), Value(""), output_field=CharField(max_length=20)
            ),
            answer_checked=Subquery(answers.values("checked_at")[:1]),
            told=Coalesce(
                Subquery(answers.filter(checked_at__isnull=False).values("status")[:1]),
                Value(""),
                output_field=CharField(max_length=20),
            ),
        )
    )
    return found


def answers_in(year: int) -> dict[int, CommitmentStand]:
    """The answers of the chapter of a year, by commitment; one query."""
    rows = CommitmentStand.objects.filter(withdrawn_at=None, answers=year)
    return {row.commitment_id: row for row in rows}


def course_of(commitment: Commitment, day: date) -> Course:
    """What went before a day; two queries."""
    stands = commitment.stands.filter(withdrawn_at=None)
    last = stands.filter(on__lte=day).order_by("-on", "-pk").values_list("status", flat=True).first()
    return Course(Status(last or Status.OPEN), stands.filter(on__gt=day).exists())


def newest_status(commitment: Commitment) -> Status:
    """The status by the stand of the latest day."""
    stands = commitment.stands.filter(withdrawn_at=None).order_by("-on", "-pk")
    return Status(stands.values_list("status", flat=True).first() or Status.OPEN)


def has_file(commitment: Commitment) -> bool:
    """Whether a file that anybody gets is attached."""
    return any(file.withdrawn_at is None and not file.quarantined for file in files_of(commitment))


def stand_of(row: CommitmentStand) -> Stand:
    """A stand as the rules judge it."""
    told = {name: getattr(row, name) for name in Stand.__dataclass_fields__}
    return Stand(**{**told, "status": Status(row.status)})


# Who owns what


def _held(person: Any, day: date) -> Any:
    return Appointment.objects.filter(as_of(day), person_id=person)


_POST, _FUNCTION = "post__periods__", "post__periods__function__periods__"


def _leading(rows: Any, day: date, **unit: Any) -> Any:
    """Of these appointments, those by which somebody leads such a unit on that day."""
    where = {f"{_FUNCTION}kind__in": LEADING, **unit}
    return rows.filter(as_of(day, prefix=_POST), as_of(day, prefix=_FUNCTION), **where)


def owned_by(actor: Actor, day: date) -> Q:
    """Which commitments the actor owns on a day: as a person, by the post held, or as who leads the unit."""
    if actor.person_id is None:
        return Q(pk__in=[])
    held = _held(actor.person_id, day)
    return (
        Q(owner_person_id=actor.person_id)
        | Q(Exists(held.filter(post=OuterRef("owner_post"))))
        | Q(Exists(_leading(held, day, **{f"{_POST}unit": OuterRef("owner_unit")})))
    )


def is_owner(actor: Actor, commitment: Commitment, day: date) -> bool:
    """Whether the actor owns the commitment on that day."""
    return Commitment.objects.filter(owned_by(actor, day), pk=commitment.pk).exists()


def may_tell(actor: Actor, commitment: Commitment, day: date) -> bool:
    """Whether the actor may tell how it stands: who records commitments, and its owner."""
    if actor.may_write(permissions.RECORD):
        return True
    return actor.may_write(permissions.VIEW) and is_owner(actor, commitment, day)


def open_commitments(actor: Actor) -> QuerySet[Any]:
    """What is not settled, the first due first; what has no term comes last."""
    rows = visible_to(actor).exclude(status__in=FINAL)
    return rows.order_by(F("due_until").asc(nulls_last=True), "year", "pk")


def answers_to_check(actor: Actor) -> QuerySet[Any]:
    """The answers that wait for a second person, and that the actor did not give."""
    rows = visible_stands(actor).filter(answers__isnull=False, checked_at=None, withdrawn_at=None)
    return rows.exclude(entered_by_id=actor.account_id)


def responsible(rows: Iterable[Commitment], day: date) -> dict[int, set[int]]:
    """The people who own each commitment on a day, by its number, as far as a role lets them see it; three queries."""
    rows = list(rows)
    posts = Appointment.objects.filter(as_of(day), post__in={row.owner_post_id for row in rows} - {None})
    by_post: defaultdict[int | None, set[int]] = defaultdict(set)
    for post, person in posts.values_list("post_id", "person_id"):
        by_post[post].add(person)
    by_unit: defaultdict[int | None, set[int]] = defaultdict(set)
    units = {row.owner_unit_id for row in rows} - {None}
    leading = _leading(Appointment.objects.filter(as_of(day)), day, **{f"{_POST}unit__in": units})
    for unit, person in leading.values_list(f"{_POST}unit_id", "person_id"):
        by_unit[unit].add(person)
    seeing = people_who_see(day)
    return {
        row.pk: (_own(row) | by_post[row.owner_post_id] | by_unit[row.owner_unit_id]) & seeing for row in rows
    }


def _own(row: Commitment) -> set[int]:
    """The person it is of, where it is of one."""
    return set() if row.owner_person_id is None else {row.owner_person_id}


def people_who_see(day: date) -> set[int]:
    """The people whom a role lets see commitments on that day; one query."""
    held = RoleAssignment.objects.filter(as_of(day)).values_list("person_id", "role__permissions")
    return {person for person, keys in held if permissions.VIEW.key in keys}


# What one can choose from


def units_on(day: date) -> dict[int, str]:
    """The units there are on a day, by name."""
    rows = UnitPeriod.objects.filter(as_of(day)).values_list("unit_id", "name")
    return dict(sorted(rows, key=lambda pair: pair[1].casefold()))


def posts_on(day: date) -> dict[int, str]:
    """The posts there are on a day, by function and unit; three queries."""
    functions = dict(FunctionPeriod.objects.filter(as_of(day)).values_list("function_id", "name"))
    units = units_on(day)
    rows = PostPeriod.objects.filter(as_of(day)).values_list("post_id", "function_id", "unit_id")
    named = [
        (post, f"{functions.get(function, '–')}, {units.get(unit, '–')}") for post, function, unit in rows
    ]
    return dict(sorted(named, key=lambda pair: pair[1].casefold()))


def people() -> dict[int, str]:
    """The people of the organisation, by name."""
    rows = Person.objects.values_list("pk", "name")
    return dict(sorted(rows, key=lambda pair: pair[1].casefold()))


def years() -> list[int]:
    """The years whose chapters hold commitments, newest first."""
    return sorted(set(Commitment.objects.order_by().values_list("year", flat=True).distinct()), reverse=True)


def wishes(actor: Actor) -> QuerySet[Any]:
    """Wishes of which nobody made an action yet."""
    return open_commitments(actor).filter(
        kind=CommitmentKind.WISH, owner_unit=None, owner_post=None, owner_person=None
    )


def letters() -> QuerySet[Dispatch]:
    """What was put ready or sent about commitments, in the organisation in scope."""
    rows: QuerySet[Dispatch] = Dispatch.objects.filter(subject_table=Commitment._meta.label_lower)
    return rows
