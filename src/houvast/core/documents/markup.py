"""Markup as text, shared by the writers of HTML, DOCX and ODT: everything is escaped unless it is Markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


class Markup(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


def join(children: Iterable[str]) -> Markup:
    """The children one after the other, escaped where they are plain text."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


def element(name: str, attributes: Mapping[str, str | None] | None = None, *children: str) -> Markup:
    """`<name a="b">children</name>`. An attribute None is left out; without children it closes itself."""
    given = {key: value for key, value in (attributes or {}).items() if value is not None}
    start = name + "".join(f' {key}="{escape(value, _ATTRIBUTE)}"' for key, value in given.items())
    return Markup(f"<{start}>{join(children)}</{name}>") if children else Markup(f"<{start}/>")
