"""Stopping destruction, and letting it go on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.administration.views.common import answer
from houvast.core.http import Request
from houvast.core.orgs.refusal import Refusal
from houvast.core.retention import actions, forms, permissions, queries
from houvast.core.retention.views.terms import home_of


def place(request: Request) -> HttpResponse:
    """Stop the destruction of a class, or of one record by its reference."""
    request.actor.require_write(permissions.MANAGE)

    def save(form: Any) -> object:
        given = form.cleaned_data
        subject = None
        if given["reference"]:
            subject = queries.find_record(request.actor, given["retention_class"], given["reference"])
            if subject is None:
                raise Refusal(
                    _("In deze categorie is er geen stuk met dit kenmerk. Kijk of u het goed overnam.")
                )
        return actions.hold(
            request.actor,
            reason=given["reason"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            retention_class=given["retention_class"],
            subject=subject,
        )

    return answer(
        request,
        forms.HoldForm,
        save,
        words={
            "title": _("Vernietiging stopzetten"),
            "lead": _("Wat onder een stop valt, wordt niet vernietigd, ook niet als de termijn voorbij is."),
            "submit": _("Zet stop"),
            "done": _("De vernietigingsstop is vastgelegd."),
        },
        back=home_of(request),
        of=_("Bewaren en vernietigen"),
        initial={
            "valid_from": timezone.localdate(),
            "retention_class": request.GET.get("categorie"),
            "reference": request.GET.get("kenmerk"),
        },
    )


def lift(request: Request, pk: int) -> HttpResponse:
    """Let a hold end on a day."""
    row = get_object_or_404(queries.holds(request.actor), pk=pk)
    request.actor.require_write(permissions.MANAGE)
    return answer(
        request,
        forms.LiftForm,
        lambda form: actions.lift_hold(
            request.actor,
            hold_id=pk,
            expected_version=form.cleaned_data["version"],
            valid_until=form.cleaned_data["valid_until"],
        ),
        words={
            "title": _("Vernietigingsstop beëindigen"),
            "lead": row.reason,
            "submit": _("Beëindig"),
            "done": _("De vernietigingsstop eindigt op die dag."),
        },
        back=home_of(request),
        of=_("Bewaren en vernietigen"),
        initial={"valid_until": timezone.localdate(), "version": row.version},
    )
