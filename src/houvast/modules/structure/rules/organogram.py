"""The structure on one day, and what can be counted in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.modules.structure.rules.spans import Span, boundaries


@dataclass(frozen=True)
class Holder:
    """Somebody on a post: appointed, or acting for whom is not there (waarnemend)."""

    appointment_id: int
    person_id: int
    name: str
    since: date
    acting: bool = False
    decision: str = ""


@dataclass(frozen=True)
class PostLine:
    """A post (formatieplaats) as it is on the day."""

    post_id: int
    code: str
    unit_id: int
    function_id: int
    function: str
    kind: str
    since: date
    fte: Decimal | None = None
    holders: tuple[Holder, ...] = ()
    is_known: bool = True
    """Whether appointments were recorded on the day; else nothing can be said about who is missing."""

    @property
    def holder(self) -> Holder | None:
        """Who is appointed; an acting person is not."""
        return next((holder for holder in self.holders if not holder.acting), None)

    @property
    def acting(self) -> Holder | None:
        """Who acts, where somebody does."""
        return next((holder for holder in self.holders if holder.acting), None)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody is appointed, also when somebody acts."""
        return self.is_known and self.holder is None

    @property
    def leads(self) -> bool:
        """Whether it is the post of a team leader."""
        return self.kind == FunctionKind.TEAM_LEADER

    @property
    def directs(self) -> bool:
        """Whether it is the post of a member of the board (directielid)."""
        return self.kind == FunctionKind.DIRECTOR


@dataclass(frozen=True)
class Node:
    """A unit (organisatieonderdeel) as it is on the day, with its posts and the units under it."""

    unit_id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    since: date
    order: int = 0
    decision: str = ""
    posts: tuple[PostLine, ...] = ()
    children: tuple[Node, ...] = ()
    is_known: bool = True
    """As for a post."""

    @property
    def is_team(self) -> bool:
        """Whether the rule holds for it that it needs a team leader."""
        return self.kind == UnitKind.TEAM

    @property
    def leader(self) -> Holder | None:
        """Its appointed team leader."""
        return next((post.holder for post in self.posts if post.leads and post.holder), None)

    @property
    def acting_leader(self) -> Holder | None:
        """Who acts as its team leader."""
        return next((post.acting for post in self.posts if post.leads and post.acting), None)

    @property
    def lacks_leader(self) -> bool:
        """Whether it is a team and nobody is appointed as its leader."""
        return self.is_team and self.is_known and self.leader is None

    @property
    def heads(self) -> tuple[PostLine, ...]:
        """Its posts that lead: of the board, the department or the team."""
        return tuple(post for post in self.posts if post.kind != FunctionKind.STAFF)

    @property
    def vacancies(self) -> tuple[PostLine, ...]:
        """Its posts without an appointed person."""
        return tuple(post for post in self.posts if post.is_vacant)

    @property
    def leading_vacancies(self) -> tuple[PostLine, ...]:
        """Its posts of team leader without an appointed person: where a leader can be appointed."""
        return tuple(post for post in self.vacancies if post.leads)

    @property
    def span_of_control(self) -> int:
        """How many filled posts its leader leads: those in the unit besides the leading ones."""
        return sum(1 for post in self.posts if post.kind == FunctionKind.STAFF and post.holder)

    @property
    def fte(self) -> Decimal | None:
        """The fte of its posts together, or None where no post says."""
        known = [post.fte for post in self.posts if post.fte is not None]
        return sum(known, Decimal(0)) if known else None

    def walk(self) -> Iterator[Node]:
        """Itself and everything under it, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Organogram:
    """The structure on a day: the units at the top, with all the rest under them."""

    day: date
    tops: tuple[Node, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), compare=False)
    people_from: date | None = None
    """The first day on which anybody's appointment is recorded, where that lies after the day."""

    @property
    def is_empty(self) -> bool:
        """Whether there was no structure on that day."""
        return not self.nodes

    @property
    def teams(self) -> tuple[Node, ...]:
        """The teams, in the order of the chart."""
        return tuple(node for node in self.nodes if node.is_team)

    @property
    def teams_without_leader(self) -> tuple[Node, ...]:
        """The teams in which nobody is appointed as team leader."""
        return tuple(node for node in self.teams if node.lacks_leader)

    @property
    def posts(self) -> tuple[PostLine, ...]:
        """Every post, in the order of the chart."""
        return tuple(post for node in self.nodes for post in node.posts)

    @property
    def vacancies(self) -> tuple[PostLine, ...]:
        """Every post without an appointed person."""
        return tuple(post for post in self.posts if post.is_vacant)

    @property
    def people(self) -> dict[int, str]:
        """Everybody appointed to a post, each once however many posts they hold."""
        return {post.holder.person_id: post.holder.name for post in self.posts if post.holder}

    @property
    def directors(self) -> dict[int, str]:
        """Everybody appointed to a post of the board, each once."""
        return {
            post.holder.person_id: post.holder.name for post in self.posts if post.directs and post.holder
        }

    @property
    def fte(self) -> Decimal | None:
        """The fte of all posts together, or None where no post says."""
        known = [post.fte for post in self.posts if post.fte is not None]
        return sum(known, Decimal(0)) if known else None

    def directors_of(self, node: Node) -> int:
        """How many members of the board lead what hangs under a unit, where the unit is the board itself."""
        if node.kind != UnitKind.BOARD:
            return 0
        posts = (post for below in node.children for post in below.posts)
        return len({post.holder.person_id for post in posts if post.directs and post.holder})

    def name_of(self, unit_id: int | None) -> str:
        """The name of a unit on the day; empty when it is not there."""
        return next((node.name for node in self.nodes if node.unit_id == unit_id), "")


def build(
    day: date, units: Iterable[Node], posts: Iterable[PostLine], people_from: date | None = None
) -> Organogram:
    """Hang units under their parents, posts in their units; without a parent a unit stands at the top.

    people_from: the first day of the first appointment. Before it nobody is said to be missing.
    """
    silent = people_from is not None and day < people_from
    flat = {node.unit_id: replace(node, is_known=not silent) for node in units}
    seated: defaultdict[int, list[PostLine]] = defaultdict(list)
    for post in posts:
        seated[post.unit_id].append(replace(post, is_known=not silent))
    below: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in flat.values():
        below[node.parent_id if node.parent_id in flat else None].append(node)
    tops = tuple(_grow(node, below, seated, frozenset()) for node in _in_order(below[None]))
    nodes = tuple(node for top in tops for node in top.walk())
    return Organogram(day, tops, nodes, people_from if silent else None)


def _grow(
    node: Node,
    below: Mapping[int | None, Sequence[Node]],
    seated: Mapping[int, Sequence[PostLine]],
    above: frozenset[int],
) -> Node:
    path = above | {node.unit_id}
    children = [child for child in below.get(node.unit_id, ()) if child.unit_id not in path]
    return replace(
        node,
        posts=tuple(sorted(seated.get(node.unit_id, ()), key=_rank)),
        children=tuple(_grow(child, below, seated, path) for child in _in_order(children)),
    )


_RANKS = {kind: place for place, kind in enumerate(FunctionKind)}


def _rank(post: PostLine) -> tuple[int, str, str]:
    return _RANKS.get(FunctionKind(post.kind), len(_RANKS)), post.function.casefold(), post.code


def _in_order(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (node.order, node.name.casefold(), node.code))


def led_since(
    teams: Mapping[int, Sequence[Span]],
    leaders: Mapping[int, Sequence[Span]],
    day: date,
) -> date | None:
    """The first day from which on, up to and including `day`, every team had a team leader.

    teams, leaders: by unit, when it was a team and when somebody was appointed as its leader. None when a
    team lacks a leader on `day`, or when there is no team.
    """
    changes = boundaries([*_all(teams), *_all(leaders)], up_to=day)
    since = None
    for moment in (day, *reversed(changes)):
        if not _all_led(teams, leaders, moment):
            break
        since = moment
    return since


def _all(spans: Mapping[int, Sequence[Span]]) -> Iterator[Span]:
    return (span for held in spans.values() for span in held)


def _all_led(teams: Mapping[int, Sequence[Span]], leaders: Mapping[int, Sequence[Span]], day: date) -> bool:
    there = [unit for unit, spans in teams.items() if any(span.holds(day) for span in spans)]
    return bool(there) and all(any(span.holds(day) for span in leaders.get(unit, ())) for unit in there)


def month_of(day: date) -> Span:
    """The month in which a day lies."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=31)).replace(day=1))


def in_sentence(name: str) -> str:
    """A function's name as it stands in a running sentence: "teamleider", but "CISO" and "HR-adviseur"."""
    if len(name) > 1 and name[0].isupper() and not name[1].isupper():
        return name[0].lower() + name[1:]
    return name
