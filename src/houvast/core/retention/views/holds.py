"""Stopping destruction, and letting it go on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.http import Request
from houvast.core.orgs.refusal import Refusal
from houvast.core.retention import actions, forms, permissions, queries
from houvast.core.retention.views.terms import overview
from houvast.core.ui.form_page import FormPage, respond


def place(request: Request) -> HttpResponse:
    """Stop the destruction of a class, or of one record by its reference."""
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Vernietiging stopzetten"),
        lead=_("Wat onder een stop valt, wordt niet vernietigd, ook niet als de termijn voorbij is."),
        submit=_("Zet stop"),
        done=_("De vernietigingsstop is vastgelegd."),
        form=forms.HoldForm,
        call=_hold,
        initial={
            "valid_from": timezone.localdate(),
            "retention_class": request.GET.get("categorie"),
            "reference": request.GET.get("kenmerk"),
        },
        **overview(request),
    )
    return respond(request, page)


def _hold(actor: Actor, *, retention_class: str, reference: str, **given: Any) -> object:
    """Raises Refusal for a reference that no record of the class has."""
    subject = queries.find_record(actor, retention_class, reference) if reference else None
    if reference and subject is None:
        raise Refusal(
            _("In deze categorie is er geen stuk met dit kenmerk. Kijk of u het goed overnam."),
            field="reference",
        )
    return actions.hold(actor, retention_class=retention_class, subject=subject, **given)


def lift(request: Request, pk: int) -> HttpResponse:
    """Let a hold end on a day."""
    row = get_object_or_404(queries.holds(request.actor), pk=pk)
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Vernietigingsstop beëindigen"),
        lead=row.reason,
        submit=_("Beëindig"),
        done=_("De vernietigingsstop eindigt op die dag."),
        form=forms.LiftForm,
        call=partial(actions.lift_hold, hold_id=pk),
        stored=lambda: {"valid_until": queries.holds(request.actor).get(pk=pk).valid_until},
        initial={"valid_until": timezone.localdate(), "expected_version": row.version},
        **overview(request),
    )
    return respond(request, page)
