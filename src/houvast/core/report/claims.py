"""Claims: what the chapter states, bound to register rows, a day and a digest.

Pure data. Modules hand in `ClaimSource`s; the report computes them into `Claim`s; prose refers to a
claim by its stable key `module.name`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houvast.core.privacy.settings import threshold_on
from houvast.core.report import dutch

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from houvast.core.report.evidence import Reads

Value = int | str | list[str] | dict[str, int]
"""The raw value of a claim, ready for JSON; its shape follows from the kind (see `Kind`)."""

Style = Literal["woord", "cijfer"]
"""How a count is written when the prose does not say: "negen" or "9"."""

Json = dict[str, object]


@dataclass(frozen=True)
class Definition:
    """A later definition (definitie) of what a claim counts. Values of two versions are not compared.

    version: 2 and further; the first one has no line. from_year: the first reporting year that it is used for.
    change: one Dutch sentence on what changed.
    """

    version: int
    from_year: int
    change: str


class Kind(StrEnum):
    """What sort of thing a claim states, and with it the shape of its raw value."""

    COUNT = "count"  # a whole number, 0 or more
    AMOUNT = "amount"  # euros, as decimal text: "1234.50"
    SHARE = "share"  # percent, as decimal text: "5.5" is 5,5%
    DATE = "date"  # ISO day: "2021-10-01"
    PERIOD = "period"  # two ISO days, the second exclusive: ["2021-09-27", "2021-10-02"]
    NAME = "name"  # text
    LIST = "list"  # texts
    QUANTIFIER = "quantifier"  # {"n": 13, "m": 14}
    JUDGEMENT = "judgement"  # text with evidence behind it: "zeer beperkt"


@dataclass(frozen=True)
class Noun:
    """What is counted, in both numbers: datalek, datalekken."""

    singular: str
    plural: str


@dataclass(frozen=True)
class Period:
    """From a day up to, not including, another. Raises ValueError when it holds no day."""

    start: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.start:
            raise ValueError(f"a period ends after it starts: {self.start} - {self.until}")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """Quarter 1 to 4."""
        first = 3 * quarter - 2
        return cls(date(year, first, 1), _month_after(date(year, first + 2, 1)))

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), _month_after(date(year, month, 1)))

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.until - timedelta(days=1)

    @property
    def text(self) -> str:
        """In Dutch, by its shortest full name."""
        return dutch.period(self.start, self.until)

    def to_json(self) -> dict[str, str]:
        """`from` inclusive, `until` exclusive: the first day after it."""
        return {"from": self.start.isoformat(), "until": self.until.isoformat()}


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


LARGEST_COUNT = 999_999_999
_AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?", re.ASCII)
_SHARE = re.compile(r"-?\d{1,4}(?:\.\d{1,6})?", re.ASCII)
SMALLEST_SHARE, LARGEST_SHARE = Decimal(-100), Decimal(1000)
LONGEST_NAME = 1000
_YEARS = range(1000, 3000)


def _is_amount(value: Value) -> bool:
    return isinstance(value, str) and _AMOUNT.fullmatch(value) is not None


def _is_share(value: Value) -> bool:
    if not isinstance(value, str) or not _SHARE.fullmatch(value):
        return False
    return SMALLEST_SHARE <= Decimal(value) <= LARGEST_SHARE


def _is_date(value: object) -> bool:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return day is not None and day.isoformat() == value and day.year in _YEARS


def _is_texts(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_period(value: Value) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_date, value)) and value[0] < value[1]


def _is_count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT


def _is_quantity(value: Value) -> bool:
    if not isinstance(value, dict) or set(value) != {"n", "m"} or not all(map(_is_count, value.values())):
        return False
    return value["m"] > 0 and value["n"] <= value["m"]


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME


_SHAPES: dict[Kind, tuple[Callable[[Value], bool], Promise]] = {
    Kind.COUNT: (_is_count, _("Een aantal is een heel getal van 0 tot en met 999.999.999.")),
    Kind.AMOUNT: (_is_amount, _("Een bedrag heeft ten hoogste twaalf cijfers en twee decimalen.")),
    Kind.SHARE: (
        _is_share,
        _("Een percentage ligt tussen -100 en 1.000 en heeft ten hoogste zes decimalen."),
    ),
    Kind.DATE: (_is_date, _("Dit is geen bestaande dag tussen het jaar 1000 en 2999.")),
    Kind.PERIOD: (_is_period, _("Een periode heeft een eerste en een laatste dag, in die volgorde.")),
    Kind.NAME: (_is_text, _("Een naam is een tekst van ten hoogste 1.000 tekens.")),
    Kind.LIST: (_is_texts, _("Een opsomming bestaat uit teksten.")),
    Kind.QUANTIFIER: (_is_quantity, _("Een verhouding is een aantal van een groter of even groot aantal.")),
    Kind.JUDGEMENT: (_is_text, _("Een oordeel is een tekst van ten hoogste 1.000 tekens.")),
}


def fault(kind: Kind, value: Any) -> Promise | None:
    """Why the value is none of that kind, in a Dutch sentence; None when it is. The one rule for what a claim takes."""
    fits, sentence = _SHAPES[kind]
    return None if fits(value) else sentence


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One thing the chapter states, with what proves it.

    rows, digest: how many register rows lie behind it and their keyed hash.
    items: names behind a count, for "A, B en C".
    explanation: Dutch, what was counted and on which day.
    example_rows: how many of the rows are marked as example data.
    partner: name of the organisation in whose registers it was computed, when another one's.
    sourced: it is a sourced fact, not computed from a register.
    unchecked: a sourced fact that no second person has checked; every form of the chapter says so.
    fewer_than: a smaller number than this is not told, but for none; 0: every number is.
    definition, definition_change: which version of the definition was used, and what it changed.
    Raises ValueError when the value does not have the shape its kind asks.
    """

    key: str
    label: str
    kind: Kind
    value: Value
    rows: int
    digest: str
    unit: Noun | None = None
    as_of: date | None = None
    period: Period | None = None
    items: tuple[str, ...] = ()
    explanation: str = ""
    style: Style = "woord"
    example_rows: int = 0
    partner: str | None = None
    sourced: bool = False
    unchecked: bool = False
    fewer_than: int = 0
    definition: int = 1
    definition_change: str = ""

    def __post_init__(self) -> None:
        if fault(self.kind, self.value) is not None:
            raise ValueError(f"{self.key}: {self.value!r} is no {self.kind}")

    @property
    def number(self) -> int:
        """How many: of a count, of a list its length, of a quantifier its n. 0 for other kinds."""
        if isinstance(self.value, dict):
            return self.value["n"]
        if isinstance(self.value, int):
            return self.value
        return len(self.value) if self.kind is Kind.LIST else 0

    @property
    def is_small(self) -> bool:
        """Whether the number is not told: so few that it could say who it is about."""
        return self.kind is Kind.COUNT and 0 < self.number < self.fewer_than

    @property
    def told_rows(self) -> int | None:
        """How many rows lie behind it, where that does not give a small number away."""
        return None if self.is_small else self.rows

    @property
    def decimal(self) -> Decimal:
        """The number behind an amount (euros) or a share (percent)."""
        return Decimal(str(self.value))

    @property
    def day(self) -> date:
        """The day of a date claim."""
        return date.fromisoformat(str(self.value))

    @property
    def span(self) -> Period:
        """The days a period claim covers, or the one day of a date claim."""
        if isinstance(self.value, list):
            return Period(date.fromisoformat(self.value[0]), date.fromisoformat(self.value[1]))
        return Period(self.day, self.day + timedelta(days=1))

    @property
    def out_of(self) -> int:
        """The m of a quantifier; the number itself for what is counted without a whole."""
        return self.value["m"] if isinstance(self.value, dict) else self.number

    @property
    def names(self) -> tuple[str, ...]:
        """What can be listed: the items of a count, the texts of a list."""
        return tuple(self.value) if isinstance(self.value, list) and self.kind is Kind.LIST else self.items

    @property
    def holds(self) -> bool:
        """Whether there is something to say: not zero, not empty. A date or a period always holds."""
        if self.kind in {Kind.DATE, Kind.PERIOD}:
            return True
        if self.kind in {Kind.AMOUNT, Kind.SHARE}:
            return self.decimal != 0
        return self.number > 0 if self.kind in _NUMBERED else bool(str(self.value).strip())

    @property
    def text(self) -> str:
        """The value in its default Dutch form."""
        return _DEFAULTS[self.kind](self)

    def to_json(self) -> Json:
        """Open data: the agreed keys. `period.until` and the second day of a period value are exclusive.

        `unit` is the plural noun of what is counted, "EUR" for an amount, "%" for a share, else null. `value` and
        `rows` of a number that is not told are null.
        """
        return {
            "key": self.key,
            "label": self.label,
            "kind": self.kind.value,
            "value": None if self.is_small else self.value,
            "text": self.text,
            "unit": _UNITS.get(self.kind) or (self.unit.plural if self.unit else None),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "period": self.period.to_json() if self.period else None,
            "rows": self.told_rows,
            "digest": self.digest,
        }


_NUMBERED = frozenset({Kind.COUNT, Kind.LIST, Kind.QUANTIFIER})
_UNITS = {Kind.AMOUNT: "EUR", Kind.SHARE: "%"}


def count_text(claim: Claim) -> str:
    """The number of a claim in its own style. None is "geen" in either: nobody writes "0 datalekken"."""
    in_words = claim.style == "woord" or claim.number == 0
    if claim.is_small:
        return fewer_text(claim, words=in_words)
    return dutch.number_word(claim.number) if in_words else dutch.figure(claim.number)


def fewer_text(claim: Claim, *, words: bool) -> str:
    """What stands in the place of a number that is not told: "minder dan vijf"."""
    number = dutch.number_word(claim.fewer_than) if words else dutch.figure(claim.fewer_than)
    return f"minder dan {number}"


_DEFAULTS: dict[Kind, Callable[[Claim], str]] = {
    Kind.COUNT: count_text,
    Kind.AMOUNT: lambda claim: dutch.euro(claim.decimal),
    Kind.SHARE: lambda claim: dutch.share(claim.decimal),
    Kind.DATE: lambda claim: dutch.day(claim.day),
    Kind.PERIOD: lambda claim: claim.span.text,
    Kind.NAME: lambda claim: str(claim.value),
    Kind.LIST: lambda claim: dutch.listing(claim.names),
    Kind.QUANTIFIER: lambda claim: dutch.quantifier(claim.number, claim.out_of),
    Kind.JUDGEMENT: lambda claim: str(claim.value),
}


@dataclass(frozen=True)
class ReportContext:
    """For whom and when a chapter is made. `as_of` is the reference day, mostly 31 December of the year."""

    organisation: str
    """Slug."""
    name: str
    year: int
    as_of: date
    uid: UUID
    """The organisation's; its key seals the digests, also of a partner's rows."""
    full_name: str = ""
    """As the organisation signs its documents: "Gemeente Diemen"."""

    @property
    def period(self) -> Period:
        """The year of the chapter."""
        return Period.year(self.year)


@dataclass(frozen=True)
class Evidence:
    """What a source found: the raw value with the rows that prove it."""

    value: Value
    rows: int
    digest: str
    items: tuple[str, ...] = ()
    as_of: date | None = None
    period: Period | None = None
    example_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class ClaimSource:
    """How a module computes one claim. `compute` returns None when there is nothing to state.

    explanation: one or more Dutch sentences on what is counted; day or period are added when it is computed.
    permission: key of the permission that opens the rows; None when nobody sees them.
    rows_url: address of the register's list that shows those rows.
    rows, columns: the rows themselves and what to show of them, as (label, path).
    reads: the same rows as `evidence` seals them, where a chapter can do so for several claims at once.
    small_cells: the count is about so few people that a small one is not told: the organisation's setting says from
    which number on it is.
    definitions: the later versions of what is counted, in order; a series breaks where they differ.
    Raises ValueError for another kind than a count.
    """

    key: str
    label: str
    kind: Kind
    compute: Callable[[ReportContext], Evidence | None]
    unit: Noun | None = None
    style: Style = "woord"
    explanation: str = ""
    permission: str | None = None
    rows_url: Callable[[ReportContext], str] | None = None
    rows: Callable[[ReportContext], Any] | None = None
    columns: tuple[tuple[StrOrPromise, str], ...] = ()
    reads: Reads | None = None
    small_cells: bool = False
    definitions: tuple[Definition, ...] = ()

    def __post_init__(self) -> None:
        if self.small_cells and self.kind is not Kind.COUNT:
            raise ValueError(f"{self.key}: only a count can be too small to tell")

    def definition_in(self, year: int) -> Definition:
        """The definition that is used for a reporting year."""
        used = [one for one in self.definitions if one.from_year <= year]
        return used[-1] if used else Definition(1, 0, "")

    def claim(self, context: ReportContext, *, partner: str | None = None) -> Claim | None:
        """Compute the claim, or None when there is nothing to state."""
        evidence = self.compute(context)
        if evidence is None:
            return None
        definition = self.definition_in(context.year)
        return Claim(
            key=self.key,
            label=str(self.label),
            kind=self.kind,
            value=evidence.value,
            unit=self.unit,
            as_of=evidence.as_of,
            period=evidence.period,
            rows=evidence.rows,
            digest=evidence.digest,
            items=evidence.items,
            explanation=_explain(self.explanation, evidence),
            style=self.style,
            example_rows=evidence.example_rows,
            partner=partner,
            fewer_than=threshold_on(context.as_of) if self.small_cells else 0,
            definition=definition.version,
            definition_change=definition.change,
        )


def _explain(what: str, evidence: Evidence) -> str:
    parts = [str(what)] if what else []
    if evidence.period:
        parts.append(f"Periode: {evidence.period.text}.")
    if evidence.as_of:
        parts.append(f"Peildatum: {dutch.day(evidence.as_of)}.")
    return " ".join(parts)


@dataclass(frozen=True)
class SlotText:
    """Default prose of a module for a named slot of the chapter, in the grammar of `prose`."""

    key: str
    text: str
    heading: str | None = None
