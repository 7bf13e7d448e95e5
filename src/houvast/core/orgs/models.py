"""Organisations, and their units, functions and posts through time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.orgs.marks import new_uid
from houvast.core.orgs.rules import FunctionKind, UnitKind


class Organisation(models.Model):
    """An organisation (organisatie): a municipality or a joint service organisation (gemeenschappelijke regeling)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Gemeente")
        JOINT = "joint", _("Samenwerkingsorganisatie")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    slug = models.SlugField(_("adres"), unique=True)
    name = models.CharField(_("naam"), max_length=100)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind.choices, default=Kind.MUNICIPALITY)
    is_example = models.BooleanField(_("voorbeeldgegeven"), default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """As it stands on paper: "Gemeente Diemen"."""
        return f"Gemeente {self.name}" if self.kind == self.Kind.MUNICIPALITY else self.name


class Unit(OrganisationModel):
    """A unit (organisatieonderdeel): its identity. What it is called and where it hangs is a UnitPeriod."""

    code = models.CharField(_("code"), max_length=40)

    class Meta:
        _constraints, indexes = table_rules("unit")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code"),
        ]

    def __str__(self) -> str:
        return self.code


class UnitPeriod(PeriodModel):
    """A unit as it is during a period: name, kind and parent."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="periods", db_index=False)
    parent = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("valt onder"),
    )
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=20, choices=UnitKind.choices)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)

    class Meta:
        constraints, _indexes = table_rules("unitperiod", period=True)
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "unit", "valid_from"], name="unitperiod_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class Function(OrganisationModel):
    """A function (functie): its identity in the register of functions."""

    code = models.CharField(_("code"), max_length=40)

    class Meta:
        _constraints, indexes = table_rules("function")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "code"], name="function_code"),
        ]

    def __str__(self) -> str:
        return self.code


class FunctionPeriod(PeriodModel):
    """A function as it is described during a period: tasks, competences, mandates (mandaten), scale."""

    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="periods", db_index=False)
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(
        _("soort"), max_length=20, choices=FunctionKind.choices, default=FunctionKind.STAFF
    )
    tasks = models.TextField(_("taken"), blank=True)
    competences = models.TextField(_("competenties"), blank=True)
    mandates = models.TextField(_("mandaten"), blank=True)
    scale = models.CharField(_("salarisschaal"), max_length=40, blank=True)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)

    class Meta:
        constraints, _indexes = table_rules("functionperiod", period=True)
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "function"], name="functionperiod_function"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(OrganisationModel):
    """A post (formatieplaats): its identity. Function and unit are its PostPeriods."""

    code = models.CharField(_("code"), max_length=60)

    class Meta:
        _constraints, indexes = table_rules("post")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "code"], name="post_code"),
        ]

    def __str__(self) -> str:
        return self.code


class PostPeriod(PeriodModel):
    """A post during a period: the function it carries, the unit it belongs to and, where known, its fte."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="periods", db_index=False)
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    fte = models.DecimalField(_("fte"), max_digits=4, decimal_places=2, null=True, blank=True)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)

    class Meta:
        _constraints, _indexes = table_rules("postperiod", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="postperiod_fte", condition=Q(fte__isnull=True) | Q(fte__gt=0, fte__lte=1)
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "post", "valid_from"], name="postperiod_post"),
            models.Index(fields=["organisation", "unit"], name="postperiod_unit"),
        ]

    def __str__(self) -> str:
        return self.post.code
