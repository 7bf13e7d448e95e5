"""Units (organisatieonderdelen): adding, changing from a day, ending, correcting."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.audit.actions import action
from houvast.core.orgs.base import lock
from houvast.core.orgs.models import Unit, UnitPeriod
from houvast.modules.structure import permissions
from houvast.modules.structure.actions import periods
from houvast.modules.structure.queries.spans import function_spans, post_spans, unit_spans
from houvast.modules.structure.rules.checks import check_posts, check_units, refuse


class UnitFields(TypedDict, total=False):
    """What a unit is during a period."""

    name: str
    kind: str
    parent_id: int | None
    order: int
    decision: str


def _check(unit: Unit) -> None:
    units = unit_spans()
    refuse(check_units(units))
    refuse(check_posts(post_spans(Q(unit=unit)), units, function_spans()))


def _told(new: UnitFields) -> dict[str, object]:
    told: dict[str, object] = {name: value for name, value in new.items() if name != "parent_id"}
    if "parent_id" in new:
        parent = new["parent_id"]
        told["parent"] = (
            None if parent is None else str(Unit.objects.values_list("uid", flat=True).get(pk=parent))
        )
    return told


@action("structure.add_unit", permission=permissions.CHANGE)
def add_unit(
    actor: Actor,
    *,
    code: str,
    valid_from: date,
    valid_until: date | None = None,
    **new: Unpack[UnitFields],
) -> Unit:
    """A new unit. Raises NotPossible for a code in use or a parent that does not exist all the while."""
    periods.require_unit(actor, new.get("parent_id"))
    periods.check_free(Unit, code, _("Onderdeel"))
    unit = Unit(code=code)
    periods.note(unit, code=code, on=valid_from, **_told(new))
    periods.start(UnitPeriod(unit=unit, valid_from=valid_from, valid_until=valid_until, **new))
    _check(unit)
    return unit


@action("structure.change_unit", permission=permissions.CHANGE)
def change_unit(
    actor: Actor,
    *,
    unit_id: int,
    expected_version: int,
    on: date,
    **new: Unpack[UnitFields],
) -> Unit:
    """From a day on the unit is called otherwise, is of another kind, or hangs elsewhere."""
    unit = lock(Unit, unit_id, expected_version)
    periods.require_unit(actor, unit_id)
    if "parent_id" in new:
        periods.require_unit(actor, new["parent_id"])
    periods.change(periods.running(UnitPeriod, on, unit=unit), on, **new)
    periods.note(unit, on=on, **_told(new))
    _check(unit)
    return unit


@action("structure.end_unit", permission=permissions.CHANGE)
def end_unit(actor: Actor, *, unit_id: int, expected_version: int, on: date) -> Unit:
    """The unit ends on a day. Raises NotPossible while posts or other units are in it from that day on."""
    unit = lock(Unit, unit_id, expected_version)
    periods.require_unit(actor, unit_id)
    periods.end_all(UnitPeriod, on, unit=unit)
    periods.note(unit, valid_until=on)
    _check(unit)
    return unit


@action("structure.correct_unit", permission=permissions.CHANGE)
def correct_unit(
    actor: Actor,
    *,
    period_id: int,
    expected_version: int,
    valid_from: date,
    valid_until: date | None,
    **right: Unpack[UnitFields],
) -> Unit:
    """One of the unit's periods was wrong: it is withdrawn and replaced. The version is the period's."""
    period = lock(UnitPeriod, period_id, expected_version)
    unit = lock(Unit, period.unit_id)
    periods.require_unit(actor, unit.pk)
    if "parent_id" in right:
        periods.require_unit(actor, right["parent_id"])
    periods.refuse_withdrawn(period)
    periods.correct(period, valid_from=valid_from, valid_until=valid_until, **right)
    periods.note(unit, valid_from=valid_from, valid_until=valid_until, **_told(right))
    _check(unit)
    return unit
