"""The history of a unit, function, post or person in words, from the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import CHANGED
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import doers
from houvast.core.orgs.base import OrganisationModel, known
from houvast.core.orgs.models import Function, Post, PostPeriod, Unit
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.people.models import Person
from houvast.modules.structure import permissions
from houvast.modules.structure.models import MilestoneEvidence, StructureVersion
from houvast.modules.structure.queries.registers import names_of_functions, names_of_posts, names_of_units
from houvast.modules.structure.rules.spans import told_day
from houvast.modules.structure.rules.versions import Advice, EvidenceKind, VersionKind

LONGEST = 200
"""So many of the newest lines are told."""


@dataclass(frozen=True)
class Told:
    """One thing that happened: when, who did it, which action, and a sentence about what changed."""

    at: datetime
    who: str
    action: str
    text: str


def unit_history(actor: Actor, unit: Unit) -> list[Told]:
    """What happened to a unit and to its posts, newest first; eight queries, however long it is."""
    posts = PostPeriod.objects.filter(unit=unit).values("post")
    called = names_of_functions()
    of_posts = PostPeriod.objects.filter(known(), post__in=posts).order_by("valid_from", "pk")
    subjects = {unit.uid: ""} | {
        uid: called.get(function, "") for uid, function in of_posts.values_list("post__uid", "function_id")
    }
    return _told(actor, subjects)


def history(actor: Actor, subject: OrganisationModel) -> list[Told]:
    """What happened to one function, post or person, newest first."""
    return _told(actor, {subject.uid: ""})


def version_history(actor: Actor, version: StructureVersion) -> list[Told]:
    """What happened to a version, its actions, its milestone and its evidence, newest first."""
    pieces = MilestoneEvidence.objects.filter(milestone__version_of=version)
    subjects = {
        version.uid: "",
        **{row.uid: row.what for row in version.actions.all()},
        **{row.uid: row.name for row in version.milestones.all()},
        **{row.uid: row.title for row in pieces},
    }
    return _told(actor, subjects)


def _told(actor: Actor, subjects: dict[UUID, str]) -> list[Told]:
    actor.require(permissions.VIEW)
    entries = list(
        AuditEntry.objects.filter(subject_uid__in=subjects)
        .select_related("home")
        .order_by("-number")[:LONGEST]
    )
    names, who = _names(entries), doers(entries)
    return [
        Told(
            at=entry.at,
            who=who[entry.number] or _("Systeem"),
            action=entry.action,
            text=_sentence(subjects[entry.subject_uid], entry.changes, names) if entry.subject_uid else "",
        )
        for entry in entries
    ]


def _names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Names for the uids that entries mention."""
    mentioned = {
        str(entry.changes[key]) for entry in entries for key in _REFERENCES if entry.changes.get(key)
    }
    if not mentioned:
        return {}
    people = Person.objects.filter(uid__in=mentioned).values_list("uid", "name")
    units, functions = names_of_units(), names_of_functions()
    return {
        **{str(uid): name for uid, name in people},
        **{str(u.uid): units.get(u.pk, u.code) for u in Unit.objects.filter(uid__in=mentioned)},
        **{str(f.uid): functions.get(f.pk, f.code) for f in Function.objects.filter(uid__in=mentioned)},
        **_posts(mentioned),
    }


def _posts(mentioned: Iterable[str]) -> dict[str, str]:
    """Posts by the function they carry and where."""
    found = dict(Post.objects.filter(uid__in=mentioned).values_list("pk", "uid"))
    names = names_of_posts() if found else {}
    return {str(uid): names.get(pk, "") for pk, uid in found.items()}


_REFERENCES = {
    "person": gettext_lazy("medewerker"),
    "deputy": gettext_lazy("vervanger"),
    "unit": pgettext_lazy("organisatie", "onderdeel"),
    "function": gettext_lazy("functie"),
    "parent": gettext_lazy("valt onder"),
    "owner_person": gettext_lazy("verantwoordelijke"),
    "owner_post": gettext_lazy("verantwoordelijke"),
}
_WORDS = {
    "name": gettext_lazy("naam"),
    "kind": gettext_lazy("soort"),
    "order": gettext_lazy("volgorde"),
    "decision": gettext_lazy("besluit"),
    "fte": gettext_lazy("fte"),
    "scale": gettext_lazy("schaal"),
    "code": gettext_lazy("code"),
    "tasks": gettext_lazy("taken"),
    "competences": gettext_lazy("competenties"),
    "mandates": gettext_lazy("mandaten"),
    "decided_by": gettext_lazy("besloten door"),
    "advice": gettext_lazy("advies"),
    "evidence": gettext_lazy("bewijs"),
    "title": gettext_lazy("titel"),
    "place": gettext_lazy("vindplaats"),
    "manner": gettext_lazy("verloop"),
    "meaning": gettext_lazy("betekenis"),
}
_DAYS = {
    "on": gettext_lazy("vanaf {day}"),
    "valid_from": gettext_lazy("vanaf {day}"),
    "valid_until": gettext_lazy("tot {day}"),
    "effective_on": gettext_lazy("gaat in op {day}"),
    "decided_on": gettext_lazy("besloten op {day}"),
    "advised_on": gettext_lazy("geadviseerd op {day}"),
    "agreed_on": gettext_lazy("afgesproken op {day}"),
    "due_on": gettext_lazy("uiterlijk {day}"),
    "done_on": gettext_lazy("gereed op {day}"),
    "lapsed_on": gettext_lazy("vervallen op {day}"),
    "closed_on": gettext_lazy("bereikt op {day}"),
    "dated": gettext_lazy("gedateerd {day}"),
}
_KINDS = {
    **dict(UnitKind.choices),
    **dict(FunctionKind.choices),
    **dict(VersionKind.choices),
    **dict(Advice.choices),
    **dict(EvidenceKind.choices),
    "regular": gettext_lazy("benoemd"),
    "acting": gettext_lazy("waarnemend"),
}


# PostgreSQL keeps the keys of a JSON object in an order of its own.
_FIRST = ("on", "valid_from", "valid_until")
_ORDER = (*dict.fromkeys((*_FIRST, *_WORDS, *_DAYS)), *_REFERENCES, "withdrawn")


def _sentence(about: str, changes: dict[str, Any], names: dict[str, str]) -> str:
    parts = [_part(key, changes[key], names) for key in _ORDER if key in changes]
    told = "; ".join(part for part in parts if part)
    return f"{about}: {told}" if about and told else about or told


def _part(key: str, value: Any, names: dict[str, str]) -> str:
    if key in _REFERENCES:
        return _reference(key, value, names)
    if key in _DAYS:
        return str(_DAYS[key]).format(day=_day(value)) if value else ""
    if key == "withdrawn":
        return _("ingetrokken")
    if key not in _WORDS or value in (None, ""):
        return ""
    changed = _("{field} gewijzigd").format(field=_WORDS[key])
    return changed if value == CHANGED else f"{_WORDS[key]} {_KINDS.get(value, value)}"


def _reference(key: str, value: Any, names: dict[str, str]) -> str:
    if value:
        return f"{_REFERENCES[key]} {names.get(str(value), _('onbekend'))}"
    return _("bovenaan") if key == "parent" else ""


def _day(value: Any) -> str:
    return told_day(date.fromisoformat(str(value)))
