"""Days, moments and small enumerations as an official writes them in Dutch."""

from collections.abc import Sequence
from datetime import date, datetime

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def short_day(day: date) -> str:
    """A day without its weekday: "2 februari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_day(day: date) -> str:
    """A day with its weekday: "maandag 2 februari 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)}"


def long_moment(moment: datetime) -> str:
    """A moment on the clock of its own time zone: "vrijdag 27 maart 2026 om 12.00 uur"."""
    return f"{long_day(moment)} om {moment:%H.%M} uur"


def enumeration(words: Sequence[str], last: str = "en") -> str:
    """Words in a row: "a, b en c"; `last` is the word before the last one."""
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
