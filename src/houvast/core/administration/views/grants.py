"""Access for other organisations and their people."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.administration import actions, queries
from houvast.core.administration.forms import EndForm, GrantForm
from houvast.core.administration.rules import require_everywhere
from houvast.core.administration.views.common import answer
from houvast.core.http import Request
from houvast.core.registry import modules


def index(request: Request) -> HttpResponse:
    """Every grant, newest first."""
    today = timezone.localdate()
    labels = {permission.key: permission.label for module in modules() for permission in module.permissions}
    rows = [
        (row, [labels.get(key, key) for key in row.permissions], _is_over(row, today))
        for row in queries.grants(request.actor)
    ]
    return render(request, "administration/grants.html", {"rows": rows})


def _is_over(row: Any, today: Any) -> bool:
    return row.valid_until is not None and row.valid_until <= today


def _back(request: Request) -> str:
    return reverse("administration:grants", args=[request.actor.organisation.slug])


def give(request: Request) -> HttpResponse:
    """A new grant."""
    require_everywhere(request.actor)
    return answer(
        request,
        partial(GrantForm, here=request.actor.organisation),
        lambda form: actions.grant(request.actor, **form.asked()),
        words={
            "title": _("Toegang geven"),
            "lead": _("Iemand van een andere organisatie mag hier wat u aankruist, en niets anders."),
            "submit": _("Geef toegang"),
            "done": _("De toegang is gegeven."),
        },
        back=_back(request),
        of=_("Toegang van anderen"),
        initial={"valid_from": timezone.localdate()},
    )


def end(request: Request, pk: int) -> HttpResponse:
    """The end of a grant."""
    row = get_object_or_404(queries.grants(request.actor), pk=pk)
    return answer(
        request,
        partial(EndForm, row=row),
        lambda form: actions.end_grant(
            request.actor,
            grant_id=pk,
            expected_version=form.cleaned_data["version"],
            valid_until=form.cleaned_data["valid_until"],
        ),
        words={
            "title": _("Toegang ‘%(label)s’ beëindigen") % {"label": row.label},
            "lead": _("Wat er met deze toegang is gedaan, blijft in het logboek staan."),
            "submit": _("Beëindig"),
            "done": _("De toegang is beëindigd."),
        },
        back=_back(request),
        of=_("Toegang van anderen"),
        initial={"valid_until": row.valid_until or timezone.localdate(), "version": row.version},
    )
