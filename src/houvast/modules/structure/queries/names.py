"""What units, functions, posts and people are called in the trail."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Model
from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import known
from houvast.core.orgs.models import FunctionPeriod, PostPeriod, UnitPeriod
from houvast.core.people.models import Absence, Appointment, Deputy, Person
from houvast.core.registry import RecordName
from houvast.modules.structure import permissions

Names = Callable[[Actor, Collection[str]], dict[str, RecordName]]


def _names(model: type[Model], page: str, uid: str, name: str, pk: str, *, newest: bool = False) -> Names:
    """By the paths from the model to uid, name and the key of the page; newest: the newest of several periods."""

    def named(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
        if not actor.may(permissions.VIEW):
            return {}
        rows: Any = model.objects.filter(**{f"{uid}__in": uids})  # type: ignore[attr-defined]  # each has it
        if newest:
            rows = rows.filter(known()).order_by("valid_from", "pk")
        slug = actor.organisation.slug
        return {
            str(one): RecordName(told, reverse(f"structure:{page}", args=[slug, key]))
            for one, told, key in rows.values_list(uid, name, pk)
        }

    return named


UNITS = _names(UnitPeriod, "unit", "unit__uid", "name", "unit_id", newest=True)
UNIT_PERIODS = _names(UnitPeriod, "unit", "uid", "name", "unit_id")
FUNCTIONS = _names(FunctionPeriod, "function", "function__uid", "name", "function_id", newest=True)
FUNCTION_PERIODS = _names(FunctionPeriod, "function", "uid", "name", "function_id")
PEOPLE = _names(Person, "person", "uid", "name", "pk")
APPOINTMENTS = _names(Appointment, "person", "uid", "person__name", "person_id")
DEPUTIES = _names(Deputy, "person", "uid", "person__name", "person_id")


def absence_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Absences by who is away: for who may change the structure, and one's own; no news for all who see it."""
    if not actor.may(permissions.VIEW):
        return {}
    rows: Any = Absence.objects.filter(uid__in=uids)
    if not actor.may(permissions.CHANGE):
        rows = rows.filter(person_id=actor.person_id)
    slug = actor.organisation.slug
    return {
        str(uid): RecordName(name, reverse("structure:person", args=[slug, pk]))
        for uid, name, pk in rows.values_list("uid", "person__name", "person_id")
    }


def _posts(path: str) -> Names:
    """A post is called by its function and unit, as they were called last."""

    def named(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
        if not actor.may(permissions.VIEW):
            return {}
        rows: Any = PostPeriod.objects.filter(**{f"{path}__in": uids})
        rows = rows.order_by("valid_from", "function__periods__valid_from", "unit__periods__valid_from")
        slug = actor.organisation.slug
        called = (path, "function__periods__name", "unit__periods__name", "post_id")
        return {
            str(one): RecordName(f"{function}, {unit}", reverse("structure:post", args=[slug, key]))
            for one, function, unit, key in rows.values_list(*called)
        }

    return named


POSTS = _posts("post__uid")
POST_PERIODS = _posts("uid")
