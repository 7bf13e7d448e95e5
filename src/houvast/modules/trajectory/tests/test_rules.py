"""Phases in order and without silent overlap, gates between them, and what is substantiated."""

from datetime import date

import pytest

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Period
from houvast.modules.trajectory.rules import (
    PhaseState,
    Span,
    check_closing,
    check_days,
    check_gate,
    check_motto,
    check_phase,
    explained_by,
    is_substantiated,
)

DAY = date(2021, 12, 31)
MAY, JUNE, JULY = date(2021, 5, 1), date(2021, 6, 1), date(2021, 7, 1)


@pytest.mark.parametrize(
    ("span", "state"),
    [
        (Span(1, MAY, None), PhaseState.RUNNING),
        (Span(1, MAY, JUNE), PhaseState.ENDED),
        (Span(1, None, None), PhaseState.COMING),
        (Span(2, None, None), PhaseState.COMING),
        (Span(2, date(2022, 1, 1), None), PhaseState.WAITING),
        (Span(2, date(2022, 1, 1), None, opened=True), PhaseState.COMING),
        (Span(2, DAY, None), PhaseState.UNGATED),
        (Span(2, DAY, None, opened=True), PhaseState.RUNNING),
        (Span(2, MAY, DAY), PhaseState.ENDED),
    ],
)
def test_how_a_phase_stands_follows_from_its_days_and_its_gate(span, state):
    assert span.state(DAY) is state


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        (Span(1, MAY, JUNE), Span(2, JUNE, JULY), False),
        (Span(1, MAY, JULY), Span(2, JUNE, None), True),
        (Span(1, MAY, None), Span(2, JUNE, None), True),
        (Span(1, None, None), Span(2, JUNE, None), False),
        (Span(1, MAY, None), Span(2, None, None), False),
    ],
)
def test_phases_overlap_when_they_have_a_day_in_common_either_way_round(one, other, overlaps):
    assert one.overlaps(other) is overlaps
    assert other.overlaps(one) is overlaps


def test_an_overlap_needs_a_reason():
    with pytest.raises(Refusal, match="vallen samen met fase 1") as refused:
        check_phase(Span(2, JUNE, None), [Span(1, MAY, JULY)], "")
    assert refused.value.field == "overlap"
    check_phase(Span(2, JUNE, None), [Span(1, MAY, JULY)], "De evaluatie liep nog.")
    check_phase(Span(2, JULY, None), [Span(1, MAY, JULY)], "")


def test_phases_stand_in_the_order_of_their_days():
    with pytest.raises(Refusal, match="Fase 1 begint op een andere plaats") as refused:
        check_phase(Span(2, MAY, JUNE), [Span(1, JULY, None)], "")
    assert refused.value.field == "start"
    check_phase(Span(2, MAY, None), [Span(1, MAY, None)], "Zij begonnen samen.")
    check_phase(Span(2, None, None), [Span(1, MAY, None)], "")
    check_phase(Span(2, MAY, JUNE), [Span(3, None, None)], "")


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(None, Period.year(2021), "start"), (Period.year(2022), Period.year(2021), "end")],
)
def test_an_end_comes_after_a_beginning(start, end, field):
    with pytest.raises(Refusal) as refused:
        check_days(start, end)
    assert refused.value.field == field


@pytest.mark.parametrize("end", [None, Period.year(2021)])
def test_a_phase_may_end_in_the_period_in_which_it_begins_or_stay_open(end):
    check_days(Period.year(2021), end)


def test_the_first_phase_has_no_gate_and_no_decision_lies_ahead():
    with pytest.raises(Refusal, match="De eerste fase heeft geen poort"):
        check_gate(1, MAY, DAY)
    with pytest.raises(Refusal, match="nog niet genomen"):
        check_gate(2, date(2022, 1, 1), DAY)
    check_gate(2, DAY, DAY)


@pytest.mark.parametrize(
    ("closed", "document", "field"),
    [(date(2022, 1, 1), DAY, "closed_on"), (DAY, date(2022, 1, 1), "document_on")],
)
def test_a_milestone_is_not_reached_or_shown_on_a_day_to_come(closed, document, field):
    with pytest.raises(Refusal) as refused:
        check_closing(closed, document, DAY)
    assert refused.value.field == field
    check_closing(DAY, DAY, DAY)


def test_a_motto_begins_after_the_one_before():
    check_motto(JUNE, None)
    check_motto(JUNE, MAY)
    with pytest.raises(Refusal, match="Kies een latere dag"):
        check_motto(MAY, MAY)


@pytest.mark.parametrize(
    ("indicator", "document", "shown"),
    [("a", "b", True), ("a", "", False), ("", "b", False), ("", "", False)],
)
def test_a_condition_is_substantiated_by_an_indicator_and_evidence(indicator, document, shown):
    assert is_substantiated(indicator, document) is shown


def test_a_deviation_may_be_explained_by_what_lasted_on_that_day():
    there = [("Crisis", MAY, JULY), ("Storm", JULY, None), ("Staking", DAY, None)]
    assert list(explained_by(JUNE, there)) == ["Crisis"]
    assert list(explained_by(JULY, there)) == ["Storm"]
