"""What of the structure can be searched: units, functions, people, versions and what belongs to a version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Indexed, RecordName, Texts
from houvast.modules.structure import permissions
from houvast.modules.structure.queries import registers, versions


def _hit(page: str, name: str, pk: str) -> Callable[[Actor, Any], RecordName]:
    """By the attributes that hold the name and the key of the page."""

    def hit(actor: Actor, row: Any) -> RecordName:
        address = reverse(f"structure:{page}", args=[actor.organisation.slug, getattr(row, pk)])
        return RecordName(str(getattr(row, name)), address)

    return hit


def _named(row: Any) -> Texts:
    return Texts(title=row.name)


def _function(row: Any) -> Texts:
    return Texts(title=row.name, body="\n".join(filter(None, (row.tasks, row.competences, row.mandates))))


def _version(row: Any) -> Texts:
    return Texts(reference=row.decision, title=row.name, body=row.advice_note)


def _evidence_page(actor: Actor, row: Any) -> RecordName:
    page = reverse("structure:version", args=[actor.organisation.slug, row.milestone.version_of_id])
    return RecordName(row.title, page)


# The newest period first: under that name people know it.
INDEXED = (
    Indexed(
        "orgs.unitperiod",
        _("Onderdeel"),
        permissions.VIEW,
        _named,
        lambda actor: registers.visible_unit_periods(actor).order_by("-valid_from", "pk"),
        _hit("unit", "name", "unit_id"),
        group="unit_id",
    ),
    Indexed(
        "orgs.functionperiod",
        _("Functie"),
        permissions.VIEW,
        _function,
        lambda actor: registers.visible_function_periods(actor).order_by("-valid_from", "pk"),
        _hit("function", "name", "function_id"),
        group="function_id",
    ),
    Indexed(
        "people.person",
        _("Medewerker"),
        permissions.VIEW,
        _named,
        registers.visible_people,
        _hit("person", "name", "pk"),
    ),
    Indexed(
        "structure.structureversion",
        _("Structuurversie"),
        permissions.VIEW,
        _version,
        versions.visible_versions,
        _hit("version", "name", "pk"),
    ),
    Indexed(
        "structure.transitionaction",
        _("Overgangsactie"),
        permissions.VIEW,
        lambda row: Texts(title=row.what, body=row.evidence),
        versions.visible_transition_actions,
        _hit("version", "what", "version_of_id"),
    ),
    Indexed(
        "structure.milestone",
        _("Mijlpaal"),
        permissions.VIEW,
        _named,
        versions.visible_milestones,
        _hit("version", "name", "version_of_id"),
    ),
    Indexed(
        "structure.milestoneevidence",
        _("Bewijsstuk"),
        permissions.VIEW,
        lambda row: Texts(title=row.title, body=row.place),
        lambda actor: versions.visible_evidence(actor).filter(withdrawn_on__isnull=True),
        _evidence_page,
    ),
)
