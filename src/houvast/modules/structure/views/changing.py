"""What every form page does: fill in, make one call, say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson
from houvast.core.access.permissions import NotPermitted
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.ui.conflicts import differences, merged
from houvast.modules.structure import permissions
from houvast.modules.structure.forms import OrganogramDay
from houvast.modules.structure.queries.versions import may_change_versions
from houvast.modules.structure.rules.spans import NotPossible


@dataclass(frozen=True)
class FormPage:
    """A page with one form.

    call: the action, given the cleaned data. back: where to go afterwards, and where "Annuleren" leads.
    of: what stands at `back`, for the way there; empty for the organogram.
    stored: what is recorded now, by field, to set beside what was typed when somebody else saved first.
    unit_id: the unit in which one must be allowed to change.
    everywhere: one must be allowed to change the whole organisation.
    is_own: it is the reader's own work, so that the right to look suffices.
    after: where to go when it was done, given what the call gave; else back.
    """

    title: str
    form: type[forms.Form]
    call: Callable[..., Any]
    back: str
    done: str
    submit: str
    of: str = ""
    lead: str = ""
    danger: bool = False
    initial: Mapping[str, Any] = field(default_factory=dict)
    stored: Callable[[], Mapping[str, Any]] | None = None
    unit_id: int | None = None
    everywhere: bool = False
    is_own: bool = False
    after: Callable[[Any], str] | None = None


def address(request: Request, name: str, *args: Any) -> str:
    """The address of a page of this module in the organisation at hand."""
    return reverse(f"structure:{name}", args=[request.actor.organisation.slug, *args])


def may_change(request: Request, unit_id: int | None = None) -> bool:
    """Whether to offer changes; the actions themselves decide."""
    actor = request.actor
    return actor.may(permissions.CHANGE, unit_id) and permissions.CHANGE.key not in actor.readable_only


def asked_day(request: Request) -> tuple[OrganogramDay, date]:
    """The day in the address, or today; and the form that shows it."""
    form = OrganogramDay(request.GET)
    form.full_clean()
    day = form.cleaned_data.get("dag") or timezone.localdate()
    if not form.errors:
        form = OrganogramDay({"dag": day.isoformat()})
    return form, day


def respond(request: Request, page: FormPage) -> HttpResponse:
    """Show the form, or make the call and go back. A refusal is shown in the form; nothing typed is lost."""
    _require(request.actor, page)
    if request.method != "POST":
        return _shown(request, page, _form(page), status=200)
    form = _form(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        made = page.call(request.actor, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown(request, page, form, status=422)
    except SamePerson as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, page, form, status=422)
    except Conflict as conflict:
        return _conflict(request, page, form, conflict)
    messages.success(request, page.done)
    return redirect(page.after(made) if page.after else page.back)


def _form(page: FormPage, sent: QueryDict | None = None) -> forms.Form:
    form = page.form(sent, initial=dict(page.initial))
    form.merges = page.stored is not None  # type: ignore[attr-defined]  # its fields read it: see conflicts.merged
    return form


def _require(actor: Actor, page: FormPage) -> None:
    """Refuse on opening the form what the action would refuse on sending it."""
    if page.is_own:
        actor.require_write(permissions.VIEW)
        return
    actor.require_write(permissions.CHANGE)
    actor.require(permissions.CHANGE, page.unit_id)
    if page.everywhere and not may_change_versions(actor):
        raise NotPermitted(permissions.CHANGE)


def _conflict(request: Request, page: FormPage, form: forms.Form, conflict: Conflict) -> HttpResponse:
    """Both versions beside each other; the form now names the new version, so it can be saved again.

    What the reader left alone is taken over from what is stored, so that nobody's change is put back.
    """
    stored = page.stored() if page.stored else {}
    named = {name: value for name, value in stored.items() if name in form.fields}
    found, data = differences(form, named), merged(form, named)
    data["expected_version"] = str(conflict.current.version)
    renewed = _form(page, data)
    return _shown(request, page, renewed, status=409, differences=found, in_conflict=True)


def _shown(request: Request, page: FormPage, form: forms.Form, *, status: int, **more: Any) -> HttpResponse:
    return render(request, "structure/form.html", {"page": page, "form": form, **more}, status=status)
