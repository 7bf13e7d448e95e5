"""Notices to people, what they want mailed, when the organisation reminds, and the messages that go out."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.notices.rules import USUAL, Frequency, MessageState
from houvast.core.orgs.base import OrganisationModel, ScopedModel, table_rules
from houvast.core.orgs.marks import new_uid
from houvast.core.people.models import Person


class OutgoingMessage(ScopedModel):
    """An outgoing message (uitgaand bericht) to a person: recorded once, handed over at least once.

    `key` is made of person, kind, subject, rule and day, and `message_id` of that: a repeat is the same message.
    The address is looked up when it is sent. Its words hold no content of records, and go after some days.
    """

    uid = models.UUIDField(default=new_uid, editable=False)
    key = models.CharField(max_length=64)
    message_id = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("soort"), max_length=80)
    about = models.UUIDField()
    rule = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(
        _("stand"), max_length=20, choices=MessageState.choices, default=MessageState.WAITING
    )
    attempts = models.PositiveIntegerField(_("pogingen"), default=0)
    not_before = models.DateTimeField(default=timezone.now)
    error = models.CharField(_("fout"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    handed_at = models.DateTimeField(_("verzonden op"), null=True)
    subject = models.CharField(_("onderwerp"), max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "uid"], name="outgoingmessage_uid"),
            models.UniqueConstraint(fields=["organisation", "id"], name="outgoingmessage_id"),
            models.UniqueConstraint(fields=["organisation", "key"], name="outgoingmessage_once"),
            models.CheckConstraint(
                name="outgoingmessage_handed_has_moment",
                condition=Q(state=MessageState.HANDED) ^ Q(handed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "not_before"],
                condition=Q(state=MessageState.WAITING),
                name="outgoingmessage_waiting",
            ),
            models.Index(fields=["organisation", "-created_at", "id"], name="outgoingmessage_newest"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def tone(self) -> str:
        """The colour that repeats the state."""
        return {MessageState.HANDED: "goed", MessageState.FAILED: "fout"}.get(
            MessageState(self.state), "rust"
        )


class Notice(ScopedModel):
    """A notice (melding) to a person, under the bell.

    Not in the trail: the action that gives it is. `settled`: it was mailed, or need not be.
    """

    uid = models.UUIDField(default=new_uid, editable=False)
    key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("soort"), max_length=80)
    subject = models.CharField(_("onderwerp"), max_length=300)
    url = models.CharField(max_length=500)
    about = models.UUIDField()
    rule = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(_("uiterlijk"), null=True)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    read_at = models.DateTimeField(_("gelezen op"), null=True)
    settled = models.BooleanField(default=False)
    message = models.ForeignKey(
        OutgoingMessage, on_delete=models.PROTECT, related_name="notices", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "uid"], name="notice_uid"),
            models.UniqueConstraint(fields=["organisation", "id"], name="notice_id"),
            models.UniqueConstraint(fields=["organisation", "key"], name="notice_once"),
            models.CheckConstraint(
                name="notice_mailed_is_settled", condition=Q(message__isnull=True) | Q(settled=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["organisation", "person", "-at", "id"], name="notice_newest"),
            models.Index(fields=["organisation", "at"], condition=Q(settled=False), name="notice_unsettled"),
        ]

    def __str__(self) -> str:
        return self.subject


class MailPreference(OrganisationModel):
    """What a person wants mailed (voorkeur voor mail): usually, and per kind of notice where that differs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    usual = models.CharField(_("gewoonlijk"), max_length=20, choices=Frequency.choices, default=USUAL)
    weekday = models.PositiveSmallIntegerField(_("dag van de week"), default=0)
    kinds = models.JSONField(_("per soort"), default=dict)

    class Meta:
        _constraints, indexes = table_rules("mailpreference")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "person"], name="mailpreference_person"),
            models.CheckConstraint(name="mailpreference_weekday", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return str(self.get_usual_display())


class ReminderRule(OrganisationModel):
    """When the organisation reminds people of a kind of thing (regel voor herinneringen), and whether.

    days: how many days before the day it falls due; a number below zero is after it.
    """

    kind = models.CharField(_("soort"), max_length=80)
    days = models.JSONField(_("dagen"), default=list)
    is_on = models.BooleanField(_("aan"), default=True)

    class Meta:
        _constraints, indexes = table_rules("reminderrule")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "kind"], name="reminderrule_kind"),
        ]

    def __str__(self) -> str:
        return self.kind
