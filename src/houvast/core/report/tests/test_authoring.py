"""A round from the request to the board: who may do what, what an agreement is about, and what is never missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.four_eyes import SamePerson
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading, writing
from houvast.core.people.models import Absence, Deputy, Person
from houvast.core.people.queries import presence, stand_in
from houvast.core.report import actions as report
from houvast.core.report.authoring import actions, facts
from houvast.core.report.authoring.factories import AT, REASON, STEPS, TODAY, Cast
from houvast.core.report.authoring.queries import (
    choices,
    comment_place,
    desk,
    may_settle,
    open_round,
    proposal,
    readiness,
)
from houvast.core.report.authoring.rules import ONWARD, ORDER, Act, Assignment, Part, Sign, Stage
from houvast.core.report.models import Agreement, Comment, Contribution, Prose, Round
from houvast.core.report.queries import NoChapter, all_claims, chapter, context_for, years_with_chapter
from houvast.core.report.tests.test_actions import entry
from houvast.core.report.tests.test_authoring_rules import MAY

pytestmark = pytest.mark.long

YEAR = 2021
KEY, SLOT = "values", "values.use"
ROLES = {
    Part.AUTHOR: "team_leader",
    Part.APPROVER: "director",
    Part.CONTROLLER: "controller",
    Part.EDITOR: "editor",
    Part.BOARD: "director",
}
TEXT = "Er waren [[plans.teams|telling]]."


@pytest.fixture(scope="module")
def diemen(shared):
    return people.organisation("diemen")


@pytest.fixture(scope="module")
def cast(diemen):
    return Cast(
        diemen,
        {part: people.actor(diemen, "employee", role, name=f"De {part}") for part, role in ROLES.items()},
    )


@pytest.fixture(autouse=True)
def _each_test_is_undone(cast, db):
    """What a test changes is undone after it."""


@pytest.fixture
def fact(cast):
    """A fact in the text, which a controller may change at any time."""
    return report.enter_fact(cast.players[Part.EDITOR], year=YEAR, entry=entry(), today=TODAY)


@pytest.fixture
def asked(cast, fact):
    """A section that has a text, in an open round."""
    cast.opened(YEAR, KEY)
    write(cast, Part.AUTHOR, TEXT)
    return cast


def claims_of(here):
    with reading(here.pk):
        return all_claims(context_for(here, YEAR))


def write(cast, part, text, *, version=None, slot=SLOT, actor=None, year=YEAR, today=TODAY):
    with reading(cast.here.pk):
        stored = Prose.objects.filter(year=year, slot=slot).first()
    return report.write_prose(
        actor or cast.players[part],
        year=year,
        slot=slot,
        text=text,
        expected_version=(stored.version if stored else 0) if version is None else version,
        claims=claims_of(cast.here),
        today=today,
    )


def change_fact(cast, fact, **values):
    """Another value, by the editor: whoever has the section, a register goes on."""
    with reading(cast.here.pk):
        fact.refresh_from_db()
    report.change_fact(
        cast.players[Part.EDITOR], fact_id=fact.pk, expected_version=fact.version, entry=entry(**values)
    )


def away(cast, part, deputy):
    """Whoever plays the part is away, and somebody stands in."""
    with reading(cast.here.pk):
        person = Person.objects.get(pk=cast.number(part))
        other = Person.objects.get(pk=deputy.person_id)
    add(cast.here, Absence(person=person, valid_from=date(2022, 1, 1)))
    add(cast.here, Deputy(person=person, deputy=other, valid_from=date(2021, 1, 1)))


def add(here, row):
    with writing(here.pk):
        row.save()


# The whole way


def test_a_section_goes_from_the_request_to_ready_for_the_college(asked):
    for stage, act in STEPS.items():
        if stage == Stage.REQUESTED:
            continue
        assert asked.place(YEAR, KEY).stage == stage
        asked.does(act, YEAR, KEY)
    assert asked.place(YEAR, KEY).stage == Stage.READY
    assert asked.desk(YEAR).waits_for_board
    assert [sentence for sentence, _section in asked.desk(YEAR).blocks] == [
        "De directie heeft nog geen akkoord gegeven op de paragraaf."
    ]
    asked.board_agrees(YEAR)
    found = asked.desk(YEAR)
    assert found.is_ready_for_college
    assert not found.waits_for_board
    assert found.blocks == ()
    assert found.places[0].turn.part is None
    assert found.board_agreement.given_by_id == asked.number(Part.BOARD)
    with reading(asked.here.pk):
        assert readiness(chapter(asked.here, YEAR), TODAY).is_ready
        assert sorted(Agreement.objects.values_list("kind", flat=True)) == sorted(Sign)
        assert list(verify(asked.here)) == []


def at_step(cast, stage):
    """A section with a text, at that step."""
    if stage == Stage.REQUESTED:
        make_requested(cast)
    else:
        cast.brings(YEAR, KEY, stage)


@pytest.mark.parametrize("stage", list(Stage))
def test_what_the_table_does_not_let_somebody_do_is_refused_and_says_who_has_it(asked, stage):
    at_step(asked, stage)
    place = asked.place(YEAR, KEY)
    for part, act in product(Part, Act):
        extra = {"seen": place.content.snapshot.mark} if act in ONWARD else {"reason": REASON}
        given = {"place": place, "expected_version": place.contribution.version, "at": AT, **extra}
        if act not in MAY.get((stage, part), {}):
            with pytest.raises(Refusal) as refused:
                actions.BY_ACT[act](asked.players[part], **given)
            assert place.sentence in str(refused.value)
    assert asked.place(YEAR, KEY).contribution.version == place.contribution.version


@pytest.mark.parametrize(
    ("stage", "part", "act", "then"),
    [(stage, part, act, then) for (stage, part), may in MAY.items() for act, then in may.items()],
)
def test_what_the_table_lets_somebody_do_leads_where_it_says(asked, stage, part, act, then):
    at_step(asked, stage)
    asked.does(act, YEAR, KEY, part=part)
    assert asked.place(YEAR, KEY).stage == then


def make_requested(cast):
    """As it was before anybody wrote: the text is that of the year before the round."""
    with reading(cast.here.pk):
        row = Contribution.objects.get()
    row.stage = Stage.REQUESTED
    with writing(cast.here.pk):
        row.save()


def test_the_first_word_that_is_written_begins_the_draft(cast, fact):
    cast.opened(YEAR, KEY)
    assert cast.place(YEAR, KEY).stage == Stage.REQUESTED
    write(cast, Part.AUTHOR, TEXT)
    assert cast.place(YEAR, KEY).stage == Stage.DRAFT


# Who may write


@pytest.mark.parametrize("stage", list(Stage)[1:])
def test_only_the_author_writes_the_draft_and_only_the_editor_edits(asked, stage):
    asked.brings(YEAR, KEY, stage)
    for part in Part:
        allowed = (stage, part) in {(Stage.DRAFT, Part.AUTHOR), (Stage.EDITING, Part.EDITOR)}
        assert asked.place(YEAR, KEY).may_write_text(asked.players[part]) == allowed
        if allowed:
            assert write(asked, part, TEXT).text == TEXT
        else:
            with pytest.raises(Refusal) as refused:
                write(asked, part, "Anders.")
            assert str(refused.value).startswith("Dit onderdeel ligt nu bij De ")
    with reading(asked.here.pk):
        assert Prose.objects.get(slot=SLOT).text == TEXT


def test_the_deputy_of_the_section_writes_too(cast, fact, diemen):
    deputy = people.actor(diemen, "employee", name="De vervanger")
    cast.opened(YEAR, KEY, deputy=deputy.person_id)
    assert write(cast, None, TEXT, actor=deputy).text == TEXT
    cast.does(Act.SUBMIT, YEAR, KEY, actor=deputy)
    assert cast.place(YEAR, KEY).contribution.submitted_by_id == deputy.person_id


def test_who_plays_no_part_writes_nothing_in_a_round_whatever_the_role(asked, diemen):
    with pytest.raises(Refusal):
        write(asked, None, "Anders.", actor=people.actor(diemen, "editor", name="Nog een redacteur"))
    with pytest.raises(Refusal):
        write(asked, None, "Anders.", actor=system_actor(diemen))


def test_a_section_that_the_round_does_not_ask_for_is_written_as_before(asked):
    assert write(asked, Part.EDITOR, "Leren.", slot="talent.learning").text == "Leren."
    with pytest.raises(NotPermitted):
        write(asked, Part.AUTHOR, "Leren.", slot="talent.learning")


def test_a_year_without_a_round_is_written_as_before(asked):
    assert write(asked, Part.EDITOR, "Leren.", year=2022).year == 2022


def test_a_stopped_round_gives_the_pen_back(asked):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    stop(asked)
    assert write(asked, Part.EDITOR, "Leren.").text == "Leren."


def test_two_people_with_the_pen_who_write_over_each_other_meet_a_conflict(cast, fact, diemen):
    deputy = people.actor(diemen, "employee", name="De vervanger")
    cast.opened(YEAR, KEY, deputy=deputy.person_id)
    write(cast, Part.AUTHOR, "Eerst.")
    with pytest.raises(Conflict):
        write(cast, None, "Over elkaar.", actor=deputy, version=0)


# What an agreement is about


def fell_back(cast):
    place = cast.place(YEAR, KEY)
    return place.turn.again, place.turn.part


def test_another_value_makes_the_section_fall_back_to_who_agreed_and_then_to_who_controlled(asked, fact):
    asked.brings(YEAR, KEY, Stage.READY)
    asked.board_agrees(YEAR)
    change_fact(asked, fact, value=4)
    place = asked.place(YEAR, KEY)
    assert fell_back(asked) == (True, Part.APPROVER)
    assert place.label == "Opnieuw te bekijken"
    assert not place.is_agreed
    assert not place.is_ready
    assert [(one.old, one.new) for one in place.to_look_at.claims] == [("drie", "vier")]
    assert not asked.desk(YEAR).is_ready_for_college
    asked.does(Act.AGREE, YEAR, KEY)
    assert asked.place(YEAR, KEY).stage == Stage.READY
    assert fell_back(asked) == (True, Part.CONTROLLER)
    assert [(one.old, one.new) for one in asked.place(YEAR, KEY).to_look_at.claims] == [("drie", "vier")]
    asked.does(Act.CONTROL, YEAR, KEY)
    assert fell_back(asked) == (False, Part.BOARD)
    assert not asked.desk(YEAR).is_ready_for_college
    asked.board_agrees(YEAR)
    assert asked.desk(YEAR).is_ready_for_college


def test_other_rows_behind_the_same_value_make_it_fall_back_too_and_say_so(asked, fact):
    change_fact(asked, fact, items=("A", "B", "C"))
    asked.brings(YEAR, KEY, Stage.CONTROL)
    change_fact(asked, fact, items=("A", "B", "D"))
    assert fell_back(asked) == (True, Part.APPROVER)
    assert asked.place(YEAR, KEY).to_look_at.told == "van 1 feit zijn de rijen veranderd, de waarde niet"


def test_a_value_that_comes_back_needs_no_new_agreement(asked, fact):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    change_fact(asked, fact, value=4)
    change_fact(asked, fact, value=3)
    assert fell_back(asked) == (False, Part.CONTROLLER)


def test_words_that_the_editor_changed_are_agreed_on_anew_and_not_controlled_anew(asked):
    asked.brings(YEAR, KEY, Stage.EDITING)
    write(asked, Part.EDITOR, "Dit jaar waren er [[plans.teams|telling]].")
    place = asked.place(YEAR, KEY)
    assert (place.turn.part, place.turn.again) == (Part.EDITOR, False)
    assert place.difference.told == "de tekst is veranderd"
    assert place.sentence.endswith("daarna: De approver (wie akkoord geeft).")
    asked.does(Act.FINISH, YEAR, KEY)
    assert fell_back(asked) == (True, Part.APPROVER)
    asked.does(Act.AGREE, YEAR, KEY)
    assert fell_back(asked) == (False, Part.BOARD)
    with reading(asked.here.pk):
        kept = Agreement.objects.filter(kind=Sign.AGREED).order_by("pk")
        assert [agreement.withdrawn_at is None for agreement in kept] == [False, True]


def test_agreeing_on_what_one_did_not_see_is_refused(asked, fact):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    seen = asked.place(YEAR, KEY).content.snapshot.mark
    change_fact(asked, fact, value=4)
    place = asked.place(YEAR, KEY)
    with pytest.raises(Refusal) as refused:
        actions.agree(
            asked.players[Part.APPROVER],
            place=place,
            expected_version=place.contribution.version,
            seen=seen,
            at=AT,
        )
    assert "veranderd sinds u deze pagina opende" in str(refused.value)
    assert asked.place(YEAR, KEY).stage == Stage.AGREEMENT


def test_a_change_between_reading_and_agreeing_is_seen_afterwards(asked, fact):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    place = asked.place(YEAR, KEY)
    change_fact(asked, fact, value=4)
    actions.agree(
        asked.players[Part.APPROVER],
        place=place,
        expected_version=place.contribution.version,
        seen=place.content.snapshot.mark,
        at=AT,
    )
    assert fell_back(asked) == (True, Part.APPROVER)


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        (Stage.DRAFT, Act.SUBMIT),
        (Stage.AGREEMENT, Act.AGREE),
        (Stage.CONTROL, Act.AGREE),
        (Stage.EDITING, Act.FINISH),
    ],
)
def test_nothing_goes_on_while_the_guard_finds_an_error(asked, stage, act):
    """Words that were changed after the agreement are agreed on anew, before anybody controls them."""
    asked.brings(YEAR, KEY, stage)
    spoil(asked, "Er waren 3 plannen in april.")
    with pytest.raises(Refusal) as refused:
        asked.does(act, YEAR, KEY, part=asked.place(YEAR, KEY).turn.part)
    assert "Nog 2 fouten" in str(refused.value)


def spoil(cast, text):
    """A text with errors, as one that was right until a claim changed."""
    with reading(cast.here.pk):
        prose = Prose.objects.get(slot=SLOT)
    prose.text = text
    with writing(cast.here.pk):
        prose.save()


def test_a_section_without_text_does_not_go_on(cast):
    cast.opened(YEAR, KEY)
    with pytest.raises(Refusal) as refused:
        cast.does(Act.SUBMIT, YEAR, KEY)
    assert str(refused.value) == "Dit onderdeel heeft nog geen tekst."


def test_the_board_does_not_agree_while_a_section_is_not_through(asked):
    with pytest.raises(Refusal) as refused:
        asked.board_agrees(YEAR)
    assert "als elk onderdeel door de redactie is" in str(refused.value)


def test_the_board_does_not_agree_with_a_text_that_has_an_error(asked):
    spoil(asked, "Er waren 3 plannen.")
    with writing(asked.here.pk):
        row = Contribution.objects.get()
        row.stage = Stage.READY
        row.save()
        place = asked_place(asked)
        for kind in (Sign.AGREED, Sign.CONTROLLED):
            Agreement(
                contribution=row,
                kind=kind,
                given_by_id=asked.number(Part.APPROVER),
                given_at=AT,
                snapshot=place.content.snapshot.to_json(),
            ).save()
    with pytest.raises(Refusal) as refused:
        asked.board_agrees(YEAR)
    assert "Nog 1 fout" in str(refused.value)


def asked_place(cast):
    found = desk(chapter(cast.here, YEAR), TODAY)
    return found.places[0]


def test_the_board_agrees_with_what_it_saw_alone(asked, fact):
    asked.brings(YEAR, KEY, Stage.READY)
    found = asked.desk(YEAR)
    with pytest.raises(Refusal) as refused:
        actions.agree_board(
            asked.players[Part.BOARD], found=found, expected_version=found.round.version, seen="anders", at=AT
        )
    assert "veranderd sinds u deze pagina opende" in str(refused.value)


def test_nobody_but_who_signs_for_the_board_does(asked):
    asked.brings(YEAR, KEY, Stage.READY)
    found = asked.desk(YEAR)
    for part in (Part.AUTHOR, Part.APPROVER, Part.CONTROLLER, Part.EDITOR):
        with pytest.raises(Refusal) as refused:
            actions.agree_board(
                asked.players[part],
                found=found,
                expected_version=found.round.version,
                seen=found.mark,
                at=AT,
            )
        assert str(refused.value) == "Namens de directie tekent De board."


def test_the_board_takes_its_agreement_back(asked):
    asked.brings(YEAR, KEY, Stage.READY)
    found = asked.board_agrees(YEAR)
    at_desk = asked.desk(YEAR)
    actions.withdraw_board(asked.players[Part.BOARD], found=at_desk, expected_version=found.version, at=AT)
    assert asked.desk(YEAR).waits_for_board
    again = asked.desk(YEAR)
    with pytest.raises(Refusal):
        actions.withdraw_board(
            asked.players[Part.BOARD], found=again, expected_version=again.round.version, at=AT
        )


def test_a_section_that_was_given_back_after_the_board_agreed_is_not_agreed_on_unseen(asked):
    asked.brings(YEAR, KEY, Stage.READY)
    asked.board_agrees(YEAR)
    asked.does(Act.WITHDRAW, YEAR, KEY, part=Part.APPROVER)
    asked.brings(YEAR, KEY, Stage.READY)
    assert asked.desk(YEAR).waits_for_board


# Four eyes, absence


def test_who_wrote_or_handed_on_does_not_agree_or_control(asked):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    for part in (Part.APPROVER, Part.CONTROLLER):
        with writing(asked.here.pk):
            row = Contribution.objects.get()
            row.submitted_by_id = asked.number(part)
            row.stage = Stage.AGREEMENT if part is Part.APPROVER else Stage.CONTROL
            row.save()
            if part is Part.CONTROLLER:
                Agreement(
                    contribution=row,
                    kind=Sign.AGREED,
                    given_by_id=asked.number(Part.APPROVER),
                    given_at=AT,
                    snapshot=asked_place(asked).content.snapshot.to_json(),
                ).save()
        act = Act.AGREE if part is Part.APPROVER else Act.CONTROL
        with pytest.raises(SamePerson):
            asked.does(act, YEAR, KEY, part=part)


@pytest.mark.parametrize("part", list(Part))
def test_while_somebody_is_away_the_deputy_has_the_turn(asked, diemen, part):
    deputy = people.actor(diemen, "employee", name="De waarnemer")
    away(asked, part, deputy)
    stage = {
        Part.AUTHOR: Stage.DRAFT,
        Part.APPROVER: Stage.AGREEMENT,
        Part.CONTROLLER: Stage.CONTROL,
        Part.EDITOR: Stage.EDITING,
        Part.BOARD: Stage.READY,
    }[part]
    asked.brings(YEAR, KEY, stage)
    place = asked.place(YEAR, KEY)
    assert place.first(part).name == "De waarnemer"
    assert f"De waarnemer voor De {part}" in place.sentence
    if part is Part.BOARD:
        asked.board_agrees(YEAR)
    else:
        asked.does(STEPS[stage], YEAR, KEY, actor=deputy)
        assert ORDER.index(asked.place(YEAR, KEY).stage) == ORDER.index(stage) + 1


@pytest.mark.parametrize("part", [Part.APPROVER, Part.CONTROLLER])
def test_who_wrote_does_not_stand_in_for_who_agrees_or_controls(asked, part):
    away(asked, part, asked.players[Part.AUTHOR])
    place = asked.place(YEAR, KEY)
    assert [one.pk for one in place.who(part)] == [asked.number(part)]


@pytest.mark.parametrize("part", [Part.APPROVER, Part.CONTROLLER])
def test_who_agrees_or_controls_does_not_stand_in_for_who_writes(asked, part):
    away(asked, Part.AUTHOR, asked.players[part])
    assert [one.pk for one in asked.place(YEAR, KEY).who(Part.AUTHOR)] == [asked.number(Part.AUTHOR)]


def test_presence_says_of_everybody_what_stand_in_says_of_one(asked, diemen):
    away(asked, Part.AUTHOR, people.actor(diemen, "employee"))
    with reading(diemen.pk):
        everybody = presence(TODAY)
        for person in Person.objects.order_by("pk"):
            assert everybody.stand_in(person) == stand_in(person, TODAY)


def test_the_database_refuses_one_person_for_two_eyes(asked):
    for field in ("approver_id", "deputy_id"):
        with reading(asked.here.pk):
            row = Contribution.objects.get()
        setattr(row, field, row.author_id)
        with pytest.raises(IntegrityError), writing(asked.here.pk):
            row.save()


# Giving back and taking back


def test_giving_back_needs_a_reason_which_the_author_reads(asked):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    place = asked.place(YEAR, KEY)
    with pytest.raises(Refusal) as refused:
        actions.send_back(
            asked.players[Part.CONTROLLER],
            place=place,
            expected_version=place.contribution.version,
            reason=" ",
            at=AT,
        )
    assert refused.value.field == "reason"
    asked.does(Act.SEND_BACK, YEAR, KEY)
    place = asked.place(YEAR, KEY)
    assert (place.stage, place.returned.text, place.signed) == (Stage.DRAFT, REASON, {})
    with reading(asked.here.pk):
        told = AuditEntry.objects.filter(action="report.send_back").values_list("changes", flat=True)
    assert REASON not in str(list(told))


def test_the_author_takes_back_what_was_handed_on_without_a_reason(asked):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    place = asked.place(YEAR, KEY)
    actions.withdraw(
        asked.players[Part.AUTHOR], place=place, expected_version=place.contribution.version, at=AT
    )
    assert asked.place(YEAR, KEY).stage == Stage.DRAFT
    assert asked.place(YEAR, KEY).comments == ()


def test_doing_something_on_a_page_that_somebody_overtook_is_a_conflict(asked):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    place = asked.place(YEAR, KEY)
    asked.does(Act.AGREE, YEAR, KEY)
    for version in (place.contribution.version, place.contribution.version + 1):
        with pytest.raises(Conflict):
            actions.agree(
                asked.players[Part.APPROVER],
                place=place,
                expected_version=version,
                seen=place.content.snapshot.mark,
                at=AT,
            )


# Opening, changing, stopping


def stop(cast, reason="Verkeerd jaar."):
    with reading(cast.here.pk):
        round_ = open_round(YEAR)
    return actions.stop_round(
        cast.players[Part.EDITOR],
        round_id=round_.pk,
        expected_version=round_.version,
        reason=reason,
        today=TODAY,
    )


def test_a_year_has_one_open_round(cast):
    cast.opened(YEAR, KEY)
    with pytest.raises(Refusal) as refused:
        cast.opened(YEAR, "talent")
    assert str(refused.value) == "Van dit jaar is al een ronde open."
    with reading(cast.here.pk):
        row = Round.objects.get()
    row.pk, row.uid, row._state.adding = None, uuid4(), True
    with pytest.raises(IntegrityError), writing(cast.here.pk):
        row.save()


def test_a_stopped_round_makes_room_for_another_and_counts_for_nothing(asked):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    place = asked.place(YEAR, KEY)
    with pytest.raises(Refusal):
        stop(asked, reason=" ")
    stopped = stop(asked)
    with pytest.raises(Refusal) as refused:
        actions.control(
            asked.players[Part.CONTROLLER],
            place=place,
            expected_version=place.contribution.version,
            seen=place.content.snapshot.mark,
            at=AT,
        )
    assert str(refused.value) == "Deze ronde is gestopt."
    with pytest.raises(Refusal):
        actions.change_round(
            asked.players[Part.EDITOR],
            round_id=stopped.pk,
            expected_version=stopped.version,
            plan=asked.plan(KEY),
        )
    with reading(asked.here.pk):
        assert desk(chapter(asked.here, YEAR), TODAY) is None
        assert readiness(chapter(asked.here, YEAR), TODAY).is_ready
    asked.opened(YEAR, KEY)
    assert asked.place(YEAR, KEY).stage == Stage.REQUESTED


def test_a_round_gives_its_year_a_chapter(cast, diemen):
    with reading(diemen.pk), pytest.raises(NoChapter):
        chapter(diemen, 2022)
    cast.opened(2022, KEY)
    with reading(diemen.pk):
        assert years_with_chapter() == [2022]
        assert chapter(diemen, 2022).context.year == 2022


def test_people_of_a_round_can_sign_in_and_are_of_here(cast, diemen, uithoorn):
    silent = people.person(diemen, "Zonder account", signs_in=False)
    stranger = people.actor(uithoorn, "editor")
    for number in (silent.pk, stranger.person_id):
        plan = replace(cast.plan(KEY), editor_id=number)
        with pytest.raises(Refusal) as refused:
            actions.open_round_of(cast.players[Part.EDITOR], year=YEAR, plan=plan, today=TODAY)
        assert str(refused.value) == "Kies mensen die hier kunnen inloggen."


def test_a_round_of_a_year_without_a_chapter_is_refused(cast):
    with pytest.raises(Refusal):
        cast.opened(1999, KEY)


def test_changing_a_round_changes_people_and_days_and_adds_sections(asked, diemen):
    other = people.actor(diemen, "employee", "team_leader", name="Een ander")
    plan = asked.plan(KEY, "talent")
    first = replace(plan.assignments[0], author_id=other.person_id)
    round_ = asked.desk(YEAR).round
    changed = replace(plan, assignments=(first, plan.assignments[1]), board_on=date(2022, 3, 2))
    actions.change_round(
        asked.players[Part.EDITOR], round_id=round_.pk, expected_version=round_.version, plan=changed
    )
    found = asked.desk(YEAR)
    assert found.round.board_on == date(2022, 3, 2)
    assert {place.section.key: place.contribution.author_id for place in found.places} == {
        KEY: other.person_id,
        "talent": asked.number(Part.AUTHOR),
    }
    assert found.place(KEY).contribution.version == 3
    same = asked.plan(KEY, "talent")
    actions.change_round(
        asked.players[Part.EDITOR],
        round_id=round_.pk,
        expected_version=found.round.version,
        plan=replace(same, assignments=changed.assignments),
    )
    assert asked.place(YEAR, KEY).contribution.version == 3


def test_what_was_asked_for_stays_in_the_round(asked):
    round_ = asked.desk(YEAR).round
    with pytest.raises(Refusal) as refused:
        actions.change_round(
            asked.players[Part.EDITOR],
            round_id=round_.pk,
            expected_version=round_.version,
            plan=asked.plan("talent"),
        )
    assert "blijft in de ronde" in str(refused.value)


def test_a_new_round_is_proposed_with_the_people_of_the_last_one(asked, diemen):
    with reading(diemen.pk):
        given = proposal(2022, TODAY)
    assert given["controller"] == asked.number(Part.CONTROLLER)
    assert given[f"{KEY}-author"] == asked.number(Part.AUTHOR)
    assert given[f"{KEY}-approver"] == asked.number(Part.APPROVER)


def test_a_first_round_is_proposed_with_who_holds_the_roles(cast, diemen):
    with reading(diemen.pk):
        given = proposal(YEAR, TODAY)
    assert given == {
        "controller": cast.number(Part.CONTROLLER),
        "editor": cast.number(Part.EDITOR),
        "board": cast.number(Part.APPROVER),
    }


def test_who_cannot_sign_in_is_not_offered(cast, diemen):
    people.person(diemen, "Zonder account", signs_in=False)
    with reading(diemen.pk):
        names = [one.name for one in choices(TODAY)]
    assert names == sorted(f"De {part}" for part in Part)


# Comments


def test_a_comment_is_answered_and_settled(asked):
    place = asked.place(YEAR, KEY)
    one = actions.comment(
        asked.players[Part.CONTROLLER], found=asked.desk(YEAR), section=KEY, text=" Klopt dit? ", at=AT
    )
    assert one.text == "Klopt dit?"
    assert asked.place(YEAR, KEY).open_comments == 1
    one = actions.answer_comment(
        asked.players[Part.AUTHOR],
        found=asked.desk(YEAR),
        comment_id=one.pk,
        expected_version=1,
        answer="Ja.",
        at=AT,
    )
    one = actions.settle_comment(
        asked.players[Part.AUTHOR], found=asked.desk(YEAR), comment_id=one.pk, expected_version=2, at=AT
    )
    assert asked.place(YEAR, KEY).open_comments == 0
    with pytest.raises(Refusal) as refused:
        actions.settle_comment(
            asked.players[Part.AUTHOR], found=asked.desk(YEAR), comment_id=one.pk, expected_version=3, at=AT
        )
    assert str(refused.value) == "Deze opmerking is al afgehandeld."
    with reading(asked.here.pk):
        told = AuditEntry.objects.filter(table="report.comment").values_list("changes", flat=True)
        assert comment_place(one.pk) == (YEAR, KEY)
    assert "Klopt" not in str(list(told))
    assert "Ja." not in str(list(told))
    assert place.comments == ()


def test_who_has_no_part_in_the_round_says_nothing_there(asked, diemen):
    outsider = people.actor(diemen, "employee", name="Een ander")
    with pytest.raises(NotPermitted):
        actions.comment(outsider, found=asked.desk(YEAR), section=KEY, text="Mag ik?", at=AT)


def test_the_installation_and_a_section_outside_the_round_have_no_comments(asked, diemen):
    with pytest.raises(Refusal):
        actions.comment(system_actor(diemen), found=asked.desk(YEAR), section=KEY, text="Zo.", at=AT)
    with pytest.raises(Refusal) as refused:
        actions.comment(
            asked.players[Part.AUTHOR], found=asked.desk(YEAR), section="talent", text="Zo.", at=AT
        )
    assert str(refused.value) == "Dit onderdeel doet niet mee in de ronde."


def test_a_comment_that_is_sent_twice_is_placed_once(asked):
    key = uuid4()
    given = {"found": asked.desk(YEAR), "section": KEY, "text": "Eén keer.", "at": AT, "sent_key": key}
    first = actions.comment(asked.players[Part.AUTHOR], **given)
    with pytest.raises(AlreadyDone) as done:
        actions.comment(asked.players[Part.AUTHOR], **given)
    assert done.value.first == first


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        (Part.AUTHOR, True),
        (Part.APPROVER, False),
        (Part.BOARD, False),
        (Part.CONTROLLER, True),
        (Part.EDITOR, True),
    ],
)
def test_settling_is_for_who_placed_it_who_has_the_section_and_who_watches_the_round(asked, part, allowed):
    """At the draft: the controller placed it, the author has it, the editor watches the round."""
    one = actions.comment(
        asked.players[Part.CONTROLLER], found=asked.desk(YEAR), section=KEY, text="Klopt dit?", at=AT
    )
    found = asked.desk(YEAR)
    assert may_settle(asked.players[part], found, one) == allowed
    if not allowed:
        with pytest.raises(Refusal) as refused:
            actions.settle_comment(
                asked.players[part], found=found, comment_id=one.pk, expected_version=1, at=AT
            )
        assert str(refused.value).startswith("Afhandelen doet")


# What stands on the screens


def test_the_bar_of_steps_says_who_and_when(asked):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    assert [(step.label, step.detail, step.state) for step in asked.place(YEAR, KEY).steps] == [
        ("Uitvraag", "klaar, 10 jan 2022", "done"),
        ("Concept", "De author, 10 jan 2022", "done"),
        ("Akkoord", "De approver, 10 jan 2022", "done"),
        ("Controle", "nu bij De controller", "current"),
        ("Redactie", "De editor", "next"),
        ("Directie", "1 mrt 2022", "next"),
        ("College", "1 apr 2022", "next"),
        ("Raad", "30 jun 2022", "next"),
    ]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.DRAFT, "Nu bij: De author (schrijver); daarna: De approver (wie akkoord geeft)."),
        (Stage.AGREEMENT, "Nu bij: De approver (wie akkoord geeft); daarna: De controller (controle)."),
        (Stage.CONTROL, "Nu bij: De controller (controle); daarna: De editor (redactie)."),
        (Stage.EDITING, "Nu bij: De editor (redactie); daarna: De board (directie)."),
        (Stage.READY, "Nu bij: De board (directie); daarna: het college."),
    ],
)
def test_a_sentence_says_who_has_it_and_who_comes_next(asked, stage, sentence):
    asked.brings(YEAR, KEY, stage)
    assert asked.place(YEAR, KEY).sentence == sentence


def test_a_section_to_be_looked_at_again_says_by_whom(asked, fact):
    asked.brings(YEAR, KEY, Stage.READY)
    change_fact(asked, fact, value=4)
    place = asked.place(YEAR, KEY)
    assert place.sentence == "Nu bij: De approver (wie akkoord geeft), om opnieuw te bekijken."
    assert [step.state for step in place.steps] == [
        *("done", "done", "current", "next", "next"),
        *("next", "next", "next"),
    ]
    assert asked.desk(YEAR).blocks[0] == (
        "Organisatievisie en kernwaarden: Opnieuw te bekijken, bij De approver.",
        KEY,
    )


def test_the_steps_of_the_chapter_count_the_sections_that_passed(cast, fact):
    cast.opened(YEAR, KEY, "talent")
    write(cast, Part.AUTHOR, TEXT)
    cast.brings(YEAR, KEY, Stage.CONTROL)
    steps = cast.desk(YEAR).steps
    assert [(step.detail, step.state) for step in steps[:4]] == [
        ("klaar, 10 jan 2022", "done"),
        ("1 van 2 klaar", "current"),
        ("1 van 2 klaar", "next"),
        ("0 van 2 klaar", "next"),
    ]
    assert [(label, number) for label, number, _kind in cast.desk(YEAR).counts] == [
        ("Uitvraag", 1),
        ("Controle", 1),
    ]
    assert cast.desk(YEAR).to_go == 2


# Tasks, days, reminders, obstacles


def told(cast, part, ask=facts.tasks):
    with reading(cast.here.pk):
        return [(one.label, one.due) for one in ask(cast.players[part])]


@pytest.fixture
def this_day(monkeypatch):
    """Tasks look at the day of the installation."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.mark.parametrize(
    ("stage", "has_it", "label", "due"),
    [
        (Stage.DRAFT, Part.AUTHOR, "Uw bijdrage: Organisatievisie en kernwaarden", date(2022, 2, 1)),
        (
            Stage.AGREEMENT,
            Part.APPROVER,
            "Uw akkoord: Organisatievisie en kernwaarden",
            date(2022, 3, 1),
        ),
        (
            Stage.CONTROL,
            Part.CONTROLLER,
            "Te controleren: Organisatievisie en kernwaarden",
            date(2022, 3, 1),
        ),
        (
            Stage.EDITING,
            Part.EDITOR,
            "Redactie van: Organisatievisie en kernwaarden",
            date(2022, 3, 1),
        ),
        (Stage.READY, Part.BOARD, "Akkoord van de directie op de paragraaf van 2021", date(2022, 3, 1)),
    ],
)
def test_whoever_has_the_turn_has_one_task_and_nobody_else_has(asked, this_day, stage, has_it, label, due):
    asked.brings(YEAR, KEY, stage)
    for part in Part:
        assert told(asked, part) == ([(label, due)] if part is has_it else [])


def test_what_fell_back_is_a_task_of_who_looks_again(asked, this_day, fact):
    asked.brings(YEAR, KEY, Stage.READY)
    change_fact(asked, fact, value=4)
    assert told(asked, Part.APPROVER) == [("Uw akkoord: Organisatievisie en kernwaarden", date(2022, 3, 1))]
    assert told(asked, Part.CONTROLLER) == told(asked, Part.BOARD) == []
    asked.does(Act.AGREE, YEAR, KEY)
    assert len(told(asked, Part.CONTROLLER)) == 1


def test_the_task_of_who_is_away_is_one_of_the_deputy_too(asked, this_day, diemen):
    deputy = people.actor(diemen, "employee", name="De waarnemer")
    away(asked, Part.AUTHOR, deputy)
    with reading(diemen.pk):
        assert len(facts.tasks(deputy)) == 1


def test_the_installation_and_who_plays_no_part_have_no_tasks(asked, this_day, diemen):
    with reading(diemen.pk):
        assert facts.tasks(system_actor(diemen)) == ()
        assert facts.tasks(people_without(diemen)) == ()


def people_without(here):
    return Actor(organisation=here, home=here, label="Niemand", person_id=1)


def test_the_days_of_a_round_stand_in_the_calendar(asked, this_day, diemen):
    def days(actor):
        with reading(diemen.pk):
            return [(one.label, one.on) for one in facts.dates(actor, date(2022, 1, 1), date(2022, 4, 2))]

    of_the_chapter = [
        ("Directie beslist over de paragraaf van 2021", date(2022, 3, 1)),
        ("College beslist over de paragraaf van 2021", date(2022, 4, 1)),
    ]
    own = ("Bijdrage aan de paragraaf van 2021: Organisatievisie en kernwaarden", date(2022, 2, 1))
    assert days(asked.players[Part.AUTHOR]) == [own, *of_the_chapter]
    assert days(people.actor(diemen, "employee", name="Een ander")) == of_the_chapter
    assert days(people_without(diemen)) == []


def test_an_author_is_reminded_until_the_contribution_is_handed_on(asked, this_day, diemen):
    def reminded():
        with reading(diemen.pk):
            return [(one.person, one.due, one.url) for one in facts.reminded(system_actor(diemen))]

    url = "/diemen/verantwoording/2021/onderdeel/values/"
    assert reminded() == [(asked.number(Part.AUTHOR), date(2022, 2, 1), url)]
    deputy = people.actor(diemen, "employee", name="De waarnemer")
    away(asked, Part.AUTHOR, deputy)
    assert reminded() == [(deputy.person_id, date(2022, 2, 1), url)]
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    assert reminded() == []


def test_what_keeps_the_chapter_from_the_college_is_told_with_the_page_to_mend_it(asked, this_day, diemen):
    actor = system_actor(diemen)

    def obstacles(year=YEAR):
        with reading(diemen.pk):
            return [(str(one.sentence), one.url, one.section) for one in facts.obstacles(actor, year)]

    page = "/diemen/verantwoording/2021/"
    assert obstacles() == [
        (
            "Organisatievisie en kernwaarden: Concept, bij De author.",
            f"{page}onderdeel/values/",
            KEY,
        )
    ]
    asked.brings(YEAR, KEY, Stage.READY)
    assert obstacles() == [
        ("De directie heeft nog geen akkoord gegeven op de paragraaf.", f"{page}ronde/", "")
    ]
    asked.board_agrees(YEAR)
    assert obstacles() == []
    assert obstacles(2020) == []


# How many queries


def counted(here, ask):
    with reading(here.pk), CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


@pytest.mark.parametrize("stage", [Stage.REQUESTED, Stage.READY])
def test_a_round_takes_as_many_queries_for_three_sections_as_for_one(cast, fact, this_day, stage):
    slots = {"values": SLOT, "talent": "talent.learning", "programmes": "programmes.start"}
    found = {}
    for number in (1, 3):
        sections = list(slots)[:number]
        cast.opened(YEAR, *sections)
        for section in sections:
            if stage != Stage.REQUESTED:
                write(cast, Part.AUTHOR, TEXT, slot=slots[section])
            cast.brings(YEAR, section, stage)
            actions.comment(
                cast.players[Part.EDITOR], found=cast.desk(YEAR), section=section, text="Zo.", at=AT
            )
        with reading(cast.here.pk):
            made = chapter(cast.here, YEAR)
        everybody = cast.players.values()
        found[number] = [
            counted(cast.here, lambda: desk(made, TODAY).blocks),  # noqa: B023  asked at once
            *(counted(cast.here, lambda: facts.tasks(actor)) for actor in everybody),  # noqa: B023  asked at once
            counted(cast.here, lambda: facts.reminded(system_actor(cast.here))),
            counted(
                cast.here,
                lambda: facts.dates(cast.players[Part.EDITOR], TODAY, TODAY + timedelta(days=400)),
            ),
        ]
        stop(cast)
    assert found[1] == found[3]
    assert found[1][0] == 6


def test_another_organisation_sees_nothing_of_a_round(asked, uithoorn):
    with reading(uithoorn.pk):
        assert open_round(YEAR) is None
        assert not Contribution.objects.exists()
        assert not Comment.objects.exists()


def test_an_assignment_names_the_fields_of_a_contribution():
    assert set(Assignment.__dataclass_fields__) <= {
        field.attname for field in Contribution._meta.concrete_fields
    }


def test_moments_are_those_of_the_action(asked):
    at = datetime(2022, 1, 11, 12, tzinfo=UTC)
    asked.does(Act.SUBMIT, YEAR, KEY, at=at)
    asked.does(Act.AGREE, YEAR, KEY, at=at)
    place = asked.place(YEAR, KEY)
    assert (place.contribution.submitted_at, place.signed[Sign.AGREED].given_at) == (at, at)
    assert place.last_signed == place.signed[Sign.AGREED]
