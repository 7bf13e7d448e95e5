"""What the actions share: starting, ending, changing and correcting a period. No action itself."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.audit.actions import record
from houvast.core.orgs.base import OrganisationModel, PeriodModel, known
from houvast.modules.structure import permissions
from houvast.modules.structure.rules.spans import NotPossible, Span, check_span, told_day

P = TypeVar("P", bound=PeriodModel)

_OWN = frozenset({"id", "uid", "version", "recorded_at", "is_example", "withdrawn_at", "organisation_id"})


def require_everywhere(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may change the whole organisation's structure."""
    if actor.units(permissions.CHANGE) is not None:
        raise NotPermitted(permissions.CHANGE)


def require_unit(actor: Actor, *unit_ids: int | None) -> None:
    """Raise NotPermitted unless the actor may change each of these units; None is the top."""
    for unit_id in unit_ids:
        if unit_id is None:
            require_everywhere(actor)
        else:
            actor.require(permissions.CHANGE, unit_id)


def span_of(period: PeriodModel) -> Span:
    """Its days."""
    return Span(period.valid_from, period.valid_until)


def fields_of(period: PeriodModel) -> dict[str, Any]:
    """What a period says, without what identifies the row."""
    columns = [field.attname for field in period._meta.concrete_fields]
    return {name: getattr(period, name) for name in columns if name not in _OWN}


def start(period: P) -> P:
    """Write a new period. Raises NotPossible when it ends before it has begun."""
    check_span(period.valid_from, period.valid_until)
    period.save()
    record(period, **_told(period))
    return period


def _told(period: PeriodModel) -> dict[str, Any]:
    """For the trail: no references (what they belong to tells those) and no free text."""
    fields = {field.attname: field for field in period._meta.concrete_fields}
    return {
        name: bool(value) if isinstance(fields[name], TextField) else value
        for name, value in fields_of(period).items()
        if not name.endswith("_id")
    }


def end(period: P, on: date) -> P:
    """Let a period end on a day. One that had an end already is corrected: that first end was believed."""
    check_span(period.valid_from, on)
    if period.valid_until is not None:
        return correct(period, valid_until=on)
    period.valid_until = on
    period.save()
    record(period, valid_until=on)
    return period


def withdraw(period: PeriodModel) -> None:
    """Believe a period no longer; it stays, with the moment from which it was not believed."""
    period.withdrawn_at = timezone.now()
    period.save()
    record(period, withdrawn=True)


def correct(period: P, **right: Any) -> P:
    """Replace a period that was wrong. What was believed before stays, until this very moment."""
    withdraw(period)
    replacement = type(period)(**{**fields_of(period), **right})
    replacement.recorded_at = period.withdrawn_at or timezone.now()
    return start(replacement)


def running(model: type[P], day: date, **of: Any) -> P:
    """The believed period on a day. Raises NotPossible where there is none."""
    for period in model.objects.filter(known(), **of).order_by("valid_from", "pk"):
        if span_of(period).holds(day):
            found: P = period
            return found
    raise NotPossible(
        _("Op {day} bestaat dit niet. Kies een dag in een periode die op de pagina staat.").format(
            day=told_day(day)
        )
    )


def change(period: P, on: date, **new: Any) -> P:
    """From a day on something else holds: the running period ends there and a new one starts."""
    if on == period.valid_from:
        return correct(period, **new)
    successor = type(period)(**{**fields_of(period), "valid_from": on, **new})
    until, period.valid_until = period.valid_until, on
    period.save()
    record(period, valid_until=on)
    successor.valid_until = until
    return start(successor)


def end_all(model: type[P], on: date, **of: Any) -> None:
    """End what runs on that day and withdraw what would have started on or after it."""
    running_now = running(model, on, **of)
    if running_now.valid_from == on:
        raise NotPossible(
            _("De periode begint zelf op {day}. Kies een latere dag, of corrigeer de periode.").format(
                day=told_day(on)
            )
        )
    for later in model.objects.filter(known(), valid_from__gt=on, **of).order_by("valid_from", "pk"):
        withdraw(later)
    end(running_now, on)


def note(subject: OrganisationModel, **changes: Any) -> None:
    """Save what a period belongs to, so that its version counts the change, and tell it in its history."""
    subject.save()
    record(subject, **changes)


def check_free(model: type[OrganisationModel], code: str, what: str) -> None:
    """Raise NotPossible when the code is taken."""
    if model.objects.filter(code=code).exists():
        raise NotPossible(
            _("{what} {code} bestaat al. Kies een andere code, of wijzig de bestaande.").format(
                what=what, code=code
            )
        )


def refuse_withdrawn(period: PeriodModel) -> None:
    """Raise NotPossible for a period that was withdrawn before: what replaced it is to be corrected."""
    if period.withdrawn_at is not None:
        raise NotPossible(_("Deze periode is al eerder gecorrigeerd. Corrigeer de periode die nu geldt."))
