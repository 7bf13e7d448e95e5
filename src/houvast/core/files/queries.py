"""Which files a record has, and who may have them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from houvast.core.access.actor import Actor
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import doers
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel
from houvast.core.registry import modules


def files_of(subject: OrganisationModel) -> tuple[StoredFile, ...]:
    """The files of a record that the reader may see, by name; one query."""
    table = subject._meta.label_lower
    rows = StoredFile.objects.filter(subject_table=table, subject_uid=subject.uid)
    return tuple(rows.order_by("name", "pk"))


def withdrawn_files() -> QuerySet[StoredFile]:
    """The files that were withdrawn from their record."""
    rows: QuerySet[StoredFile] = StoredFile.objects.filter(withdrawn_at__isnull=False)
    return rows


def attached_by(files: Iterable[StoredFile]) -> dict[UUID, str]:
    """Who kept each file, by its uid, as a history names people; as many queries for one as for all."""
    uids = [file.uid for file in files]
    if not uids:
        return {}
    entries = list(
        AuditEntry.objects.filter(table=StoredFile._meta.label_lower, subject_uid__in=uids)
        .select_related("home")
        .order_by("-number")
    )
    who = doers(entries)
    # The first entry of a file is that of its keeping; going back in time it comes last.
    return {entry.subject_uid: who[entry.number] for entry in entries if entry.subject_uid}


def may_have(actor: Actor, file: StoredFile) -> bool:
    """Whether the module that owns the record lets the actor have its files; nobody where none says so."""
    owners = (owner for module in modules() for owner in module.file_owners)
    return any(owner.may(actor, file.subject_uid) for owner in owners if owner.table == file.subject_table)


def stored_names() -> Iterable[str]:
    """The random names that rows of the organisation in scope hold."""
    names: Iterable[str] = StoredFile.objects.values_list("storage_name", flat=True)
    return names
