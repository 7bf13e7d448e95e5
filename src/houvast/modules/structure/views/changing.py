"""What the pages that change the structure share: their address, the day that is asked, who may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.http import Request
from houvast.core.ui import form_page
from houvast.modules.structure import permissions
from houvast.modules.structure.forms import OrganogramDay
from houvast.modules.structure.queries.versions import may_change_versions


@dataclass(frozen=True, kw_only=True)
class FormPage(form_page.FormPage):
    """A page with one form.

    unit_id: the unit in which one must be allowed to change.
    everywhere: one must be allowed to change the whole organisation.
    is_own: it is the reader's own work, so that the right to look suffices.
    """

    unit_id: int | None = None
    everywhere: bool = False
    is_own: bool = False

    def allow(self, actor: Actor) -> None:
        """Raise NotPermitted for who may not change this."""
        if self.is_own:
            actor.require_write(permissions.VIEW)
            return
        actor.require_write(permissions.CHANGE)
        actor.require(permissions.CHANGE, self.unit_id)
        if self.everywhere and not may_change_versions(actor):
            raise NotPermitted(permissions.CHANGE)


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
    """The form page, reached by the organogram."""
    start = ((_("Organogram"), address(request, "organogram")),)
    return form_page.respond(request, replace(page, crumbs=start))
