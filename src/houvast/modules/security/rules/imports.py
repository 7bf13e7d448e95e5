"""Older incidents and breaches out of a workbook: what a row holds, and when it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext_lazy as _

from houvast.modules.security.rules.breaches import BreachFacts
from houvast.modules.security.rules.incidents import IncidentFacts, check_closing
from houvast.modules.security.rules.refusal import check_closing_day, require


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """An incident to register, or the one with that number as it should be: then with the version that was seen.

    has_breach: whether a breach hangs on the one that is there.
    """

    facts: IncidentFacts
    registered_on: date
    unit_id: int | None = None
    closed_on: date | None = None
    incident_id: int | None = None
    version: int | None = None
    has_breach: bool = False

    def check(self, at: datetime) -> None:
        """Raise Refusal for what cannot be, seen from the moment `at`."""
        self.facts.check(at)
        today = localdate(at, get_default_timezone())
        check_registered(self.registered_on, self.facts.discovered_on, today)
        if self.closed_on is not None:
            check_closing(self.facts, has_breach=self.has_breach)
            check_closing_day(self.registered_on, self.closed_on, today)


@dataclass(frozen=True, kw_only=True)
class BreachRow:
    """A breach to register, or the one with that number as it should be: then with the version that was seen."""

    facts: BreachFacts
    registered_on: date
    incident_id: int | None = None
    unit_id: int | None = None
    breach_id: int | None = None
    version: int | None = None

    def check(self, at: datetime) -> None:
        """Raise Refusal for what cannot be, seen from the moment `at`."""
        self.facts.check(at)
        check_registered(self.registered_on, localdate(self.facts.aware_at), localdate(at))


def check_registered(registered_on: date, noticed_on: date, today: date) -> None:
    """Raise Refusal for a day of registration before the organisation knew, or a day to come."""
    require(
        registered_on >= noticed_on,
        _("Vastleggen kan niet vóór de dag waarop het bekend werd. Pas een van beide dagen aan."),
        field="registered_on",
    )
    require(
        registered_on <= today,
        _("Vastleggen kan niet op een dag in de toekomst. Kies vandaag of eerder."),
        field="registered_on",
    )
