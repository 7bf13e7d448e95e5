"""The workbook of a structure: its sheets and columns, and reading cells, with a fault for each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.utils import get_column_letter

from houvast.core.orgs.rules import FIRST_DAY, LARGEST_SMALL_NUMBER, LAST_DAY, FunctionKind, UnitKind
from houvast.modules.structure.rules.checks import Fault
from houvast.modules.structure.rules.spans import told_day

LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 100
MOST_ENTRIES = 1_000
MOST_ROWS = 20_000
SHOWN_ROWS = 25
"""So many rows of each sheet are shown before they are recorded."""
LONGEST_SHOWN = 60


class CellError(ValueError):
    """What a cell holds cannot be read. The text is a sentence."""


def text(value: Any) -> str:
    """A cell as text; a whole number without its decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def day(value: Any) -> date | None:
    """A day: a date cell, or text such as 31-12-2021."""
    if value in (None, ""):
        return None
    found = _read_day(value)
    if not FIRST_DAY <= found <= LAST_DAY:
        raise CellError(
            _("Kies een dag van {earliest} tot en met {latest}.").format(
                earliest=told_day(FIRST_DAY), latest=told_day(LAST_DAY)
            )
        )
    return found


def _read_day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for notation in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(value).strip(), notation).date()  # noqa: DTZ007  only the day is used
        except ValueError:
            continue
    raise CellError(_("“{value}” is geen datum. Schrijf bijvoorbeeld 31-12-2021.").format(value=value))


def fte(value: Any) -> Decimal | None:
    """A share of a full post, greater than 0 and at most 1."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value).strip().replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise CellError(_("“{value}” is geen getal. Schrijf bijvoorbeeld 0,8.").format(value=value)) from None
    if number.is_nan() or not 0 < number <= 1:
        raise CellError(_("Fte is groter dan 0 en hoogstens 1."))
    return number


def order(value: Any) -> int:
    """A place among the units beside it."""
    written = text(value)
    if not written:
        return 0
    if not written.isdecimal() or len(written) > 5 or int(written) > LARGEST_SMALL_NUMBER:
        raise CellError(
            _("“{value}” is geen volgorde. Schrijf een heel getal van 0 tot en met {most}.").format(
                value=value, most=LARGEST_SMALL_NUMBER
            )
        )
    return int(written)


def _one_of(choices: Sequence[tuple[str, str | Promise]]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        written = text(value).casefold()
        # The template is Dutch, whoever fills it in and in whatever language they read the screens.
        with override("nl"):
            labels = {key: str(label) for key, label in choices}
        for key, label in labels.items():
            if written in {key.casefold(), label.casefold()}:
                return key
        raise CellError(
            _("“{value}” is niet bekend. Kies uit: {known}.").format(
                value=value, known=", ".join(labels.values())
            )
        )

    return read


def _required(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def needed(value: Any) -> Any:
        if text(value) == "":
            raise CellError(_("Vul deze cel in."))
        return read(value)

    return needed


def _at_most(length: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        written = text(value)
        if len(written) > length:
            raise CellError(
                _("Deze tekst is langer dan {length} tekens. Maak hem korter.").format(length=length)
            )
        return written

    return read


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field it fills, how a cell is read."""

    heading: str
    name: str
    read: Callable[[Any], Any]
    example: Any = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet with its columns, in the template's order."""

    name: str
    columns: tuple[Column, ...]


_DAYS = (
    Column("Vanaf", "valid_from", _required(day), date(2021, 1, 1)),
    Column("Tot", "valid_until", day),
    Column("Besluit", "decision", _at_most(200), "Organisatiebesluit 2021"),
)
_ACTING = [("", "Benoemd"), ("acting", "Waarnemend")]


def acting(value: Any) -> bool:
    """Whether an appointment is acting; nothing filled in is not."""
    return bool(text(value)) and _one_of(_ACTING)(value) == "acting"


UNITS = Sheet(
    "Onderdelen",
    (
        Column("Code", "code", _required(_at_most(40)), "team-jeugd"),
        Column("Naam", "name", _required(_at_most(120)), "Team Jeugd"),
        Column("Soort", "kind", _required(_one_of(UnitKind.choices)), "Team"),
        Column("Valt onder", "parent", _at_most(40), "directie"),
        Column("Volgorde", "order", order, 10),
        *_DAYS,
    ),
)
FUNCTIONS = Sheet(
    "Functies",
    (
        Column("Code", "code", _required(_at_most(40)), "teamleider"),
        Column("Naam", "name", _required(_at_most(120)), "Teamleider"),
        Column("Soort", "kind", _required(_one_of(FunctionKind.choices)), "Teamleider"),
        Column("Taken", "tasks", text),
        Column("Competenties", "competences", text),
        Column("Mandaten", "mandates", text),
        Column("Schaal", "scale", _at_most(40)),
        *_DAYS,
    ),
)
POSTS = Sheet(
    "Formatieplaatsen",
    (
        Column("Code", "code", _required(_at_most(60)), "jeugd-teamleider"),
        Column("Functie", "function", _required(text), "teamleider"),
        Column("Onderdeel", "unit", _required(text), "team-jeugd"),
        Column("Fte", "fte", fte, 1),
        *_DAYS,
    ),
)
APPOINTMENTS = Sheet(
    "Benoemingen",
    (
        Column("Formatieplaats", "post", _required(text), "jeugd-teamleider"),
        Column("Medewerker", "person", _required(_at_most(120)), "Naam van de medewerker"),
        Column("Soort", "acting", acting, "Benoemd"),
        *_DAYS,
    ),
)
SHEETS = (UNITS, FUNCTIONS, POSTS, APPOINTMENTS)


def shown(column: Column, value: Any) -> str:
    """What a cell will be recorded as, in the words of the template."""
    if column.name == "acting":
        value = _ACTING[bool(value)][1]
    elif isinstance(value, TextChoices):
        with override("nl"):
            value = str(value.label)
    elif isinstance(value, date):
        value = f"{value:%d-%m-%Y}"
    elif isinstance(value, Decimal):
        value = f"{value:f}".replace(".", ",")
    written = "" if value is None else str(value)
    return written if len(written) <= LONGEST_SHOWN else written[: LONGEST_SHOWN - 1].rstrip() + "…"


def letter(place: int) -> str:
    """The letter of a column, counted from 0."""
    return get_column_letter(place + 1)


@dataclass
class Read:
    """What a sheet held: the rows that could be read, the faults of the others, and each field's column.

    broken: of each row with a fault, the cells that could be read.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    broken: list[dict[str, Any]] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_sheet(sheet: Sheet, lines: Sequence[Sequence[Any]]) -> Read:
    """Read a sheet whose first line holds the headings, in any order. Empty lines are skipped."""
    result = Read()
    headings = [text(value).casefold() for value in lines[0]] if lines else []
    places = {}
    for column in sheet.columns:
        if column.heading.casefold() in headings:
            places[column] = headings.index(column.heading.casefold())
        else:
            result.faults.append(
                Fault(
                    _("Kolom {heading} ontbreekt. Neem de koppen uit het sjabloon over.").format(
                        heading=column.heading
                    ),
                    f"{sheet.name}!1",
                )
            )
    if result.faults:
        return result
    result.letters = {column.name: letter(place) for column, place in places.items()}
    for number, line in enumerate(lines[1:], start=2):
        if any(text(value) for value in line):
            _read_line(sheet, places, number, line, result)
    return result


def _read_line(
    sheet: Sheet, places: dict[Column, int], number: int, line: Sequence[Any], result: Read
) -> None:
    first = letter(places[sheet.columns[0]])
    row: dict[str, Any] = {"place": f"{sheet.name}!{first}{number}"}
    faults = []
    for column, place in places.items():
        try:
            row[column.name] = column.read(line[place] if place < len(line) else None)
        except CellError as error:
            faults.append(Fault(str(error), f"{sheet.name}!{letter(place)}{number}"))
    if not faults and row["valid_until"] is not None and row["valid_until"] <= row["valid_from"]:
        place = next(place for column, place in places.items() if column.name == "valid_until")
        faults.append(
            Fault(_("De einddatum moet na de begindatum liggen."), f"{sheet.name}!{letter(place)}{number}")
        )
    result.faults += faults
    (result.broken if faults else result.rows).append(row)
