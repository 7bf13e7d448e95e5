"""Keeping the words of records in step: in the transaction of each action, and all over again by command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import Writing, current_organisation_id, writing
from houvast.core.registry import Indexed, indexed
from houvast.core.search.models import SearchEntry, SearchTerm
from houvast.core.search.rules import BODY, REFERENCE, TITLE, squeezed, terms_of

CHUNK = 1000
Tell = Callable[[int], object]


def keep(work: Writing) -> None:
    """Bring the words of everything that an action touched in step, within its transaction.

    Called for every action: a module that declares what of its rows can be found cannot forget it.
    """
    declared = indexed()
    changed: defaultdict[str, list[OrganisationModel]] = defaultdict(list)
    gone: defaultdict[str, list[UUID]] = defaultdict(list)
    for key, row in work.touched.items():
        table = row._meta.label_lower
        if table in declared:
            if key in work.deleted:
                gone[table].append(row.uid)
            else:
                changed[table].append(row)
    for table, uids in gone.items():
        forget(table, uids)
    for table, rows in changed.items():
        _put(declared[table], rows)


def forget(table: str, uids: Iterable[UUID]) -> None:
    """Let records be found no more: they are gone, or their time was over. In an action."""
    _remove(_entries(table).filter(subject_uid__in=list(uids)).values_list("pk", flat=True))


def _entries(table: str) -> QuerySet[SearchEntry]:
    here = current_organisation_id()
    return SearchEntry.across_organisations.filter(organisation_id=here, table=table)


def _remove(entry_ids: Iterable[int]) -> None:
    ids, here = list(entry_ids), current_organisation_id()
    SearchTerm.across_organisations.filter(organisation_id=here, entry_id__in=ids).delete()
    SearchEntry.across_organisations.filter(organisation_id=here, pk__in=ids).delete()


def _put(declared: Indexed, rows: Sequence[OrganisationModel]) -> None:
    """Write the words of rows of one table, as far as they are others than before; three to six queries."""
    with override(settings.LANGUAGE_CODE):
        texts = {row.uid: declared.texts(row) for row in rows}
    here = current_organisation_id()
    known = {entry.subject_uid: entry for entry in _entries(declared.table).filter(subject_uid__in=texts)}
    for uid, said in texts.items():
        reference = squeezed(said.reference)
        if uid in known and known[uid].reference != reference:
            known[uid].reference = reference
            known[uid].save(update_fields=["reference"])
    new = [
        SearchEntry(
            organisation_id=here,
            table=declared.table,
            subject_uid=uid,
            reference=squeezed(said.reference),
        )
        for uid, said in texts.items()
        if uid not in known
    ]
    made = SearchEntry.across_organisations.bulk_create(new)
    wanted = {
        entry.pk: terms_of(
            [
                (texts[entry.subject_uid].reference, REFERENCE),
                (texts[entry.subject_uid].title, TITLE),
                (texts[entry.subject_uid].body, BODY),
            ]
        )
        for entry in (*known.values(), *made)
    }
    kept = _kept(entry.pk for entry in known.values())
    stale = {pk for pk, terms in kept.items() if terms != wanted[pk]}
    if stale:
        SearchTerm.across_organisations.filter(organisation_id=here, entry_id__in=stale).delete()
    SearchTerm.across_organisations.bulk_create(
        SearchTerm(organisation_id=here, entry_id=pk, term=term.encode(), weight=weight)
        for pk, terms in wanted.items()
        if pk in stale or pk not in kept
        for term, weight in terms.items()
    )


def _kept(entry_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """What is written of entries that are there already."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in entry_ids}
    if found:
        rows = SearchTerm.objects.filter(entry_id__in=found).values_list("entry_id", "term", "weight")
        for pk, term, weight in rows:
            found[pk][bytes(term).decode()] = weight
    return found


def rebuild(organisation: Organisation, tell: Tell) -> int:
    """Write the words of everything in an organisation anew, a thousand records at a time; how many there are.

    Others can go on working meanwhile: each thousand is a transaction of its own, and what changes after it was
    read is kept by the action that changes it.
    """
    done = 0
    for declared in indexed().values():
        model = _model(declared.table)
        last = 0
        while True:
            with writing(organisation.pk):
                rows = list(
                    model.objects.filter(pk__gt=last).order_by("pk")[:CHUNK].select_for_update(of=("self",))
                )
                if not rows:
                    break
                _put(declared, rows)
            last = rows[-1].pk
            done += len(rows)
            tell(done)
        _sweep(organisation, declared.table, model)
    return done


def _sweep(organisation: Organisation, table: str, model: type[OrganisationModel]) -> None:
    """Remove entries whose record is gone."""
    with writing(organisation.pk):
        there = model.objects.values("uid")
        _remove(_entries(table).exclude(subject_uid__in=there).values_list("pk", flat=True))


def _model(table: str) -> type[OrganisationModel]:
    model = apps.get_model(table)
    assert issubclass(model, OrganisationModel)
    return model
