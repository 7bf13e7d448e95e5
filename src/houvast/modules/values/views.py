"""The pages of the vision and the values: what holds on a day, one set, one instrument, and their forms."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.audit.queries import history
from houvast.core.http import Request
from houvast.core.orgs.base import as_of
from houvast.core.ui.charts import Chart, Series, horizontal_bars
from houvast.core.ui.form_page import FormPage, respond
from houvast.modules.values import actions, forms, permissions, queries
from houvast.modules.values.models import ValueSet
from houvast.modules.values.queries import InstrumentLine
from houvast.modules.values.rules import PartKind, years_since


def _address(request: Request, name: str, *args: Any) -> str:
    return reverse(f"values:{name}", args=[request.actor.organisation.slug, *args])


def _may_change(request: Request) -> bool:
    return request.actor.may_write(permissions.CHANGE) and request.actor.units(permissions.CHANGE) is None


def _require_change(actor: Any) -> None:
    actor.require_write(permissions.CHANGE)
    actor.require(permissions.CHANGE, None)


def _page(request: Request, *, of: str = "", **given: Any) -> FormPage:
    crumbs = ((_("Visie en kernwaarden"), _address(request, "index")),)
    return FormPage(**{"require": _require_change, "crumbs": crumbs, "of": of, **given})


def _asked_day(request: Request) -> date:
    try:
        return date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return timezone.localdate()


def _chart(lines: list[InstrumentLine], year: int) -> Chart | None:
    counted = [line for line in lines if line.total]
    if not counted:
        return None
    return horizontal_bars(
        _("Hoe vaak de kernwaarden aan bod kwamen in %(year)s") % {"year": year},
        [line.row.name for line in counted],
        Series(_("met de kernwaarden"), tuple(line.covered for line in counted)),
        Series(_("in totaal"), tuple(line.total for line in counted)),
    )


def index(request: Request) -> HttpResponse:
    """The vision and the values as they hold on a day, where they have a place, and the sets before."""
    day = _asked_day(request)
    sets = list(queries.visible_sets(request.actor))
    running = next((row for row in sets if _holds(row, day)), None)
    lines = queries.instrument_lines(request.actor, day)
    given = {
        "day": day,
        "today": timezone.localdate(),
        "running": running,
        "slogan": queries.parts_on(day, PartKind.SLOGAN).first(),
        "pairs": list(queries.parts_on(day, PartKind.PAIR)),
        "cards": queries.cards(request.actor, running, day),
        "lines": lines,
        "guided": sum(line.guide is not None for line in lines),
        "chart": _chart(lines, day.year),
        "others": [row for row in sets if row is not running],
        "overdue": running is not None and running.review_on is not None and running.review_on <= day,
        "may_change": _may_change(request),
        "may_count": request.actor.may_write(permissions.COUNT),
    }
    return render(request, "values/index.html", given)


def _holds(row: ValueSet, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


def value_set(request: Request, pk: int) -> HttpResponse:
    """One set: its values of all time with their examples, the vision, how it came about, what happened to it."""
    found = get_object_or_404(queries.visible_sets(request.actor), pk=pk)
    parts = list(queries.visible_parts(request.actor).filter(value_set=found))
    cards = queries.cards(request.actor, found)
    today = timezone.localdate()
    given = {
        "row": found,
        "age": years_since(found.valid_from, today),
        "cards": cards,
        "bare": sum(not card.shows for card in cards),
        "parts": parts,
        "steps": list(queries.steps_of(found)),
        "today": today,
        "history": history(found, *[card.row for card in cards], *parts),
        "may_change": _may_change(request),
    }
    return render(request, "values/set.html", given)


def add_set(request: Request) -> HttpResponse:
    """A new set."""
    today = timezone.localdate()
    page = _page(
        request,
        title=_("Nieuwe set kernwaarden"),
        lead=_("Eén set tegelijk: beëindig eerst de set die nu geldt."),
        form=forms.AddSet,
        call=partial(actions.add_set, today=today),
        back=_address(request, "index"),
        after=lambda made: _address(request, "set", made.pk),
        done=_("De set is vastgelegd. Leg nu de slogan en de kernwaarden vast."),
        submit=_("Leg vast"),
        initial={"valid_from": today},
    )
    return respond(request, page)


def _set(request: Request, pk: int) -> Any:
    return get_object_or_404(queries.visible_sets(request.actor), pk=pk)


def _of_set(request: Request, found: Any, **given: Any) -> FormPage:
    return _page(request, of=found.origin, back=_address(request, "set", found.pk), **given)


SET_FIELDS = ("origin", "precision", "adopted_on", "adopted_by", "decision", "review_on")


def _stored(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def change_set(request: Request, pk: int) -> HttpResponse:
    """Its name, its decision, when to look at it again."""
    found = _set(request, pk)
    page = _of_set(
        request,
        found,
        title=_("Set kernwaarden wijzigen"),
        form=forms.ChangeSet,
        call=partial(actions.change_set, set_id=pk, today=timezone.localdate()),
        done=_("De wijziging is vastgelegd."),
        submit=_("Leg de wijziging vast"),
        initial={**_stored(found, *SET_FIELDS), "expected_version": found.version},
        stored=lambda: _stored(_set(request, pk), *SET_FIELDS),
    )
    return respond(request, page)


def end_set(request: Request, pk: int) -> HttpResponse:
    """It holds no more from a day on."""
    found = _set(request, pk)
    page = _of_set(
        request,
        found,
        title=_("Set kernwaarden beëindigen"),
        lead=_("De kernwaarden en de visie van deze set gelden dan ook niet meer."),
        form=forms.End,
        call=partial(actions.end_set, set_id=pk),
        done=_("De set is beëindigd."),
        submit=_("Beëindig"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def add_value(request: Request, pk: int) -> HttpResponse:
    """One more value."""
    found = _set(request, pk)
    page = _of_set(
        request,
        found,
        title=_("Nieuwe kernwaarde"),
        lead=_("Een kernwaarde die later bij de set komt, verandert eerdere jaren niet."),
        form=forms.AddValue,
        call=partial(actions.add_value, set_id=pk),
        done=_("De kernwaarde is vastgelegd."),
        submit=_("Leg vast"),
        initial={"valid_from": found.valid_from},
    )
    return respond(request, page)


def add_part(request: Request, pk: int) -> HttpResponse:
    """A slogan or a pair."""
    found = _set(request, pk)
    page = _of_set(
        request,
        found,
        title=_("Slogan of begrippenpaar"),
        lead=_("Een nieuwe slogan neemt vanaf die dag de plaats in van de vorige."),
        form=forms.AddPart,
        call=partial(actions.add_part, set_id=pk),
        done=_("Het onderdeel van de visie is vastgelegd."),
        submit=_("Leg vast"),
        initial={"valid_from": found.valid_from},
    )
    return respond(request, page)


def add_step(request: Request, pk: int) -> HttpResponse:
    """What was done on the way to the set."""
    found = _set(request, pk)
    page = _of_set(
        request,
        found,
        title=_("Stap naar de kernwaarden"),
        lead=_("Waar de kernwaarden op berusten: visies van de raad, onderzoek, gesprekken, concepten."),
        form=forms.AddStep,
        call=partial(actions.add_step, set_id=pk),
        done=_("De stap is vastgelegd."),
        submit=_("Leg vast"),
    )
    return respond(request, page)


def _value(request: Request, pk: int) -> Any:
    return get_object_or_404(queries.visible_values(request.actor), pk=pk)


def change_value(request: Request, pk: int) -> HttpResponse:
    """What a value means, and its place."""
    found = _value(request, pk)
    page = _of_set(
        request,
        found.value_set,
        title=_("%(value)s wijzigen") % {"value": found.name},
        lead=_("Een andere naam is een andere kernwaarde: beëindig deze dan en voeg de nieuwe toe."),
        form=forms.ChangeValue,
        call=partial(actions.change_value, value_id=pk),
        done=_("De wijziging is vastgelegd."),
        submit=_("Leg de wijziging vast"),
        initial={**_stored(found, "meaning", "place"), "expected_version": found.version},
        stored=lambda: _stored(_value(request, pk), "meaning", "place"),
    )
    return respond(request, page)


def end_value(request: Request, pk: int) -> HttpResponse:
    """It is no value any more from a day on."""
    found = _value(request, pk)
    page = _of_set(
        request,
        found.value_set,
        title=_("%(value)s beëindigen") % {"value": found.name},
        form=forms.End,
        call=partial(actions.end_value, value_id=pk),
        done=_("De kernwaarde is beëindigd."),
        submit=_("Beëindig"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def withdraw_value(request: Request, pk: int) -> HttpResponse:
    """It was recorded by mistake."""
    found = _value(request, pk)
    page = _of_set(
        request,
        found.value_set,
        title=_("%(value)s intrekken") % {"value": found.name},
        lead=_(
            "Alleen voor wat er per vergissing staat. De kernwaarde telt dan in geen enkel jaar meer mee."
        ),
        form=forms.Withdraw,
        call=partial(actions.withdraw_value, value_id=pk, at=timezone.now()),
        done=_("De kernwaarde is ingetrokken."),
        submit=_("Trek in"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def add_behaviour(request: Request, pk: int) -> HttpResponse:
    """An example of behaviour."""
    found = _value(request, pk)
    page = _of_set(
        request,
        found.value_set,
        title=_("Voorbeeld van gedrag bij %(value)s") % {"value": found.name},
        form=forms.AddBehaviour,
        call=partial(actions.add_behaviour, value_id=pk),
        done=_("Het voorbeeld is vastgelegd."),
        submit=_("Leg vast"),
    )
    return respond(request, page)


def withdraw_behaviour(request: Request, pk: int) -> HttpResponse:
    """The example stands no more."""
    found = get_object_or_404(queries.visible_behaviours(request.actor), pk=pk)
    page = _of_set(
        request,
        found.value.value_set,
        title=_("Voorbeeld intrekken"),
        lead=found.text,
        form=forms.Withdraw,
        call=partial(actions.withdraw_behaviour, behaviour_id=pk, today=timezone.localdate()),
        done=_("Het voorbeeld is ingetrokken."),
        submit=_("Trek in"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def end_part(request: Request, pk: int) -> HttpResponse:
    """It belongs to the vision no more from a day on."""
    found = get_object_or_404(queries.visible_parts(request.actor), pk=pk)
    page = _of_set(
        request,
        found.value_set,
        title=_("Onderdeel van de visie beëindigen"),
        lead=found.text,
        form=forms.End,
        call=partial(actions.end_part, part_id=pk),
        done=_("Het onderdeel is beëindigd."),
        submit=_("Beëindig"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def _instrument(request: Request, pk: int) -> Any:
    return get_object_or_404(queries.visible_instruments(request.actor), pk=pk)


def instrument(request: Request, pk: int) -> HttpResponse:
    """One instrument: its guide as people use it, and its counts."""
    found = _instrument(request, pk)
    today = timezone.localdate()
    guides = list(queries.visible_guides(request.actor).filter(instrument=found))
    running = next((guide for guide in guides if _holds(guide, today)), None)
    names = queries.unit_names(today)
    given = {
        "row": found,
        "guide": running,
        "questions": list(queries.questions_of(running)) if running else [],
        "earlier": [guide for guide in guides if guide is not running],
        "counts": [
            (one, names.get(one.unit_id, one.unit.code) if one.unit else "")
            for one in queries.counts_of(found)
        ],
        "history": history(found, *guides),
        "may_change": _may_change(request),
        "may_count": request.actor.may_write(permissions.COUNT),
    }
    return render(request, "values/instrument.html", given)


def add_instrument(request: Request) -> HttpResponse:
    """Something in which the values get a place."""
    page = _page(
        request,
        title=_("Nieuw instrument"),
        form=forms.AddInstrument,
        call=actions.add_instrument,
        back=_address(request, "index"),
        after=lambda made: _address(request, "instrument", made.pk),
        done=_("Het instrument is vastgelegd. Schrijf nu de leidraad."),
        submit=_("Leg vast"),
        initial={"valid_from": timezone.localdate()},
    )
    return respond(request, page)


def _of_instrument(request: Request, found: Any, **given: Any) -> FormPage:
    return _page(request, of=found.name, back=_address(request, "instrument", found.pk), **given)


def end_instrument(request: Request, pk: int) -> HttpResponse:
    """The values have no place in it from a day on."""
    found = _instrument(request, pk)
    page = _of_instrument(
        request,
        found,
        title=_("Instrument beëindigen"),
        form=forms.End,
        call=partial(actions.end_instrument, instrument_id=pk),
        done=_("Het instrument is beëindigd."),
        submit=_("Beëindig"),
        initial={"expected_version": found.version},
    )
    return respond(request, page)


def write_guide(request: Request, pk: int) -> HttpResponse:
    """Write the guide anew from a day on, beginning with what it says now."""
    found = _instrument(request, pk)
    today = timezone.localdate()
    running = queries.visible_guides(request.actor).filter(as_of(today), instrument=found).first()
    initial: dict[str, Any] = {"valid_from": max(today, found.valid_from)}
    if running is not None:
        initial["introduction"] = running.introduction
        for number, question in enumerate(queries.questions_of(running), start=1):
            initial |= {f"question_{number}": question.text, f"value_{number}": question.value_id}
    page = _of_instrument(
        request,
        found,
        title=_("Leidraad schrijven"),
        lead=_(
            "Voor wie het gesprek voert. Antwoorden worden nergens vastgelegd, alleen hoe vaak het gesprek over "
            "de kernwaarden ging."
        ),
        form=partial(forms.WriteGuide, values=list(queries.values_on(today))),
        call=partial(actions.write_guide, instrument_id=pk, at=timezone.now()),
        done=_("De leidraad is vastgelegd."),
        submit=_("Leg de leidraad vast"),
        initial=initial,
    )
    return respond(request, page)


def _require_count(actor: Any) -> None:
    actor.require_write(permissions.COUNT)


def count(request: Request, pk: int) -> HttpResponse:
    """Record in how many of how many the values came up."""
    found = _instrument(request, pk)
    today = timezone.localdate()
    allowed = request.actor.units(permissions.COUNT) if request.actor.may(permissions.COUNT) else None
    units = {
        pk_of: name
        for pk_of, name in queries.unit_names(today).items()
        if allowed is None or pk_of in allowed
    }
    page = _of_instrument(
        request,
        found,
        title=_("Telling vastleggen"),
        lead=_("Alleen aantallen. Een eerdere telling van hetzelfde jaar en onderdeel wordt vervangen."),
        form=partial(forms.CountForm, units=units),
        call=partial(actions.count, instrument_id=pk, today=today),
        done=_("De telling is vastgelegd."),
        submit=_("Leg vast"),
        initial={"year": today.year},
        require=_require_count,
    )
    return respond(request, page)
