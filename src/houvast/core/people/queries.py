"""Who is present, and who stands in."""

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
