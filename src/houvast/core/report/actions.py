"""Writing the chapter: prose that passes the guard, facts with a source that a second person checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import require_second_person
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditHead
from houvast.core.orgs.base import Conflict, lock
from houvast.core.orgs.refusal import Refusal
from houvast.core.people.queries import presence
from houvast.core.report import guard
from houvast.core.report.adoption.actions import require_open_year
from houvast.core.report.authoring.actions import (
    change_round,
    open_round_of,
    stop_round,
)
from houvast.core.report.authoring.queries import Entry, contribution_with
from houvast.core.report.authoring.rules import Stage
from houvast.core.report.claims import Claim
from houvast.core.report.guard import Finding
from houvast.core.report.models import Prose, SectionPlacing, SourcedFact
from houvast.core.report.outline import Placing, require_arrangement, walk
from houvast.core.report.permissions import ARRANGE, CHECK_FACT, CONTRIBUTE, EDIT, ENTER_FACT
from houvast.core.report.queries import (
    computed_keys,
    facts_of,
    headings_with,
    placings,
    placings_stamp,
    was_checked,
)
from houvast.core.report.rules import FactEntry, require_entry, require_year

__all__ = [
    "FACT_FIELDS",
    "FactEntry",
    "Refusal",
    "Refused",
    "arrange",
    "change_fact",
    "change_round",
    "check_fact",
    "enter_fact",
    "open_round_of",
    "stop_round",
    "withdraw_fact",
    "write_prose",
]


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """The guard found something in the text that no claim proves. Carries the findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


def _require_pen(actor: Actor, year: int, slot: str, today: date) -> None:
    """Who may write: in a round who has the pen, and the writing begins the draft; else who may edit.

    Raises NotPermitted, or Refusal in a sentence that says who has the section now.
    """
    contribution = contribution_with(slot, year)
    if contribution is None:
        actor.require_write(EDIT)
        return
    entry = Entry(contribution, contribution.round, presence(today))
    if not entry.may_write_text(actor):
        raise Refusal(entry.has_it)
    if contribution.stage == Stage.REQUESTED:
        contribution.stage = Stage.DRAFT
        contribution.save()
        record(contribution, section=contribution.section, stage=Stage.DRAFT)


@action("report.write", permission=CONTRIBUTE)
def write_prose(
    actor: Actor,
    *,
    year: int,
    slot: str,
    text: str,
    expected_version: int,
    claims: Mapping[str, Claim],
    today: date,
) -> Prose:
    """Replace the prose of a slot. `expected_version` is 0 where the slot still has its default text.

    Raises Refused when the guard finds an error, Refusal for a year of which there is no chapter or that is adopted,
    or when somebody else has the section in a round, and Conflict when somebody else wrote meanwhile.
    """
    require_year(year, today)
    require_open_year(year)
    _require_pen(actor, year, slot, today)
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


@action("report.arrange", permission=ARRANGE)
def arrange(
    actor: Actor, *, year: int, sections: Mapping[str, Placing], expected_stamp: str, today: date
) -> list[SectionPlacing]:
    """Give sections their heading, or leave them out, from a reporting year on; what stays as it is, is not touched.

    Raises Refusal for a year of which there can be no chapter, an unknown section, an empty heading, a chapter
    without a section, or when nothing changes; Conflict when somebody changed the outline since the reader saw it.
    """
    require_year(year, today)
    require_open_year(year)
    require_arrangement(sections)
    # The first placing of a section has no row to lock; the end of the trail puts two writers in order.
    AuditHead.objects.select_for_update().get(organisation_id=actor.organisation.pk)
    held = placings(year)
    if placings_stamp(year) != expected_stamp:
        raise Conflict(max(held.values(), key=lambda row: row.recorded_at))
    changed = [
        _place(held.get(section.key), section.key, year, sections[section.key])
        for _depth, section in walk()
        if section.key in sections and sections[section.key] != _held(held.get(section.key), section.heading)
    ]
    if not changed:
        raise Refusal(_("Er is niets veranderd aan de opzet."))
    return changed


def _held(row: SectionPlacing | None, heading: str) -> Placing:
    return Placing(heading) if row is None else Placing(row.heading, row.included)


def _place(row: SectionPlacing | None, section: str, year: int, placing: Placing) -> SectionPlacing:
    if row is None or row.from_year != year:
        row = SectionPlacing(section=section, from_year=year)
    row.heading, row.included = placing.heading, placing.included
    row.save()
    record(row, section=section, from_year=year, heading=row.heading, included=row.included)
    return row


FACT_FIELDS = tuple(field.name for field in fields(FactEntry))


def _fill(fact: SourcedFact, entry: FactEntry) -> None:
    for name in FACT_FIELDS:
        value = getattr(entry, name)
        setattr(fact, name, list(value) if isinstance(value, tuple) else value)


def _require_fit(entry: FactEntry, year: int, but: int | None = None) -> None:
    """Raise Refusal for what cannot become a claim, or when another fact of the year has the key."""
    require_entry(entry, computed_keys())
    if facts_of(year).filter(key=entry.key).exclude(pk=but).exists():
        raise Refusal(_("Er is dit jaar al een feit met deze sleutel; kies een andere."), "key")


def _open(fact_id: int, expected_version: int) -> SourcedFact:
    """The fact, locked. Raises Conflict for a stale version, Refusal when it was withdrawn or its year is adopted."""
    fact = lock(SourcedFact, fact_id, expected_version)
    require_open_year(fact.year)
    if fact.withdrawn_at is not None:
        raise Refusal(_("Dit feit is ingetrokken. Leg zo nodig een nieuw feit vast."))
    return fact


@action("report.enter_fact", permission=ENTER_FACT)
def enter_fact(actor: Actor, *, year: int, entry: FactEntry, today: date) -> SourcedFact:
    """Record a fact with its source. It counts as checked only when somebody else has checked it.

    Raises Refusal for a year without a chapter or that is adopted, and for what cannot become a claim.
    """
    require_year(year, today)
    require_open_year(year)
    _require_fit(entry, year)
    fact = SourcedFact(year=year, entered_by_id=actor.account_id)
    _fill(fact, entry)
    fact.save()
    record(fact, year=year, key=fact.key, value=fact.value, source=fact.source_title)
    return fact


@action("report.change_fact", permission=ENTER_FACT)
def change_fact(actor: Actor, *, fact_id: int, expected_version: int, entry: FactEntry) -> SourcedFact:
    """Change a fact; the check by another person is then due again.

    Raises Conflict for a stale version, and Refusal as `enter_fact` does.
    """
    fact = _open(fact_id, expected_version)
    _require_fit(entry, fact.year, fact.pk)
    _fill(fact, entry)
    fact.entered_by_id = actor.account_id
    fact.checked_by = fact.checked_at = None
    fact.save()
    record(fact, key=fact.key, value=fact.value, source=fact.source_title)
    return fact


@action("report.check_fact", permission=CHECK_FACT)
def check_fact(actor: Actor, *, fact_id: int, expected_version: int, at: datetime) -> SourcedFact:
    """Confirm that the fact is what its source says. Raises SamePerson for who entered it, Refusal once withdrawn."""
    fact = _open(fact_id, expected_version)
    fact.checked_by_id = require_second_person(actor, fact.entered_by_id)
    fact.checked_at = at
    fact.save(update_fields=["checked_by", "checked_at"])
    record(fact, checked_at=at)
    return fact


@action("report.withdraw_fact", permission=ENTER_FACT)
def withdraw_fact(
    actor: Actor, *, fact_id: int, expected_version: int, reason: str, at: datetime
) -> SourcedFact:
    """Withdraw a fact that was entered by mistake. It stays, with the reason.

    One that was ever checked rests on two people, so who entered it cannot withdraw it: SamePerson. Raises Refusal
    without a reason, and while a text of the year uses it; Conflict for a stale version.
    """
    fact = _open(fact_id, expected_version)
    if not reason.strip():
        raise Refusal(_("Zeg waarom dit feit wordt ingetrokken."), "reason")
    if headings := headings_with(fact.year, fact.key):
        raise Refusal(
            _("De tekst gebruikt dit feit nog, in: %(sections)s. Haal het daar eerst weg.")
            % {"sections": "; ".join(headings)}
        )
    if was_checked(fact):
        require_second_person(actor, fact.entered_by_id)
    fact.withdrawn_by_id, fact.withdrawn_at, fact.withdrawal_reason = actor.account_id, at, reason.strip()
    fact.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(fact, withdrawn_at=at, withdrawal_reason=fact.withdrawal_reason)
    return fact
