"""Keeping a file with a record, and what to do with one in quarantine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted, Permission
from houvast.core.audit.actions import action, record
from houvast.core.configuration.queries import value_of
from houvast.core.files import storage
from houvast.core.files.models import StoredFile
from houvast.core.files.permissions import RELEASE
from houvast.core.files.rules import ContentType, FileRefused, clean_name, judge
from houvast.core.files.settings import LARGEST, MEGABYTE
from houvast.core.orgs.base import OrganisationModel, lock
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import current_organisation_id, current_writing

LONGEST_REASON = 200


def require_size(size: int) -> None:
    """Raise FileRefused for a file larger than the organisation takes."""
    largest = value_of(LARGEST.key, timezone.localdate())
    if size > largest * MEGABYTE:
        raise FileRefused(_("Het bestand is te groot: %(largest)s MB is het meeste.") % {"largest": largest})


def store(upload: UploadedFile[Any], subject: OrganisationModel) -> StoredFile:
    """Keep an uploaded file with a record. To be called by an action, which so asks the permission.

    The action's row and the bytes stay or go together. Raises FileRefused, and WriteOutsideAction outside
    an action. The subject has to be saved before.
    """
    work = current_writing()
    require_size(upload.size or 0)
    name = clean_name(upload.name or "")
    content = upload.file
    assert content is not None
    verdict = judge(content, name)
    place = Organisation.objects.values_list("uid", flat=True).get(pk=subject.organisation_id)
    written = storage.write(place, content)
    work.undo.append(partial(storage.remove, place, written.storage_name))
    row = StoredFile(
        name=name,
        content_type=verdict.content_type,
        size=written.size,
        sha256=written.sha256,
        storage_name=written.storage_name,
        subject_table=subject._meta.label_lower,
        subject_uid=subject.uid,
        quarantined=verdict.suspect,
    )
    row.save()
    record(row, name=name, size=row.size, sha256=row.sha256, quarantined=row.quarantined, owner=subject)
    return row


def keep(content: bytes, name: str, *, table: str, uid: UUID) -> StoredFile:
    """Keep a zip archive that the application made itself, for the row of that table and uid. Inside an action."""
    work = current_writing()
    place = Organisation.objects.values_list("uid", flat=True).get(pk=current_organisation_id())
    written = storage.write(place, BytesIO(content))
    work.undo.append(partial(storage.remove, place, written.storage_name))
    row = StoredFile(
        name=clean_name(name),
        content_type=ContentType.ZIP,
        size=written.size,
        sha256=written.sha256,
        storage_name=written.storage_name,
        subject_table=table,
        subject_uid=uid,
    )
    row.save()
    record(row, name=row.name, size=row.size, sha256=row.sha256, owner=str(uid))
    return row


Check = Callable[[Actor, Permission, Any], object]


@dataclass(frozen=True)
class Attach:
    """How files come to the rows of one register, and are withdrawn: `run` and `withdraw` are the actions."""

    permission: Permission
    run: Callable[..., StoredFile]
    withdraw: Callable[..., StoredFile]
    check: Check

    def allows(self, actor: Actor, subject: OrganisationModel) -> bool:
        """Whether the actor may add a file to this record."""
        try:
            actor.require_write(self.permission)
            self.check(actor, self.permission, subject)
        except NotPermitted:
            return False
        return True


def _no_further_check(_actor: Actor, _permission: Permission, _subject: Any) -> None:
    return None


def attaching(
    key: str,
    model: type[OrganisationModel],
    permission: Permission,
    check: Check = _no_further_check,
    *,
    withdrawing: str,
) -> Attach:
    """The actions `key`, that keeps a file with a row of `model`, and `withdrawing`, that withdraws one.

    Both under the register's own permission. `check` raises NotPermitted where the permission holds for other
    units than the row's. The actions raise FileRefused, and DoesNotExist of the model or the file.
    """

    @action(key, permission=permission)
    def attach(actor: Actor, *, uid: UUID, upload: UploadedFile[Any]) -> StoredFile:
        subject: OrganisationModel = model.objects.get(uid=uid)
        check(actor, permission, subject)
        return store(upload, subject)

    @action(withdrawing, permission=permission)
    def withdraw(actor: Actor, *, uid: UUID, file_uid: UUID, at: datetime, reason: str) -> StoredFile:
        subject: OrganisationModel = model.objects.get(uid=uid)
        check(actor, permission, subject)
        return _withdraw(subject, file_uid, at, reason.strip())

    return Attach(permission, attach, withdraw, check)


def _withdraw(subject: OrganisationModel, file_uid: UUID, at: datetime, reason: str) -> StoredFile:
    files = StoredFile.objects.filter(subject_table=subject._meta.label_lower, subject_uid=subject.uid)
    row: StoredFile = files.select_for_update(of=("self",)).get(uid=file_uid)
    if row.withdrawn_at is not None:
        raise FileRefused(_("Dit bestand is al ingetrokken."))
    if not reason:
        raise FileRefused(_("Geef de reden van de intrekking."))
    if len(reason) > LONGEST_REASON:
        raise FileRefused(
            _("Houd de reden korter: ten hoogste %(number)s tekens.") % {"number": LONGEST_REASON}
        )
    row.withdrawn_at, row.withdrawal = at, reason
    row.save(update_fields=["withdrawn_at", "withdrawal"])
    record(row, withdrawn_at=at, withdrawal=reason, owner=subject)
    return row


@action("files.quarantine", permission=RELEASE)
def quarantine(
    actor: Actor,
    *,
    file_id: int,
    expected_version: int,
    quarantined: bool,
) -> StoredFile:
    """Hold a file back, or release it. Raises Conflict for a stale version."""
    row = lock(StoredFile, file_id, expected_version)
    row.quarantined = quarantined
    row.save(update_fields=["quarantined"])
    record(row, quarantined=quarantined)
    return row
