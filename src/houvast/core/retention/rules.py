"""When the time of a record is over, and which step of a destruction list follows which."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.refusal import Refusal

DESTROYED: Final = "[vernietigd]"
"""What stands in the place of a text that was destroyed."""
LARGEST_LIST: Final = 500
"""So many records stand on a list at most: two people have to look at them. The rest comes on the next."""
LONGEST_TERM: Final = 150
"""The longest term in years; what stays longer stays for ever."""


class ListStatus(TextChoices):
    """Where a destruction list stands (status)."""

    DRAFT = "draft", _("Te beoordelen")
    PROPOSED = "proposed", _("Voorgelegd")
    APPROVED = "approved", _("Goedgekeurd")
    EXECUTED = "executed", _("Uitgevoerd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class Result(TextChoices):
    """What became of a record on a list when it was carried out (uitkomst)."""

    DESTROYED = "destroyed", _("Vernietigd")
    EXCLUDED = "excluded", _("Uitgezonderd")
    HELD = "held", _("Vernietiging stopgezet")
    NOT_DUE = "not_due", _("Niet meer aan de beurt")


class Manner(TextChoices):
    """How a row was destroyed (wijze)."""

    REDACTED = "redacted", _("Inhoud gewist, de regel telt nog mee")
    REMOVED = "removed", _("Geheel verwijderd")


STEPS: Final[dict[ListStatus, frozenset[ListStatus]]] = {
    ListStatus.DRAFT: frozenset({ListStatus.PROPOSED, ListStatus.WITHDRAWN}),
    ListStatus.PROPOSED: frozenset({ListStatus.APPROVED, ListStatus.WITHDRAWN}),
    ListStatus.APPROVED: frozenset({ListStatus.EXECUTED}),
    ListStatus.EXECUTED: frozenset(),
    ListStatus.WITHDRAWN: frozenset(),
}
OPEN: Final = frozenset(status for status, after in STEPS.items() if after)


def check_step(now: ListStatus, then: ListStatus) -> ListStatus:
    """The status after the step. Raises Refusal where it does not follow."""
    if then not in STEPS[now]:
        raise Refusal(_("Deze stap kan niet: de lijst heeft de status ‘%(status)s’.") % {"status": now.label})
    return then


def due_on(start: date, years: int, *, end_of_year: bool) -> date:
    """The first day on which a record may be destroyed: so many years after its start, or after that year.

    29 February counts to 1 March where the later year has no such day: kept a day longer, never shorter.
    """
    if end_of_year:
        return date(start.year + years + 1, 1, 1)
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def latest_start(day: date, years: int, *, end_of_year: bool) -> date:
    """The last start of which the time is over on the day: `due_on(start) <= day` holds up to and including it."""
    if end_of_year:
        return date(max(day.year - years - 1, 1), 12, 31)
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def require_text(text: str, sentence: object) -> str:
    """The text without the space around it. Raises Refusal with the sentence where nothing is left."""
    if not (kept := text.strip()):
        raise Refusal(str(sentence))
    return kept


def check_term(years: int | None) -> int | None:
    """The term in years, None for ever. Raises Refusal for one that cannot be."""
    if years is not None and not 0 <= years <= LONGEST_TERM:
        raise Refusal(
            _("Kies een termijn van 0 tot en met %(most)s jaar, of blijvend.") % {"most": LONGEST_TERM}
        )
    return years
