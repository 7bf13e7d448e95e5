"""Incidents and breaches, for programs: what the screens show to the same person, and reporting an incident."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema
from pydantic import AfterValidator, Field, StringConstraints

from houvast.core.api.access import ApiRequest, asks, require_texts, tells_texts
from houvast.core.api.pages import Order, Page, paged
from houvast.core.api.problems import Problem, fault
from houvast.core.api.schemas import Day, Moment, Text, Window, no_nul
from houvast.core.http import NotHere
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Unit
from houvast.core.orgs.once import AlreadyDone
from houvast.modules.security import actions, permissions, queries
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import (
    BreachFacts,
    BreachStatus,
    Impact,
    IncidentFacts,
    IncidentKind,
    IncidentStatus,
    Outcome,
    PersonalData,
    Refusal,
    Severity,
)

ROUTER = Router()
NEWEST = Order(("registered_on", "id"), descending=True)
LONGEST_REPORT, LONGEST_TEXT = 500, 20_000
_VERSION = re.compile(r'"([0-9]{1,9})"', re.ASCII)
Saved = TypeVar("Saved")


class IncidentTexts(Schema):
    """Vrije tekst en namen, voor een sleutel die daarom vraagt."""

    description: str
    measure: str
    reporter: str | None


class IncidentOut(Schema):
    """Een veiligheidsincident."""

    reference: str
    version: int
    registered_on: date
    kind: IncidentKind
    discovered_at: datetime
    occurred_on: date | None
    personal_data: PersonalData
    severity: Severity | None = Field(description="Leeg zolang de CISO haar niet heeft bepaald.")
    unit: str | None = Field(description="De code van het organisatieonderdeel.")
    status: IncidentStatus
    closed_on: date | None
    is_example: bool
    texts: IncidentTexts | None


class BreachTexts(Schema):
    """Vrije tekst en namen, voor een sleutel die daarom vraagt."""

    description: str
    data_subjects: str
    records: str
    consequences: str
    measures: str
    dismissal: str
    reporter: str | None


class BreachOut(Schema):
    """Een datalek."""

    reference: str
    version: int
    registered_on: date
    aware_at: datetime
    due_at: datetime = Field(description="Uiterlijk te melden (AVG art. 33 lid 1).")
    occurred_from: datetime | None
    occurred_until: datetime | None
    confidentiality: bool
    integrity: bool
    availability: bool
    data_subjects_number: int | None
    records_number: int | None
    impact: Impact | None
    incident: str | None = Field(description="Het kenmerk van het incident.")
    unit: str | None = Field(description="De code van het organisatieonderdeel.")
    status: BreachStatus
    outcome: Outcome | None
    decided_at: datetime | None
    notified_at: datetime | None
    closed_on: date | None
    is_example: bool
    texts: BreachTexts | None


class Filter(Window):
    """Welke meldingen: ‘since’ is de eerste dag van registratie, ‘until’ de eerste dag erna."""

    since: Day | None = None
    until: Day | None = None
    unit: Annotated[
        Text | None, Field(max_length=40, description="De code van een organisatieonderdeel.")
    ] = None


class IncidentFilter(Filter):
    """Welke incidenten."""

    kind: IncidentKind | None = None
    severity: Severity | None = None
    status: IncidentStatus | None = None


class BreachFilter(Filter):
    """Welke datalekken."""

    status: BreachStatus | None = None
    outcome: Outcome | None = None


FILTERS = {"since": "registered_on__gte", "until": "registered_on__lt", "unit": "unit__code"}


class ReportIn(Schema):
    """Een melding, zoals op het scherm. Met ‘personal_data’ "yes" begint zij in het register van datalekken."""

    kind: IncidentKind
    personal_data: PersonalData
    description: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REPORT),
        AfterValidator(no_nul),
        Field(description="Zonder namen en burgerservicenummers."),
    ]
    discovered_at: Moment | None = Field(None, description="Wanneer het is opgemerkt; zonder: nu.")


class ReportOut(Schema):
    """Wat er van de melding is gemaakt. Wie haar deed, mag dit weten, ook zonder inzage in het register."""

    collection: str = Field(description="Waar zij staat: incidents of breaches.")
    reference: str
    registered_on: date
    due_at: datetime | None = Field(None, description="Bij een datalek: uiterlijk te melden.")


class FactsIn(Schema):
    """Alle gegevens van een incident; wat ontbreekt, wordt leeg."""

    kind: IncidentKind
    discovered_at: Moment
    description: Annotated[Text, Field(max_length=LONGEST_TEXT)]
    personal_data: PersonalData
    severity: Severity | None = None
    occurred_on: Day | None = None
    measure: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    unit: Annotated[
        Text | None, Field(max_length=40, description="De code van het organisatieonderdeel.")
    ] = None


def _this_minute() -> datetime:
    """Now, as exact as the screens keep it: what was done within one minute stays in order."""
    return now().replace(second=0, microsecond=0)


def _filtered(rows: QuerySet[Any], window: Filter) -> QuerySet[Any]:
    asked = window.model_dump(exclude={"limit", "after"}, exclude_none=True)
    return rows.filter(**{FILTERS.get(name, name): value for name, value in asked.items()})


def _told(row: OrganisationModel, shape: type[Schema], texts: type[Schema], *, told: bool) -> dict[str, Any]:
    """The fields of the row that the shape names; an empty choice is null."""
    made = {
        name: getattr(row, name) for name in shape.model_fields if name not in {"unit", "texts", "incident"}
    }
    for name in ("severity", "impact", "outcome"):
        if name in made:
            made[name] = made[name] or None
    unit, reporter = getattr(row, "unit"), getattr(row, "reporter")  # noqa: B009  both registers have them
    made["unit"] = unit.code if unit else None
    made["texts"] = None
    if told:
        written = {name: getattr(row, name) for name in texts.model_fields if name != "reporter"}
        made["texts"] = written | {"reporter": reporter.name if reporter else None}
    return made


def _incident(request: ApiRequest) -> Callable[[Incident], dict[str, Any]]:
    told = tells_texts(request)
    return lambda row: _told(row, IncidentOut, IncidentTexts, told=told)


def _breach(request: ApiRequest) -> Callable[[Breach], dict[str, Any]]:
    told, sees = tells_texts(request), request.actor.may(permissions.VIEW_INCIDENTS)

    def show(row: Breach) -> dict[str, Any]:
        incident = row.incident.reference if sees and row.incident else None
        return _told(row, BreachOut, BreachTexts, told=told) | {"incident": incident}

    return show


def _incidents(request: ApiRequest) -> QuerySet[Incident]:
    return queries.incidents_visible_to(request.actor).select_related("unit", "reporter")


def _breaches(request: ApiRequest) -> QuerySet[Breach]:
    return queries.breaches_visible_to(request.actor).select_related("unit", "reporter", "incident")


def _by_reference(rows: QuerySet[Any], reference: str) -> Any:
    found = rows.filter(reference=reference).first()
    if found is None:
        raise NotHere(_("Er is geen melding met dit kenmerk, of u ziet haar niet."))
    return found


@ROUTER.get(
    "/incidents",
    response=Page[IncidentOut],
    operation_id="listIncidents",
    summary="Het register van veiligheidsincidenten, het nieuwste eerst",
    openapi_extra=asks(permissions.VIEW_INCIDENTS),
)
def list_incidents(
    request: ApiRequest, response: HttpResponse, window: Query[IncidentFilter]
) -> dict[str, Any]:
    rows = _filtered(_incidents(request), window)
    return paged(request, response, rows, NEWEST, window, _incident(request))


@ROUTER.get(
    "/incidents/{slug:reference}",
    response=IncidentOut,
    operation_id="getIncident",
    summary="Een veiligheidsincident",
    openapi_extra=asks(permissions.VIEW_INCIDENTS),
)
def get_incident(request: ApiRequest, response: HttpResponse, reference: str) -> dict[str, Any]:
    row = _by_reference(_incidents(request), reference)
    response["ETag"] = f'"{row.version}"'
    return _incident(request)(row)


@ROUTER.post(
    "/incidents",
    response={201: ReportOut},
    operation_id="reportIncident",
    summary="Een incident melden",
    description="Hetzelfde als ‘Meld een incident’ op het scherm. Stuur bij herhaling hetzelfde kenmerk mee: "
    "dan komt er geen tweede melding, en is het antwoord dat van de eerste.",
    openapi_extra=asks(permissions.REPORT),
)
def report_incident(
    request: ApiRequest,
    response: HttpResponse,
    report: ReportIn,
    idempotency_key: Annotated[UUID, Header(alias="Idempotency-Key", description="Een UUID per melding.")],
) -> dict[str, Any]:
    request.actor.require_write(permissions.REPORT)
    at = _this_minute()
    noticed = report.discovered_at or at

    def save() -> Incident | Breach:
        if report.personal_data == PersonalData.YES:
            breach = BreachFacts(aware_at=noticed, description=report.description)
            return actions.report_breach(request.actor, at=at, facts=breach, sent_key=idempotency_key)
        incident = IncidentFacts(
            kind=report.kind,
            discovered_at=noticed,
            description=report.description,
            personal_data=report.personal_data,
        )
        return actions.report_incident(request.actor, at=at, facts=incident, sent_key=idempotency_key)

    try:
        row = _saved(save)
    except AlreadyDone as earlier:
        row = _own(request, earlier.first)
        response["Idempotent-Replayed"] = "true"
    return _answered(request, response, row)


def _own(request: ApiRequest, first: OrganisationModel) -> Incident | Breach:
    """The earlier report, if it is of the same person; else nothing of it is told."""
    assert isinstance(first, Incident | Breach)
    if not queries.was_reported_by(request.actor, first):
        told = _("Gebruik een nieuw kenmerk: dit is al gebruikt.")
        raise Problem(409, told, errors=[fault("header", "Idempotency-Key", told)])
    return first


def _answered(request: ApiRequest, response: HttpResponse, row: Incident | Breach) -> dict[str, Any]:
    is_breach = isinstance(row, Breach)
    slug = request.actor.organisation.slug
    page = reverse(f"api:get_{'breach' if is_breach else 'incident'}", args=[slug, row.reference])
    response["Location"] = request.build_absolute_uri(page)
    return {
        "collection": "breaches" if is_breach else "incidents",
        "reference": row.reference,
        "registered_on": row.registered_on,
        "due_at": row.due_at if isinstance(row, Breach) else None,
    }


def _saved(save: Callable[[], Saved]) -> Saved:
    try:
        return save()
    except Refusal as refusal:
        errors = [fault("body", refusal.field, str(refusal))] if refusal.field else []
        raise Problem(422, str(refusal), errors=errors) from refusal


@ROUTER.put(
    "/incidents/{slug:reference}",
    response=IncidentOut,
    operation_id="changeIncident",
    summary="De gegevens van een incident wijzigen",
    description="Vervangt alle gegevens, en vraagt daarom een sleutel die ook de tekst mag lezen. ‘If-Match’ is "
    "de ETag van wat u las; is er intussen gewijzigd, dan is het antwoord 409 met de versie van nu.",
    openapi_extra=asks(permissions.VIEW_INCIDENTS, permissions.HANDLE),
)
def change_incident(
    request: ApiRequest,
    response: HttpResponse,
    reference: str,
    facts: FactsIn,
    if_match: Annotated[str | None, Header(alias="If-Match", description='Zoals "3".')] = None,
) -> dict[str, Any]:
    request.actor.require_write(permissions.HANDLE)
    require_texts(
        request, _("Wie de gegevens vervangt, moet de tekst kunnen lezen: maak een sleutel met tekst.")
    )
    row = _by_reference(_incidents(request), reference)
    given = facts.model_dump(exclude={"unit"})
    given["severity"] = given["severity"] or ""
    _saved(
        lambda: actions.change_incident(
            request.actor,
            incident_id=row.pk,
            expected_version=_version(if_match),
            at=_this_minute(),
            facts=IncidentFacts(**given),
            unit=_unit(facts.unit),
        )
    )
    return get_incident(request, response, reference)


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise Problem(428)
    match = _VERSION.fullmatch(if_match.strip())
    if match is None:
        told = _("Stuur de ETag van het incident mee, tussen aanhalingstekens.")
        raise Problem(400, told, errors=[fault("header", "If-Match", told)])
    return int(match[1])


def _unit(code: str | None) -> Unit | None:
    if code is None:
        return None
    found: Unit | None = Unit.objects.filter(code=code).first()
    if found is None:
        told = _("Dit organisatieonderdeel bestaat niet.")
        raise Problem(422, told, errors=[fault("body", "unit", told)])
    return found


@ROUTER.get(
    "/breaches",
    response=Page[BreachOut],
    operation_id="listBreaches",
    summary="Het register van datalekken, het nieuwste eerst",
    openapi_extra=asks(permissions.VIEW_BREACHES),
)
def list_breaches(request: ApiRequest, response: HttpResponse, window: Query[BreachFilter]) -> dict[str, Any]:
    rows = _filtered(_breaches(request), window)
    return paged(request, response, rows, NEWEST, window, _breach(request))


@ROUTER.get(
    "/breaches/{slug:reference}",
    response=BreachOut,
    operation_id="getBreach",
    summary="Een datalek",
    openapi_extra=asks(permissions.VIEW_BREACHES),
)
def get_breach(request: ApiRequest, response: HttpResponse, reference: str) -> dict[str, Any]:
    row = _by_reference(_breaches(request), reference)
    response["ETag"] = f'"{row.version}"'
    return _breach(request)(row)
