"""A post: its page, and what can be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.models import PostPeriod
from houvast.modules.structure import actions, forms
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.history import history
from houvast.modules.structure.views.changing import FormPage, address, may_change, respond
from houvast.modules.structure.views.labels import told

_FIELDS = ("function_id", "unit_id", "fte", "decision")


def _values(period: Any, *fields: str) -> dict[str, Any]:
    return {name: getattr(period, name) for name in (*_FIELDS, *fields)}


def post(request: Request, pk: int) -> HttpResponse:
    """Function and unit through time, and everybody who held it."""
    found = get_object_or_404(registers.visible_posts(request.actor), pk=pk)
    periods = list(registers.visible_post_periods(request.actor).filter(post=found))
    units, functions = registers.names_of_units(), registers.names_of_functions()
    last = periods[-1] if periods else None
    given = {
        "post": found,
        "name": functions.get(last.function_id, found.code) if last else found.code,
        "unit": units.get(last.unit_id, "") if last else "",
        "unit_id": last.unit_id if last else None,
        "periods": [
            (p, functions.get(p.function_id, ""), units.get(p.unit_id, "")) for p in reversed(periods)
        ],
        "appointments": list(registers.visible_appointments(request.actor).filter(post=found))[::-1],
        "history": told(history(request.actor, found)),
        "may_change": may_change(request, last.unit_id if last else None),
        "today": timezone.localdate(),
    }
    return render(request, "structure/post.html", given)


def add_post(request: Request) -> HttpResponse:
    """A new post."""
    unit = request.GET.get("onderdeel", "")
    page = FormPage(
        title=_("Nieuwe formatieplaats"),
        form=forms.AddPost,
        call=actions.add_post,
        back=address(request, "unit", int(unit)) if unit.isdecimal() else address(request, "organogram"),
        of=registers.names_of_units().get(int(unit), "") if unit.isdecimal() else "",
        done=_("De formatieplaats is toegevoegd."),
        submit=_("Voeg toe"),
        initial={"unit_id": unit, "valid_from": timezone.localdate()},
    )
    return respond(request, page)


def _current(request: Request, pk: int) -> tuple[Any, Any]:
    found = get_object_or_404(registers.visible_posts(request.actor), pk=pk)
    return found, registers.visible_post_periods(request.actor).filter(post=found).last()


def change_post(request: Request, pk: int) -> HttpResponse:
    """From a day on it carries another function, belongs elsewhere or has another size."""
    found, period = _current(request, pk)
    name = registers.name_of_post(pk)
    page = FormPage(
        title=_("Formatieplaats %(name)s wijzigen") % {"name": name},
        lead=_("Voor wat vanaf een dag verandert. Stond er iets verkeerd? Corrigeer dan de periode."),
        form=forms.ChangePost,
        call=lambda actor, **data: actions.change_post(actor, post_id=pk, **data),
        back=address(request, "post", pk),
        of=name,
        done=_("De wijziging is vastgelegd."),
        submit=_("Leg de wijziging vast"),
        initial={**_values(period), "expected_version": found.version, "on": timezone.localdate()},
        stored=lambda: _values(_current(request, pk)[1]),
        unit_id=period.unit_id,
    )
    return respond(request, page)


def end_post(request: Request, pk: int) -> HttpResponse:
    """It ends on a day."""
    found, period = _current(request, pk)
    name = registers.name_of_post(pk)
    page = FormPage(
        title=_("Formatieplaats %(name)s beëindigen") % {"name": name},
        lead=_("Er mag vanaf die dag niemand meer op benoemd zijn."),
        form=forms.End,
        call=lambda actor, **data: actions.end_post(actor, post_id=pk, **data),
        back=address(request, "post", pk),
        of=name,
        done=_("De formatieplaats is beëindigd."),
        submit=_("Beëindig"),
        danger=True,
        initial={"expected_version": found.version},
        unit_id=period.unit_id,
    )
    return respond(request, page)


def correct_post(request: Request, pk: int) -> HttpResponse:
    """A period was recorded wrongly."""
    period = get_object_or_404(registers.visible_post_periods(request.actor), pk=pk)
    dates = ("valid_from", "valid_until")
    name = registers.name_of_post(period.post_id)
    page = FormPage(
        title=_("Periode van formatieplaats %(name)s corrigeren") % {"name": name},
        lead=_("Wat er stond, blijft bewaard met het moment van de correctie."),
        form=forms.CorrectPost,
        call=lambda actor, **data: actions.correct_post(actor, period_id=pk, **data),
        back=address(request, "post", period.post_id),
        of=name,
        done=_("De periode is gecorrigeerd."),
        submit=_("Corrigeer"),
        initial={**_values(period, *dates), "expected_version": period.version},
        stored=lambda: _values(PostPeriod.objects.get(pk=pk), *dates),
        unit_id=period.unit_id,
    )
    return respond(request, page)
