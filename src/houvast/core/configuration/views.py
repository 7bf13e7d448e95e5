"""The settings of the organisation: the list, and one with its history, its change and the effect of that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.configuration import actions, queries
from houvast.core.configuration.forms import ChangeForm
from houvast.core.configuration.queries import State, UnknownSetting
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.ui.tables import dutch_date


def index(request: Request) -> HttpResponse:
    """Every setting: its value now, since when, what is set for later."""
    return render(
        request, "configuration/index.html", {"states": queries.states(request.actor, timezone.localdate())}
    )


def change(request: Request, key: str) -> HttpResponse:
    """One setting. A change is saved only after its effect was shown."""
    state = _state(request, key)
    form = ChangeForm(state.setting, request.POST or None, initial=_initial(state))
    effect: tuple[str, ...] = ()
    status, conflict = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            effect = _effect(state, form)
            if request.POST.get("do") == "save" and form.cleaned_data["seen"] == form.fingerprint():
                try:
                    stamp = form.cleaned_data["stamp"]
                    actions.change(request.actor, key=key, expected_stamp=stamp, **form.asked())
                except Conflict:
                    state, conflict, status = _state(request, key), True, 409
                    form, effect = _on_top(request, form, state), ()
                else:
                    messages.success(request, _("De instelling is vastgelegd."))
                    return redirect("configuration:change", request.actor.organisation.slug, key)
            else:
                status = 200
                form = _again(request, form, seen=form.fingerprint())
    given = {"state": state, "form": form, "effect": effect, "conflict": conflict}
    return render(request, "configuration/change.html", given, status=status)


def _state(request: Request, key: str) -> State:
    try:
        return queries.state(request.actor, key, timezone.localdate())
    except UnknownSetting:
        raise Http404 from None


def _initial(state: State) -> dict[str, Any]:
    value = ("ja" if state.value else "nee") if isinstance(state.value, bool) else state.value
    return {"value": value, "valid_from": timezone.localdate(), "stamp": state.stamp}


def _again(request: Request, form: ChangeForm, **changes: object) -> ChangeForm:
    """The form as typed, with other hidden fields."""
    return ChangeForm(form.setting, {**request.POST.dict(), **changes})


def _on_top(request: Request, form: ChangeForm, state: State) -> ChangeForm:
    """As typed, on top of what somebody else saved; the effect has to be seen again."""
    return _again(request, form, stamp=state.stamp, seen="")


def _effect(state: State, form: ChangeForm) -> tuple[str, ...]:
    """What the change does, in sentences."""
    asked, setting = form.asked(), state.setting
    before = queries.value_of(setting.key, asked["valid_from"])
    after, day = asked["value"], asked["valid_from"]
    words = {"day": dutch_date(day), "old": setting.shown(before), "new": setting.shown(after)}
    told = [_("Vanaf %(day)s: %(new)s. Zonder deze wijziging: %(old)s.") % words]
    if asked["valid_until"] is None:
        told += [
            _("Wat vanaf %(day)s was ingesteld (%(value)s), vervalt.")
            % {"day": dutch_date(row.valid_from), "value": setting.shown(row.value)}
            for row in state.coming
            if row.valid_from > day
        ]
    if day < timezone.localdate():
        told.append(
            _("De dag ligt in het verleden: dit verandert wat voor die tijd gold, en dat blijft zichtbaar.")
        )
    if setting.preview is not None:
        told.append(setting.preview(before, after, day))
    return tuple(told)
