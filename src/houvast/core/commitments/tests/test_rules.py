"""Terms as people say them, how a commitment may go on, and what each stand needs."""

from dataclasses import replace
from datetime import date

import pytest

from houvast.core.commitments.rules import (
    FINAL,
    TRANSITIONS,
    Course,
    Settlement,
    Stand,
    Status,
    check_owner,
    check_quote,
    check_stand,
    is_late,
)
from houvast.core.orgs.refusal import Refusal

TODAY = date(2023, 3, 1)
STARTED = Stand(status=Status.STARTED, on=date(2022, 5, 1))
DONE = Stand(
    status=Status.DONE, on=date(2022, 5, 1), document="Brief", document_on=date(2022, 4, 1), place="Z-1"
)
LAPSED = Stand(status=Status.LAPSED, on=date(2022, 5, 1), note="Niet meer nodig.", decided_by="College")
POSTPONED = Stand(
    status=Status.POSTPONED, on=date(2022, 5, 1), decided_by="College", decision="B-12", postponed_to=2024
)
FIRST = Course(Status.OPEN)


def test_a_quotation_stands_in_the_section_whatever_its_spaces_and_quotation_marks():
    check_quote("de  visie ‘Koers’\nkomt", "Er staat: De visie 'Koers' komt eraan.")
    with pytest.raises(Refusal, match="Deze woorden staan niet in dit onderdeel"):
        check_quote("de visie komt niet", "De visie komt eraan.")


@pytest.mark.parametrize(
    ("kind", "owners"), [("intention", (1, None, None)), ("pledge", (None, None, 3)), ("wish", ())]
)
def test_one_owner_or_for_a_wish_none(kind, owners):
    check_owner(kind, *owners)


@pytest.mark.parametrize(
    ("kind", "owners", "sentence"),
    [
        ("intention", (None, None, None), "Kies een eigenaar. Alleen een wens kan zonder"),
        ("pledge", (None, None, None), "Kies een eigenaar. Alleen een wens kan zonder"),
        ("wish", (1, 2, None), "Kies één eigenaar"),
    ],
)
def test_two_owners_or_none_are_refused(kind, owners, sentence):
    with pytest.raises(Refusal, match=sentence):
        check_owner(kind, *owners)


def judge(stand, course=FIRST, **given):
    check_stand(
        stand,
        course,
        **{"made_in": 2021, "settlement": Settlement.RESULT, "has_file": False, "today": TODAY, **given},
    )


# From each status, which may follow.
FOLLOWS = {
    Status.OPEN: "started partly done lapsed postponed",
    Status.STARTED: "partly done lapsed postponed",
    Status.PARTLY: "done lapsed postponed",
    Status.POSTPONED: "started partly done lapsed postponed",
    Status.DONE: "",
    Status.LAPSED: "",
}


def test_the_table_of_transitions_is_this_one():
    assert {now: " ".join(s for s in Status if s in then) for now, then in TRANSITIONS.items()} == FOLLOWS
    assert {status for status, then in TRANSITIONS.items() if not then} == FINAL


STANDS = {
    Status.OPEN: Stand(status=Status.OPEN, on=date(2022, 5, 1), note="Geen tijd."),
    Status.STARTED: STARTED,
    Status.PARTLY: replace(DONE, status=Status.PARTLY),
    Status.DONE: DONE,
    Status.LAPSED: LAPSED,
    Status.POSTPONED: POSTPONED,
}


@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("then", Status)
def test_a_stand_follows_where_the_table_leads_and_an_answer_may_also_say_that_nothing_changed(now, then):
    if then in TRANSITIONS[now] and then != now:
        judge(STANDS[then], Course(now))
    else:
        with pytest.raises(Refusal):
            judge(STANDS[then], Course(now))
    if then == now:
        judge(replace(STANDS[then], answers=2022), Course(now))


def test_a_stand_that_changed_nothing_and_answers_nothing_is_refused():
    with pytest.raises(Refusal, match="Zo stond het al"):
        judge(STARTED, Course(Status.STARTED))


def test_before_a_later_stand_only_an_answer_that_changes_nothing_fits():
    judge(replace(STARTED, answers=2022), Course(Status.STARTED, later=True))
    with pytest.raises(Refusal, match="Op deze dag kan alleen nog: Open"):
        judge(replace(STARTED, answers=2022), Course(Status.OPEN, later=True))


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"on": date(2023, 3, 2)}, "moment", "Deze dag moet nog komen."),
        (
            {"on": date(2020, 12, 31)},
            "moment",
            "in de paragraaf van 2021. Kies een dag in dat jaar of later.",
        ),
        ({"answers": 2021}, "answers", "antwoordt op een voornemen van dat jaar nog niet"),
        ({"on": date(2023, 1, 1), "answers": 2022}, "moment", "vertelt hoe het eind 2022 stond"),
    ],
)
def test_the_day_of_a_stand_lies_between_its_chapter_and_today_and_not_after_the_year_it_answers(
    told, field, sentence
):
    with pytest.raises(Refusal, match=sentence) as refused:
        judge(replace(STARTED, **told))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("stand", "field"),
    [
        (replace(STANDS[Status.OPEN], note="", answers=2022), "note"),
        (replace(LAPSED, note=""), "note"),
        (replace(LAPSED, decided_by=""), "decided_by"),
        (replace(POSTPONED, decided_by=""), "decided_by"),
        (replace(POSTPONED, decision=""), "decision"),
        (replace(POSTPONED, postponed_to=None), "postponed_to"),
        (replace(POSTPONED, postponed_to=2022), "postponed_to"),
        (replace(POSTPONED, postponed_to=2100), "postponed_to"),
        (replace(DONE, document=""), "document"),
        (replace(DONE, status=Status.PARTLY, document=""), "document"),
        (replace(DONE, document_on=date(2023, 3, 2)), "document_on"),
    ],
)
def test_each_stand_says_what_it_needs(stand, field):
    with pytest.raises(Refusal) as refused:
        judge(stand)
    assert refused.value.field == field


@pytest.mark.parametrize("status", [Status.PARTLY, Status.DONE])
@pytest.mark.parametrize("proof", [{"document": "Verslag"}, {"claim_key": "values.values"}, {}])
def test_a_result_is_shown_by_a_document_a_claim_or_a_file(status, proof):
    judge(Stand(status=status, on=date(2022, 5, 1), **proof), has_file=not proof)


def test_a_promised_letter_is_settled_by_a_sent_document_alone():
    judge(DONE, settlement=Settlement.DOCUMENT)
    judge(replace(DONE, place=""), settlement=Settlement.DOCUMENT, has_file=True)
    for lacks in ({"document": ""}, {"document_on": None}):
        with pytest.raises(Refusal, match="Dit is alleen afgedaan met een verzonden stuk"):
            judge(replace(DONE, **lacks), settlement=Settlement.DOCUMENT, has_file=True)
    with pytest.raises(Refusal, match="Noem het registratienummer van het stuk") as refused:
        judge(replace(DONE, place=""), settlement=Settlement.DOCUMENT)
    assert refused.value.field == "place"
    with pytest.raises(Refusal, match="Dit is alleen afgedaan met een verzonden stuk"):
        judge(replace(DONE, document="", claim_key="values.values"), settlement=Settlement.DOCUMENT)


@pytest.mark.parametrize(
    ("status", "until", "late"),
    [
        (Status.OPEN, date(2023, 3, 1), True),
        (Status.STARTED, date(2022, 1, 1), True),
        (Status.OPEN, date(2023, 3, 2), False),
        (Status.OPEN, None, False),
        (Status.DONE, date(2022, 1, 1), False),
        (Status.LAPSED, date(2022, 1, 1), False),
    ],
)
def test_what_is_not_settled_when_its_last_day_went_by_is_late(status, until, late):
    assert is_late(status, until, TODAY) is late
