"""What roles and grants are called in the trail."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.access.models import Grant, Role, RoleAssignment
from houvast.core.access.permissions import MANAGE_ACCESS
from houvast.core.registry import RecordName


def role_names(_actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Roles by name; they name nobody."""
    rows = Role.objects.filter(uid__in=uids).values_list("uid", "name")
    return {str(uid): RecordName(name) for uid, name in rows}


def assignment_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Role assignments by role and person, for who manages access."""
    if not actor.may(MANAGE_ACCESS):
        return {}
    rows = RoleAssignment.objects.filter(uid__in=uids)
    slug = actor.organisation.slug
    return {
        str(uid): RecordName(f"{role}, {person}", reverse("administration:person", args=[slug, pk]))
        for uid, role, person, pk in rows.values_list("uid", "role__name", "person__name", "person_id")
    }


def grant_names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
    """Grants by the organisation that got them, for who manages access."""
    if not actor.may(MANAGE_ACCESS):
        return {}
    page = reverse("administration:grants", args=[actor.organisation.slug])
    rows = Grant.objects.filter(uid__in=uids).values_list("uid", "grantee__name")
    return {str(uid): RecordName(name, page) for uid, name in rows}
