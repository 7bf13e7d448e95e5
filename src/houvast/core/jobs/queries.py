"""Which jobs there are for whom, whether a worker lives, and when which turn comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.jobs.models import Job, ScheduledTurn, WorkerBeat
from houvast.core.jobs.permissions import MANAGE
from houvast.core.jobs.rules import LEASE, LIVE, JobKind, JobState, Turn, fingerprint
from houvast.core.registry import modules

MOST_SHOWN = 50
"""How many jobs that are over the page shows."""


def kinds() -> dict[str, JobKind]:
    """Every kind of job that a module declares."""
    return {kind.key: kind for module in modules() for kind in module.jobs}


def turns() -> dict[str, Turn]:
    """Every turn that a module declares: those at set times, and one a night for each of its daily functions."""
    found: dict[str, Turn] = {}
    for module in modules():
        for turn in module.turns:
            found[turn.key] = turn
        for run in module.daily:
            key = f"{module.key}.{run.__name__}"
            found[key] = Turn(key, format_lazy("{}: {}", _("Dagelijks werk"), module.name), run)
    return found


def jobs(actor: Actor) -> QuerySet[Job]:
    """Every job of the organisation, newest first. Raises NotPermitted."""
    actor.require(MANAGE)
    rows: QuerySet[Job] = Job.objects.select_related("account", "file").order_by("-created_at", "-pk")
    return rows


def own_jobs(actor: Actor) -> QuerySet[Job]:
    """The jobs that the actor started, newest first."""
    rows: QuerySet[Job] = Job.objects.select_related("account", "file").order_by("-created_at", "-pk")
    return rows.none() if actor.account_id is None else rows.filter(account_id=actor.account_id)


def visible_to(actor: Actor) -> QuerySet[Job]:
    """The actor's own jobs, and everybody's for who keeps an eye on them."""
    return jobs(actor) if actor.may(MANAGE) else own_jobs(actor)


def latest(actor: Actor, kind: str, **arguments: Any) -> Job | None:
    """The newest job that the actor started of this kind with these arguments; one query."""
    same = fingerprint(kind, actor.account_id, arguments)
    return own_jobs(actor).filter(same=same).first()


def has_its_file(actor: Actor, uid: UUID) -> bool:
    """Whether the job is the actor's own: nobody else gets its file."""
    return own_jobs(actor).filter(uid=uid).exists()


def live(actor: Actor) -> list[Job]:
    """What waits or runs, oldest first. Raises NotPermitted."""
    return list(jobs(actor).filter(state__in=LIVE).order_by("created_at", "pk"))


def over(actor: Actor) -> list[Job]:
    """What is over, failures first, then newest. Raises NotPermitted."""
    rows = list(jobs(actor).exclude(state__in=LIVE)[:MOST_SHOWN])
    return sorted(rows, key=lambda job: job.state != JobState.FAILED)


def lapsed(now: datetime) -> QuerySet[Job]:
    """What no living worker does any more and what nobody took from the queue, in the organisation in scope."""
    rows: QuerySet[Job] = Job.objects.filter(Q(state__in=LIVE), lease_until__lt=now).order_by("pk")
    return rows


@dataclass(frozen=True)
class Workers:
    """How many workers live, and the last sign of life of any."""

    number: int
    seen_at: datetime | None


def workers(now: datetime) -> Workers:
    """The workers that gave a sign of life not long ago; one query."""
    beats = list(WorkerBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True))
    return Workers(sum(seen >= now - LEASE for seen in beats), beats[0] if beats else None)


@dataclass(frozen=True)
class Planned:
    """A turn as the page lists it; `row` is missing where no worker heard of it yet."""

    turn: Turn
    row: ScheduledTurn | None


def planned() -> list[Planned]:
    """Every turn, soonest first; one query."""
    rows = {row.key: row for row in ScheduledTurn.objects.all()}
    found = [Planned(turn, rows.get(key)) for key, turn in turns().items()]
    return sorted(
        found, key=lambda one: (one.row is None, one.row.next_at.timestamp() if one.row else 0, one.turn.key)
    )
