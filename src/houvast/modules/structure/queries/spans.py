"""The believed periods, as the rules judge them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from houvast.core.orgs.base import known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.people.models import Appointment
from houvast.modules.structure.rules.checks import AppointmentSpan, FunctionSpan, Periods, PostSpan, UnitSpan
from houvast.modules.structure.rules.spans import Span

DAYS = ("valid_from", "valid_until")


def _rows(model: Any, where: Q, *fields: str) -> Any:
    return model.objects.filter(known(), where).order_by("valid_from", "pk").values_list(*fields, *DAYS)


def unit_spans(where: Q = Q()) -> list[UnitSpan]:  # noqa: B008  an empty condition is never changed
    """The periods of units."""
    return [
        UnitSpan(unit=unit, name=name, parent=parent, kind=kind, span=Span(start, until))
        for unit, name, parent, kind, start, until in _rows(
            UnitPeriod, where, "unit_id", "name", "parent_id", "kind"
        )
    ]


def function_spans(where: Q = Q()) -> list[FunctionSpan]:  # noqa: B008  see unit_spans
    """The periods of functions."""
    return [
        FunctionSpan(function=function, name=name, kind=kind, span=Span(start, until))
        for function, name, kind, start, until in _rows(FunctionPeriod, where, "function_id", "name", "kind")
    ]


def post_spans(where: Q = Q()) -> list[PostSpan]:  # noqa: B008  see unit_spans
    """The periods of posts, named by their code."""
    return [
        PostSpan(post=post, name=name, function=function, unit=unit, span=Span(start, until))
        for post, name, function, unit, start, until in _rows(
            PostPeriod, where, "post_id", "post__code", "function_id", "unit_id"
        )
    ]


def appointment_spans(where: Q = Q()) -> list[AppointmentSpan]:  # noqa: B008  see unit_spans
    """The appointments, with the person's name."""
    return [
        AppointmentSpan(
            post=post,
            person=person,
            name=name,
            regular=kind == Appointment.Kind.REGULAR,
            span=Span(start, until),
        )
        for post, person, name, kind, start, until in _rows(
            Appointment, where, "post_id", "person_id", "person__name", "kind"
        )
    ]


def all_periods() -> Periods:
    """The whole structure through all time, in four queries."""
    return Periods(unit_spans(), function_spans(), post_spans(), appointment_spans())
