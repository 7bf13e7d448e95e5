"""Accounts, roles in an organisation or unit for a period, and the one way across: a grant."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import role_label
from houvast.core.orgs.base import OrganisationModel, PeriodModel, table_rules
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.people.models import Person


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Account":
        """A new account; without a password one can only sign in through the organisation's own sign-in."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """An account (account): who signs in. It is global; what it may do hangs on persons and grants."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    language = models.CharField(_("taal"), max_length=5, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    # Django's and allauth's own screens ask these; rights in Houvast hang on roles, never on the account.
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Role(OrganisationModel):
    """A role (rol): a bundle of permissions of this organisation."""

    key = models.SlugField(_("sleutel"), max_length=40, db_index=False)
    name = models.CharField(_("naam"), max_length=80)
    permissions = models.JSONField(_("rechten"), default=list)

    class Meta:
        _constraints, indexes = table_rules("role")
        constraints = [
            *_constraints,
            models.UniqueConstraint(fields=["organisation", "key"], name="role_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language, where it is the standard one."""
        return role_label(self.key, self.name)


class RoleAssignment(PeriodModel):
    """A person holds a role (roltoekenning) in the organisation, or in one unit, for a period."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles", db_index=False)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        constraints, _indexes = table_rules("roleassignment", period=True)
        indexes = [*_indexes, models.Index(fields=["organisation", "person"], name="roleassignment_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.role}"


class Grant(PeriodModel):
    """A grant (toegang over de grens): named rights here for somebody, or for a whole organisation, elsewhere.

    With `account` it lets that person of `grantee` work here. Without, it lets `grantee` compute claims
    about this organisation for its own chapter.
    """

    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    label = models.CharField(_("omschrijving"), max_length=120)
    permissions = models.JSONField(_("rechten"), default=list)
    may_write = models.BooleanField(_("mag ook vastleggen"), default=False)
    decision = models.CharField(_("besluit"), max_length=200, blank=True)
    unrecorded_fields = frozenset({"label"})

    class Meta:
        _constraints, _indexes = table_rules("grant", period=True)
        constraints = [
            *_constraints,
            models.CheckConstraint(
                name="grant_to_another",
                condition=~Q(organisation=models.F("grantee")),
            ),
        ]
        indexes = [*_indexes, models.Index(fields=["organisation", "account"], name="grant_account")]

    def __str__(self) -> str:
        return self.label
