"""What can be wrong with a question about a term. Each error says, in Dutch, what the asker has to change.

The sentence and what stands in it are kept apart, so that a screen can say the same in another language.
"""

from datetime import date, datetime

from houvast.law.dutch import enumeration, long_moment, short_day


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue of translations. This floor itself speaks Dutch."""
    return sentence


class LawError(ValueError):
    """A term cannot be calculated as asked. `str()` is one plain Dutch sentence, or two, for the official.

    sentence: the same with `{name}` for each of `values`: days, moments, lengths, words to choose from (a tuple).
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**{name: _dutch(value) for name, value in values.items()}))
        self.sentence, self.values = sentence, values


def _dutch(value: object) -> str:
    if isinstance(value, datetime):
        return long_moment(value)
    if isinstance(value, date):
        return short_day(value)
    return enumeration(value, "of") if isinstance(value, tuple) else str(value)


class UnknownTermError(LawError):
    """No term (termijn) is known under this key."""


class WrongStartError(LawError):
    """The start is no day or moment that exists, or a day stands where a moment is needed, or vice versa."""


class NonexistentHourError(WrongStartError):
    """The hour is skipped when summer time (zomertijd) begins."""


class OutsideValidityError(LawError):
    """The rule does not hold yet, or no longer, on the day the term starts."""


class ExtensionError(LawError):
    """The law does not allow this extension (verdaging) of the term."""


class VariantError(LawError):
    """The term has no such other length, for instance no advisory committee (adviescommissie)."""


class OutsideCalendarError(LawError):
    """A day lies outside the years that the table of holidays or the calendar covers."""
