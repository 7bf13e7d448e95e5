"""What a statutory term (wettelijke termijn) is, as dated data, and what an answer about one holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from houvast.law.counting import Length, Step, Unit
from houvast.law.errors import ExtensionError, OutsideValidityError, VariantError, gettext_noop

_LONGEST_THAT_ROLLS = {Unit.DAYS: 90, Unit.WORKING_DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}


def atw_applies(length: int, unit: Unit) -> bool:
    """Whether the Algemene termijnenwet (Atw) counts for a term of this length.

    Atw art. 4 onder a: not for terms in hours, in more than 90 days, twelve weeks or three months, or in
    years.
    """
    return length <= _LONGEST_THAT_ROLLS.get(unit, 0)


@dataclass(frozen=True, slots=True)
class Variant:
    """Another length of the same term that holds under a condition, for instance an advisory committee."""

    name: str
    length: int
    source: str


@dataclass(frozen=True, slots=True)
class Extension:
    """How many weeks a term may be extended (verdaagd), and in Dutch the notice (mededeling) it takes."""

    max_weeks: int
    source: str
    notice: str

    def require(self, key: str, weeks: int) -> None:
        """Raise ExtensionError when the law does not allow so many weeks."""
        if 0 < weeks <= self.max_weeks:
            return
        raise ExtensionError(
            gettext_noop("{key} kan met ten hoogste {longest} worden verlengd ({source}); geef {allowed}."),
            key=key,
            longest=Length(self.max_weeks, Unit.WEEKS),
            source=self.source,
            allowed=tuple(str(number + 1) for number in range(self.max_weeks)),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """One statutory term as it stands in one version of the law.

    `valid_from` is the first day on which it holds for a term that starts then, `valid_until` the first on
    which it no longer does. `starts_with` is the Dutch noun phrase for the event that starts it. `variants`
    go by a key such as "advisory_committee".
    """

    key: str
    name: str
    source: str
    starts_with: str
    length: int
    unit: Unit
    valid_from: date
    valid_until: date | None = None
    extension: Extension | None = None
    variants: Mapping[str, Variant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be counted: no length, or other lengths or extensions than in weeks."""
        if self.length < 1:
            raise ValueError(f"{self.key}: a term is at least one unit long")
        if self.unit is not Unit.WEEKS and (self.extension or self.variants):
            raise ValueError(f"{self.key}: only a term in weeks has variants or an extension")

    @property
    def rolls(self) -> bool:
        """Whether the Atw moves the end of this term, without variant or extension, to a working day."""
        return atw_applies(self.length, self.unit)

    def in_force_on(self, day: date) -> bool:
        """Whether this version holds for a term that starts on this day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def require_in_force(self, day: date) -> None:
        """Raise OutsideValidityError when this version does not hold for a term that starts on this day."""
        if self.in_force_on(day):
            return
        if self.valid_until is None:
            raise OutsideValidityError(
                gettext_noop(
                    "De termijn van {source} geldt vanaf {first}; kies een begin in die tijd in plaats van {day}."
                ),
                source=self.source,
                first=self.valid_from,
                day=day,
            )
        raise OutsideValidityError(
            gettext_noop(
                "De termijn van {source} geldt vanaf {first} tot {until}; kies een begin in die tijd in plaats van "
                "{day}."
            ),
            source=self.source,
            first=self.valid_from,
            until=self.valid_until,
            day=day,
        )

    def length_for(self, variant: str | None) -> Variant:
        """The length that holds, as a Variant; without a key the term's own. Raises VariantError."""
        if variant is None:
            return Variant(name=self.name, length=self.length, source=self.source)
        if variant in self.variants:
            return self.variants[variant]
        if self.variants:
            raise VariantError(
                gettext_noop("De termijn van {source} kent als andere duur alleen {variants}."),
                source=self.source,
                variants=tuple(self.variants),
            )
        raise VariantError(
            gettext_noop("De termijn van {source} duurt altijd {length}; laat de adviescommissie weg."),
            source=self.source,
            length=Length(self.length, self.unit),
        )

    def require_extension(self, weeks: int) -> None:
        """Raise ExtensionError when the term cannot be extended by so many weeks; 0 is no extension."""
        if weeks and self.extension is None:
            raise ExtensionError(
                gettext_noop("{key} ({source}) kan niet worden verlengd; laat de verlenging weg."),
                key=self.key,
                source=self.source,
            )
        if weeks and self.extension:
            self.extension.require(self.key, weeks)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a term and why. Exactly one of `last_day` and `last_moment` is set.

    `last_day` is the last day on which the duty is still done in time; `nominal_end` is where the count ends
    before the Atw moves it. Moments carry their Amsterdam offset.
    """

    key: str
    source: str
    start: date | datetime
    nominal_end: date | datetime
    because: tuple[Step, ...]
    warnings: tuple[str, ...] = ()
    last_day: date | None = None
    last_moment: datetime | None = None

    @property
    def end(self) -> date | datetime:
        """The last day or last moment, whichever the term has."""
        return self.last_moment or self.last_day or self.nominal_end

    def as_json(self) -> dict[str, object]:
        """The deadline in types that JSON has, days and moments in ISO 8601."""
        return {
            "key": self.key,
            "source": self.source,
            "start": self.start.isoformat(),
            "nominal_end": self.nominal_end.isoformat(),
            "last_day" if self.last_day else "last_moment": self.end.isoformat(),
            "warnings": list(self.warnings),
            "because": [
                {"day": step.day.isoformat(), "step": step.step, "source": step.source}
                for step in self.because
            ],
        }
