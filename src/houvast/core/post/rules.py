"""When something may go out, and what proves that it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.refusal import Refusal


class Channel(TextChoices):
    """The way something goes out (kanaal)."""

    LETTER = "letter", gettext_lazy("Brief")
    EMAIL = "email", gettext_lazy("E-mail")
    PORTAL = "portal", gettext_lazy("Portaal of berichtenbox")


ELECTRONIC = (Channel.EMAIL, Channel.PORTAL)


class DispatchState(TextChoices):
    """How a piece of outgoing post (poststuk) stands."""

    DRAFT = "draft", gettext_lazy("Concept")
    DISPATCHED = "dispatched", gettext_lazy("Verzonden")
    RETURNED = "returned", gettext_lazy("Teruggekomen")


@dataclass(frozen=True)
class Consent:
    """When somebody made known to be reachable by a channel, and until when that held."""

    channel: str
    given_on: date
    withdrawn_on: date | None = None

    def holds(self, channel: str, day: date) -> bool:
        """Whether it covers a message by that channel on that day; from the day of withdrawal on no more."""
        return (
            self.channel == channel
            and self.given_on <= day
            and (self.withdrawn_on is None or day < self.withdrawn_on)
        )


MODERNISED = date(2026, 1, 1)
"""From this day the Wet modernisering elektronisch bestuurlijk verkeer holds (Stb. 2023, 183)."""


def consent_source(day: date) -> str:
    """The article that asks consent for an electronic message on a day."""
    return "Awb art. 2:8" if day >= MODERNISED else "Awb art. 2:14 lid 1"


def require_consent(channel: str, consent: Consent | None, day: date) -> None:
    """Raise Refusal for an electronic message to who did not make known to be reachable so.

    Awb art. 2:14 lid 1; from 2026 on art. 2:8, which asks it expressly and for the kind of message.
    """
    if channel in ELECTRONIC and (consent is None or not consent.holds(channel, day)):
        raise Refusal(
            _(
                "De geadresseerde heeft voor deze dag niet kenbaar gemaakt langs deze weg bereikbaar te zijn "
                "(%(source)s). Verstuur een brief, of leg eerst de instemming vast."
            )
            % {"source": consent_source(day)}
        )


def require_dispatch(*, day: date, drafted_on: date, today: date, has_proof: bool) -> None:
    """Raise Refusal where the day of dispatch cannot be, or nothing proves it."""
    if day > today:
        raise Refusal(_("De dag van verzending ligt in de toekomst. Leg haar vast als het verzonden is."))
    if day < drafted_on:
        raise Refusal(_("De dag van verzending ligt voor de dag van het concept."))
    if not has_proof:
        raise Refusal(
            _(
                "Zonder bewijs geen dag van verzending: geef het kenmerk van de verzending, of bewaar wat er is "
                "verzonden."
            )
        )


def require_return(*, day: date, dispatched_on: date, today: date, reason: str) -> None:
    """Raise Refusal where something cannot have come back that day, or without a reason."""
    if not dispatched_on <= day <= today:
        raise Refusal(_("Kies een dag vanaf de verzending tot en met vandaag."))
    if not reason.strip():
        raise Refusal(_("Geef de reden waarom het terugkwam."))
