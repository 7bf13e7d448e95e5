"""Letters and messages to somebody outside, and by which way that person may be reached."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel, table_rules
from houvast.core.post.rules import ELECTRONIC, Channel, DispatchState


class ElectronicConsent(OrganisationModel):
    """An addressee made known to be reachable electronically (instemming met elektronische post).

    Awb art. 2:14 lid 1, from 2026 on art. 2:8.

    For one record (a case) and one kind of message, by one channel, with the day and how it was made known.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"address", "how"})

    subject_table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    kind = models.CharField(_("soort bericht"), max_length=80)
    channel = models.CharField(_("kanaal"), max_length=20, choices=Channel.choices)
    address = models.CharField(_("adres"), max_length=254)
    given_on = models.DateField(_("kenbaar gemaakt op"))
    how = models.CharField(_("hoe"), max_length=200)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True)

    class Meta:
        _constraints, _indexes = table_rules("electronicconsent")
        constraints = [
            *_constraints,
            models.UniqueConstraint(
                fields=["organisation", "subject_table", "subject_uid", "kind", "channel"],
                condition=Q(withdrawn_on__isnull=True),
                name="electronicconsent_once",
            ),
            models.CheckConstraint(
                name="electronicconsent_is_electronic", condition=Q(channel__in=ELECTRONIC)
            ),
            models.CheckConstraint(name="electronicconsent_told", condition=~Q(how="") & ~Q(address="")),
            models.CheckConstraint(
                name="electronicconsent_in_order",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
            ),
        ]
        indexes = _indexes

    def __str__(self) -> str:
        return str(self.get_channel_display())


class Dispatch(OrganisationModel):
    """A piece of outgoing post (poststuk) of a record: a draft, dispatched with its proof, or come back.

    A statutory term may run from `dispatched_on`, so that day stands only beside what proves it: a reference of the
    carrier, or the file of what was sent with its digest.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"addressee", "address", "title", "return_reason"})

    subject_table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    kind = models.CharField(_("soort bericht"), max_length=80)
    title = models.CharField(_("onderwerp"), max_length=200)
    addressee = models.CharField(_("geadresseerde"), max_length=200)
    address = models.CharField(_("adres"), max_length=300)
    channel = models.CharField(_("kanaal"), max_length=20, choices=Channel.choices)
    state = models.CharField(
        _("stand"), max_length=20, choices=DispatchState.choices, default=DispatchState.DRAFT
    )
    drafted_on = models.DateField(_("opgesteld op"))
    consent = models.ForeignKey(
        ElectronicConsent, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    dispatched_on = models.DateField(_("verzonden op"), null=True)
    reference = models.CharField(_("kenmerk van de verzending"), max_length=100, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    file_sha256 = models.CharField(max_length=64, blank=True)
    returned_on = models.DateField(_("teruggekomen op"), null=True)
    return_reason = models.CharField(_("waarom het terugkwam"), max_length=200, blank=True)

    class Meta:
        _constraints, _indexes = table_rules("dispatch")
        _gone = Q(dispatched_on__isnull=False, dispatched_on__gte=F("drafted_on"))
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="dispatch_state",
                condition=Q(state=DispatchState.DRAFT, dispatched_on__isnull=True, returned_on__isnull=True)
                | (Q(state=DispatchState.DISPATCHED, returned_on__isnull=True) & _gone)
                | (Q(state=DispatchState.RETURNED, returned_on__gte=F("dispatched_on")) & _gone),
            ),
            models.CheckConstraint(
                name="dispatch_has_proof",
                condition=Q(dispatched_on__isnull=True) | ~Q(reference="") | Q(file__isnull=False),
            ),
            models.CheckConstraint(
                name="dispatch_file_has_digest",
                condition=Q(file__isnull=True, file_sha256="") | (Q(file__isnull=False) & ~Q(file_sha256="")),
            ),
            models.CheckConstraint(
                name="dispatch_electronic_has_consent",
                condition=Q(dispatched_on__isnull=True)
                | Q(channel=Channel.LETTER)
                | Q(consent__isnull=False),
            ),
            models.CheckConstraint(
                name="dispatch_returned_has_reason",
                condition=Q(returned_on__isnull=True) ^ ~Q(return_reason=""),
            ),
        ]
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "subject_table", "subject_uid"], name="dispatch_subject"),
            models.Index(fields=["organisation", "drafted_on", "id"], name="dispatch_drafted"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour that repeats the state."""
        tones = {DispatchState.DISPATCHED: "goed", DispatchState.RETURNED: "let-op"}
        return tones.get(DispatchState(self.state), "rust")
