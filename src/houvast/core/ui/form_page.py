"""What every form page does: fill in, make one call, say what came of it. Nothing typed is ever lost."""

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

from houvast.core.access.four_eyes import SamePerson
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.ui.conflicts import differences, merged

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


QUOTED = gettext_lazy("Zoals het in de paragraaf staat")


@dataclass(frozen=True)
class FormPage:
    """A page with one form. Who may open it is asked before it is made.

    form: makes the form, given what was sent (or None) and `initial`. call: the action, given the cleaned data.
    back: where "Annuleren" leads, and where one goes afterwards unless `after` says otherwise.
    crumbs: address and name of the pages above it. refusals: what the action raises with a sentence; where it has
    a `field`, the sentence stands there. stored: what is recorded now, to set beside what was typed when somebody
    else saved first. quote: Dutch text to have beside the form, under `quote_title`.
    """

    title: StrOrPromise
    form: Callable[..., forms.Form]
    call: Callable[..., Any]
    back: str
    done: StrOrPromise
    submit: StrOrPromise
    lead: StrOrPromise = ""
    crumbs: tuple[tuple[str, StrOrPromise], ...] = ()
    initial: Mapping[str, Any] = field(default_factory=dict)
    refusals: tuple[type[Exception], ...] = ()
    stored: Callable[[], Mapping[str, Any]] | None = None
    after: Callable[[Any], str] | None = None
    quote: str = ""
    quote_title: StrOrPromise = QUOTED

    @property
    def refused(self) -> tuple[type[Exception], ...]:
        """All that the form shows as a sentence."""
        return (SamePerson, *self.refusals)


def respond(request: Request, page: FormPage) -> HttpResponse:
    """Show the form, or make the call and go on. A refusal stands in the form, both versions where they differ."""
    if request.method != "POST":
        return _shown(request, page, _form(page), status=200)
    form = _form(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        made = page.call(request.actor, **form.cleaned_data)
    except Conflict as conflict:
        return _conflict(request, page, form, conflict)
    except AlreadyDone as earlier:
        told = _("U had dit al verzonden: er is geen tweede van gemaakt.")
        messages.success(request, f"{page.done} {told}")
        return redirect(page.after(earlier.first) if page.after else page.back)
    except page.refused as refusal:
        name = getattr(refusal, "field", "") or ""
        form.add_error(name if name in form.fields else None, str(refusal))
        return _shown(request, page, form, status=422)
    messages.success(request, str(page.done))
    return redirect(page.after(made) if page.after else page.back)


def _form(page: FormPage, sent: QueryDict | None = None) -> forms.Form:
    form = page.form(sent, initial=dict(page.initial))
    form.merges = page.stored is not None  # type: ignore[attr-defined]  # its fields read it: see conflicts.merged
    return form


def _conflict(request: Request, page: FormPage, form: forms.Form, conflict: Conflict) -> HttpResponse:
    """What the reader left alone is taken over from what is stored; the form now names the new version."""
    stored = page.stored() if page.stored else {}
    named = {name: value for name, value in stored.items() if name in form.fields}
    found, data = differences(form, named), merged(form, named)
    data["expected_version"] = str(conflict.current.version)
    return _shown(request, page, _form(page, data), status=409, differences=found, in_conflict=True)


def _shown(request: Request, page: FormPage, form: forms.Form, *, status: int, **more: Any) -> HttpResponse:
    return render(request, "ui/form_page.html", {"page": page, "form": form, **more}, status=status)
