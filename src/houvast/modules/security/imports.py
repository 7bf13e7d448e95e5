"""The registers of incidents and breaches as workbooks: older records come in, and what is there goes out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Unit
from houvast.core.orgs.rules import LARGEST_NUMBER
from houvast.core.retention.queries import destroyed
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules.cells import is_same, nearest
from houvast.core.workbooks.rules.columns import Column, Kind, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault, cell
from houvast.core.workbooks.rules.plans import Content, Outcome, Plan, Refused, Sent, Workbook
from houvast.modules.security import actions, permissions, queries
from houvast.modules.security.forms import BreachFilter, IncidentFilter
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import (
    BreachFacts,
    Impact,
    IncidentFacts,
    IncidentKind,
    PersonalData,
    Refusal,
    Severity,
)
from houvast.modules.security.rules.imports import BreachRow, IncidentRow

UNIT, INCIDENT = "Onderdeel", "Incident"
LONG = 20_000
YES, NO = "yes", "no"
YES_NO = ((YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nee")))

_REFERENCE = Column(
    name="reference",
    header="Kenmerk",
    longest=20,
    help="Leeg voor wat nog niet in het register staat: het krijgt een kenmerk. Vul het in om te verbeteren.",
)
_REGISTERED = Column(
    name="registered_on",
    header="Vastgelegd op",
    kind=Kind.DAY,
    help="Het jaar van deze dag is het jaar waarin het meetelt. Leeg: vandaag.",
    example=date(2019, 3, 12),
)
_UNIT = Column(
    name="unit",
    header="Onderdeel",
    longest=40,
    refers=UNIT,
    help="De code van het organisatieonderdeel.",
    example="team-jeugd",
)
INCIDENT_SHEET = Sheet(
    "Incidenten",
    (
        _REFERENCE,
        _REGISTERED,
        Column(
            name="discovered_at",
            header="Opgemerkt op",
            kind=Kind.MOMENT,
            required=True,
            example=datetime(2019, 3, 12, 9, 30),  # noqa: DTZ001  a cell has no time zone
        ),
        Column(name="occurred_on", header="Begonnen op", kind=Kind.DAY),
        Column(
            name="kind",
            header="Soort",
            kind=Kind.CHOICE,
            required=True,
            choices=tuple(IncidentKind.choices),
            example="Verkeerd verstuurd",
        ),
        Column(
            name="description",
            header="Wat er is gebeurd",
            required=True,
            longest=LONG,
            help="Noem geen namen of burgerservicenummers.",
            example="Een brief is bij een verkeerd adres bezorgd.",
        ),
        Column(
            name="personal_data",
            header="Persoonsgegevens",
            kind=Kind.CHOICE,
            choices=tuple(PersonalData.choices),
            empty=PersonalData.UNKNOWN.value,
            example="Nee",
        ),
        Column(name="severity", header="Ernst", kind=Kind.CHOICE, choices=tuple(Severity.choices)),
        Column(name="measure", header="Wat eraan is gedaan", longest=LONG),
        _UNIT,
        Column(
            name="closed_on",
            header="Afgesloten op",
            kind=Kind.DAY,
            help="Kan als de ernst bekend is en vaststaat of er persoonsgegevens bij betrokken waren.",
        ),
    ),
    unique=("reference",),
    alike=("description", "discovered_at", "kind"),
)
_WHOLE: dict[str, Any] = {"kind": Kind.WHOLE, "least": 0, "most": LARGEST_NUMBER}
BREACH_SHEET = Sheet(
    "Datalekken",
    (
        _REFERENCE,
        _REGISTERED,
        Column(
            name="aware_at",
            header="Kennisname op",
            kind=Kind.MOMENT,
            required=True,
            help="Hier begon de termijn van 72 uur te lopen (AVG art. 33 lid 1).",
            example=datetime(2019, 3, 12, 9, 30),  # noqa: DTZ001  a cell has no time zone
        ),
        Column(name="occurred_from", header="Begin van de inbreuk", kind=Kind.MOMENT),
        Column(name="occurred_until", header="Einde van de inbreuk", kind=Kind.MOMENT),
        Column(
            name="description",
            header="Wat er is gebeurd",
            required=True,
            longest=LONG,
            help="Noem geen namen of burgerservicenummers.",
            example="Een brief is bij een verkeerd adres bezorgd.",
        ),
        Column(
            name="confidentiality", header="Vertrouwelijkheid", kind=Kind.CHOICE, choices=YES_NO, empty=NO
        ),
        Column(name="integrity", header="Integriteit", kind=Kind.CHOICE, choices=YES_NO, empty=NO),
        Column(name="availability", header="Beschikbaarheid", kind=Kind.CHOICE, choices=YES_NO, empty=NO),
        Column(name="data_subjects", header="Betrokkenen", longest=LONG, example="inwoners"),
        Column(name="data_subjects_number", header="Aantal betrokkenen", **_WHOLE),
        Column(name="records", header="Gegevens", longest=LONG, example="naam en adres"),
        Column(name="records_number", header="Aantal gegevensrecords", **_WHOLE),
        Column(name="consequences", header="Gevolgen", longest=LONG),
        Column(name="measures", header="Maatregelen", longest=LONG),
        Column(
            name="impact", header="Zwaarte van de gevolgen", kind=Kind.CHOICE, choices=tuple(Impact.choices)
        ),
        Column(
            name="incident",
            header="Incident",
            longest=20,
            refers=INCIDENT,
            help="Het kenmerk van het veiligheidsincident waar het uit voortkwam.",
        ),
        _UNIT,
    ),
    unique=("reference",),
    alike=("description", "aware_at"),
)

Record = Incident | Breach
Row = IncidentRow | BreachRow


def _written(row: Incident | Breach, sheet: Sheet) -> Values:
    """A record as a row of its sheet."""
    values: Values = {
        column.name: getattr(row, column.name)
        for column in sheet.columns
        if column.name not in {"unit", "incident"}
    }
    values = {name: to_the_minute(value) for name, value in values.items()}
    values["unit"] = row.unit.code if row.unit else ""
    if isinstance(row, Breach):
        values["incident"] = row.incident.reference if row.incident else ""
        values |= {
            name: YES if values[name] else NO for name in ("confidentiality", "integrity", "availability")
        }
    return values


def to_the_minute(value: Any) -> Any:
    """A moment as a workbook holds it."""
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def _incidents(actor: Actor) -> QuerySet[Incident]:
    breaches = Breach.objects.filter(incident=OuterRef("pk"))
    return queries.incidents_visible_to(actor).select_related("unit").annotate(has_breach=Exists(breaches))


def _breaches(actor: Actor) -> QuerySet[Breach]:
    return queries.breaches_visible_to(actor).select_related("unit", "incident")


class _Planner:
    """Judges the rows of one register: which are new, which change a record, and what cannot be."""

    def __init__(
        self,
        sheet: Sheet,
        records: Iterable[Record],
        make: Callable[[Values, Any], Row],
    ) -> None:
        self.sheet = sheet
        self.make: Callable[[Values, Any], Row] = make
        self.by_reference: dict[str, Record] = {record.reference: record for record in records}
        self.alike: dict[tuple[Any, ...], Record] = {
            _alike(vars(record), sheet.alike): record for record in self.by_reference.values()
        }

    def plan(self, content: Content, now: datetime) -> Plan:
        """The plan for the rows that could be read."""
        rows: list[Row] = []
        faults: list[Fault] = []
        outcomes: dict[str, Outcome] = {}
        was: dict[str, dict[str, Any]] = {}
        stamps: list[str] = []
        for values in content.rows[self.sheet.name]:
            place = values["place"]
            try:
                record = self._record(values)
                old = _written(record, self.sheet) if record else {}
                values |= {name: old[name] for name in ("registered_on",) if record and values[name] is None}
                values["registered_on"] = values["registered_on"] or localdate(now)
                # What was not touched stays as it is, with the seconds and line ends that a workbook does not tell.
                values |= {n: v for n, v in old.items() if is_same(v, values[n])}
                seconds = {
                    n: getattr(record, n)
                    for n, v in old.items()
                    if isinstance(v, datetime) and v == values[n]
                }
                row = self.make(values | seconds, record)
                row.check(now)
            except Refusal as refusal:
                field = {"on": "closed_on"}.get(refusal.field or "", refusal.field or "reference")
                faults.append(Fault(str(refusal), cell(place, content.letters, field)))
                continue
            was[place] = {name: value for name, value in old.items() if value != values[name]}
            outcomes[place] = _outcome(record, was[place])
            if outcomes[place] is not Outcome.LEFT:
                rows.append(row)
                stamps += [f"{record.uid}={record.version}"] if record else []
        stamp = hashlib.sha256("\n".join(stamps).encode()).hexdigest()
        return Plan(tuple(rows), outcomes=outcomes, was=was, faults=tuple(faults), stamp=stamp)

    def _record(self, values: Values) -> Record | None:
        """The record that a row is about. Raises Refusal for a number that is unknown, or a record told anew."""
        reference = values["reference"]
        if not reference:
            if twin := self.alike.get(_alike(values, self.sheet.alike)):
                told = _(
                    "Dit staat al in het register als {reference}. Verwijder de regel, of vul het kenmerk in."
                )
                raise Refusal(told.format(reference=twin.reference), field="reference")
            return None
        if (found := self.by_reference.get(reference)) is None:
            told = _(
                "Kenmerk {reference} staat niet in het register. Verbeter het, of laat het leeg voor iets nieuws."
            )
            near = nearest(reference, self.by_reference, 0.8)
            raise Refusal(told.format(reference=reference) + near, field="reference")
        if values["registered_on"] not in {None, found.registered_on}:
            raise Refusal(_("De dag van vastlegging staat vast. Laat deze cel leeg."), field="registered_on")
        return found


def _outcome(record: object, was: Mapping[str, Any]) -> Outcome:
    if record is None:
        return Outcome.MADE
    return Outcome.CHANGED if was else Outcome.LEFT


def _alike(values: Mapping[str, Any], names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(
        re.sub(r"\s+", " ", str(values[n])).casefold() if n == "description" else values[n] for n in names
    )


def _facts(values: Values, kind: type[IncidentFacts | BreachFacts]) -> Any:
    names = [field.name for field in fields(kind)]
    return kind(
        **{
            name: values[name] == YES if values[name] in {YES, NO} and kind is BreachFacts else values[name]
            for name in names
        }
    )


def plan_incidents(actor: Actor, content: Content, now: datetime) -> Plan:
    """What a workbook of incidents would record."""
    units = dict(Unit.objects.values_list("code", "pk"))

    def make(values: Values, incident: Any) -> IncidentRow:
        if incident and incident.closed_on and values["closed_on"] != incident.closed_on:
            raise Refusal(_("Dit incident is al afgesloten; die dag staat vast."), field="closed_on")
        return IncidentRow(
            facts=_facts(values, IncidentFacts),
            registered_on=values["registered_on"],
            unit_id=units.get(values["unit"]),
            closed_on=values["closed_on"],
            incident_id=incident and incident.pk,
            version=incident and incident.version,
            has_breach=bool(incident and incident.has_breach),
        )

    return _Planner(INCIDENT_SHEET, _incidents(actor), make).plan(content, now)


def plan_breaches(actor: Actor, content: Content, now: datetime) -> Plan:
    """What a workbook of breaches would record."""
    units = dict(Unit.objects.values_list("code", "pk"))
    incidents = dict(queries.incidents_visible_to(actor).values_list("reference", "pk"))

    def make(values: Values, breach: Any) -> BreachRow:
        return BreachRow(
            facts=_facts(values, BreachFacts),
            registered_on=values["registered_on"],
            incident_id=incidents.get(values["incident"]),
            unit_id=units.get(values["unit"]),
            breach_id=breach and breach.pk,
            version=breach and breach.version,
        )

    return _Planner(BREACH_SHEET, _breaches(actor), make).plan(content, now)


def record_incidents(actor: Actor, rows: tuple[IncidentRow, ...], sent: Sent) -> WorkbookImport:
    """Record a plan in one action. Raises Refused, Conflict, AlreadyDone."""
    try:
        return actions.import_incidents(actor, rows=rows, sent=sent)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def record_breaches(actor: Actor, rows: tuple[BreachRow, ...], sent: Sent) -> WorkbookImport:
    """Record a plan in one action. Raises Refused, Conflict, AlreadyDone."""
    try:
        return actions.import_breaches(actor, rows=rows, sent=sent)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _known(actor: Actor) -> Mapping[str, Iterable[str]]:
    return {
        UNIT: Unit.objects.values_list("code", flat=True),
        INCIDENT: queries.incidents_visible_to(actor).values_list("reference", flat=True),
    }


def _filtered(form: IncidentFilter | BreachFilter, rows: QuerySet[Any]) -> QuerySet[Any]:
    form.full_clean()
    return form.apply(rows).order_by("registered_on", "pk")


def _out(found: QuerySet[Any], sheet: Sheet) -> Mapping[str, Iterable[Values]]:
    """Records as rows, each with what it is for the log of views. What was destroyed has nothing to tell."""
    rows = list(found)
    gone = destroyed([row.uid for row in rows])
    table = found.model._meta.label_lower
    return {
        sheet.name: [
            {**_written(row, sheet), "record": (table, row.uid)} for row in rows if row.uid not in gone
        ]
    }


def written_incidents(actor: Actor, filters: QueryDict) -> Mapping[str, Iterable[Values]]:
    """The incidents that the actor may see, filtered as on their page."""
    return _out(_filtered(IncidentFilter(filters), _incidents(actor)), INCIDENT_SHEET)


def written_breaches(actor: Actor, filters: QueryDict) -> Mapping[str, Iterable[Values]]:
    """The breaches that the actor may see, filtered as on their page."""
    return _out(_filtered(BreachFilter(filters), _breaches(actor)), BREACH_SHEET)


INCIDENTS = Workbook(
    key="security.incidents",
    label=gettext_lazy("Veiligheidsincidenten"),
    about=gettext_lazy("Incidenten uit eerdere jaren, met de dag waarop zij zijn vastgelegd."),
    permission=permissions.IMPORT,
    sees=permissions.VIEW_INCIDENTS,
    everywhere=True,
    sheets=(INCIDENT_SHEET,),
    known=_known,
    plan=plan_incidents,
    record=record_incidents,
    rows=written_incidents,
    page="security:incidents",
)
BREACHES = Workbook(
    key="security.breaches",
    label=gettext_lazy("Datalekken"),
    about=gettext_lazy(
        "Datalekken uit eerdere jaren. Advies, besluit en melding worden niet ingelezen: die leggen de FG en wie "
        "besluit zelf vast."
    ),
    permission=permissions.IMPORT,
    sees=permissions.VIEW_BREACHES,
    everywhere=True,
    sheets=(BREACH_SHEET,),
    known=_known,
    plan=plan_breaches,
    record=record_breaches,
    rows=written_breaches,
    page="security:breaches",
)
