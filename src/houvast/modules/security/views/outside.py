"""Reporting a vulnerability, for somebody without an account (coordinated vulnerability disclosure)."""

from __future__ import annotations

from typing import cast

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from houvast.core.http import NotHere, Request
from houvast.core.orgs.once import AlreadyDone
from houvast.core.public import throttle
from houvast.core.public.pages import in_language, public_page
from houvast.modules.security import actions, queries
from houvast.modules.security.forms import VulnerabilityForm
from houvast.modules.security.models import Incident
from houvast.modules.security.rules import Refusal
from houvast.modules.security.views.shared import this_minute

FORM = "security.vulnerability"
KEPT = 24 * 3600
"""Seconds for which the page that confirms a report can be opened."""


def _require_open() -> None:
    """Raise NotHere where the organisation takes no reports here."""
    if not queries.takes_public_reports():
        raise NotHere(_("Deze organisatie neemt hier geen meldingen aan."))


def _salt(request: Request) -> str:
    return f"{FORM}:{request.actor.organisation.uid}"


@public_page
def vulnerability(request: Request) -> HttpResponse:
    """The rules, and the form; a report is confirmed with its reference."""
    _require_open()
    form = VulnerabilityForm(request.POST or None)
    if request.method == "POST":
        throttle.count(request, request.actor.organisation.pk, FORM)
        # An empty form is a form that was sent, too.
        form = VulnerabilityForm(request.POST)
        if form.is_valid() and (made := _made(request, form)) is not None:
            token = signing.dumps(made.reference, salt=_salt(request))
            address = reverse("security_public:received", args=[request.actor.organisation.slug, token])
            return redirect(in_language(address))
        form.again()
    status = 422 if request.method == "POST" else 200
    promise = queries.promise_on(localdate())
    return render(request, "security/vulnerability.html", {"form": form, "promise": promise}, status=status)


def _made(request: Request, form: VulnerabilityForm) -> Incident | None:
    """The report as it was taken in, now or the first time that it was sent; None where it was refused."""
    try:
        return actions.report_vulnerability(request.actor, at=this_minute(), **form.cleaned())
    except AlreadyDone as earlier:
        return cast("Incident", earlier.first)
    except Refusal as refusal:
        form.refuse(refusal)
        return None


@public_page
def vulnerability_received(request: Request, token: str) -> HttpResponse:
    """That the report was received, for whoever has just sent it."""
    try:
        reference = signing.loads(token, salt=_salt(request), max_age=KEPT)
    except signing.BadSignature:
        raise NotHere(_("Deze bevestiging is niet meer te openen.")) from None
    return render(request, "security/received.html", {"reference": reference})
