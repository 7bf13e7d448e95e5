"""Who may adopt what, and when: judged on what is known of a year. No query, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.refusal import Refusal
from houvast.core.registry import Obstacle

LONGEST_REFERENCE = 120
LONGEST_TEXT = 4000


class Body(TextChoices):
    """The bodies (bestuursorganen) that adopt: the college first, then the raad. Gemeentewet art. 197 and 198."""

    COLLEGE = "college", gettext_lazy("college van burgemeester en wethouders")
    RAAD = "raad", gettext_lazy("gemeenteraad")


class Outcome(TextChoices):
    """What the second person says of a correction (uitkomst)."""

    CONFIRMED = "confirmed", gettext_lazy("Bevestigd")
    REJECTED = "rejected", gettext_lazy("Afgewezen")


class Answer(TextChoices):
    """What is answered to a requirement (antwoord)."""

    DONE = "done", gettext_lazy("Gedaan")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("Niet van toepassing")


class NotYet(Refusal):
    """The chapter cannot be adopted yet; carries everything that stands in the way."""

    def __init__(self, obstacles: Iterable[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        sentences = " ".join(str(one.sentence) for one in self.obstacles)
        super().__init__(_("Vaststellen kan nog niet. %(why)s") % {"why": sentences})


@dataclass(frozen=True)
class Decided:
    """A decision of a body about an edition, as far as the rules ask."""

    body: str
    decided_on: date


@dataclass(frozen=True)
class Standing:
    """How far a year is (stand): the newest edition, what was decided of it, whether its text is open again.

    offered_by, offered_sha256: of the offer that is newer than the edition; None and empty without one.
    """

    year: int
    edition: int = 0
    decided: tuple[Decided, ...] = ()
    reopened: bool = False
    prepared_by: int | None = None
    offered_sha256: str = ""
    offered_by: int | None = None

    @property
    def adopted_by_council(self) -> bool:
        return any(one.body == Body.RAAD for one in self.decided)

    @property
    def closed(self) -> bool:
        """Whether text and facts may no longer change."""
        return self.edition > 0 and (self.adopted_by_council or not self.reopened)

    @property
    def next_body(self) -> Body | None:
        """Who decides next; None when there is nothing left to decide."""
        if self.adopted_by_council:
            return None
        return Body.RAAD if self.edition else Body.COLLEGE


def require_open(standing: Standing) -> None:
    """Raise Refusal when the year is adopted: what is wrong since then becomes a correction."""
    if standing.closed:
        raise Refusal(
            _(
                "De paragraaf van %(year)s is vastgesteld; tekst en feiten liggen vast. Een fout wordt een correctie."
            )
            % {"year": standing.year}
        )


def require_closed(standing: Standing) -> None:
    """Raise Refusal while there is nothing adopted to correct."""
    if not standing.closed:
        raise Refusal(
            _("De paragraaf van %(year)s is niet vastgesteld. Verbeter de tekst of het feit zelf.")
            % {"year": standing.year}
        )


def freezes(standing: Standing, *, amended: bool) -> bool:
    """Whether an adoption makes an edition, rather than being about the one there is.

    Raises Refusal for an amendment of a text that was never opened for one.
    """
    if amended and standing.closed:
        raise Refusal(
            _("Open de tekst eerst voor het amendement, en laat haar daarna opnieuw aanbieden."), "amended"
        )
    return amended or not standing.edition


def require_decision(standing: Standing, body: str, decided_on: date, today: date) -> None:
    """Raise Refusal for a decision that cannot follow on what was decided before."""
    if standing.adopted_by_council:
        raise Refusal(
            _(
                "De raad heeft de paragraaf van %(year)s al vastgesteld. Wat daarna blijkt, wordt een correctie."
            )
            % {"year": standing.year}
        )
    if body == Body.RAAD and not standing.edition:
        raise Refusal(_("Eerst stelt het college vast, dan de raad."), "body")
    if body == Body.COLLEGE and standing.edition:
        raise Refusal(_("Het college heeft deze editie al vastgesteld; nu is de raad aan de beurt."), "body")
    if decided_on > today:
        raise Refusal(_("De dag van het besluit ligt in de toekomst."), "decided_on")
    if decided_on <= date(standing.year, 12, 31):
        raise Refusal(
            _("Het verslagjaar was toen nog niet voorbij; een besluit over %(year)s is van na 31 december.")
            % {"year": standing.year},
            "decided_on",
        )
    earlier = max((one.decided_on for one in standing.decided), default=decided_on)
    if decided_on < earlier:
        raise Refusal(_("Dit besluit ligt voor het vorige besluit over deze tekst."), "decided_on")


def require_reference(reference: str) -> str:
    """The reference of a decision. Raises Refusal without one, or for one that is too long."""
    reference = reference.strip()
    if not reference:
        raise Refusal(_("Vul het kenmerk van het besluit in."), "reference")
    if len(reference) > LONGEST_REFERENCE:
        raise Refusal(
            _("Het kenmerk is te lang: %(most)s tekens is het meeste.") % {"most": LONGEST_REFERENCE},
            "reference",
        )
    return reference


def require_text(text: str, sentence: str, field: str) -> str:
    """A text that has to be there. Raises Refusal with the sentence, or for one that is too long."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refusal(sentence, field)
    if len(text) > LONGEST_TEXT:
        raise Refusal(
            _("De tekst is te lang: %(most)s tekens is het meeste.") % {"most": LONGEST_TEXT}, field
        )
    return text


def require_offer(standing: Standing, sha256: str) -> None:
    """Raise Refusal unless what would be frozen is what was offered."""
    if not standing.offered_sha256:
        raise Refusal(
            _("De tekst is nog niet ter vaststelling aangeboden. De controller of redacteur doet dat eerst.")
        )
    if standing.offered_sha256 != sha256:
        raise Refusal(
            _(
                "Sinds het aanbieden is er iets veranderd, in de tekst of in de rijen achter een feit. Laat de "
                "paragraaf opnieuw aanbieden, zodat vaststaat waarover is besloten."
            )
        )


@dataclass(frozen=True, kw_only=True)
class CorrectionEntry:
    """A correction (correctie) as somebody enters it: about one claim or one section.

    value: the right raw value, where the claim has another one; None when only words are corrected.
    """

    text: str
    claim_key: str = ""
    section: str = ""
    value: object = None
    reference: str = ""
    decided_on: date | None = None
