"""What waits for somebody: a list to look at, or to decide on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Figure, Task
from houvast.core.retention import permissions, queries
from houvast.core.retention.rules import ListStatus

ACTS = {
    ListStatus.DRAFT: _("Beoordeel"),
    ListStatus.PROPOSED: _("Besluit"),
    ListStatus.APPROVED: _("Voer uit"),
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
