"""Opening a round, and the acts by which a section goes from hand to hand. Who may do what stands in `rules`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.access.four_eyes import SamePerson
from houvast.core.audit.actions import action, record
from houvast.core.orgs.base import lock
from houvast.core.orgs.once import require_first
from houvast.core.orgs.refusal import Refusal
from houvast.core.people.models import Person
from houvast.core.report.adoption.actions import require_open_year
from houvast.core.report.authoring.queries import (
    Desk,
    Place,
    askable,
    may_settle,
    open_round,
    require_involved,
    writers,
)
from houvast.core.report.authoring.rules import (
    ONWARD,
    SIGNS,
    Act,
    Assignment,
    Part,
    Plan,
    Sign,
    Stage,
    needs_reason,
    require_plan,
    require_remark,
    target,
    undone_by,
)
from houvast.core.report.models import Agreement, Comment, Contribution, Round
from houvast.core.report.permissions import CONTRIBUTE, COORDINATE
from houvast.core.report.rules import require_year


@action("report.open_round", permission=COORDINATE)
def open_round_of(actor: Actor, *, year: int, plan: Plan, today: date) -> Round:
    """Ask for the sections of a year's chapter. Raises Refusal for a plan that cannot be, or while a round is open."""
    require_year(year, today)
    require_open_year(year)
    _require_plan(plan, year)
    if open_round(year) is not None:
        raise Refusal(_("Van dit jaar is al een ronde open."))
    round_ = Round(year=year, opened_on=today)
    _fill(round_, plan)
    for one in plan.assignments:
        _assign(Contribution(round=round_, section=one.section), one)
    return round_


@action("report.change_round", permission=COORDINATE)
def change_round(actor: Actor, *, round_id: int, expected_version: int, plan: Plan) -> Round:
    """Other people or days. A section that was asked for stays in the round; others may be added.

    Raises Conflict for a stale version, Refusal for a plan that cannot be or a round that was stopped.
    """
    round_ = _standing(round_id, expected_version)
    _require_plan(plan, round_.year)
    asked = {row.section: row for row in Contribution.objects.filter(round=round_)}
    planned = {one.section for one in plan.assignments}
    if any(section not in planned for section in asked):
        raise Refusal(_("Een onderdeel dat is uitgevraagd, blijft in de ronde. Kies een schrijver."))
    _fill(round_, plan)
    for one in plan.assignments:
        row = asked.get(one.section) or Contribution(round=round_, section=one.section)
        if row.pk is None or any(getattr(row, name) != getattr(one, name) for name in _ASSIGNED):
            _assign(row, one)
    return round_


@action("report.stop_round", permission=COORDINATE)
def stop_round(actor: Actor, *, round_id: int, expected_version: int, reason: str, today: date) -> Round:
    """Stop a round that was opened by mistake: what was agreed in it no longer counts. Raises Refusal, Conflict."""
    round_ = _standing(round_id, expected_version)
    round_.stopped_because = require_remark(reason, "reason", _("Zeg waarom de ronde stopt."))
    round_.stopped_on = today
    round_.save()
    record(round_, stopped_on=today, stopped_because=round_.stopped_because)
    return round_


def _standing(round_id: int, expected_version: int | None = None) -> Round:
    round_ = lock(Round, round_id, expected_version)
    if round_.stopped_on is not None:
        raise Refusal(_("Deze ronde is gestopt."))
    return round_


def _require_plan(plan: Plan, year: int) -> None:
    require_plan(plan, {section.key for section in askable(year)})
    named = {plan.controller_id, plan.editor_id, plan.board_id}
    for one in plan.assignments:
        named |= {one.author_id, one.approver_id} | ({one.deputy_id} if one.deputy_id else set())
    if Person.objects.filter(pk__in=named).exclude(account=None).count() != len(named):
        raise Refusal(_("Kies mensen die hier kunnen inloggen."))


_OFFICIALS = ("controller_id", "editor_id", "board_id")
_DAYS = ("board_on", "college_on", "council_on")
_ASSIGNED = ("author_id", "deputy_id", "approver_id", "due_on")


def _fill(round_: Round, plan: Plan) -> None:
    for name in (*_OFFICIALS, *_DAYS):
        setattr(round_, name, getattr(plan, name))
    round_.save()
    record(round_, year=round_.year, **{name: getattr(plan, name) for name in (*_OFFICIALS, *_DAYS)})


def _assign(row: Contribution, one: Assignment) -> None:
    for name in _ASSIGNED:
        setattr(row, name, getattr(one, name))
    row.save()
    record(row, section=row.section, **{name: getattr(one, name) for name in _ASSIGNED})


@action("report.submit", permission=CONTRIBUTE)
def submit(actor: Actor, *, place: Place, expected_version: int, seen: str, at: datetime) -> Contribution:
    """Hand the section on for agreement. Raises as `_act` does."""
    return _act(actor, Act.SUBMIT, place, expected_version, at=at, seen=seen)


@action("report.agree", permission=CONTRIBUTE)
def agree(actor: Actor, *, place: Place, expected_version: int, seen: str, at: datetime) -> Contribution:
    """Agree with the section as it reads, its words and its claims; also anew. Raises as `_act`, and SamePerson."""
    return _act(actor, Act.AGREE, place, expected_version, at=at, seen=seen)


@action("report.control", permission=CONTRIBUTE)
def control(actor: Actor, *, place: Place, expected_version: int, seen: str, at: datetime) -> Contribution:
    """Confirm the section's claims; also anew. Raises as `_act`, and SamePerson."""
    return _act(actor, Act.CONTROL, place, expected_version, at=at, seen=seen)


@action("report.finish", permission=CONTRIBUTE)
def finish(actor: Actor, *, place: Place, expected_version: int, seen: str, at: datetime) -> Contribution:
    """End the editing. Words that were changed in it are agreed on anew. Raises as `_act` does."""
    return _act(actor, Act.FINISH, place, expected_version, at=at, seen=seen)


@action("report.send_back", permission=CONTRIBUTE)
def send_back(
    actor: Actor, *, place: Place, expected_version: int, reason: str, at: datetime
) -> Contribution:
    """Give the section back to its author, with the reason as a comment. Raises as `_act` does."""
    return _act(actor, Act.SEND_BACK, place, expected_version, at=at, reason=reason)


@action("report.withdraw", permission=CONTRIBUTE)
def withdraw(
    actor: Actor, *, place: Place, expected_version: int, at: datetime, reason: str = ""
) -> Contribution:
    """Take back what one agreed to, controlled, edited or handed on. Raises as `_act` does."""
    return _act(actor, Act.WITHDRAW, place, expected_version, at=at, reason=reason)


BY_ACT: dict[Act, Callable[..., Contribution]] = {
    Act.SUBMIT: submit,
    Act.AGREE: agree,
    Act.CONTROL: control,
    Act.FINISH: finish,
    Act.SEND_BACK: send_back,
    Act.WITHDRAW: withdraw,
}
"""The action of each act."""


def _act(
    actor: Actor,
    act: Act,
    place: Place,
    expected_version: int,
    *,
    at: datetime,
    seen: str = "",
    reason: str = "",
) -> Contribution:
    """Do what the actor may do with the section, as it stands and reads in `place`.

    Raises Refusal, in a sentence that says who has it, for what cannot be now, for a text that is not fit to go on,
    or when it no longer is what the actor saw (`seen`); Conflict when somebody else did something with it meanwhile.
    """
    row = _locked(place, expected_version)
    part, then = _leads(actor, act, place)
    if act in ONWARD:
        _require_fit(place, seen)
    if act in {Act.AGREE, Act.CONTROL}:
        _require_another(actor, place)
    if needs_reason(part, act):
        _give_reason(actor, row, reason, at)
    if act is Act.SUBMIT:
        row.submitted_by_id, row.submitted_at = actor.person_id, at
    if act in SIGNS:
        _sign(actor, place, SIGNS[act], at)
    elif act is not Act.SUBMIT:
        _undo(row, undone_by(then), at)
    row.stage = then
    row.save()
    record(row, section=row.section, stage=then)
    return row


def _locked(place: Place, expected_version: int) -> Contribution:
    """The contribution, locked, as the page read it. Raises Conflict, or Refusal once the round was stopped."""
    _standing(place.round.pk)
    row = lock(Contribution, place.contribution.pk, expected_version)
    # The page was made from the row as it was read: another one was judged on what is no longer so.
    return lock(Contribution, row.pk, place.contribution.version)


def _leads(actor: Actor, act: Act, place: Place) -> tuple[Part, Stage]:
    for part in place.parts(actor):
        then = target(place.stage, place.turn, part, act)
        if then is not None:
            return part, then
    raise Refusal(_("Dat kan nu niet. %(sentence)s") % {"sentence": place.sentence})


def _require_fit(place: Place, seen: str) -> None:
    if seen != place.content.snapshot.mark:
        raise Refusal(
            _(
                "De tekst of een feit is veranderd sinds u deze pagina opende. "
                "Bekijk hoe het nu leest, en kies opnieuw."
            )
        )
    if place.content.faults:
        raise Refusal(" ".join(fault.sentence for fault in place.content.faults))


def _require_another(actor: Actor, place: Place) -> None:
    if actor.person_id in writers(place.contribution):
        raise SamePerson


def _sign(actor: Actor, place: Place, sign: Sign, at: datetime) -> None:
    """A fresh snapshot under the actor's name; the earlier one of the kind no longer counts."""
    _undo(place.contribution, {sign}, at)
    given = Agreement(
        contribution=place.contribution,
        kind=sign,
        given_by_id=_person_of(actor),
        given_at=at,
        snapshot=place.content.snapshot.to_json(),
    )
    given.save()
    record(given, kind=sign, given_at=at, snapshot=given.snapshot)


def _undo(row: Contribution, signs: Collection[Sign], at: datetime) -> None:
    standing = Agreement.objects.filter(contribution=row, kind__in=signs, withdrawn_at=None)
    for agreement in standing.order_by("pk"):
        agreement.withdrawn_at = at
        agreement.save(update_fields=["withdrawn_at"])
        record(agreement, kind=agreement.kind, withdrawn_at=at)


def _give_reason(actor: Actor, row: Contribution, reason: str, at: datetime) -> None:
    said = require_remark(reason, "reason", _("Zeg waarom, zodat de ander weet wat te doen."))
    _note(Comment(contribution=row, text=said, by_id=_person_of(actor), at=at, returned=True))


def _note(comment: Comment) -> None:
    comment.save()
    record(comment, at=comment.at, text=comment.text, returned=comment.returned)


@action("report.agree_board", permission=CONTRIBUTE)
def agree_board(actor: Actor, *, found: Desk, expected_version: int, seen: str, at: datetime) -> Round:
    """Agree, for the board, with every section as it reads: the chapter is then ready for the college.

    Raises Refusal while a section is not through, or when something changed since the actor saw it; Conflict.
    """
    round_ = _for_the_board(actor, found, expected_version)
    if seen != found.mark:
        raise Refusal(
            _("Er is iets veranderd sinds u deze pagina opende. Bekijk hoe het nu staat, en kies opnieuw.")
        )
    if not found.waits_for_board:
        raise Refusal(_("De directie kan pas akkoord geven als elk onderdeel door de redactie is."))
    if faults := [fault.sentence for place in found.places for fault in place.content.faults]:
        raise Refusal(" ".join(faults))
    for place in found.places:
        row = lock(Contribution, place.contribution.pk, place.contribution.version)
        _sign(actor, place, Sign.BOARD, at)
        row.save()
        record(row, section=row.section, stage=row.stage)
    round_.save()
    record(round_, year=round_.year, agreed_at=at)
    return round_


@action("report.withdraw_board", permission=CONTRIBUTE)
def withdraw_board(actor: Actor, *, found: Desk, expected_version: int, at: datetime) -> Round:
    """Take the board's agreement back. Raises Refusal where there is none, Conflict."""
    round_ = _for_the_board(actor, found, expected_version)
    if not any(Sign.BOARD in place.signed for place in found.places):
        raise Refusal(_("Er is geen akkoord van de directie om terug te nemen."))
    for place in found.places:
        _undo(place.contribution, {Sign.BOARD}, at)
    round_.save()
    record(round_, year=round_.year, withdrawn_at=at)
    return round_


def _for_the_board(actor: Actor, found: Desk, expected_version: int) -> Round:
    round_ = _standing(found.round.pk, expected_version)
    if not found.signs_for_board(actor):
        raise Refusal(_("Namens de directie tekent %(who)s.") % {"who": found.round.board.name})
    return round_


@action("report.comment", permission=CONTRIBUTE)
def comment(
    actor: Actor, *, found: Desk, section: str, text: str, at: datetime, sent_key: UUID | None = None
) -> Comment:
    """Place a comment with a section. Raises Refusal for an empty one, NotPermitted for who has no part in it."""
    require_first(sent_key, Comment)
    by = _at_work(actor, found)
    place = found.place(section)
    if place is None:
        raise Refusal(_("Dit onderdeel doet niet mee in de ronde."))
    said = require_remark(text, "text", _("Vul uw opmerking in."))
    one = Comment(contribution=place.contribution, text=said, by_id=by, at=at, sent_key=sent_key)
    _note(one)
    return one


@action("report.answer_comment", permission=CONTRIBUTE)
def answer_comment(
    actor: Actor, *, found: Desk, comment_id: int, expected_version: int, answer: str, at: datetime
) -> Comment:
    """Answer a comment. Raises Refusal for an empty answer or a comment that is settled, NotPermitted, Conflict."""
    one = _open_comment(actor, found, comment_id, expected_version)
    one.answer = require_remark(answer, "answer", _("Vul uw antwoord in."))
    one.answered_by_id, one.answered_at = actor.person_id, at
    one.save()
    record(one, answer=one.answer, answered_at=at)
    return one


@action("report.settle_comment", permission=CONTRIBUTE)
def settle_comment(
    actor: Actor, *, found: Desk, comment_id: int, expected_version: int, at: datetime
) -> Comment:
    """Say that a comment is dealt with: who placed it, who has the section now, or who watches over the round.

    Raises Refusal for anybody else and for a comment that is settled, NotPermitted, Conflict.
    """
    one = _open_comment(actor, found, comment_id, expected_version)
    if not may_settle(actor, found, one):
        raise Refusal(_("Afhandelen doet wie de opmerking plaatste, of wie het onderdeel nu heeft."))
    one.settled_by_id, one.settled_at = actor.person_id, at
    one.save()
    record(one, settled_at=at)
    return one


def _at_work(actor: Actor, found: Desk) -> int:
    require_involved(actor, found)
    return _person_of(actor)


def _person_of(actor: Actor) -> int:
    """Under whose name. Raises Refusal for a guest and for the installation itself."""
    if actor.person_id is None:
        raise Refusal(_("Alleen een medewerker van deze organisatie kan dit."))
    return actor.person_id


def _open_comment(actor: Actor, found: Desk, comment_id: int, expected_version: int) -> Comment:
    _at_work(actor, found)
    one = lock(Comment, comment_id, expected_version)
    if one.settled_at is not None:
        raise Refusal(_("Deze opmerking is al afgehandeld."))
    return one
