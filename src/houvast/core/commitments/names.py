"""What commitments and their stands are called in the trail."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.commitments import permissions
from houvast.core.commitments.queries import visible_stands, visible_to
from houvast.core.registry import RecordName


def commitment_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Commitments by their words and the year of their chapter."""
    if not actor.may(permissions.VIEW):
        return {}
    rows = visible_to(actor).filter(uid__in=uids).values_list("uid", "text", "year", "pk")
    return {str(uid): RecordName(f"{text} ({year})", _url(actor, pk)) for uid, text, year, pk in rows}


def stand_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Stands by the commitment that they are about."""
    if not actor.may(permissions.VIEW):
        return {}
    rows = visible_stands(actor).filter(uid__in=uids)
    told = rows.values_list("uid", "commitment__text", "commitment__year", "commitment_id")
    return {str(uid): RecordName(f"{text} ({year})", _url(actor, pk)) for uid, text, year, pk in told}


def _url(actor: Actor, pk: int) -> str:
    return reverse("commitments:commitment", args=[actor.organisation.slug, pk])
