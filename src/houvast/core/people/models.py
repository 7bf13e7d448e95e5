"""People, their appointments to posts, who stands in for them and when they are away."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.orgs.models import Post


class Person(OrganisationModel):
    """A person (medewerker) of one organisation. An account may sign in as this person."""

    name = models.CharField(_("naam"), max_length=120)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    unrecorded_fields = frozenset({"name"})

    class Meta:
        _constraints, indexes = table_rules("person")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "account"], name="person_account"),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(PeriodModel):
    """An appointment (benoeming) of a person to a post, with its decision."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Benoemd")
        ACTING = "acting", _("Waarnemend")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind.choices, default=Kind.REGULAR)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)

    class Meta:
        constraints, _indexes = table_rules("appointment", period=True)
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "post", "valid_from"], name="appointment_post"),
            models.Index(fields=["organisation", "person", "valid_from"], name="appointment_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


class Deputy(PeriodModel):
    """A deputy (plaatsvervanger): who stands in for a person when that person is away."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies", db_index=False)
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        _constraints, _indexes = table_rules("deputy", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(name="deputy_is_another", condition=~Q(person=models.F("deputy"))),
        ]
        indexes = [*_indexes, models.Index(fields=["organisation", "person"], name="deputy_person")]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.person}"


class Absence(PeriodModel):
    """An absence (afwezigheid). Dates only: why somebody is away is nobody's business here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences", db_index=False)

    class Meta:
        constraints, _indexes = table_rules("absence", period=True)
        indexes = [*_indexes, models.Index(fields=["organisation", "person"], name="absence_person")]

    def __str__(self) -> str:
        return str(self.person)
