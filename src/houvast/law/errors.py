"""What can be wrong with a question about a term. Each error says, in Dutch, what the asker has to change."""


class LawError(ValueError):
    """A term cannot be calculated as asked. `str()` is one plain Dutch sentence, or two, for the official."""


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
