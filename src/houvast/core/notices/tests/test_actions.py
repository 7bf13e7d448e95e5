"""Notices go with their action, once; who reads, chooses and makes rules."""

import pytest
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories
from houvast.core.notices import actions, queries
from houvast.core.notices.models import MailPreference, Notice, OutgoingMessage, ReminderRule
from houvast.core.notices.rules import Frequency
from houvast.core.notices.tests.conftest import ABOUT, KIND, OTHER, REMINDER, day, tell
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.scope import WriteOutsideAction, reading, writing

pytestmark = pytest.mark.usefixtures("calendar")


def test_a_notice_is_there_with_its_action_or_not_at_all(diemen, somebody):
    with pytest.raises(RuntimeError):
        tell(system_actor(diemen), person=somebody.person_id, fail=True)
    with reading(diemen.pk), pytest.raises(WriteOutsideAction):
        actions.notify(somebody.person_id, KIND, "x", "/")
    notice = tell(system_actor(diemen), person=somebody.person_id)
    with reading(diemen.pk):
        assert [row.pk for row in queries.notices_of(somebody)] == [notice.pk]
        assert queries.unread(somebody) == 1


def test_what_is_told_again_about_the_same_makes_no_second_notice(diemen, somebody):
    system = system_actor(diemen)
    one = tell(system, person=somebody.person_id, about=ABOUT)
    assert tell(system, person=somebody.person_id, about=ABOUT) is None
    assert tell(system, person=somebody.person_id, about=ABOUT, rule="7", due=day(1)) is not None
    assert {tell(system, person=somebody.person_id).pk for _ in range(2)}.isdisjoint({one.pk})
    with reading(diemen.pk):
        assert Notice.objects.count() == 4


def test_a_notice_is_of_a_known_kind_and_leads_to_a_page_of_the_application(diemen, somebody):
    for wrong, error in (({"kind": "test.unknown"}, LookupError), ({"url": "https://elders/"}, ValueError)):
        with pytest.raises(error):
            tell(system_actor(diemen), person=somebody.person_id, **wrong)


def test_one_reads_ones_own_notices_and_nobody_elses(diemen, somebody):
    other = factories.actor(diemen, "employee", today=timezone.localdate())
    notices = [tell(system_actor(diemen), person=somebody.person_id) for _ in range(3)]
    at = timezone.now()
    with pytest.raises(Notice.DoesNotExist):
        actions.mark_read(other, at=at, uid=notices[0].uid)
    assert [row.pk for row in actions.mark_read(somebody, at=at, uid=notices[0].uid)] == [notices[0].pk]
    assert actions.mark_read(somebody, at=at, uid=notices[0].uid) == []
    assert len(actions.mark_read(somebody, at=at)) == 2
    with reading(diemen.pk):
        assert queries.unread(somebody) == queries.unread(other) == 0
    with pytest.raises(NotPermitted):
        actions.mark_read(factories.actor(diemen), at=at)


def test_a_guest_has_no_notices_here(diemen, uithoorn):
    guest = factories.guest(diemen, "employee", home=uithoorn, may_write=True, today=timezone.localdate())
    with reading(diemen.pk):
        assert list(queries.notices_of(guest)) == []
        assert queries.unread(guest) == 0
    with pytest.raises(actions.Refusal, match="Alleen wie in deze organisatie werkt"):
        actions.choose(guest, usual=Frequency.NEVER, weekday=0, kinds={}, expected_version=0)


def test_one_chooses_what_is_mailed_and_what_is_unknown_is_left_out(diemen, somebody):
    kinds = {KIND: "at_once", OTHER: "soms", "gone.kind": "never"}
    row = actions.choose(somebody, usual=Frequency.WEEKLY, weekday=2, kinds=kinds, expected_version=0)
    assert (row.usual, row.weekday, row.kinds) == ("weekly", 2, {KIND: "at_once"})
    with reading(diemen.pk):
        wish = queries.wishes()[somebody.person_id]
        assert [wish.of(kind) for kind in (KIND, OTHER)] == ["at_once", "weekly"]
        assert queries.Wishes().of(KIND) == "daily"
        assert queries.preference_of(somebody).pk == row.pk
    again = actions.choose(somebody, usual=Frequency.NEVER, weekday=0, kinds={}, expected_version=row.version)
    with pytest.raises(Conflict):
        actions.choose(somebody, usual=Frequency.DAILY, weekday=0, kinds={}, expected_version=row.version)
    with reading(diemen.pk):
        assert MailPreference.objects.get().version == again.version


@pytest.mark.parametrize(
    ("days", "is_on", "told"),
    [
        ((), True, "Geef ten minste één dag"),
        ((1, 2, 3, 4, 5, 6, 7), True, "ten hoogste 6 dagen"),
        ((366,), True, "ten hoogste 365 dagen ervoor en 90 dagen erna"),
        ((-91,), False, "ten hoogste 365 dagen ervoor en 90 dagen erna"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_a_sentence(diemen, days, is_on, told):
    with pytest.raises(actions.Refusal, match=told):
        actions.set_rule(system_actor(diemen), kind=REMINDER, days=days, is_on=is_on, expected_version=0)


def test_a_rule_replaces_what_the_module_proposes(diemen):
    with reading(diemen.pk):
        [rule] = queries.rules()
        assert (rule.days, rule.before, rule.after, rule.is_on) == ((7, 1, -1), (7, 1), (1,), True)
    system = system_actor(diemen)
    row = actions.set_rule(system, kind=REMINDER, days=(1, 14, 14, -2), is_on=True, expected_version=0)
    off = actions.set_rule(system, kind=REMINDER, days=(), is_on=False, expected_version=row.version)
    with pytest.raises(Conflict):
        actions.set_rule(system, kind=REMINDER, days=(1,), is_on=True, expected_version=row.version)
    with pytest.raises(actions.Refusal, match="bestaat niet"):
        actions.set_rule(system, kind="gone", days=(1,), is_on=True, expected_version=0)
    assert (row.days, off.days) == ([14, 1, -2], [])
    with reading(diemen.pk):
        assert [(rule.days, rule.is_on) for rule in queries.rules()] == [((), False)]
        assert ReminderRule.objects.count() == 1


def test_only_a_message_that_failed_and_still_has_its_words_is_tried_again(diemen, somebody):
    system = system_actor(diemen)
    with writing(diemen.pk):
        rows = [
            OutgoingMessage(
                organisation_id=diemen.pk,
                key=str(number),
                message_id=f"<{number}@x>",
                person_id=somebody.person_id,
                kind=KIND,
                about=ABOUT,
                subject="x",
                state=state,
                text=text,
                attempts=12,
                error="TimeoutError",
            )
            for number, (state, text) in enumerate(
                [("failed", "Er wacht iets."), ("failed", ""), ("kept", "x")]
            )
        ]
        for row in rows:
            row.save()
    at = timezone.now()
    again = actions.send_again(system, uid=rows[0].uid, at=at)
    assert (again.state, again.attempts, again.error, again.not_before) == ("waiting", 0, "", at)
    for row in rows[1:]:
        with pytest.raises(actions.Refusal):
            actions.send_again(system, uid=row.uid, at=at)
    with pytest.raises(NotPermitted):
        actions.send_again(somebody, uid=rows[0].uid, at=at)
