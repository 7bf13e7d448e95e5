"""What somebody reported, out of both registers in one list; and whom to call while it goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.audit.models import AuditEntry
from houvast.core.configuration.queries import value_of
from houvast.core.configuration.rules import Kind, Setting
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries.breaches import own_breaches
from houvast.modules.security.queries.incidents import own_incidents

CALL = Setting(
    key="security.phone",
    label=_("Telefoonnummer bij een incident dat nog gaande is"),
    kind=Kind.TEXT,
    default="",
    explanation=_("Staat bij het melden en na een melding. Zonder nummer staat er niets."),
)


TAKES_PUBLIC_REPORTS = Setting(
    key="security.public_reports",
    label=_("Meldingen van kwetsbaarheden zonder account"),
    kind=Kind.YES_NO,
    default=True,
    explanation=_("Of de publieke pagina ‘Meld een kwetsbaarheid’ open is, en in security.txt staat."),
)
PROMISE = Setting(
    key="security.public_promise",
    label=_("Wat u toezegt aan wie een kwetsbaarheid meldt"),
    kind=Kind.TEXT,
    default="",
    explanation=_("Staat op de publieke pagina, bijvoorbeeld binnen hoeveel dagen u antwoordt."),
)


def takes_public_reports() -> bool:
    """Whether the organisation in scope takes reports of who has no account. One query."""
    return bool(value_of(TAKES_PUBLIC_REPORTS.key, localdate()))


def promise_on(day: date) -> str:
    """What it promises to who reports; empty where it said nothing. One query."""
    return str(value_of(PROMISE.key, day))


def outside_contacts() -> QuerySet[Incident]:
    """Reports from outside of which an e-mail address is kept."""
    rows: QuerySet[Incident] = Incident.objects.exclude(contact="")
    return rows


@dataclass(frozen=True)
class Phone:
    """A number as people read it, and as a telephone dials it."""

    number: str

    @property
    def address(self) -> str:
        """What the link of the number calls."""
        return "tel:" + re.sub(r"[^0-9+]", "", self.number)


def was_reported_by(actor: Actor, row: Incident | Breach) -> bool:
    """Whether the actor's account made the record, also as a guest; the trail knows."""
    made = AuditEntry.objects.filter(
        subject_uid=row.uid,
        action__in=("security.report_incident", "security.report_breach"),
        account_id=actor.account_id,
    )
    return actor.account_id is not None and made.exists()


def phone_on(day: date) -> Phone | None:
    """Whom to call on that day; None where the organisation set no number. One query."""
    number = str(value_of(CALL.key, day))
    return Phone(number) if re.search(r"[0-9]", number) else None


def own_reports(actor: Actor, first: int, number: int) -> tuple[Incident | Breach, ...]:
    """So many of the actor's reports in either register, newest first, from place `first`. Two queries."""
    until = first + number
    rows: list[Incident | Breach] = [*own_incidents(actor)[:until], *own_breaches(actor)[:until]]
    rows.sort(key=lambda row: (row.registered_on, row.recorded_at), reverse=True)
    return tuple(rows[first:until])
