"""`./houvast add_organisation`: the first thing of a real installation, an organisation with an administrator."""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions
from houvast.core.orgs.models import Organisation


class Command(BaseCommand):
    help = "Maak een organisatie met haar standaardrollen en haar eerste beheerder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="het adres, zoals diemen")
        parser.add_argument("name", help="de naam zonder ‘Gemeente’, zoals Diemen")
        parser.add_argument(
            "--kind",
            choices=Organisation.Kind.values,
            default=Organisation.Kind.MUNICIPALITY.value,
            help="gemeente of samenwerkingsorganisatie",
        )
        parser.add_argument("--admin-email", required=True, help="e-mailadres van de eerste beheerder")
        parser.add_argument(
            "--admin-name", default="Functioneel beheerder", help="hoe die in het logboek heet"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check everything first; then organisation, account, person and role. Wrong input: exit 2."""
        slug, email = options["slug"], options["admin_email"].lower()
        _check(slug, email)
        password = os.environ.get("HOUVAST_ADMIN_PASSWORD") or getpass("Wachtwoord van de beheerder: ")
        _check_password(password)
        organisation = actions.found_organisation(slug=slug, name=options["name"], kind=options["kind"])
        account = Account.objects.create_user(email, password, name=options["admin_name"])
        system = system_actor(organisation)
        person = actions.add_person(system, name=options["admin_name"], account=account)
        for role in (StandardRole.ADMINISTRATOR, StandardRole.EMPLOYEE):
            actions.assign_role(system, person=person, role=role, valid_from=timezone.localdate())
        self.stdout.write(f"{organisation.full_name} staat klaar; {email} kan zich aanmelden als beheerder.")


def _check(slug: str, email: str) -> None:
    try:
        validate_slug(slug)
        validate_email(email)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=2) from error
    if slug in RESERVED:
        raise CommandError(f"‘{slug}’ is een adres van Houvast zelf; kies een ander.", returncode=2)
    if Organisation.objects.filter(slug=slug).exists():
        raise CommandError(f"Er is al een organisatie met het adres ‘{slug}’.", returncode=2)
    if Account.objects.filter(email=email).exists():
        raise CommandError(f"Er is al een account met het adres {email}.", returncode=2)


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=2) from error


RESERVED = frozenset({"account", "taal", "demo", "componenten", "static"})
