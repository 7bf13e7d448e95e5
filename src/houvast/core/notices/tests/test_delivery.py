"""What is mailed to whom, when, once; and nothing of what stands in a record."""

from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.notices import actions, delivery
from houvast.core.notices.models import Notice, OutgoingMessage
from houvast.core.notices.rules import MOST_ATTEMPTS, Frequency
from houvast.core.notices.tests.conftest import ABOUT, KIND, OTHER, REMINDER, day, tell
from houvast.core.orgs.scope import reading, writing
from houvast.core.registry import Task

pytestmark = pytest.mark.django_db


def wants(actor, usual, *, weekday=0, **kinds):
    actions.choose(actor, usual=usual, weekday=weekday, kinds=kinds.get("kinds", {}), expected_version=0)


def sent(here):
    with reading(here.pk):
        return [
            (row.state, row.attempts, row.error, row.kind) for row in OutgoingMessage.objects.order_by("pk")
        ]


def notices(here):
    with reading(here.pk):
        return list(Notice.objects.order_by("pk"))


def let_time_pass(here):
    with writing(here.pk):
        for row in OutgoingMessage.objects.filter(state="waiting"):
            row.not_before = timezone.now()
            row.save()


def words(mail):
    """Subject, and both bodies, as a person reads them."""
    parts = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]
    bodies = [part.replace("\r\n", "\n") for part in parts]
    return str(make_header(decode_header(mail["Subject"]))), *bodies


# Reminders


def test_a_reminder_comes_at_each_moment_of_its_rule_and_once(diemen, somebody, calendar):
    calendar.add(somebody.person_id, day(20))
    given = [delivery.remind(diemen, day(number)) for number in (12, 13, 13, 14, 19, 20, 21, 22)]
    assert given == [0, 1, 0, 0, 1, 0, 1, 0]
    assert [(row.kind, row.rule, row.due_on) for row in notices(diemen)] == [
        (REMINDER, moment, day(20)) for moment in ("7", "1", "-1")
    ]


def test_after_days_without_a_worker_only_the_last_reminder_comes(diemen, somebody, calendar):
    calendar.add(somebody.person_id, day(2))
    assert delivery.remind(diemen, day(31)) == 1
    assert [row.rule for row in notices(diemen)] == ["-1"]


def test_another_day_or_another_thing_is_another_reminder(diemen, somebody, calendar):
    calendar.add(somebody.person_id, day(20))
    delivery.remind(diemen, day(13))
    calendar.due.clear()
    calendar.add(somebody.person_id, day(21))
    calendar.add(somebody.person_id, day(20), about=uuid4())
    assert delivery.remind(diemen, day(14)) == 2


def test_a_rule_that_is_off_reminds_nobody(diemen, somebody, calendar):
    calendar.add(somebody.person_id, day(20))
    actions.set_rule(system_actor(diemen), kind=REMINDER, days=(7,), is_on=False, expected_version=0)
    assert delivery.remind(diemen, day(20)) == 0


def test_reminding_takes_as_many_queries_for_nothing_new_in_three_as_in_one(diemen, somebody, calendar):
    taken = []
    for number in (1, 3):
        calendar.due.clear()
        for place in range(number):
            calendar.add(somebody.person_id, day(20), about=uuid4() if place else ABOUT)
        delivery.remind(diemen, day(20))
        with CaptureQueriesContext(connection) as asked:
            assert delivery.remind(diemen, day(20)) == 0
        taken.append(len(asked))
    assert taken[0] == taken[1]


# What is mailed


def test_who_wants_it_at_once_gets_one_mail_of_each_notice_and_who_wants_none_gets_none(
    diemen, somebody, calendar, sink
):
    nobody = factories.actor(diemen, "employee", today=timezone.localdate())
    later = factories.actor(diemen, "employee", today=timezone.localdate())
    wants(somebody, Frequency.AT_ONCE)
    wants(nobody, Frequency.NEVER)
    for actor in (somebody, nobody, later):
        tell(system_actor(diemen), person=actor.person_id)
    for _ in range(2):
        delivery.post_turn()
    assert sent(diemen) == [("handed", 1, "", KIND)]
    assert [row.settled for row in notices(diemen)] == [True, True, False]
    [mail] = sink.received
    assert mail["To"] == Account.objects.get(pk=somebody.account_id).email
    assert mail["Auto-Submitted"] == "auto-generated"
    with reading(diemen.pk):
        assert mail["Message-ID"] == OutgoingMessage.objects.get().message_id


def test_a_mail_says_what_it_is_about_and_nothing_of_the_record(diemen, somebody, calendar, sink, settings):
    settings.PUBLIC_URL = "https://houvast.example.org"
    wants(somebody, Frequency.AT_ONCE)
    calendar.add(somebody.person_id, day(20), label="Plan van Jan over zijn ziekte")
    delivery.remind(diemen, day(13))
    delivery.post_turn()
    subject, text, html = words(sink.received[0])
    assert subject == "Gemeente Diemen: Plan dat afloopt"
    assert text == (
        "Er wacht iets op u in Houvast, Gemeente Diemen.\n\n"
        "Plan dat afloopt (uiterlijk 20 mei 2026)\n"
        "https://houvast.example.org/diemen/plan/\n\n"
        "--\n"
        "Dit bericht noemt alleen waar het over gaat; de inhoud ziet u na het aanmelden.\n"
        "Kies zelf wat u krijgt en hoe vaak: https://houvast.example.org/diemen/meldingen/voorkeuren/\n\n"
    )
    assert '<a href="https://houvast.example.org/diemen/plan/">Plan dat afloopt</a>' in html
    assert "Jan" not in subject + text + html
    assert "Unsubscribe" not in "".join(sink.received[0].keys())


def test_a_mail_is_in_the_language_that_the_person_chose_for_the_screens(diemen, somebody, calendar, sink):
    Account.objects.filter(pk=somebody.account_id).update(language="en")
    wants(somebody, Frequency.AT_ONCE)
    calendar.add(somebody.person_id, day(20))
    delivery.remind(diemen, day(13))
    delivery.post_turn()
    _subject, text, html = words(sink.received[0])
    assert "Something awaits you in Houvast, Gemeente Diemen." in text
    assert "20 May 2026 at the latest" in text
    assert '<html lang="en">' in html


def test_what_was_read_already_or_has_no_address_is_not_mailed(diemen, somebody, calendar, sink):
    gone = factories.actor(diemen, "employee", today=timezone.localdate())
    for actor in (somebody, gone):
        wants(actor, Frequency.AT_ONCE)
        tell(system_actor(diemen), person=actor.person_id)
    actions.mark_read(somebody, at=timezone.now())
    Account.objects.filter(pk=gone.account_id).update(is_active=False)
    delivery.post_turn()
    assert (sent(diemen), sink.received) == ([], [])
    assert all(row.settled for row in notices(diemen))


def test_two_workers_that_record_the_same_notice_make_one_message(diemen, somebody, calendar):
    wants(somebody, Frequency.AT_ONCE)
    notice = tell(system_actor(diemen), person=somebody.person_id)
    assert delivery._record_one(diemen, notice.pk) is True
    assert delivery._record_one(diemen, notice.pk) is False
    assert len(sent(diemen)) == 1


def test_a_summary_comes_once_a_day_with_what_is_new_and_how_many_tasks(diemen, somebody, calendar, sink):
    system = system_actor(diemen)
    today = day(20)
    moments = [today - timedelta(days=1), today, today + timedelta(days=7), today + timedelta(days=8), None]
    calendar.tasks = [Task(f"Dossier van Jan {place}", "/x/", due=due) for place, due in enumerate(moments)]
    calendar.tasks.append(Task("Op een moment", "/x/", due=datetime(2026, 5, 19, 21, 59, tzinfo=UTC)))
    for subject in ("Een", "Twee"):
        tell(system, person=somebody.person_id, subject=subject)
    read = tell(system, person=somebody.person_id, subject="Gelezen")
    actions.mark_read(somebody, at=timezone.now(), uid=read.uid)
    assert [delivery.summarise(diemen, today) for _ in range(2)] == [1, 0]
    delivery.post_turn()
    [mail] = sink.received
    subject, text, _html = words(mail)
    assert subject == "Gemeente Diemen: 2 meldingen, 2 taken te laat, 2 taken deze week"
    assert "2 taken zijn te laat.\n2 taken moeten binnen zeven dagen klaar zijn.\n" in text
    assert text.count("Vraag aan u") == 2
    assert "Jan" not in text
    calendar.tasks.clear()
    assert delivery.summarise(diemen, day(21)) == 0, "nothing new, nothing to do: no mail"
    assert [row.settled for row in notices(diemen)] == [True] * 3


def test_a_weekly_summary_comes_on_its_day_and_a_kind_may_differ_from_what_is_usual(
    diemen, somebody, calendar
):
    wants(somebody, Frequency.WEEKLY, weekday=2, kinds={OTHER: Frequency.DAILY})
    for kind in (KIND, OTHER):
        tell(system_actor(diemen), person=somebody.person_id, kind=kind)
    # 19 May 2026 is a Tuesday.
    assert delivery.summarise(diemen, day(19)) == 1
    assert [row.settled for row in notices(diemen)] == [False, True]
    assert delivery.summarise(diemen, day(20)) == 1
    assert [(row.rule, row.due_on) for row in _messages(diemen)] == [("daily", day(19)), ("weekly", day(20))]


def _messages(here):
    with reading(here.pk):
        return list(OutgoingMessage.objects.order_by("pk"))


def test_who_has_no_right_here_any_more_has_no_tasks(diemen, calendar, monkeypatch):
    factories.person(diemen)
    calendar.tasks = [Task("x", "/x/", due=day(1))]
    monkeypatch.setattr(delivery, "actor_for", lambda *_: None)
    assert delivery.summarise(diemen, day(20)) == 0


# Handing over


def test_without_a_mail_server_a_message_is_kept_to_be_looked_at(diemen, somebody, calendar):
    wants(somebody, Frequency.AT_ONCE)
    tell(system_actor(diemen), person=somebody.person_id)
    delivery.post_turn()
    assert sent(diemen) == [("kept", 1, "", KIND)]


def test_what_the_server_refuses_is_tried_again_and_given_up_in_the_end(diemen, somebody, calendar, sink):
    wants(somebody, Frequency.AT_ONCE)
    tell(system_actor(diemen), person=somebody.person_id)
    sink.refuses = True
    delivery.post_turn()
    assert sent(diemen) == [("waiting", 1, "SMTPRecipientsRefused", KIND)]
    delivery.post_turn()
    assert sent(diemen)[0][1] == 1, "not before its time"
    for _ in range(MOST_ATTEMPTS - 1):
        let_time_pass(diemen)
        delivery.deliver(diemen)
    assert sent(diemen) == [("failed", MOST_ATTEMPTS, "SMTPRecipientsRefused", KIND)]
    sink.refuses = False
    actions.send_again(system_actor(diemen), uid=_messages(diemen)[0].uid, at=timezone.now())
    delivery.deliver(diemen)
    assert sent(diemen) == [("handed", 1, "", KIND)]


def test_a_server_that_is_away_is_told_without_an_address(diemen, somebody, calendar, sink):
    wants(somebody, Frequency.AT_ONCE)
    tell(system_actor(diemen), person=somebody.person_id)
    sink.stop()
    delivery.post_turn()
    assert sent(diemen) == [("waiting", 1, "ConnectionRefusedError", KIND)]


def test_a_code_of_the_server_is_told_and_not_its_words():
    error = delivery.smtplib.SMTPResponseException(452, b"niemand@example.org is vol")
    assert delivery._told(error) == "SMTPResponseException 452"


def test_whose_account_was_closed_after_it_was_recorded_gets_nothing(diemen, somebody, calendar, sink):
    wants(somebody, Frequency.AT_ONCE)
    tell(system_actor(diemen), person=somebody.person_id)
    delivery.collect(diemen)
    Account.objects.filter(pk=somebody.account_id).update(is_active=False)
    delivery.deliver(diemen)
    assert (sent(diemen), sink.received) == ([("failed", 1, "NoAddress", KIND)], [])


def test_a_mark_that_comes_late_changes_nothing(diemen, somebody, calendar, sink):
    wants(somebody, Frequency.AT_ONCE)
    tell(system_actor(diemen), person=somebody.person_id)
    delivery.collect(diemen)
    taken = delivery._take(diemen)
    assert delivery._deliver(diemen, taken) is True
    assert delivery._mark(diemen, taken, delivery.MessageState.FAILED, "x") is False
    assert sent(diemen) == [("handed", 1, "", KIND)]


def test_what_fails_in_one_organisation_does_not_stop_another_and_is_told(diemen, uithoorn, caplog):
    reached = []

    def do(organisation):
        reached.append(organisation.slug)
        if organisation == diemen:
            raise ValueError

    with pytest.raises(ValueError):
        delivery.everywhere(do)
    assert reached == ["diemen", "uithoorn"]
    assert "Delivery in diemen failed" in caplog.text


def test_the_turns_ask_the_day_of_amsterdam(diemen, somebody, calendar):
    calendar.add(somebody.person_id, timezone.localdate())
    delivery.remind_turn()
    delivery.summarise_turn()
    assert [(row.rule, row.settled) for row in notices(diemen)] == [("1", True)]
    assert sent(diemen) == [("waiting", 0, "", "summary")]


def test_the_words_of_a_message_go_after_fourteen_days_and_a_notice_after_half_a_year(
    diemen, somebody, calendar
):
    wants(somebody, Frequency.AT_ONCE)
    for _ in range(2):
        tell(system_actor(diemen), person=somebody.person_id)
    delivery.post_turn()
    now = timezone.now()
    with writing(diemen.pk):
        old = OutgoingMessage.objects.order_by("pk").first()
        old.created_at = now - timedelta(days=14)
        old.save()
        notice = Notice.objects.order_by("pk").first()
        notice.at = now - timedelta(days=180)
        notice.save()
    delivery.tidy_turn()
    assert [bool(row.text or row.html) for row in _messages(diemen)] == [False, True]
    assert len(notices(diemen)) == 1
