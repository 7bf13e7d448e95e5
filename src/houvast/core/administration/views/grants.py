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
from houvast.core.http import Request
from houvast.core.registry import modules
from houvast.core.ui.form_page import FormPage, respond


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
    page = FormPage(
        title=_("Toegang geven"),
        lead=_("Iemand van een andere organisatie mag hier wat u aankruist, en niets anders."),
        submit=_("Geef toegang"),
        done=_("De toegang is gegeven."),
        form=partial(GrantForm, here=request.actor.organisation),
        call=actions.grant,
        require=require_everywhere,
        back=_back(request),
        of=_("Toegang van anderen"),
        initial={"valid_from": timezone.localdate()},
    )
    return respond(request, page)


def end(request: Request, pk: int) -> HttpResponse:
    """The end of a grant."""
    row = get_object_or_404(queries.grants(request.actor), pk=pk)
    page = FormPage(
        title=_("Toegang ‘%(label)s’ beëindigen") % {"label": row.label},
        lead=_("Wat er met deze toegang is gedaan, blijft in het logboek staan."),
        submit=_("Beëindig"),
        done=_("De toegang is beëindigd."),
        form=partial(EndForm, row=row),
        call=partial(actions.end_grant, grant_id=pk),
        stored=lambda: {"valid_until": queries.grants(request.actor).get(pk=pk).valid_until},
        back=_back(request),
        of=_("Toegang van anderen"),
        initial={"valid_until": row.valid_until or timezone.localdate(), "expected_version": row.version},
    )
    return respond(request, page)
