"""A structure as rows with codes: what a workbook holds, and what a loader hands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from houvast.core.orgs.rules import FunctionKind, UnitKind


@dataclass(frozen=True, kw_only=True)
class PeriodRow:
    """A row that holds from a day until, not including, another. `place` is the workbook's cell."""

    valid_from: date
    valid_until: date | None = None
    decision: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class UnitRow(PeriodRow):
    """A unit (onderdeel) during a period; `parent` is the code of a unit."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class FunctionRow(PeriodRow):
    """A function (functie) during a period."""

    code: str
    name: str
    kind: FunctionKind = FunctionKind.STAFF
    tasks: str = ""
    competences: str = ""
    mandates: str = ""
    scale: str = ""


@dataclass(frozen=True, kw_only=True)
class PostRow(PeriodRow):
    """A post (formatieplaats) during a period; `function` and `unit` are codes."""

    code: str
    function: str
    unit: str
    fte: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person (medewerker); `key` is how the other rows refer to them."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class AppointmentRow(PeriodRow):
    """An appointment (benoeming); `post` is a code, `person` a key."""

    post: str
    person: str
    acting: bool = False


@dataclass(frozen=True, kw_only=True)
class DeputyRow:
    """Who stands in (plaatsvervanger) for whom; both are keys of persons."""

    person: str
    deputy: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Structure:
    """A whole structure, or a part of one to add."""

    units: tuple[UnitRow, ...] = ()
    functions: tuple[FunctionRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    persons: tuple[PersonRow, ...] = ()
    appointments: tuple[AppointmentRow, ...] = ()
    deputies: tuple[DeputyRow, ...] = ()
