"""The grammar of the chapter's prose: text typed by officials, with tokens that refer to claims.

Described for officials in docs/modules/report.md. Positions are offsets in the text as it was handed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.report import dutch
from houvast.core.report.forms import ALL_FORMS, LIST

MAX_DEPTH = 20
"""How deep conditions may nest; more is unreadable."""


class ProseError(ValueError):
    """The prose cannot be read or filled in. `message` is Dutch; `start` and `end` tell where."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


@dataclass(frozen=True)
class Text:
    """Typed by hand."""

    text: str
    start: int


@dataclass(frozen=True)
class Ref:
    """`[[key]]` or `[[key|form]]`."""

    key: str
    form: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Agreement:
    """`[[key?is/zijn]]`: the first word when the count is one."""

    key: str
    singular: str
    plural: str
    start: int
    end: int


@dataclass(frozen=True)
class Condition:
    """`[[als key]]…[[anders]]…[[einde]]`; start and end are those of the opening token."""

    key: str
    negated: bool
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]
    start: int
    end: int


Node = Text | Ref | Agreement | Condition


@dataclass(frozen=True)
class Prose:
    """Prose that was read without errors."""

    nodes: tuple[Node, ...]
    source: str


_KEY = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
_CONDITION = re.compile(rf"als(\s+niet)?\s+({_KEY})")
_REF = re.compile(rf"({_KEY})(?:\|([a-z-]+))?")
_AGREEMENT = re.compile(rf"({_KEY})\?([^/\[\]|]*)/([^/\[\]|]*)")
_BRACKETS = re.compile(r"\[\[|\]\]")
_RESERVED = frozenset({"als", "anders", "einde", "niet"})
_SHAPES = gettext_lazy(
    "Schrijf [[sleutel]], [[sleutel|vorm]], [[sleutel?is/zijn]], [[als sleutel]], [[anders]] of [[einde]]."
)


@dataclass
class _Open:
    """A condition that is still being read; the outermost one stands for the whole text."""

    key: str = ""
    negated: bool = False
    start: int = 0
    end: int = 0
    then: list[Node] = field(default_factory=list)
    otherwise: list[Node] | None = None

    @property
    def nodes(self) -> list[Node]:
        return self.then if self.otherwise is None else self.otherwise

    def closed(self) -> Condition:
        return Condition(
            self.key, self.negated, tuple(self.then), tuple(self.otherwise or ()), self.start, self.end
        )


def parse(text: str) -> Prose:
    """Read prose. Raises ProseError at the first token that cannot be understood."""
    stack = [_Open()]
    position = 0
    for start, end in _tokens(text):
        _add_text(stack[-1], text, position, start)
        _add_token(stack, text[start + 2 : end - 2].strip(), start, end)
        position = end
    _add_text(stack[-1], text, position, len(text))
    if len(stack) > 1:
        opened = stack[-1]
        raise ProseError(
            _("‘[[als {}]]’ wordt niet gesloten. Zet [[einde]] waar de voorwaarde ophoudt.").format(
                opened.key
            ),
            opened.start,
            opened.end,
        )
    prose = Prose(tuple(stack[0].then), text)
    _check_lists_stand_alone(prose)
    return prose


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for bracket in _BRACKETS.finditer(text):
        opening = bracket.group() == "[["
        if opening and start is not None:
            raise ProseError(_("Dit feit wordt niet gesloten. Zet er ]] achter."), start, bracket.start())
        if not opening and start is None:
            raise ProseError(
                _("Hier staat ]] zonder [[ ervoor. Haal het weg of zet [[ voor de sleutel."),
                bracket.start(),
                bracket.end(),
            )
        if start is None:
            start = bracket.start()
        else:
            yield start, bracket.end()
            start = None
    if start is not None:
        raise ProseError(_("Dit feit wordt niet gesloten. Zet er ]] achter."), start, len(text))


def _add_text(into: _Open, text: str, start: int, end: int) -> None:
    if start < end:
        into.nodes.append(Text(text[start:end], start))


def _add_token(stack: list[_Open], inner: str, start: int, end: int) -> None:
    if inner == "einde":
        _close(stack, start, end)
    elif inner == "anders":
        _turn(stack, start, end)
    elif condition := _CONDITION.fullmatch(inner):
        if len(stack) > MAX_DEPTH:
            raise ProseError(
                _("Meer dan {} voorwaarden in elkaar. Splits de alinea in losse zinnen.").format(MAX_DEPTH),
                start,
                end,
            )
        stack.append(_Open(condition[2], bool(condition[1]), start, end))
    else:
        stack[-1].nodes.append(_reference(inner, start, end))


def _close(stack: list[_Open], start: int, end: int) -> None:
    if len(stack) == 1:
        raise ProseError(_("Hier staat [[einde]] zonder [[als …]] ervoor. Haal het weg."), start, end)
    closed = stack.pop().closed()
    stack[-1].nodes.append(closed)


def _turn(stack: list[_Open], start: int, end: int) -> None:
    if len(stack) == 1:
        raise ProseError(_("Hier staat [[anders]] zonder [[als …]] ervoor. Haal het weg."), start, end)
    if stack[-1].otherwise is not None:
        raise ProseError(_("Een voorwaarde heeft één [[anders]]. Haal dit tweede weg."), start, end)
    stack[-1].otherwise = []


def _reference(inner: str, start: int, end: int) -> Node:
    if (ref := _REF.fullmatch(inner)) and ref[1] not in _RESERVED:
        if ref[2] is not None and ref[2] not in ALL_FORMS:
            known = dutch.listing(sorted(ALL_FORMS))
            raise ProseError(
                _("De vorm ‘{form}’ bestaat niet. Kies uit {known}.").format(form=ref[2], known=known),
                start,
                end,
            )
        return Ref(ref[1], ref[2], start, end)
    if agreement := _AGREEMENT.fullmatch(inner):
        return _agreement(agreement, start, end)
    raise ProseError(f"{_('‘[[{}]]’ is niet te lezen.').format(_shortened(inner))} {_SHAPES}", start, end)


def _agreement(match: re.Match[str], start: int, end: int) -> Agreement:
    key, singular, plural = match.groups()
    if not singular.strip() and not plural.strip():
        raise ProseError(_("Zet achter het vraagteken twee woorden, zoals ‘is/zijn’."), start, end)
    if any(unicodedata.category(sign).startswith("N") for sign in singular + plural):
        raise ProseError(
            _("Een cijfer hoort niet in de woorden achter het vraagteken. Gebruik [[sleutel|cijfer]]."),
            start,
            end,
        )
    return Agreement(key, singular, plural, start, end)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_SWITCH = re.compile(r"\[\[\s*(?:als[^\[\]]*|anders|einde)\s*\]\]")


def _check_lists_stand_alone(prose: Prose) -> None:
    for ref in _references(prose.nodes):
        if isinstance(ref, Ref) and ref.form == LIST:
            first = prose.source.rfind("\n", 0, ref.start) + 1
            last = prose.source.find("\n", ref.end)
            rest = prose.source[first : ref.start] + prose.source[ref.end : last if last >= 0 else None]
            if _SWITCH.sub("", rest).strip():
                raise ProseError(
                    _(
                        "Een lijst staat alleen op haar regel. Zet er een lege regel voor en achter, "
                        "of gebruik de vorm ‘opsomming’."
                    ),
                    ref.start,
                    ref.end,
                )


def _references(nodes: Iterable[Node]) -> Iterator[Ref | Agreement]:
    for node in nodes:
        if isinstance(node, Condition):
            yield from _references(node.then)
            yield from _references(node.otherwise)
        elif not isinstance(node, Text):
            yield node


def _conditions(nodes: Iterable[Node]) -> Iterator[Condition]:
    for node in nodes:
        if isinstance(node, Condition):
            yield node
            yield from _conditions(node.then)
            yield from _conditions(node.otherwise)


def conditions(prose: Prose) -> tuple[Condition, ...]:
    """Every condition, outer ones first."""
    return tuple(_conditions(prose.nodes))


def references(prose: Prose) -> tuple[Ref | Agreement, ...]:
    """Every token that writes something, in order of appearance, in all branches."""
    return tuple(_references(prose.nodes))


def keys(prose: Prose) -> tuple[str, ...]:
    """The claims a text refers to, in conditions too, each once, by position."""
    found = sorted([*conditions(prose), *references(prose)], key=lambda node: node.start)
    return tuple(dict.fromkeys(node.key for node in found))
