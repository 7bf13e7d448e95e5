"""The screens "Toegang voor programma's": one's own tokens, a new one, and everybody's for who manages access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from houvast.core.access.permissions import MANAGE_ACCESS
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.registry import modules
from houvast.core.tokens import actions, queries
from houvast.core.tokens.forms import TokenForm, WithdrawForm
from houvast.core.tokens.models import Token
from houvast.core.tokens.permissions import MAKE
from houvast.core.tokens.rules import Refusal


@dataclass(frozen=True)
class Line:
    """A token as a line of the list: its rights in words, how it stands, and when it was last used."""

    token: Token
    rights: tuple[str, ...]
    used_on: date | None
    state: str

    @property
    def works(self) -> bool:
        return self.state == WORKS


WORKS, OVER, WITHDRAWN = "works", "over", "withdrawn"


def _lines(tokens: Any) -> list[Line]:
    labels = {one.key: str(one.label) for module in modules() for one in module.permissions}
    today = localdate()
    return [
        Line(token, tuple(labels.get(key, key) for key in token.scopes), token.used_on, _state(token, today))
        for token in tokens
    ]


def _state(token: Token, today: date) -> str:
    if token.withdrawn_at is not None:
        return WITHDRAWN
    return OVER if token.last_day < today else WORKS


def index(request: Request) -> HttpResponse:
    """One's own tokens in this organisation."""
    given = {
        "lines": _lines(queries.own_tokens(request.actor)),
        "manages": _manages(request),
        "may_withdraw": True,
    }
    return render(request, "tokens/index.html", given)


def everybody(request: Request) -> HttpResponse:
    """Everybody's tokens, for who manages access."""
    lines = _lines(queries.all_tokens(request.actor))
    given = {
        "lines": lines,
        "may_make": request.actor.may_write(MAKE),
        "may_withdraw": request.actor.may_write(MANAGE_ACCESS),
    }
    return render(request, "tokens/all.html", given)


def _manages(request: Request) -> bool:
    return request.actor.may(MANAGE_ACCESS) and request.actor.units(MANAGE_ACCESS) is None


@never_cache
def make(request: Request) -> HttpResponse:
    """A new token; when it is made, the only page that ever shows it."""
    request.actor.require_write(MAKE)
    offers = list(queries.offered(request.actor))
    form = TokenForm(request.POST or None, offers=offers, today=localdate())
    if request.method == "POST" and form.is_valid():
        asked = {
            name: form.cleaned_data[name] for name in ("name", "scopes", "texts", "last_day", "sent_key")
        }
        try:
            made = actions.make_token(request.actor, at=now(), **asked)
        except Refusal as refusal:
            form.refuse(refusal)
        except AlreadyDone:
            messages.warning(
                request,
                _(
                    "Deze sleutel was al gemaakt en is maar één keer te zien. Kwijt? Trek hem in en maak een nieuwe."
                ),
            )
            return redirect("tokens:index", request.actor.organisation.slug)
        else:
            return render(
                request, "tokens/made.html", {"made": made, "line": _lines([_unused(made.token)])[0]}
            )
    status = 422 if request.method == "POST" else 200
    return render(request, "tokens/make.html", {"form": form, "offers": offers}, status=status)


def _unused(token: Token) -> Token:
    token.used_on = None  # type: ignore[attr-defined]  # the queries add it
    return token


def withdraw(request: Request, pk: int) -> HttpResponse:
    """Stop a token: one's own, or anybody's for who manages access."""
    manages = _manages(request) and request.actor.may_write(MANAGE_ACCESS)
    rows = queries.all_tokens(request.actor) if manages else queries.own_tokens(request.actor)
    token = get_object_or_404(rows, pk=pk)
    form = WithdrawForm(request.POST or None, initial={"version": token.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            own = token.account_id == request.actor.account_id and request.actor.may_write(MAKE)
            stop = actions.withdraw_token if own else actions.withdraw_of_another
            try:
                stop(request.actor, token_id=pk, expected_version=form.cleaned_data["version"], at=now())
            except Refusal as refusal:
                form.refuse(refusal)
            except Conflict as conflict:
                form, status = WithdrawForm({"version": conflict.current.version}), 409
            else:
                messages.success(request, _("De sleutel is ingetrokken. Het programma komt er niet meer in."))
                return redirect("tokens:index" if own else "tokens:all", request.actor.organisation.slug)
    given = {"form": form, "line": _lines([token])[0], "own": token.account_id == request.actor.account_id}
    return render(request, "tokens/withdraw.html", given, status=status)
