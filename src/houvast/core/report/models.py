"""What the chapter needs besides registers: facts with a source, and prose that people edited."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.report.adoption import models as adoption
from houvast.core.report.claims import Kind
from houvast.core.report.publication import models as publication
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR
from houvast.core.report.value_lock import ReadableNumber

# Django finds the tables of an application through this file alone.
Edition = adoption.Edition
Publication = publication.Publication


def _year_bounds(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_report_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
    )


class SourcedFact(OrganisationModel):
    """A sourced fact (feit met bron): what no register holds yet, with its document, and checked by another person.

    It has the key that the register's own claim will have, so that the text stays as it is when the fact
    moves there. `value` is raw JSON as in a claim; `items` names what was counted. One that was entered by
    mistake is withdrawn: it stays, with the reason, and its key is free again.
    """

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    key = models.CharField(_("sleutel"), max_length=80)
    label = models.CharField(_("naam"), max_length=160)
    kind = models.CharField(_("soort"), max_length=20)
    value = models.JSONField(_("waarde"))
    items = models.JSONField(_("onderdelen"), default=list)
    singular = models.CharField(_("enkelvoud"), max_length=60, blank=True)
    plural = models.CharField(_("meervoud"), max_length=60, blank=True)
    style = models.CharField(_("schrijfwijze"), max_length=10, blank=True)
    as_of = models.DateField(_("peildatum"), null=True, blank=True)
    period_from = models.DateField(_("periode vanaf"), null=True, blank=True)
    period_until = models.DateField(_("periode tot"), null=True, blank=True)
    source_title = models.CharField(_("brondocument"), max_length=200)
    source_place = models.CharField(_("vindplaats"), max_length=200, blank=True)
    source_date = models.DateField(_("datum van de bron"), null=True, blank=True)
    explanation = models.TextField(_("toelichting"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    checked_at = models.DateTimeField(_("gecontroleerd op"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reden van intrekking"), blank=True)
    unrecorded_fields = frozenset({"explanation", "withdrawal_reason"})

    class Meta:
        _constraints, indexes = table_rules("sourcedfact")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "year", "key"],
                condition=Q(withdrawn_at=None),
                name="sourcedfact_year_key",
            ),
            two_people("sourcedfact_four_eyes", "entered_by", "checked_by"),
            _year_bounds("sourcedfact"),
            models.CheckConstraint(
                name="sourcedfact_kind", condition=Q(kind__in=[kind.value for kind in Kind])
            ),
            models.CheckConstraint(name="sourcedfact_number", condition=ReadableNumber("kind", "value")),
            models.CheckConstraint(
                name="sourcedfact_withdrawn_why",
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Prose(OrganisationModel):
    """Edited prose (tekst) of one slot of one year's chapter, in the chapter's own grammar."""

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    slot = models.CharField(_("onderdeel"), max_length=80)
    text = models.TextField(_("tekst"))
    unrecorded_fields = frozenset({"text"})

    class Meta:
        _constraints, indexes = table_rules("prose")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "year", "slot"], name="prose_year_slot"),
            _year_bounds("prose"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.year}"
