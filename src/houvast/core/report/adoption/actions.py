"""Offering, adopting, opening again, correcting, and answering what the law asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson, require_second_person
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditHead
from houvast.core.files.actions import store
from houvast.core.orgs.base import Conflict, lock
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.checklist import Item, checklist, told
from houvast.core.report.adoption.models import (
    Adoption,
    Correction,
    CorrectionDecision,
    CouncilRequirement,
    Edition,
    FrozenPart,
    Offer,
    Reopening,
    RequirementAnswer,
)
from houvast.core.report.adoption.queries import (
    adopted,
    made_with_prints,
    newest_edition,
    obstacles,
    offer_of,
    sources_of,
    standing,
    waiting_corrections,
)
from houvast.core.report.adoption.rules import (
    Answer,
    CorrectionEntry,
    NotYet,
    Outcome,
    Standing,
    freezes,
    require_closed,
    require_decision,
    require_offer,
    require_open,
    require_reference,
    require_text,
)
from houvast.core.report.chapter import Chapter
from houvast.core.report.claims import Claim, fault
from houvast.core.report.permissions import ADOPT, ANSWER, CONFIRM, CORRECT, OFFER
from houvast.core.report.queries import NoChapter
from houvast.core.report.rules import LAST_YEAR, require_year


def in_turn() -> None:
    """Wait until no other action of the organisation is under way; from then on each row stays as it is.

    Every action ends by locking the end of the chain. Who locks it first sees all registers at one moment.
    """
    AuditHead.objects.select_for_update().first()


def require_open_year(year: int) -> None:
    """Raise Refusal when the year is adopted. For every action that writes text or facts, before it writes."""
    in_turn()
    edition = newest_edition(year)
    require_open(standing(year, edition, None))


def _ready(actor: Actor, year: int) -> None:
    if found := obstacles(actor, year):
        raise NotYet(found)


def _made(actor: Actor, year: int) -> tuple[Chapter, Any]:
    try:
        return made_with_prints(actor.organisation, year)
    except NoChapter as error:
        raise Refusal(str(error)) from error


@action("report.offer", permission=OFFER)
def offer(actor: Actor, *, year: int, today: date) -> Offer:
    """Offer the chapter for adoption, as it is now. Who offers it is who prepared it.

    Raises NotYet with everything that stands in the way, and Refusal for a year that is adopted or has no chapter.
    """
    require_year(year, today)
    require_open_year(year)
    chapter, _prints = _made(actor, year)
    _ready(actor, year)
    row = Offer(year=year, sha256=frozen.offered_hash(chapter), offered_by_id=actor.account_id)
    row.save()
    record(row, year=year, sha256=row.sha256)
    return row


@action("report.adopt", permission=ADOPT)
def adopt(
    actor: Actor,
    *,
    year: int,
    body: str,
    decided_on: date,
    reference: str,
    today: date,
    amended: bool = False,
    upload: UploadedFile[Any] | None = None,
) -> Adoption:
    """Record that a body adopted the chapter, and freeze it where it is a first or an amended edition.

    amended: the text was opened again for an amendment and is adopted as it is now. Raises SamePerson for who
    prepared it, NotYet with everything that stands in the way, FileRefused for a decision's file that is not
    taken in, and Refusal where the decision cannot follow on what was decided before.
    """
    in_turn()
    edition = newest_edition(year)
    before = standing(year, edition, offer_of(year, edition))
    require_decision(before, body, decided_on, today)
    reference = require_reference(reference)
    if freezes(before, amended=amended):
        edition = _freeze(actor, before)
    adopted_by = require_second_person(actor, edition.prepared_by_id)
    row = Adoption(
        edition=edition,
        body=body,
        decided_on=decided_on,
        reference=reference,
        prepared_by_id=edition.prepared_by_id,
        adopted_by_id=adopted_by,
    )
    row.save()
    record(row, year=year, edition=edition, body=body, decided_on=decided_on, reference=reference)
    if upload is not None:
        store(upload, row)
    return row


def _freeze(actor: Actor, before: Standing) -> Edition:
    """Make the next edition of what was offered."""
    year = before.year
    chapter, prints = _made(actor, year)
    _ready(actor, year)
    require_offer(before, frozen.offered_hash(chapter))
    frozen_by = require_second_person(actor, before.offered_by)
    parts = frozen.freeze(chapter, prints, sources_of(year), told(checklist(year)))
    edition = Edition(
        year=year,
        number=before.edition + 1,
        prepared_by_id=before.offered_by,
        frozen_by_id=frozen_by,
        sha256=frozen.manifest_hash(part.listed for part in parts),
    )
    edition.save()
    for part in parts:
        FrozenPart(
            organisation_id=edition.organisation_id,
            edition=edition,
            name=part.name,
            size=len(part.content),
            sha256=part.sha256,
            content=part.content,
        ).save(force_insert=True)
    record(edition, year=year, number=edition.number, sha256=edition.sha256, parts=len(parts))
    return edition


@action("report.reopen", permission=ADOPT)
def reopen(actor: Actor, *, year: int, reason: str) -> Reopening:
    """Open the text that the college adopted, for an amendment of the raad; its edition stays.

    Raises Refusal where the raad has decided already, where nothing is adopted, or without a reason.
    """
    in_turn()
    edition = newest_edition(year)
    before = standing(year, edition, None)
    require_closed(before)
    if before.adopted_by_council:
        raise Refusal(_("De raad heeft al besloten. Wat nu nog blijkt, wordt een correctie."))
    reason = require_text(reason, _("Zeg welk amendement de tekst wijzigt."), "reason")
    row = Reopening(edition=edition, reason=reason)
    row.save()
    record(row, year=year, edition=edition, reason=reason)
    return row


@action("report.correct", permission=CORRECT)
def correct(actor: Actor, *, year: int, entry: CorrectionEntry, today: date) -> Correction:
    """Enter a correction of an adopted chapter. It is a footnote once somebody else has confirmed it.

    Raises Refusal for a year that is not adopted, for something the edition does not hold, for a value that the
    claim cannot have, and without text or decision.
    """
    in_turn()
    edition = newest_edition(year)
    require_closed(standing(year, edition, None))
    if actor.account_id is None:
        raise SamePerson
    decided_on = _require_correction(adopted(edition).chapter, entry, today)
    reference = require_reference(entry.reference)
    text = require_text(entry.text, _("Zeg wat er had moeten staan."), "text")
    row = Correction(
        edition=edition,
        number=Correction.objects.filter(edition=edition).count() + 1,
        claim_key=entry.claim_key,
        section=entry.section,
        text=text,
        value=entry.value,
        reference=reference,
        decided_on=decided_on,
        entered_by_id=actor.account_id,
    )
    row.save()
    about = entry.claim_key or entry.section
    record(row, edition=edition, about=about, text=text, value=entry.value, decided_on=decided_on)
    return row


def _require_correction(chapter: Chapter, entry: CorrectionEntry, today: date) -> date:
    """The day of the decision. Raises Refusal where the correction cannot be of this edition."""
    claim = chapter.claims.get(entry.claim_key)
    if bool(entry.claim_key) == bool(entry.section):
        raise Refusal(_("Kies waar de correctie over gaat: één feit of één onderdeel."), "about")
    if entry.claim_key and claim is None:
        raise Refusal(_("Dit feit staat niet in de vastgestelde editie."), "about")
    if entry.section and entry.section not in {section.key for section in chapter.sections}:
        raise Refusal(_("Dit onderdeel staat niet in de vastgestelde editie."), "about")
    _require_value(claim, entry.value)
    if entry.decided_on is None:
        raise Refusal(_("Vul de dag van het besluit in."), "decided_on")
    if not date(chapter.context.year, 12, 31) < entry.decided_on <= today:
        raise Refusal(
            _("De dag van het besluit ligt na het verslagjaar en niet in de toekomst."), "decided_on"
        )
    return entry.decided_on


def _require_value(claim: Claim | None, value: Any) -> None:
    if value is None:
        return
    if claim is None:
        raise Refusal(_("Alleen een feit heeft een waarde."), "value")
    if sentence := fault(claim.kind, value):
        raise Refusal(str(sentence), "value")


@action("report.decide_correction", permission=CONFIRM)
def decide_correction(actor: Actor, *, correction_id: int, outcome: str) -> CorrectionDecision:
    """Confirm or reject a correction that somebody else entered.

    Raises SamePerson for who entered it, and Refusal when it was decided already.
    """
    in_turn()
    correction = Correction.objects.get(pk=correction_id)
    if not waiting_corrections().filter(pk=correction_id).exists():
        raise Refusal(_("Over deze correctie is al besloten."))
    row = CorrectionDecision(
        correction=correction,
        outcome=Outcome(outcome),
        entered_by_id=correction.entered_by_id,
        checked_by_id=require_second_person(actor, correction.entered_by_id),
    )
    row.save()
    record(row, correction=correction, outcome=row.outcome)
    return row


@action("report.answer_requirement", permission=ANSWER)
def answer_requirement(
    actor: Actor,
    *,
    year: int,
    key: str,
    answer: str,
    expected_version: int,
    section: str = "",
    document: str = "",
    reason: str = "",
) -> RequirementAnswer:
    """Say what proves that a requirement is met, or why it does not apply. `expected_version` is 0 for the first.

    Raises Refusal for a requirement that does not hold in that year, for one that always applies, without a proof
    or a reason, and once the year is adopted; Conflict when somebody answered meanwhile.
    """
    require_open_year(year)
    item = next((one for one in checklist(year) if one.key == key), None)
    if item is None:
        raise Refusal(_("Deze eis geldt niet voor %(year)s.") % {"year": year})
    document, reason = document.strip()[:200], reason.strip()
    _require_answer(item, answer, section, document, reason)
    done = answer == Answer.DONE
    row = RequirementAnswer.objects.select_for_update().filter(year=year, key=key).first()
    if row is None:
        row = RequirementAnswer(year=year, key=key)
    elif row.version != expected_version:
        raise Conflict(row)
    row.answer, row.answered_by_id = answer, actor.account_id
    row.section, row.document = (section, document) if done else ("", "")
    row.reason = "" if done else reason
    row.save()
    record(
        row, year=year, key=key, answer=answer, section=row.section, document=row.document, reason=row.reason
    )
    return row


def _require_answer(item: Item, answer: str, section: str, document: str, reason: str) -> None:
    if answer not in Answer.values:
        raise Refusal(_("Kies of aan de eis is voldaan."), "answer")
    if answer == Answer.DONE:
        if section and section not in item.headings:
            raise Refusal(_("Kies een onderdeel van de paragraaf."), "section")
        if not section and not document:
            raise Refusal(_("Kies het onderdeel, of noem het document waaruit het blijkt."), "section")
        return
    if item.always:
        raise Refusal(_("Deze eis geldt voor elke paragraaf; ‘niet van toepassing’ kan hier niet."), "answer")
    if not reason:
        raise Refusal(_("Zeg waarom de eis niet van toepassing is."), "reason")


@action("report.add_requirement", permission=ANSWER)
def add_requirement(
    actor: Actor, *, name: str, first_year: int, reference: str, decided_on: date, today: date
) -> CouncilRequirement:
    """Record what the council asks of the chapter, with its decision. Raises Refusal where something lacks."""
    require_year(first_year, today)
    if not name.strip() or len(name.strip()) > 200:
        raise Refusal(_("Omschrijf de eis in ten hoogste 200 tekens."), "name")
    if decided_on > today:
        raise Refusal(_("De dag van het besluit ligt in de toekomst."), "decided_on")
    row = CouncilRequirement(
        name=name.strip(),
        first_year=first_year,
        reference=require_reference(reference),
        decided_on=decided_on,
    )
    row.save()
    record(row, name=row.name, first_year=first_year, reference=row.reference, decided_on=decided_on)
    return row


@action("report.end_requirement", permission=ANSWER)
def end_requirement(
    actor: Actor, *, requirement_id: int, expected_version: int, last_year: int
) -> CouncilRequirement:
    """Say for which reporting year a requirement of the council holds last.

    Raises Refusal for a year before its first, and Conflict for a stale version.
    """
    row = lock(CouncilRequirement, requirement_id, expected_version)
    if not row.first_year <= last_year <= LAST_YEAR:
        raise Refusal(_("Het laatste verslagjaar ligt voor het eerste."), "last_year")
    row.last_year = last_year
    row.save(update_fields=["last_year"])
    record(row, last_year=last_year)
    return row
