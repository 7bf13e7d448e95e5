"""The digest of rows: the same canonical JSON from both databases as Python would write, part by part."""

import hmac
import uuid
from datetime import UTC

import orjson
import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.access.models import Role
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.seals import organisation_key
from houvast.core.orgs.bulk import insert
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report.evidence import (
    Reads,
    examine,
    examine_parts,
    find,
    once,
    plain,
    seal_values,
    together,
)
from houvast.core.report.queries import context_for

# Everything a database can hold as text: no NUL and no half characters.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def expected(organisation, rows):
    key = organisation_key(organisation.uid, "claims")
    return hmac.digest(key, orjson.dumps(sorted(rows)), "sha256").hex()


def written(rows):
    return [
        (row.uid.hex, row.name, row.recorded_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), 1)
        for row in rows
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXT, max_size=5))
def test_the_digest_is_that_of_the_canonical_json_whatever_the_text_holds(diemen, names):
    insert(diemen, Person, ("name",), [(name,) for name in names], seed=uuid.uuid4().int)
    with reading(diemen.pk):
        rows = Person.objects.all()
        found = examine(diemen.uid, rows, ("name", "recorded_at"))
        assert found.digest == expected(diemen, written(rows))
        assert (found.count, found.examples) == (rows.count(), rows.count())


def test_numbers_and_missing_values_are_written_alike(diemen):
    factories.person(diemen, "Zonder account", signs_in=False)
    with reading(diemen.pk):
        found = examine(
            diemen.uid, Person.objects.all(), ("version", "account__last_login", "account__is_demo")
        )
        assert found.digest == expected(diemen, [(Person.objects.get().uid.hex, 1, None, None, 0)])


def test_parts_are_sealed_in_one_query_as_each_by_itself(diemen):
    insert(diemen, Person, ("name",), [(name,) for name in "aabbbc"], seed=1)
    parts = [Q(name="a"), None, Q(name__in="bc"), Q(name="niemand")]
    with reading(diemen.pk):
        with CaptureQueriesContext(connection) as asked:
            found = examine_parts(diemen.uid, Person.objects.all(), ("name",), parts)
        assert len(asked) == 1
        alone = [Person.objects.all() if part is None else Person.objects.filter(part) for part in parts]
        assert found == [examine(diemen.uid, rows, ("name",)) for rows in alone]
    assert [one.count for one in found] == [2, 6, 4, 0]
    assert found[3] == seal_values(diemen.uid, [])


def test_claims_announced_together_share_one_pass_and_others_do_not(diemen):
    insert(diemen, Person, ("name",), [("a",), ("b",)], seed=1)

    def people(_context):
        return Person.objects.all()

    everybody, some = Reads(people, ("name",)), Reads(people, ("name",), Q(name="a"))
    with reading(diemen.pk):
        context = context_for(diemen, 2021)
        apart = [find(context, one) for one in (everybody, some)]
        with together([everybody, some, some]), CaptureQueriesContext(connection) as asked:
            assert [find(context, one) for one in (everybody, some)] == apart
            assert len(asked) == 1
            find(context, Reads(people, ("name",), Q(name="b")))
            assert len(asked) == 2
    assert [one.count for one in apart] == [2, 1]


def test_what_several_claims_rest_on_is_read_once_in_a_chapter_and_each_time_outside_it(diemen):
    read = []

    def ask():
        read.append(1)
        return [len(read)]

    with reading(diemen.pk):
        this, other = context_for(diemen, 2021), context_for(diemen, 2022)
        with together([]):
            assert [once(this, ("rows",), ask), once(this, ("rows",), ask)] == [[1], [1]]
            assert [once(other, ("rows",), ask), once(this, ("others",), ask)] == [[2], [3]]
        assert [once(this, ("rows",), ask), once(this, ("rows",), ask)] == [[4], [5]]


def test_a_tally_counts_each_value_in_the_pass_that_seals_also_beside_parts(diemen):
    insert(diemen, Person, ("name",), [(name,) for name in "aabbbc"], seed=1)

    def people(_context):
        return Person.objects.all()

    tallied, some = Reads(people, ("name",), tally="name"), Reads(people, ("name",), Q(name="a"))
    with reading(diemen.pk):
        context = context_for(diemen, 2021)
        apart = find(context, tallied)
        with together([some, tallied]), CaptureQueriesContext(connection) as asked:
            assert find(context, tallied) == apart
            assert find(context, some).tallies == {}
        assert len(asked) == 1
    assert apart.tallies == {"name": {"a": 2, "b": 3, "c": 1}}


@pytest.mark.parametrize(
    "declared", [{"tally": "version"}, {"tally": "name", "part": Q(name="a")}], ids=["unsealed", "part"]
)
def test_a_tally_is_of_a_sealed_field_and_of_the_rows_as_a_whole(declared):
    with pytest.raises(ValueError, match="is tallied over whole rows whose digest covers it"):
        Reads(lambda _context: Person.objects.all(), ("name",), **declared)


def test_example_rows_are_counted_in_the_whole_and_in_each_part(diemen):
    insert(diemen, Person, ("name",), [("a",), ("b",)], seed=1)
    factories.person(diemen, "a", signs_in=False)
    with reading(diemen.pk):
        found = examine_parts(diemen.uid, Person.objects.all(), ("name",), [None, Q(name="a")])
    assert [(one.count, one.examples) for one in found] == [(3, 2), (2, 1)]


@pytest.mark.parametrize(
    ("model", "path"), [(Role, "permissions"), (Person, "account"), (AuditEntry, "changes")]
)
def test_what_databases_write_each_their_own_way_cannot_be_sealed(model, path):
    with pytest.raises((TypeError, FieldDoesNotExist)):
        plain(model, path)
