"""Holds, deviations, lists of what is due, and certificates of what was destroyed. None has content of a record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.retention.rules import ListStatus, Manner, Result


class RetentionDeviation(PeriodModel):
    """A deviation (afwijkende bewaartermijn): a class is kept longer, shorter or for ever, by a decision."""

    never_deleted = True
    unrecorded_fields = frozenset({"decision"})

    retention_class = models.CharField(_("bewaarcategorie"), max_length=80)
    years = models.PositiveSmallIntegerField(_("jaren"), null=True, blank=True)
    decision = models.CharField(_("besluit"), max_length=200)

    class Meta:
        verbose_name = _("afwijkende bewaartermijn")
        _constraints, _indexes = table_rules("retentiondeviation", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(name="retentiondeviation_has_decision", condition=~Q(decision="")),
        ]
        indexes = [
            *_indexes,
            models.Index(
                fields=["organisation", "retention_class", "valid_from"], name="retentiondeviation_class"
            ),
        ]

    def __str__(self) -> str:
        return self.retention_class


class Hold(PeriodModel):
    """A hold (vernietigingsstop): one record, or all of a class, is not destroyed while it holds."""

    never_deleted = True
    unrecorded_fields = frozenset({"reason"})

    retention_class = models.CharField(_("bewaarcategorie"), max_length=80, blank=True)
    subject_table = models.CharField(max_length=80, blank=True)
    subject_uid = models.UUIDField(null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=500)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("vernietigingsstop")
        _constraints, _indexes = table_rules("hold", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(name="hold_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_on_a_record_or_a_class",
                condition=Q(retention_class="", subject_uid__isnull=False) & ~Q(subject_table="")
                | ~Q(retention_class="") & Q(subject_table="", subject_uid__isnull=True),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "subject_table", "subject_uid"], name="hold_subject"),
        ]

    def __str__(self) -> str:
        return self.retention_class or f"{self.subject_table} {self.subject_uid}"


class DestructionList(OrganisationModel):
    """A destruction list (vernietigingslijst): what is due on a day, put forward by one person, decided by another."""

    never_deleted = True
    unrecorded_fields = frozenset({"withdrawal"})

    reference = models.CharField(_("kenmerk"), max_length=20)
    day = models.DateField(_("aan de beurt op"))
    status = models.CharField(
        _("status"), max_length=10, choices=ListStatus.choices, default=ListStatus.DRAFT
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    proposed_at = models.DateTimeField(_("voorgelegd op"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    decided_at = models.DateTimeField(_("besloten op"), null=True)
    executed_at = models.DateTimeField(_("uitgevoerd op"), null=True)
    withdrawal = models.CharField(_("reden van intrekking"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("vernietigingslijst")
        _constraints, _indexes = table_rules("destructionlist")
        _proposed = Q(proposed_by__isnull=False, proposed_at__isnull=False)
        _decided = _proposed & Q(decided_by__isnull=False, decided_at__gte=F("proposed_at"))
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "reference"], name="destructionlist_reference"),
            two_people("destructionlist_four_eyes", "proposed_by", "decided_by"),
            models.CheckConstraint(
                name="destructionlist_in_order",
                condition=Q(status=ListStatus.DRAFT, proposed_by__isnull=True, decided_by__isnull=True)
                | Q(status=ListStatus.PROPOSED, decided_by__isnull=True) & _proposed
                | Q(status=ListStatus.APPROVED, executed_at__isnull=True) & _decided
                | Q(status=ListStatus.EXECUTED, executed_at__isnull=False) & _decided
                | Q(status=ListStatus.WITHDRAWN) & ~Q(withdrawal=""),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "status"], name="destructionlist_status"),
        ]

    def __str__(self) -> str:
        return self.reference


class DestructionItem(OrganisationModel):
    """A record on a destruction list (regel van de vernietigingslijst), by its uid alone."""

    never_deleted = True
    unrecorded_fields = frozenset({"exclusion"})

    destruction_list = models.ForeignKey(
        DestructionList, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    retention_class = models.CharField(_("bewaarcategorie"), max_length=80)
    subject_table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    starts_on = models.DateField(_("telt vanaf"))
    due_on = models.DateField(_("aan de beurt op"))
    exclusion = models.CharField(_("reden van uitzondering"), max_length=500, blank=True)
    excluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    result = models.CharField(_("uitkomst"), max_length=10, choices=Result.choices, blank=True)

    class Meta:
        verbose_name = _("regel van de vernietigingslijst")
        _constraints, indexes = table_rules("destructionitem")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=[
                    "organisation",
                    "destruction_list",
                    "subject_table",
                    "subject_uid",
                    "retention_class",
                ],
                name="destructionitem_once",
            ),
            models.CheckConstraint(
                name="destructionitem_excluded_with_reason",
                condition=Q(exclusion="") ^ Q(excluded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.retention_class} {self.subject_uid}"


class DestructionCertificate(OrganisationModel):
    """A certificate (verklaring van vernietiging): when, by whom, how much; a seal over its lines, and no content.

    The accounts are numbers, as in the trail: after a backup was put back an account may not be there.
    """

    append_only = True
    never_deleted = True

    reference = models.CharField(_("kenmerk"), max_length=20)
    day = models.DateField(_("aan de beurt op"))
    made_at = models.DateTimeField(_("vernietigd op"))
    proposed_account = models.BigIntegerField()
    decided_account = models.BigIntegerField()
    rows = models.PositiveIntegerField(_("aantal rijen"))
    digest = models.CharField(_("controlegetal"), max_length=64)
    replayed_at = models.DateTimeField(_("opnieuw vernietigd op"), null=True)

    class Meta:
        verbose_name = _("verklaring van vernietiging")
        _constraints, indexes = table_rules("destructioncertificate")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="destructioncertificate_reference"
            ),
            models.CheckConstraint(
                name="destructioncertificate_two_people",
                condition=~Q(proposed_account=F("decided_account")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Destroyed(OrganisationModel):
    """A line of a certificate (vernietigde rij): which row, by its uid, and how. It opens that row's lock."""

    append_only = True
    never_deleted = True

    certificate = models.ForeignKey(
        DestructionCertificate, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    retention_class = models.CharField(_("bewaarcategorie"), max_length=80)
    subject_table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    manner = models.CharField(_("wijze"), max_length=10, choices=Manner.choices)

    class Meta:
        verbose_name = _("vernietigde rij")
        _constraints, indexes = table_rules("destroyed")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "subject_table", "subject_uid", "retention_class"],
                name="destroyed_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "certificate", "id"], name="destroyed_of_certificate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_table} {self.subject_uid}"
