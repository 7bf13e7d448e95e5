"""What facts and texts are called in the trail."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.registry import RecordName
from houvast.core.report.models import Prose, SourcedFact
from houvast.core.report.outline import walk
from houvast.core.report.permissions import VIEW


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
    under = {slot: section for _depth, section in walk() for slot in section.slots}
    rows = Prose.objects.filter(uid__in=uids).values_list("uid", "slot", "year")
    return {
        str(uid): RecordName(f"{under[slot].heading} ({year})", f"{_chapter(actor, year)}#{under[slot].key}")
        for uid, slot, year in rows
        if slot in under
    }


def _chapter(actor: Actor, year: int) -> str:
    return reverse("report:chapter", args=[actor.organisation.slug, year])
