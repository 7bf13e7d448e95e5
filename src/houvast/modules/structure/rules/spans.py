"""Spans of days, and the refusals that every change of the structure can meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from houvast.core.orgs.refusal import Refusal


class NotPossible(Refusal):
    """What was asked cannot be so. The text is one sentence that says what to change."""


@dataclass(frozen=True, order=True)
class Span:
    """From a day up to, not including, another; open when `until` is None."""

    start: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a day."""
        return (other.until is None or self.start < other.until) and (
            self.until is None or other.start < self.until
        )

    def within(self, other: Span) -> bool:
        """Whether every day of it lies in the other."""
        ends = other.until is None or (self.until is not None and self.until <= other.until)
        return other.start <= self.start and ends

    def common(self, other: Span) -> Span | None:
        """The days the two share, or None."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.until, other.until) if end is not None]
        return Span(max(self.start, other.start), min(ends, default=None))

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to it."""
        return None if self.until is None else self.until - timedelta(days=1)


def told_day(day: date) -> str:
    """The day as it stands in a sentence on screen, in the language of who reads: 1 mei 2021."""
    return date_format(day, "j F Y")


def check_span(start: date, until: date | None) -> Span:
    """The span. Raises NotPossible when it ends before it has begun."""
    if until is not None and until <= start:
        raise NotPossible(
            _("De einddatum moet na {day} liggen. Pas de begin- of de einddatum aan.").format(
                day=told_day(start)
            )
        )
    return Span(start, until)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as possible, in order."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        last = result[-1] if result else None
        if last is not None and (last.until is None or span.start <= last.until):
            later = last.until is None or span.until is None
            until = None if later else max(last.until, span.until)  # type: ignore[type-var]  # neither is None here
            result[-1] = Span(last.start, until)
        else:
            result.append(span)
    return result


def covered(span: Span, by: Iterable[Span]) -> bool:
    """Whether every day of the span lies in one of the others."""
    return any(span.within(whole) for whole in joined(by))


def boundaries(spans: Iterable[Span], up_to: date | None = None) -> Sequence[date]:
    """The days on which something begins or ends, in order, each once; none after `up_to`."""
    days = {span.start for span in spans} | {span.until for span in spans if span.until}
    return sorted(day for day in days if up_to is None or day <= up_to)
