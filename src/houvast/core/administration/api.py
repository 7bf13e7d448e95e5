"""The trail, for programs of who may read it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from houvast.core.access.permissions import READ_TRAIL
from houvast.core.administration import queries
from houvast.core.api.access import ApiRequest, asks
from houvast.core.api.pages import Order, Page, paged
from houvast.core.api.schemas import Moment, Text, Window
from houvast.core.audit.models import AuditEntry

ROUTER = Router()
NEWEST = Order(("number",), descending=True)


class EntryOut(Schema):
    """Een regel van het logboek. Zonder namen en vrije tekst: die staan er niet in."""

    number: int
    at: datetime
    action: str
    origin: str = Field(description="scherm, programma of opdracht.")
    actor: UUID | None = Field(description="De ‘uid’ van wie het deed, waar dat een medewerker van hier is.")
    home: str = Field(description="De organisatie van wie het deed.")
    table: str
    subject: UUID | None = Field(description="De ‘uid’ van de rij.")
    changes: dict[str, Any]
    row_seal: str
    previous: str
    seal: str


class EntryFilter(Window):
    """Welke regels."""

    action: Annotated[Text | None, Field(max_length=80)] = None
    table: Annotated[Text | None, Field(max_length=80)] = None
    subject: UUID | None = None
    since: Annotated[Moment | None, Field(description="Vanaf dit moment.")] = None
    until: Annotated[Moment | None, Field(description="Tot dit moment.")] = None


FILTERS = {
    "action": "action",
    "table": "table",
    "subject": "subject_uid",
    "since": "at__gte",
    "until": "at__lt",
}


@ROUTER.get(
    "/audit-entries",
    response=Page[EntryOut],
    operation_id="listAuditEntries",
    summary="Het logboek, het nieuwste eerst",
    openapi_extra=asks(READ_TRAIL),
)
def list_audit_entries(
    request: ApiRequest, response: HttpResponse, window: Query[EntryFilter]
) -> dict[str, Any]:
    asked = window.model_dump(include=set(FILTERS), exclude_none=True)
    rows = queries.trail(request.actor).select_related("home")
    rows = rows.filter(**{FILTERS[name]: value for name, value in asked.items()})
    return paged(request, response, rows, NEWEST, window, _told)


def _told(entry: AuditEntry) -> dict[str, Any]:
    copied = ("number", "at", "action", "origin", "table", "changes", "row_seal", "previous", "seal")
    return {name: getattr(entry, name) for name in copied} | {
        "actor": entry.actor_uid or None,
        "home": entry.home.slug,
        "subject": entry.subject_uid,
    }
