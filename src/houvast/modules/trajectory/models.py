"""A development programme of the organisation, and what it is made of. Nobody can delete a row of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.orgs.models import Post
from houvast.core.orgs.once import once_rule
from houvast.modules.trajectory.rules import Gate, Mode, Span


def _spoken(name: str, *, needed: bool = False) -> models.CheckConstraint:
    """Days as said: with the words there are days, in order; without, there are none.

    A check that compares with a missing day is not false but unknown, and passes: hence every `isnull` here.
    """
    given = Q(start_on__isnull=False, start_until__isnull=False, start_until__gt=F("start_on")) & ~Q(start="")
    return models.CheckConstraint(
        name=f"{name}_start",
        condition=given if needed else given | Q(start="", start_on=None, start_until=None),
    )


class Trajectory(OrganisationModel):
    """A trajectory (ontwikkeltraject): a programme by which the organisation changes itself.

    start is as people say it ("juni 2020"); start_on and the exclusive start_until are its days.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"goal"})

    name = models.CharField(_("naam"), max_length=120)
    goal = models.TextField(_("doel"))
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    start = models.CharField(_("begonnen"), max_length=60)
    start_on = models.DateField(_("begonnen vanaf"))
    start_until = models.DateField(_("begonnen tot"))
    ended_on = models.DateField(_("afgerond op"), null=True, blank=True)
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)

    class Meta:
        verbose_name = _("ontwikkeltraject")
        _constraints, _indexes = table_rules("trajectory")
        constraints = [
            *_constraints,
            once_rule("trajectory"),
            _spoken("trajectory", needed=True),
            models.CheckConstraint(
                name="trajectory_ends", condition=Q(ended_on=None) | Q(ended_on__gte=F("start_on"))
            ),
        ]
        indexes = [*_indexes, models.Index(fields=["organisation", "start_on"], name="trajectory_started")]

    def __str__(self) -> str:
        return self.name


class Motto(PeriodModel):
    """A motto (motto) of a trajectory, from a day until another takes its place; the chapter quotes it as it is."""

    never_deleted = True

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="mottos", db_index=False
    )
    text = models.CharField(_("motto"), max_length=200)

    class Meta:
        verbose_name = _("motto")
        constraints, _indexes = table_rules("motto", period=True)
        indexes = [*_indexes, models.Index(fields=["organisation", "trajectory"], name="motto_trajectory")]

    def __str__(self) -> str:
        return self.text


class Condition(OrganisationModel):
    """A condition (voorwaarde) that the trajectory must create, with the indicator and evidence that show it."""

    never_deleted = True

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="conditions", db_index=False
    )
    text = models.CharField(_("voorwaarde"), max_length=200)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    document = models.CharField(_("bewijsstuk"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("voorwaarde")
        constraints, _indexes = table_rules("condition")
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "trajectory"], name="condition_trajectory"),
        ]

    def __str__(self) -> str:
        return self.text


class Phase(OrganisationModel):
    """A phase (fase) of a trajectory: the `order`-th, with its days as far as they are known; ends_on is exclusive.

    overlap: why it has days in common with another one.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"goal", "overlap"})

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="phases", db_index=False
    )
    order = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("naam"), max_length=120)
    goal = models.TextField(_("doel"), blank=True)
    start = models.CharField(_("begint"), max_length=60, blank=True)
    start_on = models.DateField(_("begint vanaf"), null=True, blank=True)
    start_until = models.DateField(_("begint tot"), null=True, blank=True)
    end = models.CharField(_("eindigt"), max_length=60, blank=True)
    ends_on = models.DateField(_("eindigt vóór"), null=True, blank=True)
    overlap = models.TextField(_("reden van samenvallen"), blank=True)

    class Meta:
        verbose_name = _("fase")
        _constraints, indexes = table_rules("phase")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "trajectory", "order"], name="phase_order"),
            _spoken("phase"),
            models.CheckConstraint(
                name="phase_ends",
                condition=Q(end="", ends_on=None)
                | (Q(start_on__isnull=False, ends_on__isnull=False, ends_on__gt=F("start_on")) & ~Q(end="")),
            ),
            models.CheckConstraint(name="phase_numbered", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Fase {self.order}: {self.name}"

    def span(self, *, opened: bool = False) -> Span:
        """Its days as the rules judge them."""
        return Span(self.order, self.start_on, self.ends_on, opened)


class GateDecision(OrganisationModel):
    """A gate decision (poortbesluit): whether a phase may begin. The newest one holds; none is changed."""

    append_only = True
    unrecorded_fields = frozenset({"note"})

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="gates", db_index=False)
    outcome = models.CharField(_("besluit"), max_length=10, choices=Gate.choices)
    on = models.DateField(_("besloten op"))
    decided_by = models.CharField(_("besloten door"), max_length=120)
    note = models.TextField(_("voorwaarden of reden"), blank=True)

    class Meta:
        verbose_name = _("poortbesluit")
        constraints, _indexes = table_rules("gatedecision")
        indexes = [*_indexes, models.Index(fields=["organisation", "phase", "on"], name="gatedecision_phase")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Activity(OrganisationModel):
    """An activity (activiteit) of a trajectory: what was held, in which phase, on which theme, where."""

    never_deleted = True

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, related_name="activities", null=True, blank=True, db_index=False
    )
    name = models.CharField(_("activiteit"), max_length=160)
    theme = models.CharField(_("thema"), max_length=120, blank=True)
    mode = models.CharField(_("waar"), max_length=10, choices=Mode.choices, blank=True)
    start = models.CharField(_("wanneer"), max_length=60, blank=True)
    start_on = models.DateField(_("vanaf"), null=True, blank=True)
    start_until = models.DateField(_("tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("activiteit")
        _constraints, _indexes = table_rules("activity")
        constraints = [*_constraints, _spoken("activity")]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "trajectory", "start_on"], name="activity_trajectory"),
        ]

    def __str__(self) -> str:
        return self.name


class TrajectoryMilestone(OrganisationModel):
    """A milestone (mijlpaal van een traject): what is to be reached by when, when it was, and what shows it."""

    never_deleted = True

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="milestones", db_index=False
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True, db_index=False
    )
    name = models.CharField(_("mijlpaal"), max_length=160)
    due_on = models.DateField(_("streefdag"), null=True, blank=True)
    closed_on = models.DateField(_("bereikt op"), null=True, blank=True)
    document = models.CharField(_("bewijsstuk"), max_length=200, blank=True)
    document_on = models.DateField(_("datum van het stuk"), null=True, blank=True)

    class Meta:
        verbose_name = _("mijlpaal van een traject")
        _constraints, _indexes = table_rules("trajectorymilestone")
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="trajectorymilestone_shown",
                condition=Q(closed_on=None, document="", document_on=None)
                | (Q(closed_on__isnull=False, document_on__isnull=False) & ~Q(document="")),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "trajectory", "due_on"], name="trajectorymilestone_due"),
        ]

    def __str__(self) -> str:
        return self.name


class Circumstance(OrganisationModel):
    """A circumstance (omstandigheid) from outside, that may explain what went otherwise while it lasted."""

    never_deleted = True
    unrecorded_fields = frozenset({"effect"})

    trajectory = models.ForeignKey(
        Trajectory, on_delete=models.PROTECT, related_name="circumstances", db_index=False
    )
    name = models.CharField(_("omstandigheid"), max_length=120)
    effect = models.TextField(_("wat het veranderde"))
    starts_on = models.DateField(_("vanaf"))
    ends_on = models.DateField(_("tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("omstandigheid")
        _constraints, _indexes = table_rules("circumstance")
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="circumstance_ends", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "trajectory"], name="circumstance_trajectory"),
        ]

    def __str__(self) -> str:
        return self.name
