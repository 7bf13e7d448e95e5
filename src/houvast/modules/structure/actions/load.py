"""A whole structure in one action: for the import of a workbook and for demo data. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Function, FunctionPeriod, Post, PostPeriod, Unit, UnitPeriod
from houvast.core.people.models import Appointment, Deputy, Person
from houvast.core.workbooks.actions import begin, finish
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules.plans import Sent
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.queries.spans import all_periods
from houvast.modules.structure.rules.checks import check_all, refuse
from houvast.modules.structure.rules.rows import PeriodRow, Structure
from houvast.modules.structure.rules.spans import NotPossible

M = TypeVar("M", bound=OrganisationModel)


@dataclass(frozen=True)
class Loaded:
    """What a load made or found, by the codes and keys of its rows; `done` where they came from a workbook."""

    units: dict[str, Unit] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    done: WorkbookImport | None = None


@action("structure.load", permission=permissions.CHANGE)
def load(
    actor: Actor,
    *,
    structure: Structure,
    persons: Mapping[str, Person] | None = None,
    sent: Sent | None = None,
) -> Loaded:
    """Write every row, then judge the whole. Codes that exist already get further periods.

    persons: people who are there already, by key. A row of another key makes a new person. sent: the workbook
    that the rows came from. Raises NotPossible for an unknown code or key and for whatever the rules refuse, and
    AlreadyDone for a workbook that was confirmed before; nothing is kept then.
    """
    periods.require_everywhere(actor)
    if sent is not None:
        begin(sent)
    loaded = Loaded(
        units=_by_code(Unit),
        functions=_by_code(Function),
        posts=_by_code(Post),
        persons=dict(persons or {}),
    )
    _load_units(structure, loaded)
    _load_functions(structure, loaded)
    _load_posts(structure, loaded)
    _load_people(structure, loaded)
    refuse(check_all(all_periods()))
    return loaded if sent is None else replace(loaded, done=finish(sent))


def _by_code(model: type[M]) -> dict[str, M]:
    return {row.code: row for row in model.objects.all()}


def _found(held: Mapping[str, M], key: str, what: str) -> M:
    if key not in held:
        told = _("{what} {key} is niet bekend. Voeg die toe, of gebruik een code die bestaat.")
        raise NotPossible(told.format(what=what, key=key))
    return held[key]


def _days(row: PeriodRow) -> dict[str, object]:
    return {"valid_from": row.valid_from, "valid_until": row.valid_until, "decision": row.decision}


def _made(held: dict[str, M], model: type[M], code: str) -> M:
    if code not in held:
        held[code] = model(code=code)
        held[code].save()
    return held[code]


def _load_units(structure: Structure, loaded: Loaded) -> None:
    for row in structure.units:
        _made(loaded.units, Unit, row.code)
    for row in structure.units:
        parent = _found(loaded.units, row.parent, _("Onderdeel")) if row.parent else None
        record(loaded.units[row.code], on=row.valid_from, name=row.name, kind=row.kind, parent=parent)
        periods.start(
            UnitPeriod(
                unit=loaded.units[row.code],
                name=row.name,
                kind=row.kind,
                parent=parent,
                order=row.order,
                **_days(row),
            ),
        )


def _load_functions(structure: Structure, loaded: Loaded) -> None:
    for row in structure.functions:
        function = _made(loaded.functions, Function, row.code)
        record(function, on=row.valid_from, name=row.name, kind=row.kind)
        periods.start(
            FunctionPeriod(
                function=function,
                name=row.name,
                kind=row.kind,
                tasks=row.tasks,
                competences=row.competences,
                mandates=row.mandates,
                scale=row.scale,
                **_days(row),
            ),
        )


def _load_posts(structure: Structure, loaded: Loaded) -> None:
    for row in structure.posts:
        unit = _found(loaded.units, row.unit, _("Onderdeel"))
        function = _found(loaded.functions, row.function, _("Functie"))
        post = _made(loaded.posts, Post, row.code)
        record(post, on=row.valid_from, function=function, unit=unit)
        periods.start(PostPeriod(post=post, function=function, unit=unit, fte=row.fte, **_days(row)))


def _load_people(structure: Structure, loaded: Loaded) -> None:
    for row in structure.persons:
        if row.key not in loaded.persons:
            loaded.persons[row.key] = Person(name=row.name)
            periods.note(loaded.persons[row.key], name=row.name)
    for held in structure.appointments:
        kind = Appointment.Kind.ACTING if held.acting else Appointment.Kind.REGULAR
        person = _found(loaded.persons, held.person, _("Medewerker"))
        post = _found(loaded.posts, held.post, _("Formatieplaats"))
        periods.start(Appointment(post=post, person=person, kind=kind, **_days(held)))
        record(post, on=held.valid_from, valid_until=held.valid_until, kind=kind, person=person)
    for stands in structure.deputies:
        person = _found(loaded.persons, stands.person, _("Medewerker"))
        deputy = _found(loaded.persons, stands.deputy, _("Medewerker"))
        periods.start(
            Deputy(
                person=person, deputy=deputy, valid_from=stands.valid_from, valid_until=stands.valid_until
            ),
        )
