"""Entries for rows that were written in bulk, so that the chain holds them as it holds any other row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from houvast.core.access.actor import system_actor
from houvast.core.audit.actions import BY_COMMAND, entry_seal
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.seals import row_seals, trail_key
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import current_writing

CHUNK = 1_000

Written = tuple[str, type[OrganisationModel], Sequence[int]]
"""The key of the action that would have written the rows one by one, their register and their ids."""


def record_bulk(organisation: Organisation, written: Sequence[Written], tell: Callable[[int], object]) -> int:
    """Append an entry with the seal of each of those rows, in their order; how many.

    Within the transaction that wrote them (`writing`): all are in the chain, or none is there. `tell` hears how far it
    is. The entries say what was done and to which row, and no value of it. Raises WriteOutsideAction.
    """
    current_writing()
    head, _ = AuditHead.objects.select_for_update().get_or_create(organisation_id=organisation.pk)
    done = 0
    for key, model, ids in written:
        for start in range(0, len(ids), CHUNK):
            entries = list(_entries(organisation, key, head, model, ids[start : start + CHUNK]))
            AuditEntry.across_organisations.bulk_create(entries, batch_size=500)
            done += len(entries)
            tell(done)
    head.save()
    return done


def _entries(
    organisation: Organisation, key: str, head: AuditHead, model: type[OrganisationModel], ids: Sequence[int]
) -> Iterator[AuditEntry]:
    """The next entries of the chain, whose end moves along."""
    trail, system, table = trail_key(organisation), system_actor(organisation), model._meta.label_lower
    for uid, row_seal in row_seals(model, trail, ids):
        entry = AuditEntry(
            organisation_id=organisation.pk,
            number=head.number + 1,
            action=key,
            origin=BY_COMMAND,
            actor_uid=system.person_uid,
            home_id=organisation.pk,
            table=table,
            subject_uid=uid,
            row_seal=row_seal,
            previous=head.seal,
        )
        entry.seal = entry_seal(trail, entry)
        head.number, head.seal = entry.number, entry.seal
        yield entry
