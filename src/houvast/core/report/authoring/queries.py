"""Reading a round: where each section stands as the chapter reads now, who has it, and who may do what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.models import RoleAssignment
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.orgs.base import as_of
from houvast.core.orgs.models import PostPeriod
from houvast.core.orgs.rules import FunctionKind
from houvast.core.people.models import Appointment, Person
from houvast.core.people.queries import Presence, presence
from houvast.core.report.adoption.models import Edition
from houvast.core.report.authoring.content import (
    Content,
    Difference,
    Snapshot,
    claims_stand,
    content,
    difference,
)
from houvast.core.report.authoring.rules import (
    HOLDERS,
    Act,
    Part,
    Sign,
    Stage,
    Turn,
    acts,
    pen,
    turn,
    what_follows,
)
from houvast.core.report.chapter import Chapter, FilledSection
from houvast.core.report.models import Agreement, Comment, Contribution, Round
from houvast.core.report.outline import Section, walk
from houvast.core.report.permissions import CONTRIBUTE, COORDINATE, EDIT
from houvast.core.report.queries import outline_of
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR

SECTION_OF = {slot: section.key for _depth, section in walk() for slot in section.slots}


def askable(year: int) -> tuple[Section, ...]:
    """What can be asked for: the sections of the year's chapter that have text of their own."""
    return tuple(section for _depth, section in walk(outline_of(year)) if section.slots)


def open_rounds() -> Any:
    """The rounds that were not stopped."""
    return Round.objects.filter(stopped_on=None, year__gte=FIRST_YEAR, year__lte=LAST_YEAR).select_related(
        "controller", "editor", "board"
    )


def open_round(year: int) -> Round | None:
    """The round of that year, if one is open."""
    found: Round | None = open_rounds().filter(year=year).first()
    return found


def contributions_of(rounds: Collection[int]) -> Any:
    """The contributions of these rounds, by their numbers, with everybody they name."""
    return Contribution.objects.filter(round__in=rounds).select_related(
        "author", "deputy", "approver", "submitted_by"
    )


def contribution_with(slot: str, year: int) -> Contribution | None:
    """Whose turn decides who writes a slot, locked for whoever is about to write; None where no round asks for it."""
    found: Contribution | None = _with(slot, year).select_for_update(of=("self",)).first()
    return found


def _with(slot: str, year: int) -> Any:
    rows = Contribution.objects.select_related(
        *("round", "round__controller", "round__editor", "round__board"),
        *("author", "deputy", "approver"),
    )
    return rows.filter(round__year=year, round__stopped_on=None, section=SECTION_OF.get(slot, ""))


def players(contribution: Contribution, round_: Round, part: Part, here: Presence) -> tuple[Person, ...]:
    """Who plays a part in a section: who is named, and while that person is away who stands in; four eyes kept."""
    named = {
        Part.AUTHOR: contribution.author,
        Part.APPROVER: contribution.approver,
        Part.CONTROLLER: round_.controller,
        Part.EDITOR: round_.editor,
        Part.BOARD: round_.board,
    }[part]
    instead = here.stand_in(named)
    kept_out: set[int | None] = set()
    if part is Part.AUTHOR:
        kept_out = {contribution.approver_id, round_.controller_id}
    elif part in {Part.APPROVER, Part.CONTROLLER}:
        kept_out = writers(contribution)
    people = [named]
    people += [one for one in (instead,) if one is not None and one.pk not in kept_out]
    if part is Part.AUTHOR and contribution.deputy is not None:
        people.insert(1, contribution.deputy)
    return tuple({one.pk: one for one in people}.values())


def writers(contribution: Contribution) -> set[int | None]:
    """Who wrote the section or handed it on, by number: none of them agrees with it."""
    return {contribution.author_id, contribution.deputy_id, contribution.submitted_by_id}


@dataclass(frozen=True)
class Entry:
    """A contribution without the chapter around it: who has it by its stored step."""

    contribution: Contribution
    round: Round
    presence: Presence

    @property
    def stage(self) -> Stage:
        return Stage(self.contribution.stage)

    def who(self, part: Part) -> tuple[Person, ...]:
        """Who plays that part."""
        return players(self.contribution, self.round, part, self.presence)

    def first(self, part: Part) -> Person:
        """To whom one turns: who is named, else the first who is there."""
        people = self.who(part)
        return next((one for one in people if one.pk not in self.presence.away), people[0])

    def plays(self, actor: Actor, part: Part) -> bool:
        """Whether the actor plays that part here."""
        return actor.person_id in {one.pk for one in self.who(part)} and actor.may_write(CONTRIBUTE)

    def parts(self, actor: Actor) -> tuple[Part, ...]:
        """The parts that the actor plays here."""
        return tuple(part for part in Part if self.plays(actor, part))

    def may_write_text(self, actor: Actor) -> bool:
        """Whether the actor may write the prose of the section now."""
        part = pen(self.stage)
        return part is not None and self.plays(actor, part)

    @property
    def has_it(self) -> str:
        """Who has the section now by its stored step, in a sentence for who may not write it."""
        now = self.stage
        return _("Dit onderdeel ligt nu bij %(who)s (%(stage)s).") % {
            "who": self.first(HOLDERS[now]).name,
            "stage": now.label,
        }


def entry_with(slot: str, year: int, today: date) -> Entry | None:
    """The contribution that a slot belongs to, by its stored step; None where no round asks for it."""
    row: Contribution | None = _with(slot, year).first()
    return None if row is None else Entry(row, row.round, presence(today))


@dataclass(frozen=True)
class Place(Entry):
    """A contribution as the chapter reads now."""

    section: FilledSection
    content: Content
    signed: Mapping[Sign, Agreement]
    comments: tuple[Comment, ...]

    @cached_property
    def differences(self) -> Mapping[Sign, Difference]:
        """For everything that was signed and not taken back: how the section differs from it now."""
        return {
            sign: difference(Snapshot.from_json(agreement.snapshot), self.content.snapshot)
            for sign, agreement in self.signed.items()
        }

    @cached_property
    def stands(self) -> frozenset[Sign]:
        """What was signed and says what the section says now. A control is about the claims alone."""
        return frozenset(
            sign
            for sign, agreement in self.signed.items()
            if not self.differences[sign]
            or (
                sign in {Sign.CONTROLLED, Sign.EDITED}
                and claims_stand(Snapshot.from_json(agreement.snapshot), self.content.snapshot)
            )
        )

    @cached_property
    def turn(self) -> Turn:
        return turn(self.stage, stands=self.stands)

    @property
    def difference(self) -> Difference | None:
        """How it differs from the last agreement, where there was one."""
        for sign in (Sign.BOARD, Sign.AGREED) if self.turn.part is Part.BOARD else (Sign.AGREED,):
            if sign in self.differences:
                return self.differences[sign]
        return None

    @property
    def to_look_at(self) -> Difference:
        """What the one who has to look again has to look at."""
        sign = Sign.CONTROLLED if self.turn.part is Part.CONTROLLER else Sign.AGREED
        return self.differences.get(sign, Difference())

    def acts(self, actor: Actor) -> tuple[tuple[Part, Act], ...]:
        """What the actor may do with it, with the part in which; each act once."""
        found = {act: part for part in self.parts(actor) for act in acts(self.stage, self.turn, part)}
        return tuple((part, act) for act, part in found.items())

    @property
    def is_ready(self) -> bool:
        """Whether it is through: it waits for the board, or for nothing."""
        return self.stage == Stage.READY and not self.turn.again

    @property
    def is_agreed(self) -> bool:
        """Whether the agreement that was given stands."""
        return Sign.AGREED in self.stands

    @property
    def open_comments(self) -> int:
        return sum(comment.settled_at is None for comment in self.comments)

    @property
    def returned(self) -> Comment | None:
        """Why it came back, while that is not settled."""
        reasons = [one for one in self.comments if one.returned and one.settled_at is None]
        return (
            reasons[-1] if reasons and self.stage in {Stage.DRAFT, Stage.AGREEMENT, Stage.CONTROL} else None
        )

    @property
    def due_on(self) -> date:
        """The last day of the step that it is at: the contribution's own, and after that the board's."""
        early = self.stage in {Stage.REQUESTED, Stage.DRAFT}
        return self.contribution.due_on if early else self.round.board_on

    @property
    def label(self) -> str:
        """What its step is called: that of now, or that it is to be looked at again."""
        if self.turn.again:
            return _("Opnieuw te bekijken")
        if self.turn.part is None:
            return _("Akkoord directie")
        return str(self.turn.stage.label)

    @property
    def tone(self) -> str:
        """Its colour, which only repeats the label."""
        if self.turn.again:
            return "let-op"
        return "goed" if self.is_ready else "info" if self.stage != Stage.REQUESTED else "rust"

    @property
    def sentence(self) -> str:
        """Who has it now, and who after that."""
        now = self.turn
        if now.part is None:
            return _("De directie is akkoord; dit onderdeel is gereed voor het college.")
        given = {"who": self._named(now.part), "part": Part(now.part).label}
        if now.again:
            return _("Nu bij: %(who)s (%(part)s), om opnieuw te bekijken.") % given
        following = Part.APPROVER if self.goes_back_for_agreement else what_follows(now)
        if following is None:
            return _("Nu bij: %(who)s (%(part)s); daarna: het college.") % given
        given |= {"next": self._named(following), "next_part": Part(following).label}
        return _("Nu bij: %(who)s (%(part)s); daarna: %(next)s (%(next_part)s).") % given

    @property
    def goes_back_for_agreement(self) -> bool:
        """Whether it is in the editing and no longer says what was agreed on."""
        return self.turn.part is Part.EDITOR and not self.is_agreed

    @property
    def with_whom(self) -> str:
        """Who has it now; nobody when it waits for the college."""
        return self._named(self.turn.part) if self.turn.part is not None else ""

    def _named(self, part: Part) -> str:
        who = self.first(part)
        named = self.who(part)[0]
        if who == named:
            return who.name
        return _("%(deputy)s voor %(person)s") % {"deputy": who.name, "person": named.name}

    @property
    def last_signed(self) -> Agreement | None:
        """The furthest agreement that stands, for the margin of the chapter."""
        standing = [self.signed[sign] for sign in Sign if sign in self.stands]
        return standing[-1] if standing else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The bar of steps: who and when, up to the council."""
        return (*self._own_steps(), *_chapter_steps(self.round, board=self._board_step()))

    def _own_steps(self) -> Iterator[Step]:
        opened = _("klaar, %(day)s") % {"day": _day(self.round.opened_on)}
        yield Step(str(Stage.REQUESTED.label), opened, "done")
        at = Stage.DRAFT if self.stage == Stage.REQUESTED else self.turn.stage
        reached = list(Stage).index(at)
        for place, stage in enumerate(list(Stage)[1:-1], start=1):
            part = HOLDERS[stage]
            state = "done" if place < reached else "current" if place == reached else "next"
            if state == "next" and self.turn.again and self._signed_at(stage) in self.stands:
                state = "done"
            yield Step(str(stage.label), self._detail(stage, part, state), state)

    def _signed_at(self, stage: Stage) -> Sign | None:
        return next((sign for sign in self.signed if _STAGE_OF_SIGN[sign] == stage), None)

    def _detail(self, stage: Stage, part: Part, state: str) -> str:
        sign = self._signed_at(stage)
        if state == "done" and sign is not None:
            given = self.signed[sign]
            return f"{given.given_by.name}, {_day(given.given_at)}"
        if state == "done" and self.contribution.submitted_at and self.contribution.submitted_by:
            return f"{self.contribution.submitted_by.name}, {_day(self.contribution.submitted_at)}"
        if state == "current":
            told = _("opnieuw bij %(who)s") if self.turn.again else _("nu bij %(who)s")
            return told % {"who": self.first(part).name}
        return self.first(part).name

    def _board_step(self) -> str:
        if self.turn.part is None:
            return "done"
        return "current" if self.turn.part is Part.BOARD else "next"


_STAGE_OF_SIGN = {Sign.AGREED: Stage.AGREEMENT, Sign.CONTROLLED: Stage.CONTROL, Sign.EDITED: Stage.EDITING}
_STAGE_OF_SIGN[Sign.BOARD] = Stage.READY


@dataclass(frozen=True)
class Step:
    """A step in the bar: `state` is done, current or next."""

    label: str
    detail: str
    state: str


def _day(day: date) -> str:
    return date_format(day, "j N Y")


def _chapter_steps(round_: Round, *, board: str) -> tuple[Step, ...]:
    college = "current" if board == "done" else "next"
    return (
        Step(_("Directie"), _day(round_.board_on), board),
        Step(_("College"), _day(round_.college_on), college),
        Step(_("Raad"), _day(round_.council_on), "next"),
    )


@dataclass(frozen=True)
class Desk:
    """A round with the chapter as it reads now."""

    round: Round
    chapter: Chapter
    places: tuple[Place, ...]
    presence: Presence

    def place(self, section: str) -> Place | None:
        """The section, if the round asks for it."""
        return next((place for place in self.places if place.section.key == section), None)

    @property
    def by_section(self) -> dict[str, Place]:
        return {place.section.key: place for place in self.places}

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headings of the sections that the round does not ask for."""
        asked = {place.section.key for place in self.places}
        return tuple(
            section.heading
            for section in self.chapter.sections
            if (section.slots or section.empty) and section.key not in asked
        )

    @property
    def ready(self) -> int:
        """How many sections are through."""
        return sum(place.is_ready for place in self.places)

    @property
    def to_go(self) -> int:
        """How many sections are not through."""
        return len(self.places) - self.ready

    @property
    def waits_for_board(self) -> bool:
        """Whether the board can sign: every section is through, and one at least is not signed."""
        return self.ready == len(self.places) and not self.is_ready_for_college

    @property
    def is_ready_for_college(self) -> bool:
        """Whether the board agreed with every section as it reads now."""
        return all(place.turn.part is None for place in self.places)

    def signs_for_board(self, actor: Actor) -> bool:
        """Whether the actor signs for the board."""
        return any(place.plays(actor, Part.BOARD) for place in self.places[:1])

    @property
    def board_agreement(self) -> Agreement | None:
        """One of the agreements of the board, where it stands for the whole chapter."""
        return self.places[0].signed[Sign.BOARD] if self.is_ready_for_college else None

    @property
    def mark(self) -> str:
        """What the chapter's sections say, short: what the form of the board sends along."""
        return "".join(place.content.snapshot.mark[:8] for place in self.places)

    @property
    def counts(self) -> tuple[tuple[str, int, str], ...]:
        """How many sections are at each step, with the colour that repeats it."""
        labels = [str(stage.label) for stage in Stage]
        labels[-1:] = [_("Opnieuw te bekijken"), str(Stage.READY.label), _("Akkoord directie")]
        found = [place.label for place in self.places]
        return tuple(
            (label, found.count(label), f"rp-stage--{number}")
            for number, label in enumerate(labels)
            if found.count(label)
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """The bar of steps of the chapter as a whole."""
        total, at = len(self.places), max(1, self._furthest_behind)
        opened = _("klaar, %(day)s") % {"day": _day(self.round.opened_on)}
        done = [Step(str(Stage.REQUESTED.label), opened, "done")]
        for number, stage in enumerate(list(Stage)[1:-1], start=1):
            passed = sum(list(Stage).index(_effective(place)) > number for place in self.places)
            state = "done" if passed == total else "current" if number == at else "next"
            detail = _("%(n)s van %(m)s klaar") % {"n": passed, "m": total}
            done.append(Step(str(stage.label), detail, state))
        board = "done" if self.is_ready_for_college else "current" if self.waits_for_board else "next"
        return (*done, *_chapter_steps(self.round, board=board))

    @property
    def _furthest_behind(self) -> int:
        return min(list(Stage).index(_effective(place)) for place in self.places)

    def involves(self, actor: Actor) -> bool:
        """Whether the actor plays a part anywhere in the round, or watches over it."""
        return actor.may(COORDINATE) or actor.may(EDIT) or any(place.parts(actor) for place in self.places)

    @property
    def blocks(self) -> tuple[tuple[str, str], ...]:
        """`(sentence, section)` for everything that keeps the chapter from the college; none when it is ready."""
        found = [
            (
                _("%(section)s: %(stage)s, bij %(who)s.")
                % {
                    "section": place.section.heading,
                    "stage": place.label,
                    "who": place.first(place.turn.part).name,
                },
                place.section.key,
            )
            for place in self.places
            if not place.is_ready and place.turn.part is not None
        ]
        if self.waits_for_board:
            found.append((_("De directie heeft nog geen akkoord gegeven op de paragraaf."), ""))
        return tuple(found)


def _effective(place: Place) -> Stage:
    return place.turn.stage


def desk(made: Chapter, today: date) -> Desk | None:
    """The open round of the chapter's year; six queries, however many sections it asks for. None without one."""
    round_ = open_round(made.context.year)
    if round_ is None:
        return None
    return _desk(made, round_, presence(today))


def _desk(made: Chapter, round_: Round, here: Presence) -> Desk:
    rows = {row.section: row for row in contributions_of([round_.pk])}
    signed: defaultdict[int, dict[Sign, Agreement]] = defaultdict(dict)
    standing = Agreement.objects.filter(contribution__round=round_.pk, withdrawn_at=None)
    for agreement in standing.select_related("given_by").order_by("given_at", "pk"):
        signed[agreement.contribution_id][Sign(agreement.kind)] = agreement
    said: defaultdict[int, list[Comment]] = defaultdict(list)
    remarks = Comment.objects.filter(contribution__round=round_.pk)
    for comment in remarks.select_related("by", "answered_by", "settled_by").order_by("at", "pk"):
        said[comment.contribution_id].append(comment)
    places = tuple(
        Place(row, round_, here, section, content(section, made.claims), signed[row.pk], tuple(said[row.pk]))
        for section in made.sections
        if (row := rows.get(section.key)) is not None
    )
    return Desk(round_, made, places, here)


def entries(today: date) -> tuple[Entry, ...]:
    """Every contribution of the open rounds by its stored step, without reading a chapter; four queries at most.

    None of a year that was adopted since: nothing is asked of anybody there.
    """
    adopted = Edition.objects.filter(year=OuterRef("year"), reopenings=None)
    rounds = {round_.pk: round_ for round_ in open_rounds().filter(~Exists(adopted))}
    if not rounds:
        return ()
    here = presence(today)
    rows = contributions_of(rounds).order_by("due_on", "pk")
    return tuple(Entry(row, rounds[row.round_id], here) for row in rows)


@dataclass(frozen=True)
class Readiness:
    """Whether the chapter of a year is ready for the college, and if not why: `(sentence, section)`.

    round: None where no round is open: then nothing was asked of anybody, and nothing is in the way.
    """

    round: Round | None
    blocks: tuple[tuple[str, str], ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.blocks


def readiness(made: Chapter, today: date) -> Readiness:
    """Whether the chapter as it reads now may go to the college: the one question that adoption asks."""
    found = desk(made, today)
    return Readiness(None) if found is None else Readiness(found.round, found.blocks)


def require_involved(actor: Actor, found: Desk) -> None:
    """Raise NotPermitted for who has nothing to do with the round."""
    actor.require(CONTRIBUTE)
    if not found.involves(actor):
        raise NotPermitted(COORDINATE)


@dataclass(frozen=True)
class Choice:
    """Somebody who can be named in a round; `leads`: with which function, for heads of units and directors."""

    pk: int
    name: str
    leads: str = ""


def choices(today: date) -> tuple[Choice, ...]:
    """Everybody who can sign in, who leads first. Two queries."""
    leads = dict(_leaders(today))
    people = Person.objects.exclude(account=None).values_list("pk", "name")
    found = [Choice(pk, name, leads.get(pk, "")) for pk, name in people]
    return tuple(sorted(found, key=lambda one: (not one.leads, one.name.casefold(), one.pk)))


def _leaders(today: date) -> Iterator[tuple[int, str]]:
    leading = {FunctionKind.DIRECTOR, FunctionKind.DEPARTMENT_HEAD, FunctionKind.TEAM_LEADER}
    posts = PostPeriod.objects.filter(
        as_of(today), as_of(today, prefix="function__periods__"), function__periods__kind__in=leading
    )
    held = Appointment.objects.filter(as_of(today), post__in=posts.values("post"))
    for person in held.values_list("person", flat=True).distinct():
        yield person, _("leidinggevende")


def proposal(year: int, today: date) -> dict[str, Any]:
    """What the form of a new round begins with: the people of the last round, else who holds the roles.

    Names of form fields; days are left to the official. Four queries at most.
    """
    last: Round | None = Round.objects.filter(year__lt=year).order_by("-year", "-pk").first()
    if last is not None:
        given: dict[str, Any] = {
            "controller": last.controller_id,
            "editor": last.editor_id,
            "board": last.board_id,
        }
        for row in contributions_of([last.pk]):
            given |= people_of(row)
        return given
    holders: dict[str, int] = {}
    held = RoleAssignment.objects.filter(as_of(today), person__account__isnull=False).order_by("pk")
    for role, person in held.values_list("role__key", "person"):
        holders.setdefault(role, person)
    wanted = {
        "controller": StandardRole.CONTROLLER,
        "editor": StandardRole.EDITOR,
        "board": StandardRole.DIRECTOR,
    }
    return {field: holders[role] for field, role in wanted.items() if role in holders}


def people_of(row: Contribution) -> dict[str, Any]:
    """The people of a contribution by the names of their form fields."""
    return {
        f"{row.section}-author": row.author_id,
        f"{row.section}-deputy": row.deputy_id,
        f"{row.section}-approver": row.approver_id,
    }


def may_settle(actor: Actor, found: Desk, comment: Comment) -> bool:
    """Whether the actor may say that a comment is dealt with."""
    if comment.by_id == actor.person_id or actor.may_write(COORDINATE):
        return True
    place = next((one for one in found.places if one.contribution.pk == comment.contribution_id), None)
    return place is not None and place.turn.part is not None and place.plays(actor, place.turn.part)


def comment_place(comment_id: int) -> tuple[int, str] | None:
    """The year and the section of a comment in an open round; None where there is none."""
    rows = Comment.objects.filter(pk=comment_id, contribution__round__stopped_on=None)
    found: tuple[int, str] | None = rows.values_list(
        "contribution__round__year", "contribution__section"
    ).first()
    return found
