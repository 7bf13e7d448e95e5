"""Data tables: keyset pages without gaps, validated cursors, sorts, filters, a fixed number of queries."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.ui.markup import Badge, link
from houvast.core.ui.tables import Column, Cursor, FilterForm, Kind, Page, Table, dutch_amount, dutch_number

Account = get_user_model()
NO_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def table(**changes):
    columns = (
        Column(key="app_label", label="App", sortable=True, head=True),
        Column(key="model", label="Model", sortable=True),
    )
    return Table(**{"name": "Soorten", "columns": columns, "order": "app_label", "size": 3, **changes})


def fill(*labels):
    ContentType.objects.all().delete()
    ContentType.objects.clear_cache()
    ContentType.objects.bulk_create(
        ContentType(app_label=label, model=f"m{index}") for index, label in enumerate(labels)
    )


def page(query="", *, of=None, rows=None, filters=None):
    request = RequestFactory().get(f"/{query}")
    return (of or table()).page(request, ContentType.objects.all() if rows is None else rows, filters)


def walk(first_query, *, of, rows):
    """All pages forward, then all the way back."""
    current = page(first_query, of=of, rows=rows)
    pages = [current]
    while current.next_url:
        current = page(current.next_url, of=of, rows=rows)
        pages.append(current)
    back = [current]
    while current.previous_url:
        current = page(current.previous_url, of=of, rows=rows)
        back.append(current)
    return pages, back


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=NO_CHECKS)
@given(labels=st.lists(st.sampled_from(["a", "b", "B", "é", "z"]), max_size=14), down=st.booleans())
def test_pages_hold_every_row_once_in_one_order_forward_and_backward(labels, down):
    fill(*labels)
    order = "-app_label" if down else "app_label"
    pages, back = walk(f"?sorteer={order}", of=table(), rows=ContentType.objects.all())
    there = [row[-2] for one in pages for row in one.rows]
    first, second = (order, "-pk") if down else (order, "pk")
    assert there == list(ContentType.objects.order_by(first, second).values_list("pk", flat=True))
    assert [row[-2] for one in reversed(back) for row in one.rows] == there
    assert [len(one.rows) for one in pages[:-1]] == [3] * (len(pages) - 1)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=NO_CHECKS)
@given(days=st.lists(st.none() | st.integers(1, 4), max_size=10), down=st.booleans())
def test_rows_without_a_value_come_last_and_none_is_skipped(days, down):
    Account.objects.all().delete()
    for index, day in enumerate(days):
        moment = day and datetime(2026, 1, day, tzinfo=UTC)
        Account.objects.create(email=f"p{index}@voorbeeld.nl", last_login=moment)
    of = Table(
        name="Accounts",
        columns=(Column(key="last_login", label="Laatst", kind=Kind.MOMENT, sortable=True),),
        order="-last_login" if down else "last_login",
        size=2,
    )
    pages, back = walk("", of=of, rows=Account.objects.all())
    there = [(row[0], row[-2]) for one in pages for row in one.rows]
    assert len({pk for _, pk in there}) == len(there) == len(days)
    present = [value for value, _ in there if value is not None]
    assert [value for value, _ in there][: len(present)] == sorted(present, reverse=down)
    assert [row[-2] for one in reversed(back) for row in one.rows] == [pk for _, pk in there]


@pytest.mark.django_db
@pytest.mark.parametrize("garbage", ["x", "", "eyJ.1", "%00", "WzFd:abc", "é" * 300, "a:b:c"])
@pytest.mark.parametrize("side", ["na", "voor"])
def test_a_cursor_that_we_did_not_make_gives_the_first_page(garbage, side):
    fill("a", "b", "c", "d")
    assert [row[0] for row in page(f"?{side}={garbage}").rows] == ["a", "b", "c"]


@pytest.mark.django_db
def test_a_cursor_belongs_to_its_table_and_its_sort():
    fill("a", "b", "c", "d")
    cursor = page("").next_url
    other = cursor.replace("?", "?sorteer=-app_label&")
    assert [row[0] for row in page(other).rows] == ["d", "c", "b"]
    assert Cursor.read(Cursor("b", 2).sign("one"), "another") is None


@pytest.mark.parametrize(
    "value", [None, True, 3, "é", Decimal("1.50"), date(2021, 10, 5), datetime(2021, 10, 5, tzinfo=UTC)]
)
def test_a_cursor_gives_back_the_value_with_its_type(value):
    assert Cursor.read(Cursor(value, 7).sign("t"), "t") == Cursor(value, 7)


@pytest.mark.django_db
def test_only_sortable_columns_sort():
    fill("b", "a")
    assert page("?sorteer=-model").order == "-model"
    for asked in ("pk", "password", "app_label__x", "--model", "-"):
        assert page(f"?sorteer={asked}").order == "app_label"


@pytest.mark.django_db
def test_a_heading_says_how_it_sorts_and_links_to_the_turn():
    fill("a")
    head = page("?sorteer=app_label").head_html
    assert 'aria-sort="ascending"><a href="?sorteer=-app_label">App' in head
    assert '<a href="?sorteer=model">Model' in head
    assert 'aria-sort="descending"' in page("?sorteer=-model").head_html


class LabelFilter(FilterForm):
    app = forms.CharField(required=False, max_length=3)

    def apply(self, queryset):
        wanted = self.cleaned_data.get("app")
        return queryset.filter(app_label=wanted) if wanted else queryset


@pytest.mark.django_db
def test_a_filter_stays_in_every_address_and_a_wrong_one_filters_nothing():
    fill("a", "a", "a", "a", "b")
    form = LabelFilter(RequestFactory().get("/?app=a").GET)
    filtered = page("?app=a", filters=form)
    assert filtered.filtered
    assert filtered.summary == "4 rijen"
    assert "app=a" in filtered.next_url
    assert "app=a" in filtered.xlsx_url
    assert "app=a&amp;sorteer=model" in filtered.head_html
    wrong = page("", filters=LabelFilter({"app": "lang"}))
    assert (wrong.filtered, wrong.count) == (False, 5)
    assert wrong.filters.errors


@pytest.mark.django_db
def test_counting_stops_past_the_cap():
    fill(*"abcdef")
    assert page("", of=table(cap=5)).summary == "meer dan 5 rijen"
    assert page("", of=table(cap=6)).summary == "6 rijen"
    fill("a")
    assert page("").summary == "1 rij"


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 1, 40])
def test_a_page_asks_two_queries_however_many_rows(rows, django_assert_num_queries):
    fill(*["a"] * rows)
    with django_assert_num_queries(2):
        shown = page("")
        assert str(shown.body_html) + str(shown.head_html) + shown.summary + shown.next_url


@pytest.mark.django_db
def test_rows_that_went_away_do_not_leave_a_stump():
    fill(*"abcdefg")
    second = page(page("").next_url)
    back = second.previous_url
    ContentType.objects.filter(app_label__in="ab").delete()
    assert [row[0] for row in page(back).rows] == ["c", "d", "e"]
    far = page(second.next_url).next_url or second.next_url
    ContentType.objects.filter(app_label__in="efg").delete()
    assert [row[0] for row in page(far).rows] == ["c", "d"]


def test_cells_are_dutch_and_escaped():
    of = Table(
        name="Alles",
        columns=(
            Column(key="t", label='La"bel', head=True),
            Column(key="d", label="Dag", kind=Kind.DATE),
            Column(key="n", label="Aantal", kind=Kind.NUMBER),
            Column(key="a", label="Bedrag", kind=Kind.AMOUNT),
            Column(key="b", label="AP", kind=Kind.YES_NO),
            Column(key="s", label="Status", choices={"o": Badge("Open", "let-op")}),
            Column(key="u", label="Zaak", needs=("t",), render=lambda uid, text: link(f"/x/{uid}/", text)),
            Column(key="r", label="Ruw", render=lambda value: f"<i>{value}</i>"),
        ),
    )
    row = ("<b>&", date(2021, 10, 5), 1234567, Decimal("-1234.5"), False, "o", 'a"b', "x")
    html = of.render_rows([row])
    assert '<th scope="row">&lt;b&gt;&amp;</th>' in html
    assert '<td data-label="Dag">05-10-2021</td>' in html
    assert '<td class="hv-num" data-label="Aantal">1.234.567</td>' in html
    assert ">-1.234,50</td>" in html
    assert ">Nee</td>" in html
    assert "hv-status--let-op" in html
    assert '<a class="nl-link" href="/x/a&quot;b/">&lt;b&gt;&amp;</a>' in html
    assert "&lt;i&gt;x&lt;/i&gt;" in html
    assert of.render_rows([(None,) * 8]).count("–") == 7  # what needs more fields decides for itself


def test_dutch_numbers():
    assert [dutch_number(1234.5), dutch_number(0), dutch_amount(0), dutch_amount(1e6)] == [
        "1.234,5", "0", "0,00", "1.000.000,00",
    ]  # fmt: skip


def test_page_is_what_the_template_asks_for():
    assert {"rows", "head_html", "body_html", "summary"} <= set(dir(Page)) | set(Page.__annotations__)
