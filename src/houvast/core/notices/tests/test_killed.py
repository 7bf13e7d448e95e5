"""A worker that is killed by SIGKILL at any point of the post loses no message and records none twice."""

from __future__ import annotations

import signal
import textwrap

import pytest
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories
from houvast.core.jobs.tests.process import run
from houvast.core.notices import actions
from houvast.core.notices.models import Notice, OutgoingMessage
from houvast.core.notices.rules import Frequency
from houvast.core.notices.tests.conftest import tell
from houvast.core.orgs.scope import reading, writing

pytestmark = pytest.mark.long

# A worker that posts, and dies where the name in its argument says.
WORKER = textwrap.dedent(
    """
    import os, signal, sys
    import django

    django.setup()
    from houvast.core.notices import delivery

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    if sys.argv[1]:
        setattr(delivery, sys.argv[1], die)
    delivery.post_turn()
    """
)


def post(sink, dies_at: str = "") -> int:
    """Run the worker as a process; how it ended."""
    return run(WORKER, dies_at, HOUVAST_MAIL_URL=sink.url)


def let_the_lease_run_out(here) -> None:
    with writing(here.pk):
        for row in OutgoingMessage.objects.all():
            row.not_before = timezone.now()
            row.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("dies_at", "recorded", "handed", "attempts"),
    [
        pytest.param("_record", 0, 0, 1, id="before it is recorded"),
        pytest.param("hand_over", 1, 0, 2, id="between recording and handing over"),
        pytest.param("_mark", 1, 1, 2, id="between handing over and marking"),
    ],
)
def test_a_message_is_recorded_once_and_handed_over_under_one_message_id(
    sink, dies_at, recorded, handed, attempts
):
    here = factories.organisation("diemen")
    person = factories.actor(here, "employee", today=timezone.localdate())
    actions.choose(person, usual=Frequency.AT_ONCE, weekday=0, kinds={}, expected_version=0)
    tell(system_actor(here), person=person.person_id, kind="structure.transition_action")

    assert post(sink, dies_at) == -signal.SIGKILL
    with reading(here.pk):
        assert OutgoingMessage.objects.count() == recorded
        assert Notice.objects.get().settled is bool(recorded)
    assert len(sink.received) == handed
    assert post(sink) == 0
    assert len(sink.received) == (handed if recorded else 1), "what a worker took is left alone for its lease"

    let_the_lease_run_out(here)
    assert post(sink) == 0
    assert post(sink) == 0
    with reading(here.pk):
        message = OutgoingMessage.objects.get()
        assert (message.state, message.attempts) == ("handed", attempts)
    assert sink.ids() == [message.message_id] * (handed + 1)
