"""The example registers count 9, 17, 2 and 15 for Diemen in 2021, and only when counted rightly."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta

import pytest

from houvast.project.demo.security_data import BREACHES, INCIDENTS
from houvast.project.demo.structure_data import DIEMEN, ORGANISATIONS


def _of_2021(rows):
    return [row for row in rows if row.organisation == DIEMEN and row.registered_on.year == 2021]


def test_nine_incidents_and_seventeen_breaches_are_registered_for_diemen_in_2021():
    assert (len(_of_2021(INCIDENTS)), len(_of_2021(BREACHES))) == (9, 17)


def test_two_breaches_are_notified_and_fifteen_are_not():
    notified = [row for row in _of_2021(BREACHES) if row.notified_at]
    assert (len(notified), len(_of_2021(BREACHES)) - len(notified)) == (2, 15)
    assert all(row.motive for row in BREACHES)


def test_the_impact_of_most_breaches_is_limited():
    assert Counter(row.impact for row in _of_2021(BREACHES)) == {"limited": 17}


@pytest.mark.parametrize("breach", [row for row in BREACHES if row.notified_at], ids=lambda row: row.key)
def test_a_notification_comes_within_72_elapsed_hours(breach):
    elapsed = breach.notified_at.astimezone(UTC) - breach.aware_at.astimezone(UTC)
    assert timedelta() < elapsed <= timedelta(hours=72)


def test_three_breaches_came_from_an_incident_so_neither_register_holds_the_other():
    incidents = {row.key for row in _of_2021(INCIDENTS)}
    linked = {row.incident for row in _of_2021(BREACHES) if row.incident}
    assert len(linked) == 3
    assert linked < incidents


def test_counting_wrongly_shows():
    by_discovery = [row for row in BREACHES if row.organisation == DIEMEN and row.aware_at.year == 2021]
    by_notification = [
        row
        for row in BREACHES
        if row.organisation == DIEMEN and row.notified_at and row.notified_at.year == 2021
    ]
    every_organisation = [row for row in BREACHES if row.registered_on.year == 2021]
    assert (len(by_discovery), len(by_notification), len(every_organisation)) == (18, 3, 21)
    assert (
        len([row for row in INCIDENTS if row.discovered_at.year == 2021 and row.organisation == DIEMEN]) == 10
    )


def test_every_organisation_has_rows_in_both_registers():
    assert {row.organisation for row in BREACHES} == {row.slug for row in ORGANISATIONS}
    assert {row.organisation for row in INCIDENTS} == {row.slug for row in ORGANISATIONS}


@pytest.mark.parametrize("rows", [INCIDENTS, BREACHES])
def test_keys_are_unique(rows):
    assert len({row.key for row in rows}) == len(rows)


def test_moments_follow_each_other():
    assert all(row.occurred_on <= row.discovered_at.date() <= row.registered_on for row in INCIDENTS)
    assert all(row.occurred_on <= row.aware_at.date() <= row.registered_on for row in BREACHES)
    assert all(row.aware_at.date() <= row.decided_on for row in BREACHES)
