"""Tokens of programs, and the days on which they were used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import OrganisationModel, ScopedModel, table_rules
from houvast.core.orgs.once import once_rule


class Token(OrganisationModel):
    """A token (toegangssleutel): a program acts with some of the rights that its maker has on that day.

    Only a digest is kept. `scopes` are keys of permissions; what the maker may no longer do, the program cannot
    either. `texts`: it also gets free text and names of people. `last_day` is included.
    """

    never_deleted = True
    unrecorded_fields = frozenset({"name"})

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(_("waarvoor"), max_length=80)
    start = models.CharField(_("begin van de sleutel"), max_length=10, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("rechten"), default=list)
    texts = models.BooleanField(_("ook vrije tekst en namen"), default=False)
    last_day = models.DateField(_("werkt tot en met"))
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, editable=False)
    sent_key = models.UUIDField(_("kenmerk van het verzonden formulier"), null=True, editable=False)

    class Meta:
        verbose_name = _("toegangssleutel")
        _constraints, _indexes = table_rules("token")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "digest"], name="token_digest"),
            once_rule("token"),
            models.CheckConstraint(name="token_has_digest", condition=~Q(digest="")),
        ]
        indexes = [*_indexes, models.Index(fields=["organisation", "account"], name="token_account")]

    def __str__(self) -> str:
        return self.name


class TokenUse(ScopedModel):
    """A day of use (gebruiksdag) of a token. Not in the trail: what a program did is, and looking is not.

    One row for the first use on a day, so that a program that looks a thousand times writes once.
    """

    append_only = True

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="uses", db_index=False)
    day = models.DateField(_("dag"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "token", "day"], name="tokenuse_day"),
            models.UniqueConstraint(fields=["organisation", "id"], name="tokenuse_key"),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.day}"
