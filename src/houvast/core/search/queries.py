"""Records by the words in them, as far as somebody may open them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

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

    One query tells in which tables anything matches at all; each of those takes two more.
    """
    if not query.words:
        return ()
    tables = {table: one for table, one in indexed().items() if actor.may(one.permission)}
    matching = _entries(query).filter(table__in=tables)
    found = dict(matching.order_by().values_list("table").annotate(number=Count("pk")))
    return tuple(hit for table, one in tables.items() if table in found for hit in _hits(actor, one, query))


def _entries(query: Query) -> QuerySet[Any]:
    """The records of all tables that hold each word, whoever may see them."""
    entries = SearchEntry.objects.all()
    for word in query.words:
        entries = entries.filter(pk__in=SearchTerm.objects.filter(_is(word)).values("entry"))
    return entries


def _is(word: Word) -> Q:
    exact = Q(term=word.stem.encode()) | Q(term=word.folded.encode())
    if not word.is_prefix:
        return exact
    start = word.folded.encode()
    begins = Q(term__gte=start, term__lt=start + _END)
    return begins if word.stem.startswith(word.folded) else begins | Q(term=word.stem.encode())


def _hits(actor: Actor, one: Indexed, query: Query) -> list[SearchHit]:
    entries = _entries(query).filter(table=one.table)
    rows = one.rows(actor).filter(uid__in=entries.values("subject_uid"))
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
