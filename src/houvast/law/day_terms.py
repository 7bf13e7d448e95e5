"""Terms in days, working days, weeks, months and years: from a start day to a last day, explained."""

from dataclasses import dataclass
from datetime import date

from houvast.law.counting import (
    Reckoning,
    Step,
    Unit,
    add,
    count_working_days,
    hold_two_working_days,
    roll,
)
from houvast.law.dutch import long_day, sentence
from houvast.law.holidays import DECREE_SOURCE, decree_loaded
from houvast.law.model import Deadline, Extension, Term, Variant, atw_applies

ROLL_SOURCE = "Atw art. 1 lid 1"
NO_ROLL_SOURCE = "Atw art. 4 onder a"
_NO_ROLL = {
    Unit.DAYS: "meer dan 90 dagen",
    Unit.WEEKS: "meer dan twaalf weken",
    Unit.MONTHS: "meer dan drie maanden",
    Unit.YEARS: "jaren",
}


@dataclass(frozen=True, slots=True)
class _Leg:
    """A count from the start to an end: without the extension, or with it."""

    nominal: date
    last: date
    steps: tuple[Step, ...]
    years: frozenset[int]
    warnings: tuple[str, ...] = ()


def day_deadline(term: Term, chosen: Variant, start: date, extend_weeks: int) -> Deadline:
    """The last day of a term that starts on this day. Raises OutsideValidityError."""
    term.require_in_force(start)
    first = final = _count(term, chosen, start)
    steps = [*_begin(term, chosen, start), *first.steps]
    if term.extension and extend_weeks:
        final = _count_extended(term.extension, chosen, start, extend_weeks)
        notice = f"Zonder verlenging is {long_day(first.last)} de laatste dag. {term.extension.notice}"
        steps += [Step(first.last, notice, term.extension.source), *final.steps]
    source = term.source if final.last == final.nominal else ROLL_SOURCE
    steps.append(Step(final.last, f"{sentence(long_day(final.last))} is de laatste dag.", source))
    unknown = sorted(year for year in first.years | final.years if not decree_loaded(year))
    return Deadline(
        key=term.key,
        source=term.source,
        start=start,
        nominal_end=final.nominal,
        last_day=final.last,
        because=tuple(steps),
        warnings=(*final.warnings, *(_decree_warning(year) for year in unknown)),
    )


def _begin(term: Term, chosen: Variant, start: date) -> list[Step]:
    text = f"De termijn begint met {term.starts_with}: {long_day(start)}. Die dag zelf telt niet mee."
    begin = [Step(start, text, term.source)]
    if chosen.source != term.source:
        begin.append(
            Step(start, f"{chosen.name}: de termijn is {term.unit.words(chosen.length)}.", chosen.source)
        )
    return begin


def _count(term: Term, chosen: Variant, start: date) -> _Leg:
    """The term itself, unextended."""
    if term.unit is Unit.WORKING_DAYS:
        counted = count_working_days(start, chosen.length)
        end = _later(term, chosen, counted.end)
        return _Leg(counted.end, counted.end, (*counted.steps, end), counted.years)
    nominal = add(start, chosen.length, term.unit)
    steps = [_later(term, chosen, nominal)]
    if term.unit in {Unit.MONTHS, Unit.YEARS} and nominal.day != start.day:
        text = f"Die maand heeft geen dag {start.day}; de termijn eindigt op de laatste dag van de maand."
        steps.append(Step(nominal, text, term.source))
    if not atw_applies(chosen.length, term.unit):
        text = (
            "Deze dag schuift niet op als het weekend of een feestdag is: "
            f"de Algemene termijnenwet geldt niet voor termijnen van {_NO_ROLL[term.unit]}."
        )
        return _Leg(nominal, nominal, (*steps, Step(nominal, text, NO_ROLL_SOURCE)), frozenset())
    long_enough = Reckoning(nominal)
    if term.unit is Unit.DAYS and chosen.length >= 3:
        long_enough = hold_two_working_days(start, nominal)
    rolled = roll(long_enough.end)
    return _Leg(
        nominal,
        rolled.end,
        (*steps, *long_enough.steps, *rolled.steps),
        long_enough.years | rolled.years,
    )


def _later(term: Term, chosen: Variant, end: date) -> Step:
    return Step(end, f"{term.unit.words(chosen.length)} later is het {long_day(end)}.", chosen.source)


def _count_extended(extension: Extension, chosen: Variant, start: date, weeks: int) -> _Leg:
    """The term with its extension, counted again from the start and never from an end that was moved."""
    total = chosen.length + weeks
    nominal = add(start, total, Unit.WEEKS)
    text = (
        f"Met {Unit.WEEKS.words(weeks)} verlenging duurt de termijn {Unit.WEEKS.words(total)}, "
        f"gerekend vanaf het begin: tot en met {long_day(nominal)}."
    )
    step = Step(nominal, text, extension.source)
    if atw_applies(total, Unit.WEEKS):
        rolled = roll(nominal)
        return _Leg(nominal, rolled.end, (step, *rolled.steps), rolled.years)
    warning = (
        f"De termijn en de verlenging duren samen {Unit.WEEKS.words(total)}, dus meer dan twaalf. "
        "Of het einde dan nog opschuift bij een weekend of feestdag, zegt de Algemene termijnenwet niet "
        "duidelijk. Daarom staat hier de dag zonder opschuiven: de vroegste, en dus de veilige."
    )
    kept = Step(nominal, "Bij meer dan twaalf weken wordt deze dag niet opgeschoven.", NO_ROLL_SOURCE)
    return _Leg(nominal, nominal, (step, kept), frozenset(), (warning,))


def _decree_warning(year: int) -> str:
    return (
        f"Of voor {year} dagen bij koninklijk besluit zijn aangewezen ({DECREE_SOURCE}), staat niet "
        "in de tabel. Een laatste dag kan daardoor later vallen, nooit eerder; houd aan wat hier staat."
    )
