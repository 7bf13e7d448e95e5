"""The structure as a workbook: what a filled one would record, judged as a whole, and what is written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import known as believed
from houvast.core.orgs.models import Function, FunctionPeriod, Post, PostPeriod, Unit, UnitPeriod
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Appointment, Person
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules.cells import shape
from houvast.core.workbooks.rules.columns import Letters, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault, cell
from houvast.core.workbooks.rules.plans import Content, Outcome, Plan, Refused, Sent, Workbook
from houvast.modules.structure import actions, permissions
from houvast.modules.structure.queries.spans import all_periods
from houvast.modules.structure.rules import workbook as sheets
from houvast.modules.structure.rules.checks import (
    AppointmentSpan,
    FunctionSpan,
    Periods,
    PostSpan,
    UnitSpan,
    check_all,
)
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    FunctionRow,
    PeriodRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)
from houvast.modules.structure.rules.spans import NotPossible, Span


def plan(actor: Actor, content: Content, _now: datetime) -> Plan:
    """What a workbook adds to the structure. A row that is recorded already, word for word, is left."""
    there = {name: {_key(row) for row in rows} for name, rows in written(actor, QueryDict()).items()}
    outcomes = {
        row["place"]: Outcome.LEFT if _key(row) in there[sheet] else Outcome.MADE
        for sheet, rows in content.rows.items()
        for row in rows
    }
    new = {
        sheet: [row for row in rows if outcomes[row["place"]] is Outcome.MADE]
        for sheet, rows in content.rows.items()
    }
    structure, faults, doubts = judge(_structure(new), content)
    names = tuple(person.name for person in structure.persons)
    heading = ngettext("%(number)s nieuwe medewerker", "%(number)s nieuwe medewerkers", len(names))
    return Plan(
        structure,
        outcomes=outcomes,
        more=((heading % {"number": len(names)}, names),) if names else (),
        faults=faults,
        doubts=doubts,
    )


def _key(row: Values) -> tuple[Any, ...]:
    return tuple(
        shape(value) if isinstance(value, str) else value
        for name, value in sorted(row.items())
        if name != "place"
    )


def _structure(rows: Mapping[str, Sequence[Values]]) -> Structure:
    return Structure(
        units=tuple(
            UnitRow(**{**row, "kind": UnitKind(row["kind"]), "parent": row["parent"] or None})
            for row in rows[sheets.UNITS.name]
        ),
        functions=tuple(
            FunctionRow(**{**row, "kind": FunctionKind(row["kind"])}) for row in rows[sheets.FUNCTIONS.name]
        ),
        posts=tuple(PostRow(**row) for row in rows[sheets.POSTS.name]),
        appointments=tuple(
            AppointmentRow(**{**row, "acting": row["acting"] == sheets.ACTING})
            for row in rows[sheets.APPOINTMENTS.name]
        ),
    )


def judge(structure: Structure, content: Content) -> tuple[Structure, tuple[Fault, ...], tuple[Fault, ...]]:
    """The structure with its new people; people of one name and everything that the rules refuse; doubts."""
    recorded = _Known.load()
    faults = [*_ambiguous(structure, recorded, content.letters)]
    together = _together(structure, recorded)
    if not faults and not content.faults:
        faults += _one_per_place(check_all(together))
    doubts = () if faults else tuple(_second_tops(together.units, content.letters))
    return _with_people(structure, recorded), tuple(faults), doubts


def _second_tops(units: Sequence[UnitSpan], letters: Letters) -> Iterable[Fault]:
    """The new units at the top beside another: mostly a parent that was forgotten."""
    tops = [row for row in units if row.parent is None]
    main = next(
        (row for row in tops if not row.place or row.kind == UnitKind.ORGANISATION), tops[0] if tops else None
    )
    for row in tops:
        if main and row.place and row.unit != main.unit and row.span.overlaps(main.span):
            told = _(
                "{name} valt nergens onder en komt los naast {main} te staan. Is dat niet de bedoeling? "
                "Vul dan ‘Valt onder’ in en lees de werkmap opnieuw in."
            )
            yield Fault(told.format(name=row.name, main=main.name), cell(row.place, letters, "parent"))


def _one_per_place(faults: Iterable[Fault]) -> list[Fault]:
    """The first fault of each row: what follows mostly says the same in other words."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.place, fault)
    return list(first.values())


@dataclass(frozen=True)
class _Known:
    """What is recorded already, by code; people by name."""

    units: Mapping[str, int]
    functions: Mapping[str, int]
    posts: Mapping[str, int]
    people: Mapping[str, list[Person]]

    @classmethod
    def load(cls) -> _Known:
        people: dict[str, list[Person]] = {}
        for person in Person.objects.order_by("pk"):
            people.setdefault(person.name, []).append(person)
        return cls(_codes(Unit), _codes(Function), _codes(Post), people)


def _codes(model: Any) -> dict[str, int]:
    return dict(model.objects.values_list("code", "pk"))


def _ambiguous(structure: Structure, known: _Known, letters: Letters) -> Iterable[Fault]:
    for row in structure.appointments:
        if len(known.people.get(row.person, ())) > 1:
            yield Fault(
                _(
                    "Er zijn meer medewerkers met de naam {name}. Leg deze benoeming op het scherm vast."
                ).format(name=row.person),
                cell(row.place, letters, "person"),
            )


def _span(row: PeriodRow) -> Span:
    return Span(row.valid_from, row.valid_until)


def _together(structure: Structure, known: _Known) -> Periods:
    """What is recorded and what would be added, with codes for what is new."""
    recorded = all_periods()
    return Periods(
        units=[*recorded.units, *_units(structure, known)],
        functions=[*recorded.functions, *_functions(structure, known)],
        posts=[*recorded.posts, *_posts(structure, known)],
        appointments=[*recorded.appointments, *_appointments(structure, known)],
    )


def _units(structure: Structure, known: _Known) -> Iterable[UnitSpan]:
    for row in structure.units:
        yield UnitSpan(
            unit=known.units.get(row.code, row.code),
            parent=known.units.get(row.parent, row.parent) if row.parent else None,
            name=row.name,
            kind=row.kind,
            span=_span(row),
            place=row.place,
        )


def _functions(structure: Structure, known: _Known) -> Iterable[FunctionSpan]:
    for row in structure.functions:
        key = known.functions.get(row.code, row.code)
        yield FunctionSpan(function=key, name=row.name, kind=row.kind, span=_span(row), place=row.place)


def _posts(structure: Structure, known: _Known) -> Iterable[PostSpan]:
    for row in structure.posts:
        yield PostSpan(
            post=known.posts.get(row.code, row.code),
            function=known.functions.get(row.function, row.function),
            unit=known.units.get(row.unit, row.unit),
            name=row.code,
            span=_span(row),
            place=row.place,
        )


def _appointments(structure: Structure, known: _Known) -> Iterable[AppointmentSpan]:
    for row in structure.appointments:
        yield AppointmentSpan(
            post=known.posts.get(row.post, row.post),
            person=row.person,
            name=row.person,
            regular=not row.acting,
            span=_span(row),
            place=row.place,
        )


def _with_people(structure: Structure, known: _Known) -> Structure:
    """Names that nobody here has yet become new people."""
    names = dict.fromkeys(row.person for row in structure.appointments if row.person not in known.people)
    persons = tuple(PersonRow(key=name, name=name) for name in names)
    return Structure(
        units=structure.units,
        functions=structure.functions,
        posts=structure.posts,
        persons=persons,
        appointments=structure.appointments,
    )


def people_by_name(structure: Structure) -> dict[str, Person]:
    """The people whom the rows name and who are there already."""
    names = {row.person for row in structure.appointments}
    return {person.name: person for person in Person.objects.filter(name__in=names)}


def record(actor: Actor, structure: Structure, sent: Sent) -> WorkbookImport:
    """Record a plan in one action, with the import that it came from."""
    try:
        done = actions.load(actor, structure=structure, persons=people_by_name(structure), sent=sent).done
    except NotPossible as refusal:
        raise Refused(str(refusal)) from refusal
    assert done is not None  # there is one for whatever was sent
    return done


def _codes_known(_actor: Actor) -> Mapping[str, Iterable[str]]:
    return {sheets.UNIT: _codes(Unit), sheets.FUNCTION: _codes(Function), sheets.POST: _codes(Post)}


_PERIOD = ("valid_from", "valid_until", "decision")
_READ: tuple[tuple[Sheet, Any, dict[str, str]], ...] = (
    (sheets.UNITS, UnitPeriod, {"code": "unit__code", "parent": "parent__code"}),
    (sheets.FUNCTIONS, FunctionPeriod, {"code": "function__code"}),
    (sheets.POSTS, PostPeriod, {"code": "post__code", "function": "function__code", "unit": "unit__code"}),
    (sheets.APPOINTMENTS, Appointment, {"post": "post__code", "person": "person__name", "acting": "kind"}),
)
"""By sheet: the periods it holds, and the columns whose values stand elsewhere than under their own name."""


def written(actor: Actor, _filters: QueryDict) -> dict[str, list[Values]]:
    """Every period that is believed, of all days; one query a sheet."""
    actor.require(permissions.VIEW)
    return {sheet.name: list(_rows(sheet, model, paths)) for sheet, model, paths in _READ}


def _rows(sheet: Sheet, model: Any, paths: Mapping[str, str]) -> Iterator[Values]:
    names = [column.name for column in sheet.columns]
    found = model.objects.filter(believed()).order_by("valid_from", "pk")
    for values in found.values_list(*(paths.get(name, name) for name in names)):
        row = dict(zip(names, values, strict=True))
        if "acting" in row:
            row["acting"] = sheets.ACTING if row["acting"] == Appointment.Kind.ACTING else sheets.REGULAR
        if "parent" in row:
            row["parent"] = row["parent"] or ""
        yield row


STRUCTURE = Workbook(
    key="structure.structure",
    label=gettext_lazy("Structuur"),
    about=gettext_lazy("Onderdelen, functies, formatieplaatsen en benoemingen, elk op een eigen blad."),
    permission=permissions.CHANGE,
    sees=permissions.VIEW,
    everywhere=True,
    sheets=sheets.SHEETS,
    known=_codes_known,
    plan=plan,
    record=record,
    rows=written,
    page="structure:organogram",
)
