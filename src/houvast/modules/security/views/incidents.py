"""The register of security incidents and the page of one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from houvast.core.files.attachments import with_attachments
from houvast.core.http import Request
from houvast.core.ui import markup
from houvast.core.ui.markup import Tone
from houvast.core.ui.tables import Column, Kind, Table
from houvast.modules.security import actions, permissions, queries
from houvast.modules.security.forms import CloseForm, IncidentFilter, IncidentForm
from houvast.modules.security.models import Incident
from houvast.modules.security.queries.steps import incident_steps
from houvast.modules.security.rules import IncidentKind, IncidentStatus, Severity
from houvast.modules.security.rules.incidents import check_closing, check_step
from houvast.modules.security.views.shared import (
    FormPage,
    badges,
    handle,
    next_steps,
    page_of,
    this_minute,
    timeline,
    views_url,
    words,
)

STATUS_TONES: dict[Any, Tone] = {
    IncidentStatus.REPORTED: "let-op",
    IncidentStatus.IN_HANDLING: "info",
    IncidentStatus.CLOSED: "goed",
}
SEVERITY_TONES: dict[Any, Tone] = {Severity.HIGH: "let-op", Severity.CRITICAL: "fout"}


@lru_cache(maxsize=128)
def _table(base: str, _language: str | None) -> Table:
    """The table, made once per address and language."""
    return Table(
        name=str(_("Veiligheidsincidenten")),
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
            Column(key="kind", label=str(_("Soort")), sortable=True, choices=words(IncidentKind)),
            Column(key="severity", label=str(_("Ernst")), choices=badges(Severity, SEVERITY_TONES)),
            Column(key="status", label=str(_("Status")), choices=badges(IncidentStatus, STATUS_TONES)),
        ),
    )


def incidents(request: Request) -> HttpResponse:
    """The register as a table, or as a file."""
    rows = queries.incidents_visible_to(request.actor)
    page = _table(page_of(request, "incidents"), get_language()).respond(
        request, rows, IncidentFilter(request.GET)
    )
    if isinstance(page, HttpResponse):
        return page
    return render(
        request,
        "security/incidents.html",
        {"page": page, "may_report": request.actor.may_write(permissions.REPORT)},
    )


def incident(request: Request, pk: int) -> HttpResponse:
    """All about one incident."""
    row = get_object_or_404(queries.incidents_visible_to(request.actor).select_related("reporter"), pk=pk)
    sees_breaches = request.actor.may(permissions.VIEW_BREACHES)
    context = {
        "row": row,
        "status": badges(IncidentStatus, STATUS_TONES)[row.status],
        "next": next_steps(request, incident_steps(row), row),
        "breaches": list(queries.breaches_visible_to(request.actor).filter(incident=row))
        if sees_breaches
        else [],
        "may_handle": request.actor.may_write(permissions.HANDLE),
        "sees_breaches": sees_breaches,
        "timeline": timeline(row),
        "views_url": views_url(request, row),
    }
    return with_attachments(request, "security/incident.html", context, row, actions.attach_to_incident)


def change_incident(request: Request, pk: int) -> HttpResponse:
    """Correct or complete an incident."""
    row = _to_handle(request, pk)
    initial = {**vars(queries.incident_facts(row)), "unit": row.unit_id, "expected_version": row.version}
    form = IncidentForm(request.POST or None, initial=initial, today=localdate())
    page = _form_page(
        request,
        row,
        title=_("Gegevens wijzigen"),
        lead=_("Wat u wijzigt, komt in de geschiedenis van het incident."),
        submit=_("Opslaan"),
        done=_("De gegevens zijn opgeslagen."),
    )

    def save() -> Incident:
        return actions.change_incident(
            request.actor,
            incident_id=row.pk,
            expected_version=form.cleaned_data["expected_version"],
            at=this_minute(),
            facts=form.facts(),
            **form.links(),
        )

    return handle(request, page, form, save)


def close_incident(request: Request, pk: int) -> HttpResponse:
    """Close an incident."""
    row = _to_handle(request, pk)
    form = CloseForm(request.POST or None, initial={"expected_version": row.version})
    page = _form_page(
        request,
        row,
        action="security.close_incident",
        check=_closes,
        title=_("Incident afsluiten"),
        lead=_(
            "Afsluiten kan als de ernst bekend is en vaststaat of er persoonsgegevens bij betrokken zijn."
        ),
        submit=_("Sluit af"),
        done=_("Het incident is afgesloten."),
    )
    return handle(
        request,
        page,
        form,
        lambda: actions.close_incident(
            request.actor, incident_id=row.pk, at=this_minute(), **form.cleaned_data
        ),
    )


def _closes(row: Incident) -> None:
    check_step(IncidentStatus(row.status))
    check_closing(queries.incident_facts(row), has_breach=row.breaches.exists())


def _to_handle(request: Request, pk: int) -> Incident:
    request.actor.require_write(permissions.HANDLE)
    return get_object_or_404(queries.incidents_visible_to(request.actor), pk=pk)


def _form_page(request: Request, row: Incident, **words: Any) -> FormPage:
    back = page_of(request, "incident", row.pk)
    trail = ((page_of(request, "incidents"), _("Veiligheidsincidenten")), (back, row.reference))
    return FormPage(back=back, trail=trail, row=row, **words)
