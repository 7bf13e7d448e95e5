"""Records by the words in them, as far as somebody may open them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from houvast.core.access.actor import Actor
from houvast.core.registry import Indexed, SearchHit, indexed
from houvast.core.search.models import SearchEntry, SearchTerm
from houvast.core.search.rules import Query, Word

MOST = 10
"""So many of each kind are shown."""
COUNTED = 1000
"""So many are counted and put in order by how well they match; of more, the newest stand first."""
_END = b"\xff"
"""No sign is written with this byte, so it comes after everything that begins with a word."""


def records(actor: Actor, query: Query) -> tuple[SearchHit, ...]:
    """What the actor may open and holds each word, by kind: the number typed first, then names, then the rest.

    One query for each word tells how rare it is. Where one is rare, its records are looked through: one more query
    tells in which tables they are, and each of those takes two. Where none is, every table is looked through from
    its newest row until there is enough: two queries for each.
    """
    if not query.words:
        return ()
    tables = {table: one for table, one in indexed().items() if actor.may(one.permission)}
    rare = _rarest(query)
    if rare is not None:
        matching = _holding(query, rare).filter(table__in=tables)
        found = set(matching.order_by().values_list("table", flat=True).distinct())
        tables = {table: one for table, one in tables.items() if table in found}
    return tuple(hit for one in tables.values() for hit in _hits(actor, one, query, rare))


def _rarest(query: Query) -> Word | None:
    """The word that stands in the fewest records; None where each stands in more than are counted."""
    often = {word: SearchTerm.objects.filter(_is(word))[: COUNTED + 1].count() for word in query.words}
    word = min(often, key=lambda one: often[one])
    return word if often[word] <= COUNTED else None


def _holding(query: Query, rare: Word) -> QuerySet[Any]:
    """The records of all tables that hold each word, whoever may see them: those of the rare word, looked through."""
    entries: QuerySet[Any] = SearchEntry.objects.filter(
        pk__in=SearchTerm.objects.filter(_is(rare)).values("entry")
    )
    return _with_all(entries, [word for word in query.words if word != rare])


def _with_all(entries: QuerySet[Any], words: Iterable[Word]) -> QuerySet[Any]:
    for word in words:
        entries = entries.filter(Exists(SearchTerm.objects.filter(_is(word), entry=OuterRef("pk"))))
    return entries


def _matching(rows: QuerySet[Any], table: str, query: Query, rare: Word | None) -> QuerySet[Any]:
    if rare is not None:
        return rows.filter(uid__in=_holding(query, rare).filter(table=table).values("subject_uid"))
    of_row = SearchEntry.objects.filter(table=table, subject_uid=OuterRef("uid"))
    return rows.filter(Exists(_with_all(of_row, query.words)))


def _is(word: Word) -> Q:
    exact = Q(term=word.stem.encode()) | Q(term=word.folded.encode())
    if not word.is_prefix:
        return exact
    start = word.folded.encode()
    begins = Q(term__gte=start, term__lt=start + _END)
    return begins if word.stem.startswith(word.folded) else begins | Q(term=word.stem.encode())


def _hits(actor: Actor, one: Indexed, query: Query, rare: Word | None) -> list[SearchHit]:
    rows = _matching(one.rows(actor), one.table, query, rare)
    things = rows.order_by().values(one.group).distinct() if one.group else rows.order_by().values("pk")
    number = things[: COUNTED + 1].count()
    if 0 < number <= COUNTED:
        rows = _ranked(rows, one.table, query)
    shown = _once(rows, one.group)
    return [_hit(actor, one, row, query, number if number > MOST else 0) for row in shown]


def _ranked(rows: QuerySet[Any], table: str, query: Query) -> QuerySet[Any]:
    of_row = SearchEntry.objects.filter(table=table, subject_uid=OuterRef("uid"))
    terms = SearchTerm.objects.filter(
        reduce(or_, map(_is, query.words)),
        entry__table=table,
        entry__subject_uid=OuterRef("uid"),
    )
    weight = terms.order_by().values("entry").annotate(most=Max("weight")).values("most")[:1]
    # Then in the order that the module gives.
    order = rows.query.order_by
    ranked = rows.annotate(
        found_number=Exists(of_row.filter(reference=query.reference)), found_weight=Subquery(weight)
    )
    best: QuerySet[Any] = ranked.order_by("-found_number", "-found_weight", *order)
    return best


def _once(rows: QuerySet[Any], group: str) -> list[Any]:
    if not group:
        return list(rows[:MOST])
    first: dict[Any, Any] = {}
    for row in rows[: MOST * 5]:
        first.setdefault(getattr(row, group), row)
    return list(first.values())[:MOST]


def _hit(actor: Actor, one: Indexed, row: Any, query: Query, of: int) -> SearchHit:
    name, said = one.hit(actor, row), one.texts(row)
    return SearchHit(name.label, name.url, one.kind, of, query.snippet(said.body))
