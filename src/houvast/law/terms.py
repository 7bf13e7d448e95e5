"""The one question of this floor: when does a statutory term (wettelijke termijn) end, and why then?

Pure functions over dated data: no clock, no database, no framework.
"""

from datetime import date, datetime

from houvast.law.counting import Step, Unit
from houvast.law.day_terms import day_deadline
from houvast.law.errors import OutsideCalendarError, WrongStartError, gettext_noop
from houvast.law.model import Deadline, Extension, Term, Variant
from houvast.law.moment_terms import moment_deadline

__all__ = ["Deadline", "Extension", "Step", "Term", "Unit", "Variant", "deadline", "last_day", "last_moment"]


def deadline(
    term: Term, start: date | datetime, *, variant: str | None = None, extend_weeks: int = 0
) -> Deadline:
    """The end of a term that starts on this day or, for a term in hours, at this moment.

    A moment without time zone is read on the Amsterdam clock. Raises a LawError, in Dutch, when the start,
    the variant or the extension does not go with the term.
    """
    chosen = term.length_for(variant)
    term.require_extension(extend_weeks)
    try:
        if term.unit is Unit.HOURS:
            return moment_deadline(term, _moment(term, start))
        return day_deadline(term, chosen, _day(term, start), extend_weeks)
    except OverflowError as error:
        raise OutsideCalendarError(
            gettext_noop(
                "De termijn loopt buiten de kalender, de jaren 1 tot en met 9999; kies een ander begin."
            )
        ) from error


def last_day(term: Term, start: date, *, variant: str | None = None, extend_weeks: int = 0) -> date:
    """`deadline(...).last_day` of a term that ends on a day; raises WrongStartError for a term in hours."""
    return deadline(term, _day(term, start), variant=variant, extend_weeks=extend_weeks).end


def last_moment(term: Term, start: datetime) -> datetime:
    """`deadline(...).last_moment` of a term in hours; raises WrongStartError for any other."""
    end = deadline(term, start).end
    return _moment(term, end)


def _moment(term: Term, start: date | datetime) -> datetime:
    if isinstance(start, datetime):
        return start
    raise WrongStartError(
        gettext_noop("{key} telt in uren: geef ook het tijdstip, bijvoorbeeld {example}T12:00."),
        key=term.key,
        example=start.isoformat(),
    )


def _day(term: Term, start: date | datetime) -> date:
    if term.unit is not Unit.HOURS and not isinstance(start, datetime):
        return start
    day = start.date() if isinstance(start, datetime) else start
    raise WrongStartError(
        gettext_noop("{key} telt niet in uren: geef alleen de dag, bijvoorbeeld {example}."),
        key=term.key,
        example=day.isoformat(),
    )
