"""The example structure counts as the source says, and its rows fit together."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from houvast.project.demo import structure_data as data
from houvast.project.demo.content_types import AppointmentData
from houvast.project.demo.structure_data import APPOINTMENTS, DIEMEN, DUO, PERSONS, POSTS, UNITS

YEAR_END = date(2021, 12, 31)


def _holds(row, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


def _teams(day: date) -> set[str]:
    return {
        unit.key
        for unit in UNITS
        if unit.organisation == DIEMEN and unit.kind == "team" and _holds(unit, day)
    }


def _leader_appointments() -> list[AppointmentData]:
    leaders = {post.key for post in POSTS if post.organisation == DIEMEN and post.function == "team_leader"}
    return [row for row in APPOINTMENTS if row.organisation == DIEMEN and row.post in leaders]


def _led(day: date) -> set[str]:
    units = {post.key: post.unit for post in POSTS if post.organisation == DIEMEN}
    return {units[row.post] for row in _leader_appointments() if _holds(row, day)}


def _board(organisation: str, day: date) -> list[AppointmentData]:
    """Who is appointed to a post of the board; in Diemen each leads a cluster of their own."""
    clusters = {
        "board",
        *(unit.key for unit in UNITS if unit.organisation == organisation and unit.kind == "cluster"),
    }
    posts = {post.key for post in POSTS if post.organisation == organisation and post.unit in clusters}
    return [
        row
        for row in APPOINTMENTS
        if row.organisation == organisation and row.post in posts and _holds(row, day)
    ]


@pytest.mark.parametrize(
    ("day", "teams", "led"),
    [
        (date(2021, 1, 31), 0, 0),
        (date(2021, 2, 1), 14, 0),
        (date(2021, 4, 12), 14, 3),
        (date(2021, 5, 1), 14, 10),
        (date(2021, 9, 30), 14, 13),
        (date(2021, 10, 1), 14, 14),
        (YEAR_END, 14, 14),
    ],
)
def test_teams_and_leaders_by_day(day, teams, led):
    assert len(_teams(day)) == teams
    assert len(_led(day)) == led
    assert _led(day) <= _teams(day)


def test_most_team_leaders_were_appointed_in_april():
    decided = Counter((row.decided_on.year, row.decided_on.month) for row in _leader_appointments())
    started = Counter((row.valid_from.year, row.valid_from.month) for row in _leader_appointments())
    assert decided[2021, 4] == started[2021, 4] == 10
    assert min(decided) == min(started) == (2021, 4)


def test_four_directors_from_the_new_structure_on_and_none_before():
    assert len(_board(DIEMEN, YEAR_END)) == 4
    assert len(_board(DIEMEN, data.REORGANISED)) == 4
    assert _board(DIEMEN, date(2021, 1, 31)) == []


def test_the_board_of_the_partner_is_three_persons_in_four_posts():
    board = _board(DUO, YEAR_END)
    assert (len({row.person for row in board}), len({row.post for row in board})) == (3, 4)
    assert [row.post for row in board if row.person == "general-director"] == [
        "general-director",
        "director-operations",
    ]


def test_two_liaison_officers():
    posts = {post.key for post in POSTS if post.function == "liaison_officer"}
    assert len([row for row in APPOINTMENTS if row.organisation == DUO and row.post in posts]) == 2


def test_two_staff_posts_are_vacant_at_the_end_of_the_year():
    filled = {row.post for row in APPOINTMENTS if row.organisation == DIEMEN and _holds(row, YEAR_END)}
    posts = {post.key for post in POSTS if post.organisation == DIEMEN and _holds(post, YEAR_END)}
    assert posts - filled == {"care-staff-4", "public-space-staff-5"}


def test_before_the_new_structure_no_post_is_vacant_on_any_day():
    for day in (data.FOUNDED, date(2018, 6, 1), date(2021, 1, 31)):
        posts = {post.key for post in POSTS if post.organisation == DIEMEN and _holds(post, day)}
        assert posts == {row.post for row in APPOINTMENTS if row.organisation == DIEMEN and _holds(row, day)}


def test_each_cluster_is_led_by_a_member_of_the_board_of_its_own():
    posts = [post for post in POSTS if post.function in {"director", "secretary"} and _holds(post, YEAR_END)]
    seats = Counter(post.unit for post in posts if post.organisation == DIEMEN)
    assert seats == {unit.key: 1 for unit in UNITS if unit.kind == "cluster"}


def test_every_team_has_three_to_six_staff_posts():
    for team in _teams(YEAR_END):
        staff = [
            post
            for post in POSTS
            if post.organisation == DIEMEN and post.unit == team and post.function == "staff"
        ]
        assert 3 <= len(staff) <= 6


def test_the_difference_between_two_days_is_real():
    def names(day: date) -> set[str]:
        return {unit.name for unit in UNITS if unit.organisation == DIEMEN and _holds(unit, day)}

    before, after = names(date(2021, 1, 31)), names(date(2021, 2, 1))
    assert before - after == {
        "Directie",
        "Afdeling Ondersteuning en Dienstverlening",
        "Afdeling Welzijn en Zorg",
        "Afdeling Ruimtelijk Domein",
    }
    assert len(after - before) == 1 + 4 + 14


@pytest.mark.parametrize("rows", [UNITS, POSTS, PERSONS])
def test_keys_are_unique_within_an_organisation(rows):
    keys = [(row.organisation, row.key) for row in rows]
    assert len(set(keys)) == len(keys)


def test_every_reference_exists_and_lies_within_the_validity_of_what_it_names():
    units = {(row.organisation, row.key): row for row in UNITS}
    posts = {(row.organisation, row.key): row for row in POSTS}
    functions = {(row.organisation, row.key): row for row in data.FUNCTIONS}
    persons = {(row.organisation, row.key) for row in PERSONS}

    def inside(row, frame) -> bool:
        ends = frame.valid_until or date.max
        return frame.valid_from <= row.valid_from and (row.valid_until or date.max) <= ends

    assert all(inside(row, units[row.organisation, row.parent]) for row in UNITS if row.parent)
    assert all(inside(row, units[row.organisation, row.unit]) for row in POSTS)
    assert all(inside(row, functions[row.organisation, row.function]) for row in POSTS)
    assert all(inside(row, posts[row.organisation, row.post]) for row in APPOINTMENTS)
    assert {(row.organisation, row.person) for row in APPOINTMENTS} == persons
    assert all(inside(row, posts[row.organisation, row.post]) for row in data.DEPUTIES)
    assert all(inside(row, posts[row.organisation, row.deputy_post]) for row in data.DEPUTIES)


def test_nobody_holds_a_post_before_the_decision_and_a_post_has_one_holder_at_a_time():
    assert all(row.decided_on <= row.valid_from for row in APPOINTMENTS)
    assert len({(row.organisation, row.post) for row in APPOINTMENTS}) == len(APPOINTMENTS)


def test_persons_are_called_by_function():
    assert len({(row.organisation, row.label) for row in PERSONS}) == len(PERSONS)
