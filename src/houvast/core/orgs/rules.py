"""What kinds of units and functions there are, and the bounds of days and numbers in every register."""

from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FIRST_DAY: Final = date(1900, 1, 1)
"""No register has anything to say about an earlier day: a year before it is a slip of the pen."""
LAST_DAY: Final = date(2099, 12, 31)
"""The last day that anything may be planned on. What has no end has an empty field, not the year 9999."""
LARGEST_NUMBER: Final = 2_147_483_647
"""The largest whole number that a column of either database holds."""
LARGEST_SMALL_NUMBER: Final = 32_767
"""The same for a small column."""


class UnitKind(TextChoices):
    ORGANISATION = "organisation", _("Organisatie")
    BOARD = "board", _("Directie")
    DEPARTMENT = "department", _("Afdeling")
    TEAM = "team", _("Team")
    STAFF = "staff", _("Stafbureau")


class FunctionKind(TextChoices):
    DIRECTOR = "director", _("Directielid")
    DEPARTMENT_HEAD = "department_head", _("Afdelingshoofd")
    TEAM_LEADER = "team_leader", _("Teamleider")
    STAFF = "staff", _("Medewerker")
