"""The bell, the page of notices, the preferences, the rules and the messages that went."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.notices import actions, delivery, queries
from houvast.core.notices.models import MailPreference, Notice, OutgoingMessage
from houvast.core.notices.rules import Frequency
from houvast.core.notices.tests.conftest import KIND, REMINDER, tell
from houvast.core.orgs.scope import reading, writing

pytestmark = pytest.mark.usefixtures("calendar")
OWN, CHOICES = "/diemen/meldingen/", "/diemen/meldingen/voorkeuren/"
RULES, SENT = "/diemen/meldingen/herinneringen/", "/diemen/meldingen/verzonden/"


@pytest.fixture
def sign_in(client, diemen):
    def as_role(*roles):
        actor = factories.actor(diemen, *roles, today=timezone.localdate())
        client.force_login(Account.objects.get(pk=actor.account_id))
        return actor

    return as_role


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_bell_counts_what_is_unread_and_the_page_marks_all(client, sign_in, diemen):
    actor = sign_in("employee")
    assert 'class="hv-bell"' not in page(client, OWN)
    for subject in ("Een", "Twee"):
        tell(system_actor(diemen), person=actor.person_id, subject=subject)
    shown = page(client, OWN)
    assert '<span class="hv-bell">2<span class="hv-hidden"> ongelezen</span></span>' in shown
    assert shown.index("Twee") < shown.index("Een<"), "newest first"
    assert client.post(OWN).status_code == 302
    shown = page(client, OWN)
    assert "U hebt alles gelezen." in shown
    assert 'class="hv-bell"' not in shown


def test_opening_a_notice_marks_it_and_goes_where_it_is_about(client, sign_in, diemen):
    actor = sign_in("employee")
    one, two = (tell(system_actor(diemen), person=actor.person_id, url="/diemen/termijn/") for _ in range(2))
    assert client.post(f"{OWN}{one.uid}/").headers["Location"] == "/diemen/termijn/"
    assert client.post(f"{OWN}{two.uid}/", {"stay": "1"}).headers["Location"] == OWN
    with reading(diemen.pk):
        assert queries.unread(actor) == 0


def test_what_a_notice_says_is_shown_as_text(client, sign_in, diemen):
    actor = sign_in("employee")
    tell(system_actor(diemen), person=actor.person_id, subject="<script>alert(1)</script>" + "x" * 400)
    shown = page(client, OWN)
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    with reading(diemen.pk):
        assert len(Notice.objects.get().subject) == 300


def test_the_page_asks_as_much_for_three_notices_as_for_one_and_has_fifty_a_page(client, sign_in, diemen):
    actor = sign_in("employee")
    taken = []
    for number in (1, 2, 50):
        for _ in range(number):
            tell(system_actor(diemen), person=actor.person_id)
        with CaptureQueriesContext(connection) as asked:
            page(client, OWN)
        taken.append(len(asked))
    assert taken[0] == taken[1] == taken[2]
    assert page(client, OWN).count("hv-notices__open--unread") == 50
    assert page(client, f"{OWN}?pagina=2").count("hv-notices__open--unread") == 3
    assert page(client, f"{OWN}?pagina=999").count("hv-notices__open--unread") == 3


def test_preferences_are_chosen_and_stale_or_wrong_ones_are_told(client, sign_in, diemen):
    actor = sign_in("employee")
    assert "Vraag aan u" in page(client, CHOICES)
    chosen = {"usual": "weekly", "weekday": "3", "version": "0", KIND: "at_once"}
    assert client.post(CHOICES, chosen).status_code == 302
    with reading(diemen.pk):
        row = MailPreference.objects.get(person_id=actor.person_id)
        assert (row.usual, row.weekday, row.kinds) == ("weekly", 3, {KIND: "at_once"})
    answer = client.post(CHOICES, {**chosen, "usual": "never"})
    assert answer.status_code == 409
    assert "Uw voorkeuren zijn intussen gewijzigd" in answer.content.decode()
    assert client.post(CHOICES, {**chosen, "usual": "never", "version": "1"}).status_code == 302
    for wrong in ({"usual": "soms"}, {"weekday": "7"}, {KIND: "x"}, {"version": "9" * 30}):
        assert client.post(CHOICES, {**chosen, **wrong}).status_code == 422


def test_a_guest_is_told_where_to_get_notices(client, diemen, uithoorn):
    guest = factories.guest(diemen, "employee", home=uithoorn, may_write=True, today=timezone.localdate())
    client.force_login(Account.objects.get(pk=guest.account_id))
    assert "Meldingen krijgt u in uw eigen organisatie." in page(client, CHOICES)
    answer = client.post(CHOICES, {"usual": "never", "weekday": "0"})
    assert answer.status_code == 422
    assert 'href="/diemen/meldingen/"' not in page(client, "/diemen/termijn/")


@pytest.mark.parametrize(
    ("typed", "status", "days"),
    [
        ({"is_on": "on", "before": "14, 1", "after": "2;5"}, 302, [14, 1, -2, -5]),
        ({"is_on": "on", "before": " 0 ", "after": ""}, 302, [0]),
        ({"before": "", "after": ""}, 302, []),
        ({"is_on": "on", "before": "", "after": ""}, 422, None),
        ({"is_on": "on", "before": "een week", "after": ""}, 422, None),
        ({"is_on": "on", "before": "-1", "after": ""}, 422, None),
        ({"is_on": "on", "before": "366", "after": ""}, 422, None),
        ({"is_on": "on", "before": "٣", "after": ""}, 422, None),
        ({"is_on": "on", "before": "1", "after": "0"}, 422, None),
        ({"is_on": "on", "before": "1,2,3,4,5,6,7", "after": ""}, 422, None),
    ],
)
def test_a_rule_is_typed_as_days_before_and_after(client, sign_in, diemen, typed, status, days):
    sign_in("administrator")
    address = f"{RULES}{REMINDER}/"
    assert client.post(address, {**typed, "version": "0"}).status_code == status
    if days is not None:
        with reading(diemen.pk):
            assert list(queries.rules()[0].days) == days
        assert client.post(address, {"is_on": "on", "before": "3", "version": "0"}).status_code == 409


def test_the_rules_tell_what_is_proposed_and_what_was_changed(client, sign_in, diemen):
    sign_in("administrator")
    assert "zoals Houvast het voorstelt" in page(client, RULES)
    actions.set_rule(system_actor(diemen), kind=REMINDER, days=(3,), is_on=False, expected_version=0)
    shown = page(client, RULES)
    assert "zoals Houvast het voorstelt" not in shown
    assert "Uit" in shown
    page(client, f"{RULES}gone.kind/", status=404)


def test_a_message_is_shown_with_its_words_and_tried_again_when_it_failed(client, sign_in, diemen):
    actor = sign_in("administrator")
    actions.choose(actor, usual=Frequency.AT_ONCE, weekday=0, kinds={}, expected_version=0)
    tell(system_actor(diemen), person=actor.person_id)
    assert "Er is nog niets gemaild." in page(client, SENT)
    delivery.post_turn()
    shown = page(client, SENT)
    assert "Er is geen mailserver ingesteld" in shown
    assert "Vraag aan u" in shown
    with reading(diemen.pk):
        message = OutgoingMessage.objects.get()
    address = f"{SENT}{message.uid}/"
    assert "Er wacht iets op u in Houvast" in page(client, address)
    answer = client.post(address, follow=True)
    assert "Alleen een bericht dat mislukte" in answer.content.decode()
    with writing(diemen.pk):
        message.state, message.error = "failed", "NoAddress"
        message.save()
    assert "Deze persoon heeft geen account met een mailadres." in page(client, address)
    client.post(address)
    with reading(diemen.pk):
        assert OutgoingMessage.objects.get().state == "waiting"
    with writing(diemen.pk):
        message.state, message.text = "failed", ""
        message.save()
    assert "wordt 14 dagen bewaard" in page(client, address)


def test_messages_that_wait_long_are_told(client, sign_in, diemen):
    actor = sign_in("administrator")
    actions.choose(actor, usual=Frequency.AT_ONCE, weekday=0, kinds={}, expected_version=0)
    tell(system_actor(diemen), person=actor.person_id)
    delivery.collect(diemen)
    with writing(diemen.pk):
        message = OutgoingMessage.objects.get()
        message.created_at = timezone.now() - timedelta(hours=2)
        message.save()
    assert "Eén bericht wacht al langer dan een uur." in page(client, SENT)
