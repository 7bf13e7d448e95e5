"""The chapter from large registers, beside fetching what it reads straight through the driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.chapter import Chapter
from houvast.core.report.evidence import CHUNK
from houvast.core.report.queries import chapter, claim_sources, context_for
from houvast.project.bench.measure import compare, peak_memory

YEAR = 2021
HERE = "diemen"


@dataclass(frozen=True)
class Statement:
    """What the chapter reads of one set of rows: the same columns and filters, in no order."""

    sql: str
    parameters: tuple[Any, ...]


def build(organisation: Organisation) -> Chapter:
    """The chapter as its page shows it: claims with their digests, and every text."""
    with reading(organisation.pk):
        made = chapter(organisation, YEAR)
        made.to_json()
    return made


def statements(organisation: Organisation) -> list[Statement]:
    """Each set of rows once, however many claims rest on it."""
    context = context_for(organisation, YEAR)
    found: dict[tuple[Any, ...], Statement] = {}
    with reading(organisation.pk):
        for source in claim_sources().values():
            if (reads := source.reads) is not None:
                columns = ("uid", *reads.fields, "is_example")
                query = reads.rows(context).order_by().values_list(*columns).query
                sql, parameters = query.get_compiler(connection=connection).as_sql()
                found[reads.rows, reads.fields] = Statement(sql, parameters)
    return list(found.values())


def fetcher(organisation: Organisation) -> Callable[[], int]:
    """Fetch those rows in chunks through the driver itself; answers how many there were."""
    asked = statements(organisation)
    connect = _sqlite if connection.vendor == "sqlite" else _postgresql(organisation)
    return lambda: connect(asked)


def _sqlite(asked: list[Statement]) -> int:
    driver = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        return sum(
            _drain(driver.execute(one.sql.replace("%s", "?"), tuple(map(str, one.parameters))))
            for one in asked
        )
    finally:
        driver.close()


def _postgresql(organisation: Organisation) -> Callable[[list[Statement]], int]:
    def connect(asked: list[Statement]) -> int:
        parameters = connection.get_connection_params()
        plain = {
            key: parameters[key]
            for key in ("dbname", "user", "password", "host", "port")
            if key in parameters
        }
        with psycopg.connect(**plain) as driver:
            scope = str(organisation.pk)
            driver.execute("SELECT set_config('houvast.organisation', %s, true)", [scope])
            total = 0
            for one in asked:
                with driver.cursor(name="bench") as cursor:
                    cursor.execute(one.sql, one.parameters)
                    total += _drain(cursor)
            return total

    return connect


def _drain(cursor: Any) -> int:
    total = 0
    while rows := cursor.fetchmany(CHUNK):
        total += len(rows)
    return total


def once(_options: dict[str, Any]) -> dict[str, Any]:
    """Build it once in this process: its queries, its memory, what it says."""
    organisation = Organisation.objects.get(slug=HERE)
    before = peak_memory()
    with CaptureQueriesContext(connection) as asked:
        made = build(organisation)
    claims = ("security.incidents", "security.breaches", "security.breaches_notified", "security.notifier")
    return {
        "queries": len(asked),
        "peak_mb": peak_memory(),
        "before_mb": before,
        "problems": list(made.problems),
        "digests": {key: made.claims[key].digest for key in claims},
    }


def measured(options: dict[str, Any]) -> dict[str, Any]:
    """Build and fetch in turn."""
    organisation = Organisation.objects.get(slug=HERE)
    fetch = fetcher(organisation)
    rows = fetch()
    found = compare(lambda: build(organisation), fetch, repetitions=options["repetitions"])
    return {"rows_read": rows, **found.to_json()}
