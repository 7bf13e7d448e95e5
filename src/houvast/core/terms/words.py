"""What the law refuses, in the language of the reader; articles keep their Dutch names."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from houvast.law.counting import Length, Unit
from houvast.law.errors import LawError


def refusal(error: LawError) -> str:
    """The sentence of an error of the law, in the language of the screen."""
    return gettext(error.sentence).format(**{name: _said(value) for name, value in error.values.items()})


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return _("{day} om {time} uur").format(day=date_format(value, "l j F Y"), time=f"{value:%H.%M}")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Length):
        return _length(value)
    if isinstance(value, tuple) and len(value) > 1:
        return _("{before} of {last}").format(before=", ".join(value[:-1]), last=value[-1])
    return "".join(value) if isinstance(value, tuple) else str(value)


def _length(length: Length) -> str:
    n = length.number
    match length.unit:
        case Unit.HOURS:
            words = ngettext("{n} uur", "{n} uur", n)
        case Unit.DAYS:
            words = ngettext("{n} dag", "{n} dagen", n)
        case Unit.WORKING_DAYS:
            words = ngettext("{n} werkdag", "{n} werkdagen", n)
        case Unit.WEEKS:
            words = ngettext("{n} week", "{n} weken", n)
        case Unit.MONTHS:
            words = ngettext("{n} maand", "{n} maanden", n)
        case Unit.YEARS:
            words = ngettext("{n} jaar", "{n} jaar", n)
    return words.format(n=n)
