"""Reading one cell: what people write in Dutch workbooks, and a sentence for what cannot be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, Final

from django.utils.translation import gettext as _

from houvast.core.orgs.rules import FIRST_DAY, LAST_DAY
from houvast.core.ui.plain_text import safe_text
from houvast.core.workbooks.rules.columns import HERE, Column, Kind

MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_EDGES: Final = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff]|[\ud800-\udfff]"
)
_LINE_END: Final = re.compile(r"\r\n?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{2,4})", re.ASCII)
_IN_WORDS: Final = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})", re.ASCII)
_TIME: Final = re.compile(
    r"(.*?)[\sT]+(?:om\s+)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*u(?:ur|\.)?)?"
)
_NUMBER: Final = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?|[+-]?\d+\.\d+", re.ASCII)
_EPOCH: Final = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIALS: Final = range(20_000, 80_000)  # from 1954 to 2119: a number that looks like a day
LONGEST_TOLD: Final = 40
DIGITS: Final = 18


class CellError(ValueError):
    """What a cell holds cannot be read. The text is a sentence."""


def text(value: Any) -> str:
    """A cell as text: no white space or invisible signs around it, one form of each letter, whole numbers whole.

    An apostrophe that an export put before what could have been a formula is taken off again.
    """
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nee"
        case float() if value.is_integer() and abs(value) < 10**DIGITS:
            return str(int(value))
        case datetime():
            return f"{value:%d-%m-%Y %H:%M}" if value.time() != time() else f"{value:%d-%m-%Y}"
        case date():
            return f"{value:%d-%m-%Y}"
    plain = str(value)
    if not (plain.isascii() and plain.isprintable()):  # else each letter has one form and is seen
        plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", plain))
    plain = plain.strip(_EDGES)
    made_safe = plain.startswith("'") and safe_text(plain[1:]) == plain
    return plain[1:].lstrip(_EDGES) if made_safe else plain


def bare(value: Any) -> str:
    """A cell that is to be a day, a number or a word of a list, without the apostrophe that makes it text."""
    return text(value).removeprefix("'").lstrip(_EDGES)


def is_same(recorded: Any, read_: Any) -> bool:
    """Whether a cell holds what is recorded: of a text no file keeps the kind of line ends, or what cannot be seen."""
    if recorded == read_:
        return True
    return isinstance(recorded, str) and isinstance(read_, str) and shape(recorded) == shape(read_)


def shape(written: str) -> str:
    """A text as it comes back from a file: two texts of one shape are told apart by nobody who reads them."""
    return text(safe_text(_LINE_END.sub("\n", written)))


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing, or nothing that can be seen."""
    return value is None or (isinstance(value, str) and not text(value))


def told(value: Any) -> str:
    """A cell as a sentence quotes it."""
    written = " ".join(text(value).split())
    return written if len(written) <= LONGEST_TOLD else written[: LONGEST_TOLD - 1] + "…"


def told_day(day: date) -> str:
    """`31 december 2021`, as the letters of an organisation write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nearest(written: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """` Bedoelt u ‘Team’?` for what was nearly written, else nothing. `likeness`: from 0 to 1, how near."""
    by_form = {name.casefold(): name for name in known}
    near = get_close_matches(written.casefold(), by_form, n=1, cutoff=likeness)
    return " " + _("Bedoelt u ‘{near}’?").format(near=by_form[near[0]]) if near else ""


def day(value: Any) -> date:
    """A day: a date cell, or one of the ways in which Dutch people write it. Raises CellError."""
    found = _read_day(value)
    if not FIRST_DAY <= found <= LAST_DAY:
        raise CellError(
            _("Kies een dag van {earliest} tot en met {latest}.").format(
                earliest=told_day(FIRST_DAY), latest=told_day(LAST_DAY)
            )
        )
    return found


def _read_day(value: Any) -> date:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case float() | int() if not isinstance(value, bool) and _SERIALS.start <= value < _SERIALS.stop:
            meant = told_day(_EPOCH + timedelta(days=int(value)))
            raise CellError(
                _("{value} is een getal. Bedoelt u {day}? Geef de cel dan de opmaak Datum.").format(
                    value=told(value), day=meant
                )
            )
    return _written_day(value)


def _written_day(value: Any) -> date:
    written = bare(value).casefold()
    for name in _DAYS:
        written = written.removeprefix(name).removeprefix(name[:2] + " ").lstrip(", ")
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, number = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(written):
        number, month, year = map(int, found.groups())
        if len(found[3]) != 4:
            raise CellError(
                _("“{value}” is een datum zonder eeuw. Schrijf het jaar in vier cijfers.").format(
                    value=told(value)
                )
            )
    elif (found := _IN_WORDS.fullmatch(written)) and (month := _month(found[2])):
        number, year = int(found[1]), int(found[3])
    else:
        raise _no_day(value)
    try:
        return date(year, month, number)
    except ValueError:
        raise _no_day(value) from None


def _no_day(value: Any) -> CellError:
    return CellError(_("“{value}” is geen datum. Schrijf bijvoorbeeld 31-12-2021.").format(value=told(value)))


def _month(word: str) -> int:
    """The number of a month by its name or the first three letters of it ("mrt" too), else 0."""
    short = {"mrt": "maa"}.get(word, word)
    matching = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(short)]
    return matching[0] if len(matching) == 1 and len(word) >= 3 else 0


def moment(value: Any) -> datetime:
    """A day with a time, to the minute, in UTC; of an hour that occurs twice the first. Raises CellError."""
    if isinstance(value, datetime):
        on, at = value.date(), value.time()
    else:
        found = None if isinstance(value, date) else _TIME.fullmatch(bare(value))
        if found is None:
            on, at = _read_day(value), time()
        else:
            on, at = _read_day(found[1]), _clock(value, int(found[2]), int(found[3]))
    local = datetime.combine(day(on), at.replace(second=0, microsecond=0), HERE)
    stored = local.astimezone(UTC)
    if stored.astimezone(HERE).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise CellError(
            _("Dit uur bestaat niet: in die nacht ging de klok van twee naar drie uur. Verbeter de tijd.")
        )
    return stored


def _clock(value: Any, hour: int, minute: int) -> time:
    if hour > 23 or minute > 59:
        raise CellError(
            _("“{value}” is geen tijd. Schrijf bijvoorbeeld 31-12-2021 14:30.").format(value=told(value))
        )
    return time(hour, minute)


def number(value: Any, column: Column) -> Decimal:
    """A number as Dutch people write it ("1.234,50", "€ 12,-", "5 %" not), within its bounds. Raises CellError."""
    found = _read_number(value)
    if found is None:
        example = "17" if column.kind is Kind.WHOLE else "0,8"
        raise CellError(
            _("“{value}” is geen getal. Schrijf bijvoorbeeld {example}.").format(
                value=told(value), example=example
            )
        )
    if column.kind is Kind.WHOLE and found != found.to_integral_value():
        raise CellError(_("“{value}” is geen heel getal. Laat de decimalen weg.").format(value=told(value)))
    least, most = column.least, column.most
    if (least is not None and found < least) or (most is not None and found > most):
        raise CellError(_bounds(told(value), least, most))
    return found.quantize(Decimal(1).scaleb(-column.places)) if column.kind is Kind.DECIMAL else found


def _read_number(value: Any) -> Decimal | None:
    """The number, or None for what is none, or has more digits than anything that is counted."""
    if isinstance(value, bool | date):
        return None
    written = bare(value).removeprefix("€").strip(_EDGES).removesuffix(",-").replace("\u2212", "-")
    if isinstance(value, float):
        written = repr(value)
    elif _NUMBER.fullmatch(written):
        written = written.replace(".", "").replace(",", ".") if _is_dutch(written) else written
    try:
        found = Decimal(written)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < DIGITS else None


def _is_dutch(written: str) -> bool:
    """Whether points stand between thousands: "1.234" is a thousand and more, "0.8" is less than one."""
    return "," in written or re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", written) is not None


def _bounds(value: str, least: Decimal | int | None, most: Decimal | int | None) -> str:
    low, high = (str(bound).replace(".", ",") for bound in (least, most))
    if most is None:
        return _("{value} is te klein. Vul {least} of meer in.").format(value=value, least=low)
    if least is None:
        return _("{value} is te groot. Vul hoogstens {most} in.").format(value=value, most=high)
    return _("{value} valt buiten de grenzen. Vul een getal in van {least} tot en met {most}.").format(
        value=value, least=low, most=high
    )


def choice(value: Any, column: Column) -> str:
    """The value of a choice by its label or itself, whatever the capitals. Raises CellError."""
    written = " ".join(bare(value).casefold().split())
    if written in column.by_word:
        return column.by_word[written]
    labels = column.labels
    raise CellError(
        _("“{value}” is niet bekend. Kies uit: {known}.").format(
            value=told(value), known=", ".join(label for label in labels.values() if label)
        )
        + nearest(written, labels.values())
    )


def words(value: Any, column: Column) -> str:
    """A text that fits. Raises CellError."""
    written = text(value)
    if len(written) > column.longest:
        raise CellError(
            _("Deze tekst is langer dan {length} tekens. Maak hem korter.").format(
                length=f"{column.longest:,}".replace(",", ".")
            )
        )
    return written


READ: Final[dict[Kind, Callable[[Any, Column], Any]]] = {
    Kind.TEXT: words,
    Kind.DAY: lambda value, _column: day(value),
    Kind.MOMENT: lambda value, _column: moment(value),
    Kind.WHOLE: lambda value, column: int(number(value, column)),
    Kind.DECIMAL: number,
    Kind.CHOICE: choice,
}


def read(value: Any, column: Column) -> Any:
    """What a cell of the column says. Raises CellError with what is wrong and what to do."""
    if is_empty(value):
        if column.required:
            raise CellError(_("Vul deze cel in."))
        return "" if column.empty is None and column.kind in {Kind.TEXT, Kind.CHOICE} else column.empty
    return READ[column.kind](value, column) if column.read is None else column.read(value)
