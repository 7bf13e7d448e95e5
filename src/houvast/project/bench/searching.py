"""Searching a large register by the words in it, beside looking one record up by its indexed number."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from houvast.core.access.actor import Actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.search.index import rebuild
from houvast.core.search.models import SearchTerm
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.security.models import Breach
from houvast.project.bench.measure import compare
from houvast.project.bench.pages import ACCOUNT, HERE

COMMON = "brief adres"
"""Words that stand in every record of the bench: the most that a search can have to do."""


def measured(options: dict[str, Any]) -> dict[str, Any]:
    """Make the index of the register, then search one record by its number and all of them by common words."""
    here = Organisation.objects.get(slug=HERE)
    begun = time.perf_counter()
    number = rebuild(here, lambda _number: None)
    seconds = time.perf_counter() - begun
    _analyze()
    with reading(here.pk):
        actor = actor_for(Account.objects.get(email=ACCOUNT), here, timezone.localdate())
        assert actor is not None
        middle = Breach.objects.count() // 2
        reference = f"DL-G-{middle:07}"
        return {
            "records": number,
            "terms": SearchTerm.objects.count(),
            "seconds": seconds,
            "queries": _queries(actor, reference),
            "one": _beside_lookup(actor, reference, reference, options["repetitions"]),
            "all": _beside_lookup(actor, COMMON, reference, options["repetitions"]),
        }


def _analyze() -> None:
    """What a database does by itself after a while: count, so that it knows which words are rare."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _queries(actor: Actor, typed: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        (hit,) = records(actor, Query(typed))
    assert str(hit.label).startswith(typed)
    return len(asked)


def _beside_lookup(actor: Actor, typed: str, reference: str, repetitions: int) -> dict[str, Any]:
    """A search, beside as many columns of one record by its number, which has an index."""
    found = compare(
        lambda: records(actor, Query(typed)),
        lambda: list(Breach.objects.filter(reference=reference)),
        repetitions=repetitions,
    )
    return found.to_json()
