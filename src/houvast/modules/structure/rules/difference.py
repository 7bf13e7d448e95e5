"""What differs between the structure on two days, told in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.modules.structure.rules.organogram import Node, Organogram, PostLine
from houvast.modules.structure.rules.spans import told_day

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Words = str | Promise
"""A text that is translated when it is shown."""


@dataclass(frozen=True)
class Change:
    """One thing that differs. `subject` is "unit", "function", "post" or "appointment"; `text` is one line."""

    subject: str
    key: tuple[int, ...]
    text: str
    group: Words
    day: date | None = None


@dataclass(frozen=True)
class Difference:
    """What came, what went, what changed and how much stayed, from one day to another."""

    earlier: date
    later: date
    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    same_units: int = 0
    same_posts: int = 0
    same_appointments: int = 0
    people_joined: tuple[str, ...] = ()
    people_left: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed)

    @property
    def same(self) -> int:
        """How many units, posts and appointments stayed as they were."""
        return self.same_units + self.same_posts + self.same_appointments

    @property
    def new_units(self) -> frozenset[int]:
        """The units that were not there on the earlier day, to mark in the chart."""
        return frozenset(change.key[0] for change in self.added if change.subject == "unit")

    def told(self, kind: str) -> list[Group]:
        """The changes of a kind ("added", "removed", "changed"), those alike taken together."""
        groups: defaultdict[Words, list[Change]] = defaultdict(list)
        for change in getattr(self, kind):
            groups[change.group].append(change)
        return [Group(label, tuple(changes)) for label, changes in groups.items()]


SHORT = 3
"""Up to so many alike are told at once; more are folded away under their number."""


@dataclass(frozen=True)
class Group:
    """Changes of one sort: teams, posts, appointments of team leaders."""

    label: Words
    changes: tuple[Change, ...]

    @property
    def is_short(self) -> bool:
        """Whether they can be told at once."""
        return len(self.changes) <= SHORT

    @property
    def when(self) -> str:
        """The days on which they began, where they have one: "van 12 april 2021 tot en met 26 april 2021"."""
        days = sorted(change.day for change in self.changes if change.day is not None)
        if not days:
            return ""
        first, last = told_day(days[0]), told_day(days[-1])
        if first == last:
            return _("vanaf {day}").format(day=first)
        return _("van {first} tot en met {last}").format(first=first, last=last)


def difference(earlier: Organogram, later: Organogram) -> Difference:
    """Compare the structure on two days. Units and posts are the same by identity, not by name."""
    units = _split(_units(earlier), _units(later))
    posts = _split(_posts(earlier), _posts(later))
    held = _split(_held(earlier), _held(later))
    unit_changes = [_unit_change(old, new, later) for old, new in units.both]
    post_changes = [_post_change(old, new, earlier, later) for old, new in posts.both]
    before, after = earlier.people, later.people
    return Difference(
        earlier=earlier.day,
        later=later.day,
        added=(
            *(Change("unit", (u.unit_id,), u.name, _UNITS[u.kind]) for u in units.new),
            *_grouped_posts(posts.new, later),
            *(_appointment_change(post, key, later) for key, post in held.new_items),
        ),
        removed=(
            *(Change("unit", (u.unit_id,), u.name, _UNITS[u.kind]) for u in units.gone),
            *_grouped_posts(posts.gone, earlier),
            *(_appointment_change(post, key, earlier) for key, post in held.gone_items),
        ),
        changed=tuple(change for change in (*unit_changes, *post_changes) if change),
        same_units=sum(1 for change in unit_changes if change is None),
        same_posts=sum(1 for change in post_changes if change is None),
        same_appointments=len(held.both),
        people_joined=tuple(sorted((after[pk] for pk in after.keys() - before.keys()), key=str.casefold)),
        people_left=tuple(sorted((before[pk] for pk in before.keys() - after.keys()), key=str.casefold)),
    )


def with_functions(found: Difference, earlier: Mapping[int, str], later: Mapping[int, str]) -> Difference:
    """The same difference with the functions of the register that came, went or got another name."""
    functions = _split(earlier, later)
    renamed = tuple(
        Change("function", (), _("{old} heet nu {name}").format(old=old, name=new), CHANGED)
        for old, new in functions.both
        if old != new
    )
    return replace(
        found,
        added=(*_functions(functions.new_items), *found.added),
        removed=(*_functions(functions.gone_items), *found.removed),
        changed=(*renamed, *found.changed),
    )


def _functions(named: Iterable[tuple[int, str]]) -> Iterator[Change]:
    for key, name in sorted(named, key=lambda pair: (pair[1].casefold(), pair[0])):
        yield Change("function", (key,), name, _FUNCTIONS)


_FUNCTIONS = gettext_lazy("Functies")
CHANGED = gettext_lazy("Anders dan eerst")
_UNITS: dict[str, Words] = {
    UnitKind.TEAM: gettext_lazy("Teams"),
    UnitKind.DEPARTMENT: gettext_lazy("Afdelingen"),
    UnitKind.BOARD: gettext_lazy("Directie"),
    UnitKind.STAFF: gettext_lazy("Stafbureaus"),
}


@dataclass(frozen=True)
class _Split(Generic[K, V]):
    new_items: tuple[tuple[K, V], ...]
    gone_items: tuple[tuple[K, V], ...]
    both: tuple[tuple[V, V], ...]

    @property
    def new(self) -> tuple[V, ...]:
        return tuple(value for _key, value in self.new_items)

    @property
    def gone(self) -> tuple[V, ...]:
        return tuple(value for _key, value in self.gone_items)


def _split(earlier: Mapping[K, V], later: Mapping[K, V]) -> _Split[K, V]:
    return _Split(
        tuple((key, value) for key, value in later.items() if key not in earlier),
        tuple((key, value) for key, value in earlier.items() if key not in later),
        tuple((value, later[key]) for key, value in earlier.items() if key in later),
    )


def _units(organogram: Organogram) -> dict[int, Node]:
    return {node.unit_id: node for node in organogram.nodes}


def _posts(organogram: Organogram) -> dict[int, PostLine]:
    return {post.post_id: post for post in organogram.posts}


Held = tuple[int, int, bool]
"""A post, a person on it, and whether that person acts."""


def _held(organogram: Organogram) -> dict[Held, PostLine]:
    return {
        (post.post_id, holder.person_id, holder.acting): post
        for post in organogram.posts
        for holder in post.holders
    }


def _unit_change(old: Node, new: Node, later: Organogram) -> Change | None:
    told = []
    if old.name != new.name:
        told.append(_("heet nu {name}").format(name=new.name))
    if old.kind != new.kind:
        told.append(_("is nu {what}").format(what=str(UnitKind(new.kind).label).lower()))
    if old.parent_id != new.parent_id:
        above = later.name_of(new.parent_id)
        told.append(_("valt nu onder {name}").format(name=above) if above else _("staat nu bovenaan"))
    return Change("unit", (old.unit_id,), f"{old.name} {_and(told)}", CHANGED) if told else None


def _post_change(old: PostLine, new: PostLine, earlier: Organogram, later: Organogram) -> Change | None:
    told = []
    if old.function_id != new.function_id:
        told.append(_("is nu {what}").format(what=new.function))
    if old.unit_id != new.unit_id:
        told.append(_("hoort nu bij {name}").format(name=later.name_of(new.unit_id)))
    if old.fte != new.fte:
        told.append(_("is nu {what}").format(what=_fte(new)))
    where = earlier.name_of(old.unit_id)
    return Change("post", (old.post_id,), f"{old.function} ({where}) {_and(told)}", CHANGED) if told else None


def _fte(post: PostLine) -> str:
    if post.fte is None:
        return _("zonder vastgelegde fte")
    return _("{number} fte").format(number=number_format(post.fte, decimal_pos=2))


def _and(parts: Iterable[str]) -> str:
    return _(" en ").join(parts)


def _grouped_posts(posts: Iterable[PostLine], organogram: Organogram) -> Iterator[Change]:
    for post in posts:
        yield Change(
            "post",
            (post.post_id,),
            f"{post.function} ({organogram.name_of(post.unit_id)})",
            _("Formatieplaatsen"),
        )


_APPOINTMENTS: dict[str, Words] = {
    FunctionKind.DIRECTOR: gettext_lazy("Benoemingen van directieleden"),
    FunctionKind.DEPARTMENT_HEAD: gettext_lazy("Benoemingen van afdelingshoofden"),
    FunctionKind.TEAM_LEADER: gettext_lazy("Benoemingen van teamleiders"),
    FunctionKind.STAFF: gettext_lazy("Benoemingen van medewerkers"),
}


def _appointment_change(post: PostLine, key: Held, organogram: Organogram) -> Change:
    _post, person, acting = key
    holder = next(h for h in post.holders if (h.person_id, h.acting) == (person, acting))
    where = organogram.name_of(post.unit_id)
    since = _("sinds {day}").format(day=told_day(holder.since))
    text = f"{holder.name}, {where}, {since}"
    group = _("Waarnemingen") if acting else _APPOINTMENTS[FunctionKind(post.kind)]
    return Change("appointment", (post.post_id, person), text, group, holder.since)
