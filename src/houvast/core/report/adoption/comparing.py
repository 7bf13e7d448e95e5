"""A claim in one year and the year before: what differs, by kind, and where the definition breaks the series. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.report import dutch
from houvast.core.report.claims import Claim, Kind

SAME = "="


@dataclass(frozen=True)
class Value:
    """A claim in a year. frozen: out of an adopted edition; corrected: with the value of a correction."""

    year: int
    claim: Claim | None
    frozen: bool = False
    corrected: bool = False

    @property
    def number(self) -> int | float | Decimal | None:
        """As a point in a chart; None for what is no number, or one that is too small to be told."""
        if self.claim is None or self.claim.is_small:
            return None
        if self.claim.kind in {Kind.AMOUNT, Kind.SHARE}:
            return self.claim.decimal
        return self.claim.number if self.claim.kind in {Kind.COUNT, Kind.QUANTIFIER, Kind.LIST} else None


@dataclass(frozen=True)
class Comparison:
    """Two years of a claim. difference: in words, empty where nothing can be compared.

    breaks: why the two are not compared: another definition, or another kind of claim.
    """

    now: Value
    before: Value
    difference: str = ""
    breaks: str = ""

    @property
    def label(self) -> str:
        claim = self.now.claim or self.before.claim
        return claim.label if claim else ""

    @property
    def key(self) -> str:
        claim = self.now.claim or self.before.claim
        return claim.key if claim else ""


def compare(now: Value, before: Value) -> Comparison:
    """Compare, unless one of both is missing or a break in the series lies between them."""
    if now.claim is None or before.claim is None:
        return Comparison(now, before)
    if reason := break_between(now.claim, before.claim):
        return Comparison(now, before, breaks=reason)
    return Comparison(now, before, difference=_DIFFERENCES[now.claim.kind](now.claim, before.claim))


def break_between(now: Claim, before: Claim) -> str:
    """Why the series breaks between two years; nothing where it does not."""
    if now.definition != before.definition:
        newer = now if now.definition > before.definition else before
        return _("Andere definitie (versie %(new)s): %(what)s") % {
            "new": newer.definition,
            "what": newer.definition_change or _("niet gezegd is wat er veranderde."),
        }
    if now.kind is not before.kind:
        return _("De soort van het feit is veranderd.")
    return ""


def _signed(number: int | Decimal, text: Callable[[Any], str]) -> str:
    if number == 0:
        return SAME
    return f"{'+' if number > 0 else '−'}{text(abs(number))}"


def _count(now: Claim, before: Claim) -> str:
    """In figures, unless the difference would tell a number that is too small to be told."""
    if now.is_small or before.is_small:
        return _("niet te zeggen")
    return _signed(now.number - before.number, dutch.figure)


def _amount(now: Claim, before: Claim) -> str:
    return _signed(now.decimal - before.decimal, dutch.euro)


def _share(now: Claim, before: Claim) -> str:
    difference = _signed(now.decimal - before.decimal, lambda d: dutch.share(d).removesuffix("%"))
    return difference if difference == SAME else _("%(n)s procentpunt") % {"n": difference}


def _days(number: int) -> str:
    if number == 0:
        return SAME
    if number > 0:
        return ngettext("%(n)s dag later", "%(n)s dagen later", number) % {"n": number}
    return ngettext("%(n)s dag eerder", "%(n)s dagen eerder", -number) % {"n": -number}


def _date(now: Claim, before: Claim) -> str:
    """How many days earlier or later in its year: a day that stayed the same is of the same year."""
    return _days((now.day - before.day).days)


def _quantity(now: Claim, before: Claim) -> str:
    """Both in figures: what is behind "de meeste" and "alle" says more than two differences."""
    if (now.number, now.out_of) == (before.number, before.out_of):
        return SAME
    figures = dutch.figure
    return _("%(n)s van de %(m)s, was %(k)s van de %(l)s") % {
        "n": figures(now.number),
        "m": figures(now.out_of),
        "k": figures(before.number),
        "l": figures(before.out_of),
    }


def _list(now: Claim, before: Claim) -> str:
    came = [name for name in now.names if name not in before.names]
    went = [name for name in before.names if name not in now.names]
    told = [_("erbij: %(names)s") % {"names": dutch.listing(came)}] if came else []
    told += [_("eraf: %(names)s") % {"names": dutch.listing(went)}] if went else []
    return "; ".join(told) or SAME


def _words(now: Claim, before: Claim) -> str:
    return SAME if now.value == before.value else _("anders")


_DIFFERENCES: dict[Kind, Callable[[Claim, Claim], str]] = {
    Kind.COUNT: _count,
    Kind.AMOUNT: _amount,
    Kind.SHARE: _share,
    Kind.DATE: _date,
    Kind.PERIOD: _words,
    Kind.NAME: _words,
    Kind.LIST: _list,
    Kind.QUANTIFIER: _quantity,
    Kind.JUDGEMENT: _words,
}
