"""How often a form is taken from one address and in all, over every process of the installation.

An address is counted as a digest and for a quarter of an hour; of IPv6 the first 64 bits count, which is what one
visitor is given. Behind a proxy the address is the visitor's own where HOUVAST_TRUSTED_PROXY names that proxy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.http import HttpRequest

from houvast.core.access.attempts import Attempts
from houvast.core.orgs.scope import writing


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds."""

    times: int
    seconds: int


PER_ADDRESS = Limit(10, 15 * 60)
PER_FORM = Limit(300, 60 * 60)


class TooMany(Exception):  # noqa: N818  it is an answer, not a fault
    """The form was sent too often. Carries the moment from which it is taken again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def visitor(address: str) -> str:
    """Whom an address stands for: itself, or of IPv6 the network of 64 bits. What is no address is one visitor."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((found, 64), strict=False))


def count(request: HttpRequest, organisation_id: int, form: str) -> None:
    """Count one sending of a form. Raises TooMany past a limit; what was sent too often does not count for all."""
    attempts = caches["default"]
    assert isinstance(attempts, Attempts)
    who = visitor(request.META.get("REMOTE_ADDR", ""))
    # A page is read-only; counting is a short transaction of its own.
    with writing(organisation_id):
        for limit, key in (
            (PER_ADDRESS, f"public:{organisation_id}:{form}:{who}"),
            (PER_FORM, f"public:{organisation_id}:{form}"),
        ):
            times, until = attempts.count(key, limit.seconds)
            if times > limit.times:
                break
        else:
            return
    raise TooMany(until)
