"""The register of security incidents and the register of data breaches. Nobody can delete a row of either."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.orgs.models import Unit
from houvast.core.orgs.once import once_rule
from houvast.core.people.models import Person
from houvast.modules.security.rules import (
    BreachStatus,
    Capacity,
    Controller,
    Impact,
    IncidentKind,
    IncidentStatus,
    Outcome,
    PersonalData,
    Risk,
    Severity,
)


class Incident(OrganisationModel):
    """A security incident (veiligheidsincident, BIO 5.24)."""

    never_deleted = True
    unrecorded_fields = frozenset({"description", "measure", "contact"})

    reference = models.CharField(_("kenmerk"), max_length=20, editable=False)
    registered_on = models.DateField(_("vastgelegd op"), editable=False)
    kind = models.CharField(_("soort"), max_length=30, choices=IncidentKind.choices)
    discovered_at = models.DateTimeField(_("opgemerkt op"))
    occurred_on = models.DateField(_("begonnen op"), null=True, blank=True)
    description = models.TextField(_("wat er is gebeurd"))
    personal_data = models.CharField(
        _("persoonsgegevens betrokken"),
        max_length=10,
        choices=PersonalData.choices,
        default=PersonalData.UNKNOWN,
    )
    severity = models.CharField(_("ernst"), max_length=10, choices=Severity.choices, blank=True)
    measure = models.TextField(_("wat eraan is gedaan"), blank=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("organisatieonderdeel"),
    )
    reporter = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("melder"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=IncidentStatus.choices, default=IncidentStatus.REPORTED
    )
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    # Also by default in the database, for rows by the million that know no such column.
    from_outside = models.BooleanField(
        _("gemeld via de website"), default=False, db_default=False, editable=False
    )
    contact = models.EmailField(
        _("e-mailadres van de melder"), blank=True, default="", db_default="", editable=False
    )
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)

    class Meta:
        verbose_name = _("veiligheidsincident")
        _constraints, _indexes = table_rules("incident")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "reference"], name="incident_reference"),
            once_rule("incident"),
            models.CheckConstraint(
                name="incident_closed_has_day",
                condition=Q(
                    status=IncidentStatus.CLOSED, closed_on__isnull=False, closed_on__gte=F("registered_on")
                )
                | (~Q(status=IncidentStatus.CLOSED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="incident_closed_is_judged",
                condition=~Q(status=IncidentStatus.CLOSED)
                | (~Q(severity="") & ~Q(personal_data=PersonalData.UNKNOWN)),
            ),
            models.CheckConstraint(
                name="incident_begins_first",
                condition=Q(occurred_on__isnull=True) | Q(occurred_on__lte=F("registered_on")),
            ),
            models.CheckConstraint(
                name="incident_contact_of_outsiders",
                condition=Q(from_outside=True, reporter__isnull=True) | Q(from_outside=False, contact=""),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "registered_on", "id"], name="incident_registered"),
            models.Index(fields=["organisation", "status"], name="incident_status"),
            models.Index(fields=["organisation", "reporter"], name="incident_reporter"),
        ]

    def __str__(self) -> str:
        return self.reference


class Breach(OrganisationModel):
    """A data breach (datalek, AVG art. 4 onder 12 and art. 33 lid 5).

    due_at is fixed from aware_at when that is recorded: a later law does not rewrite an old term.
    outcome, decided_at and notified_at repeat the decision and notification that hold, so that the
    database can refuse what cannot be true at once. A check that compares with a missing moment is not
    false but unknown, and passes: hence every `isnull` beside a comparison.
    """

    never_deleted = True
    unrecorded_fields = frozenset(
        {"description", "data_subjects", "records", "consequences", "measures", "dismissal"}
    )

    reference = models.CharField(_("kenmerk"), max_length=20, editable=False)
    registered_on = models.DateField(_("vastgelegd op"), editable=False)
    aware_at = models.DateTimeField(_("kennisname op"))
    due_at = models.DateTimeField(_("uiterlijk te melden op"), editable=False)
    occurred_from = models.DateTimeField(_("begin van de inbreuk"), null=True, blank=True)
    occurred_until = models.DateTimeField(_("einde van de inbreuk"), null=True, blank=True)
    description = models.TextField(_("wat er is gebeurd"))
    confidentiality = models.BooleanField(_("vertrouwelijkheid geschonden"), default=False)
    integrity = models.BooleanField(_("integriteit geschonden"), default=False)
    availability = models.BooleanField(_("beschikbaarheid geschonden"), default=False)
    data_subjects = models.TextField(_("categorieën van betrokkenen"), blank=True)
    data_subjects_number = models.PositiveIntegerField(
        _("aantal betrokkenen bij benadering"), null=True, blank=True
    )
    records = models.TextField(_("categorieën van gegevens"), blank=True)
    records_number = models.PositiveIntegerField(
        _("aantal gegevensrecords bij benadering"), null=True, blank=True
    )
    consequences = models.TextField(_("waarschijnlijke gevolgen"), blank=True)
    measures = models.TextField(_("maatregelen"), blank=True)
    impact = models.CharField(_("zwaarte van de gevolgen"), max_length=20, choices=Impact.choices, blank=True)
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        related_name="breaches",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("veiligheidsincident"),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("organisatieonderdeel"),
    )
    reporter = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("melder"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=BreachStatus.choices, default=BreachStatus.REPORTED
    )
    outcome = models.CharField(_("besluit"), max_length=20, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)
    notified_at = models.DateTimeField(_("gemeld op"), null=True, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    dismissal = models.TextField(_("waarom dit geen datalek is"), blank=True)
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)

    class Meta:
        verbose_name = _("datalek")
        _constraints, _indexes = table_rules("breach")
        _undecided = Q(
            status__in=[BreachStatus.REPORTED, BreachStatus.ADVISED, BreachStatus.DISMISSED],
            outcome="",
            decided_at__isnull=True,
            notified_at__isnull=True,
        )
        _not_notified = Q(
            status__in=[BreachStatus.NOT_TO_NOTIFY, BreachStatus.CLOSED],
            outcome=Outcome.NOT_NOTIFY,
            decided_at__isnull=False,
            decided_at__gte=F("aware_at"),
            notified_at__isnull=True,
        )
        _to_notify = Q(
            status=BreachStatus.TO_NOTIFY,
            outcome=Outcome.NOTIFY,
            decided_at__isnull=False,
            decided_at__gte=F("aware_at"),
            notified_at__isnull=True,
        )
        _notified = Q(
            status__in=[BreachStatus.NOTIFIED, BreachStatus.CLOSED],
            outcome=Outcome.NOTIFY,
            decided_at__isnull=False,
            decided_at__gte=F("aware_at"),
            notified_at__isnull=False,
            notified_at__gte=F("decided_at"),
        )
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "reference"], name="breach_reference"),
            once_rule("breach"),
            models.CheckConstraint(
                name="breach_status_fits_decision",
                condition=_undecided | _not_notified | _to_notify | _notified,
            ),
            models.CheckConstraint(
                name="breach_in_order",
                condition=Q(due_at__gt=F("aware_at"))
                & (Q(occurred_from__isnull=True) | Q(occurred_from__lte=F("aware_at")))
                & (
                    Q(occurred_from__isnull=True)
                    | Q(occurred_until__isnull=True)
                    | Q(occurred_until__gte=F("occurred_from"))
                ),
            ),
            models.CheckConstraint(
                name="breach_end_has_day",
                condition=Q(
                    status__in=[BreachStatus.CLOSED, BreachStatus.DISMISSED],
                    closed_on__isnull=False,
                    closed_on__gte=F("registered_on"),
                )
                | (~Q(status__in=[BreachStatus.CLOSED, BreachStatus.DISMISSED]) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="breach_dismissed_has_reason",
                condition=Q(status=BreachStatus.DISMISSED) ^ Q(dismissal=""),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "registered_on", "id"], name="breach_registered"),
            models.Index(fields=["organisation", "status", "due_at"], name="breach_clock"),
            models.Index(fields=["organisation", "incident"], name="breach_incident"),
            models.Index(fields=["organisation", "reporter"], name="breach_reporter"),
        ]

    def __str__(self) -> str:
        return self.reference


class BreachAdvice(OrganisationModel):
    """Advice (advies) of the data protection officer on a breach (AVG art. 39 lid 1). Never changed."""

    append_only = True
    never_deleted = True
    unrecorded_fields = frozenset({"text"})

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="advices", db_index=False)
    risk = models.CharField(_("risico voor betrokkenen"), max_length=20, choices=Risk.choices)
    text = models.TextField(_("advies"))
    given_at = models.DateTimeField(_("gegeven op"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("advies")
        _constraints, _indexes = table_rules("breachadvice")
        constraints = [
            *_constraints,
            models.CheckConstraint(name="breachadvice_has_text", condition=~Q(text="")),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "breach", "given_at"], name="breachadvice_breach"),
        ]

    def __str__(self) -> str:
        return str(self.get_risk_display())


class BreachDecision(OrganisationModel):
    """A decision (besluit) to notify a breach or not (AVG art. 33 lid 1), always with its motive.

    advised_by repeats who gave the advice, so that the database refuses one person in both parts.
    """

    append_only = True
    never_deleted = True
    unrecorded_fields = frozenset({"motive"})

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    advice = models.ForeignKey(BreachAdvice, on_delete=models.PROTECT, related_name="+", db_index=False)
    advised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = models.CharField(_("besluit"), max_length=20, choices=Outcome.choices)
    risk = models.CharField(_("risico voor betrokkenen"), max_length=20, choices=Risk.choices)
    motive = models.TextField(_("reden"))
    decided_at = models.DateTimeField(_("besloten op"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("besluit")
        _constraints, _indexes = table_rules("breachdecision")
        constraints = [
            *_constraints,
            two_people("breachdecision_four_eyes", "advised_by", "decided_by"),
            models.CheckConstraint(name="breachdecision_has_motive", condition=~Q(motive="")),
            models.CheckConstraint(
                name="breachdecision_follows_risk",
                condition=Q(outcome=Outcome.NOT_NOTIFY, risk=Risk.UNLIKELY)
                | Q(outcome=Outcome.NOTIFY, risk__in=[Risk.RISK, Risk.HIGH]),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "breach", "decided_at"], name="breachdecision_breach"),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class Notification(OrganisationModel):
    """A notification (melding) of a breach to the Autoriteit Persoonsgegevens (AVG art. 33 lid 1).

    due_at repeats the breach's term as it stood, so that the database refuses a late one without its reason.
    """

    append_only = True
    never_deleted = True
    unrecorded_fields = frozenset({"late_motive"})

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="notifications", db_index=False)
    decision = models.ForeignKey(BreachDecision, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(_("uiterlijk te melden op"))
    submitted_at = models.DateTimeField(_("gemeld op"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    capacity = models.CharField(_("gemeld door"), max_length=20, choices=Capacity.choices)
    controller = models.CharField(
        _("namens"), max_length=20, choices=Controller.choices, default=Controller.COLLEGE
    )
    authority_reference = models.CharField(_("meldingsnummer van de AP"), max_length=60)
    late_motive = models.TextField(_("reden van de vertraging"), blank=True)

    class Meta:
        verbose_name = _("melding")
        _constraints, indexes = table_rules("notification")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "breach"], name="notification_once"),
            models.CheckConstraint(
                name="notification_late_has_reason",
                condition=Q(submitted_at__lte=F("due_at")) | ~Q(late_motive=""),
            ),
            models.CheckConstraint(name="notification_has_number", condition=~Q(authority_reference="")),
        ]

    def __str__(self) -> str:
        return self.authority_reference
