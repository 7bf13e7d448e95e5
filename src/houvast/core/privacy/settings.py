"""From which number on an organisation shows a figure by group."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from houvast.core.configuration.queries import value_of
from houvast.core.configuration.rules import Kind, Setting
from houvast.core.privacy.rules import LOWEST_THRESHOLD

THRESHOLD = Setting(
    key="privacy.threshold",
    label=_("Kleinste aantal dat per groep wordt getoond"),
    kind=Kind.NUMBER,
    default=5,
    explanation=_(
        "Wie de stukken zelf niet mag zien, ziet in een overzicht per groep geen kleiner aantal dan dit, behalve nul."
    ),
    lowest=LOWEST_THRESHOLD,
    highest=50,
)


def threshold_on(day: date) -> int:
    """The smallest number that is shown by group on a day. One query."""
    return int(value_of(THRESHOLD.key, day))
