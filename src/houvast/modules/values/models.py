"""The vision and core values through time, how they came about, where they have a place, and counts of how often."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.orgs.models import Unit
from houvast.modules.values.rules import FIRST_YEAR, LAST_YEAR, InstrumentKind, PartKind, Precision, StepKind


class ValueSet(PeriodModel):
    """A value set (set kernwaarden) with the decision that adopted it; `origin` is the trajectory it came from."""

    never_deleted = True

    origin = models.CharField(_("traject"), max_length=120)
    precision = models.CharField(
        _("begin bekend"), max_length=10, choices=Precision.choices, default=Precision.DAY
    )
    adopted_on = models.DateField(_("vastgesteld op"), null=True, blank=True)
    adopted_by = models.CharField(_("vastgesteld door"), max_length=120, blank=True)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("set kernwaarden")
        _constraints, indexes = table_rules("valueset", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="valueset_adopted_wholly",
                condition=Q(adopted_on__isnull=True, adopted_by="", decision="")
                | (Q(adopted_on__isnull=False) & ~Q(adopted_by="") & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class CoreValue(PeriodModel):
    """A core value (kernwaarde) of a set, for as long as it belongs to it."""

    never_deleted = True
    unrecorded_fields = frozenset({"meaning"})

    value_set = models.ForeignKey(
        ValueSet, on_delete=models.PROTECT, related_name="values_of", db_index=False
    )
    place = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    name = models.CharField(_("kernwaarde"), max_length=60)
    meaning = models.TextField(_("wat het betekent"), blank=True)

    class Meta:
        verbose_name = _("kernwaarde")
        constraints, _indexes = table_rules("corevalue", period=True)
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "value_set", "place"], name="corevalue_set"),
        ]

    def __str__(self) -> str:
        return self.name


class Behaviour(OrganisationModel):
    """An example of behaviour (gedragsvoorbeeld) that shows a value, or that goes against it."""

    never_deleted = True
    unrecorded_fields = frozenset({"text"})

    value = models.ForeignKey(CoreValue, on_delete=models.PROTECT, related_name="behaviours", db_index=False)
    text = models.CharField(_("voorbeeld"), max_length=300)
    shows = models.BooleanField(_("zo wel"), default=True)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("gedragsvoorbeeld")
        constraints, _indexes = table_rules("behaviour")
        indexes = [*_indexes, models.Index(fields=["organisation", "value"], name="behaviour_value")]

    def __str__(self) -> str:
        return self.text


class VisionPart(PeriodModel):
    """A part of the vision (onderdeel van de visie): its slogan, or a pair that it is worked out in."""

    never_deleted = True

    value_set = models.ForeignKey(ValueSet, on_delete=models.PROTECT, related_name="parts", db_index=False)
    kind = models.CharField(_("soort"), max_length=10, choices=PartKind.choices)
    place = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    text = models.CharField(_("tekst"), max_length=200)

    class Meta:
        verbose_name = _("onderdeel van de visie")
        constraints, indexes = table_rules("visionpart", period=True)

    def __str__(self) -> str:
        return self.text


class Step(OrganisationModel):
    """A step towards a value set (stap): what was done, how, and what came of it."""

    never_deleted = True
    unrecorded_fields = frozenset({"result"})

    value_set = models.ForeignKey(ValueSet, on_delete=models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(_("soort"), max_length=20, choices=StepKind.choices)
    title = models.CharField(_("wat"), max_length=160)
    held_on = models.DateField(_("dag"))
    reference = models.CharField(_("besluit of stuk"), max_length=200, blank=True)
    result = models.TextField(_("wat het opleverde"), blank=True)

    class Meta:
        verbose_name = _("stap naar de kernwaarden")
        constraints, _indexes = table_rules("valuestep")
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "value_set", "held_on"], name="valuestep_set"),
        ]

    def __str__(self) -> str:
        return self.title


class Instrument(PeriodModel):
    """Something in which the values have a place (instrument); `name` is how the chapter calls it."""

    never_deleted = True

    kind = models.CharField(_("soort"), max_length=20, choices=InstrumentKind.choices)
    name = models.CharField(_("naam"), max_length=100)
    place = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        verbose_name = _("instrument")
        constraints, indexes = table_rules("instrument", period=True)

    def __str__(self) -> str:
        return self.name


class Guide(PeriodModel):
    """A guide (gespreksleidraad) for an instrument: what to ask about each value."""

    never_deleted = True
    unrecorded_fields = frozenset({"introduction"})

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="guides", db_index=False
    )
    introduction = models.TextField(_("inleiding"), blank=True)

    class Meta:
        verbose_name = _("gespreksleidraad")
        constraints, _indexes = table_rules("guide", period=True)
        indexes = [*_indexes, models.Index(fields=["organisation", "instrument"], name="guide_instrument")]

    def __str__(self) -> str:
        return self.instrument.name


class Question(OrganisationModel):
    """A question (vraag) of a guide, about one value."""

    never_deleted = True

    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="questions", db_index=False)
    value = models.ForeignKey(CoreValue, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    text = models.CharField(_("vraag"), max_length=300)

    class Meta:
        verbose_name = _("vraag")
        constraints, _indexes = table_rules("question")
        indexes = [*_indexes, models.Index(fields=["organisation", "guide", "place"], name="question_guide")]

    def __str__(self) -> str:
        return self.text


class Coverage(OrganisationModel):
    """A count (telling) of a year: in how many of how many the values had a place. It names nobody."""

    never_deleted = True

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="counts", db_index=False
    )
    year = models.PositiveSmallIntegerField(_("jaar"))
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("organisatieonderdeel"),
    )
    total = models.PositiveIntegerField(_("totaal"))
    covered = models.PositiveIntegerField(_("met de kernwaarden"))
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("telling")
        _constraints, indexes = table_rules("coverage")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "instrument", "year", "unit"],
                condition=Q(withdrawn_on__isnull=True, unit__isnull=False),
                name="coverage_once_in_unit",
            ),
            models.UniqueConstraint(
                fields=["organisation", "instrument", "year"],
                condition=Q(withdrawn_on__isnull=True, unit__isnull=True),
                name="coverage_once_as_a_whole",
            ),
            models.CheckConstraint(
                name="coverage_part_of_total", condition=Q(covered__lte=F("total"), total__gte=1)
            ),
            models.CheckConstraint(
                name="coverage_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.year}"
