"""What waits for somebody: a list to look at, or to decide on; and the days of lists and holds."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.registry import Dated, Figure, Task
from houvast.core.retention import permissions, queries
from houvast.core.retention.rules import ListStatus

ACTS = {
    ListStatus.DRAFT: gettext_lazy("Beoordeel"),
    ListStatus.PROPOSED: gettext_lazy("Besluit"),
    ListStatus.APPROVED: gettext_lazy("Voer uit"),
}


def tasks(actor: Actor) -> tuple[Task, ...]:
    """The lists that wait for a step of this person. One query, and none for who takes no step."""
    return tuple(
        Task(
            _("Vernietigingslijst %(reference)s") % {"reference": row.reference},
            url := reverse("retention:list", args=[actor.organisation.slug, row.pk]),
            act=ACTS[ListStatus(row.status)],
            act_url=url,
        )
        for row in queries.waiting(actor)
    )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """How many lists are open, for who may see them. One query."""
    if not actor.may(permissions.VIEW):
        return ()
    url = reverse("retention:index", args=[actor.organisation.slug])
    return (Figure(_("Openstaande vernietigingslijsten"), str(queries.open_lists()), url),)


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The days of the lists that were not withdrawn, and those on which a hold ends; two queries."""
    if not actor.may(permissions.VIEW):
        return ()
    slug = actor.organisation.slug
    lists = [
        Dated(
            key=f"retention.list:{row.uid}",
            label=_("Vernietigingslijst %(reference)s") % {"reference": row.reference},
            on=row.day,
            url=reverse("retention:list", args=[slug, row.pk]),
            kind=_("Vernietigingslijst"),
            version=row.version,
        )
        for row in queries.listed_between(start, until)
    ]
    holds = [
        Dated(
            key=f"retention.hold:{row.uid}",
            label=_("Einde van een vernietigingsstop"),
            on=row.valid_until,
            url=reverse("retention:index", args=[slug]),
            kind=_("Vernietigingsstop"),
            version=row.version,
        )
        for row in queries.holds_ending(start, until)
        if row.valid_until is not None
    ]
    return (*lists, *holds)
