"""`./houvast add_organisation`: the first thing of a real installation, an organisation with an administrator."""

import os
from collections.abc import Callable
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.utils import timezone
from django.utils.translation import override

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions
from houvast.core.orgs.models import Organisation


class Command(BaseCommand):
    help = "Make an organisation with its standard roles and its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the address, such as diemen")
        parser.add_argument("name", help="the name without ‘Gemeente’, such as Diemen")
        parser.add_argument(
            "--kind",
            choices=Organisation.Kind.values,
            default=Organisation.Kind.MUNICIPALITY.value,
            help="municipality or partnership",
        )
        parser.add_argument("--admin-email", required=True, help="e-mail address of the first administrator")
        parser.add_argument(
            "--admin-name", default="Functioneel beheerder", help="what the trail calls that person"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check everything first; then organisation, account, person and role. Wrong input: exit 2."""
        slug, email = options["slug"], options["admin_email"].lower()
        _check(slug, email)
        password = os.environ.get("HOUVAST_ADMIN_PASSWORD") or getpass("Password of the administrator: ")
        _check_password(password)
        organisation = actions.found_organisation(slug=slug, name=options["name"], kind=options["kind"])
        account = Account.objects.create_user(email, password, name=options["admin_name"])
        system = system_actor(organisation)
        person = actions.add_person(system, name=options["admin_name"], account=account)
        for role in (StandardRole.ADMINISTRATOR, StandardRole.EMPLOYEE):
            actions.assign_role(system, person=person, role=role, valid_from=timezone.localdate())
        self.stdout.write(f"{organisation.full_name} is ready; {email} can sign in as its administrator.")


def _check(slug: str, email: str) -> None:
    _refuse_what_fails(lambda: validate_slug(slug))
    _refuse_what_fails(lambda: validate_email(email))
    if slug in RESERVED:
        raise CommandError(f"‘{slug}’ is an address of Houvast itself; choose another.", returncode=2)
    if Organisation.objects.filter(slug=slug).exists():
        raise CommandError(f"There is already an organisation at the address ‘{slug}’.", returncode=2)
    if Account.objects.filter(email=email).exists():
        raise CommandError(f"There is already an account with the address {email}.", returncode=2)


def _check_password(password: str) -> None:
    _refuse_what_fails(lambda: validate_password(password))


def _refuse_what_fails(check: Callable[[], object]) -> None:
    """Django's own validators speak the language of the screens; a command speaks English."""
    with override("en"):
        try:
            check()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error


RESERVED = frozenset({"account", "api", "taal", "demo", "componenten", "static", "agenda-abonnement"})
