"""Sets filled-in prose as paragraphs and bullets: spaces, punctuation and capitals as they should be.

When conditions fall away they leave double spaces, loose commas and sentences without a capital; here
that is put right. What a claim says is never touched, but for the capital at the start of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from houvast.core.report import dutch
from houvast.core.report.lexicon import words


@dataclass(frozen=True)
class Run:
    """A stretch of rendered text; `key` names the claim it states."""

    text: str
    key: str | None = None


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullets:
    """A bullet list; each item is a tuple of runs."""

    items: tuple[tuple[Run, ...], ...]


Block = Paragraph | Bullets


@dataclass(frozen=True)
class Word:
    """Text that comes from a token, or typed text that a condition may bring to the start of a sentence."""

    text: str
    key: str | None = None
    half: bool = False
    """The quantifier "de helft", which asks "van de" before a noun."""


_BREAK = re.compile(r"(\r?\n[ \t]*\r?\n\s*|\r?\n)")
_LEADING_WORD = re.compile(r"(\s*)(\w+)(.*)", re.DOTALL)
SPACE = re.compile(r"[ \t\r\n]+")
# A private-use sign stands for each word from a token while spaces and punctuation are put right.
_FIRST_MARK = 0xF0000
_MARK = re.compile("([\U000f0000-\U0010ffff])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\U000f0000-\U0010ffff]")


def printable(text: str) -> str:
    """NFC, without signs that documents cannot hold."""
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))


class Builder:
    """Collects pieces into paragraphs and bullets."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str | Word] = []
        self.in_bullet = False
        self.at_line_start = True
        self.after_joint = False

    def joint(self) -> None:
        """A condition begins or ends here."""
        self.after_joint = True

    def word(self, word: Word) -> None:
        self.pieces.append(word)
        self.at_line_start = self.after_joint = False

    def listed(self, items: tuple[tuple[Run, ...], ...]) -> None:
        self._flush()
        self.in_bullet = False
        self._add_items(items)

    def typed(self, text: str) -> None:
        parts = _BREAK.split(printable(text))
        for index, part in enumerate(parts):
            if index % 2 == 0:
                self._line(part)
            elif part.count("\n") > 1:
                self._flush()
                self.in_bullet, self.at_line_start = False, True
            else:
                self.pieces.append(" ")
                self.at_line_start = True

    def _line(self, part: str) -> None:
        if not part.strip():
            self.pieces.append(" " if part else "")
            return
        if self.at_line_start and part.lstrip().startswith("- "):
            self._flush()
            self.in_bullet = True
            part = part.lstrip()[2:]
        elif self.after_joint and (leading := _LEADING_WORD.fullmatch(part)):
            self.pieces += [leading[1], Word(leading[2])]
            part = leading[3]
        self.pieces.append(part)
        self.at_line_start = self.after_joint = False

    def _flush(self) -> None:
        runs = _sentence(self.pieces)
        self.pieces = []
        if runs and self.in_bullet:
            self._add_items((runs,))
        elif runs:
            self.blocks.append(Paragraph(runs))

    def _add_items(self, items: tuple[tuple[Run, ...], ...]) -> None:
        if items and self.blocks and isinstance(self.blocks[-1], Bullets):
            items = self.blocks.pop().items + items  # type: ignore[union-attr]  # checked in the line above
        if items:
            self.blocks.append(Bullets(items))

    def finish(self) -> tuple[Block, ...]:
        self._flush()
        return tuple(self.blocks)


_TIDY: tuple[tuple[re.Pattern[str], str], ...] = (
    (SPACE, " "),
    (re.compile(r"\( ?\)|‘ ?’|“ ?”"), ""),  # a pair whose content fell away
    (SPACE, " "),
    (re.compile(r"(?<=[.!?])(?: \.(?!\w))+"), ""),  # the full stop of a sentence that fell away
    (re.compile(r" (?=[,.;:!?)](?!\w))"), ""),
    (re.compile(r"(?<=[(‘“]) "), ""),
    (re.compile(r"[,;:] ?(?=[,;:.!?](?!\w))"), ""),  # a comma whose part fell away
    (re.compile(r"^[ ,;:.!?)]+(?!\w)"), ""),
)


def _sentence(pieces: Iterable[str | Word]) -> tuple[Run, ...]:
    """The runs of one paragraph or bullet, tidied; empty when no word is left."""
    words: list[Word] = []
    signs: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            signs.append(piece)
        elif piece.text.strip():
            signs.append(chr(_FIRST_MARK + len(words)))
            words.append(piece)
    marked = "".join(signs)
    for pattern, replacement in _TIDY:
        marked = pattern.sub(replacement, marked)
    marked = marked.strip(" ")
    if not words and not re.search(r"\w", marked):
        return ()
    return _unmarked(marked, words)


def _unmarked(marked: str, words: list[Word]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for sign in _MARK.finditer(marked):
        word = words[ord(sign.group()) - _FIRST_MARK]
        text = word.text + (" van de" if word.half and _NOUN_FOLLOWS.match(marked, sign.end()) else "")
        if _starts_sentence(marked, sign.start()):
            text = dutch.capitalise(text)
        words[ord(sign.group()) - _FIRST_MARK] = Word(text, word.key)
    for index, part in enumerate(_MARK.split(marked)):
        run = Run(part) if index % 2 == 0 else _run(words[ord(part) - _FIRST_MARK])
        _append(runs, run)
    return tuple(runs)


def _run(word: Word) -> Run:
    return Run(word.text, word.key)


def _append(runs: list[Run], run: Run) -> None:
    if runs and run.key is None and runs[-1].key is None:
        runs[-1] = Run(runs[-1].text + run.text)
    elif run.text:
        runs.append(run)


_NOUN_FOLLOWS = re.compile(r" (?!van\b)(?=[^\W\d_]|[\U000f0000-\U0010ffff])")
_LAST_WORD = re.compile(r"(?:^|[\s(‘“])([\w.]+)\.$")
_ABBREVIATIONS = frozenset(
    words(
        "afd art bijv blz bv ca dhr dr drs evt excl fig incl ing ir jl max min mevr mr mw nl nr o.a pag par "
        "prof resp st tel vgl zgn"
    )
)


def _starts_sentence(marked: str, position: int) -> bool:
    before = marked[max(0, position - 30) : position].rstrip(" ")
    if not before:
        return True
    if marked[position - 1] != " ":
        return False
    before = before.rstrip("’”)]'\"")
    if not before.endswith((".", "!", "?")):
        return False
    last = _LAST_WORD.search(before)
    return last is None or not (last[1].lower() in _ABBREVIATIONS or re.fullmatch(r"(?:\w\.)*\w", last[1]))


def to_text(blocks: Iterable[Block]) -> str:
    """Plain text: paragraphs separated by an empty line, bullets as "- …"."""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _joined(block.runs)
    return "\n".join(f"- {_joined(item)}" for item in block.items)


def _joined(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
