"""Terms in hours: from a moment to a moment, in hours that really pass, through weekends and holidays."""

from datetime import datetime

from houvast.law.counting import Step
from houvast.law.dutch import long_moment, sentence
from houvast.law.model import Deadline, Term
from houvast.law.moments import after_hours, clock_change, occurs_twice, on_the_amsterdam_clock


def moment_deadline(term: Term, given: datetime) -> Deadline:
    """The last moment of a term that starts then. Raises OutsideValidityError or NonexistentHourError."""
    start = on_the_amsterdam_clock(given)
    term.require_in_force(start.date())
    end = after_hours(start, term.length)
    begins = f"De termijn begint met {term.starts_with}: {long_moment(start)}."
    ends = (
        f"{term.unit.words(term.length)} later is het {long_moment(end)}. Weekenden en feestdagen tellen mee."
    )
    steps = [Step(start.date(), begins, term.source)]
    if change := clock_change(start, end):
        steps.append(Step(end.date(), change, term.source))
    steps.append(Step(end.date(), ends, term.source))
    return Deadline(
        key=term.key,
        source=term.source,
        start=start,
        nominal_end=end,
        last_moment=end,
        because=tuple(steps),
        warnings=(*_start_warning(given, start), *_end_warning(end)),
    )


def _twice(moment: datetime) -> str:
    return f"{sentence(long_moment(moment))} komt twee keer voor, omdat die nacht de zomertijd eindigt."


def _start_warning(given: datetime, start: datetime) -> tuple[str, ...]:
    if given.tzinfo is not None or not occurs_twice(start):
        return ()
    return (f"{_twice(start)} Gerekend is vanaf de eerste keer; dat geeft het vroegste einde.",)


def _end_warning(end: datetime) -> tuple[str, ...]:
    if not occurs_twice(end):
        return ()
    return (f"{_twice(end)} De termijn eindigt de {'tweede' if end.fold else 'eerste'} keer.",)
