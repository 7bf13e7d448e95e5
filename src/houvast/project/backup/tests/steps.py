"""What the rehearsal does in processes of its own: `python -m houvast.project.backup.tests.steps STEP`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import django


def fill():
    """The example set, with a file at an incident."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from houvast.core.orgs.models import Organisation
    from houvast.core.orgs.scope import reading
    from houvast.modules.security import actions, factories
    from houvast.modules.security.models import Incident
    from houvast.project.demo.load import load

    call_command("migrate", verbosity=0)
    load()
    here = Organisation.objects.get(slug="diemen")
    with reading(here.pk):
        uid = Incident.objects.order_by("pk").first().uid
    upload = SimpleUploadedFile("verslag.pdf", b"%PDF-1.7\n" + b"x" * 200_000)
    actions.attach_to_incident.run(factories.team(here).ciso, uid=uid, upload=upload)


def write():
    """People, one after another, until it is told to stop; each is said once it is on the disk."""
    from itertools import count

    from houvast.core.access.actor import system_actor
    from houvast.core.administration.actions import add_person
    from houvast.core.orgs.models import Organisation

    actor = system_actor(Organisation.objects.get(slug="diemen"))
    for number in count(1):
        add_person(actor, name=f"Erbij {number}")
        print(number, flush=True)


def people():
    """How many were added."""
    from houvast.core.orgs.models import Organisation
    from houvast.core.orgs.scope import reading
    from houvast.core.people.models import Person

    with reading(Organisation.objects.get(slug="diemen").pk):
        print(Person.objects.filter(name__startswith="Erbij").count())


def go_on():
    """Another person in what was restored: sequences, locks and the chain go on where they were."""
    from django.db import DatabaseError, connection, transaction

    from houvast.core.access.actor import system_actor
    from houvast.core.administration.actions import add_person
    from houvast.core.orgs.models import Organisation
    from houvast.core.orgs.scope import tell_database

    here = Organisation.objects.get(slug="diemen")
    add_person(system_actor(here), name="Daarna")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(here.pk)
            cursor.execute("DELETE FROM audit_auditentry")
    except DatabaseError:
        print("kept")


def killed():
    """A backup that is killed when it comes to the files."""
    from houvast.project.backup.make import make

    def tell(note):
        if note.startswith("files"):
            os.kill(os.getpid(), signal.SIGKILL)

    make(Path(sys.argv[2]), with_keys=False, tell=tell)


if __name__ == "__main__":
    django.setup()
    {step.__name__: step for step in (fill, write, people, go_on, killed)}[sys.argv[1]]()
