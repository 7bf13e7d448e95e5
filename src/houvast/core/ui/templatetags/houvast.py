"""Template tags of the design system: `{% load houvast %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from houvast.core.ui import markup, table_html
from houvast.core.ui.diff import word_diff as words

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{% icon "check" %}`: decorative; with a label it has a meaning of its own."""
    return markup.icon(name, label, extra)


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The icon that belongs to a tone (goed, let-op, fout, info, rust)."""
    return markup.icon(markup.TONE_ICONS.get(tone, "info-circle"))


@register.simple_tag
def table_top(page: table_html.Page) -> SafeString:
    """`{% table_top page %}`: how many rows there are, and the files."""
    return table_html.tools(page)


@register.simple_tag
def table_filters(page: table_html.Page) -> SafeString:
    """`{% table_filters page %}`: the form above a table."""
    return table_html.filters(page)


@register.simple_tag
def table_rows(page: table_html.Page, foot: str) -> SafeString:
    """`{% table_rows page foot %}`: headings, rows, what stands under them, and the way to other pages."""
    return markup.safe(f"{table_html.rows(page, foot)}{table_html.foot(page)}")


@register.simple_tag
def table_pages(page: table_html.Page) -> SafeString:
    """`{% table_pages page %}`: the way to other pages."""
    return table_html.pages(page)


@register.filter
def word_diff(new: str, old: str) -> SafeString:
    """`{{ new|word_diff:old }}`: the new text with what was added and removed marked."""
    return words(str(old), str(new))


class ErrorLink(NamedTuple):
    """A line in the error summary: where the fault is, and what to do about it."""

    target: str
    label: str
    message: str


def _target(field: BoundField) -> str:
    """The id of the first thing to fill in: a group of choices has none of its own."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def error_links(form: BaseForm) -> list[ErrorLink]:
    """All faults in the order of the fields; those of the whole form come first and have no target."""
    found = [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
    for field in form:
        target, label = ("", "") if field.is_hidden else (_target(field), str(field.label).rstrip("?: "))
        found += [ErrorLink(target, label, str(message)) for message in field.errors]
    return found


class Frozen(template.Node):
    """A part of a page that was rendered before with the same values."""

    most = 256

    def __init__(self, values: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self._made: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The inside sees the named values and nothing else, so it cannot show what the key does not hold."""
        given = {name: value.resolve(context) for name, value in self.values.items()}
        values = {name: value if isinstance(value, tuple) else str(value) for name, value in given.items()}
        key = (get_language(), get_urlconf() or settings.ROOT_URLCONF, *values.values())
        if (made := self._made.get(key)) is None:
            if len(self._made) >= self.most:
                self._made.clear()
            made = self._made[key] = self.nodelist.render(context.new(values))
        return made


@register.tag
def frozen(parser: Parser, token: Token) -> Frozen:
    """`{% frozen name=value %}…{% endfrozen %}`: rendered once per language and values: texts, or tuples of what
    never changes.
    """
    bits = token.split_contents()[1:]
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("frozen takes name=value only")
    nodelist = parser.parse(("endfrozen",))
    parser.delete_first_token()
    return Frozen(values, nodelist)
