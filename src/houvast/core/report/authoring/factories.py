"""Rounds for tests and the demonstration, opened and played by the actions everybody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.authoring import actions
from houvast.core.report.authoring.queries import Desk, Place, desk
from houvast.core.report.authoring.rules import (
    HOLDERS,
    ONWARD,
    ORDER,
    TRANSITIONS,
    Act,
    Assignment,
    Part,
    Plan,
    Stage,
)
from houvast.core.report.models import Contribution, Round
from houvast.core.report.queries import chapter

TODAY = date(2022, 1, 10)
AT = datetime(2022, 1, 10, 9, tzinfo=UTC)
REASON = "Noem ook de vacature."
STEPS = {stage: act for (stage, _part, act) in TRANSITIONS if act in ONWARD}
"""The act by which a section goes on, by the step where it is."""


@dataclass(frozen=True)
class Cast:
    """Who plays which part."""

    here: Organisation
    players: dict[Part, Actor]

    def number(self, part: Part) -> int:
        """The number of the person."""
        number = self.players[part].person_id
        assert number is not None
        return number

    def plan(self, *sections: str, due_on: date = date(2022, 2, 1), deputy: int | None = None) -> Plan:
        """A plan in which the author writes all these sections."""
        return Plan(
            controller_id=self.number(Part.CONTROLLER),
            editor_id=self.number(Part.EDITOR),
            board_id=self.number(Part.BOARD),
            board_on=date(2022, 3, 1),
            college_on=date(2022, 4, 1),
            council_on=date(2022, 6, 30),
            assignments=tuple(
                Assignment(
                    section=section,
                    author_id=self.number(Part.AUTHOR),
                    approver_id=self.number(Part.APPROVER),
                    deputy_id=deputy,
                    due_on=due_on,
                )
                for section in sections
            ),
        )

    def opened(self, year: int, *sections: str, today: date = TODAY, deputy: int | None = None) -> Round:
        """An open round that asks for these sections."""
        plan = self.plan(*sections, deputy=deputy)
        return actions.open_round_of(self.players[Part.EDITOR], year=year, plan=plan, today=today)

    def desk(self, year: int, today: date = TODAY) -> Desk:
        """The round as it reads now."""
        with reading(self.here.pk):
            found = desk(chapter(self.here, year), today)
        assert found is not None
        return found

    def place(self, year: int, section: str, today: date = TODAY) -> Place:
        """The section as it reads now."""
        place = self.desk(year, today).place(section)
        assert place is not None
        return place

    def does(
        self,
        act: Act,
        year: int,
        section: str,
        *,
        part: Part | None = None,
        actor: Actor | None = None,
        place: Place | None = None,
        at: datetime = AT,
        today: date = TODAY,
    ) -> Contribution:
        """Whose turn it is, or who plays that part, does something with the section as it reads now."""
        place = place or self.place(year, section, today)
        player = actor or self.players[part or place.turn.part or HOLDERS[place.stage]]
        extra = {"seen": place.content.snapshot.mark} if act in ONWARD else {"reason": REASON}
        return actions.BY_ACT[act](
            player, place=place, expected_version=place.contribution.version, at=at, **extra
        )

    def brings(self, year: int, section: str, to: Stage, today: date = TODAY) -> None:
        """The section goes from hand to hand until it is at that step."""
        while ORDER.index((place := self.place(year, section, today)).stage) < ORDER.index(to):
            self.does(STEPS[place.stage], year, section, place=place, today=today)

    def board_agrees(self, year: int, at: datetime = AT, today: date = TODAY) -> Round:
        """The board agrees with the chapter as it reads now."""
        found = self.desk(year, today)
        return actions.agree_board(
            self.players[Part.BOARD],
            found=found,
            expected_version=found.round.version,
            seen=found.mark,
            at=at,
        )
