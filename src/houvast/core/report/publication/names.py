"""What a publication is called in the trail."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.registry import RecordName, Records
from houvast.core.report.permissions import PUBLISH
from houvast.core.report.publication.models import Publication


def _names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """By its years, with the page of the newest; one query."""
    if not actor.may(PUBLISH):
        return {}
    rows = Publication.objects.filter(uid__in=uids).values_list("uid", "years")
    return {
        str(uid): RecordName(
            _("Publicatie van %(years)s") % {"years": ", ".join(str(year) for year, *_rest in years)},
            reverse("report:publication", args=[actor.organisation.slug, years[0][0]]),
        )
        for uid, years in rows
    }


RECORDS = (Records("report.publication", gettext_lazy("publicatie"), _names),)
