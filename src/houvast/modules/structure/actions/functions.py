"""Functions (functies) in the register: adding, changing from a day, ending, correcting."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Function, FunctionPeriod
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.queries.spans import all_periods, function_spans, post_spans, unit_spans
from houvast.modules.structure.rules.checks import (
    check_functions,
    check_leaders,
    check_posts,
    leader_spans,
    refuse,
)


class FunctionFields(TypedDict, total=False):
    """What a function is during a period."""

    name: str
    kind: str
    tasks: str
    competences: str
    mandates: str
    scale: str
    decision: str


_TEXTS = frozenset({"tasks", "competences", "mandates"})


def _told(new: FunctionFields) -> dict[str, object]:
    return {name: True if name in _TEXTS else value for name, value in new.items()}


def _check(function: Function) -> None:
    functions = function_spans()
    refuse(check_functions(functions))
    refuse(check_posts(post_spans(Q(function=function)), unit_spans(), functions))
    everything = all_periods()
    leaders = leader_spans(everything.appointments, everything.posts, everything.functions)
    refuse(check_leaders(leaders, everything.units))


@action("structure.add_function", permission=permissions.CHANGE)
def add_function(
    actor: Actor,
    *,
    code: str,
    valid_from: date,
    valid_until: date | None = None,
    **new: Unpack[FunctionFields],
) -> Function:
    """A new function in the register. Raises NotPossible for a code in use."""
    periods.require_everywhere(actor)
    periods.check_free(Function, code, _("Functie"))
    function = Function(code=code)
    periods.note(function, code=code, on=valid_from, **_told(new))
    periods.start(FunctionPeriod(function=function, valid_from=valid_from, valid_until=valid_until, **new))
    return function


@action("structure.change_function", permission=permissions.CHANGE)
def change_function(
    actor: Actor,
    *,
    function_id: int,
    expected_version: int,
    on: date,
    **new: Unpack[FunctionFields],
) -> Function:
    """From a day on the function is described otherwise."""
    periods.require_everywhere(actor)
    function = lock(Function, function_id, expected_version)
    periods.change(periods.running(FunctionPeriod, on, function=function), on, **new)
    periods.note(function, on=on, **_told(new))
    _check(function)
    return function


@action("structure.end_function", permission=permissions.CHANGE)
def end_function(actor: Actor, *, function_id: int, expected_version: int, on: date) -> Function:
    """The function ends on a day. Raises NotPossible while posts carry it from that day on."""
    periods.require_everywhere(actor)
    function = lock(Function, function_id, expected_version)
    periods.end_all(FunctionPeriod, on, function=function)
    periods.note(function, valid_until=on)
    _check(function)
    return function


@action("structure.correct_function", permission=permissions.CHANGE)
def correct_function(
    actor: Actor,
    *,
    period_id: int,
    expected_version: int,
    valid_from: date,
    valid_until: date | None,
    **right: Unpack[FunctionFields],
) -> Function:
    """One of the function's periods was wrong: it is withdrawn and replaced. The version is the period's."""
    periods.require_everywhere(actor)
    period = lock(FunctionPeriod, period_id, expected_version)
    function = lock(Function, period.function_id)
    periods.refuse_withdrawn(period)
    periods.correct(period, valid_from=valid_from, valid_until=valid_until, **right)
    periods.note(function, valid_from=valid_from, valid_until=valid_until, **_told(right))
    _check(function)
    return function
