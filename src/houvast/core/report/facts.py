"""What the chapter asks of people today: facts that somebody else entered and nobody checked yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Figure, Task
from houvast.core.report.permissions import CHECK_FACT
from houvast.core.report.queries import unchecked_facts


def _waiting(actor: Actor) -> list[int]:
    """The years of the facts that others entered and nobody checked, in order; one query."""
    if not actor.may_write(CHECK_FACT):
        return []
    waiting = unchecked_facts().exclude(entered_by_id=actor.account_id)
    return sorted(waiting.values_list("year", flat=True))


def _address(actor: Actor, year: int) -> str:
    return f"{reverse('report:facts', args=[actor.organisation.slug, year])}?stand=open"


def tasks(actor: Actor) -> tuple[Task, ...]:
    """The unchecked facts of others, one task a year."""
    years = _waiting(actor)
    return tuple(
        Task(
            label=_("Feiten met een bron controleren voor %(year)s") % {"year": year},
            url=_address(actor, year),
            detail=_("%(n)s nog niet gecontroleerd") % {"n": years.count(year)},
            act=_("Controleer feiten"),
        )
        for year in dict.fromkeys(years)
    )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """For who checks facts: how many wait for that."""
    years = _waiting(actor)
    if not years:
        return ()
    note = _("voor {years}").format(years=", ".join(map(str, dict.fromkeys(years))))
    return (Figure(_("Feiten te controleren"), str(len(years)), _address(actor, years[-1]), note=note),)
