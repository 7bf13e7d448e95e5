"""What may be entered for the chapter: years, values in Dutch notation, and a fact as a whole. No query, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Kind, fault

FIRST_YEAR = 2004
"""The first budget year of municipalities under the BBV (Besluit begroting en verantwoording provincies en
gemeenten, Stb. 2003, 27), which asks for the chapter."""

LAST_YEAR = 2199
"""The last year that the database takes; actions and addresses stop sooner, see `last_year`."""

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
MOST_ITEMS = 200
LONGEST_TEXT = 200
WHOLE = (Decimal(0), Decimal(100))

_WHOLE_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d{1,6})?", re.ASCII)
_DOT_AS_COMMA = re.compile(r"(-?\d+)\.(\d+)", re.ASCII)
_FIRST_DAY, _LAST_DAY = date(1000, 1, 1), date(2999, 12, 31)


def last_year(today: date) -> int:
    """The last year of which one may write: next year, for whoever prepares its chapter."""
    return today.year + 1


def year_fault(year: int, today: date) -> str:
    """Why there can be no chapter of that year; nothing when there can."""
    if FIRST_YEAR <= year <= last_year(today):
        return ""
    return _("Een verslagjaar ligt tussen %(first)s en %(last)s.") % {
        "first": FIRST_YEAR,
        "last": last_year(today),
    }


def require_year(year: int, today: date) -> None:
    """Raise Refusal for a year of which there can be no chapter."""
    if sentence := year_fault(year, today):
        raise Refusal(sentence, "year")


def whole_number(text: str) -> int:
    """A number as Dutch write it: "17", "12.345". Raises Refusal."""
    if not _WHOLE_NUMBER.fullmatch(text):
        raise Refusal(_("Vul een heel getal in, bijvoorbeeld 17."))
    return int(text.replace(".", ""))


def decimal_number(text: str, example: str) -> str:
    """A number with decimals as Dutch write it ("5,5", "1.234,50"), as a claim holds it. Raises Refusal."""
    if match := _DOT_AS_COMMA.fullmatch(text):
        if not _DECIMAL.fullmatch(text):
            raise Refusal(_("Gebruik een komma: %(number)s.") % {"number": f"{match[1]},{match[2]}"})
    elif not _DECIMAL.fullmatch(text):
        raise Refusal(example)
    return str(Decimal(text.replace(".", "").replace(",", ".")))


@dataclass(frozen=True, kw_only=True)
class FactEntry:
    """What somebody enters as a sourced fact; the fields are those of SourcedFact."""

    key: str
    label: str
    kind: Kind
    value: Any
    source_title: str
    source_place: str = ""
    source_date: date | None = None
    items: tuple[str, ...] = ()
    singular: str = ""
    plural: str = ""
    style: str = "woord"
    as_of: date | None = None
    period_from: date | None = None
    period_until: date | None = None
    explanation: str = ""


def key_fault(key: str, reserved: Mapping[str, str]) -> str:
    """Why a fact cannot have that key. `reserved`: what is computed, by key, with its label."""
    if not KEY.fullmatch(key):
        return _("Een sleutel heeft de vorm onderwerp.naam, in kleine letters.")
    if key in reserved:
        return _(
            "‘%(label)s’ wordt al berekend onder deze sleutel; een feit met bron zou nooit worden gebruikt. "
            "Kies een andere sleutel."
        ) % {"label": reserved[key]}
    return ""


def entry_faults(entry: FactEntry, reserved: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`(field, sentence)` for everything that makes a fact unfit to become a claim."""
    if sentence := key_fault(entry.key, reserved):
        yield "key", sentence
    if sentence := str(fault(entry.kind, entry.value) or ""):
        yield "value", sentence
    else:
        yield from _value_faults(entry)
    if bool(entry.singular.strip()) != bool(entry.plural.strip()):
        yield "plural", _("Vul enkelvoud en meervoud allebei in, of geen van beide.")
    yield from _day_faults(entry)


def _value_faults(entry: FactEntry) -> Iterator[tuple[str, str]]:
    """What a claim could hold and a person may not enter."""
    if entry.kind in {Kind.NAME, Kind.JUDGEMENT} and not entry.value.strip():
        yield "value", _("Vul de waarde in.")
    if entry.kind in {Kind.NAME, Kind.JUDGEMENT} and len(entry.value) > LONGEST_TEXT:
        yield "value", _("De waarde is te lang: %(most)s tekens is het meeste.") % {"most": LONGEST_TEXT}
    if entry.kind is Kind.SHARE and not entry.explanation.strip():
        least, most = WHOLE
        if not least <= Decimal(entry.value) <= most:
            yield (
                "value",
                _(
                    "Een deel van een geheel is 0 tot en met 100 procent. Is dit groei of een vergelijking? "
                    "Zeg dan in de toelichting waarmee is vergeleken."
                ),
            )
    yield from _item_faults(entry)


def _item_faults(entry: FactEntry) -> Iterator[tuple[str, str]]:
    items = entry.items
    if entry.kind is Kind.LIST and not items:
        yield "items", _("Vul ten minste één onderdeel in.")
    if len(items) > MOST_ITEMS or any(len(item) > LONGEST_TEXT for item in items):
        yield (
            "items",
            _("Ten hoogste %(items)s onderdelen van %(signs)s tekens.")
            % {"items": MOST_ITEMS, "signs": LONGEST_TEXT},
        )
    if entry.kind is Kind.COUNT and items and len(items) != entry.value:
        yield "items", _("Het aantal onderdelen is niet gelijk aan de waarde.")


def _day_faults(entry: FactEntry) -> Iterator[tuple[str, str]]:
    sentence = _("Een dag ligt tussen het jaar %(first)s en %(last)s.") % {
        "first": _FIRST_DAY.year,
        "last": _LAST_DAY.year,
    }
    for field in ("as_of", "source_date", "period_from", "period_until"):
        day = getattr(entry, field)
        if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
            yield field, sentence
    start, until = entry.period_from, entry.period_until
    if (start is None) != (until is None):
        yield "period_from", _("Vul de eerste en de laatste dag van de periode in.")
    elif start is not None and until is not None and until <= start:
        yield "period_until", _("De laatste dag ligt voor de eerste.")


def require_entry(entry: FactEntry, reserved: Mapping[str, str]) -> None:
    """Raise Refusal for the first thing that makes the fact unfit."""
    for field, sentence in entry_faults(entry, reserved):
        raise Refusal(sentence, field)
