"""Who has a section of the chapter, what one may do with it, and when an agreement stands. No query, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.orgs.refusal import Refusal

LONGEST_REMARK = 2_000


class Stage(TextChoices):
    """How far a section is (stap). What comes after the last one is of the chapter as a whole."""

    REQUESTED = "requested", gettext_lazy("Uitvraag")
    DRAFT = "draft", gettext_lazy("Concept")
    AGREEMENT = "agreement", gettext_lazy("Akkoord")
    CONTROL = "control", gettext_lazy("Controle")
    EDITING = "editing", gettext_lazy("Redactie")
    READY = "ready", gettext_lazy("Directie")


class Part(TextChoices):
    """The part somebody plays in a round (rol in de ronde)."""

    AUTHOR = "author", gettext_lazy("schrijver")
    APPROVER = "approver", gettext_lazy("wie akkoord geeft")
    CONTROLLER = "controller", gettext_lazy("controle")
    EDITOR = "editor", gettext_lazy("redactie")
    BOARD = "board", gettext_lazy("directie")


class Sign(TextChoices):
    """What somebody put a name to (soort akkoord)."""

    AGREED = "agreed", gettext_lazy("Akkoord")
    CONTROLLED = "controlled", gettext_lazy("Gecontroleerd")
    EDITED = "edited", gettext_lazy("Redactie klaar")
    BOARD = "board", gettext_lazy("Akkoord van de directie")


class Act(TextChoices):
    """What one does with a section that one has (handeling)."""

    SUBMIT = "submit", gettext_lazy("Geef door voor akkoord")
    AGREE = "agree", gettext_lazy("Geef akkoord")
    CONTROL = "control", gettext_lazy("Gecontroleerd, naar redactie")
    FINISH = "finish", gettext_lazy("Redactie klaar, naar de directie")
    SEND_BACK = "send_back", gettext_lazy("Geef terug aan de schrijver")
    WITHDRAW = "withdraw", gettext_lazy("Neem terug")


ORDER = tuple(Stage)
ONWARD = frozenset({Act.SUBMIT, Act.AGREE, Act.CONTROL, Act.FINISH})
SIGNS = {Act.AGREE: Sign.AGREED, Act.CONTROL: Sign.CONTROLLED, Act.FINISH: Sign.EDITED}
SIGNED_AT = {
    Sign.AGREED: Stage.AGREEMENT,
    Sign.CONTROLLED: Stage.CONTROL,
    Sign.EDITED: Stage.EDITING,
    Sign.BOARD: Stage.READY,
}
"""At which step each is given."""

TRANSITIONS: dict[tuple[Stage, Part, Act], Stage] = {
    (Stage.REQUESTED, Part.AUTHOR, Act.SUBMIT): Stage.AGREEMENT,
    (Stage.DRAFT, Part.AUTHOR, Act.SUBMIT): Stage.AGREEMENT,
    (Stage.AGREEMENT, Part.AUTHOR, Act.WITHDRAW): Stage.DRAFT,
    (Stage.AGREEMENT, Part.APPROVER, Act.AGREE): Stage.CONTROL,
    (Stage.AGREEMENT, Part.APPROVER, Act.SEND_BACK): Stage.DRAFT,
    (Stage.CONTROL, Part.APPROVER, Act.WITHDRAW): Stage.AGREEMENT,
    (Stage.CONTROL, Part.CONTROLLER, Act.CONTROL): Stage.EDITING,
    (Stage.CONTROL, Part.CONTROLLER, Act.SEND_BACK): Stage.DRAFT,
    (Stage.EDITING, Part.APPROVER, Act.WITHDRAW): Stage.AGREEMENT,
    (Stage.EDITING, Part.CONTROLLER, Act.WITHDRAW): Stage.CONTROL,
    (Stage.EDITING, Part.EDITOR, Act.FINISH): Stage.READY,
    (Stage.EDITING, Part.EDITOR, Act.SEND_BACK): Stage.DRAFT,
    (Stage.READY, Part.APPROVER, Act.WITHDRAW): Stage.AGREEMENT,
    (Stage.READY, Part.CONTROLLER, Act.WITHDRAW): Stage.CONTROL,
    (Stage.READY, Part.EDITOR, Act.WITHDRAW): Stage.EDITING,
    (Stage.READY, Part.BOARD, Act.SEND_BACK): Stage.DRAFT,
}
"""Where a section goes that is at a step, when who plays a part does something. What does not stand here cannot be."""

HOLDERS = {
    Stage.REQUESTED: Part.AUTHOR,
    Stage.DRAFT: Part.AUTHOR,
    Stage.AGREEMENT: Part.APPROVER,
    Stage.CONTROL: Part.CONTROLLER,
    Stage.EDITING: Part.EDITOR,
    Stage.READY: Part.BOARD,
}
"""Whose turn it is at each step."""


@dataclass(frozen=True)
class Turn:
    """Where a section stands as it reads now.

    again: it went further once, and what was agreed on is not what stands there now: it is to be looked at again
    by `part`, at `stage`. part: None when nobody has to do anything before the college.
    """

    stage: Stage
    part: Part | None
    again: bool = False


def turn(stage: Stage, *, stands: Collection[Sign]) -> Turn:
    """Whose turn it is. `stands`: what was signed and still says what the section says now.

    The editor may change words while editing, so the agreement is asked again only after that. Who agreed comes
    before who controlled.
    """
    if stage == Stage.CONTROL and Sign.AGREED not in stands:
        return Turn(Stage.AGREEMENT, Part.APPROVER, again=True)
    if stage == Stage.READY:
        if Sign.AGREED not in stands:
            return Turn(Stage.AGREEMENT, Part.APPROVER, again=True)
        if Sign.CONTROLLED not in stands:
            return Turn(Stage.CONTROL, Part.CONTROLLER, again=True)
        return Turn(stage, None if Sign.BOARD in stands else Part.BOARD)
    return Turn(stage, HOLDERS[stage])


def acts(stage: Stage, now: Turn, part: Part) -> tuple[Act, ...]:
    """What who plays the part may do with a section at the stored `stage`, of which it is `now` that turn."""
    return tuple(act for act in Act if target(stage, now, part, act) is not None)


def target(stage: Stage, now: Turn, part: Part, act: Act) -> Stage | None:
    """Where the act leads; None where it cannot be. What is agreed on again stays at the step where it was."""
    if not now.again:
        return TRANSITIONS.get((stage, part, act))
    if act is Act.WITHDRAW or part != now.part:
        return None
    leads = TRANSITIONS.get((now.stage, part, act))
    return stage if leads is not None and act in ONWARD else leads


def needs_reason(part: Part, act: Act) -> bool:
    """Whether others have to be told why: when their work comes back, not when one takes back one's own."""
    return act is Act.SEND_BACK or (act is Act.WITHDRAW and part in {Part.APPROVER, Part.CONTROLLER})


def undone_by(then: Stage) -> frozenset[Sign]:
    """What was signed and no longer counts once a section is back at that step."""
    return frozenset(sign for sign, at in SIGNED_AT.items() if ORDER.index(at) >= ORDER.index(then))


def pen(stage: Stage) -> Part | None:
    """Who may write the text at that step; None when nobody may."""
    if stage in {Stage.REQUESTED, Stage.DRAFT}:
        return Part.AUTHOR
    return Part.EDITOR if stage == Stage.EDITING else None


def what_follows(now: Turn) -> Part | None:
    """Whose turn is next, when this one is done."""
    if now.part is None or now.again:
        return None
    place = list(Part).index(now.part)
    return tuple(Part)[place + 1] if place + 1 < len(Part) else None


def require_remark(text: str, field: str, sentence: str) -> str:
    """The text without space around it. Raises Refusal for an empty one and for one that is too long."""
    said = text.strip()
    if not said:
        raise Refusal(sentence, field)
    if len(said) > LONGEST_REMARK:
        raise Refusal(_("Ten hoogste %(most)s tekens.") % {"most": LONGEST_REMARK}, field)
    return said


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who contributes a section, by the numbers of persons: the fields are those of Contribution."""

    section: str
    author_id: int
    approver_id: int
    due_on: date
    deputy_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A round as it is opened: who controls, edits and signs for the board, the days of the chapter, the sections."""

    controller_id: int
    editor_id: int
    board_id: int
    board_on: date
    college_on: date
    council_on: date
    assignments: tuple[Assignment, ...]


def plan_faults(plan: Plan, sections: Collection[str]) -> Iterator[tuple[str, str]]:
    """`(field, sentence)` for what keeps a round from being opened. `sections`: what may be asked for.

    A field of a section is called after it: "values-author".
    """
    if not plan.assignments:
        yield "", _("Vraag ten minste één onderdeel uit.")
    for one in plan.assignments:
        yield from _assignment_faults(plan, one, sections)
    if plan.college_on < plan.board_on:
        yield "college_on", _("Het college komt na de directie.")
    if plan.council_on < plan.college_on:
        yield "council_on", _("De raad komt na het college.")


def _assignment_faults(plan: Plan, one: Assignment, sections: Collection[str]) -> Iterator[tuple[str, str]]:
    if one.section not in sections:
        yield "", _("Dit onderdeel bestaat niet in de paragraaf.")
    writers = {one.author_id, one.deputy_id}
    if one.deputy_id == one.author_id:
        yield f"{one.section}-deputy", _("Kies als vervanger iemand anders dan de schrijver.")
    if one.approver_id in writers:
        yield (
            f"{one.section}-approver",
            _("Vier ogen: akkoord geeft iemand anders dan de schrijver en de vervanger."),
        )
    if plan.controller_id in writers:
        yield (
            f"{one.section}-author",
            _("Vier ogen: wie controleert, schrijft niet zelf. Kies een andere schrijver of vervanger."),
        )
    if one.due_on > plan.board_on:
        yield f"{one.section}-due", _("De bijdrage moet er zijn voor de directie beslist.")


def require_plan(plan: Plan, sections: Collection[str]) -> None:
    """Raise Refusal for the first thing that keeps the round from being opened."""
    for field, sentence in plan_faults(plan, sections):
        raise Refusal(sentence, field)
