"""Every statutory term by its key, and the calculation as an employee asks for it: typed on a form."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from houvast.law import avg, awb, wor
from houvast.law.counting import Unit
from houvast.law.errors import UnknownTermError, WrongStartError, gettext_noop
from houvast.law.model import Deadline, Term
from houvast.law.terms import deadline

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    rf"{_DAY.pattern}T(?!24)[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)
_NO_SUCH_DAY = gettext_noop(
    "{begin} bestaat niet op de kalender of de klok; geef een bestaande dag als jjjj-mm-dd, bijvoorbeeld 2026-02-02."
)
_NO_SUCH_MOMENT = gettext_noop(
    "{begin} bestaat niet op de kalender of de klok; geef een bestaande dag en tijd als jjjj-mm-ddTuu:mm, "
    "bijvoorbeeld 2026-03-27T12:00."
)
_NO_DAY = gettext_noop(
    "Het begin ‘{begin}’ is niet te lezen; geef een bestaande dag als jjjj-mm-dd, bijvoorbeeld 2026-02-02."
)
_NO_MOMENT = gettext_noop(
    "Het begin ‘{begin}’ is niet te lezen; geef een bestaande dag en tijd als jjjj-mm-ddTuu:mm, "
    "bijvoorbeeld 2026-03-27T12:00."
)


def _by_key(*terms: Term) -> Mapping[str, tuple[Term, ...]]:
    keys = dict.fromkeys(term.key for term in terms)
    return MappingProxyType({key: tuple(term for term in terms if term.key == key) for key in keys})


TERMS = _by_key(*awb.TERMS, *avg.TERMS, *wor.TERMS)
"""The versions of each term in order of validity. A change of the law adds a version; it never edits one."""


def versions(key: str) -> tuple[Term, ...]:
    """Every version of a term. Raises UnknownTermError, which names the keys there are."""
    if key in TERMS:
        return TERMS[key]
    raise UnknownTermError(
        gettext_noop("De termijn ‘{key}’ is niet bekend; kies {known}."), key=key, known=tuple(TERMS)
    )


def term_on(key: str, day: date) -> Term:
    """The version that holds for a start on this day, else the newest, which will say since when it holds.

    Raises UnknownTermError.
    """
    known = versions(key)
    return next((term for term in known if term.in_force_on(day)), known[-1])


def parse_start(term: Term, text: str) -> date | datetime:
    """Read the start as the term needs it: a day "2026-02-02", or a moment "2026-03-27T12:00".

    A moment without offset is meant on the Amsterdam clock. Raises WrongStartError.
    """
    text = text.strip()
    in_hours = term.unit is Unit.HOURS
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongStartError(_NO_SUCH_MOMENT if in_hours else _NO_SUCH_DAY, begin=text) from error
    raise WrongStartError(_NO_MOMENT if in_hours else _NO_DAY, begin=text)


def calculate(key: str, start: str, *, advisory_committee: bool = False, extend_weeks: int = 0) -> Deadline:
    """The deadline for a key and a start as typed; what the command `term` and the screen both ask.

    Raises a LawError whose Dutch sentence says what to change.
    """
    begin = parse_start(versions(key)[-1], start)
    term = term_on(key, begin.date() if isinstance(begin, datetime) else begin)
    variant = awb.ADVISORY_COMMITTEE if advisory_committee else None
    return deadline(term, begin, variant=variant, extend_weeks=extend_weeks)
