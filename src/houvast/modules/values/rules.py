"""What holds for value sets, the instruments that carry them, and counts of how often they do. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.refusal import require
from houvast.core.report.claims import Period

FEWEST_TALKS = 5
"""A count of personal talks in one unit is kept from this number of talks on: of fewer, the count is about people."""

MOST_TALKS = 100_000
FIRST_YEAR, LAST_YEAR = 2004, 2099


class Precision(TextChoices):
    """How exactly a source names the day from which something holds (nauwkeurigheid)."""

    DAY = "day", _("Op de dag")
    MONTH = "month", _("Op de maand")
    YEAR = "year", _("Op het jaar")


class PartKind(TextChoices):
    """What a part of the vision is (onderdeel van de visie)."""

    SLOGAN = "slogan", _("Slogan")
    PAIR = "pair", _("Begrippenpaar")


class StepKind(TextChoices):
    """How an organisation comes to its values (stap)."""

    VISION = "vision", _("Visie van de raad")
    ANALYSIS = "analysis", _("Onderzoek of gesprek")
    PARTICIPATION = "participation", _("Deelname van medewerkers")
    DRAFT = "draft", _("Concept")


class InstrumentKind(TextChoices):
    """Where the values have a place (instrument)."""

    TEAM_PLAN = "team_plan", _("Teamplannen")
    EVALUATION = "evaluation", _("Evaluatiegesprekken")
    INTERVIEW = "interview", _("Sollicitatiegesprekken")
    INTRODUCTION = "introduction", _("Introductie van nieuwe medewerkers")


PERSONAL = frozenset({InstrumentKind.EVALUATION, InstrumentKind.INTERVIEW, InstrumentKind.INTRODUCTION})
"""Instruments that are about one person: of these a register holds counts and nothing else."""


@dataclass(frozen=True)
class Span:
    """From a day up to, not including, another; without end where that is None."""

    start: date
    until: date | None

    def meets(self, other: Span) -> bool:
        """Whether both hold on some day."""
        return (self.until is None or other.start < self.until) and (
            other.until is None or self.start < other.until
        )


def moment_of(day: date, precision: str) -> Period:
    """What a source says of a day: the day, its month or its year."""
    if precision == Precision.YEAR:
        return Period.year(day.year)
    if precision == Precision.MONTH:
        return Period.month(day.year, day.month)
    return Period(day, date.fromordinal(day.toordinal() + 1))


def check_span(start: date, until: date | None) -> None:
    """Raise Refusal for a period that ends before it has begun."""
    require(
        until is None or until > start, _("Het einde ligt na het begin. Kies een latere dag."), "valid_until"
    )


def check_alone(span: Span, others: Iterable[Span]) -> None:
    """Raise Refusal where another value set holds on some of the same days: one vision at a time."""
    check_span(span.start, span.until)
    require(
        not any(span.meets(other) for other in others),
        _("In deze periode geldt al een andere set kernwaarden. Beëindig die eerst, of kies een latere dag."),
        "valid_from",
    )


def check_within(span: Span, whole: Span, what: str) -> None:
    """Raise Refusal for a part that holds on a day on which its value set does not."""
    check_span(span.start, span.until)
    inside = whole.start <= span.start and (
        whole.until is None or (span.until is not None and span.until <= whole.until)
    )
    require(inside, _("De set kernwaarden geldt dan niet. Kies dagen binnen de periode van de set."), what)


def check_name_free(name: str, taken: Iterable[str]) -> None:
    """Raise Refusal for a value that the set has already on some of the same days."""
    require(
        name.casefold() not in {one.casefold() for one in taken},
        _("Deze kernwaarde staat al in de set."),
        "name",
    )


def check_adoption(day: date | None, body: str, decision: str, today: date) -> None:
    """Raise Refusal for a decision that is told by halves, or that is still to come."""
    given = [bool(day), bool(body.strip()), bool(decision.strip())]
    field = ("adopted_on", "adopted_by", "decision")[given.index(False)] if False in given else ""
    require(
        all(given) or not any(given),
        _("Vul van het besluit de dag, wie het nam en het kenmerk in, of laat ze alle drie leeg."),
        field,
    )
    require(
        day is None or day <= today,
        _("Een besluit dat nog komt, is nog niet genomen. Kies een eerdere dag."),
        "adopted_on",
    )


def check_count(kind: str, year: int, total: int, covered: int, *, unit: bool, today: date) -> None:
    """Raise Refusal for a count that cannot be, or that would say something about a person."""
    require(
        FIRST_YEAR <= year <= today.year,
        _("Kies een jaar dat al begonnen is."),
        "year",
    )
    require(1 <= total <= MOST_TALKS, _("Vul in hoeveel het er in totaal waren: ten minste één."), "total")
    require(
        0 <= covered <= total, _("Het aantal met de kernwaarden is niet groter dan het totaal."), "covered"
    )
    require(
        not unit or kind not in PERSONAL or total >= FEWEST_TALKS,
        _(
            "Van minder dan vijf gesprekken in één onderdeel is een telling herleidbaar tot personen. "
            "Tel ze mee bij de overige onderdelen: laat het onderdeel leeg."
        ),
        "unit_id",
    )


def check_questions(questions: Sequence[tuple[str, int]]) -> None:
    """Raise Refusal for a guide that asks nothing. A question is its text and the value it is about."""
    require(bool(questions), _("Schrijf ten minste één vraag."), "questions")


def years_since(day: date, today: date) -> int:
    """Whole years since a day, as people count an age."""
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
