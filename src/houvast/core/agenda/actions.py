"""Making and withdrawing the address of a feed; and what is remembered without being in the trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.agenda.models import CalendarFeed, FeedFetch, LastLook
from houvast.core.agenda.permissions import FEED
from houvast.core.agenda.rules import digest_of
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditHead
from houvast.core.orgs.scope import writing
from houvast.core.people.models import Person

NOTED_AGAIN = timedelta(minutes=5)
"""Fetches that follow each other faster are noted as one."""


@action("agenda.make_feed", permission=FEED)
def make_feed(actor: Actor, *, token: str, at: datetime) -> CalendarFeed:
    """Give the actor's calendar a new secret address; one that there was stops working at once.

    Raises NotPermitted for who is no person of the organisation.
    """
    person_id = _own(actor)
    _withdraw(person_id, at)
    feed = CalendarFeed(person_id=person_id, digest=digest_of(token))
    feed.save()
    record(feed, person=feed.person, digest=feed.digest)
    return feed


@action("agenda.withdraw_feed", permission=FEED)
def withdraw_feed(actor: Actor, *, at: datetime) -> None:
    """Let the actor's feed stop. Raises CalendarFeed.DoesNotExist where there is none, and NotPermitted."""
    if not _withdraw(_own(actor), at):
        raise CalendarFeed.DoesNotExist


def _own(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotPermitted(FEED)
    return actor.person_id


def _withdraw(person_id: int, at: datetime) -> bool:
    # Two tabs that ask at once wait for each other at the person.
    Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    feed = CalendarFeed.objects.filter(person=person_id, withdrawn_at=None).first()
    if feed is None:
        return False
    feed.withdrawn_at = at
    feed.save(update_fields=["withdrawn_at"])
    record(feed, withdrawn_at=at)
    return True


def note_fetch(actor: Actor, *, feed: CalendarFeed, at: datetime) -> None:
    """Remember that the feed was fetched."""
    with writing(actor.organisation.pk):
        seen, new = FeedFetch.objects.get_or_create(
            organisation_id=actor.organisation.pk, feed=feed, defaults={"at": at}
        )
        if not new and at - seen.at >= NOTED_AGAIN:
            seen.at, seen.number = at, seen.number + 1
            seen.save(update_fields=["at", "number"])


def note_look(actor: Actor, *, number: int, at: datetime) -> None:
    """Remember that the actor has read what changed up to that entry. Raises NotPermitted for a guest."""
    person_id = _own(actor)
    with writing(actor.organisation.pk):
        # Nobody has read what is not there yet.
        number = min(number, AuditHead.objects.values_list("number", flat=True).first() or 0)
        look, new = LastLook.objects.get_or_create(
            organisation_id=actor.organisation.pk, person_id=person_id, defaults={"number": number, "at": at}
        )
        if not new and number > look.number:
            look.number, look.at = number, at
            look.save(update_fields=["number", "at"])
