"""What kinds of units and functions there are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
