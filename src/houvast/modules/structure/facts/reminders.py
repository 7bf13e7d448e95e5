"""Of what the structure can remind people: the open actions of a transition, who owns them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Reminded, ReminderKind
from houvast.modules.structure.queries import versions


def _open_actions(actor: Actor) -> Iterator[Reminded]:
    """Each open action to its owner; one of a post to whoever holds that post today."""
    rows = list(versions.open_actions_of_all(actor))
    holders = versions.holders_of(
        {row.owner_post_id for row in rows if row.owner_post_id}, timezone.localdate()
    )
    for row in rows:
        owners = [row.owner_person_id] if row.owner_person_id else holders.get(row.owner_post_id, [])
        url = reverse("structure:finish_transition_action", args=[actor.organisation.slug, row.pk])
        for person in owners:
            yield Reminded(row.uid, person, row.what, row.due_on, url)


REMINDERS = (
    ReminderKind(
        "structure.transition_action", _("Overgangsactie van de structuur gereed melden"), _open_actions
    ),
)
