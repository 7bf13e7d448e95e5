"""Moments on the Amsterdam clock, and hours that really pass, also where summer time begins or ends."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houvast.law.errors import NonexistentHourError, gettext_noop

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def occurs_twice(moment: datetime) -> bool:
    """Whether the clock shows this local time twice, as in the night summer time ends."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def on_the_amsterdam_clock(moment: datetime) -> datetime:
    """The moment with its Amsterdam offset. Without a time zone it is read as local; of two, the earlier.

    Raises NonexistentHourError when the clock skips that local time.
    """
    if moment.tzinfo is not None:
        return moment.astimezone(AMSTERDAM)
    local = moment.replace(tzinfo=AMSTERDAM, fold=0)
    if local.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != moment:
        raise NonexistentHourError(
            gettext_noop(
                "Het tijdstip {moment} bestaat niet, omdat de klok dan een uur vooruit gaat naar de zomertijd; geef "
                "een tijdstip dat wel op de klok heeft gestaan."
            ),
            moment=moment,
        )
    return local


def after_hours(moment: datetime, hours: int) -> datetime:
    """The moment at which so many hours have elapsed, on the Amsterdam clock."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(AMSTERDAM)


def clock_change(start: datetime, end: datetime) -> str | None:
    """A Dutch sentence on the change of the clock between two moments, if there is one."""
    before, after = start.utcoffset(), end.utcoffset()
    if before == after:
        return None
    direction = "vooruit" if (after or timedelta()) > (before or timedelta()) else "achteruit"
    return f"Tussendoor gaat de klok een uur {direction}; geteld worden de uren die echt verstrijken."
