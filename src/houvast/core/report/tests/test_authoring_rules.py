"""Who has a section at each step, what that person may do, and when what was agreed on stands."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.authoring.content import (
    ClaimSaid,
    Difference,
    SlotSaid,
    Snapshot,
    claims_stand,
    content,
    difference,
)
from houvast.core.report.authoring.rules import (
    LONGEST_REMARK,
    ORDER,
    TRANSITIONS,
    Act,
    Assignment,
    Part,
    Plan,
    Sign,
    Stage,
    Turn,
    acts,
    needs_reason,
    pen,
    plan_faults,
    require_plan,
    require_remark,
    target,
    turn,
    undone_by,
    what_follows,
)
from houvast.core.report.chapter import FilledSection, SlotProse, Text, fill
from houvast.core.report.tests.examples import CHAPTER, count

STANDING = frozenset({Sign.AGREED, Sign.CONTROLLED})

# step, part: what one may do there when everything that was signed stands. What is not here may do nothing.
MAY = {
    (Stage.REQUESTED, Part.AUTHOR): {Act.SUBMIT: Stage.AGREEMENT},
    (Stage.DRAFT, Part.AUTHOR): {Act.SUBMIT: Stage.AGREEMENT},
    (Stage.AGREEMENT, Part.AUTHOR): {Act.WITHDRAW: Stage.DRAFT},
    (Stage.AGREEMENT, Part.APPROVER): {Act.AGREE: Stage.CONTROL, Act.SEND_BACK: Stage.DRAFT},
    (Stage.CONTROL, Part.APPROVER): {Act.WITHDRAW: Stage.AGREEMENT},
    (Stage.CONTROL, Part.CONTROLLER): {Act.CONTROL: Stage.EDITING, Act.SEND_BACK: Stage.DRAFT},
    (Stage.EDITING, Part.APPROVER): {Act.WITHDRAW: Stage.AGREEMENT},
    (Stage.EDITING, Part.CONTROLLER): {Act.WITHDRAW: Stage.CONTROL},
    (Stage.EDITING, Part.EDITOR): {Act.FINISH: Stage.READY, Act.SEND_BACK: Stage.DRAFT},
    (Stage.READY, Part.APPROVER): {Act.WITHDRAW: Stage.AGREEMENT},
    (Stage.READY, Part.CONTROLLER): {Act.WITHDRAW: Stage.CONTROL},
    (Stage.READY, Part.EDITOR): {Act.WITHDRAW: Stage.EDITING},
    (Stage.READY, Part.BOARD): {Act.SEND_BACK: Stage.DRAFT},
}


@pytest.mark.parametrize(("stage", "part", "act"), list(product(Stage, Part, Act)))
def test_each_act_is_possible_for_one_part_at_one_step_and_leads_where_the_table_says(stage, part, act):
    now = turn(stage, stands=STANDING)
    assert target(stage, now, part, act) == MAY.get((stage, part), {}).get(act)
    assert (act in acts(stage, now, part)) == (act in MAY.get((stage, part), {}))


@pytest.mark.parametrize(
    ("stage", "stands", "expected"),
    [
        (Stage.REQUESTED, set(), Turn(Stage.REQUESTED, Part.AUTHOR)),
        (Stage.DRAFT, set(), Turn(Stage.DRAFT, Part.AUTHOR)),
        (Stage.AGREEMENT, set(), Turn(Stage.AGREEMENT, Part.APPROVER)),
        (Stage.CONTROL, {Sign.AGREED}, Turn(Stage.CONTROL, Part.CONTROLLER)),
        (Stage.CONTROL, set(), Turn(Stage.AGREEMENT, Part.APPROVER, again=True)),
        (Stage.EDITING, set(), Turn(Stage.EDITING, Part.EDITOR)),
        (Stage.READY, STANDING, Turn(Stage.READY, Part.BOARD)),
        (Stage.READY, STANDING | {Sign.BOARD}, Turn(Stage.READY, None)),
        (Stage.READY, {Sign.CONTROLLED}, Turn(Stage.AGREEMENT, Part.APPROVER, again=True)),
        (Stage.READY, {Sign.CONTROLLED, Sign.BOARD}, Turn(Stage.AGREEMENT, Part.APPROVER, again=True)),
        (Stage.READY, {Sign.AGREED}, Turn(Stage.CONTROL, Part.CONTROLLER, again=True)),
        (Stage.READY, {Sign.BOARD}, Turn(Stage.AGREEMENT, Part.APPROVER, again=True)),
    ],
)
def test_whose_turn_it_is_follows_from_the_step_and_from_what_still_stands(stage, stands, expected):
    assert turn(stage, stands=stands) == expected


@pytest.mark.parametrize(
    ("stage", "stands", "part", "act", "expected"),
    [
        # Agreed on anew, the section stays where it was; given back, it begins again.
        (Stage.CONTROL, set(), Part.APPROVER, Act.AGREE, Stage.CONTROL),
        (Stage.READY, set(), Part.APPROVER, Act.AGREE, Stage.READY),
        (Stage.READY, set(), Part.APPROVER, Act.SEND_BACK, Stage.DRAFT),
        (Stage.READY, set(), Part.APPROVER, Act.WITHDRAW, None),
        (Stage.READY, {Sign.AGREED}, Part.CONTROLLER, Act.CONTROL, Stage.READY),
        (Stage.READY, {Sign.AGREED}, Part.CONTROLLER, Act.SEND_BACK, Stage.DRAFT),
        # Nobody else has it meanwhile.
        (Stage.CONTROL, set(), Part.CONTROLLER, Act.CONTROL, None),
        (Stage.READY, set(), Part.CONTROLLER, Act.CONTROL, None),
        (Stage.READY, set(), Part.BOARD, Act.SEND_BACK, None),
        (Stage.READY, set(), Part.EDITOR, Act.WITHDRAW, None),
    ],
)
def test_what_fell_back_is_for_whoever_looks_again_and_for_nobody_else(stage, stands, part, act, expected):
    assert target(stage, turn(stage, stands=stands), part, act) == expected


@given(st.sampled_from(Stage), st.sets(st.sampled_from(Sign)), st.sampled_from(Part), st.sampled_from(Act))
def test_no_act_leads_past_a_step_that_was_not_taken(stage, stands, part, act):
    then = target(stage, turn(stage, stands=stands), part, act)
    if then is not None and stage != Stage.REQUESTED:
        assert ORDER.index(then) <= ORDER.index(stage) + 1


@given(st.lists(st.sampled_from(list(TRANSITIONS)), max_size=30))
def test_what_is_through_was_agreed_on_controlled_and_edited_since_it_was_last_given_back(tries):
    stage, signed = Stage.REQUESTED, set()
    for at, _part, act in tries:
        then = TRANSITIONS[at, _part, act]
        if at != stage:
            continue
        if act in {Act.AGREE, Act.CONTROL, Act.FINISH}:
            signed.add({Act.AGREE: Sign.AGREED, Act.CONTROL: Sign.CONTROLLED, Act.FINISH: Sign.EDITED}[act])
        elif act is not Act.SUBMIT:
            signed -= undone_by(then)
        stage = then
    if stage == Stage.READY:
        assert {Sign.AGREED, Sign.CONTROLLED, Sign.EDITED} <= signed


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (Stage.DRAFT, set(Sign)),
        (Stage.AGREEMENT, set(Sign)),
        (Stage.CONTROL, {Sign.CONTROLLED, Sign.EDITED, Sign.BOARD}),
        (Stage.EDITING, {Sign.EDITED, Sign.BOARD}),
    ],
)
def test_going_back_undoes_what_was_signed_from_there_on(then, expected):
    assert undone_by(then) == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.REQUESTED, Part.AUTHOR),
        (Stage.DRAFT, Part.AUTHOR),
        (Stage.AGREEMENT, None),
        (Stage.CONTROL, None),
        (Stage.EDITING, Part.EDITOR),
        (Stage.READY, None),
    ],
)
def test_the_pen_is_with_the_author_in_the_draft_and_with_the_editor_in_the_editing(stage, expected):
    assert pen(stage) == expected


@pytest.mark.parametrize(("part", "act"), list(product(Part, Act)))
def test_a_reason_is_asked_when_the_work_of_others_comes_back(part, act):
    expected = act is Act.SEND_BACK or (act is Act.WITHDRAW and part in {Part.APPROVER, Part.CONTROLLER})
    assert needs_reason(part, act) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (Turn(Stage.DRAFT, Part.AUTHOR), Part.APPROVER),
        (Turn(Stage.AGREEMENT, Part.APPROVER), Part.CONTROLLER),
        (Turn(Stage.CONTROL, Part.CONTROLLER), Part.EDITOR),
        (Turn(Stage.EDITING, Part.EDITOR), Part.BOARD),
        (Turn(Stage.READY, Part.BOARD), None),
        (Turn(Stage.READY, None), None),
        (Turn(Stage.AGREEMENT, Part.APPROVER, again=True), None),
    ],
)
def test_who_comes_next(now, expected):
    assert what_follows(now) == expected


# The plan

PLAN = Plan(
    controller_id=1,
    editor_id=2,
    board_id=3,
    board_on=date(2022, 3, 1),
    college_on=date(2022, 4, 1),
    council_on=date(2022, 6, 30),
    assignments=(
        Assignment(section="values", author_id=4, deputy_id=5, approver_id=6, due_on=date(2022, 2, 1)),
    ),
)


def planned(**changes):
    return replace(PLAN, assignments=(replace(PLAN.assignments[0], **changes),))


@pytest.mark.parametrize(
    ("plan", "fields"),
    [
        (PLAN, []),
        (planned(deputy_id=None), []),
        (planned(due_on=date(2022, 3, 1)), []),
        (replace(PLAN, college_on=date(2022, 3, 1), council_on=date(2022, 3, 1)), []),
        (replace(PLAN, assignments=()), [""]),
        (planned(section="nergens"), [""]),
        (planned(deputy_id=4), ["values-deputy"]),
        (planned(approver_id=4), ["values-approver"]),
        (planned(approver_id=5), ["values-approver"]),
        (planned(author_id=1), ["values-author"]),
        (planned(deputy_id=1), ["values-author"]),
        (planned(due_on=date(2022, 3, 2)), ["values-due"]),
        (replace(PLAN, college_on=date(2022, 2, 28)), ["college_on"]),
        (replace(PLAN, council_on=date(2022, 3, 31)), ["council_on"]),
    ],
)
def test_a_plan_keeps_four_eyes_and_the_order_of_its_days(plan, fields):
    assert [field for field, _sentence in plan_faults(plan, {"values"})] == fields
    if fields:
        with pytest.raises(Refusal) as refused:
            require_plan(plan, {"values"})
        assert refused.value.field == fields[0]
    else:
        require_plan(plan, {"values"})


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_REMARK + 1)])
def test_a_remark_says_something_and_not_too_much(text):
    with pytest.raises(Refusal) as refused:
        require_remark(text, "reason", "Zeg waarom.")
    assert refused.value.field == "reason"


def test_a_remark_loses_the_space_around_it():
    assert require_remark("  Goed 👍\n", "text", "Vul in.") == "Goed 👍"


# Content


def section(*texts, edited=True, claims=CHAPTER):
    slots = tuple(fill(f"values.{at}", Text(text, edited=edited), claims) for at, text in enumerate(texts))
    return FilledSection("values", "Waarden", "3", 0, slots)


def snapshot(text, claims=CHAPTER):
    return content(section(text, claims=claims), claims).snapshot


def test_a_snapshot_keeps_the_words_and_every_claim_they_name_also_under_a_condition():
    text = "[[als security.none]]Er [[security.breaches?is/zijn]] [[security.breaches|telling]].[[einde]]Ja."
    kept = snapshot(text)
    assert kept.texts == (SlotSaid("values.0", text, "Ja."),)
    assert [(one.key, one.value, one.text, one.digest) for one in kept.claims] == [
        ("security.breaches", 17, "17", "d"),
        ("security.none", 0, "geen", "d"),
    ]
    assert Snapshot.from_json(kept.to_json()) == kept


def test_a_claim_that_is_not_there_is_kept_as_absent():
    kept = snapshot("[[als security.gone]]Nee.[[anders]]Ja.[[einde]]")
    assert kept.claims == (ClaimSaid("security.gone", "security.gone", None, None, None),)


def test_the_same_content_has_the_same_mark_and_another_one_another():
    assert snapshot("Ja.").mark == snapshot("Ja.").mark
    assert len({snapshot(text).mark for text in ("Ja.", "Nee.", "Ja. ", "")}) == 4


@pytest.mark.parametrize(
    ("texts", "edited", "errors", "blocked"),
    [
        (("De organisatie leert.",), True, 0, ""),
        (("Er waren 3 lekken.",), True, 1, "eerst 1 fout"),
        (("Er waren 3 lekken.", "Alle teams leren."), True, 2, "eerst 2 fouten"),
        (("[[security.gone]]",), True, 1, "eerst 1 fout"),
        (("[[als",), True, 1, "eerst 1 fout"),
        ((), True, 0, "eerst een tekst"),
        (("[[als security.none]]Ja.[[einde]]",), True, 0, "eerst een tekst"),
        # What a module's own text names in a sentence that falls away is no error.
        (("[[als security.none]][[security.gone]].[[einde]]Ja.",), False, 0, ""),
        (("[[als security.none]][[security.gone]].[[einde]]Ja.",), True, 1, "eerst 1 fout"),
    ],
)
def test_what_keeps_a_section_from_going_on_is_named(texts, edited, errors, blocked):
    found = content(section(*texts, edited=edited), CHAPTER)
    assert (found.errors, found.blocked) == (errors, blocked)
    assert bool(found.faults) == bool(blocked)


def test_a_default_that_cannot_be_read_is_one_error():
    found = content(section("[[security.gone]] zijn er.", edited=False), CHAPTER)
    assert (found.errors, len(found.faults)) == (1, 1)


TEXT = "Er [[security.breaches?is/zijn]] [[security.breaches|telling]]."


def changed(**values):
    one = count(
        "security.breaches", values.pop("number", 17), "datalek", "datalekken", "Datalekken", style="cijfer"
    )
    return CHAPTER | {"security.breaches": replace(one, **values)}


@pytest.mark.parametrize(
    ("claims", "told", "old", "new", "rows_only"),
    [
        (changed(number=18), "de tekst is veranderd; 1 feit is veranderd", "17", "18", False),
        (changed(digest="e"), "van 1 feit zijn de rijen veranderd, de waarde niet", "17", "17", True),
    ],
)
def test_another_value_and_other_rows_are_told_apart(claims, told, old, new, rows_only):
    found = difference(snapshot(TEXT), snapshot(TEXT, claims))
    assert found
    assert found.told == told
    (change,) = found.claims
    assert (change.label, change.old, change.new, change.rows_only) == ("Datalekken", old, new, rows_only)
    assert not claims_stand(snapshot(TEXT), snapshot(TEXT, claims))


def test_what_a_claim_is_called_makes_no_difference():
    assert not difference(snapshot(TEXT), snapshot(TEXT, changed(label="Lekken")))
    assert difference(snapshot(TEXT), snapshot(TEXT)) == Difference()


def test_the_words_that_changed_are_shown_as_they_read():
    found = difference(
        snapshot("Er zijn [[security.breaches|telling]]."),
        snapshot("Er waren [[security.breaches|telling]]."),
    )
    assert [(change.op, change.text) for change in found.words[0]] == [
        ("same", "Er "),
        ("del", "zijn"),
        ("ins", "waren"),
        ("same", " 17 datalekken."),
    ]
    assert found.told == "de tekst is veranderd"
    assert claims_stand(snapshot("Er zijn."), snapshot("Er waren."))


def test_a_text_that_reads_alike_and_is_written_otherwise_shows_how_it_is_written():
    found = difference(snapshot("[[security.none]]"), snapshot("[[security.none|woord]]"))
    assert (
        "".join(change.text for change in found.words[0] if change.op != "del") == "[[security.none|woord]]"
    )


def test_a_claim_and_a_slot_that_came_or_went_are_told():
    empty = Snapshot((), ())
    came, went = difference(empty, snapshot(TEXT)), difference(snapshot(TEXT), empty)
    assert [(one.old, one.new) for one in came.claims] == [(None, "17")]
    assert [(one.old, one.new) for one in went.claims] == [("17", None)]
    assert came.words[0][0].op == "ins"
    assert went.words[0][0].op == "del"


SAID = st.builds(
    ClaimSaid,
    key=st.sampled_from(["a.a", "a.b", "a.c"]),
    label=st.just("Naam"),
    value=st.integers(0, 3),
    text=st.sampled_from(["nul", "één"]),
    digest=st.sampled_from(["d", "e"]),
)
CLAIMS = st.lists(SAID, unique_by=lambda one: one.key).map(lambda claims: tuple(sorted(claims, key=str)))


@given(CLAIMS, CLAIMS)
def test_a_section_whose_claims_differ_from_the_snapshot_is_never_counted_as_agreed(then, now):
    before, after = Snapshot((), then), Snapshot((), now)
    found = difference(before, after)
    assert bool(found) == (then != now)
    assert claims_stand(before, after) == (then == now)
    if found:
        for stage in (Stage.CONTROL, Stage.READY):
            assert turn(stage, stands=set()).again


def test_a_slot_with_a_problem_is_shown_with_its_slot():
    slot = SlotProse("values.use", "[[als", (), edited=True, version=1, problem="Er ontbreekt iets.")
    (fault,) = content(FilledSection("values", "Waarden", "3", 0, (slot,)), CHAPTER).faults
    assert (fault.slot, fault.sentence) == ("values.use", "Er ontbreekt iets.")
