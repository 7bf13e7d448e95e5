"""The register of functions, a function's page, and what can be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.models import FunctionPeriod
from houvast.modules.structure import actions, forms
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.history import history
from houvast.modules.structure.rules.spans import told_day
from houvast.modules.structure.views.changing import FormPage, address, asked_day, may_change, respond
from houvast.modules.structure.views.labels import told

_FIELDS = ("name", "kind", "tasks", "competences", "mandates", "scale", "decision")


def _values(period: Any, *fields: str) -> dict[str, Any]:
    return {name: getattr(period, name) for name in (*_FIELDS, *fields)}


def functions(request: Request) -> HttpResponse:
    """The register on a day."""
    form, day = asked_day(request)
    given = {
        "form": form,
        "day": told_day(day),
        "lines": registers.functions_on(request.actor, day),
        "may_change": may_change(request),
    }
    return render(request, "structure/functions.html", given, status=422 if form.errors else 200)


def function(request: Request, pk: int) -> HttpResponse:
    """What the function asks and may do, through time."""
    found = get_object_or_404(registers.visible_functions(request.actor), pk=pk)
    periods = list(registers.visible_function_periods(request.actor).filter(function=found))
    given = {
        "function": found,
        "name": periods[-1].name if periods else found.code,
        "current": periods[-1] if periods else None,
        "periods": periods[::-1],
        "history": told(history(request.actor, found)),
        "may_change": may_change(request),
    }
    return render(request, "structure/function.html", given)


def add_function(request: Request) -> HttpResponse:
    """A new function."""
    page = FormPage(
        title=_("Nieuwe functie"),
        form=forms.AddFunction,
        call=actions.add_function,
        back=address(request, "functions"),
        of=_("Functies"),
        done=_("De functie is toegevoegd."),
        submit=_("Voeg toe"),
        initial={"kind": "staff", "valid_from": timezone.localdate()},
    )
    return respond(request, page)


def _current(request: Request, pk: int) -> tuple[Any, Any]:
    found = get_object_or_404(registers.visible_functions(request.actor), pk=pk)
    return found, registers.visible_function_periods(request.actor).filter(function=found).last()


def change_function(request: Request, pk: int) -> HttpResponse:
    """From a day on it is described otherwise."""
    found, period = _current(request, pk)
    page = FormPage(
        title=_("Functie %(name)s wijzigen") % {"name": period.name},
        lead=_("Voor wat vanaf een dag verandert. Stond er iets verkeerd? Corrigeer dan de periode."),
        form=forms.ChangeFunction,
        call=lambda actor, **data: actions.change_function(actor, function_id=pk, **data),
        back=address(request, "function", pk),
        of=period.name,
        done=_("De wijziging is vastgelegd."),
        submit=_("Leg de wijziging vast"),
        initial={**_values(period), "expected_version": found.version, "on": timezone.localdate()},
        stored=lambda: _values(_current(request, pk)[1]),
    )
    return respond(request, page)


def end_function(request: Request, pk: int) -> HttpResponse:
    """It ends on a day."""
    found, period = _current(request, pk)
    page = FormPage(
        title=_("Functie %(name)s beëindigen") % {"name": period.name},
        lead=_("Er mogen vanaf die dag geen formatieplaatsen met deze functie meer zijn."),
        form=forms.End,
        call=lambda actor, **data: actions.end_function(actor, function_id=pk, **data),
        back=address(request, "function", pk),
        of=period.name,
        done=_("De functie is beëindigd."),
        submit=_("Beëindig"),
        danger=True,
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def correct_function(request: Request, pk: int) -> HttpResponse:
    """A period was recorded wrongly."""
    period = get_object_or_404(registers.visible_function_periods(request.actor), pk=pk)
    dates = ("valid_from", "valid_until")
    page = FormPage(
        title=_("Periode van functie %(name)s corrigeren") % {"name": period.name},
        lead=_("Wat er stond, blijft bewaard met het moment van de correctie."),
        form=forms.CorrectFunction,
        call=lambda actor, **data: actions.correct_function(actor, period_id=pk, **data),
        back=address(request, "function", period.function_id),
        of=period.name,
        done=_("De periode is gecorrigeerd."),
        submit=_("Corrigeer"),
        initial={**_values(period, *dates), "expected_version": period.version},
        stored=lambda: _values(FunctionPeriod.objects.get(pk=pk), *dates),
    )
    return respond(request, page)
