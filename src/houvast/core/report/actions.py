"""Writing the chapter: prose that passes the guard, facts with a source that a second person checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import require_second_person
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import Conflict, lock
from houvast.core.report import guard
from houvast.core.report.claims import Claim, Kind
from houvast.core.report.guard import Finding
from houvast.core.report.models import Prose, SourcedFact
from houvast.core.report.permissions import CHECK_FACT, EDIT, ENTER_FACT


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """The guard found something in the text that no claim proves. Carries the findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@action("report.write", permission=EDIT)
def write_prose(
    actor: Actor,
    *,
    year: int,
    slot: str,
    text: str,
    expected_version: int,
    claims: Mapping[str, Claim],
) -> Prose:
    """Replace the prose of a slot. `expected_version` is 0 where the slot still has its default text.

    Raises Refused when the guard finds an error, and Conflict when somebody else wrote meanwhile.
    """
    errors = tuple(finding for finding in guard.check(text, claims) if finding.severity == "error")
    if errors:
        raise Refused(errors)
    prose = Prose.objects.select_for_update().filter(year=year, slot=slot).first()
    if prose is None:
        prose = Prose(year=year, slot=slot)
    elif prose.version != expected_version:
        raise Conflict(prose)
    prose.text = text
    prose.save()
    record(prose, year=year, slot=slot, text=text)
    return prose


@dataclass(frozen=True, kw_only=True)
class FactEntry:
    """What somebody enters as a sourced fact; the fields are those of SourcedFact."""

    key: str
    label: str
    kind: Kind
    value: Any
    source_title: str
    source_place: str = ""
    source_date: date | None = None
    items: tuple[str, ...] = ()
    singular: str = ""
    plural: str = ""
    style: str = "woord"
    as_of: date | None = None
    period_from: date | None = None
    period_until: date | None = None
    explanation: str = ""


FACT_FIELDS = tuple(field.name for field in fields(FactEntry))


def _fill(fact: SourcedFact, entry: FactEntry) -> None:
    for name in FACT_FIELDS:
        value = getattr(entry, name)
        setattr(fact, name, list(value) if isinstance(value, tuple) else value)


@action("report.enter_fact", permission=ENTER_FACT)
def enter_fact(actor: Actor, *, year: int, entry: FactEntry) -> SourcedFact:
    """Record a fact with its source. It counts as checked only when somebody else has checked it."""
    fact = SourcedFact(year=year, entered_by_id=actor.account_id)
    _fill(fact, entry)
    fact.save()
    record(fact, year=year, key=fact.key, value=fact.value, source=fact.source_title)
    return fact


@action("report.change_fact", permission=ENTER_FACT)
def change_fact(actor: Actor, *, fact_id: int, expected_version: int, entry: FactEntry) -> SourcedFact:
    """Change a fact; the check by another person is then due again. Raises Conflict for a stale version."""
    fact = lock(SourcedFact, fact_id, expected_version)
    _fill(fact, entry)
    fact.entered_by_id = actor.account_id
    fact.checked_by = fact.checked_at = None
    fact.save()
    record(fact, key=fact.key, value=fact.value, source=fact.source_title)
    return fact


@action("report.check_fact", permission=CHECK_FACT)
def check_fact(actor: Actor, *, fact_id: int, expected_version: int, at: datetime) -> SourcedFact:
    """Confirm that the fact is what its source says. Raises SamePerson for who entered it."""
    fact = lock(SourcedFact, fact_id, expected_version)
    fact.checked_by_id = require_second_person(actor, fact.entered_by_id)
    fact.checked_at = at
    fact.save(update_fields=["checked_by", "checked_at"])
    record(fact, checked_at=at)
    return fact
