"""What every structure must satisfy on every day. Each check yields the faults it finds, as sentences.

An action refuses on the first (`refuse`); the import of a workbook shows them all, each at its cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypeVar

from django.utils.translation import gettext as _

from houvast.core.orgs.rules import FunctionKind
from houvast.core.workbooks.rules.faults import Fault
from houvast.modules.structure.rules.spans import NotPossible, Span, boundaries, covered, told_day

Key = Hashable
"""What identifies a unit, function, post or person: a database key, or the code in a workbook."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something during a period. `place` is the cell it was read from, where it was."""

    name: str
    span: Span
    place: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class UnitSpan(Held):
    """A unit during a period."""

    unit: Key
    parent: Key | None = None
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class FunctionSpan(Held):
    """A function during a period."""

    function: Key
    kind: str


@dataclass(frozen=True, kw_only=True)
class PostSpan(Held):
    """A post during a period: its function and its unit."""

    post: Key
    function: Key
    unit: Key


@dataclass(frozen=True, kw_only=True)
class AppointmentSpan(Held):
    """An appointment of a person to a post; `regular` is False for who acts."""

    post: Key
    person: Key
    regular: bool = True


def refuse(faults: Iterable[Fault]) -> None:
    """Raise NotPossible with the first fault, if there is one."""
    for fault in faults:
        raise NotPossible(fault.text)


R = TypeVar("R")
H = TypeVar("H", bound=Held)
K = TypeVar("K", bound=Hashable)


def grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """The rows by key, in their order."""
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _overlapping(rows: Iterable[H]) -> Iterator[tuple[H, date]]:
    """Where two rows share a day: the one to change (of the workbook, else the later), and that day."""
    ordered = sorted(rows, key=lambda row: row.span.start)
    for before, after in pairwise(ordered):
        if before.span.overlaps(after.span):
            yield (before if before.place and not after.place else after), after.span.start


def _apart(rows: Iterable[H], what: Callable[[H], str]) -> Iterator[Fault]:
    for row, day in _overlapping(rows):
        yield Fault(
            _(
                "{what} heeft al een periode die op {day} geldt. "
                "Laat de ene periode eindigen op de dag waarop de andere begint."
            ).format(what=what(row), day=told_day(day)),
            row.place,
        )


def _unit(row: Held) -> str:
    return _("Onderdeel {name}").format(name=row.name)


def _function(row: Held) -> str:
    return _("Functie {name}").format(name=row.name)


def _post(row: Held) -> str:
    return _("Formatieplaats {name}").format(name=row.name)


def _there(row: Held, whole: Sequence[Held]) -> bool:
    return covered(row.span, (other.span for other in whole))


def check_units(units: Sequence[UnitSpan]) -> Iterator[Fault]:
    """One period at a time, a parent that exists all the while, and no unit under itself."""
    by_unit = grouped(units, lambda row: row.unit)
    for rows in by_unit.values():
        yield from _apart(rows, _unit)
    for row in units:
        if row.parent is not None:
            yield from _check_parent(row, by_unit.get(row.parent, ()))
    yield from _check_no_cycle(units)


def _check_parent(row: UnitSpan, above: Sequence[UnitSpan]) -> Iterator[Fault]:
    if row.parent == row.unit:
        yield Fault(
            _("{name} kan niet onder zichzelf vallen. Kies een ander onderdeel.").format(name=row.name),
            row.place,
        )
    elif not _there(row, above):
        yield Fault(
            _(
                "Onderdeel {above} bestaat niet gedurende de hele periode waarin {name} eronder valt "
                "(vanaf {day}). Hang {name} eerst elders onder, of pas de data aan."
            ).format(
                above=above[0].name if above else _("erboven"),
                name=row.name,
                day=told_day(row.span.start),
            ),
            row.place,
        )


def _check_no_cycle(units: Sequence[UnitSpan]) -> Iterator[Fault]:
    told: set[Key] = set()
    for day in boundaries([row.span for row in units]):
        held = {row.unit: row for row in units if row.span.holds(day)}
        for row in _in_cycles({unit: row.parent for unit, row in held.items()}):
            if row not in told and held[row].parent != row:
                told.add(row)
                yield Fault(
                    _(
                        "{name} zou op {day} onder zichzelf vallen. "
                        "Kies een onderdeel dat zelf niet onder {name} valt."
                    ).format(name=held[row].name, day=told_day(day)),
                    held[row].place,
                )


def _in_cycles(parents: Mapping[Key, Key | None]) -> Iterator[Key]:
    safe: set[Key] = set()
    for start in parents:
        path: list[Key] = []
        at: Key | None = start
        while at is not None and at in parents and at not in safe:
            if at in path:
                yield at
                break
            path.append(at)
            at = parents[at]
        safe.update(path)


def check_functions(functions: Sequence[FunctionSpan]) -> Iterator[Fault]:
    """One period at a time for each function."""
    for rows in grouped(functions, lambda row: row.function).values():
        yield from _apart(rows, _function)


def check_posts(
    posts: Sequence[PostSpan],
    units: Sequence[UnitSpan],
    functions: Sequence[FunctionSpan],
) -> Iterator[Fault]:
    """One period at a time, in a unit and with a function that exist all the while."""
    by_unit = grouped(units, lambda row: row.unit)
    by_function = grouped(functions, lambda row: row.function)
    for rows in grouped(posts, lambda row: row.post).values():
        yield from _apart(rows, _post)
    for row in posts:
        yield from _check_whole(row, by_unit.get(row.unit, ()), _unit, _("Onderdeel (onbekend)"))
        yield from _check_whole(row, by_function.get(row.function, ()), _function, _("Functie (onbekend)"))


def _check_whole(
    row: PostSpan, whole: Sequence[Held], what: Callable[[Held], str], unknown: str
) -> Iterator[Fault]:
    if not _there(row, whole):
        yield Fault(
            _(
                "{what} bestaat niet gedurende de hele periode van formatieplaats {name} ({period}). "
                "Beëindig of verplaats die formatieplaats eerst, of pas de data aan."
            ).format(what=what(whole[0]) if whole else unknown, name=row.name, period=_told(row.span)),
            row.place,
        )


def _told(span: Span) -> str:
    if span.until is None:
        return _("vanaf {day}").format(day=told_day(span.start))
    return _("vanaf {day} tot {until}").format(day=told_day(span.start), until=told_day(span.until))


def check_appointments(appointments: Sequence[AppointmentSpan], posts: Sequence[PostSpan]) -> Iterator[Fault]:
    """An appointment lies within its post, and a post has one appointed and one acting person at a time."""
    by_post = grouped(posts, lambda row: row.post)
    for row in appointments:
        post = by_post.get(row.post, ())
        if not _there(row, post):
            yield Fault(
                _(
                    "Formatieplaats {post} bestaat niet gedurende de hele benoeming van {name} "
                    "(vanaf {day}). Pas de data van de benoeming aan, of beëindig die eerst."
                ).format(
                    post=post[0].name if post else _("(onbekend)"),
                    name=row.name,
                    day=told_day(row.span.start),
                ),
                row.place,
            )
    for rows in grouped(appointments, lambda row: (row.post, row.regular)).values():
        for row, day in _overlapping(rows):
            taken = (
                _("Op deze formatieplaats is al iemand benoemd op {day}.")
                if row.regular
                else _("Op deze formatieplaats neemt al iemand waar op {day}.")
            ).format(day=told_day(day))
            way = _("Beëindig eerst die benoeming, of kies een latere begindatum.")
            yield Fault(f"{taken} {way}", row.place)


@dataclass(frozen=True, kw_only=True)
class LeaderSpan(Held):
    """Somebody appointed (not acting) as team leader of a unit during a period."""

    unit: Key


def leader_spans(
    appointments: Iterable[AppointmentSpan],
    posts: Sequence[PostSpan],
    functions: Sequence[FunctionSpan],
) -> Iterator[LeaderSpan]:
    """When which unit has a team leader: appointment, post and function taken together."""
    by_post = grouped(posts, lambda row: row.post)
    leading = grouped(
        (row for row in functions if row.kind == FunctionKind.TEAM_LEADER), lambda row: row.function
    )
    for row in appointments:
        for post in by_post.get(row.post, ()) if row.regular else ():
            both = row.span.common(post.span)
            for function in leading.get(post.function, ()):
                span = both.common(function.span) if both else None
                if span is not None:
                    yield LeaderSpan(unit=post.unit, name=row.name, span=span, place=row.place)


def check_leaders(leaders: Iterable[LeaderSpan], units: Sequence[UnitSpan]) -> Iterator[Fault]:
    """A unit has at most one team leader on a day."""
    names = {row.unit: row.name for row in units}
    for unit, rows in grouped(leaders, lambda row: row.unit).items():
        for row, day in _overlapping(rows):
            yield Fault(
                _(
                    "{team} heeft op {day} al een teamleider. "
                    "Beëindig eerst die benoeming, of leg een waarneming vast."
                ).format(team=names.get(unit, _("Dit team")), day=told_day(day)),
                row.place,
            )


@dataclass(frozen=True)
class Periods:
    """Everything that is believed of a structure, through all time."""

    units: Sequence[UnitSpan] = ()
    functions: Sequence[FunctionSpan] = ()
    posts: Sequence[PostSpan] = ()
    appointments: Sequence[AppointmentSpan] = ()


def check_all(periods: Periods) -> Iterator[Fault]:
    """Every check over the whole structure."""
    yield from check_units(periods.units)
    yield from check_functions(periods.functions)
    yield from check_posts(periods.posts, periods.units, periods.functions)
    yield from check_appointments(periods.appointments, periods.posts)
    leaders = leader_spans(periods.appointments, periods.posts, periods.functions)
    yield from check_leaders(leaders, periods.units)
