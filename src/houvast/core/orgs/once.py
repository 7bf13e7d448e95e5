"""Sending a form twice makes one record: the form carries a key, and the record keeps it.

What a register needs for it: a field `sent_key` that is unique in the organisation (`once_rule`), a form that is a
`OnceForm`, an action that begins with `require_first`, and a view that answers `AlreadyDone` with its `first`.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.scope import current_writing


class AlreadyDone(Exception):  # noqa: N818  it is an answer, not a fault
    """The same form was sent before. Carries the record that was made of it then."""

    def __init__(self, first: OrganisationModel) -> None:
        super().__init__(_("Dit was al verzonden."))
        self.first = first


def once_rule(name: str) -> models.UniqueConstraint:
    """What the database itself refuses: two records of one sent form. Records made without a form have no key."""
    return models.UniqueConstraint(fields=["organisation", "sent_key"], name=f"{name}_sent_once")


def require_first(key: UUID | None, *registers: type[OrganisationModel]) -> None:
    """Raise AlreadyDone where one of the registers holds a record made of the same sent form.

    To be called first in an action. Two that are sent at the same moment wait for each other here.
    """
    current_writing()
    if key is None:
        return
    if connection.vendor == "postgresql":  # SQLite lets one action write at a time
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int >> 65])
    for register in registers:
        if (first := register.objects.filter(sent_key=key).first()) is not None:
            raise AlreadyDone(first)
