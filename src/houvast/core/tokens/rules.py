"""What a token looks like, how long it may last, and which rights may be in it. No query, no clock."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

PREFIX: Final = "hv_"
"""Lets people, and programs that look for secrets in files, recognise a token of Houvast."""
RANDOM_BYTES: Final = 32
SHOWN: Final = 7
"""So many signs stay readable in the list, for recognition; the rest is known to nobody."""
_SHAPE: Final = re.compile(r"hv_[A-Za-z0-9_-]{43}", re.ASCII)


class Refusal(ValueError):  # noqa: N818  it is an answer, not a fault
    """What is asked cannot be; the Dutch sentence says why. `field` is the answer to change."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def is_token(text: str) -> bool:
    """Whether the text has the shape of a token."""
    return _SHAPE.fullmatch(text) is not None


def digest_of(token: str) -> str:
    """What is kept of a token: SHA-256, hexadecimal. A slow hash adds nothing to 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def latest_day(today: date) -> date:
    """The last day that a token made today can work: a year on."""
    return today + timedelta(days=365)


def require_scopes(scopes: Collection[str], allowed: Collection[str]) -> None:
    """Raise Refusal for a token without rights, or with one that its maker cannot give it."""
    if not scopes:
        raise Refusal(_("Kies ten minste één recht. Zonder recht kan het programma niets."), "scopes")
    if not set(scopes) <= set(allowed):
        raise Refusal(
            _("Een programma kan niet meer dan u zelf. Kies uit de rechten die hier staan."), "scopes"
        )


def require_end(last_day: date, today: date) -> None:
    """Raise Refusal for a token that is over already, or lasts longer than a year."""
    if not today <= last_day <= latest_day(today):
        raise Refusal(_("Kies een dag van vandaag tot en met een jaar na vandaag."), "last_day")
