"""Everything with a date that somebody may see, and whose feed a secret opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone, localtime

from houvast.core.access.actor import Actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.agenda import rules
from houvast.core.agenda.models import CalendarFeed, FeedFetch
from houvast.core.agenda.permissions import FEED
from houvast.core.orgs.models import Organisation
from houvast.core.registry import Dated, modules

FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=400)
"""What a feed holds: from a month ago until over a year ahead."""
SOON = timedelta(days=60)
MOST_SOON = 5


@dataclass(frozen=True)
class Point:
    """Something with a date, with the days that it touches here."""

    dated: Dated
    first: date
    last: date

    @property
    def kind(self) -> str:
        """`<module>.<kind>`, by which one filters."""
        return self.dated.key.partition(":")[0]

    @property
    def at(self) -> datetime | None:
        """The hour, where it has one."""
        return localtime(self.dated.on) if isinstance(self.dated.on, datetime) else None

    @property
    def lasts(self) -> bool:
        """Whether it takes more than one day."""
        return self.last > self.first


def points(actor: Actor, start: date, until: date) -> tuple[Point, ...]:
    """What touches a day from `start` up to `until` and the actor may see, in the order of the days.

    How many queries depends on what the actor may see, not on how much there is.
    """
    found = (_point(dated) for module in modules() for dated in module.dates(actor, start, until))
    return tuple(sorted((one for one in found if one.first < until and one.last >= start), key=_order))


def _point(dated: Dated) -> Point:
    zone = get_current_timezone()
    first = rules.local_day(dated.on, zone)
    return Point(dated, first, rules.last_day(dated.on, dated.until, zone))


def _order(point: Point) -> tuple[date, bool, str, str]:
    """By day; within a day what has no hour first, then by hour, then by name."""
    at = point.at
    hour = at.strftime("%H:%M") if at else ""
    return point.first, at is not None, hour, f"{point.dated.label} {point.dated.about} {point.dated.key}"


def soon(actor: Actor, today: date, shown_already: Iterable[str]) -> tuple[Point, ...]:
    """The next few dates that begin within two months, without those whose page already stands on the day."""
    shown = set(shown_already)
    found = points(actor, today, today + SOON)
    return tuple(one for one in found if one.first >= today and one.dated.url not in shown)[:MOST_SOON]


def kinds(found: Iterable[Point]) -> dict[str, str]:
    """The kinds that occur, by key, with what they are called; in the order of their names."""
    named = {one.kind: str(one.dated.kind) for one in found}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The actor's own feed, if there is one that holds. Who is a guest has none."""
    if actor.person_id is None:
        return None
    found: CalendarFeed | None = CalendarFeed.objects.filter(
        person=actor.person_id, withdrawn_at=None
    ).first()
    return found


def fetched(feed: CalendarFeed) -> FeedFetch | None:
    """When the feed was last fetched."""
    found: FeedFetch | None = FeedFetch.objects.filter(feed=feed).first()
    return found


@dataclass(frozen=True)
class Owner:
    """A feed with the person whose rights it shows, as they are today."""

    feed: CalendarFeed
    actor: Actor


def owner_of(organisation: Organisation, token: str, today: date) -> Owner | None:
    """Whose feed a secret opens, in the organisation in scope; None where nobody's, or no longer.

    No longer: it was withdrawn, the account was closed, or the person holds no role here that allows a feed.
    """
    feed = (
        CalendarFeed.objects.filter(digest=rules.digest_of(token), withdrawn_at=None)
        .select_related("person__account")
        .first()
    )
    account: Account | None = feed.person.account if feed else None
    if feed is None or account is None or not account.is_active:
        return None
    actor = actor_for(account, organisation, today)
    # By way of the account, and only as this very person: a grant opens no feed.
    if actor is None or actor.person_id != feed.person_id or not actor.may_write(FEED):
        return None
    return Owner(feed, actor)
