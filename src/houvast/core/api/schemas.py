"""What the operations of all modules share: texts, days and moments that a register can hold.

The docstrings of shapes are Dutch wherever they stand: they are the text of the published document.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from houvast.core.orgs.rules import FIRST_DAY, LAST_DAY


def no_nul(text: str) -> str:
    """The text. Raises ValueError for what PostgreSQL does not keep."""
    if "\x00" in text:
        raise ValueError("a text holds no NUL character")
    return text


def _day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a day lies between {FIRST_DAY} and {LAST_DAY}")
    return day


def _moment(moment: datetime) -> datetime:
    # The outermost days would leave the calendar in another time zone.
    _day(moment.date())
    return moment


Text = Annotated[str, AfterValidator(no_nul)]
Day = Annotated[date, AfterValidator(_day)]
Moment = Annotated[AwareDatetime, AfterValidator(_moment)]


class Window(Schema):
    """Welk deel van een lijst."""

    limit: Annotated[int, Field(ge=1, le=200, description="Hoeveel regels ten hoogste.")] = 50
    after: Annotated[
        Text | None, Field(max_length=400, description="Waar de vorige bladzijde eindigde; staat in ‘next’.")
    ] = None
