"""A setting changes from a day on, keeps its history, and one loses no change of another."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core import registry
from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import CHANGE_SETTINGS, NotPermitted
from houvast.core.administration import factories
from houvast.core.audit.queries import verify
from houvast.core.configuration import actions, queries
from houvast.core.configuration.models import SettingPeriod
from houvast.core.configuration.queries import UnknownSetting, value_of
from houvast.core.configuration.rules import Kind, Piece, Setting, WrongValue, without_overlap
from houvast.core.orgs.base import Conflict, known
from houvast.core.orgs.scope import reading

SIZE = Setting("test.size", "Aantal", Kind.NUMBER, 5, "Hoeveel.", lowest=1, highest=99)


@pytest.fixture(autouse=True)
def _declared(monkeypatch):
    cards = {**registry._MODULES, "test": registry.Module(key="test", name="Test", settings=(SIZE,))}
    monkeypatch.setattr(registry, "_MODULES", cards)


def change(here, value, valid_from, **more):
    return actions.change(system_actor(here), key="test.size", value=value, valid_from=valid_from, **more)


def on(here, *days, **more):
    with reading(here.pk):
        return [value_of("test.size", day, **more) for day in days]


def test_until_something_is_set_the_default_holds(diemen):
    assert on(diemen, date(2021, 1, 1)) == [5]


def test_a_value_holds_from_its_day_until_not_including_its_end(diemen):
    change(diemen, 7, date(2021, 3, 1), valid_until=date(2021, 4, 1))
    days = [date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 31), date(2021, 4, 1)]
    assert on(diemen, *days) == [5, 7, 7, 5]


def test_a_stretch_in_the_middle_leaves_both_sides(diemen):
    change(diemen, 7, date(2021, 1, 1))
    change(diemen, 8, date(2021, 3, 1), valid_until=date(2021, 4, 1))
    assert on(diemen, date(2021, 2, 28), date(2021, 3, 1), date(2021, 4, 1)) == [7, 8, 7]


def test_a_change_for_good_replaces_what_was_set_for_later(diemen):
    change(diemen, 7, date(2022, 1, 1))
    change(diemen, 8, date(2021, 1, 1))
    assert on(diemen, date(2021, 6, 1), date(2022, 6, 1)) == [8, 8]


def test_what_was_known_before_a_correction_can_still_be_told(diemen):
    change(diemen, 7, date(2021, 1, 1))
    before = timezone.now()
    change(diemen, 8, date(2021, 1, 1))
    assert on(diemen, date(2021, 6, 1)) == [8]
    assert on(diemen, date(2021, 6, 1), known_at=before) == [7]


def test_a_value_the_setting_no_longer_takes_gives_the_default(diemen, monkeypatch):
    change(diemen, 50, date(2021, 1, 1))
    narrower = Setting("test.size", "Aantal", Kind.NUMBER, 5, "Hoeveel.", highest=10)
    monkeypatch.setitem(
        registry._MODULES, "test", registry.Module(key="test", name="Test", settings=(narrower,))
    )
    assert on(diemen, date(2021, 6, 1)) == [5]


def test_every_organisation_has_its_own_value(diemen, uithoorn):
    change(diemen, 7, date(2021, 1, 1))
    assert on(uithoorn, date(2021, 6, 1)) == [5]


def test_a_wrong_value_or_key_changes_nothing(diemen):
    with pytest.raises(WrongValue):
        change(diemen, 100, date(2021, 1, 1))
    with pytest.raises(UnknownSetting):
        actions.change(system_actor(diemen), key="test.other", value=1, valid_from=date(2021, 1, 1))
    with reading(diemen.pk):
        assert not SettingPeriod.objects.exists()


def test_a_change_on_top_of_a_change_one_did_not_see_is_a_conflict(diemen):
    admin = factories.actor(diemen, "administrator")
    with reading(diemen.pk):
        stamp = queries.state(admin, "test.size", date(2021, 6, 1)).stamp
    change(diemen, 7, date(2021, 1, 1), expected_stamp=stamp)
    with pytest.raises(Conflict) as refused:
        change(diemen, 8, date(2021, 1, 1), expected_stamp=stamp)
    assert refused.value.current.value == 7
    assert on(diemen, date(2021, 6, 1)) == [7]


def test_only_who_may_change_settings_reads_and_changes_them(diemen):
    nobody = factories.actor(diemen, "employee")
    with pytest.raises(NotPermitted) as refused:
        actions.change(nobody, key="test.size", value=7, valid_from=date(2021, 1, 1))
    assert refused.value.permission == CHANGE_SETTINGS
    with reading(diemen.pk), pytest.raises(NotPermitted):
        queries.states(nobody, date(2021, 6, 1))


def test_the_overview_tells_now_since_when_and_what_comes(diemen):
    change(diemen, 7, date(2021, 1, 1), decision="B-1")
    change(diemen, 9, date(2022, 1, 1))
    admin = factories.actor(diemen, "administrator")
    with reading(diemen.pk):
        state = next(s for s in queries.states(admin, date(2021, 6, 1)) if s.setting.key == "test.size")
    assert (state.shown, state.since, state.until, state.decision) == (
        "7",
        date(2021, 1, 1),
        date(2022, 1, 1),
        "B-1",
    )
    assert state.to_come == ((date(2022, 1, 1), "9"),)
    assert [(row.value, row.withdrawn_at is None) for row in state.rows] == [(9, True), (7, True), (7, False)]


changes = st.lists(
    st.tuples(st.integers(1, 99), st.integers(1, 20), st.none() | st.integers(1, 10)),
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_whatever_is_changed_each_day_has_the_last_value_given_for_it(diemen, made):
    change(diemen, 5, date(2020, 1, 1))
    expected = dict.fromkeys((date(2021, 1, day) for day in range(1, 32)), 5)
    for value, start, length in made:
        begin = date(2021, 1, start)
        end = None if length is None else date(2021, 1, start + length)
        change(diemen, value, begin, valid_until=end)
        expected |= {day: value for day in expected if day >= begin and (end is None or day < end)}
    with reading(diemen.pk):
        believed = SettingPeriod.objects.filter(known())
        assert without_overlap(Piece(row.valid_from, row.valid_until) for row in believed)
        assert {day: value_of("test.size", day) for day in expected} == expected
        assert list(verify(diemen)) == []
