"""What happened to the structure on a day, in a few words beside the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.orgs.rules import FunctionKind
from houvast.modules.structure.rules.spans import told_day

MOST = 2
"""So many things are told of a day; that there was more is said."""


@dataclass(frozen=True)
class Began:
    """An appointment that began or ended: whose, on a function of which kind, and whether the person acts."""

    person: int
    kind: str
    acting: bool = False


@dataclass(frozen=True)
class Happening:
    """What began and ended on a day. Units and posts are keys: one in both sets is otherwise from that day on."""

    versions: tuple[str, ...] = ()
    units_from: frozenset[int] = frozenset()
    units_until: frozenset[int] = frozenset()
    posts_from: frozenset[int] = frozenset()
    posts_until: frozenset[int] = frozenset()
    began: tuple[Began, ...] = ()
    ended: tuple[Began, ...] = ()

    def _appointed(self, *kinds: str) -> int:
        return len({one.person for one in self.began if one.kind in kinds and not one.acting})

    def _left(self, *kinds: str) -> int:
        """Who ended a post of the kind and began on none that day."""
        stay = {one.person for one in self.began}
        return len({one.person for one in self.ended if one.kind in kinds} - stay)

    def parts(self) -> Iterator[str]:
        """Each thing that happened, what tells most first."""
        yield from (_("{name} gaat in").format(name=name) for name in self.versions)
        new, gone = self.units_from - self.units_until, self.units_until - self.units_from
        leaders = (FunctionKind.TEAM_LEADER.value,)
        directors = (FunctionKind.DIRECTOR.value,)
        others = tuple(set(FunctionKind.values) - {*leaders, *directors})
        acting = len({one.person for one in self.began if one.acting})
        counted = (
            (self._appointed(*leaders), _leaders_appointed),
            (self._appointed(*directors), _directors_appointed),
            (len(new), _units_new),
            (len(gone), _units_gone),
            (len(self.units_from & self.units_until), _units_changed),
            (self._left(*leaders), _leaders_left),
            (self._left(*directors), _directors_left),
            (self._appointed(*others), _staff_appointed),
            (acting, _acting),
            (self._left(*others), _staff_left),
            (len(self.posts_from - self.posts_until), _posts_new),
            (len(self.posts_until - self.posts_from), _posts_gone),
            (len(self.posts_from & self.posts_until), _posts_changed),
        )
        yield from (words(number).format(number=number) for number, words in counted if number)


def happened(day: date, happening: Happening) -> str:
    """The day, and what happened on it: "12 april 2021: 4 teamleiders benoemd"."""
    told, parts = told_day(day), list(happening.parts())
    if not parts:
        return told
    first = ", ".join(parts[:MOST])
    return (
        f"{told}: {first}"
        if len(parts) <= MOST
        else _("{told}: {first} en meer").format(told=told, first=first)
    )


def _leaders_appointed(number: int) -> str:
    return ngettext("{number} teamleider benoemd", "{number} teamleiders benoemd", number)


def _directors_appointed(number: int) -> str:
    return ngettext("{number} directielid benoemd", "{number} directieleden benoemd", number)


def _staff_appointed(number: int) -> str:
    return ngettext("{number} medewerker benoemd", "{number} medewerkers benoemd", number)


def _acting(number: int) -> str:
    return ngettext("{number} waarneming begonnen", "{number} waarnemingen begonnen", number)


def _leaders_left(number: int) -> str:
    return ngettext("{number} teamleider vertrokken", "{number} teamleiders vertrokken", number)


def _directors_left(number: int) -> str:
    return ngettext("{number} directielid vertrokken", "{number} directieleden vertrokken", number)


def _staff_left(number: int) -> str:
    return ngettext("{number} medewerker vertrokken", "{number} medewerkers vertrokken", number)


def _units_new(number: int) -> str:
    return ngettext("{number} onderdeel erbij", "{number} onderdelen erbij", number)


def _units_gone(number: int) -> str:
    return ngettext("{number} onderdeel weg", "{number} onderdelen weg", number)


def _units_changed(number: int) -> str:
    return ngettext("{number} onderdeel gewijzigd", "{number} onderdelen gewijzigd", number)


def _posts_new(number: int) -> str:
    return ngettext("{number} formatieplaats erbij", "{number} formatieplaatsen erbij", number)


def _posts_gone(number: int) -> str:
    return ngettext("{number} formatieplaats weg", "{number} formatieplaatsen weg", number)


def _posts_changed(number: int) -> str:
    return ngettext("{number} formatieplaats gewijzigd", "{number} formatieplaatsen gewijzigd", number)
