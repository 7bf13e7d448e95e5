"""The chapter and its claims, for programs: the same JSON as its file, and the rows for who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from houvast.core.api.access import ApiRequest, asks, tells_texts
from houvast.core.api.pages import Order, Page, paged
from houvast.core.api.problems import Problem
from houvast.core.api.schemas import Window
from houvast.core.http import NotHere
from houvast.core.orgs.paths import field_at
from houvast.core.report.chapter import Chapter
from houvast.core.report.claims import Claim, ClaimSource, Kind
from houvast.core.report.permissions import VIEW
from houvast.core.report.queries import NoChapter, chapter, claim_sources, years_with_chapter
from houvast.core.report.rows import may_open
from houvast.core.report.rules import year_fault

ROUTER = Router()
NEWEST = Order(("id",), descending=True)


class YearOut(Schema):
    """Een jaar met een paragraaf."""

    year: int


class PeriodOut(Schema):
    """Een periode: ‘until’ is de eerste dag erna."""

    from_: date = Field(alias="from")
    until: date


class ClaimOut(Schema):
    """Een feit van de paragraaf, gebonden aan de rijen die het bewijzen."""

    key: str
    label: str
    kind: Kind
    value: int | str | list[str] | dict[str, int] = Field(description="De kale waarde.")
    text: str = Field(description="Zoals het in de tekst staat.")
    unit: str | None
    as_of: date | None = Field(description="De dag waarop het zo was.")
    period: PeriodOut | None
    rows: int = Field(description="Hoeveel rijen erachter liggen.")
    digest: str = Field(description="HMAC-SHA-256 over die rijen.")


class DefinedClaimOut(ClaimOut):
    """Een feit met wat het telt en wat niet."""

    definition: str
    example_rows: int = Field(description="Hoeveel van de rijen voorbeeldgegevens zijn.")
    sourced: bool = Field(description="Het komt uit een bron, en niet uit een register.")
    unchecked: bool = Field(description="Niemand anders heeft het gecontroleerd.")
    partner: str | None = Field(description="De organisatie in wier register het is geteld.")


class SectionOut(Schema):
    """Een onderdeel van de paragraaf, als platte tekst."""

    key: str
    heading: str
    text: str


class ChapterOut(Schema):
    """De paragraaf Bedrijfsvoering van een jaar."""

    organisation: str
    name: str
    year: int
    as_of: date
    example_data: bool
    claims: list[ClaimOut]
    sections: list[SectionOut]


class RowOut(Schema):
    """Een rij achter een feit: per kolom de waarde; null waar de sleutel geen tekst en namen krijgt."""

    uid: UUID
    values: dict[str, str | int | bool | None]


def _made(request: ApiRequest, year: int) -> Chapter:
    request.actor.require(VIEW)
    if sentence := year_fault(year, localdate()):
        raise NotHere(sentence)
    try:
        return chapter(request.actor.organisation, year)
    except NoChapter as error:
        raise NotHere(str(error)) from error


def _claim(made: Chapter, key: str) -> Claim:
    if key not in made.claims:
        raise NotHere(_("Dit feit is er in dat jaar niet."))
    return made.claims[key]


@ROUTER.get(
    "/chapters",
    response=Page[YearOut],
    operation_id="listChapters",
    summary="De jaren met een paragraaf",
    by_alias=True,
    openapi_extra=asks(VIEW),
)
def list_chapters(request: ApiRequest) -> dict[str, Any]:
    request.actor.require(VIEW)
    return {"items": [{"year": year} for year in years_with_chapter()]}


@ROUTER.get(
    "/chapters/{int:year}",
    response=ChapterOut,
    operation_id="getChapter",
    summary="De paragraaf van een jaar",
    by_alias=True,
    openapi_extra=asks(VIEW),
)
def get_chapter(request: ApiRequest, year: int) -> dict[str, Any]:
    return _made(request, year).to_json()


@ROUTER.get(
    "/chapters/{int:year}/claims",
    response=Page[ClaimOut],
    operation_id="listClaims",
    summary="De feiten van een jaar",
    by_alias=True,
    openapi_extra=asks(VIEW),
)
def list_claims(request: ApiRequest, year: int) -> dict[str, Any]:
    return {"items": _made(request, year).to_json()["claims"]}


@ROUTER.get(
    "/chapters/{int:year}/claims/{key}",
    response=DefinedClaimOut,
    operation_id="getClaim",
    summary="Een feit met zijn definitie",
    by_alias=True,
    openapi_extra=asks(VIEW),
)
def get_claim(request: ApiRequest, year: int, key: str) -> dict[str, Any]:
    claim = _claim(_made(request, year), key)
    return claim.to_json() | {
        "definition": claim.explanation,
        "example_rows": claim.example_rows,
        "sourced": claim.sourced,
        "unchecked": claim.unchecked,
        "partner": claim.partner,
    }


@ROUTER.get(
    "/chapters/{int:year}/claims/{key}/rows",
    response=Page[RowOut],
    operation_id="listClaimRows",
    summary="De rijen achter een feit",
    description="Voor wie die rijen op het scherm mag zien; het recht verschilt per feit.",
    by_alias=True,
    openapi_extra=asks(VIEW),
)
def list_claim_rows(
    request: ApiRequest, response: HttpResponse, year: int, key: str, window: Query[Window]
) -> dict[str, Any]:
    made = _made(request, year)
    claim, source = _claim(made, key), claim_sources().get(key)
    if source is None or source.rows is None or claim.sourced:
        raise NotHere(_("Achter dit feit liggen geen rijen van een register van deze organisatie."))
    if not may_open(request.actor, source):
        raise Problem(403, _("De rijen achter dit feit zijn niet voor u."), permission=source.permission)
    rows: QuerySet[Any] = source.rows(made.context)
    columns = tuple(_columns(source, rows.model, texts=tells_texts(request)))
    return paged(request, response, rows, NEWEST, window, lambda row: _row(row, columns))


@dataclass(frozen=True)
class _Column:
    """A column of the rows: its name for programs, its path, and whether its value is told."""

    name: str
    path: str
    told: bool


def _columns(source: ClaimSource, model: type[Model], *, texts: bool) -> Iterator[_Column]:
    for _label, path in source.columns:
        yield _Column(path.replace("__", "."), path, texts or not _is_text(model, path))


def _is_text(model: type[Model], path: str) -> bool:
    """Whether it is free text or a name, as its table says; what a query computed may be one."""
    try:
        field = field_at(model, path)
    except FieldDoesNotExist:
        return True
    return field.name in getattr(field.model, "unrecorded_fields", ())


def _row(row: Model, columns: tuple[_Column, ...]) -> dict[str, Any]:
    values = {
        column.name: _plain(reduce(_attribute, column.path.split("__"), row)) if column.told else None
        for column in columns
    }
    return {"uid": row.uid, "values": values}  # type: ignore[attr-defined]  # each register row has one


def _attribute(row: Any, name: str) -> Any:
    return None if row is None else getattr(row, name)


def _plain(value: Any) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
