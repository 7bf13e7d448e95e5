"""Guard rules for words: quantifiers, vague times, judgements, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.report import dutch, lexicon
from houvast.core.report.bindings import MAX_SUGGESTIONS, Stretch, bind, matching
from houvast.core.report.claims import Claim, Kind
from houvast.core.report.desk import Desk
from houvast.core.report.findings import Fix, FixKind, Rule
from houvast.core.report.folding import TOKEN, fold


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    phrases = (re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


_QUANTIFIER = _any_of(lexicon.QUANTIFIERS)
_FREQUENCY = _any_of(lexicon.FREQUENCIES)
_APPROXIMATION = _any_of(lexicon.APPROXIMATIONS)
_VAGUE_TIME = _any_of(lexicon.VAGUE_TIMES)
_OF_THE = re.compile(r"\s{1,3}van\s{1,3}(?:de|het|onze)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")


def check(desk: Desk) -> None:
    """Report what officials may not type, and warn of what asks for evidence or a better word."""
    for step in (_quantifiers, _warnings, _judgements, _slips, _ligatures, _subsets):
        step(desk)


def _quantifiers(desk: Desk) -> None:
    for match in desk.open(_QUANTIFIER, desk.plain):
        _quantifier(desk, match)


def _quantifier(desk: Desk, match: re.Match[str]) -> None:
    meant = lexicon.QUANTIFIERS[" ".join(match.group().split())]
    stretch = desk.stretch(*match.span())
    claims = desk.index.of(Kind.QUANTIFIER)
    about = [claim for claim in claims if stretch.noun_end(claim) is not None]
    # Without a word after it nobody can tell what it is about; else only a fact about the same noun will do.
    same = [claim for claim in (about if stretch.next_words else claims) if claim.text == meant]
    others = [claim for claim in about if claim not in same]
    wrong = [] if same else [claim for claim in others if _is_about(desk, stretch, claim)]
    fixes = (
        *matching(same, _with_of(desk, stretch), lambda _: ("woord",)),
        *_corrections(wrong, _with_of(desk, stretch)),
        *_counts(desk, stretch, meant),
    )
    message = _quantifier_message(desk.typed(*match.span()), wrong, _nearest(stretch, others))
    desk.report(*match.span(), Rule.QUANTIFIER, message, fixes[:MAX_SUGGESTIONS])


def _nearest(stretch: Stretch, claims: list[Claim]) -> list[Claim]:
    """Those about the noun that comes first."""
    ends = [stretch.noun_end(claim) or 0 for claim in claims]
    return [claim for claim, end in zip(claims, ends, strict=True) if end == min(ends)]


_SENTENCE_END = re.compile(r"[.!?;\n]")
_NEGATIONS = frozenset(("zonder", "niet", "geen", "nooit", "behalve", "uitgezonderd"))
_SMALL = frozenset(lexicon.NO_NOUNS | lexicon.QUANTIFIERS.keys())


def _sentence(desk: Desk, stretch: Stretch) -> set[str]:
    """The words of the sentence around a stretch, without its own."""
    before = _SENTENCE_END.split(desk.plain[max(0, stretch.start - 300) : stretch.start])[-1]
    after = _SENTENCE_END.split(desk.plain[stretch.end : stretch.end + 300], maxsplit=1)[0]
    return set(_WORD.findall(f"{before} {after}"))


def _is_about(desk: Desk, stretch: Stretch, claim: Claim) -> bool:
    """Whether the sentence is clearly about this claim: all that tells its label from others stands there too.

    "Alle teams doen mee" is not about teams with a leader, nor is "alle teams zonder teamleider".
    """
    unit = claim.unit
    nouns = {unit.singular.lower(), unit.plural.lower()} if unit else set()
    telling = {word for word in _WORD.findall(fold(claim.label).plain) if word not in _SMALL} - nouns
    here = _sentence(desk, stretch)
    return bool(telling) and telling <= here and not here & _NEGATIONS


def _with_of(desk: Desk, stretch: Stretch) -> Stretch:
    """Take "de helft van de" as a whole: the word of a quantifier stands straight before its noun."""
    following = _OF_THE.match(desk.text, stretch.end)
    return stretch.reaching(following.end()) if following else stretch


def _corrections(wrong: Iterable[Claim], stretch: Stretch) -> Iterator[Fix]:
    for claim in wrong:
        yield bind(claim, None, stretch, label=f"Zet ‘{claim.text}’ neer")


def _counts(desk: Desk, stretch: Stretch, meant: str) -> Iterator[Fix]:
    """Counts of the noun that follows, for a word that names no part; for "geen" any count of nothing."""
    if meant not in {"", "geen"}:
        return
    for claim in desk.index.of(Kind.COUNT):
        if stretch.noun_follows(claim):
            whole = stretch.reaching(stretch.next_words[0][1])
            yield bind(claim, "telling", whole)
        elif stretch.noun_end(claim) is not None or (meant == "geen" and claim.number == 0):
            yield bind(claim, "woord", stretch)


def _quantifier_message(typed: str, wrong: list[Claim], others: list[Claim]) -> str:
    if wrong:
        return _("‘{typed}’ klopt niet: ‘{label}’ is nu ‘{value}’. Koppel dat feit.").format(
            typed=typed, label=wrong[0].label, value=wrong[0].text
        )
    message = _(
        "‘{typed}’ is niet gebonden aan een feit. "
        "Koppel het woord aan een feit dat dit zegt, of schrijf de zin zonder hoeveelheid."
    ).format(typed=typed)
    named = [f"‘{claim.label}’ ({claim.text})" for claim in others[:MAX_SUGGESTIONS]]
    noun = next((claim.unit.plural for claim in others if claim.unit), "")
    if not named:
        return message
    return f"{message} {_('Feiten over {noun}: {facts}.').format(noun=noun, facts=dutch.listing(named))}"


_ASKS = (
    (
        _FREQUENCY,
        Rule.QUANTIFIER,
        gettext_lazy("‘{}’ zegt hoe vaak. Noem een aantal uit een feit, of laat het woord weg."),
    ),
    (
        _APPROXIMATION,
        Rule.APPROXIMATION,
        gettext_lazy("‘{}’ maakt een feit vaag. Een feit is precies: laat dit woord weg."),
    ),
    (
        _VAGUE_TIME,
        Rule.VAGUE_TIME,
        gettext_lazy("‘{}’ zegt over een jaar niets meer. Noem de dag of de periode met een feit."),
    ),
)


def _warnings(desk: Desk) -> None:
    for pattern, rule, message in _ASKS:
        for match in desk.open(pattern, desk.plain):
            desk.report(
                *match.span(), rule, str(message).format(desk.typed(*match.span())), severity="warning"
            )


def _judgements(desk: Desk) -> None:
    held = desk.index.of(Kind.JUDGEMENT)
    for start, end in _judging(desk):
        typed = desk.typed(start, end)
        words = desk.text[start:end]
        first = sorted(held, key=lambda claim: (words not in claim.text.lower(), claim.label))
        fixes = tuple(bind(claim, None, desk.stretch(start, end)) for claim in first[:MAX_SUGGESTIONS])
        message = (
            _("‘{}’ is een oordeel en vraagt om bewijs. Koppel een oordeel met bron, of laat het weg.")
        ).format(typed)
        desk.report(start, end, Rule.JUDGEMENT, message, fixes, severity="warning")


def _judging(desk: Desk) -> list[tuple[int, int]]:
    """Judging words; two side by side ("zeer beperkt") as one."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(desk.plain):
        if match.group() not in lexicon.JUDGEMENTS or not desk.free(*match.span()):
            continue
        if found and desk.text[found[-1][1] : match.start()] == " ":
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found


_SLIPS = ((lexicon.TERMS, Rule.TERM), (lexicon.SPELLING, Rule.SPELLING), (lexicon.GRAMMAR, Rule.GRAMMAR))


def _slips(desk: Desk) -> None:
    """Slips are looked for in the typed text, since capitals and signs matter; a token's text is blank."""
    for traps, rule in _SLIPS:
        for trap in traps:
            for match in trap.pattern.finditer(desk.folded.masked):
                _slip(desk, match, rule, match.expand(trap.replacement), trap.reason)


def _slip(desk: Desk, match: re.Match[str], rule: Rule, better: str, reason: str | Promise) -> None:
    start, end = desk.folded.place(*match.span())
    if desk.free(start, end):
        advice = _("Vervang ‘{typed}’ door ‘{better}’.").format(typed=match.group(), better=better)
        message = f"{reason} {advice}"
        fix = Fix(_("Maak er ‘{}’ van").format(better), better, *match.span(), FixKind.REPLACE)
        desk.report(start, end, rule, message, (fix,), severity="warning", sourced=False)


def _ligatures(desk: Desk) -> None:
    for match in lexicon.LIGATURE.finditer(desk.folded.masked):
        better = match.group().replace("ĳ", "ij").replace("Ĳ", "IJ")
        reason = _("Hier staat één teken ‘ĳ’ in plaats van twee letters; zoeken en voorlezen gaan dan mis.")
        _slip(desk, match, Rule.SPELLING, better, reason)


_WHEREOF = re.compile(r"(?<!\w)waarvan(?!\w)")
_KEY = re.compile(r"\[\[\s*([a-z][a-z0-9_.-]*)\s*(?:\||\]\])")


def _subsets(desk: Desk) -> None:
    """Check "waarvan": it says that the second number is part of the first: it cannot be larger."""
    source = desk.folded.source
    for match in _WHEREOF.finditer(desk.text):
        at = desk.folded.span(*match.span())[0]
        before = _last_count(desk, source[max(0, at - 200) : at])
        after = _first_count(desk, source[at : at + 200])
        if before and after and after.number > before.number:
            message = _(
                "‘{part}’ ({some}) is meer dan ‘{whole}’ ({all}) "
                "en kan er geen deel van zijn. Schrijf ‘en’ in plaats van ‘waarvan’."
            ).format(part=after.label, some=after.text, whole=before.label, all=before.text)
            desk.report(*match.span(), Rule.SUBSET, message, sourced=False)


def _counts_in(desk: Desk, text: str) -> list[Claim]:
    keys = (_KEY.match(token.group()) for token in TOKEN.finditer(text))
    claims = (desk.claims.get(key[1]) for key in keys if key)
    return [claim for claim in claims if claim and claim.kind is Kind.COUNT]


def _last_count(desk: Desk, text: str) -> Claim | None:
    found = _counts_in(desk, re.split(r"[.!?\n]\s", text)[-1])
    return found[-1] if found else None


def _first_count(desk: Desk, text: str) -> Claim | None:
    found = _counts_in(desk, re.split(r"[.!?\n]\s", text)[0])
    return found[0] if found else None
