"""Which requirement holds for which reporting year: a scenario table per article."""

from datetime import date

import pytest

from houvast.law.completeness import (
    REQUIREMENTS,
    Requirement,
    Scope,
    last_day_to_send,
    requirements_of,
)

INDICATORS = {
    "bbv-25:formatie",
    "bbv-25:bezetting",
    "bbv-25:apparaatskosten",
    "bbv-25:inhuur",
    "bbv-25:overhead",
}


def keys(year, scope):
    return {one.key for one in requirements_of(year) if one.scope is scope}


@pytest.mark.parametrize(
    ("year", "holds"),
    [(2003, False), (2004, True), (2021, True), (2022, True), (2023, True), (2025, True)],
)
def test_bbv_14_asks_how_things_stand_and_what_is_intended(year, holds):
    asked = {"bbv-14:stand", "bbv-14:voornemens"}
    assert (asked <= keys(year, Scope.HERE)) is holds


@pytest.mark.parametrize(("year", "holds"), [(2016, False), (2017, True), (2021, True), (2025, True)])
def test_bbv_25_asks_five_indicators_from_2017_on(year, holds):
    assert (keys(year, Scope.ELSEWHERE) & INDICATORS) == (INDICATORS if holds else set())


@pytest.mark.parametrize(("year", "holds"), [(2021, False), (2022, True), (2023, True), (2025, True)])
def test_woo_3_5_asks_an_account_of_openness_from_the_first_accounts_after_1_may_2022(year, holds):
    assert ("woo-3.5:openbaarheid" in keys(year, Scope.ELSEWHERE)) is holds


@pytest.mark.parametrize(("year", "holds"), [(2021, False), (2022, False), (2023, True), (2025, True)])
def test_the_account_of_legality_and_its_explanation_here_begin_with_2023(year, holds):
    assert ("bbv-rechtmatigheid:verantwoording" in keys(year, Scope.ELSEWHERE)) is holds
    assert ("bbv-rechtmatigheid:toelichting" in keys(year, Scope.HERE)) is holds


@pytest.mark.parametrize(
    ("year", "here", "elsewhere"), [(2021, 2, 5), (2022, 2, 6), (2023, 3, 7), (2025, 3, 7)]
)
def test_how_much_is_asked_grows_by_year(year, here, elsewhere):
    assert len(keys(year, Scope.HERE)) == here
    assert len(keys(year, Scope.ELSEWHERE)) == elsewhere


def test_a_requirement_that_ended_holds_no_longer_from_that_year_on():
    ended = Requirement("x", "X", "art. 1", Scope.HERE, 2004, until_year=2010)
    assert [ended.holds_in(year) for year in (2003, 2004, 2009, 2010)] == [False, True, True, False]


def test_each_requirement_has_a_key_of_its_own_and_a_source():
    assert len({one.key for one in REQUIREMENTS}) == len(REQUIREMENTS)
    assert all(one.source and one.name for one in REQUIREMENTS)


def test_the_accounts_are_sent_before_15_july_of_the_next_year():
    assert last_day_to_send(2021) == date(2022, 7, 14)
