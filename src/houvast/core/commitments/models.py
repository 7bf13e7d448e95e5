"""What chapters say that will be done, and how it goes on. Nobody can delete a row of either table."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.access.four_eyes import two_people
from houvast.core.commitments.rules import CommitmentKind, Settlement, Status
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.orgs.models import Post, Unit
from houvast.core.orgs.once import once_rule
from houvast.core.people.models import Person
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR


class Commitment(OrganisationModel):
    """A commitment (voornemen, toezegging): what the chapter of a year says that will be done.

    year, section: the chapter and the section it stands in; quote: its words there. term is as people say it
    ("eind 2022"), due_from and the exclusive due_until are its days. status repeats the newest stand.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"text", "quote"})

    year = models.PositiveSmallIntegerField(_("verslagjaar"))
    section = models.CharField(_("onderdeel van de paragraaf"), max_length=80)
    kind = models.CharField(_("soort"), max_length=20, choices=CommitmentKind.choices)
    text = models.CharField(_("in eigen woorden"), max_length=200)
    quote = models.TextField(_("zoals het in de paragraaf staat"))
    settlement = models.CharField(_("afgedaan met"), max_length=20, choices=Settlement.choices)
    owner_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    term = models.CharField(_("termijn"), max_length=60, blank=True)
    due_from = models.DateField(_("termijn vanaf"), null=True, blank=True)
    due_until = models.DateField(_("termijn tot"), null=True, blank=True)
    status = models.CharField(_("stand"), max_length=20, choices=Status.choices, default=Status.OPEN)
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)

    class Meta:
        verbose_name = _("voornemen")
        _constraints, _indexes = table_rules("commitment")
        constraints = [
            *_constraints,
            once_rule("commitment"),
            models.CheckConstraint(
                name="commitment_report_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
            models.CheckConstraint(
                name="commitment_one_owner",
                condition=Q(owner_post=None, owner_person=None)
                | Q(owner_unit=None, owner_person=None)
                | Q(owner_unit=None, owner_post=None),
            ),
            models.CheckConstraint(
                name="commitment_has_owner",
                condition=Q(kind=CommitmentKind.WISH)
                | Q(owner_unit__isnull=False)
                | Q(owner_post__isnull=False)
                | Q(owner_person__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_term",
                condition=Q(term="", due_from=None, due_until=None)
                # A check that compares with a missing day is not false but unknown, and passes.
                | (
                    Q(due_from__isnull=False, due_until__isnull=False, due_until__gt=F("due_from"))
                    & ~Q(term="")
                ),
            ),
            models.CheckConstraint(name="commitment_words", condition=~Q(text="") & ~Q(quote="")),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "year", "id"], name="commitment_year"),
            models.Index(fields=["organisation", "status", "due_until"], name="commitment_due"),
            models.Index(fields=["organisation", "owner_person"], name="commitment_person"),
        ]

    def __str__(self) -> str:
        return self.text


class CommitmentStand(OrganisationModel):
    """A stand (stand van een voornemen): how a commitment stood on a day, with what shows it.

    answers: the year of the chapter in which it is the answer; a second person checks it then. One that was recorded
    by mistake is withdrawn and counts no more.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"note", "withdrawal"})

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="stands", db_index=False
    )
    status = models.CharField(_("stand"), max_length=20, choices=Status.choices)
    on = models.DateField(_("op"))
    said = models.CharField(_("zoals gezegd"), max_length=60, blank=True)
    note = models.TextField(_("toelichting"), blank=True)
    decided_by = models.CharField(_("besloten door"), max_length=120, blank=True)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)
    postponed_to = models.PositiveSmallIntegerField(_("doorgeschoven naar"), null=True, blank=True)
    document = models.CharField(_("stuk"), max_length=200, blank=True)
    document_on = models.DateField(_("datum van het stuk"), null=True, blank=True)
    place = models.CharField(_("vindplaats"), max_length=200, blank=True)
    claim_key = models.CharField(_("feit"), max_length=80, blank=True)
    answers = models.PositiveSmallIntegerField(_("antwoord in de paragraaf van"), null=True, blank=True)
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
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawal = models.TextField(_("reden van intrekking"), blank=True)

    class Meta:
        verbose_name = _("stand van een voornemen")
        _constraints, _indexes = table_rules("commitmentstand")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "commitment", "answers"],
                condition=Q(withdrawn_at=None, answers__isnull=False),
                name="commitmentstand_one_answer",
            ),
            two_people("commitmentstand_four_eyes", "entered_by", "checked_by"),
            models.CheckConstraint(
                name="commitmentstand_checked",
                condition=Q(checked_by=None, checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False, answers__isnull=False),
            ),
            models.CheckConstraint(
                name="commitmentstand_lapsed_why",
                condition=~Q(status=Status.LAPSED) | (~Q(note="") & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="commitmentstand_postponed_to",
                condition=(
                    Q(status=Status.POSTPONED, postponed_to__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(decision="")
                )
                | (~Q(status=Status.POSTPONED) & Q(postponed_to=None)),
            ),
            models.CheckConstraint(
                name="commitmentstand_withdrawn_why",
                condition=Q(withdrawn_at=None, withdrawal="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal="")),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "commitment", "on", "id"], name="commitmentstand_course"),
        ]

    def __str__(self) -> str:
        return self.get_status_display()
