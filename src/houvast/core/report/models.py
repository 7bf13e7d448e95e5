"""What the chapter needs besides registers: facts with a source, and prose that people edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.orgs.once import once_rule
from houvast.core.people.models import Person
from houvast.core.report.adoption import models as adoption
from houvast.core.report.authoring.rules import Sign, Stage
from houvast.core.report.claims import Kind
from houvast.core.report.publication import models as publication
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR
from houvast.core.report.value_lock import ReadableNumber

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


class SectionPlacing(OrganisationModel):
    """How an organisation has a section of the chapter (opzet) from a year on: under which heading, or left out.

    It holds until the next year for which the section has one.
    """

    section = models.CharField(_("onderdeel"), max_length=80)
    from_year = models.PositiveSmallIntegerField(_("vanaf verslagjaar"))
    heading = models.CharField(_("kop"), max_length=120)
    included = models.BooleanField(_("opgenomen"), default=True)

    class Meta:
        _constraints, indexes = table_rules("sectionplacing")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "section", "from_year"], name="sectionplacing_section_year"
            ),
            models.CheckConstraint(
                name="sectionplacing_report_year",
                condition=Q(from_year__gte=FIRST_YEAR, from_year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(name="sectionplacing_headed", condition=~Q(heading="")),
        ]

    def __str__(self) -> str:
        return self.heading


def _person(label: StrOrPromise, *, optional: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        null=optional,
        blank=optional,
        verbose_name=label,
    )


class Round(OrganisationModel):
    """A round (ronde): who controls, edits and signs for the board in one year's chapter, and when it is decided on.

    One round of a year is open at a time. One that was opened by mistake is stopped, with a reason, and stays.
    """

    never_deleted = True

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    opened_on = models.DateField(_("uitgevraagd op"))
    controller = _person(_("controle"))
    editor = _person(_("redactie"))
    board = _person(_("akkoord namens de directie"))
    board_on = models.DateField(_("directie"))
    college_on = models.DateField(_("college"))
    council_on = models.DateField(_("raad"))
    stopped_on = models.DateField(_("gestopt op"), null=True, blank=True)
    stopped_because = models.TextField(_("reden van stoppen"), blank=True)
    unrecorded_fields = frozenset({"stopped_because"})

    class Meta:
        _constraints, indexes = table_rules("round")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(stopped_on=None), name="round_one_open"
            ),
            _year_bounds("round"),
            models.CheckConstraint(
                name="round_days",
                condition=Q(college_on__gte=models.F("board_on"), council_on__gte=models.F("college_on")),
            ),
            models.CheckConstraint(
                name="round_stopped_why", condition=Q(stopped_on=None) | ~Q(stopped_because="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Contribution(OrganisationModel):
    """A contribution (bijdrage): one section of the chapter in a round, who writes it, who agrees, and how far it is.

    `stage` is how far it came; whether what was agreed on still stands there is judged by whoever reads it.
    """

    never_deleted = True

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="contributions", db_index=False)
    section = models.CharField(_("onderdeel"), max_length=80)
    author = _person(_("schrijver"))
    deputy = _person(_("vervanger"), optional=True)
    approver = _person(_("akkoord door"))
    due_on = models.DateField(_("uiterlijk"))
    stage = models.CharField(_("stap"), max_length=20, choices=Stage.choices, default=Stage.REQUESTED)
    submitted_by = _person(_("doorgegeven door"), optional=True)
    submitted_at = models.DateTimeField(_("doorgegeven op"), null=True, blank=True)

    class Meta:
        _constraints, _indexes = table_rules("contribution")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "round", "section"], name="contribution_section"),
            models.CheckConstraint(
                name="contribution_four_eyes",
                condition=~Q(approver=models.F("author"))
                & (Q(deputy=None) | (~Q(approver=models.F("deputy")) & ~Q(deputy=models.F("author")))),
            ),
            models.CheckConstraint(
                name="contribution_stage", condition=Q(stage__in=[stage.value for stage in Stage])
            ),
        ]
        indexes = _indexes

    def __str__(self) -> str:
        return self.section


class Agreement(OrganisationModel):
    """An agreement (akkoord) with a section: what exactly was agreed on, by whom and when.

    `snapshot` is that section's prose and claims at that moment. An agreement that was given anew, or taken back, is
    withdrawn and stays.
    """

    never_deleted = True

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="agreements", db_index=False
    )
    kind = models.CharField(_("soort"), max_length=20, choices=Sign.choices)
    given_by = _person(_("gegeven door"))
    given_at = models.DateTimeField(_("gegeven op"))
    snapshot = models.JSONField(_("waarop akkoord is gegeven"))
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    unrecorded_fields = frozenset({"snapshot"})

    class Meta:
        _constraints, indexes = table_rules("agreement")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "contribution", "kind"],
                condition=Q(withdrawn_at=None),
                name="agreement_standing",
            ),
            models.CheckConstraint(
                name="agreement_kind", condition=Q(kind__in=[sign.value for sign in Sign])
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Comment(OrganisationModel):
    """A comment (opmerking) on a section, its answer, and whether it is settled.

    returned: it is the reason with which the section was given back or an agreement taken back.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="comments", db_index=False
    )
    text = models.TextField(_("opmerking"))
    by = _person(_("van"))
    at = models.DateTimeField(_("geplaatst op"))
    returned = models.BooleanField(_("reden van teruggeven"), default=False)
    answer = models.TextField(_("antwoord"), blank=True)
    answered_by = _person(_("beantwoord door"), optional=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    settled_by = _person(_("afgehandeld door"), optional=True)
    settled_at = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)
    unrecorded_fields = frozenset({"text", "answer"})

    class Meta:
        _constraints, _indexes = table_rules("comment")
        constraints = [
            *_constraints,
            once_rule("comment"),
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "contribution", "at"], name="comment_contribution"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
