"""From notices to mail, by the worker: each message is recorded once and handed over at least once.

Three steps, each of which may be cut off: what is to be mailed is recorded, with the notices it is about, in one
transaction; a message is taken on a lease and handed to the mail server; it is marked. Cut off before the second it is
handed over later; cut off before the third it is handed over again, with the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.queries import actor_for
from houvast.core.events.rules import wait_after
from houvast.core.notices.actions import notify
from houvast.core.notices.letters import Letter, Waiting, letter
from houvast.core.notices.models import Notice, OutgoingMessage
from houvast.core.notices.queries import Rule, Wishes, rules, wishes
from houvast.core.notices.rules import (
    BODY_KEPT,
    LEASE,
    MOST_ATTEMPTS,
    NOTICE_KEPT,
    SOON,
    Frequency,
    MessageState,
    key_of,
    message_id,
    reached,
)
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing
from houvast.core.people.models import Person
from houvast.core.registry import Reminded, Task, modules

log = logging.getLogger(__name__)
SUMMARY = "summary"


def everywhere(do: Callable[[Organisation], object]) -> None:
    """Do something for every organisation; what fails in one does not stop the others, and is told at the end."""
    failed: Exception | None = None
    for organisation in Organisation.objects.order_by("pk"):
        try:
            do(organisation)
        except Exception as error:
            # The other organisations must have their turn; the turn as a whole then counts as failed.
            log.exception("Delivery in %s failed", organisation.slug)
            failed = error
    if failed is not None:
        raise failed


# Reminders


def remind(organisation: Organisation, today: date) -> int:
    """Give everybody the reminders whose moment has come; how many were new."""
    actor, given = system_actor(organisation), 0
    with reading(organisation.pk):
        found = [
            (rule, item, moment)
            for rule in rules()
            if rule.is_on
            for item in rule.kind.due(actor)
            if (moment := reached(rule.days, item.due, today)) is not None
        ]
        keys = {_reminder_key(rule, item, moment) for rule, item, moment in found}
        known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [one for one in found if _reminder_key(*one) not in known]
    if not new:
        return 0
    with writing(organisation.pk):
        for rule, item, moment in new:
            made = notify(
                item.person,
                rule.kind.key,
                item.label,
                item.url,
                about=item.subject,
                rule=str(moment),
                due=item.due,
            )
            given += made is not None
    return given


def _reminder_key(rule: Rule, item: Reminded, moment: int) -> str:
    return key_of(item.person, rule.kind.key, item.subject, str(moment), item.due)


# Recording what is to be mailed


def collect(organisation: Organisation) -> int:
    """Record a message for every notice that its person wants at once; how many."""
    with reading(organisation.pk):
        chosen = wishes()
        rows = Notice.objects.filter(settled=False).order_by("pk")
        waiting = list(rows.values_list("pk", "person_id", "kind"))
    number = 0
    for pk, person_id, kind in waiting:
        how = chosen.get(person_id, Wishes()).of(kind)
        if how == Frequency.NEVER:
            _settle(organisation, pk)
        elif how == Frequency.AT_ONCE:
            number += _record_one(organisation, pk)
    return number


def _settle(organisation: Organisation, pk: int) -> None:
    with writing(organisation.pk):
        notice: Notice = Notice.objects.select_for_update(of=("self",)).get(pk=pk)
        notice.settled = True
        notice.save(update_fields=["settled"])


def _record_one(organisation: Organisation, pk: int) -> bool:
    with writing(organisation.pk):
        rows = Notice.objects.select_for_update(of=("self",)).select_related("person__account")
        notice: Notice = rows.get(pk=pk)
        if notice.settled:
            return False
        if notice.read_at is not None or not _is_reachable(notice.person):
            notice.settled = True
            notice.save(update_fields=["settled"])
            return False
        said = letter(organisation, _language(notice.person), [notice])
        identity = (notice.kind, notice.about, notice.rule, notice.due_on)
        _record(organisation, notice.person, identity, said, [notice])
        return True


def _record(
    organisation: Organisation,
    person: Person,
    identity: tuple[str, UUID, str, date | None],
    said: Letter,
    notices: Sequence[Notice],
) -> None:
    kind, about, rule, due = identity
    key = key_of(person.pk, kind, about, rule, due)
    message = OutgoingMessage(
        organisation_id=organisation.pk,
        key=key,
        message_id=message_id(organisation.uid, key, settings.MAIL_DOMAIN),
        person=person,
        kind=kind,
        about=about,
        rule=rule,
        due_on=due,
        subject=said.subject[:200],
        text=said.text,
        html=said.html,
    )
    message.save(force_insert=True)
    for notice in notices:
        notice.settled, notice.message = True, message
        notice.save(update_fields=["settled", "message"])


def _is_reachable(person: Person) -> bool:
    return person.account is not None and person.account.is_active


def _language(person: Person) -> str:
    return person.account.language if person.account else ""


# Summaries


def summarise(organisation: Organisation, today: date) -> int:
    """Record the summaries of the day; how many. Who has nothing to hear gets none."""
    with reading(organisation.pk):
        chosen = wishes()
        people = list(Person.objects.filter(account__is_active=True).select_related("account").order_by("pk"))
    return sum(
        _summary_of(organisation, person, chosen.get(person.pk, Wishes()), how, today)
        for person in people
        for how in (Frequency.DAILY, Frequency.WEEKLY)
        if how == Frequency.DAILY or chosen.get(person.pk, Wishes()).weekday == today.weekday()
    )


def _summary_of(
    organisation: Organisation, person: Person, wish: Wishes, how: Frequency, today: date
) -> bool:
    identity = (SUMMARY, person.uid, str(how), today)
    with reading(organisation.pk):
        if OutgoingMessage.objects.filter(key=key_of(person.pk, *identity)).exists():
            return False
        waiting = _waiting(organisation, person, today) if wish.usual == how else Waiting()
    with writing(organisation.pk):
        rows = Notice.objects.select_for_update(of=("self",)).filter(person=person, settled=False)
        mine = [notice for notice in rows.order_by("at", "pk") if wish.of(notice.kind) == how]
        told = [notice for notice in mine if notice.read_at is None]
        for notice in mine:
            notice.settled = True
            notice.save(update_fields=["settled"])
        if not told and not (waiting.late or waiting.soon):
            return False
        _record(organisation, person, identity, letter(organisation, _language(person), told, waiting), told)
        return True


def _waiting(organisation: Organisation, person: Person, today: date) -> Waiting:
    """The tasks of the person, counted; in the reading under way."""
    assert person.account is not None
    actor = actor_for(person.account, organisation, today)
    if actor is None:
        return Waiting()
    tasks = [task for module in modules() for task in module.tasks(actor)]
    days = [day for task in tasks if (day := _day(task)) is not None]
    late = sum(day < today for day in days)
    return Waiting(late, sum(today <= day <= today + SOON for day in days), len(tasks))


def _day(task: Task) -> date | None:
    return timezone.localtime(task.due).date() if isinstance(task.due, datetime) else task.due


# Handing over


def deliver(organisation: Organisation) -> int:
    """Hand over every message that waits and is due; how many went."""
    number = 0
    while (taken := _take(organisation)) is not None:
        number += _deliver(organisation, taken)
    return number


def _take(organisation: Organisation) -> OutgoingMessage | None:
    skip = connection.features.has_select_for_update_skip_locked
    with writing(organisation.pk):
        now = timezone.now()
        due = OutgoingMessage.objects.filter(state=MessageState.WAITING, not_before__lte=now)
        rows = due.select_for_update(of=("self",), skip_locked=skip).order_by("pk")
        message: OutgoingMessage | None = rows.first()
        if message is not None:
            message.attempts += 1
            message.not_before = now + LEASE
            message.save(update_fields=["attempts", "not_before"])
        return message


def _deliver(organisation: Organisation, taken: OutgoingMessage) -> bool:
    with reading(organisation.pk):
        person = Person.objects.select_related("account").get(pk=taken.person_id)
    if not _is_reachable(person):
        return _mark(organisation, taken, MessageState.FAILED, "NoAddress")
    if not settings.MAIL_URL:
        return _mark(organisation, taken, MessageState.KEPT)
    assert person.account is not None
    try:
        hand_over(taken, person.account.email)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("Message %s was not handed over: %s", taken.uid, type(error).__name__)
        given_up = taken.attempts >= MOST_ATTEMPTS
        state = MessageState.FAILED if given_up else MessageState.WAITING
        return _mark(organisation, taken, state, _told(error))
    return _mark(organisation, taken, MessageState.HANDED)


def _told(error: Exception) -> str:
    """What went wrong, without what the server answered: that may hold an address."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def hand_over(message: OutgoingMessage, to: str) -> None:
    """Give a message to the mail server. Raises OSError or SMTPException where it does not take it."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[to],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(message.html, "text/html")
    mail.send()


def _mark(organisation: Organisation, taken: OutgoingMessage, state: MessageState, error: str = "") -> bool:
    now = timezone.now()
    with writing(organisation.pk):
        row: OutgoingMessage = OutgoingMessage.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if row.state == MessageState.HANDED:
            return False
        row.state, row.error = state, error[:200]
        row.handed_at = now if state == MessageState.HANDED else None
        row.not_before = now + wait_after(taken.attempts) if state == MessageState.WAITING else row.not_before
        row.save()
    return state == MessageState.HANDED


# The worker's turns


def post_turn() -> None:
    """Record what is wanted at once, and hand over what waits."""

    def post(organisation: Organisation) -> None:
        collect(organisation)
        deliver(organisation)

    everywhere(post)


def remind_turn() -> None:
    """Give the reminders of today."""
    everywhere(lambda organisation: remind(organisation, timezone.localdate()))


def summarise_turn() -> None:
    """Record the summaries of today; the next turn of the post hands them over."""
    everywhere(lambda organisation: summarise(organisation, timezone.localdate()))


def tidy_turn() -> None:
    """Forget the words of messages that went, and old notices."""
    everywhere(lambda organisation: forget(organisation, timezone.now()))


def forget(organisation: Organisation, now: datetime) -> None:
    """Forget the words of messages older than fourteen days, and notices older than half a year."""
    with writing(organisation.pk):
        over = OutgoingMessage.objects.exclude(state=MessageState.WAITING).exclude(text="")
        for message in over.filter(created_at__lte=now - BODY_KEPT):
            message.text = message.html = ""
            message.save(update_fields=["text", "html"])
        for notice in Notice.objects.filter(at__lte=now - NOTICE_KEPT):
            notice.delete()
