"""A unit: its page, and what can be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.models import UnitPeriod
from houvast.modules.structure import actions, forms
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.history import unit_history
from houvast.modules.structure.queries.organogram import snapshot
from houvast.modules.structure.views.changing import FormPage, address, may_change, respond
from houvast.modules.structure.views.labels import told

_FIELDS = ("name", "kind", "parent_id", "order", "decision")


def _values(period: Any, *fields: str) -> dict[str, Any]:
    return {name: getattr(period, name) for name in (*_FIELDS, *fields)}


def unit(request: Request, pk: int) -> HttpResponse:
    """Its periods, its posts and people today, the units under it, and what happened to it."""
    found = get_object_or_404(registers.visible_units(request.actor), pk=pk)
    periods = list(registers.visible_unit_periods(request.actor).filter(unit=found))
    today = timezone.localdate()
    shown = snapshot(request.actor, today)
    node = next((node for node in shown.nodes if node.unit_id == found.pk), None)
    names = registers.names_of_units()
    given = {
        "unit": found,
        "name": periods[-1].name if periods else found.code,
        "periods": [(period, names.get(period.parent_id, "")) for period in reversed(periods)],
        "node": node,
        "place": next(iter(node.leading_vacancies), None) if node else None,
        "above": shown.name_of(node.parent_id) if node else "",
        "history": told(unit_history(request.actor, found)),
        "may_change": may_change(request, found.pk),
    }
    return render(request, "structure/unit.html", given)


def add_unit(request: Request) -> HttpResponse:
    """A new unit."""
    page = FormPage(
        title=_("Nieuw onderdeel"),
        form=forms.AddUnit,
        call=actions.add_unit,
        back=address(request, "organogram"),
        done=_("Het onderdeel is toegevoegd."),
        submit=_("Voeg toe"),
        initial={"parent_id": request.GET.get("onder"), "valid_from": timezone.localdate()},
    )
    return respond(request, page)


def _current(request: Request, pk: int) -> tuple[Any, Any]:
    found = get_object_or_404(registers.visible_units(request.actor), pk=pk)
    periods = registers.visible_unit_periods(request.actor).filter(unit=found)
    return found, periods.last()


def change_unit(request: Request, pk: int) -> HttpResponse:
    """From a day on it is called otherwise, is of another kind, or hangs elsewhere."""
    found, period = _current(request, pk)
    page = FormPage(
        title=_("%(name)s wijzigen") % {"name": period.name},
        lead=_("Voor wat vanaf een dag verandert. Stond er iets verkeerd? Corrigeer dan de periode."),
        form=forms.ChangeUnit,
        call=lambda actor, **data: actions.change_unit(actor, unit_id=pk, **data),
        back=address(request, "unit", pk),
        of=period.name,
        done=_("De wijziging is vastgelegd."),
        submit=_("Leg de wijziging vast"),
        initial={**_values(period), "expected_version": found.version, "on": timezone.localdate()},
        stored=lambda: _values(_current(request, pk)[1]),
        unit_id=pk,
    )
    return respond(request, page)


def end_unit(request: Request, pk: int) -> HttpResponse:
    """It ends on a day."""
    found, period = _current(request, pk)
    page = FormPage(
        title=_("%(name)s beëindigen") % {"name": period.name},
        lead=_("Er mogen vanaf die dag geen formatieplaatsen of onderdelen meer onder vallen."),
        form=forms.End,
        call=lambda actor, **data: actions.end_unit(actor, unit_id=pk, **data),
        back=address(request, "unit", pk),
        of=period.name,
        done=_("Het onderdeel is beëindigd."),
        submit=_("Beëindig"),
        danger=True,
        initial={"expected_version": found.version},
        unit_id=pk,
    )
    return respond(request, page)


def correct_unit(request: Request, pk: int) -> HttpResponse:
    """A period was recorded wrongly."""
    period = get_object_or_404(registers.visible_unit_periods(request.actor), pk=pk)
    dates = ("valid_from", "valid_until")
    page = FormPage(
        title=_("Periode van %(name)s corrigeren") % {"name": period.name},
        lead=_("Wat er stond, blijft bewaard met het moment van de correctie."),
        form=forms.CorrectUnit,
        call=lambda actor, **data: actions.correct_unit(actor, period_id=pk, **data),
        back=address(request, "unit", period.unit_id),
        of=period.name,
        done=_("De periode is gecorrigeerd."),
        submit=_("Corrigeer"),
        initial={**_values(period, *dates), "expected_version": period.version},
        stored=lambda: _values(UnitPeriod.objects.get(pk=pk), *dates),
        unit_id=period.unit_id,
    )
    return respond(request, page)
