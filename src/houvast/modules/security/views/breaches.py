"""The register of data breaches, the page of one, and the steps of AVG art. 33."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission
from houvast.core.files.attachments import with_attachments
from houvast.core.http import Request
from houvast.core.orgs.base import OrganisationModel
from houvast.core.ui import markup
from houvast.core.ui.markup import Tone
from houvast.core.ui.tables import Column, Kind, Table
from houvast.modules.security import actions, forms, permissions, queries
from houvast.modules.security.models import Breach
from houvast.modules.security.queries.steps import RATE, breach_steps
from houvast.modules.security.rules import BreachStatus, Impact, Outcome
from houvast.modules.security.rules.breaches import check_closing, check_step
from houvast.modules.security.views.shared import (
    FormPage,
    badges,
    clock_view,
    handle,
    next_steps,
    page_of,
    this_minute,
    timeline,
    views_url,
    words,
)

STATUS_TONES: dict[Any, Tone] = {
    BreachStatus.REPORTED: "let-op",
    BreachStatus.ADVISED: "let-op",
    BreachStatus.TO_NOTIFY: "fout",
    BreachStatus.NOT_TO_NOTIFY: "info",
    BreachStatus.NOTIFIED: "info",
    BreachStatus.CLOSED: "goed",
}

ADVISED_BEFORE = frozenset({BreachStatus.ADVISED, BreachStatus.TO_NOTIFY, BreachStatus.NOT_TO_NOTIFY})


@lru_cache(maxsize=128)
def _table(base: str, _language: str | None) -> Table:
    """The table, made once per address and language."""
    return Table(
        name=str(_("Datalekken")),
        order="-registered_on",
        columns=(
            Column(
                key="reference",
                label=str(_("Kenmerk")),
                head=True,
                sortable=True,
                needs=("pk",),
                render=lambda reference, pk: markup.link(f"{base}{pk}/", reference),
                export=lambda reference, _pk: reference,
            ),
            Column(key="registered_on", label=str(_("Vastgelegd op")), kind=Kind.DATE, sortable=True),
            Column(key="aware_at", label=str(_("Kennisname")), kind=Kind.MOMENT, sortable=True, minor=True),
            Column(key="impact", label=str(_("Gevolgen")), choices=words(Impact), minor=True),
            Column(key="outcome", label=str(_("Besluit")), choices=words(Outcome)),
            Column(key="notified_at", label=str(_("Gemeld op")), kind=Kind.MOMENT, sortable=True, minor=True),
            Column(key="status", label=str(_("Status")), choices=badges(BreachStatus, STATUS_TONES)),
        ),
    )


def breaches(request: Request) -> HttpResponse:
    """The register as a table, or as a file."""
    rows = queries.breaches_visible_to(request.actor)
    page = _table(page_of(request, "breaches"), get_language()).respond(
        request, rows, forms.BreachFilter(request.GET)
    )
    if isinstance(page, HttpResponse):
        return page
    return render(
        request,
        "security/breaches.html",
        {"page": page, "may_handle": request.actor.may_write(permissions.HANDLE)},
    )


def breach(request: Request, pk: int) -> HttpResponse:
    """All about one breach."""
    rows = queries.breaches_visible_to(request.actor).select_related("reporter", "incident")
    row = get_object_or_404(rows, pk=pk)
    may_handle = request.actor.may_write(permissions.HANDLE)
    context = {
        "row": row,
        "status": badges(BreachStatus, STATUS_TONES)[row.status],
        "clock": clock_view(row),
        "next": next_steps(request, breach_steps(row), row),
        "missing": queries.breach_facts(row).missing,
        "advices": list(row.advices.select_related("given_by").order_by("-given_at", "-pk")),
        "decisions": list(row.decisions.select_related("decided_by").order_by("-decided_at", "-pk")),
        "notification": row.notifications.select_related("submitted_by").first(),
        "may_handle": may_handle,
        "may_dismiss": may_handle and not row.outcome and row.closed_on is None,
        "may_advise_again": request.actor.may_write(permissions.ADVISE) and row.status in ADVISED_BEFORE,
        "timeline": timeline(row),
        "views_url": views_url(request, row),
    }
    return with_attachments(request, "security/breach.html", context, row, actions.attach_to_breach)


def report_breach(request: Request) -> HttpResponse:
    """Register a breach with all that is known, from an incident or not."""
    request.actor.require(permissions.VIEW_BREACHES)
    request.actor.require_write(permissions.HANDLE)
    form = forms.NewBreachForm(
        request.POST or None,
        initial={"incident": request.GET.get("incident")},
        incidents=queries.incidents_visible_to(request.actor),
        today=localdate(),
    )
    page = FormPage(
        title=_("Datalek vastleggen"),
        lead=_("Alleen het moment van kennisname en de beschrijving zijn nu nodig. De rest kan later."),
        submit=_("Leg vast"),
        done=_("Het datalek is vastgelegd. De termijn van 72 uur loopt."),
        back=page_of(request, "breaches"),
        trail=((page_of(request, "breaches"), _("Datalekken")),),
    )

    def save() -> Breach:
        return actions.report_breach(
            request.actor,
            at=this_minute(),
            facts=form.facts(),
            sent_key=form.cleaned_data["sent_key"],
            **form.links(),
        )

    return handle(request, page, form, save, lambda row: page_of(request, "breach", row.pk))


def change_breach(request: Request, pk: int) -> HttpResponse:
    """Correct or complete a breach."""
    row = _row(request, pk, permissions.HANDLE)
    links = {"unit": row.unit_id, "incident": row.incident_id}
    form = forms.BreachForm(
        request.POST or None,
        initial={**vars(queries.breach_facts(row)), **links, "expected_version": row.version},
        incidents=queries.incidents_visible_to(request.actor),
        today=localdate(),
    )
    page = _form_page(
        request,
        row,
        title=_("Gegevens wijzigen"),
        lead=_("Wat u wijzigt, komt in de geschiedenis van het datalek."),
        submit=_("Opslaan"),
        done=_("De gegevens zijn opgeslagen."),
    )

    def save() -> Breach:
        return actions.change_breach(
            request.actor,
            breach_id=row.pk,
            expected_version=form.cleaned_data["expected_version"],
            at=this_minute(),
            facts=form.facts(),
            **form.links(),
        )

    return handle(request, page, form, save)


def advise(request: Request, pk: int) -> HttpResponse:
    """Advise as data protection officer."""
    row = _row(request, pk, permissions.ADVISE)
    lead = _("U adviseert; iemand anders besluit (AVG art. 38 lid 6 en 39 lid 1).")
    again = _("Er is al advies gegeven. Met nieuw advies moet er opnieuw worden besloten.")
    return _step(
        request,
        row,
        forms.AdviceForm,
        lambda given: actions.advise(request.actor, breach_id=pk, at=this_minute(), **given),
        action="security.advise",
        check=_may_follow(BreachStatus.ADVISED),
        title=_("Advies geven"),
        lead=lead if row.status == BreachStatus.REPORTED else format_lazy("{} {}", again, lead),
        submit=_("Geef advies"),
        done=_("Uw advies is vastgelegd."),
    )


def decide(request: Request, pk: int) -> HttpResponse:
    """Decide whether the AP is notified."""
    row = _row(request, pk, permissions.DECIDE)
    return _step(
        request,
        row,
        forms.DecisionForm,
        lambda given: actions.decide(request.actor, breach_id=pk, at=this_minute(), **given),
        action="security.decide",
        check=_may_follow(BreachStatus.TO_NOTIFY),
        title=_("Besluiten over melden"),
        lead=_("U besluit namens de verwerkingsverantwoordelijke of het datalek bij de AP wordt gemeld."),
        submit=_("Neem besluit"),
        done=_("Uw besluit is vastgelegd."),
        extra={
            "advice": queries.latest_advice(row),
            "first": next_steps(request, [RATE] if RATE in breach_steps(row) else [], row),
        },
    )


def notify(request: Request, pk: int) -> HttpResponse:
    """Record a notification to the AP."""
    return _step(
        request,
        _row(request, pk, permissions.NOTIFY),
        forms.NotificationForm,
        lambda given: actions.notify_authority(request.actor, breach_id=pk, at=this_minute(), **given),
        action="security.notify",
        check=_may_follow(BreachStatus.NOTIFIED),
        title=_("Melding vastleggen"),
        lead=_("Doe de melding op de website van de AP en leg haar hier vast."),
        submit=_("Leg melding vast"),
        done=_("De melding is vastgelegd."),
    )


def close_breach(request: Request, pk: int) -> HttpResponse:
    """Close a breach."""
    return _step(
        request,
        _row(request, pk, permissions.HANDLE),
        forms.CloseForm,
        lambda given: actions.close_breach(request.actor, breach_id=pk, at=this_minute(), **given),
        action="security.close_breach",
        check=_closes,
        title=_("Datalek afsluiten"),
        lead=_("Afsluiten kan als het register bevat wat de AP moet kunnen nagaan (AVG art. 33 lid 5)."),
        submit=_("Sluit af"),
        done=_("Het datalek is afgesloten."),
    )


def dismiss_breach(request: Request, pk: int) -> HttpResponse:
    """Record that it was no breach."""
    return _step(
        request,
        _row(request, pk, permissions.HANDLE),
        forms.DismissForm,
        lambda given: actions.dismiss_breach(request.actor, breach_id=pk, at=this_minute(), **given),
        action="security.dismiss_breach",
        check=_may_follow(BreachStatus.DISMISSED),
        title=_("Geen datalek"),
        lead=_("De melding blijft met uw uitleg in het register staan en telt niet mee."),
        submit=_("Leg vast dat het geen datalek is"),
        done=_("Vastgelegd dat dit geen datalek is."),
    )


def _may_follow(then: BreachStatus) -> Callable[[Breach], object]:
    """What raises Refusal for a breach that cannot go to that status."""
    return lambda row: check_step(BreachStatus(row.status), then)


def _closes(row: Breach) -> None:
    check_step(BreachStatus(row.status), BreachStatus.CLOSED)
    check_closing(queries.breach_facts(row))


def _row(request: Request, pk: int, permission: Permission) -> Breach:
    request.actor.require_write(permission)
    return get_object_or_404(queries.breaches_visible_to(request.actor), pk=pk)


def _step(
    request: Request,
    row: Breach,
    form_class: type[forms.StepForm],
    act: Callable[[dict[str, Any]], OrganisationModel],
    **words: Any,
) -> HttpResponse:
    """A step with the breach. Its page refuses on opening what the action would refuse on sending."""
    form = form_class(request.POST or None, initial={"expected_version": row.version})
    return handle(request, _form_page(request, row, **words), form, lambda: act(form.cleaned_data))


def _form_page(request: Request, row: Breach, **words: Any) -> FormPage:
    back = page_of(request, "breach", row.pk)
    trail = ((page_of(request, "breaches"), _("Datalekken")), (back, row.reference))
    return FormPage(back=back, trail=trail, row=row, **words)
