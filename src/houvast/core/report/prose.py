"""The prose of the chapter: `parse` reads it, `render` fills in the claims, `to_text` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from houvast.core.report.claims import Claim, Kind
from houvast.core.report.forms import LIST, FormError, is_singular, names, rendered
from houvast.core.report.grammar import (
    Agreement,
    Condition,
    Node,
    Prose,
    ProseError,
    Ref,
    Text,
    conditions,
    keys,
    parse,
    references,
)
from houvast.core.report.typeset import (
    SPACE,
    Block,
    Builder,
    Bullets,
    Paragraph,
    Run,
    Word,
    printable,
    to_text,
)

__all__ = [
    "Agreement",
    "Block",
    "Bullets",
    "Condition",
    "Node",
    "Paragraph",
    "Prose",
    "ProseError",
    "Ref",
    "Run",
    "Text",
    "conditions",
    "keys",
    "needed",
    "parse",
    "problems",
    "references",
    "render",
    "to_text",
]


def _claim(ref: Ref | Agreement, claims: Mapping[str, Claim]) -> Claim:
    claim = claims.get(ref.key)
    if claim is None:
        raise ProseError(
            _(
                "Het feit ‘{key}’ bestaat niet of heeft geen waarde. "
                "Controleer de sleutel, of zet de zin tussen [[als {key}]] en [[einde]]."
            ).format(key=ref.key),
            ref.start,
            ref.end,
        )
    return claim


def _word(ref: Ref | Agreement, claims: Mapping[str, Claim]) -> Word:
    claim = _claim(ref, claims)
    try:
        if isinstance(ref, Agreement):
            return Word(ref.singular if is_singular(claim) else ref.plural)
        text = printable(" ".join(rendered(claim, ref.form).split(" ")))
    except FormError as error:
        raise ProseError(str(error), ref.start, ref.end) from error
    return Word(SPACE.sub(" ", text), claim.key, claim.kind is Kind.QUANTIFIER and text == "de helft")


def render(prose: Prose, claims: Mapping[str, Claim]) -> tuple[Block, ...]:
    """Fill in the claims. Raises ProseError for a missing claim or a form that does not fit its kind."""
    builder = Builder()
    _fill(prose.nodes, claims, builder)
    return builder.finish()


def _fill(nodes: Iterable[Node], claims: Mapping[str, Claim], builder: Builder) -> None:
    for node in nodes:
        if isinstance(node, Text):
            builder.typed(node.text)
        elif isinstance(node, Condition):
            claim = claims.get(node.key)
            chosen = node.then if (claim is not None and claim.holds) is not node.negated else node.otherwise
            builder.joint()
            _fill(chosen, claims, builder)
            builder.joint()
        elif isinstance(node, Ref) and node.form == LIST:
            builder.listed(_list_items(node, claims))
        else:
            builder.word(_word(node, claims))


def _list_items(ref: Ref, claims: Mapping[str, Claim]) -> tuple[tuple[Run, ...], ...]:
    word = _word(ref, claims)  # refuses what cannot be listed
    texts = (SPACE.sub(" ", printable(name)).strip() for name in names(claims[ref.key]))
    return tuple((Run(text, word.key),) for text in texts if text)


def problems(prose: Prose, claims: Mapping[str, Claim]) -> tuple[ProseError, ...]:
    """Everything that would stop `render`, in all branches at once, by position."""
    found = []
    guarded = _guarded(prose.nodes, frozenset())
    for ref, safe in guarded:
        if ref.key in safe and ref.key not in claims:
            continue
        try:
            _word(ref, claims)
        except ProseError as error:
            found.append(error)
    return tuple(sorted(found, key=lambda error: error.start))


def needed(prose: Prose) -> frozenset[str]:
    """The claims without which the text cannot be read: those that no condition makes up for."""
    return frozenset(ref.key for ref, safe in _guarded(prose.nodes, frozenset()) if ref.key not in safe)


def _guarded(nodes: Iterable[Node], safe: frozenset[str]) -> Iterator[tuple[Ref | Agreement, frozenset[str]]]:
    """Each reference with the keys whose claims exist by the conditions around it."""
    for node in nodes:
        if isinstance(node, Condition):
            yes, no = (node.otherwise, node.then) if node.negated else (node.then, node.otherwise)
            yield from _guarded(yes, safe | {node.key})
            yield from _guarded(no, safe)
        elif not isinstance(node, Text):
            yield node, safe
