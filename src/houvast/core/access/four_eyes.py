"""Four eyes (vier ogen): what one person entered, another one checks. One rule, used wherever that is asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.actor import Actor


class SamePerson(Exception):  # noqa: N818  it is an answer, not a fault
    """The person who would check is the one who entered it."""

    def __init__(self) -> None:
        super().__init__(_("Iemand anders dan degene die dit heeft ingevoerd, moet het controleren."))


def require_second_person(actor: Actor, first_account_id: int | None) -> int:
    """The account that checks. Raises SamePerson unless the actor is somebody, and somebody else."""
    if actor.account_id is None or actor.account_id == first_account_id:
        raise SamePerson
    return actor.account_id


def two_people(name: str, first: str, second: str) -> models.CheckConstraint:
    """The database's own refusal of one account in both columns."""
    condition = Q(**{f"{second}__isnull": True}) | ~Q(**{first: models.F(second)})
    return models.CheckConstraint(name=name, condition=condition)
