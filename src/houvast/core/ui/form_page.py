"""A page with one form: fill in, make one call, say what came of it. Nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.refusal import Refusal
from houvast.core.ui.conflicts import differences, merged

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUOTED = gettext_lazy("Zoals het in de paragraaf staat")


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What the page says, and what it does.

    form: makes the form, given what was sent (or None) and `initial`. call: the action, given the actor and the
    cleaned data. back: where to go afterwards, and where "Annuleren" leads. of: what stands there. crumbs: the way to
    it, as (label, address).
    require: refuses on opening the form what the action would refuse on sending it.
    stored: what is recorded now, by field, to set beside what was typed when somebody else saved first.
    after: where to go when it was done, given what the call gave; else back.
    danger: what is done cannot be undone: the button says so by its colour.
    quote: Dutch text to have beside the form, under `quote_title`.
    """

    title: StrOrPromise
    form: Callable[..., forms.Form]
    call: Callable[..., Any]
    back: str
    done: StrOrPromise
    submit: StrOrPromise
    of: str = ""
    crumbs: tuple[tuple[StrOrPromise, str], ...] = ()
    lead: StrOrPromise = ""
    danger: bool = False
    initial: Mapping[str, Any] = field(default_factory=dict)
    stored: Callable[[], Mapping[str, Any]] | None = None
    require: Callable[[Actor], object] | None = None
    after: Callable[[Any], str] | None = None
    quote: str = ""
    quote_title: StrOrPromise = QUOTED

    @property
    def way(self) -> tuple[tuple[StrOrPromise, str], ...]:
        """The crumbs before the page itself."""
        return (*self.crumbs, (self.of, self.back)) if self.of else self.crumbs

    def allow(self, actor: Actor) -> None:
        """Raise NotPermitted for who may not do this."""
        if self.require is not None:
            self.require(actor)


def respond(request: Request, page: FormPage) -> HttpResponse:
    """Show the form, or make the call and go on. A refusal is shown in the form, a conflict with both versions."""
    page.allow(request.actor)
    if request.method != "POST":
        return _shown(request, page, _form(page), status=200)
    form = _form(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        made = page.call(request.actor, **form.cleaned_data)
    except (Refusal, SamePerson) as refusal:
        named = getattr(refusal, "field", "")
        form.add_error(named if named in form.fields else None, str(refusal))
        return _shown(request, page, form, status=422)
    except Conflict as conflict:
        return _conflict(request, page, form, conflict)
    except AlreadyDone as earlier:
        told = _("U had dit al verzonden: er is geen tweede van gemaakt.")
        messages.success(request, f"{page.done} {told}")
        return redirect(page.after(earlier.first) if page.after else page.back)
    messages.success(request, str(page.done))
    return redirect(page.after(made) if page.after else page.back)


def _form(page: FormPage, sent: QueryDict | None = None) -> forms.Form:
    form = page.form(sent, initial=dict(page.initial))
    form.merges = page.stored is not None  # type: ignore[attr-defined]  # its fields read it: see conflicts.merged
    return form


def _conflict(request: Request, page: FormPage, form: forms.Form, conflict: Conflict) -> HttpResponse:
    """Both versions beside each other; the form now names the new version, so it can be saved again.

    What the reader left alone is taken over from what is stored, so that nobody's change is put back.
    """
    stored = page.stored() if page.stored else {}
    named = {name: value for name, value in stored.items() if name in form.fields}
    found, data = differences(form, named), merged(form, named)
    data["expected_version"] = str(conflict.current.version)
    renewed = _form(page, data)
    return _shown(request, page, renewed, status=409, differences=found, in_conflict=True)


def _shown(request: Request, page: FormPage, form: forms.Form, *, status: int, **more: Any) -> HttpResponse:
    return render(request, "ui/form_page.html", {"page": page, "form": form, **more}, status=status)
