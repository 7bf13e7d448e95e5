"""What stands around the rows of a table, written in Python: it is on every register page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final, Protocol

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.markup import icon, safe

if TYPE_CHECKING:
    from houvast.core.ui.tables import FilterForm, Table


class Page(Protocol):
    """What stands around the rows asks this of a page of a table."""

    @property
    def table(self) -> Table: ...
    @property
    def rows(self) -> list[tuple[Any, ...]]: ...
    @property
    def head_html(self) -> str: ...
    @property
    def body_html(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def filters(self) -> FilterForm | None: ...
    @property
    def order(self) -> str: ...
    @property
    def clear_url(self) -> str: ...
    @property
    def xlsx_url(self) -> str: ...
    @property
    def csv_url(self) -> str: ...
    @property
    def first_url(self) -> str: ...
    @property
    def previous_url(self) -> str: ...
    @property
    def next_url(self) -> str: ...
    @property
    def has_other(self) -> bool: ...


# Fields that show the same whenever they hold the same; a choice of rows, for one, does not.
_FIXED: Final = frozenset(
    {forms.CharField, WholeNumberField, DayField, forms.BooleanField, forms.ChoiceField}
)
_MOST_KNOWN: Final = 256
_known: dict[tuple[Any, ...], SafeString] = {}


def filters(page: Page) -> SafeString:
    """The form above the table; nothing where there is none."""
    if (form := page.filters) is None:
        return SafeString()
    emptied = ""
    if clear := page.clear_url:
        emptied = (
            f'<a class="nl-button nl-button--subtle" href="{escape(clear)}">'
            f'<span class="nl-button__label">{escape(_("Wis filter"))}</span></a>'
        )
    return safe(
        f'<form class="hv-filters" method="get" role="search" aria-label="{escape(_("Filter de tabel"))}">'
        f'{_fields(form)}<input type="hidden" name="sorteer" value="{escape(page.order)}">'
        f'<button class="nl-button nl-button--secondary" type="submit">{icon("filter")}'
        f'<span class="nl-button__label">{escape(_("Filter"))}</span></button>{emptied}</form>'
    )


def _fields(form: FilterForm) -> SafeString:
    """Remembered where they follow from the class and what was filled in, and nothing else."""
    if not _is_fixed(form):
        return _made_fields(form)
    key = (type(form), get_language(), form.prefix, form.is_bound, *form.pairs)
    if (made := _known.get(key)) is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        made = _known[key] = _made_fields(form)
    return made


def _is_fixed(form: FilterForm) -> bool:
    plain = type(form).__init__ is forms.BaseForm.__init__ and not form.initial
    return plain and all(
        type(field) in _FIXED and not isinstance(getattr(field, "choices", None), CallableChoiceIterator)
        for field in form.fields.values()
    )


def _made_fields(form: FilterForm) -> SafeString:
    return safe("".join(str(field) if field.is_hidden else str(field.as_field_group()) for field in form))


def tools(page: Page) -> SafeString:
    """How many rows there are, and the files one can take along."""
    told = f'<span class="hv-quiet" role="status">{escape(page.summary)}</span>'
    if not (page.rows and (xlsx_url := page.xlsx_url)):
        return safe(told)
    return safe(
        f'{told}<a class="nl-button nl-button--secondary hv-button--s" href="{escape(xlsx_url)}" download>'
        f'{icon("file-spreadsheet")}<span class="nl-button__label">Excel</span></a>'
        f'<a class="nl-button nl-button--subtle hv-button--s" href="{escape(page.csv_url)}" download>'
        f'{icon("download")}<span class="nl-button__label">CSV</span></a>'
    )


def pages(page: Page) -> SafeString:
    """The way to the neighbours of a page; nothing where it is the only one."""
    if not page.has_other:
        return SafeString()
    first, previous, following = page.first_url, page.previous_url, page.next_url
    parts = [f'<nav aria-label="{escape(_("Pagina’s"))}"><ul class="hv-pages">']
    if first:
        parts.append(f'<li><a href="{escape(first)}">{icon("chevrons-left")}{escape(_("Eerste"))}</a></li>')
    if previous:
        label = f"{icon('chevron-left')}{escape(_('Vorige'))}"
        parts.append(f'<li><a href="{escape(previous)}" rel="prev">{label}</a></li>')
    if following:
        label = f"{escape(_('Volgende'))}{icon('chevron-right')}"
        parts.append(f'<li><a href="{escape(following)}" rel="next">{label}</a></li>')
    return safe("".join((*parts, "</ul></nav>")))


def rows(page: Page, foot: str) -> SafeString:
    """The rows under their headings. `foot` is the `<tfoot>`, as HTML."""
    label = f'aria-labelledby="{page.table.id}-kop"'
    return safe(
        f'<div class="hv-scroll" tabindex="0" role="group" {label}><table class="hv-table hv-table--cards" {label}>'
        f"{page.head_html}{page.body_html}{conditional_escape(foot)}</table></div>"
    )


def foot(page: Page) -> SafeString:
    """Under the rows: where one is and the way on; nothing where all rows are in sight."""
    if not page.has_other:
        return SafeString()
    told = f'<span class="hv-quiet">{escape(page.summary)}</span>'
    return safe(f'<div class="hv-panel__foot">{told}{pages(page)}</div>')
