"""How much time is left, in words: the largest text of a clock on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Urgency = Literal["late", "near", ""]
_NEAR_DAYS = 3


@dataclass(frozen=True)
class TimeLeft:
    """`words` and `until` for the screen; `urgency` for its colour, which only repeats the words."""

    words: str
    until: str
    urgency: Urgency


def _days(number: int) -> str:
    return ngettext("{number} dag", "{number} dagen", number).format(number=number)


def _hours(number: int) -> str:
    return ngettext("{number} uur", "{number} uur", number).format(number=number)


def days_left(last_day: date, today: date) -> TimeLeft:
    """A term that ends with a day: `Nog 3 dagen`, `Vandaag`, `2 dagen te laat`."""
    left = (last_day - today).days
    day = date_format(last_day, "l j F")
    if left < 0:
        return TimeLeft(
            _("{days} te laat").format(days=_days(-left)), _("tot en met {day}").format(day=day), "late"
        )
    if left == 0:
        return TimeLeft(_("Vandaag"), _("tot en met vandaag, {day}").format(day=day), "near")
    words = _("Nog {days}").format(days=_days(left))
    return TimeLeft(words, _("tot en met {day}").format(day=day), "near" if left <= _NEAR_DAYS else "")


def hours_left(last_moment: datetime, now: datetime) -> TimeLeft:
    """A term that ends at a moment, as 72 hours do: `Nog 28 uur`, `5 uur te laat`. Takes aware datetimes."""
    left = last_moment - now
    here = localtime(last_moment)
    until = _("tot {day}, {time} uur").format(day=date_format(here, "l j F"), time=date_format(here, "H.i"))
    hours = abs(left) // timedelta(hours=1)
    if left <= timedelta(0):
        late = _("{hours} te laat").format(hours=_hours(hours)) if hours else _("Net verlopen")
        return TimeLeft(late, until, "late")
    if not hours:
        return TimeLeft(_("Minder dan een uur"), until, "near")
    return TimeLeft(_("Nog {hours}").format(hours=_hours(hours)), until, "near" if hours <= 48 else "")
