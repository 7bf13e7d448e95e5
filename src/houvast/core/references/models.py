"""How far each register has counted, per organisation and year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import ScopedModel


class Sequence(ScopedModel):
    """The last reference number (volgnummer) that a register gave out in a year.

    No register row and so, like AuditHead, not in the trail: the number stands in the row that got it,
    and that row is recorded and sealed. A counter that was turned back by hand cannot give a number
    twice, since the register's own unique constraint on its reference refuses it; one turned forward
    leaves a gap that the list of references shows.
    """

    never_deleted = True

    register = models.CharField(_("register"), max_length=80)
    year = models.PositiveSmallIntegerField(_("jaar"))
    last = models.PositiveIntegerField(_("laatste nummer"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "register", "year"], name="sequence_register"),
            models.UniqueConstraint(fields=["organisation", "id"], name="sequence_key"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}: {self.last}"
