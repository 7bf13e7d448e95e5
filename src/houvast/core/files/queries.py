"""Which files a record has, and who may have them."""

from __future__ import annotations

from collections.abc import Iterable

from houvast.core.access.actor import Actor
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import OrganisationModel
from houvast.core.registry import modules


def files_of(subject: OrganisationModel) -> tuple[StoredFile, ...]:
    """The files of a record that the reader may see, by name; one query."""
    table = subject._meta.label_lower
    rows = StoredFile.objects.filter(subject_table=table, subject_uid=subject.uid)
    return tuple(rows.order_by("name", "pk"))


def may_have(actor: Actor, file: StoredFile) -> bool:
    """Whether the module that owns the record lets the actor have its files; nobody where none says so."""
    owners = (owner for module in modules() for owner in module.file_owners)
    return any(owner.may(actor, file.subject_uid) for owner in owners if owner.table == file.subject_table)


def stored_names() -> Iterable[str]:
    """The random names that rows of the organisation in scope hold."""
    names: Iterable[str] = StoredFile.objects.values_list("storage_name", flat=True)
    return names
