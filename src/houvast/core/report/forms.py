"""The forms in which prose may render a claim, per kind: `[[key|form]]`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext as _

from houvast.core.report import dutch
from houvast.core.report.claims import Claim, Kind, count_text, fewer_text

LIST = "lijst"
"""The one form that becomes bullets instead of words in a sentence."""


class FormError(ValueError):
    """The form does not fit the claim. The message is Dutch and names the forms that do."""


def _counted(claim: Claim, *, words: bool) -> str:
    if claim.unit is None:
        raise FormError(
            _(
                "‘{}’ heeft geen zelfstandig naamwoord. Gebruik ‘woord’ of ‘cijfer’ "
                "en typ het naamwoord erachter."
            ).format(claim.label)
        )
    if claim.is_small:
        return f"{fewer_text(claim, words=words)} {claim.unit.plural}"
    return dutch.counted(claim.number, claim.unit.singular, claim.unit.plural, words=words)


def _number(claim: Claim, *, words: bool) -> str:
    if claim.is_small:
        return fewer_text(claim, words=words)
    return dutch.number_word(claim.number) if words else dutch.figure(claim.number)


def names(claim: Claim) -> tuple[str, ...]:
    """What the claim can list. Raises FormError when it counts things without a name."""
    if claim.is_small:
        raise FormError(_("‘{}’ is zo klein dat er niet bij staat wie of wat het is.").format(claim.label))
    if claim.number and not claim.names:
        raise FormError(
            _("‘{}’ heeft geen namen om op te sommen. Gebruik ‘woord’ of ‘cijfer’.").format(claim.label)
        )
    return claim.names


def _listing(claim: Claim) -> str:
    return dutch.listing(names(claim))


def _quoted_listing(claim: Claim) -> str:
    return dutch.listing([dutch.quote(name) for name in names(claim)])


def _text(claim: Claim) -> str:
    return claim.text


def _quoted(claim: Claim) -> str:
    return dutch.quote(claim.text)


def _half(word: str) -> Callable[[Claim], str]:
    return lambda claim: f"{word} {(claim.span.until - timedelta(days=1)).year}"


Form = Callable[[Claim], str]

FORMS: dict[Kind, dict[str, Form]] = {
    Kind.COUNT: {
        "woord": lambda claim: _number(claim, words=True),
        "cijfer": lambda claim: _number(claim, words=False),
        "telling": lambda claim: _counted(claim, words=claim.style == "woord"),
        "telling-woord": lambda claim: _counted(claim, words=True),
        "opsomming": _listing,
        "opsomming-citaat": _quoted_listing,
        LIST: _listing,
    },
    Kind.AMOUNT: {"euro": _text, "euro-mln": lambda claim: dutch.euro_millions(claim.decimal)},
    Kind.SHARE: {"procent": _text},
    Kind.DATE: {
        "dag": _text,
        "weekdag": lambda claim: dutch.weekday(claim.day),
        "maand": lambda claim: dutch.month(claim.day),
        "kwartaal": lambda claim: dutch.quarter(claim.day),
        "jaar": lambda claim: dutch.year(claim.day),
        "begin": _half("begin"),
        "eind": _half("eind"),
    },
    Kind.PERIOD: {
        "periode": _text,
        "maand": lambda claim: dutch.period_in_months(claim.span.start, claim.span.until),
        "kwartaal": lambda claim: dutch.period_in_quarters(claim.span.start, claim.span.until),
        "jaar": lambda claim: dutch.period_in_years(claim.span.start, claim.span.until),
        "begin": _half("begin"),
        "eind": _half("eind"),
    },
    Kind.NAME: {"citaat": _quoted},
    Kind.LIST: {
        "opsomming": _listing,
        "opsomming-citaat": _quoted_listing,
        LIST: _listing,
        "aantal": count_text,
    },
    Kind.QUANTIFIER: {
        "woord": _text,
        "telling": lambda claim: dutch.proportion(claim.number, claim.out_of),
    },
    Kind.JUDGEMENT: {"citaat": _quoted},
}

ALL_FORMS = frozenset(form for forms in FORMS.values() for form in forms)


def rendered(claim: Claim, form: str | None) -> str:
    """The claim in words. `None` is its default form. Raises FormError when the form does not fit."""
    if form is None:
        return claim.text
    render = FORMS[claim.kind].get(form)
    if render is None:
        fitting = dutch.listing(list(FORMS[claim.kind]))
        raise FormError(
            _("De vorm ‘{form}’ past niet bij ‘{label}’. Kies {fitting}, of laat de vorm weg.").format(
                form=form, label=claim.label, fitting=fitting
            )
        )
    return render(claim)


def is_singular(claim: Claim) -> bool:
    """Whether verb and noun beside it are singular. Raises FormError for what is not counted.

    Of a quantifier: "1 van de 14 teams heeft" and "de helft heeft", yet "alle teams hebben".
    """
    if claim.kind not in {Kind.COUNT, Kind.LIST, Kind.QUANTIFIER}:
        raise FormError(
            _("‘{}’ is geen aantal. Enkelvoud of meervoud kan alleen volgen uit een aantal.").format(
                claim.label
            )
        )
    return claim.number == 1 and claim.text != "alle" and not claim.is_small
