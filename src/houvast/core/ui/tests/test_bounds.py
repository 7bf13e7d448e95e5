"""Days, moments and whole numbers on forms lie within bounds, and a sentence names them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.orgs.models import UnitPeriod
from houvast.core.ui.forms import DayField, MomentField, WholeNumberField, bounded

FOREVER = "9" * 20
DAYS = "Kies een dag van 1 januari 1900 tot en met 31 december 2099."


def refusal(field, value):
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.messages


@pytest.mark.parametrize("text", ["1900-01-01", "2099-12-31", "31-12-2099"])
def test_the_first_and_the_last_day_are_taken(text):
    assert DayField().clean(text) in {date(1900, 1, 1), date(2099, 12, 31)}


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2100-01-01", "9999-12-31", "31-12-9999"])
def test_a_day_outside_the_bounds_is_refused_in_a_sentence_that_names_them(text):
    assert refusal(DayField(), text) == [DAYS]


@pytest.mark.parametrize("text", ["", None])
def test_a_field_that_may_stay_empty_stays_empty(text):
    assert DayField(required=False).clean(text) is None
    assert MomentField(required=False).clean(text) is None
    assert WholeNumberField(required=False).clean(text) is None


def test_a_field_may_have_narrower_bounds():
    field = DayField(earliest=date(2021, 1, 1), latest=date(2021, 12, 31))
    assert field.clean("2021-05-01") == date(2021, 5, 1)
    assert refusal(field, "2022-01-01") == ["Kies een dag van 1 januari 2021 tot en met 31 december 2021."]


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+02:00", "2100-01-01T00:00"]
)
def test_a_moment_outside_the_bounds_is_refused_before_any_time_zone(text):
    assert refusal(MomentField(), text) == [DAYS]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2021-05-01T10:00", datetime(2021, 5, 1, 8, tzinfo=UTC)),
        ("1-5-2021 10:00", datetime(2021, 5, 1, 8, tzinfo=UTC)),
        ("2021-05-01T10:00Z", datetime(2021, 5, 1, 10, tzinfo=UTC)),
        (datetime(2021, 5, 1, 10, tzinfo=UTC), datetime(2021, 5, 1, 10, tzinfo=UTC)),
        (date(2021, 5, 1), datetime(2021, 4, 30, 22, tzinfo=UTC)),
        ("2099-12-31T23:59", datetime(2099, 12, 31, 22, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_on_the_amsterdam_clock_unless_it_names_its_own(value, moment):
    assert MomentField().clean(value) == moment


def test_a_moment_that_the_clock_skips_is_refused():
    assert len(refusal(MomentField(), "2021-03-28T02:30")) == 1


@pytest.mark.parametrize("text", ["-1", "2147483648", FOREVER])
def test_a_number_outside_the_bounds_is_refused_in_a_sentence_that_names_them(text):
    assert refusal(WholeNumberField(), text) == ["Vul een heel getal in van 0 tot en met 2.147.483.647."]


@pytest.mark.parametrize("text", ["0", "2147483647"])
def test_the_least_and_the_most_are_taken(text):
    assert WholeNumberField().clean(text) == int(text)


def test_without_a_least_a_number_may_lie_below_nought():
    assert WholeNumberField(min_value=None).clean("-3") == -3
    assert refusal(WholeNumberField(min_value=None, max_value=None), f"-{FOREVER}") == [
        "Vul een heel getal in van -2.147.483.647 tot en met 2.147.483.647."
    ]


def test_thousands_of_digits_are_no_number():
    assert len(refusal(WholeNumberField(), "9" * 5000)) == 1


@given(st.integers())
def test_every_number_is_either_taken_or_refused(number):
    field = WholeNumberField()
    try:
        assert field.clean(str(number)) == number
    except ValidationError:
        assert not 0 <= number <= 2_147_483_647


def test_the_browser_is_told_the_bounds_unless_the_field_is_hidden():
    class Sample(forms.Form):
        day = DayField()
        moment = MomentField()
        hidden = DayField(widget=forms.HiddenInput)
        unseen = MomentField(widget=forms.HiddenInput)

    form = Sample()
    assert 'min="1900-01-01" max="2099-12-31"' in str(form["day"])
    assert 'min="1900-01-01T00:00" max="2099-12-31T23:59"' in str(form["moment"])
    assert "max" not in str(form["hidden"]) + str(form["unseen"])


def test_the_bounds_are_told_in_english_as_well():
    with override("en"):
        assert refusal(DayField(), "9999-12-31") == ["Choose a day from 1 January 1900 to 31 December 2099."]
        assert refusal(WholeNumberField(max_value=5000), "-1") == ["Enter a whole number from 0 to 5,000."]


def test_the_fields_of_a_model_have_the_bounds():
    made = fields_for_model(
        UnitPeriod, fields=["name", "order", "valid_from", "kind"], formfield_callback=bounded
    )
    assert {name: type(field) for name, field in made.items()} == {
        "name": forms.CharField,
        "order": WholeNumberField,
        "valid_from": DayField,
        "kind": forms.TypedChoiceField,
    }
    assert refusal(made["order"], "32768") == ["Vul een heel getal in van 0 tot en met 32.767."]
    moment = bounded(models.DateTimeField())
    whole = bounded(models.IntegerField())
    assert isinstance(moment, MomentField)
    assert refusal(whole, FOREVER) == ["Vul een heel getal in van 0 tot en met 2.147.483.647."]
