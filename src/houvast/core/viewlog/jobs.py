"""Letting go of what is older than its term."""

from datetime import datetime

from django.utils import timezone

from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import writing
from houvast.core.viewlog.models import ViewEntry
from houvast.core.viewlog.rules import KEPT_YEARS


def forget() -> int:
    """Remove the views of which the term is over, in every organisation; how many."""
    removed = 0
    for organisation in Organisation.objects.order_by("pk"):
        with writing(organisation.pk):
            old = ViewEntry.across_organisations.filter(
                organisation_id=organisation.pk, at__lt=_term_over(timezone.now())
            )
            removed += old.delete()[0]
    return removed


def _term_over(now: datetime) -> datetime:
    """Before this moment a view is older than its term, on either database's own reckoning too."""
    day = min(now.day, 28)
    return now.replace(year=now.year - KEPT_YEARS, day=day)
