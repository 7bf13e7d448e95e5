"""What the chapter asks of people today: facts that somebody else entered and nobody checked yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Task
from houvast.core.report.permissions import CHECK_FACT
from houvast.core.report.queries import unchecked_facts


def tasks(actor: Actor) -> tuple[Task, ...]:
    """The unchecked facts of others, one task a year."""
    if not actor.may(CHECK_FACT):
        return ()
    waiting = unchecked_facts().exclude(entered_by_id=actor.account_id)
    years = sorted(waiting.values_list("year", flat=True))
    return tuple(
        Task(
            label=_("Feiten met een bron controleren voor %(year)s") % {"year": year},
            url=f"{reverse('report:facts', args=[actor.organisation.slug, year])}?stand=open",
            detail=_("%(n)s nog niet gecontroleerd") % {"n": years.count(year)},
        )
        for year in dict.fromkeys(years)
    )
