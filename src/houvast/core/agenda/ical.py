"""Somebody's calendar as iCalendar (RFC 5545), for a calendar program that fetches it.

It leaves the application, so it holds labels and links alone: nobody's name and no free text. Moments are UTC,
days are days (VALUE=DATE), so that no time zone has to travel along and no change of the clocks moves anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from houvast.core.registry import Dated

PRODUCT = "-//Houvast//Agenda//NL"
REFRESH = timedelta(hours=4)


def calendar(
    name: str, found: Iterable[Dated], *, uid: UUID, stamp: datetime, address: Callable[[str], str]
) -> bytes:
    """The calendar called `name` of the organisation with that uid; `address` makes a path a full address.

    stamp: the moment that the whole is of, the same for every fetch on one day, so that the same content has the
    same bytes.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Europe/Amsterdam")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    for dated in found:
        made.add_component(_event(dated, uid, stamp, address))
    return bytes(made.to_ical())


def _event(dated: Dated, uid: UUID, stamp: datetime, address: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{dated.key}@{uid}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("sequence", dated.version)
    event.add("dtstart", _moment(dated.on))
    if dated.until is not None:
        event.add("dtend", _moment(dated.until))
    event.add("summary", str(dated.label))
    event.add("categories", [str(dated.kind)])
    event.add("url", address(dated.url))
    # Something that ends or falls due takes nobody's time.
    event.add("transp", "TRANSPARENT")
    return event


def _moment(value: date | datetime) -> date | datetime:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def etag(content: bytes) -> str:
    """A mark that is the same as long as the bytes are."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
