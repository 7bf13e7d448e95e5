"""The round that the demonstration has open: the chapter of the next year, to be played from request to the college.

One section has the text that comes with its module, one has none yet, one is through and waits for the board. No
word is written for that year, so that the newest chapter that somebody wrote stays that of 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

from houvast.core.report.authoring.rules import Act, Part

CAST = {
    Part.AUTHOR: "team-leader",
    Part.APPROVER: "board-member",
    Part.CONTROLLER: "controller",
    Part.EDITOR: "editor",
    Part.BOARD: "director",
}
"""Which demo person plays which part."""

BOARD_AFTER, COLLEGE_AFTER, COUNCIL_AFTER = 28, 49, 98
"""Days from the day of loading."""


@dataclass(frozen=True)
class SectionData:
    """A section of the round: its last day, in days from the day of loading, and what was done with it already."""

    section: str
    due_after: int
    acts: tuple[Act, ...] = ()


SECTIONS = (
    SectionData("structure", 5),
    SectionData("partnership.control", 2),
    SectionData("partnership.security", 7, (Act.SUBMIT, Act.AGREE, Act.CONTROL, Act.FINISH)),
)

COMMENTS = (("structure", Part.CONTROLLER, "Noem ook hoe de overgang naar de nieuwe structuur verder gaat."),)
