"""The vision and the values of any day, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from houvast.core.api.access import ApiRequest, asks
from houvast.core.api.schemas import Day
from houvast.modules.values import permissions, queries
from houvast.modules.values.rules import InstrumentKind, PartKind

ROUTER = Router()


class OnDay(Schema):
    """Op welke dag (‘on’); zonder: vandaag."""

    on: Annotated[Day | None, Field(description="De dag waarop het zo was; zonder: vandaag.")] = None

    @property
    def day(self) -> date:
        return self.on or localdate()


class CoreValueOut(Schema):
    """Een kernwaarde, met voorbeelden van gedrag."""

    name: str
    meaning: str
    valid_from: date
    valid_until: date | None
    shows: list[str] = Field(description="Gedrag dat de kernwaarde laat zien.")
    against: list[str] = Field(description="Gedrag dat ertegen ingaat.")


class VisionOut(Schema):
    """De visie en de kernwaarden van een dag."""

    day: date
    origin: str | None = Field(
        description="Het traject waarin de set is opgesteld; leeg als er geen set geldt."
    )
    slogan: str | None
    pairs: list[str]
    values: list[CoreValueOut]


class InstrumentOut(Schema):
    """Waar de kernwaarden een plek hebben, met de tellingen van het jaar van die dag."""

    name: str
    kind: InstrumentKind
    has_guide: bool = Field(description="Er geldt een leidraad.")
    covered: int = Field(description="Bij hoeveel de kernwaarden aan bod kwamen.")
    total: int = Field(description="Van hoeveel; nul als er niet is geteld.")


class InstrumentsOut(Schema):
    """De instrumenten van een dag."""

    day: date
    instruments: list[InstrumentOut]


def _value(card: queries.ValueCard) -> dict[str, Any]:
    return {
        "name": card.row.name,
        "meaning": card.row.meaning,
        "valid_from": card.row.valid_from,
        "valid_until": card.row.valid_until,
        "shows": [one.text for one in card.shows],
        "against": [one.text for one in card.against],
    }


@ROUTER.get(
    "/vision",
    response=VisionOut,
    operation_id="getVision",
    summary="De visie en de kernwaarden van een dag",
    openapi_extra=asks(permissions.VIEW),
)
def get_vision(request: ApiRequest, window: Query[OnDay]) -> dict[str, Any]:
    running = queries.running_set(window.day)
    slogan = queries.parts_on(window.day, PartKind.SLOGAN).first()
    return {
        "day": window.day,
        "origin": running.origin if running else None,
        "slogan": slogan.text if slogan else None,
        "pairs": [part.text for part in queries.parts_on(window.day, PartKind.PAIR)],
        "values": [_value(card) for card in queries.cards(request.actor, running, window.day)],
    }


@ROUTER.get(
    "/instruments",
    response=InstrumentsOut,
    operation_id="listInstruments",
    summary="Waar de kernwaarden een plek hebben",
    openapi_extra=asks(permissions.VIEW),
)
def list_instruments(request: ApiRequest, window: Query[OnDay]) -> dict[str, Any]:
    lines = queries.instrument_lines(request.actor, window.day)
    return {
        "day": window.day,
        "instruments": [
            {
                "name": line.row.name,
                "kind": line.row.kind,
                "has_guide": line.guide is not None,
                "covered": line.covered,
                "total": line.total,
            }
            for line in lines
        ],
    }
