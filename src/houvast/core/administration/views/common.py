"""One page for every form of administration: as typed when it is wrong or when somebody was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.refusal import Refusal


def answer(
    request: Request,
    make: Callable[..., Any],
    save: Callable[[Any], object],
    *,
    words: dict[str, str],
    back: str,
    of: str,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form that `make(data, initial=...)` gives, or save what was filled in and go back.

    `words` holds title, lead, submit and done; `of` is what stands at `back`. After a
    conflict the form stands on the newest version.
    """
    form, status, conflict = make(request.POST or None, initial=initial), 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(form)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            except Conflict as found:
                form, status, conflict = _on_top(request, make, found), 409, True
            else:
                messages.success(request, words["done"])
                return redirect(back)
    given = {"form": form, "words": words, "back": back, "of": of, "conflict": conflict}
    return render(request, "administration/form.html", given, status=status)


def _on_top(request: Request, make: Callable[..., Any], conflict: Conflict) -> forms.Form:
    form: forms.Form = make({**request.POST.dict(), "version": str(conflict.current.version)})
    return form
