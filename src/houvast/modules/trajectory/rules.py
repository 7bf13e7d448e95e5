"""What a trajectory is made of: phases in order, gates between them, and what is substantiated. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Period


class Mode(TextChoices):
    """How people met."""

    ONLINE = "online", gettext_lazy("Online")
    ON_SITE = "on_site", gettext_lazy("Op locatie")
    BOTH = "both", gettext_lazy("Online en op locatie")


class PhaseState(TextChoices):
    """How a phase stands on a day."""

    COMING = "coming", gettext_lazy("Toekomstig")
    WAITING = "waiting", gettext_lazy("Wacht op de poort")
    RUNNING = "running", gettext_lazy("Loopt")
    UNGATED = "ungated", gettext_lazy("Begonnen terwijl de poort niet open was")
    ENDED = "ended", gettext_lazy("Afgerond")


class Gate(TextChoices):
    """What was decided about the beginning of a phase."""

    OPEN = "open", gettext_lazy("De fase mag beginnen")
    CLOSED = "closed", gettext_lazy("De fase mag nog niet beginnen")


@dataclass(frozen=True)
class Span:
    """The days of a phase, `until` not included; either may be unknown. `opened`: its gate was decided open."""

    order: int
    start: date | None
    until: date | None
    opened: bool = False

    def state(self, day: date) -> PhaseState:
        """How it stands on a day. The first phase needs no gate."""
        gated = self.order == 1 or self.opened
        if self.start is None or self.start > day:
            return PhaseState.COMING if gated or self.start is None else PhaseState.WAITING
        if self.until is not None and self.until <= day:
            return PhaseState.ENDED
        return PhaseState.RUNNING if gated else PhaseState.UNGATED

    def overlaps(self, other: Span) -> bool:
        """Whether both have a day in common, as far as their days are known."""
        if self.start is None or other.start is None:
            return False
        before = other.until is not None and other.until <= self.start
        after = self.until is not None and self.until <= other.start
        return not before and not after


def check_days(start: Period | None, end: Period | None) -> None:
    """Raise Refusal for an end without beginning, or one that lies before it."""
    if end is not None and start is None:
        raise Refusal(_("Vul ook in wanneer het begint."), "start")
    if start is not None and end is not None and end.until <= start.start:
        raise Refusal(_("Het einde ligt voor het begin."), "end")


def check_phase(span: Span, others: Iterable[Span], overlap: str) -> None:
    """Raise Refusal for a phase that overlaps another without a reason, or stands in another order than its days."""
    for other in others:
        if span.start is not None and other.start is not None and span.order != other.order:
            earlier = span.start < other.start
            if earlier != (span.order < other.order) and span.start != other.start:
                raise Refusal(
                    _(
                        "De fasen staan dan niet meer op volgorde. Fase {order} begint op een andere plaats."
                    ).format(order=other.order),
                    "start",
                )
        if span.overlaps(other) and not overlap:
            raise Refusal(
                _("Deze dagen vallen samen met fase {order}. Kies andere dagen, of geef de reden.").format(
                    order=other.order
                ),
                "overlap",
            )


def check_gate(order: int, on: date, today: date) -> None:
    """Raise Refusal for a decision about the first phase, or on a day to come."""
    if order == 1:
        raise Refusal(_("De eerste fase heeft geen poort: die begint met het traject."))
    if on > today:
        raise Refusal(_("Een besluit van een dag in de toekomst is nog niet genomen."), "on")


def check_closing(closed_on: date, document_on: date, today: date) -> None:
    """Raise Refusal for a milestone that is reached, or shown, on a day to come."""
    if closed_on > today:
        raise Refusal(_("Deze dag moet nog komen. Kies vandaag of eerder."), "closed_on")
    if document_on > today:
        raise Refusal(_("Het stuk kan niet van een dag in de toekomst zijn."), "document_on")


def check_motto(starts: date, current: date | None) -> None:
    """Raise Refusal for a motto that would begin before, or with, the one that holds."""
    if current is not None and starts <= current:
        raise Refusal(_("Het motto dat nu geldt, begon toen al. Kies een latere dag."), "valid_from")


def is_substantiated(indicator: str, document: str) -> bool:
    """Whether a condition has both an indicator and evidence."""
    return bool(indicator and document)


def explained_by(day: date, circumstances: Iterable[tuple[str, date, date | None]]) -> Iterator[str]:
    """The circumstances that were there on a day, and so may explain what went otherwise."""
    return (name for name, start, until in circumstances if start <= day and (until is None or day < until))
