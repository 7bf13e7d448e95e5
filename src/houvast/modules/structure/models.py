"""Versions of the structure, the actions that carry one through, and the milestone that ends it.

The structure itself (units, functions, posts, appointments) is kept by the core.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.orgs.models import Post
from houvast.core.people.models import Person
from houvast.modules.structure.rules.versions import (
    ActionDays,
    Advice,
    EvidenceKind,
    VersionKind,
    VersionState,
)


class StructureVersion(OrganisationModel):
    """A version of the structure (structuurversie) with its decision and the advice on it (WOR art. 25)."""

    never_deleted = True
    unrecorded_fields = frozenset({"advice_note", "withdrawal"})

    kind = models.CharField(_("soort"), max_length=20, choices=VersionKind.choices)
    name = models.CharField(_("naam"), max_length=120)
    effective_on = models.DateField(_("gaat in op"))
    decided_on = models.DateField(_("besloten op"), null=True, blank=True)
    decided_by = models.CharField(_("besloten door"), max_length=120, blank=True)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)
    advice = models.CharField(_("advies"), max_length=20, choices=Advice.choices, blank=True)
    advised_on = models.DateField(_("geadviseerd op"), null=True, blank=True)
    council_told_on = models.DateField(_("ondernemingsraad in kennis gesteld op"), null=True, blank=True)
    suspension_waived = models.BooleanField(_("ziet af van opschorting"), default=False)
    advice_note = models.TextField(_("voorwaarden of reden"), blank=True)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)
    withdrawal = models.TextField(_("reden van intrekking"), blank=True)

    class Meta:
        verbose_name = _("structuurversie")
        _constraints, _indexes = table_rules("structureversion")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "kind", "effective_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="structureversion_day",
            ),
            models.CheckConstraint(
                name="structureversion_decided_wholly",
                condition=Q(decided_on__isnull=True, decided_by="", decision="")
                | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(decision="")),
            ),
            models.CheckConstraint(
                name="structureversion_after_decision",
                condition=Q(decided_on__isnull=True) | Q(effective_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="structureversion_advice",
                condition=Q(advice="", advised_on__isnull=True, advice_note="")
                | (Q(advice=Advice.NOT_ASKED, advised_on__isnull=True) & ~Q(advice_note=""))
                | Q(advice=Advice.POSITIVE, advised_on__isnull=False)
                | (
                    Q(advice__in=[Advice.CONDITIONAL, Advice.NEGATIVE], advised_on__isnull=False)
                    & ~Q(advice_note="")
                ),
            ),
            models.CheckConstraint(
                name="structureversion_withdrawal",
                condition=Q(withdrawn_on__isnull=True, withdrawal="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal="")),
            ),
        ]
        indexes = _indexes

    def __str__(self) -> str:
        return self.name

    def state(self, open_actions: int) -> VersionState:
        """What its status depends on, with so many actions open."""
        return VersionState(self.effective_on, self.decided_on, self.advice, self.advised_on, open_actions)


class TransitionAction(OrganisationModel):
    """A transition action (overgangsactie): what must be done before a version is carried through."""

    never_deleted = True
    unrecorded_fields = frozenset({"what", "evidence", "lapse"})

    version_of = models.ForeignKey(
        StructureVersion, on_delete=models.PROTECT, related_name="actions", db_index=False
    )
    what = models.CharField(_("wat er moet gebeuren"), max_length=200)
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    agreed_on = models.DateField(_("afgesproken op"))
    due_on = models.DateField(_("uiterlijk"))
    done_on = models.DateField(_("gereed op"), null=True, blank=True)
    evidence = models.CharField(_("bewijs"), max_length=200, blank=True)
    lapsed_on = models.DateField(_("vervallen op"), null=True, blank=True)
    lapse = models.CharField(_("reden van verval"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("overgangsactie")
        _constraints, _indexes = table_rules("transitionaction")
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="transitionaction_owner",
                condition=Q(owner_post__isnull=True, owner_person__isnull=False)
                | Q(owner_post__isnull=False, owner_person__isnull=True),
            ),
            models.CheckConstraint(
                name="transitionaction_in_order",
                condition=Q(due_on__gte=F("agreed_on"))
                & (Q(done_on__isnull=True) | Q(done_on__gte=F("agreed_on")))
                & (Q(lapsed_on__isnull=True) | Q(lapsed_on__gte=F("agreed_on"))),
            ),
            models.CheckConstraint(
                name="transitionaction_end",
                condition=Q(done_on__isnull=True, evidence="", lapsed_on__isnull=True, lapse="")
                | (Q(done_on__isnull=False, lapsed_on__isnull=True, lapse="") & ~Q(evidence=""))
                | (Q(lapsed_on__isnull=False, done_on__isnull=True, evidence="") & ~Q(lapse="")),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "version_of", "due_on"], name="transitionaction_version"),
            models.Index(fields=["organisation", "owner_person"], name="transitionaction_person"),
            models.Index(fields=["organisation", "owner_post"], name="transitionaction_post"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def days(self) -> ActionDays:
        """When it was agreed and ended."""
        return ActionDays(self.agreed_on, self.done_on, self.lapsed_on)

    def is_open(self, day: date) -> bool:
        """Whether it was open on that day."""
        return self.days.is_open(day)


class Milestone(OrganisationModel):
    """A milestone (mijlpaal): the end of the way to a version of the structure. A version has one at most."""

    never_deleted = True

    version_of = models.ForeignKey(
        StructureVersion, on_delete=models.PROTECT, related_name="milestones", db_index=False
    )
    name = models.CharField(_("naam"), max_length=120)
    due_on = models.DateField(_("streefdag"), null=True, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)

    class Meta:
        verbose_name = _("mijlpaal")
        _constraints, indexes = table_rules("milestone")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "version_of"], name="milestone_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MilestoneEvidence(OrganisationModel):
    """Evidence of a milestone (bewijsstuk): an evaluation or a letter, the words it supports, and who checked."""

    never_deleted = True

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="evidence", db_index=False
    )
    kind = models.CharField(_("soort"), max_length=20, choices=EvidenceKind.choices)
    title = models.CharField(_("titel"), max_length=200)
    dated = models.DateField(_("datum van het stuk"))
    place = models.CharField(_("vindplaats"), max_length=200)
    manner = models.CharField(_("hoe de overgang verliep"), max_length=80, blank=True)
    meaning = models.CharField(_("wat de overgang betekent"), max_length=80, blank=True)
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
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("bewijsstuk")
        _constraints, _indexes = table_rules("milestoneevidence")
        constraints = [
            *_constraints,
            two_people("milestoneevidence_four_eyes", "entered_by", "checked_by"),
            models.CheckConstraint(
                name="milestoneevidence_checked",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
            models.CheckConstraint(name="milestoneevidence_words", condition=~Q(manner="") | ~Q(meaning="")),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "milestone"], name="milestoneevidence_milestone"),
        ]

    def __str__(self) -> str:
        return self.title
