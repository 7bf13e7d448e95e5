"""What one may do: named permissions, and the standard roles that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class StandardRole(TextChoices):
    """The roles (rollen) a new organisation starts with. It may change their bundles and add its own."""

    EMPLOYEE = "employee", _("Medewerker")
    TEAM_LEADER = "team_leader", _("Teamleider")
    DIRECTOR = "director", _("Directielid")
    CONTROLLER = "controller", _("Concerncontroller")
    CISO = "ciso", _("CISO")
    PRIVACY_OFFICER = "privacy_officer", _("Functionaris gegevensbescherming")
    EDITOR = "editor", _("Redacteur")
    COORDINATOR = "coordinator", _("Klachtencoördinator")
    ADMINISTRATOR = "administrator", _("Beheerder")


def role_label(key: str, name: str) -> str:
    """What a role is called on screen: a standard role in the reader's language, unless it was given a name."""
    if key not in StandardRole.values:
        return name
    label = StandardRole(key).label
    with override(settings.LANGUAGE_CODE):
        own = name != str(label)
    return name if own else str(label)


@dataclass(frozen=True)
class Permission:
    """A permission, `module.verb`. `roles` are the standard roles that hold it from the start.

    guests: whoever works here under a grant has it too, to read, whatever the grant says. For what shows
    nothing of the organisation.
    """

    key: str
    label: StrOrPromise
    roles: frozenset[str] = frozenset()
    guests: bool = False


class NotPermitted(Exception):  # noqa: N818  it is an answer, not a fault
    """The actor may not do this. Carries the permission that is missing."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.label)
        self.permission = permission


MANAGE_ACCESS = Permission(
    "access.manage", _("Rollen en toegang beheren"), frozenset({StandardRole.ADMINISTRATOR})
)
CHANGE_SETTINGS = Permission(
    "configuration.change",
    _("Instellingen van de organisatie wijzigen"),
    frozenset({StandardRole.ADMINISTRATOR}),
)
READ_TRAIL = Permission(
    "audit.view",
    _("Het logboek van de organisatie lezen"),
    frozenset({StandardRole.ADMINISTRATOR, StandardRole.CONTROLLER}),
)
