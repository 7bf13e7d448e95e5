"""Recording that the site was published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption.actions import in_turn
from houvast.core.report.permissions import PUBLISH
from houvast.core.report.publication.models import Medium, Publication
from houvast.core.report.publication.queries import material


@action("report.publish", permission=PUBLISH)
def publish(actor: Actor, *, sha256: str, years: list[list[Any]], medium: Medium, today: date) -> Publication:
    """Record a site that was made of these years (`Material.state`), with the hash of all its files.

    Raises Refusal where one of them may not be published, or is no longer what it was when the site was made.
    """
    in_turn()
    now = material(actor.organisation, today, [year for year, *_rest in years])
    if now.state != years or not years:
        raise Refusal(
            _("Sinds de site is gemaakt, is er een editie of correctie bij gekomen. Probeer het opnieuw.")
        )
    row = Publication(sha256=sha256, years=years, medium=medium, published_by_id=actor.account_id)
    row.save()
    record(row, sha256=sha256, years=years, medium=medium)
    return row
