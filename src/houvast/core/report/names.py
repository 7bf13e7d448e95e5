"""What facts and texts are called in the trail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.registry import RecordName
from houvast.core.report.models import (
    Agreement,
    Comment,
    Contribution,
    Prose,
    Round,
    SectionPlacing,
    SourcedFact,
)
from houvast.core.report.outline import walk
from houvast.core.report.permissions import CONTRIBUTE, VIEW
from houvast.core.report.queries import headings_of_years


def fact_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Sourced facts by their label, with the claim in the chapter."""
    if not actor.may(VIEW):
        return {}
    rows = SourcedFact.objects.filter(uid__in=uids).values_list("uid", "label", "year", "key")
    return {
        str(uid): RecordName(f"{label} ({year})", f"{_chapter(actor, year)}?feit={key}")
        for uid, label, year, key in rows
    }


def prose_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Texts by the heading that they stand under."""
    if not actor.may(VIEW):
        return {}
    sections = {slot: section for _depth, section in walk() for slot in section.slots}
    rows = Prose.objects.filter(uid__in=uids).values_list("uid", "slot", "year")
    headings = headings_of_years()
    return {
        str(uid): RecordName(
            f"{headings(sections[slot], year)} ({year})", f"{_chapter(actor, year)}#{sections[slot].key}"
        )
        for uid, slot, year in rows
        if slot in sections
    }


def placing_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Sections as the organisation has them, by their heading."""
    if not actor.may(VIEW):
        return {}
    rows = SectionPlacing.objects.filter(uid__in=uids).values_list("uid", "heading", "from_year")
    return {str(uid): RecordName(f"{heading} ({year})", _chapter(actor, year)) for uid, heading, year in rows}


def round_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Rounds by their year."""
    if not actor.may(CONTRIBUTE):
        return {}
    rows = Round.objects.filter(uid__in=uids).values_list("uid", "year")
    return {
        str(uid): RecordName(str(year), reverse("report:round", args=[actor.organisation.slug, year]))
        for uid, year in rows
    }


def contribution_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Contributions by the heading of their section."""
    return _by_section(actor, Contribution.objects.filter(uid__in=uids), "")


def agreement_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Agreements by the heading of the section that they are about."""
    return _by_section(actor, Agreement.objects.filter(uid__in=uids), "contribution__")


def comment_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Comments by the heading of the section that they are about; what they say is not told."""
    return _by_section(actor, Comment.objects.filter(uid__in=uids), "contribution__")


def _by_section(actor: Actor, rows: Any, prefix: str) -> dict[str, RecordName]:
    if not actor.may(CONTRIBUTE):
        return {}
    sections, headings = {section.key: section for _depth, section in walk()}, headings_of_years()
    found = rows.values_list("uid", f"{prefix}section", f"{prefix}round__year")
    return {
        str(uid): RecordName(
            f"{headings(sections[section], year) if section in sections else section} ({year})",
            reverse("report:section", args=[actor.organisation.slug, year, section]),
        )
        for uid, section, year in found
    }


def _chapter(actor: Actor, year: int) -> str:
    return reverse("report:chapter", args=[actor.organisation.slug, year])
