"""How often one address may be fetched, counted for all processes of the installation together."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache

from houvast.core.agenda.rules import FETCHES_AN_HOUR

HOUR = 3600


def may_fetch(digest: str, now: datetime) -> bool:
    """Whether the address may be fetched once more in this hour, and counts it if so."""
    key = f"agenda:{digest}:{int(now.timestamp()) // HOUR}"
    fetched = int(cache.get(key, 0))
    if fetched >= FETCHES_AN_HOUR:
        return False
    cache.set(key, fetched + 1, HOUR)
    return True
