"""The outgoing post of a record and of the organisation, and which consent holds."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import OrganisationModel
from houvast.core.post.models import Dispatch, ElectronicConsent
from houvast.core.post.permissions import VIEW


def _of(subject: OrganisationModel) -> Q:
    return Q(subject_table=subject._meta.label_lower, subject_uid=subject.uid)


def post_of(subject: OrganisationModel) -> list[Dispatch]:
    """The outgoing post of a record that the reader may see, oldest first; one query."""
    return list(Dispatch.objects.filter(_of(subject)).select_related("file").order_by("drafted_on", "pk"))


def consents_of(subject: OrganisationModel) -> list[ElectronicConsent]:
    """By which ways the addressee of a record made known to be reachable; one query."""
    return list(ElectronicConsent.objects.filter(_of(subject)).order_by("given_on", "pk"))


def consent_for(
    subject: OrganisationModel, kind: str, channel: str, day: date | None = None
) -> ElectronicConsent | None:
    """The consent for a kind of message by a channel: the one that stands, or that held on a day."""
    rows = ElectronicConsent.objects.filter(_of(subject), kind=kind, channel=channel)
    holding = Q(withdrawn_on__isnull=True)
    if day is not None:
        holding = Q(given_on__lte=day) & (holding | Q(withdrawn_on__gt=day))
    found: ElectronicConsent | None = rows.filter(holding).order_by("-given_on", "-pk").first()
    return found


def all_post(actor: Actor) -> QuerySet[Dispatch]:
    """Every piece of the organisation, for the overview. Raises NotPermitted."""
    actor.require(VIEW)
    rows: QuerySet[Dispatch] = Dispatch.objects.all()
    return rows
