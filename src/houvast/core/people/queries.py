"""Who is present, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from houvast.core.orgs.base import as_of
from houvast.core.people.models import Absence, Deputy, Person


def is_present(person: Person, day: date) -> bool:
    """Whether the person is not known to be away on that day."""
    return not Absence.objects.filter(as_of(day), person=person).exists()


def stand_in(person: Person, day: date) -> Person | None:
    """The person, or when away the first present deputy; None when nobody of them is present."""
    if is_present(person, day):
        return person
    away = Absence.objects.filter(as_of(day)).values("person")
    found = (
        Deputy.objects.filter(as_of(day), person=person)
        .exclude(deputy__in=away)
        .select_related("deputy")
        .order_by("valid_from", "pk")
        .first()
    )
    return found.deputy if found else None


@dataclass(frozen=True)
class Presence:
    """Who is away on a day and who stands in for whom, for pages that ask it of many people at once."""

    away: frozenset[int]
    deputies: dict[int, tuple[Person, ...]]

    def stand_in(self, person: Person) -> Person | None:
        """As `stand_in`, without a query."""
        if person.pk not in self.away:
            return person
        present = (one for one in self.deputies.get(person.pk, ()) if one.pk not in self.away)
        return next(present, None)


def presence(day: date) -> Presence:
    """Everybody's presence on that day; two queries."""
    away = frozenset(Absence.objects.filter(as_of(day)).values_list("person", flat=True))
    deputies: dict[int, tuple[Person, ...]] = {}
    standing = Deputy.objects.filter(as_of(day)).select_related("deputy").order_by("valid_from", "pk")
    for row in standing:
        deputies[row.person_id] = (*deputies.get(row.person_id, ()), row.deputy)
    return Presence(away, deputies)
