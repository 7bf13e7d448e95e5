"""How a rule says no: one Dutch sentence that tells what to do, with the article it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs import refusal

Status = TypeVar("Status")
Sentence = str | Promise


class Refusal(refusal.Refusal):
    """What was asked is not allowed, or not now. `field` names the answer to change, where there is one."""

    def __init__(self, sentence: Sentence, source: str = "", *, field: str | None = None) -> None:
        super().__init__(sentence, field or "", source=source)


def require(allowed: object, sentence: Sentence, source: str = "", *, field: str | None = None) -> None:
    """Raise Refusal unless `allowed` is true."""
    if not allowed:
        raise Refusal(sentence, source, field=field)


def require_step(
    transitions: Mapping[Status, frozenset[Status]], now: Status, then: Status, sentence: Sentence
) -> Status:
    """The next status. Raises Refusal where the table of transitions does not lead from `now` to `then`."""
    require(then in transitions[now], sentence)
    return then


def check_closing_day(registered_on: date, on: date, today: date) -> None:
    """Raise Refusal for a record that would close before it was registered, or on a day to come."""
    require(
        on >= registered_on,
        _("Afsluiten kan niet op een dag vóór de registratie. Kies die dag of een latere."),
        field="on",
    )
    require(
        on <= today, _("Afsluiten kan niet op een dag in de toekomst. Kies vandaag of eerder."), field="on"
    )
