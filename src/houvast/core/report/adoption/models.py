"""What was decided about the chapter of a year, and what was frozen with it. The database lets nobody change it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.orgs.base import OrganisationModel, ScopedModel, table_rules
from houvast.core.report.adoption.rules import LONGEST_REFERENCE, Answer, Body, Outcome
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR


def _account(*, null: bool = False) -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, null=null
    )


def _years(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_report_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
    )


class Offer(OrganisationModel):
    """An offer for adoption (aanbieding): who prepared the chapter, and a hash of how it was then."""

    append_only = True

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    sha256 = models.CharField(_("controlegetal"), max_length=64)
    offered_by = _account(null=True)

    class Meta:
        _constraints, _indexes = table_rules("offer")
        constraints = [*_constraints, _years("offer")]
        indexes = [*_indexes, models.Index(fields=["organisation", "year"], name="offer_year")]

    def __str__(self) -> str:
        return str(self.year)


class Edition(OrganisationModel):
    """An edition (editie) of the chapter of a year: everything frozen at one moment, in numbered order.

    sha256 covers the names, sizes and hashes of all its parts.
    """

    append_only = True

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    prepared_by = _account(null=True)
    frozen_by = _account(null=True)
    sha256 = models.CharField(_("controlegetal"), max_length=64)

    class Meta:
        _constraints, indexes = table_rules("edition")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="edition_year_number"),
            two_people("edition_four_eyes", "prepared_by", "frozen_by"),
            _years("edition"),
        ]

    def __str__(self) -> str:
        return f"{self.year}, editie {self.number}"


class FrozenPart(ScopedModel):
    """A frozen part (bevroren deel) of an edition: a file, the data behind it, or the prints of rows.

    It has no seal of its own in the trail: the edition's hash covers it, and `verify` makes that again.
    """

    append_only = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="parts", db_index=False)
    name = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "id"], name="frozenpart_key"),
            models.UniqueConstraint(fields=["organisation", "edition", "name"], name="frozenpart_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def form(self) -> str:
        """The form of a file: `pdf` of `chapter.pdf`."""
        return self.name.partition(".")[2]


class Adoption(OrganisationModel):
    """An adoption (vaststelling): the decision of a body about an edition."""

    append_only = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="adoptions", db_index=False)
    body = models.CharField(_("bestuursorgaan"), max_length=10, choices=Body.choices)
    decided_on = models.DateField(_("dag van het besluit"))
    reference = models.CharField(_("kenmerk van het besluit"), max_length=LONGEST_REFERENCE)
    prepared_by = _account(null=True)
    adopted_by = _account()

    class Meta:
        _constraints, indexes = table_rules("adoption")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "edition", "body"], name="adoption_body"),
            two_people("adoption_four_eyes", "prepared_by", "adopted_by"),
            models.CheckConstraint(name="adoption_known_body", condition=Q(body__in=Body.values)),
            models.CheckConstraint(name="adoption_has_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"


class Reopening(OrganisationModel):
    """A reopening (heropening): the text of an edition that the college adopted is open for an amendment."""

    append_only = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reopenings", db_index=False)
    reason = models.TextField(_("reden"))
    unrecorded_fields = frozenset({"reason"})

    class Meta:
        _constraints, indexes = table_rules("reopening")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "edition"], name="reopening_edition"),
            models.CheckConstraint(name="reopening_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.edition_id)


class Correction(OrganisationModel):
    """A correction (correctie, erratum) of an adopted chapter: a footnote; the frozen text stays as it is.

    claim_key or section says what it is about. value: the right raw value of the claim, where that is what was wrong.
    """

    append_only = True

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="corrections", db_index=False)
    number = models.PositiveSmallIntegerField(_("nummer"))
    claim_key = models.CharField(_("feit"), max_length=80, blank=True)
    section = models.CharField(_("onderdeel"), max_length=80, blank=True)
    text = models.TextField(_("tekst"))
    value = models.JSONField(_("juiste waarde"), null=True, blank=True)
    reference = models.CharField(_("kenmerk van het besluit"), max_length=LONGEST_REFERENCE)
    decided_on = models.DateField(_("dag van het besluit"))
    entered_by = _account()
    unrecorded_fields = frozenset({"text"})

    class Meta:
        _constraints, indexes = table_rules("correction")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "edition", "number"], name="correction_number"),
            models.CheckConstraint(name="correction_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="correction_about_one_thing", condition=Q(claim_key="") ^ Q(section="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class CorrectionDecision(OrganisationModel):
    """What the second person said of a correction (oordeel over een correctie)."""

    append_only = True

    correction = models.ForeignKey(
        Correction, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    outcome = models.CharField(_("uitkomst"), max_length=10, choices=Outcome.choices)
    entered_by = _account()
    checked_by = _account()

    class Meta:
        _constraints, indexes = table_rules("correctiondecision")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "correction"], name="correctiondecision_once"),
            two_people("correctiondecision_four_eyes", "entered_by", "checked_by"),
            models.CheckConstraint(
                name="correctiondecision_outcome", condition=Q(outcome__in=Outcome.values)
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class CouncilRequirement(OrganisationModel):
    """A requirement of the council (eis van de raad): what the organisation itself asks of the chapter."""

    never_deleted = True

    name = models.CharField(_("eis"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("eerste verslagjaar"))
    last_year = models.PositiveSmallIntegerField(_("laatste verslagjaar"), null=True, blank=True)
    reference = models.CharField(_("kenmerk van het besluit"), max_length=LONGEST_REFERENCE)
    decided_on = models.DateField(_("dag van het besluit"))

    class Meta:
        _constraints, indexes = table_rules("councilrequirement")
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="councilrequirement_years",
                condition=Q(first_year__gte=FIRST_YEAR, first_year__lte=LAST_YEAR)
                & (
                    Q(last_year__isnull=True)
                    | Q(last_year__gte=models.F("first_year"), last_year__lte=LAST_YEAR)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RequirementAnswer(OrganisationModel):
    """The answer to a requirement (antwoord op een eis) for a year: what proves it, or why it does not apply."""

    never_deleted = True

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    key = models.CharField(_("eis"), max_length=80)
    answer = models.CharField(_("antwoord"), max_length=20, choices=Answer.choices)
    section = models.CharField(_("onderdeel"), max_length=80, blank=True)
    document = models.CharField(_("document"), max_length=200, blank=True)
    reason = models.TextField(_("reden"), blank=True)
    answered_by = _account(null=True)
    unrecorded_fields = frozenset({"reason"})

    class Meta:
        _constraints, indexes = table_rules("requirementanswer")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "year", "key"], name="requirementanswer_once"),
            _years("requirementanswer"),
            models.CheckConstraint(
                name="requirementanswer_says_what",
                condition=(Q(answer=Answer.DONE) & ~Q(section="", document=""))
                | (Q(answer=Answer.NOT_APPLICABLE) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"
