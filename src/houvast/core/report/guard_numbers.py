"""Guard rules for figures and number words typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from houvast.core.report import lexicon, numerals
from houvast.core.report.bindings import bind, matching, parse_figure
from houvast.core.report.claims import Kind
from houvast.core.report.desk import Desk
from houvast.core.report.findings import Fix, FixKind, Rule
from houvast.core.report.folding import fold

_FIGURE = r"\d{1,15}(?:[.,]\d{1,15}){0,6}"  # bounded, so that a row of figures is read once
_SCALES = {
    "mln": 10**6, "miljoen": 10**6, "mld": 10**9, "miljard": 10**9, "": 1,
}  # fmt: skip
_SCALE = r"(?:\s{0,3}(mln|miljoen|mld|miljard)\b\.?)?"
_AMOUNT = re.compile(rf"€\s{{0,3}}({_FIGURE}){_SCALE}|(?<![\w.,])({_FIGURE}){_SCALE}\s{{1,3}}euro\b")
_SHARE = re.compile(rf"(?<![\w.,])({_FIGURE})\s{{0,3}}(?:%|procent\b)")
_PART = r"(\d{1,9}|[^\W\d_]{3,30})"
_PROPORTION = re.compile(rf"(?<!\w){_PART}\s{{1,3}}van\s{{1,3}}de\s{{1,3}}{_PART}(?!\w)")
_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE_BEFORE = re.compile(r"(?<!\w)een\s{1,3}$")
_LONGEST_NEIGHBOUR = 20


def check(desk: Desk) -> None:
    """Report what dates have left: names with figures, proportions, amounts, shares, figures, words."""
    for step in (_proportions, _amounts, _shares, _digits, _roman, _idioms, _words):
        step(desk)


def names(desk: Desk) -> None:
    """A name that holds a figure ("Diemen ’22") is one thing, to be bound as a whole. Runs before dates."""
    for claim in desk.index.of(Kind.NAME):
        name = fold(claim.text).text.strip()
        if not any(sign.isdigit() for sign in name):
            continue
        for match in desk.open(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), desk.text):
            message = _("‘{}’ is een naam met een cijfer. Koppel de naam aan het feit.").format(
                desk.typed(*match.span())
            )
            fix = bind(claim, None, desk.stretch(*match.span()))
            desk.report(*match.span(), Rule.DIGIT, message, (fix,))


def _number(text: str) -> Decimal | None:
    return parse_figure(text) if text[0].isdigit() else numerals.value(text)


def _proportions(desk: Desk) -> None:
    for match in _PROPORTION.finditer(desk.text):
        n, m = _number(match[1]), _number(match[2])
        if n is None or m is None or not desk.free(*match.span()):
            continue
        same = [claim for claim in desk.index.of(Kind.QUANTIFIER) if [claim.number, claim.out_of] == [n, m]]
        fixes = matching(same, desk.stretch(*match.span()), lambda _: ("woord", "telling"))
        _report(desk, *match.span(), Rule.DIGIT if match[0][0].isdigit() else Rule.NUMBER_WORD, fixes)


def _amounts(desk: Desk) -> None:
    for match in desk.open(_AMOUNT, desk.text):
        figure = parse_figure(match[1] or match[3])
        amount = None if figure is None else figure * _SCALES[match[2] or match[4] or ""]
        found = desk.index.with_number(Kind.AMOUNT, amount)
        fixes = matching(found, desk.stretch(*match.span()), lambda _: ("euro", "euro-mln"))
        _report(desk, *match.span(), Rule.DIGIT, fixes)


def _shares(desk: Desk) -> None:
    for match in desk.open(_SHARE, desk.text):
        found = desk.index.with_number(Kind.SHARE, parse_figure(match[1]))
        fixes = matching(found, desk.stretch(*match.span()), lambda _: ("procent",))
        _report(desk, *match.span(), Rule.DIGIT, fixes)


def _digits(desk: Desk) -> None:
    for match in _DIGITS.finditer(desk.text):
        start, end = _whole_word(desk, *match.span())
        if desk.free(*match.span()):
            fixes = desk.index.counts(parse_figure(desk.text[start:end]), desk.stretch(start, end))
            _report(desk, start, end, Rule.DIGIT, fixes)
        else:
            _leftover_digits(desk, *match.span())


def _leftover_digits(desk: Desk, start: int, end: int) -> None:
    """Digits beside a place that another rule took ("17 oktober 2021.5")."""
    for position in range(start, end):
        if desk.text[position].isdigit() and desk.free(position, position + 1):
            _report(desk, position, position + 1, Rule.DIGIT, ())


def _whole_word(desk: Desk, start: int, end: int) -> tuple[int, int]:
    """The figure with the letters glued to it: "A4", "22e"."""
    lowest, highest = max(0, start - _LONGEST_NEIGHBOUR), min(len(desk.text), end + _LONGEST_NEIGHBOUR)
    while start > lowest and desk.text[start - 1].isalnum() and desk.free(start - 1, start):
        start -= 1
    while end < highest and desk.text[end].isalnum() and desk.free(end, end + 1):
        end += 1
    return start, end


def _roman(desk: Desk) -> None:
    """Roman numerals that count a noun ("XII teams"); not a rank in a name ("Willem II", "fase II")."""
    for match in numerals.ROMAN.finditer(desk.folded.masked):
        number = numerals.roman(match.group())
        if number is None or not _counts_a_noun(desk.folded.masked, match):
            continue
        start, end = desk.folded.place(*match.span())
        if desk.free(start, end):
            _report(
                desk, start, end, Rule.DIGIT, desk.index.counts(Decimal(number), desk.stretch(start, end))
            )


_NEXT_WORD = re.compile(r"\s{1,3}([a-zà-ÿ][a-zà-ÿ'’-]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s\u00a0]{1,3}$")


def _counts_a_noun(text: str, match: re.Match[str]) -> bool:
    """Whether a word in lower case follows that can be a noun, and no name or "fase" stands before."""
    following = _NEXT_WORD.match(text, match.end())
    if following is None or following[1] in lexicon.NO_NOUNS:
        return False
    before = _LAST_WORD.search(text[max(0, match.start() - 40) : match.start()])
    if before is None:
        return True
    word = before[1]
    return word.lower() not in lexicon.NUMBERED and (word.islower() or word.lower() in lexicon.NO_NOUNS)


def _idioms(desk: Desk) -> None:
    """Keep off places where a number word is none."""
    for match in lexicon.IDIOMS.finditer(desk.text):
        desk.take(*match.span())
    for match in lexicon.PROPER_NAMES.finditer(desk.folded.masked):
        desk.take(*desk.folded.place(*match.span()))


def _words(desk: Desk) -> None:
    for start, end, number in _number_words(desk):
        # A rank or a part ("een derde van de teams") is no count, whatever its word could count.
        is_rank = numerals.is_rank(desk.text[start:end].rpartition(" ")[2])
        fixes = () if is_rank else desk.index.counts(number, desk.stretch(start, end))
        _report(desk, start, end, Rule.NUMBER_WORD, fixes)


def _number_words(desk: Desk) -> Iterator[tuple[int, int, Decimal | None]]:
    """Number words with their value; "twee miljoen", "tweeduizend tien" and "twee derde" as one."""
    waiting: tuple[int, int, Decimal | None] | None = None
    for match in _WORD.finditer(desk.text):
        if not desk.free(*match.span()) or not numerals.is_number(match.group()):
            continue
        here = (*match.span(), numerals.value(match.group()))
        if waiting and (joined := _joined(desk, waiting, here, match.group())):
            waiting = joined
            continue
        if waiting:
            yield waiting
        waiting = here
    if waiting:
        yield waiting


_Found = tuple[int, int, Decimal | None]


def _joined(desk: Desk, first: _Found, second: _Found, word: str) -> _Found | None:
    if desk.text[first[1] : second[0]] not in {" ", "-"} or first[2] is None or second[2] is None:
        return None
    if numerals.is_rank(word):
        return (first[0], second[1], None) if word not in {"eerste", "tweede"} else None
    if word in _SCALES:
        return first[0], second[1], first[2] * second[2]
    if first[2] >= 1000 > second[2] and first[2] % 1000 == 0:
        return first[0], second[1], first[2] + second[2]
    return None


def _report(desk: Desk, start: int, end: int, rule: Rule, fixes: tuple[Fix, ...]) -> None:
    typed = desk.typed(start, end)
    alone = desk.text[start:end].isdigit() and desk.text[end : end + 1] == " "
    if alone and _ARTICLE_BEFORE.search(desk.text[max(0, start - 8) : start]):
        message = _(
            "‘{}’ staat los: na ‘een’ hoort geen getal. Haal het weg, of koppel het aan een feit."
        ).format(typed)
        desk.report(start, end, Rule.LOOSE_NUMBER, message, (*fixes, _remove(desk, start, end)))
        return
    what = (
        _("Het getal ‘{}’ is met de hand getypt.")
        if rule is Rule.DIGIT
        else _("Het getalwoord ‘{}’ is met de hand getypt.")
    )
    message = f"{what.format(typed)} {_('Koppel het aan een feit, of maak er een feit met bron van.')}"
    desk.report(start, end, rule, message, fixes)


def _remove(desk: Desk, start: int, end: int) -> Fix:
    """Remove a number with the space behind it."""
    return Fix(_("Haal weg"), "", *desk.folded.span(start, end + 1), FixKind.REPLACE)
