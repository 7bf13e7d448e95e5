"""What changed between two texts, word by word, for the editor and the conflict page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Op = Literal["same", "ins", "del"]

MAX_WORDS = 2000
"""A rewritten stretch longer than this is shown as one deletion and one insertion; comparing it word by
word would be slow and unreadable."""

_WORDS = re.compile(r"\S+|\s+")
_LINES = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True)
class Change:
    """A stretch that stayed, was inserted or was deleted."""

    op: Op
    text: str


def diff(old: str, new: str) -> tuple[Change, ...]:
    """The way from old to new: all `same` and `del` make old, all `same` and `ins` make new."""
    changes: list[Change] = []
    for change in _by_line(old, new):
        if change.text and changes and changes[-1].op == change.op:
            changes[-1] = Change(change.op, changes[-1].text + change.text)
        elif change.text:
            changes.append(change)
    return tuple(changes)


def _by_line(old: str, new: str) -> Iterator[Change]:
    olds, news = _LINES.findall(old), _LINES.findall(new)
    for tag, old_from, old_to, new_from, new_to in _opcodes(olds, news):
        before, after = "".join(olds[old_from:old_to]), "".join(news[new_from:new_to])
        if tag == "equal":
            yield Change("same", before)
        else:
            yield from _by_word(before, after)


def _by_word(old: str, new: str) -> Iterator[Change]:
    olds, news = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(olds), len(news)) > MAX_WORDS:
        yield Change("del", old)
        yield Change("ins", new)
        return
    for tag, old_from, old_to, new_from, new_to in _opcodes(olds, news):
        if tag == "equal":
            yield Change("same", "".join(olds[old_from:old_to]))
        else:
            yield Change("del", "".join(olds[old_from:old_to]))
            yield Change("ins", "".join(news[new_from:new_to]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=True).get_opcodes()
