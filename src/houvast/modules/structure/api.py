"""The structure of any day, for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from houvast.core.api.access import ApiRequest, asks, tells_texts
from houvast.core.api.pages import Order, Page, paged
from houvast.core.api.schemas import Day, Window
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Appointment
from houvast.modules.structure import permissions
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.organogram import snapshot
from houvast.modules.structure.rules.organogram import Holder, Node, PostLine

ROUTER = Router()


class AsOf(Schema):
    """Op welke dag (‘on’); zonder: vandaag."""

    on: Annotated[Day | None, Field(description="De dag waarop het zo was; zonder: vandaag.")] = None

    @property
    def day(self) -> date:
        return self.on or localdate()


class Asked(Window, AsOf):
    """Welk deel van de lijst, en van welke dag."""


class UnitOut(Schema):
    """Een organisatieonderdeel, zoals het die dag is."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None = Field(description="De code van het onderdeel waar het onder valt.")
    valid_from: date
    valid_until: date | None


class FunctionOut(Schema):
    """Een functie, zoals zij die dag is beschreven."""

    code: str
    name: str
    kind: FunctionKind
    scale: str
    valid_from: date
    valid_until: date | None


class PostOut(Schema):
    """Een formatieplaats, zoals die er die dag is."""

    code: str
    function: str
    unit: str
    fte: Decimal | None
    valid_from: date
    valid_until: date | None


class AppointmentOut(Schema):
    """Een benoeming die die dag geldt."""

    uid: UUID
    post: str
    person: UUID = Field(description="De ‘uid’ van de medewerker.")
    name: str | None = Field(description="Voor een sleutel die namen krijgt.")
    kind: Literal["regular", "acting"] = Field(description="Benoemd, of waarnemend.")
    valid_from: date
    valid_until: date | None


class HolderOut(Schema):
    """Wie op een formatieplaats zit."""

    name: str | None = Field(description="Voor een sleutel die namen krijgt.")
    since: date
    acting: bool = Field(description="Waarnemend.")


class PostLineOut(Schema):
    """Een formatieplaats in het organogram."""

    code: str
    function: str
    kind: FunctionKind
    fte: Decimal | None
    is_vacant: bool
    holders: list[HolderOut]


class NodeOut(Schema):
    """Een onderdeel in het organogram, met wat eronder hangt."""

    code: str
    name: str
    kind: UnitKind
    lacks_leader: bool = Field(description="Een team waarin niemand tot teamleider is benoemd.")
    posts: list[PostLineOut]
    children: list[NodeOut]


class OrganogramOut(Schema):
    """Het organogram van een dag."""

    day: date
    units: list[NodeOut]


def _period(row: Any) -> dict[str, Any]:
    return {"valid_from": row.valid_from, "valid_until": row.valid_until}


def _unit(row: UnitPeriod) -> dict[str, Any]:
    parent = row.parent.code if row.parent else None
    return {"code": row.unit.code, "name": row.name, "kind": row.kind, "parent": parent, **_period(row)}


def _function(row: FunctionPeriod) -> dict[str, Any]:
    return {
        "code": row.function.code,
        "name": row.name,
        "kind": row.kind,
        "scale": row.scale,
        **_period(row),
    }


def _post(row: PostPeriod) -> dict[str, Any]:
    return {
        "code": row.post.code,
        "function": row.function.code,
        "unit": row.unit.code,
        "fte": row.fte,
        **_period(row),
    }


def _appointment(request: ApiRequest) -> Callable[[Appointment], dict[str, Any]]:
    told = tells_texts(request)
    return lambda row: {
        "uid": row.uid,
        "post": row.post.code,
        "person": row.person.uid,
        "name": row.person.name if told else None,
        "kind": row.kind,
        **_period(row),
    }


@ROUTER.get(
    "/units",
    response=Page[UnitOut],
    operation_id="listUnits",
    summary="De organisatieonderdelen van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def list_units(request: ApiRequest, response: HttpResponse, window: Query[Asked]) -> dict[str, Any]:
    rows = registers.visible_unit_periods(request.actor).filter(as_of(window.day))
    return paged(request, response, rows, Order(("unit__code", "id")), window, _unit)


@ROUTER.get(
    "/functions",
    response=Page[FunctionOut],
    operation_id="listFunctions",
    summary="De functies van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def list_functions(request: ApiRequest, response: HttpResponse, window: Query[Asked]) -> dict[str, Any]:
    rows = registers.visible_function_periods(request.actor).filter(as_of(window.day))
    return paged(request, response, rows, Order(("function__code", "id")), window, _function)


@ROUTER.get(
    "/posts",
    response=Page[PostOut],
    operation_id="listPosts",
    summary="De formatieplaatsen van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def list_posts(request: ApiRequest, response: HttpResponse, window: Query[Asked]) -> dict[str, Any]:
    rows = registers.visible_post_periods(request.actor).filter(as_of(window.day))
    return paged(request, response, rows, Order(("post__code", "id")), window, _post)


@ROUTER.get(
    "/appointments",
    response=Page[AppointmentOut],
    operation_id="listAppointments",
    summary="De benoemingen van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def list_appointments(request: ApiRequest, response: HttpResponse, window: Query[Asked]) -> dict[str, Any]:
    rows = registers.visible_appointments(request.actor).filter(as_of(window.day))
    return paged(request, response, rows, Order(("valid_from", "id")), window, _appointment(request))


@ROUTER.get(
    "/organogram",
    response=OrganogramOut,
    operation_id="getOrganogram",
    summary="Het organogram van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def get_organogram(request: ApiRequest, asked: Query[AsOf]) -> dict[str, Any]:
    shown, told = snapshot(request.actor, asked.day), tells_texts(request)
    return {"day": shown.day, "units": [_node(node, told=told) for node in shown.tops]}


def _node(node: Node, *, told: bool) -> dict[str, Any]:
    return {
        "code": node.code,
        "name": node.name,
        "kind": node.kind,
        "lacks_leader": node.lacks_leader,
        "posts": [_line(post, told=told) for post in node.posts],
        "children": [_node(child, told=told) for child in node.children],
    }


def _line(post: PostLine, *, told: bool) -> dict[str, Any]:
    return {
        "code": post.code,
        "function": post.function,
        "kind": post.kind,
        "fte": post.fte,
        "is_vacant": post.is_vacant,
        "holders": [_holder(holder, told=told) for holder in post.holders],
    }


def _holder(holder: Holder, *, told: bool) -> dict[str, Any]:
    return {"name": holder.name if told else None, "since": holder.since, "acting": holder.acting}
