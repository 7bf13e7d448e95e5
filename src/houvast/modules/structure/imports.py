"""A structure from a workbook: read it safely, tell every fault at its cell, hand on rows for one action."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from string import ascii_uppercase, digits
from types import MappingProxyType
from typing import IO, Any

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from houvast.core.orgs.models import Function, Post, Unit
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Person
from houvast.modules.structure.queries.spans import all_periods
from houvast.modules.structure.rules import workbook as sheets
from houvast.modules.structure.rules.checks import (
    AppointmentSpan,
    Fault,
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

Letters = Mapping[str, Mapping[str, str]]
"""By sheet and field: the letter of the column it stood in."""

Broken = Mapping[str, Sequence[Mapping[str, Any]]]
"""By sheet: the cells that could be read of rows that could not."""

SALT = "houvast.structure.import"


@dataclass(frozen=True)
class PreviewSheet:
    """The rows of a sheet as they will be recorded, the first of them, and how many there are."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True)
class Preview:
    """What an upload holds, and what is wrong with it. Only one without faults can be recorded.

    doubts: what can be recorded, and is seldom meant.
    """

    structure: Structure
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()

    @property
    def cells(self) -> int:
        """How many of the faults lie in a cell."""
        return sum("!" in fault.place for fault in self.faults)

    @property
    def sheets(self) -> tuple[PreviewSheet, ...]:
        """What will be recorded, sheet by sheet; nothing of an empty one."""
        found = (
            self.structure.units,
            self.structure.functions,
            self.structure.posts,
            self.structure.appointments,
        )
        return tuple(_shown(sheet, rows) for sheet, rows in zip(sheets.SHEETS, found, strict=True) if rows)


def _shown(sheet: sheets.Sheet, rows: Sequence[Any]) -> PreviewSheet:
    first = rows[: sheets.SHOWN_ROWS]
    return PreviewSheet(
        name=sheet.name,
        headings=tuple(column.heading for column in sheet.columns),
        rows=tuple(
            tuple(sheets.shown(column, getattr(row, column.name)) for column in sheet.columns)
            for row in first
        ),
        total=len(rows),
    )


def check_size(file: IO[bytes]) -> None:
    """Look at the list of what is packed before anything is unpacked. Raises NotPossible."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
    except zipfile.BadZipFile:
        raise NotPossible(_("Dit is geen Excel-bestand (.xlsx). Sla de werkmap op als .xlsx.")) from None
    finally:
        file.seek(0)
    if len(entries) > sheets.MOST_ENTRIES:
        raise NotPossible(_("Dit bestand bestaat uit te veel onderdelen. Gebruik het sjabloon."))
    unpacked = sum(entry.file_size for entry in entries)
    packed_size = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > sheets.LARGEST_UNPACKED or unpacked / packed_size > sheets.LARGEST_RATIO:
        raise NotPossible(
            _("Dit bestand is uitgepakt te groot. Verwijder wat er niet in hoort, of splits het.")
        )


def read(file: IO[bytes]) -> Preview:
    """Read an uploaded workbook and judge it. Raises NotPossible when it is no workbook."""
    check_size(file)
    try:
        book = CalamineWorkbook.from_filelike(file)
    except Exception as error:
        raise NotPossible(_("Dit bestand kan niet worden gelezen. Sla het opnieuw op als .xlsx.")) from error
    faults: list[Fault] = []
    results = {sheet: _read_sheet(book, sheet, faults) for sheet in sheets.SHEETS}
    found = {sheet: result.rows for sheet, result in results.items()}
    structure = Structure(
        units=tuple(
            UnitRow(**{**row, "kind": UnitKind(row["kind"]), "parent": row["parent"] or None})
            for row in found[sheets.UNITS]
        ),
        functions=tuple(
            FunctionRow(**{**row, "kind": FunctionKind(row["kind"])}) for row in found[sheets.FUNCTIONS]
        ),
        posts=tuple(PostRow(**row) for row in found[sheets.POSTS]),
        appointments=tuple(AppointmentRow(**row) for row in found[sheets.APPOINTMENTS]),
    )
    preview = judge(
        structure,
        faults,
        {sheet.name: result.letters for sheet, result in results.items()},
        {sheet.name: result.broken for sheet, result in results.items() if result.letters},
    )
    return replace(preview, faults=tuple(sorted(preview.faults, key=_reading_order)))


_NAMES = [sheet.name for sheet in sheets.SHEETS]


def _reading_order(fault: Fault) -> tuple[int, int, int, str]:
    """By sheet, row and column; what lies in no cell comes first."""
    sheet, _bang, cell = fault.place.partition("!")
    column, row = cell.rstrip(digits), cell.lstrip(ascii_uppercase)
    return _NAMES.index(sheet) if sheet in _NAMES else -1, int(row or 0), len(column), column


def _read_sheet(book: CalamineWorkbook, sheet: sheets.Sheet, faults: list[Fault]) -> sheets.Read:
    if sheet.name not in book.sheet_names:
        missing = _("Blad {name} ontbreekt. Gebruik het sjabloon.").format(name=sheet.name)
        faults.append(Fault(missing, sheet.name))
        return sheets.Read()
    lines = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False, nrows=sheets.MOST_ROWS + 2)
    if len(lines) > sheets.MOST_ROWS + 1:
        much = _("Dit blad heeft meer dan {number} regels. Splits het bestand.")
        faults.append(Fault(much.format(number=sheets.MOST_ROWS), sheet.name))
        return sheets.Read()
    result = sheets.read_sheet(sheet, lines)
    faults += result.faults
    return result


def judge(
    structure: Structure,
    faults: Iterable[Fault] = (),
    letters: Letters = MappingProxyType({}),
    broken: Broken = MappingProxyType({}),
) -> Preview:
    """The preview of a structure: unknown codes, people of one name, and everything that the rules refuse.

    broken: of the rows that could not be read, the cells that could; their codes exist, and their references
    are judged with all others.
    """
    known = _Known.load()
    found = [*faults, *_unknown(structure, known, letters, broken), *_ambiguous(structure, known)]
    together = _together(structure, known)
    if not found:
        found += _one_per_place(check_all(together))
    if not found and not structure.size:
        found.append(Fault(_("Er staan geen regels in dit bestand. Vul het sjabloon in.")))
    doubts = () if found else tuple(_second_tops(together.units, letters))
    return Preview(_with_people(structure, known), tuple(found), doubts)


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
            yield Fault(told.format(name=row.name, main=main.name), _cell(row.place, letters, "parent"))


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


_REFERENCES = (
    (sheets.UNITS, "parent", sheets.UNITS, _l("Onderdeel")),
    (sheets.POSTS, "function", sheets.FUNCTIONS, _l("Functie")),
    (sheets.POSTS, "unit", sheets.UNITS, _l("Onderdeel")),
    (sheets.APPOINTMENTS, "post", sheets.POSTS, _l("Formatieplaats")),
)
"""Which column of which sheet names a code of which, and what that is called."""


def _unknown(structure: Structure, known: _Known, letters: Letters, broken: Broken) -> Iterable[Fault]:
    whole: dict[sheets.Sheet, list[Mapping[str, Any]]] = {
        sheet: [*(vars(row) for row in rows), *broken.get(sheet.name, ())]
        for sheet, rows in (
            (sheets.UNITS, structure.units),
            (sheets.FUNCTIONS, structure.functions),
            (sheets.POSTS, structure.posts),
            (sheets.APPOINTMENTS, structure.appointments),
        )
    }
    recorded = {sheets.UNITS: known.units, sheets.FUNCTIONS: known.functions, sheets.POSTS: known.posts}
    for sheet, field, of, what in _REFERENCES:
        if broken and of.name not in broken:
            continue  # Not read at all, which is told already: every code in it would seem unknown.
        codes = {*recorded[of], *(row.get("code") for row in whole[of])}
        for row in whole[sheet]:
            if (code := row.get(field)) and code not in codes:
                told = _("{what} {code} komt niet voor. Voeg de regel toe, of verbeter de code.")
                yield Fault(told.format(what=what, code=code), _cell(row["place"], letters, field))


def _cell(place: str, letters: Letters, field: str) -> str:
    """The cell of another column in the row of a place."""
    sheet, _bang, cell = place.partition("!")
    return f"{sheet}!{letters.get(sheet, {}).get(field, 'A')}{cell.lstrip(ascii_uppercase)}"


def _ambiguous(structure: Structure, known: _Known) -> Iterable[Fault]:
    for row in structure.appointments:
        if len(known.people.get(row.person, ())) > 1:
            yield Fault(
                _(
                    "Er zijn meer medewerkers met de naam {name}. Leg deze benoeming op het scherm vast."
                ).format(name=row.person),
                row.place,
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


def seal(structure: Structure, organisation: str) -> str:
    """The rows as one signed text, to carry from the preview to the confirmation."""
    return signing.dumps([organisation, asdict(structure)], salt=SALT, serializer=_Serializer, compress=True)


def unseal(sealed: str, organisation: str) -> Structure:
    """The rows back. Raises NotPossible when the text was altered, is a day old, or from elsewhere."""
    try:
        owner, rows = signing.loads(sealed, salt=SALT, serializer=_Serializer, max_age=86_400)
    except signing.BadSignature:
        raise NotPossible(_("Deze gegevens zijn niet meer geldig. Lees de werkmap opnieuw in.")) from None
    if owner != organisation:
        raise NotPossible(
            _("Deze werkmap is voor een andere organisatie ingelezen. Lees haar hier opnieuw in.")
        )
    return _structure(rows)


class _Serializer(signing.JSONSerializer):
    def dumps(self, obj: Any) -> bytes:
        return json.dumps(obj, default=str, separators=(",", ":")).encode()


def _structure(rows: dict[str, list[dict[str, Any]]]) -> Structure:
    return Structure(
        units=tuple(UnitRow(**{**_days(row), "kind": UnitKind(row["kind"])}) for row in rows["units"]),
        functions=tuple(
            FunctionRow(**{**_days(row), "kind": FunctionKind(row["kind"])}) for row in rows["functions"]
        ),
        posts=tuple(
            PostRow(**{**_days(row), "fte": Decimal(row["fte"]) if row["fte"] else None})
            for row in rows["posts"]
        ),
        persons=tuple(PersonRow(**row) for row in rows["persons"]),
        appointments=tuple(AppointmentRow(**_days(row)) for row in rows["appointments"]),
    )


def _days(row: dict[str, Any]) -> dict[str, Any]:
    until = row["valid_until"]
    return {
        **row,
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_until": date.fromisoformat(until) if until else None,
    }


def template() -> bytes:
    """An empty workbook with every sheet, its headings and one line as an example."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in sheets.SHEETS:
        page = book.create_sheet(sheet.name)
        page.append([column.heading for column in sheet.columns])
        for place, cell in enumerate(page[1]):
            cell.font = Font(bold=True)
            page.column_dimensions[sheets.letter(place)].width = 22
        page.freeze_panes = "A2"
    explained = book.create_sheet("Uitleg")
    explained.append(["Blad", "Kolom", "Voorbeeld"])
    for sheet in sheets.SHEETS:
        for column in sheet.columns:
            explained.append([sheet.name, column.heading, column.example])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
