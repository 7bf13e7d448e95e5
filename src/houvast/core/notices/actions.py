"""Giving somebody a notice, reading it, and choosing what is mailed and when people are reminded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.notices.models import MailPreference, Notice, OutgoingMessage, ReminderRule
from houvast.core.notices.permissions import MANAGE, RECEIVE
from houvast.core.notices.queries import kind_labels, notices_of, reminder_kinds
from houvast.core.notices.rules import (
    LONGEST_AFTER,
    LONGEST_BEFORE,
    MOST_DAYS,
    Frequency,
    MessageState,
    key_of,
)
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.marks import new_uid
from houvast.core.orgs.scope import current_organisation_id, current_writing, writing


class Refusal(ValueError):  # noqa: N818  it is an answer, not a fault
    """It cannot be so; the Dutch sentence says why."""


def notify(
    person_id: int,
    kind: str,
    subject: str,
    url: str,
    *,
    about: UUID | None = None,
    rule: str = "",
    due: date | None = None,
) -> Notice | None:
    """Give a person a notice, within the action under way: it is there after the commit, or not at all.

    subject: one sentence for the page of notices; no mail repeats it. url: a page of this application, from `/`.
    about, rule, due: given again for the same person and kind they make no second notice, and None is answered;
    without `about` every call makes one. Raises WriteOutsideAction outside an action.
    """
    current_writing()
    if kind not in kind_labels():
        raise LookupError(kind)
    if not url.startswith("/"):
        raise ValueError(url)
    subject_of = about or new_uid()
    key = key_of(person_id, kind, subject_of, rule, due)
    found, is_new = Notice.objects.get_or_create(
        organisation_id=current_organisation_id(),
        key=key,
        defaults={
            "person_id": person_id,
            "kind": kind,
            "subject": subject[:300],
            "url": url,
            "about": subject_of,
            "rule": rule,
            "due_on": due,
        },
    )
    return found if is_new else None


def mark_read(actor: Actor, *, at: datetime, uid: UUID | None = None) -> list[Notice]:
    """Note that the actor has read one notice, or all; those that were unread.

    Raises NotPermitted; Notice.DoesNotExist for a notice of somebody else.
    """
    actor.require_write(RECEIVE)
    with writing(actor.organisation.pk):
        rows = notices_of(actor).select_for_update(of=("self",))
        found = [rows.get(uid=uid)] if uid else list(rows.filter(read_at__isnull=True))
        unread = [notice for notice in found if notice.read_at is None]
        for notice in unread:
            notice.read_at = at
            notice.save(update_fields=["read_at"])
        return unread


@action("notices.choose", permission=RECEIVE)
def choose(
    actor: Actor, *, usual: Frequency, weekday: int, kinds: Mapping[str, str], expected_version: int
) -> MailPreference:
    """Choose what is mailed to oneself. Raises Refusal for who is no person here, and Conflict."""
    if actor.person_id is None:
        raise Refusal(_("Alleen wie in deze organisatie werkt, krijgt hier meldingen."))
    rows = MailPreference.objects.select_for_update(of=("self",))
    row: MailPreference | None = rows.filter(person_id=actor.person_id).first()
    if row is not None and row.version != expected_version:
        raise Conflict(row)
    row = row or MailPreference(person_id=actor.person_id)
    known = kind_labels()
    # What is as usual is not noted, so that it goes along when what is usual changes.
    own = {kind: how for kind, how in sorted(kinds.items()) if kind in known and how in Frequency.values}
    row.usual, row.weekday, row.kinds = usual, weekday, own
    row.save()
    record(row, usual=usual, weekday=weekday, kinds=own)
    return row


@action("notices.set_rule", permission=MANAGE)
def set_rule(
    actor: Actor, *, kind: str, days: Iterable[int], is_on: bool, expected_version: int
) -> ReminderRule:
    """Say when people are reminded of a kind of thing. Raises Refusal and Conflict."""
    if kind not in reminder_kinds():
        raise Refusal(_("Deze soort herinnering bestaat niet."))
    told = sorted(set(days), reverse=True)
    if is_on and not told:
        raise Refusal(_("Geef ten minste één dag, of zet de herinnering uit."))
    if len(told) > MOST_DAYS:
        raise Refusal(_("Kies ten hoogste %(number)s dagen.") % {"number": MOST_DAYS})
    if any(not -LONGEST_AFTER <= day <= LONGEST_BEFORE for day in told):
        raise Refusal(
            _("Kies ten hoogste %(before)s dagen ervoor en %(after)s dagen erna.")
            % {"before": LONGEST_BEFORE, "after": LONGEST_AFTER}
        )
    rows = ReminderRule.objects.select_for_update(of=("self",))
    row: ReminderRule | None = rows.filter(kind=kind).first()
    if row is not None and row.version != expected_version:
        raise Conflict(row)
    row = row or ReminderRule(kind=kind)
    row.days, row.is_on = told, is_on
    row.save()
    record(row, kind=kind, days=told, is_on=is_on)
    return row


def send_again(actor: Actor, *, uid: UUID, at: datetime) -> OutgoingMessage:
    """Have a message that failed tried again, under the same Message-ID.

    Raises NotPermitted, OutgoingMessage.DoesNotExist, and Refusal for one that did not fail or has no words left.
    """
    actor.require_write(MANAGE)
    with writing(actor.organisation.pk):
        row: OutgoingMessage = OutgoingMessage.objects.select_for_update(of=("self",)).get(uid=uid)
        if row.state != MessageState.FAILED or not row.text:
            raise Refusal(_("Alleen een bericht dat mislukte en nog bewaard is, kan opnieuw."))
        row.state, row.attempts, row.error, row.not_before = MessageState.WAITING, 0, "", at
        row.save()
        return row
