"""Data tables: typed columns, keyset pages, sorting, filters, export.

A table is made per request from plain columns; its rows are tuples from `values_list`, and its cells are made
in Python. A page asks two queries (rows, capped count), whether the register holds one row or a million.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from html import escape
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db import connections
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from houvast.core.ui.markup import Badge, icon, safe

SORT, AFTER, BEFORE, FORMAT = "sorteer", "na", "voor", "formaat"
_OWN: Final = frozenset({SORT, AFTER, BEFORE, FORMAT})
EMPTY_CELL: Final = '<span class="hv-quiet">–</span>'

Row = tuple[Any, ...]
Cell = Callable[[Any], str]


class Kind(StrEnum):
    """What a column holds: decides alignment, notation and the type in an export."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_NO = "yes_no"


@lru_cache(maxsize=4096)
def dutch_date(day: date) -> str:
    """`05-10-2021`."""
    return f"{day.day:02d}-{day.month:02d}-{day.year}"


def dutch_moment(moment: datetime) -> str:
    """`05-10-2021 14.30`, in the time zone of the installation."""
    here = moment.astimezone(get_default_timezone())
    return f"{here.day:02d}-{here.month:02d}-{here.year} {here.hour:02d}.{here.minute:02d}"


def dutch_number(number: float | Decimal) -> str:
    """`1.234` or `1.234,5`; as many decimals as the number has."""
    return f"{number:,}".replace(",", ".") if type(number) is int else f"{number:,}".translate(_SWAP)


def dutch_amount(amount: float | Decimal) -> str:
    """`1.234,50`: always two decimals."""
    return f"{amount:,.2f}".translate(_SWAP)


_SWAP: Final = str.maketrans(",.", ".,")
_NOTATION: Final[dict[Kind, Cell]] = {
    Kind.TEXT: lambda value: escape(value if type(value) is str else str(value)),
    Kind.DATE: dutch_date,
    Kind.MOMENT: dutch_moment,
    Kind.NUMBER: dutch_number,
    Kind.AMOUNT: dutch_amount,
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    key: the field or annotation it shows, as `values_list` and `order_by` know it.
    kind: notation, alignment and type in an export.
    head: the cell names its row (`<th scope="row">`); one column per table.
    choices: the word or Badge for each value.
    render: makes the cell's HTML from the value and the values of `needs`; returns a SafeString, or text that
      is then escaped.
    needs: other fields that `render` wants, fetched in the same query.
    export: the value in an export, from the same arguments; else the word or the raw value.
    nullable: whether the value may be missing; asked of the model where it can be, else assumed.
    wide: as long as the card on a phone, for what is a sentence.
    minor: left out of the cards on a phone, where the row's own page tells it.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    sortable: bool = False
    head: bool = False
    choices: Mapping[Any, Badge | str] | None = None
    render: Callable[..., str] | None = None
    needs: tuple[str, ...] = ()
    export: Callable[..., object] | None = None
    nullable: bool | None = None
    minor: bool = False
    wide: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind in {Kind.NUMBER, Kind.AMOUNT}


class FilterForm(forms.Form):
    """A form above a table. A subclass adds fields and `apply`; a wrong value is told and filters nothing."""

    mark_optional = False
    use_required_attribute = False

    def apply(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The rows that match. Use `self.cleaned_data.get(...)`: a faulty field is not in it."""
        raise NotImplementedError

    @property
    def active(self) -> bool:
        """Whether anything is filtered at all."""
        return any(value not in (None, "", [], False) for value in self.cleaned_data.values())

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was filled in, for the addresses of other pages."""
        data = self.data
        many = (
            data.getlist if isinstance(data, QueryDict) else lambda name: [data[name]] if name in data else []
        )
        return [
            (name, str(value)) for name in map(self.add_prefix, self.fields) for value in many(name) if value
        ]


@dataclass(frozen=True)
class Order:
    """A sort: column, direction, and the primary key behind it so that the order is always the same."""

    key: str
    descending: bool
    nullable: bool

    @property
    def spec(self) -> str:
        return f"-{self.key}" if self.descending else self.key

    def by(self, *, backward: bool) -> tuple[Any, Any]:
        """For `order_by`; missing values come last, whatever the database thinks of them."""
        down = self.descending is not backward
        if not self.nullable:
            first = F(self.key).desc() if down else F(self.key).asc()
        elif down:
            first = F(self.key).desc(nulls_first=True) if backward else F(self.key).desc(nulls_last=True)
        else:
            first = F(self.key).asc(nulls_first=True) if backward else F(self.key).asc(nulls_last=True)
        return first, "-pk" if down else "pk"

    def beyond(self, value: Any, pk: Any, *, backward: bool) -> Q:
        """The rows past a given one, written so that an index on the key can be walked from there."""
        than = "lt" if self.descending is not backward else "gt"
        behind = Q(**{f"pk__{than}": pk})
        missing = Q(**{f"{self.key}__isnull": True})
        if value is None:
            return ~missing | behind if backward else missing & behind
        past = Q(**{f"{self.key}__{than}e": value}) & (Q(**{f"{self.key}__{than}": value}) | behind)
        return past | missing if self.nullable and not backward else past


# --- cursors ---------------------------------------------------------------------------------------------


def _packed(value: Any) -> list[Any]:
    match value:
        case datetime():
            return ["m", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case Decimal():
            return ["n", str(value)]
        case None | bool() | int() | float() | str():
            return ["v", value]
        case _:
            return ["v", str(value)]


def _unpacked(tag: str, value: Any) -> Any:
    read: dict[str, Callable[[Any], Any]] = {
        "m": datetime.fromisoformat,
        "d": date.fromisoformat,
        "n": Decimal,
        "v": lambda raw: raw,
    }
    return read[tag](value)


@dataclass(frozen=True)
class Cursor:
    """A place in a sorted table: the row's value and key, signed for this table and this sort."""

    value: Any
    pk: Any

    def sign(self, scope: str) -> str:
        """As text for an address."""
        return Signer(salt=scope).sign_object([*_packed(self.value), self.pk])

    @classmethod
    def read(cls, text: str, scope: str) -> Cursor | None:
        """What `sign` made for the same table and sort; None for anything else."""
        try:
            tag, value, pk = Signer(salt=scope).unsign_object(text)
            return cls(_unpacked(tag, value), pk)
        except (BadSignature, ValueError, TypeError, KeyError):
            return None


# --- the table --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Table:
    """A kind of table. `name` is its heading; `order` the sort when nobody chose one: `-received_on`."""

    name: str
    columns: tuple[Column, ...]
    order: str = "-pk"
    size: int = 50
    cap: int = 500
    exports: bool = True

    @cached_property
    def id(self) -> str:
        return slugify(self.name) or "tabel"

    @cached_property
    def fetched(self) -> tuple[str, ...]:
        """Every field that one row needs, once."""
        keys = [key for column in self.columns for key in (column.key, *column.needs)]
        return tuple(dict.fromkeys(keys))

    def page(
        self, request: HttpRequest, queryset: QuerySet[Any, Any], filters: FilterForm | None = None
    ) -> Page:
        """The part of the table that the address asks for. `filters` has been applied by nobody yet."""
        filtered = False
        if filters is not None and filters.is_bound:
            filters.full_clean()
            queryset, filtered = filters.apply(queryset), filters.active
        return Page(self, request.GET, queryset, filters, filtered)

    def respond(
        self, request: HttpRequest, queryset: QuerySet[Any, Any], filters: FilterForm | None = None
    ) -> HttpResponse | Page:
        """A page, or the file when the address asks for an export of everything that matches."""
        from houvast.core.ui.exports import FORMATS  # noqa: PLC0415  exports builds on this file

        page = self.page(request, queryset, filters)
        write = FORMATS.get(request.GET.get(FORMAT, ""))
        return write(self, page.queryset) if write and self.exports else page

    def find_order(self, model: type[Model], asked: str) -> Order:
        """The sort that was asked for when it is one of the sortable columns, else the default."""
        sortable = {column.key for column in self.columns if column.sortable}
        spec = asked if asked.removeprefix("-") in sortable else self.order
        key = spec.removeprefix("-")
        return Order(key, spec.startswith("-"), nullable=self._nullable(model, key))

    def _nullable(self, model: type[Model], key: str) -> bool:
        known = next((column.nullable for column in self.columns if column.key == key), None)
        if known is not None:
            return known
        if key in {"pk", "id"}:
            return False
        try:
            return bool(getattr(model._meta.get_field(key), "null", True))
        except FieldDoesNotExist:
            return True

    @cached_property
    def _plans(self) -> dict[str | None, list[tuple[str, Callable[[Row], Any], Cell, str]]]:
        """How the cells of each column are written, by language: labels and choices stand in it as text."""
        return {}

    def render_rows(self, rows: Iterable[Row]) -> SafeString:
        """The rows as `<tbody>`. Rows hold the values of `fetched`, in that order."""
        language = get_language()
        if (plan := self._plans.get(language)) is None:
            plan = self._plans[language] = [_cell_plan(column, self.fetched) for column in self.columns]
        parts: list[str] = []
        add = parts.append
        for row in rows:
            add("<tr>")
            for before, pick, cell, after in plan:
                value = pick(row)
                add(before)
                add(EMPTY_CELL if value is None or value == "" else cell(value))
                add(after)
            add("</tr>")
        return safe(f"<tbody>{''.join(parts)}</tbody>")


def _escaped(made: str) -> str:
    return made if hasattr(made, "__html__") else escape(made)


def _chooser(choices: Mapping[Any, Badge | str]) -> Cell:
    """Every choice rendered once per page instead of once per row."""
    ready = {
        value: str(word.__html__()) if isinstance(word, Badge) else escape(str(word))
        for value, word in choices.items()
    }
    return lambda value: ready[value] if value in ready else escape(str(value))


def _cell(column: Column) -> Cell:
    if (render := column.render) is not None:
        if column.needs:
            return lambda values: _escaped(render(*values))
        return lambda value: _escaped(render(value))
    if column.choices is not None:
        return _chooser(column.choices)
    if column.kind is Kind.YES_NO:
        yes, no = escape(_("Ja")), escape(_("Nee"))
        return lambda value: yes if value else no
    return _NOTATION[column.kind]


def _cell_plan(column: Column, fetched: Sequence[str]) -> tuple[str, Callable[[Row], Any], Cell, str]:
    """What stands around a cell, how its value is picked from the row, and how it is written."""
    keys = (column.key, *column.needs) if column.render else (column.key,)
    pick = itemgetter(*(fetched.index(key) for key in keys))
    if column.head:
        return '<th scope="row">', pick, _cell(column), "</th>"
    names = " ".join(
        filter(None, ("hv-num" * column.numeric, "hv-minor" * column.minor, "hv-wide" * column.wide))
    )
    classes = f' class="{names}"' if names else ""
    return f'<td{classes} data-label="{escape(str(column.label))}">', pick, _cell(column), "</td>"


@dataclass
class Page:
    """A page of a table: rows, addresses of its neighbours, and its pieces of HTML."""

    table: Table
    params: QueryDict
    queryset: QuerySet[Any, Any]
    filters: FilterForm | None = None
    filtered: bool = False
    rows: list[Row] = field(init=False)
    _order: Order = field(init=False)
    _before: bool = field(init=False, default=False)
    _after: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._order = self.table.find_order(self.queryset.model, self.params.get(SORT, ""))
        backward = BEFORE in self.params
        cursor = Cursor.read(self.params.get(BEFORE if backward else AFTER, ""), self._scope)
        self._load(cursor, backward=backward and cursor is not None)
        if cursor is not None and len(self.rows) < (self.table.size if backward else 1):
            self._load(None, backward=False)  # rows went away since: start again rather than show a stump

    @property
    def _scope(self) -> str:
        return f"{self.queryset.model._meta.label_lower}:{self.table.id}:{self._order.spec}"

    def _load(self, cursor: Cursor | None, *, backward: bool) -> None:
        size, order = self.table.size, self._order
        queryset = self.queryset.order_by(*order.by(backward=backward))
        if cursor is not None:
            queryset = queryset.filter(order.beyond(cursor.value, cursor.pk, backward=backward))
        rows = list(queryset.values_list(*self.table.fetched, "pk", order.key)[: size + 1])
        more, self.rows = len(rows) > size, rows[:size]
        if backward:
            self.rows.reverse()
        self._before = more if backward else cursor is not None
        self._after = backward or more

    @cached_property
    def _kept(self) -> list[tuple[str, str]]:
        return self.filters.pairs if self.filters is not None else []

    def _url(self, *pairs: tuple[str, str]) -> str:
        own = [(SORT, self.order)] if self.order != self.table.order else []
        return "?" + urlencode([*self._kept, *own, *pairs])

    @property
    def order(self) -> str:
        """The sort as the address has it."""
        return self._order.spec

    @cached_property
    def count(self) -> int:
        """How many rows match, counted no further than one past the cap."""
        # Like .count() of the same slice, which would copy and word the whole query twice more.
        few = self.queryset.order_by().values_list("pk")[: self.table.cap + 1]
        try:
            sql, parameters = few.query.get_compiler(few.db).as_sql()
        except EmptyResultSet:
            return 0
        with connections[few.db].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS few", parameters)  # noqa: S608  worded by Django
            return int(cursor.fetchone()[0])

    @cached_property
    def summary(self) -> str:
        """`12 rijen`, or `500+ rijen` where counting on would cost more than it tells."""
        if self.count > self.table.cap:
            return _("meer dan {number} rijen").format(number=self.table.cap)
        return ngettext("{number} rij", "{number} rijen", self.count).format(number=self.count)

    @property
    def previous_url(self) -> str:
        return self._url((BEFORE, self._cursor(self.rows[0]))) if self._before and self.rows else ""

    @property
    def next_url(self) -> str:
        return self._url((AFTER, self._cursor(self.rows[-1]))) if self._after and self.rows else ""

    @property
    def first_url(self) -> str:
        return self._url() if self._before else ""

    @property
    def has_other(self) -> bool:
        return self._before or self._after

    def _cursor(self, row: Row) -> str:
        return Cursor(row[-1], row[-2]).sign(self._scope)

    @property
    def clear_url(self) -> str:
        """The table without filter; empty when nothing is filtered."""
        return "?" if self.filtered else ""

    @property
    def query(self) -> str:
        """What is filtered, for an address elsewhere that filters alike; empty where nothing is."""
        return urlencode(self._kept)

    @property
    def xlsx_url(self) -> str:
        return self._url((FORMAT, "xlsx")) if self.table.exports else ""

    @property
    def csv_url(self) -> str:
        return self._url((FORMAT, "csv"))

    @cached_property
    def head_html(self) -> SafeString:
        """The headings, with a link that sorts where a column can be sorted on."""
        return heading_row(self.table.columns, self.order, self._kept)

    @cached_property
    def body_html(self) -> SafeString:
        return self.table.render_rows(self.rows)


def heading_row(columns: Iterable[Column], order: str, kept: Sequence[tuple[str, str]] = ()) -> SafeString:
    """`<thead>` for columns in a sort; `kept` are the pairs of the address that a sort link keeps."""
    return safe(f"<thead><tr>{''.join(_heading(column, order, kept) for column in columns)}</tr></thead>")


def _heading(column: Column, order: str, kept: Sequence[tuple[str, str]]) -> str:
    classes = ' class="hv-num"' if column.numeric else ""
    label = escape(str(column.label))
    if not column.sortable:
        return f'<th scope="col"{classes}>{label}</th>'
    mine, descending = order.removeprefix("-") == column.key, order.startswith("-")
    state = f' aria-sort="{"descending" if descending else "ascending"}"' if mine else ""
    mark = icon(("arrow-down" if descending else "arrow-up") if mine else "arrows-sort")
    turned = f"-{column.key}" if mine and not descending else column.key
    url = escape("?" + urlencode([*kept, (SORT, turned)]))
    return f'<th scope="col"{classes}{state}><a href="{url}">{label}{mark}</a></th>'
