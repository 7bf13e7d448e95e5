"""Guard rules for dates, months, quarters and years typed by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from houvast.core.report import bindings, dutch, lexicon
from houvast.core.report.bindings import Choice
from houvast.core.report.claims import Claim, Kind, Period
from houvast.core.report.desk import Desk
from houvast.core.report.findings import Fix, Rule
from houvast.core.report.folding import BLANK, TOKEN

_GAP = r"\s{1,3}"
_MONTH = rf"({'|'.join(sorted(lexicon.MONTH_NUMBERS, key=len, reverse=True))})\b(?:\.(?=\s{{1,3}}\d))?"
_WEEKDAY = rf"({'|'.join(lexicon.WEEKDAYS)})"
_OF_YEAR = rf"(?:{_GAP}(?:van{_GAP})?(\d{{4}})(?!\w))?"
_NOT_INSIDE = r"(?<![\w.,/-])"

_NUMERIC = re.compile(
    rf"{_NOT_INSIDE}(?:(\d{{4}})-(\d\d?)-(\d\d?)|(\d\d?)-(\d\d?)-(\d{{4}})|(\d\d?)/(\d\d?)/(\d{{4}}))(?![\w/-])"
)
_BETWEEN = rf"(?:{_GAP}(?:tot{_GAP}en{_GAP}met|t/m|tot){_GAP}|\s{{0,3}}-\s{{0,3}})"
_RANGE = re.compile(
    rf"{_NOT_INSIDE}(\d\d?)(?:{_GAP}{_MONTH})?{_OF_YEAR}{_BETWEEN}(\d\d?){_GAP}{_MONTH}{_OF_YEAR}"
)
_DAY = re.compile(rf"(?:\b{_WEEKDAY}{_GAP})?{_NOT_INSIDE}(\d\d?)(?:e|ste|de)?{_GAP}{_MONTH}{_OF_YEAR}")
_QUARTER = re.compile(
    rf"(?:(?<!\w)(?:het{_GAP})?(?:(eerste|tweede|derde|vierde|1e|2e|3e|4e){_GAP}kwartaal|q([1-4])))"
    rf"(?:[\s-]{{0,3}}(?:van{_GAP})?(\d{{4}}))?(?!\w)"
)
_MONTH_ALONE = re.compile(rf"(?<!\w){_MONTH}{_OF_YEAR}")
_YEAR = re.compile(
    rf"(?:(?<!\w)(begin|eind){_GAP}(?:van{_GAP})?)?(?<![\w.,/€-])((?:19|20)\d\d)(?![\w%]|[.,/]\d)"
)
_WEEKDAY_BEFORE_TOKEN = re.compile(rf"(?<!\w){_WEEKDAY}{_GAP}(?={BLANK})")
_KEY_IN_TOKEN = re.compile(r"\[\[\s*([a-z][a-z0-9_.-]*)")


@dataclass(frozen=True)
class _Day:
    """A day as typed; without year when none was given."""

    day: int
    month: int
    year: int | None

    def fits(self, on: date) -> bool:
        return (on.day, on.month) == (self.day, self.month) and self.year in {None, on.year}

    def exists(self) -> bool:
        try:
            date(self.year or 2000, self.month, self.day)
        except ValueError:
            return False
        return True


def check(desk: Desk) -> None:
    """Report every date; the longest shape first."""
    for pattern, rule in _RULES:
        for match in desk.open(pattern, desk.plain):
            rule(desk, match)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _suggest(desk: Desk, match: re.Match[str], what: object, choice: Choice) -> tuple[Fix, ...]:
    found = desk.index.dated(what, choice)
    return bindings.matching(found, desk.stretch(*match.span()), choice)


def _report(desk: Desk, match: re.Match[str], fixes: tuple[Fix, ...], *, has_year: bool) -> None:
    typed = desk.typed(*match.span())
    if has_year:
        message = _("‘{}’ is met de hand getypt. Koppel het aan een feit met die datum.").format(typed)
        desk.report(*match.span(), Rule.DATE, message, fixes)
    else:
        message = _("Bij ‘{}’ ontbreekt het jaar. Koppel het aan een feit; dan staat het jaar erbij.").format(
            typed
        )
        desk.report(*match.span(), Rule.DATE_WITHOUT_YEAR, message, fixes)


def _numeric(desk: Desk, match: re.Match[str]) -> None:
    parts = [int(part) for part in match.groups() if part]
    year, month, day = parts if match[1] else reversed(parts)
    _report_day(desk, match, _Day(day, month, year), None)


def _range(desk: Desk, match: re.Match[str]) -> None:
    last = _Day(int(match[4]), lexicon.MONTH_NUMBERS[match[5]], _number(match[6]))
    month = lexicon.MONTH_NUMBERS[match[2]] if match[2] else last.month
    first = _Day(int(match[1]), month, _number(match[3]) or (last.year if month <= last.month else None))

    def choice(claim: Claim) -> tuple[str, ...]:
        fits = claim.kind is Kind.PERIOD and first.fits(claim.span.start) and last.fits(claim.span.last_day)
        return ("periode",) if fits else ()

    _report(desk, match, _suggest(desk, match, (first, last), choice), has_year=last.year is not None)


def _day(desk: Desk, match: re.Match[str]) -> None:
    day = _Day(int(match[2]), lexicon.MONTH_NUMBERS[match[3]], _number(match[4]))
    _report_day(desk, match, day, match[1])


def _report_day(desk: Desk, match: re.Match[str], day: _Day, weekday: str | None) -> None:
    forms = ("weekdag", "dag") if weekday else ("dag", "weekdag")

    def choice(claim: Claim) -> tuple[str, ...]:
        return forms if claim.kind is Kind.DATE and day.fits(claim.day) else ()

    fixes = _suggest(desk, match, (day, weekday is None), choice)
    if not day.exists():
        message = _("De dag ‘{}’ bestaat niet. Verbeter de datum of koppel een feit.").format(
            desk.typed(*match.span())
        )
        desk.report(*match.span(), Rule.DATE, message, fixes)
    elif weekday and (real := _other_weekday(desk, day, weekday, choice)):
        message = f"{real} {_('Koppel de datum aan een feit; dan klopt de dag vanzelf.')}"
        desk.report(*match.span(), Rule.WEEKDAY, message, fixes)
    else:
        _report(desk, match, fixes, has_year=day.year is not None)


def _other_weekday(desk: Desk, day: _Day, weekday: str, choice: Choice) -> str:
    """A sentence when the weekday is wrong; without a year, on the days that claims hold."""
    if day.year:
        days = [date(day.year, day.month, day.day)]
    else:
        days = [claim.day for claim in desk.index.dated((day, False), choice)]
    if not days or any(_weekday(on) == weekday for on in days):
        return ""
    return _is_a(days[0], weekday)


def _is_a(on: date, typed: str) -> str:
    return _("{day} is een {real}, geen {typed}.").format(day=dutch.day(on), real=_weekday(on), typed=typed)


def _weekday(on: date) -> str:
    return lexicon.WEEKDAYS[on.weekday()]


def _within(span: Callable[[int], Period], year: int | None, form: str) -> Choice:
    """Claims inside the span of one year, or of any year when none was typed."""

    def choice(claim: Claim) -> tuple[str, ...]:
        whole = span(year or claim.span.start.year)
        inside = whole.start <= claim.span.start and claim.span.until <= whole.until
        return (form,) if inside else ()

    return choice


def _quarter(desk: Desk, match: re.Match[str]) -> None:
    quarter = lexicon.QUARTERS[match[1]] if match[1] else int(match[2])
    year = _number(match[3])
    choice = _within(lambda in_year: Period.quarter(in_year, quarter), year, "kwartaal")
    fixes = _suggest(desk, match, ("quarter", quarter, year), choice)
    _report(desk, match, fixes, has_year=year is not None)


def _month(desk: Desk, match: re.Match[str]) -> None:
    month, year = lexicon.MONTH_NUMBERS[match[1]], _number(match[2])
    if year is None and match[1] not in lexicon.MONTHS:
        return  # "jan" and "dec" alone are rarely months
    choice = _within(lambda in_year: Period.month(in_year, month), year, "maand")
    fixes = _suggest(desk, match, ("month", month, year), choice)
    _report(desk, match, fixes, has_year=year is not None)


def _year(desk: Desk, match: re.Match[str]) -> None:
    year = int(match[2])
    form = match[1] or "jaar"
    choice = _within(Period.year, year, form)
    fixes = _suggest(desk, match, (form, year), choice)
    _report(desk, match, fixes, has_year=True)


def _weekday_before_token(desk: Desk, match: re.Match[str]) -> None:
    """Check "vrijdag [[event.day]]": the weekday belongs inside the token."""
    token = TOKEN.match(desk.folded.source, desk.folded.span(match.end(), match.end())[0])
    key = _KEY_IN_TOKEN.match(token.group()) if token else None
    claim = desk.claims.get(key[1]) if key else None
    if token is None or claim is None or claim.kind is not Kind.DATE:
        return
    stretch = desk.stretch(match.start(), match.end() + len(token.group()))
    fix = bindings.bind(claim, "weekdag", stretch, label=_("Schrijf ‘{}’").format(dutch.weekday(claim.day)))
    real = _weekday(claim.day)
    if real == match[1]:
        message = _("Gebruik [[{key}|weekdag]], dan volgt ‘{day}’ de datum.").format(key=claim.key, day=real)
        desk.report(*match.span(1), Rule.WEEKDAY, message, (fix,), severity="warning", sourced=False)
    else:
        message = f"{_is_a(claim.day, match[1])} {_('Gebruik [[{}|weekdag]].').format(claim.key)}"
        desk.report(*match.span(1), Rule.WEEKDAY, message, (fix,), sourced=False)


_RULES: tuple[tuple[re.Pattern[str], Callable[[Desk, re.Match[str]], None]], ...] = (
    (_NUMERIC, _numeric),
    (_RANGE, _range),
    (_DAY, _day),
    (_QUARTER, _quarter),
    (_MONTH_ALONE, _month),
    (_YEAR, _year),
    (_WEEKDAY_BEFORE_TOKEN, _weekday_before_token),
)
