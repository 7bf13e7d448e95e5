"""Rows for the bench: in the organisation named, with ids in order, and the same uids for the same seed."""

from houvast.core.administration import factories
from houvast.core.audit.queries import verify
from houvast.core.orgs.bulk import insert
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person


def test_rows_follow_on_and_are_the_same_for_the_same_seed(diemen, uithoorn):
    factories.person(diemen, "Eerst")
    ids = insert(diemen, Person, ("name",), [("a",), ("b",)], seed=7)
    elsewhere = insert(uithoorn, Person, ("name",), [("a",), ("b",)], seed=7)
    later = factories.person(diemen, "Later")
    assert len(ids) == len(elsewhere) == 2
    assert later.pk not in {*ids, *elsewhere}
    found = {}
    for here in (diemen, uithoorn):
        with reading(here.pk):
            found[here.slug] = list(
                Person.objects.filter(name__in="ab").order_by("pk").values_list("uid", "name")
            )
    assert found["diemen"] == found["uithoorn"]
    assert [name for _uid, name in found["diemen"]] == ["a", "b"]
    with reading(diemen.pk):
        assert list(Person.objects.filter(name="a").values_list("pk", "is_example", "version")) == [
            (ids[0], True, 1)
        ]


def test_no_rows_is_no_range(diemen):
    assert len(insert(diemen, Person, ("name",), [], seed=1)) == 0


def test_the_trail_knows_nothing_of_them(diemen):
    insert(diemen, Person, ("name",), [("a",)], seed=1)
    with reading(diemen.pk):
        assert len(list(verify(diemen))) == 1
