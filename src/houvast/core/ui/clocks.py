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
_NEAR_HOURS = 48
_AS_HOURS = 72
"""Up to so many hours are told as hours, so that the term of AVG art. 33 always is; what is further off as days."""


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


def _day(day: date, today: date) -> str:
    """`donderdag 26 november`, with the year where that is another one."""
    return date_format(day, "l j F" if day.year == today.year else "l j F Y")


def days_left(last_day: date, today: date) -> TimeLeft:
    """A term that ends with a day: `Nog 3 dagen`, `Vandaag`, `2 dagen te laat`."""
    left = (last_day - today).days
    day = _day(last_day, today)
    if left < 0:
        return TimeLeft(
            _("{days} te laat").format(days=_days(-left)), _("tot en met {day}").format(day=day), "late"
        )
    if left == 0:
        return TimeLeft(_("Vandaag"), _("tot en met vandaag, {day}").format(day=day), "near")
    words = _("Nog {days}").format(days=_days(left))
    return TimeLeft(words, _("tot en met {day}").format(day=day), "near" if left <= _NEAR_DAYS else "")


def hours_left(last_moment: datetime, now: datetime) -> TimeLeft:
    """A term that ends at a moment, as 72 hours do: `Nog 28 uur`, `5 uur te laat`, `174 dagen te laat`.

    Takes aware datetimes. Time left is rounded down, so that nobody is promised more than there is; what is
    more than three days late is rounded to whole days.
    """
    left = last_moment - now
    here = localtime(last_moment)
    until = _("tot {day}, {time} uur").format(
        day=_day(here.date(), localtime(now).date()), time=date_format(here, "H.i")
    )
    hours = abs(left) // timedelta(hours=1)
    if left <= timedelta(0):
        behind = _days((hours + 12) // 24) if hours > _AS_HOURS else _hours(hours)
        return TimeLeft(
            _("{hours} te laat").format(hours=behind) if hours else _("Net verlopen"), until, "late"
        )
    if not hours:
        return TimeLeft(_("Minder dan een uur"), until, "near")
    near = hours <= _NEAR_HOURS
    ahead = _hours(hours) if hours <= _AS_HOURS else _days(hours // 24)
    return TimeLeft(_("Nog {hours}").format(hours=ahead), until, "near" if near else "")
