"""Counts of how often the values came up, as a workbook: those of earlier years come in, and what is there goes out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Unit
from houvast.core.orgs.refusal import Refusal
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules.columns import Column, Kind, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault, cell
from houvast.core.workbooks.rules.plans import Content, Outcome, Plan, Refused, Sent, Workbook
from houvast.modules.values import actions, permissions, queries
from houvast.modules.values.models import Coverage, Instrument
from houvast.modules.values.rules import FIRST_YEAR, LAST_YEAR, MOST_TALKS, CountRow

INSTRUMENT, UNIT = "Instrument", "Onderdeel"
SHEET = Sheet(
    "Tellingen",
    (
        Column(
            name="year",
            header="Jaar",
            kind=Kind.WHOLE,
            required=True,
            least=FIRST_YEAR,
            most=LAST_YEAR,
            example=2021,
        ),
        Column(
            name="instrument",
            header="Instrument",
            required=True,
            longest=100,
            refers=INSTRUMENT,
            help="Zoals het bij Visie en kernwaarden heet.",
            example="de sollicitatiegesprekken",
        ),
        Column(
            name="unit",
            header="Onderdeel",
            longest=40,
            refers=UNIT,
            help="De code van het organisatieonderdeel. Leeg: alle onderdelen die niet apart worden geteld.",
            example="team-jeugd",
        ),
        Column(
            name="covered",
            header="Met de kernwaarden",
            kind=Kind.WHOLE,
            required=True,
            least=0,
            most=MOST_TALKS,
            example=12,
        ),
        Column(
            name="total",
            header="Totaal",
            kind=Kind.WHOLE,
            required=True,
            least=1,
            most=MOST_TALKS,
            help="Noem niemand: een telling is een getal.",
            example=14,
        ),
    ),
    unique=("year", "instrument", "unit"),
)


def _written(row: Coverage) -> Values:
    return {
        "year": row.year,
        "instrument": row.instrument.name,
        "unit": row.unit.code if row.unit else "",
        "covered": row.covered,
        "total": row.total,
    }


def written(actor: Actor, filters: QueryDict) -> Mapping[str, Iterable[Values]]:
    """The counts that stand, of all instruments or of the one that was asked for."""
    found = queries.visible_counts(actor)
    if (asked := filters.get("instrument", "")).isdecimal() and len(asked) < 19:
        found = found.filter(instrument=int(asked))
    return {SHEET.name: [_written(row) for row in found]}


def plan(actor: Actor, content: Content, now: datetime) -> Plan:
    """What a workbook of counts would record; three queries."""
    units = dict(Unit.objects.values_list("code", "pk"))
    instruments: defaultdict[str, list[Instrument]] = defaultdict(list)
    for one in queries.visible_instruments(actor).order_by("valid_from", "pk"):
        instruments[one.name].append(one)
    standing = {_name(_written(row)): row for row in queries.visible_counts(actor)}
    rows: list[CountRow] = []
    faults: list[Fault] = []
    outcomes: dict[str, Outcome] = {}
    was: dict[str, dict[str, Any]] = {}
    stamps: list[str] = []
    for values in content.rows[SHEET.name]:
        place, old = values["place"], standing.get(_name(values))
        named = instruments[values["instrument"]]
        if not named:
            continue  # Told already: the name is not known.
        instrument = old.instrument if old else _of_year(named, values["year"])
        row = CountRow(
            instrument_id=instrument.pk,
            kind=instrument.kind,
            year=values["year"],
            total=values["total"],
            covered=values["covered"],
            unit_id=units.get(values["unit"]),
            replaces=old and old.pk,
        )
        is_left = old is not None and (old.total, old.covered) == (row.total, row.covered)
        try:
            if not is_left:
                row.check(localdate(now))
        except Refusal as refusal:
            field = {"unit_id": "unit"}.get(refusal.field, refusal.field)
            faults.append(Fault(str(refusal), cell(place, content.letters, field)))
            continue
        before = _written(old) if old else {}
        was[place] = {name: value for name, value in before.items() if value != values[name]}
        outcomes[place] = Outcome.LEFT if is_left else Outcome.CHANGED if old else Outcome.MADE
        if not is_left:
            rows.append(row)
            stamps.append(f"{row.year}.{row.instrument_id}.{row.unit_id}={row.replaces}")
    stamp = hashlib.sha256("\n".join(stamps).encode()).hexdigest()
    return Plan(tuple(rows), outcomes=outcomes, was=was, faults=tuple(faults), stamp=stamp)


def _name(values: Values) -> tuple[Any, ...]:
    return tuple(values[name] for name in SHEET.unique)


def _of_year(named: list[Instrument], year: int) -> Instrument:
    """Of instruments of one name the newest that held in the year; else the newest."""
    held = [
        one
        for one in named
        if one.valid_from.year <= year and (one.valid_until is None or one.valid_until.year >= year)
    ]
    return (held or named)[-1]


def record(actor: Actor, rows: tuple[CountRow, ...], sent: Sent) -> WorkbookImport:
    """Record a plan in one action. Raises Refused, AlreadyDone."""
    try:
        return actions.import_counts(actor, rows=rows, today=localdate(sent.at), sent=sent)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _known(actor: Actor) -> Mapping[str, Iterable[str]]:
    return {
        UNIT: Unit.objects.values_list("code", flat=True),
        INSTRUMENT: queries.visible_instruments(actor).values_list("name", flat=True),
    }


COUNTS = Workbook(
    key="values.counts",
    label=gettext_lazy("Tellingen van de kernwaarden"),
    about=gettext_lazy("In hoeveel van hoeveel de kernwaarden aan bod kwamen, per jaar en instrument."),
    permission=permissions.COUNT,
    sees=permissions.VIEW,
    everywhere=True,
    sheets=(SHEET,),
    known=_known,
    plan=plan,
    record=record,
    rows=written,
    page="values:index",
)
