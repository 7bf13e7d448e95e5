"""What tests of notices share: a kind of notice and of reminder, somebody to tell, and a mail server."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from houvast.core import registry
from houvast.core.administration import factories
from houvast.core.audit.actions import action, record
from houvast.core.notices.actions import notify
from houvast.core.notices.tests.sink import Sink
from houvast.core.orgs.models import Unit

KIND, OTHER, REMINDER = "test.asked", "test.answered", "test.due"
ABOUT = UUID("11111111-1111-4111-8111-111111111111")


@action("test.tell", permission=None)
def tell(actor, *, person, kind=KIND, subject="Jan wacht op u", url="/diemen/", fail=False, **more):
    """An action that gives a notice."""
    unit = Unit(code=f"u{Unit.objects.count()}")
    unit.save()
    record(unit, code=unit.code)
    found = notify(person, kind, subject, url, **more)
    if fail:
        raise RuntimeError
    return found


class Calendar:
    """What falls due, as a module tells it, and the tasks it knows."""

    def __init__(self):
        self.due, self.tasks = [], []

    def add(self, person, due, about=ABOUT, label="Plan van Jan"):
        self.due.append(registry.Reminded(about, person, label, due, "/diemen/plan/"))


@pytest.fixture
def calendar(monkeypatch):
    calendar = Calendar()
    card = registry.Module(
        key="test",
        name="x",
        notices=(registry.NoticeKind(KIND, "Vraag aan u"), registry.NoticeKind(OTHER, "Antwoord")),
        reminders=(registry.ReminderKind(REMINDER, "Plan dat afloopt", lambda _actor: calendar.due),),
        tasks=lambda _actor: tuple(calendar.tasks),
    )
    keep = {key: module for key, module in registry._MODULES.items() if key in {"notices", "administration"}}
    monkeypatch.setattr(registry, "_MODULES", {**keep, "test": card})
    return calendar


@pytest.fixture
def somebody(diemen):
    return factories.actor(diemen, "employee", today=timezone.localdate())


@pytest.fixture
def sink(settings):
    sink = Sink()
    settings.MAIL_URL = sink.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.server_address[1]
    yield sink
    sink.stop()


def day(number: int) -> date:
    """A day of May 2026."""
    return date(2026, 5, number)
