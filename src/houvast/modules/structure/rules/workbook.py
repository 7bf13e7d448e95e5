"""The workbook of a structure: its sheets and their columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.rules import LARGEST_SMALL_NUMBER, FunctionKind, UnitKind
from houvast.core.workbooks.rules.columns import Column, Kind, Sheet, Values

UNIT, FUNCTION, POST = "Onderdeel", "Functie", "Formatieplaats"
"""What columns define or refer to: the first column of a sheet holds the codes."""

REGULAR, ACTING = "regular", "acting"
LONG = 20_000


def _in_order(row: Values) -> Iterable[tuple[str, str]]:
    if row["valid_until"] is not None and row["valid_until"] <= row["valid_from"]:
        yield "valid_until", _("De einddatum moet na de begindatum liggen.")


_DAYS = (
    Column(
        name="valid_from",
        header="Vanaf",
        kind=Kind.DAY,
        required=True,
        help="De eerste dag waarop dit geldt.",
        example=date(2021, 1, 1),
    ),
    Column(
        name="valid_until",
        header="Tot",
        kind=Kind.DAY,
        help="De eerste dag waarop dit niet meer geldt. Leeg als er geen einde bekend is.",
    ),
    Column(name="decision", header="Besluit", example="Organisatiebesluit 2021"),
)

UNITS = Sheet(
    "Onderdelen",
    (
        Column(
            name="code",
            header="Code",
            required=True,
            longest=40,
            defines=UNIT,
            help="Een vaste, korte naam. Bestaat de code al, dan krijgt het onderdeel er een periode bij.",
            example="team-jeugd",
        ),
        Column(name="name", header="Naam", required=True, longest=120, example="Team Jeugd"),
        Column(
            name="kind",
            header="Soort",
            kind=Kind.CHOICE,
            required=True,
            choices=tuple(UnitKind.choices),
            example="Team",
        ),
        Column(
            name="parent",
            header="Valt onder",
            longest=40,
            refers=UNIT,
            help="De code van het onderdeel erboven.",
            example="directie",
        ),
        Column(
            name="order",
            header="Volgorde",
            kind=Kind.WHOLE,
            least=0,
            most=LARGEST_SMALL_NUMBER,
            empty=0,
            help="De plaats naast de andere onderdelen.",
            example=10,
        ),
        *_DAYS,
    ),
    check=_in_order,
)
FUNCTIONS = Sheet(
    "Functies",
    (
        Column(name="code", header="Code", required=True, longest=40, defines=FUNCTION, example="teamleider"),
        Column(name="name", header="Naam", required=True, longest=120, example="Teamleider"),
        Column(
            name="kind",
            header="Soort",
            kind=Kind.CHOICE,
            required=True,
            choices=tuple(FunctionKind.choices),
            example="Teamleider",
        ),
        Column(name="tasks", header="Taken", longest=LONG),
        Column(name="competences", header="Competenties", longest=LONG),
        Column(name="mandates", header="Mandaten", longest=LONG),
        Column(name="scale", header="Schaal", longest=40),
        *_DAYS,
    ),
    check=_in_order,
)
POSTS = Sheet(
    "Formatieplaatsen",
    (
        Column(
            name="code", header="Code", required=True, longest=60, defines=POST, example="jeugd-teamleider"
        ),
        Column(name="function", header="Functie", required=True, refers=FUNCTION, example="teamleider"),
        Column(name="unit", header="Onderdeel", required=True, refers=UNIT, example="team-jeugd"),
        Column(
            name="fte",
            header="Fte",
            kind=Kind.DECIMAL,
            least=Decimal("0.01"),
            most=1,
            help="Het deel van een volle werkweek, hoogstens 1.",
            example=1,
        ),
        *_DAYS,
    ),
    check=_in_order,
)
APPOINTMENTS = Sheet(
    "Benoemingen",
    (
        Column(name="post", header="Formatieplaats", required=True, refers=POST, example="jeugd-teamleider"),
        Column(
            name="person",
            header="Medewerker",
            required=True,
            longest=120,
            help="Wie hier nog niet bekend is, wordt als nieuwe medewerker vastgelegd.",
            example="Naam van de medewerker",
        ),
        Column(
            name="acting",
            header="Soort",
            kind=Kind.CHOICE,
            choices=((REGULAR, gettext_lazy("Benoemd")), (ACTING, gettext_lazy("Waarnemend"))),
            empty=REGULAR,
            example="Benoemd",
        ),
        *_DAYS,
    ),
    check=_in_order,
)
SHEETS = (UNITS, FUNCTIONS, POSTS, APPOINTMENTS)
