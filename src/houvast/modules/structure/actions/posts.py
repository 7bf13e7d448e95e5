"""Posts (formatieplaatsen): adding, moving or changing from a day, ending, correcting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Function, Post, PostPeriod, Unit
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.queries.spans import appointment_spans, function_spans, post_spans, unit_spans
from houvast.modules.structure.rules.checks import (
    check_appointments,
    check_leaders,
    check_posts,
    leader_spans,
    refuse,
)
from houvast.modules.structure.rules.spans import NotPossible


class PostFields(TypedDict, total=False):
    """What a post is during a period."""

    function_id: int
    unit_id: int
    fte: Decimal | None
    decision: str


def _told(new: PostFields) -> dict[str, Any]:
    """What the history says: references by uid."""
    told: dict[str, Any] = {name: value for name, value in new.items() if not name.endswith("_id")}
    if "unit_id" in new:
        told["unit"] = str(Unit.objects.values_list("uid", flat=True).get(pk=new["unit_id"]))
    if "function_id" in new:
        told["function"] = str(Function.objects.values_list("uid", flat=True).get(pk=new["function_id"]))
    return told


def _check_fte(new: PostFields) -> None:
    fte = new.get("fte")
    if fte is not None and not 0 < fte <= 1:
        raise NotPossible(_("Vul bij fte een getal groter dan 0 en ten hoogste 1 in."))


def check_post(post: Post) -> None:
    """Raise NotPossible where the post, who holds it, or who leads its units, cannot be so."""
    posts, units, functions = post_spans(Q(post=post)), unit_spans(), function_spans()
    refuse(check_posts(posts, units, functions))
    refuse(check_appointments(appointment_spans(Q(post=post)), posts))
    at = {row.unit for row in posts}
    beside = post_spans(Q(unit__in=at))
    held = appointment_spans(Q(post__in={row.post for row in beside}))
    refuse(check_leaders(leader_spans(held, beside, functions), units))


@action("structure.add_post", permission=permissions.CHANGE)
def add_post(
    actor: Actor,
    *,
    code: str,
    valid_from: date,
    valid_until: date | None = None,
    **new: Unpack[PostFields],
) -> Post:
    """A new post in a unit. Raises NotPossible for a code in use, or a unit or function that is not there."""
    periods.require_unit(actor, new["unit_id"])
    periods.check_free(Post, code, _("Formatieplaats"))
    _check_fte(new)
    post = Post(code=code)
    periods.note(post, code=code, on=valid_from, **_told(new))
    periods.start(PostPeriod(post=post, valid_from=valid_from, valid_until=valid_until, **new))
    check_post(post)
    return post


@action("structure.change_post", permission=permissions.CHANGE)
def change_post(
    actor: Actor,
    *,
    post_id: int,
    expected_version: int,
    on: date,
    **new: Unpack[PostFields],
) -> Post:
    """From a day on the post carries another function, belongs to another unit or has another size."""
    post = lock(Post, post_id, expected_version)
    period = periods.running(PostPeriod, on, post=post)
    periods.require_unit(actor, period.unit_id, new.get("unit_id", period.unit_id))
    _check_fte(new)
    periods.change(period, on, **new)
    periods.note(post, on=on, **_told(new))
    check_post(post)
    return post


@action("structure.end_post", permission=permissions.CHANGE)
def end_post(actor: Actor, *, post_id: int, expected_version: int, on: date) -> Post:
    """The post ends on a day. Raises NotPossible while somebody holds it from that day on."""
    post = lock(Post, post_id, expected_version)
    periods.require_unit(actor, periods.running(PostPeriod, on, post=post).unit_id)
    periods.end_all(PostPeriod, on, post=post)
    periods.note(post, valid_until=on)
    check_post(post)
    return post


@action("structure.correct_post", permission=permissions.CHANGE)
def correct_post(
    actor: Actor,
    *,
    period_id: int,
    expected_version: int,
    valid_from: date,
    valid_until: date | None,
    **right: Unpack[PostFields],
) -> Post:
    """One of the post's periods was wrong: it is withdrawn and replaced. The version is the period's."""
    period = lock(PostPeriod, period_id, expected_version)
    post = lock(Post, period.post_id)
    periods.require_unit(actor, period.unit_id, right.get("unit_id", period.unit_id))
    periods.refuse_withdrawn(period)
    _check_fte(right)
    periods.correct(period, valid_from=valid_from, valid_until=valid_until, **right)
    periods.note(post, valid_from=valid_from, valid_until=valid_until, **_told(right))
    check_post(post)
    return post
