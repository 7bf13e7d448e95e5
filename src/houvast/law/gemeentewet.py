"""Days that the Gemeentewet names for the accounts of a year.

A day that a law names by its date is no term that begins somewhere: nothing is counted, and a weekend moves nothing.
"""

from __future__ import annotations

from datetime import date

SOURCE = "Gemeentewet art. 200"
FIRST_YEAR = 2004
"""The first year whose accounts follow the BBV; of the accounts before, no day is given here."""


def last_day_to_send_accounts(year: int) -> date | None:
    """The last day on which the adopted accounts of a year can reach gedeputeerde staten: before 15 July of the next.

    Within two weeks after adoption too, if that is earlier: that day is not known before the council has adopted.
    None for a year whose accounts came before the BBV.
    """
    return date(year + 1, 7, 14) if year >= FIRST_YEAR else None
