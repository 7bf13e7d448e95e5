"""Sourced facts as a workbook: those of a year with their sources, each to be checked by a second person."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.orgs.refusal import Refusal
from houvast.core.report import actions
from houvast.core.report.actions import FACT_FIELDS
from houvast.core.report.claims import Kind as FactKind
from houvast.core.report.entry_forms import KINDS, FactForm, initial_of
from houvast.core.report.models import SourcedFact
from houvast.core.report.permissions import ENTER_FACT, VIEW
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR, FactEntry, FactRow, year_fault
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules import cells
from houvast.core.workbooks.rules.columns import Column, Kind, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault, cell
from houvast.core.workbooks.rules.plans import Content, Outcome, Plan, Refused, Sent, Workbook

LONG = 20_000


def typed(value: Any) -> str:
    """The value as somebody would type it: with a comma, a day as dd-mm-jjjj."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value).replace(".", ",")
    return cells.text(value)


SHEET = Sheet(
    "Feiten",
    (
        Column(
            name="year",
            header="Verslagjaar",
            kind=Kind.WHOLE,
            required=True,
            least=FIRST_YEAR,
            most=LAST_YEAR,
            example=2021,
        ),
        Column(
            name="key",
            header="Sleutel",
            longest=80,
            help="Laat leeg om er een te laten maken. Vul de sleutel in om een feit te verbeteren.",
            example="medewerkers.teams_met_plan",
        ),
        Column(
            name="label",
            header="Wat is het?",
            required=True,
            longest=160,
            example="Teams met een teamplan",
        ),
        Column(
            name="kind",
            header="Soort",
            kind=Kind.CHOICE,
            required=True,
            choices=tuple((kind.value, label) for kind, label in KINDS),
            example="Aantal",
        ),
        Column(
            name="value",
            header="Waarde",
            read=typed,
            help="Met een komma: 5,5. Een percentage als getal, zonder %. Leeg bij een periode of opsomming.",
            example="17",
        ),
        Column(
            name="items",
            header="Onderdelen",
            longest=LONG,
            help="Eén per regel in de cel (Alt+Enter). Bij een aantal: wat er is geteld.",
        ),
        Column(name="singular", header="Enkelvoud", longest=60),
        Column(name="plural", header="Meervoud", longest=60),
        Column(name="period_from", header="Periode vanaf", kind=Kind.DAY),
        Column(name="period_last", header="Periode tot en met", kind=Kind.DAY),
        Column(name="as_of", header="Peildatum", kind=Kind.DAY, example=date(2021, 12, 31)),
        Column(name="source_title", header="Brondocument", required=True, example="Jaarverslag 2021"),
        Column(name="source_place", header="Vindplaats", help="Hoofdstuk, bladzijde of onderdeel."),
        Column(name="source_date", header="Datum van de bron", kind=Kind.DAY),
        Column(name="explanation", header="Toelichting", longest=LONG, help="Wat zegt de bron precies?"),
    ),
    unique=("key", "year"),
    alike=("label", "year", "source_title", "source_place"),
)


def _written(fact: SourcedFact) -> Values:
    initial = initial_of(fact)
    return {column.name: initial.get(column.name, fact.year) for column in SHEET.columns}


def written(actor: Actor, filters: QueryDict) -> Mapping[str, Iterable[Values]]:
    """The facts that stand, of the year that was asked for or of all."""
    actor.require(VIEW)
    facts = SourcedFact.objects.filter(withdrawn_at=None).order_by("year", "key")
    year = filters.get("jaar", "")
    if year.isdecimal() and len(year) == 4:
        facts = facts.filter(year=int(year))
    return {SHEET.name: (_written(fact) for fact in facts.iterator(chunk_size=2000))}


def plan(_actor: Actor, content: Content, now: datetime) -> Plan:
    """What a workbook of facts would record; one query for all years."""
    rows: list[FactRow] = []
    faults: list[Fault] = []
    doubts: list[Fault] = []
    outcomes: dict[str, Outcome] = {}
    was: dict[str, dict[str, Any]] = {}
    stamps: list[str] = []
    read = content.rows[SHEET.name]
    facts = {
        (fact.year, fact.key): fact
        for fact in SourcedFact.objects.filter(withdrawn_at=None, year__in={row["year"] for row in read})
    }
    alike = {_alike(vars(fact)): fact for fact in facts.values()}
    taken: defaultdict[int, set[str]] = defaultdict(set)
    for year, key in [*facts, *((row["year"], row["key"]) for row in read if row["key"])]:
        taken[year].add(key)
    for row in read:
        place = row["place"]
        fact = facts.get((row["year"], row["key"]))
        old = _written(fact) if fact else {}
        row |= {name: value for name, value in old.items() if cells.is_same(value, row[name])}
        found = list(_faults_of_row(row, fact, alike.get(_alike(row)), now))
        form = FactForm(_data(row), taken=frozenset(taken[row["year"]] - {row["key"]}))
        if not found and not form.is_valid():
            found = [(name, " ".join(map(str, said))) for name, said in form.errors.items()]
        if found:
            faults += [Fault(text, cell(place, content.letters, name)) for name, text in found]
            continue
        entry = form.entry()
        taken[row["year"]].add(entry.key)
        row["key"] = entry.key
        was[place] = {name: value for name, value in old.items() if value != row[name]}
        outcomes[place] = _outcome(fact, entry)
        if outcomes[place] is not Outcome.LEFT:
            rows.append(FactRow(row["year"], entry, fact and fact.pk, fact and fact.version))
            stamps += [f"{fact.uid}={fact.version}"] if fact else []
        if _is_small_share(entry):
            told = _(
                "{value} procent is heel weinig. Staat de cel in procenten? Schrijf dan 5,5 en niet 5,5%."
            )
            doubts.append(Fault(told.format(value=row["value"]), cell(place, content.letters, "value")))
    stamp = hashlib.sha256("\n".join(stamps).encode()).hexdigest()
    return Plan(
        tuple(rows), outcomes=outcomes, was=was, faults=tuple(faults), doubts=tuple(doubts), stamp=stamp
    )


def _alike(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in SHEET.alike)


def _faults_of_row(
    row: Values, fact: SourcedFact | None, twin: SourcedFact | None, now: datetime
) -> Iterable[tuple[str, str]]:
    if sentence := year_fault(row["year"], timezone.localdate(now)):
        yield "year", sentence
    if fact is None and twin is not None and not row["key"]:
        told = _("Dit feit staat er al, met sleutel {key}. Verwijder de regel, of vul de sleutel in.")
        yield "key", told.format(key=twin.key)


def _data(row: Values) -> dict[str, str]:
    """A row as the form takes it."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in row.items()
        if value is not None
    }


def _outcome(fact: SourcedFact | None, entry: FactEntry) -> Outcome:
    if fact is None:
        return Outcome.MADE
    same = all(
        _stored(getattr(entry, name)) == getattr(fact, name) for name in FACT_FIELDS if name != "style"
    )
    return Outcome.LEFT if same else Outcome.CHANGED


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _is_small_share(entry: FactEntry) -> bool:
    return entry.kind is FactKind.SHARE and 0 < abs(Decimal(entry.value)) < 1


def record(actor: Actor, rows: tuple[FactRow, ...], sent: Sent) -> WorkbookImport:
    """Record a plan in one action. Raises Refused, Conflict, AlreadyDone."""
    try:
        return actions.import_facts(actor, rows=rows, today=timezone.localdate(sent.at), sent=sent)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


FACTS = Workbook(
    key="report.facts",
    label=gettext_lazy("Feiten met een bron"),
    about=gettext_lazy(
        "De feiten van een jaar met hun bron. Elk feit telt pas als een ander het heeft gecontroleerd."
    ),
    permission=ENTER_FACT,
    sees=VIEW,
    sheets=(SHEET,),
    plan=plan,
    record=record,
    rows=written,
    page="report:index",
    done=gettext_lazy("Een ander moet ze nog controleren."),
)
