"""What a commitment is, how it goes on, and when it is settled. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.rules import LAST_DAY

LONGEST_QUOTE: Final = 2_000


class CommitmentKind(TextChoices):
    """Who was told that it will be done: everybody in the chapter, or the council by name; a wish binds nobody."""

    INTENTION = "intention", gettext_lazy("Voornemen")
    PLEDGE = "pledge", gettext_lazy("Toezegging aan de raad")
    WISH = "wish", gettext_lazy("Wens")


class Settlement(TextChoices):
    """What settles it."""

    RESULT = "result", gettext_lazy("Een resultaat met bewijs")
    DOCUMENT = "document", gettext_lazy("Alleen een verzonden stuk")


class Status(TextChoices):
    """How it stands."""

    OPEN = "open", gettext_lazy("Open")
    STARTED = "started", gettext_lazy("Gestart")
    PARTLY = "partly", gettext_lazy("Deels gerealiseerd")
    DONE = "done", gettext_lazy("Gerealiseerd")
    LAPSED = "lapsed", gettext_lazy("Vervallen")
    POSTPONED = "postponed", gettext_lazy("Doorgeschoven")


FINAL: Final = frozenset({Status.DONE, Status.LAPSED})
"""Nothing comes after these: in no later chapter is there anything to answer."""

_ENDS: Final = frozenset({Status.PARTLY, Status.DONE, Status.LAPSED, Status.POSTPONED})
TRANSITIONS: Final[dict[Status, frozenset[Status]]] = {
    Status.OPEN: _ENDS | {Status.STARTED},
    Status.STARTED: _ENDS,
    Status.PARTLY: _ENDS - {Status.PARTLY},
    Status.POSTPONED: _ENDS | {Status.STARTED},
    Status.DONE: frozenset(),
    Status.LAPSED: frozenset(),
}


def plain(text: str) -> str:
    """A passage as it is compared with the chapter: spaces, kinds of quotation marks and ĳ do not matter."""
    folded = text.replace("\u0133", "ij").translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(folded.split()).casefold()


def check_quote(quote: str, section_text: str) -> None:
    """Raise Refusal for a passage that the section of the chapter does not hold."""
    if plain(quote) not in plain(section_text):
        raise Refusal(
            _("Deze woorden staan niet in dit onderdeel. Neem ze letterlijk over uit de tekst."), "quote"
        )


def check_owner(kind: str, *owners: int | None) -> None:
    """Raise Refusal for two owners, and for none where somebody bound themselves to it."""
    named = sum(1 for owner in owners if owner is not None)
    if named > 1:
        raise Refusal(_("Kies één eigenaar: een onderdeel, een functie of een persoon."), "owner_unit_id")
    if not named and kind != CommitmentKind.WISH:
        raise Refusal(
            _(
                "Kies een eigenaar. Alleen een wens kan zonder; die staat dan in de lijst als wens zonder actie."
            ),
            "owner_unit_id",
        )


@dataclass(frozen=True, kw_only=True)
class Stand:
    """How a commitment stands, as somebody tells it.

    on: the day, or the first day of the month or quarter that `said` names. note: what was done, or why not.
    decided_by, decision: who let it lapse or put it off, and in which decision. postponed_to: the year of the chapter
    that answers it then. document, document_on, place: a piece that shows it. claim_key: a claim of the chapter that
    shows it. answers: the year of the chapter in which this is the answer.
    """

    status: Status
    on: date
    said: str = ""
    note: str = ""
    decided_by: str = ""
    decision: str = ""
    postponed_to: int | None = None
    document: str = ""
    document_on: date | None = None
    place: str = ""
    claim_key: str = ""
    answers: int | None = None


@dataclass(frozen=True)
class Course:
    """What went before: the status on the day of the new stand, and whether a later stand is known already."""

    now: Status
    later: bool = False


def check_stand(
    stand: Stand, course: Course, *, made_in: int, settlement: str, has_file: bool, today: date
) -> None:
    """Raise Refusal for a stand that cannot follow, on a day that cannot be, or without what it needs."""
    _check_day(stand, made_in, today)
    _check_step(stand, course)
    for field, sentence in _missing(stand, settlement, has_file=has_file):
        raise Refusal(sentence, field)
    if stand.document_on and stand.document_on > today:
        raise Refusal(_("Een stuk van een dag in de toekomst kan nog niet verzonden zijn."), "document_on")
    if stand.postponed_to is not None and not stand.on.year < stand.postponed_to <= LAST_DAY.year:
        raise Refusal(
            _("Doorschuiven kan naar een later jaar dan {year}.").format(year=stand.on.year), "postponed_to"
        )


def _check_day(stand: Stand, made_in: int, today: date) -> None:
    if stand.on > today:
        raise Refusal(_("Deze dag moet nog komen. Kies vandaag of eerder."), "moment")
    if stand.on.year < made_in:
        raise Refusal(
            _("Het voornemen staat in de paragraaf van {year}. Kies een dag in dat jaar of later.").format(
                year=made_in
            ),
            "moment",
        )
    if stand.answers is None:
        return
    if stand.answers <= made_in:
        raise Refusal(
            _("De paragraaf van {year} antwoordt op een voornemen van dat jaar nog niet.").format(
                year=made_in
            ),
            "answers",
        )
    if stand.on.year > stand.answers:
        raise Refusal(
            _(
                "De paragraaf van {year} vertelt hoe het eind {year} stond. Kies een dag in dat jaar of eerder."
            ).format(year=stand.answers),
            "moment",
        )


def _check_step(stand: Stand, course: Course) -> None:
    unchanged = stand.status == course.now
    if unchanged and stand.answers is not None:
        return
    if course.later:
        raise Refusal(
            _("Er is al een latere stand vastgelegd. Op deze dag kan alleen nog: {status}.").format(
                status=course.now.label
            ),
            "moment",
        )
    if unchanged:
        raise Refusal(
            _("Zo stond het al. Kies wat er is veranderd, of geef een antwoord voor een jaar."), "status"
        )
    if stand.status not in TRANSITIONS[course.now]:
        raise Refusal(
            _("Van ‘{now}’ gaat het niet naar ‘{then}’.").format(
                now=course.now.label, then=stand.status.label
            ),
            "status",
        )


def _missing(stand: Stand, settlement: str, *, has_file: bool) -> Iterator[tuple[str, str]]:
    """What a stand of that status still lacks: the field, and the sentence."""
    if stand.status is Status.OPEN and not stand.note:
        yield "note", _("Vertel waarom er nog niets is gedaan.")
    if stand.status is Status.LAPSED and not stand.note:
        yield "note", _("Geef de reden waarom het vervalt.")
    if stand.status in {Status.LAPSED, Status.POSTPONED} and not stand.decided_by:
        yield "decided_by", _("Vul in wie dit besloot.")
    if stand.status is Status.POSTPONED and not stand.decision:
        yield "decision", _("Noem het besluit waarmee het is doorgeschoven.")
    if stand.status is Status.POSTPONED and stand.postponed_to is None:
        yield "postponed_to", _("Vul in naar welk jaar het doorschuift.")
    if stand.status in {Status.PARTLY, Status.DONE}:
        yield from _proof_missing(stand, settlement, has_file=has_file)


def _proof_missing(stand: Stand, settlement: str, *, has_file: bool) -> Iterator[tuple[str, str]]:
    if stand.status is Status.DONE and settlement == Settlement.DOCUMENT:
        if not stand.document or stand.document_on is None:
            yield (
                "document",
                _("Dit is alleen afgedaan met een verzonden stuk: vul de titel en de dag van verzending in."),
            )
        elif not stand.place and not has_file:
            yield "place", _("Noem het registratienummer van het stuk, of voeg het eerst als bijlage toe.")
    elif not stand.document and not stand.claim_key and not has_file:
        yield (
            "document",
            _("Geef bewijs: een stuk, een feit uit de paragraaf, of voeg eerst een bijlage toe."),
        )


def is_late(status: str, due_until: date | None, today: date) -> bool:
    """Whether the term went by and it is not settled."""
    return due_until is not None and due_until <= today and Status(status) not in FINAL
