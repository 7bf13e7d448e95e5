"""Forms: the error summary, Dutch amounts, native dates, groups as fieldsets."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.ui.conflicts import differences, merged
from houvast.core.ui.diff import word_diff
from houvast.core.ui.forms import AmountField, TileRadioSelect, parse_amount
from houvast.core.ui.tables import dutch_amount


class Sample(forms.Form):
    name = forms.CharField(label="Naam", help_text="Kort")
    amount = AmountField(label="Bedrag", required=False, decimal_places=2)
    day = forms.DateField(label="Dag", required=False)
    kind = forms.ChoiceField(
        label="Wat?", choices=[("a", "Aap"), ("b", "Beer")], widget=TileRadioSelect(icons={"a": "mail"})
    )
    hidden = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("1.140.000", "1140000"),
        ("€ 12,-", "12"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        ("1234.56", "1234.56"),
        ("0", "0"),
        ("12.5", "12.5"),
    ],
)
def test_an_amount_is_read_as_dutch_people_write_it(text, amount):
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "veel", "1,2,3", "1.23.456", "12,", "1e5", "--1", "NaN", "1.2345"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_amount(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_that_we_show_can_be_read_back(amount):
    assert parse_amount(dutch_amount(amount)) == amount


def test_amounts_are_read_the_same_in_english():
    with override("en"):
        assert AmountField().clean("1.234,50") == Decimal("1234.50")


def test_the_summary_comes_first_and_links_to_each_field():
    html = str(Sample({"amount": "veel"}))
    summary, fields = html.split('<div class="hv-field', 1)
    assert "Er zijn 4 dingen die u moet verbeteren" in summary
    assert '<a href="#id_name">Naam: Dit veld is verplicht.</a>' in summary
    assert '<a href="#id_amount">Bedrag: Vul een bedrag in met cijfers, bijvoorbeeld 1.250,50.</a>' in summary
    assert '<a href="#id_kind_0">Wat: Dit veld is verplicht.</a>' in summary
    assert "<li>Dit veld is verplicht.</li>" in summary  # a hidden field has nowhere to go
    assert 'value="veel"' in fields
    assert "data-hv-errors" not in str(Sample())


def test_a_field_names_its_hint_and_its_fault():
    html = str(Sample({})["name"].as_field_group())
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'class="utrecht-textbox utrecht-textbox--html-input"' in html


def test_a_date_is_a_native_field_and_takes_dutch_text_as_well():
    assert 'type="date"' in str(Sample()["day"])
    assert 'value="2021-10-05"' in str(Sample(initial={"day": date(2021, 10, 5)})["day"])
    for text in ("2021-10-05", "05-10-2021", "5-10-2021"):
        assert forms.DateField().clean(text) == date(2021, 10, 5)


def test_tiles_are_a_fieldset_of_radio_buttons():
    html = str(Sample({"kind": "b"})["kind"].as_field_group())
    assert '<legend class="hv-field__label">Wat?</legend>' in html
    assert html.count('type="radio"') == 2
    assert html.count(" checked") == 1
    assert "icons.svg#mail" in html


def test_an_amount_is_shown_with_a_comma():
    assert 'value="1.234,5"' in str(Sample(initial={"amount": Decimal("1234.5")})["amount"])
    assert 'inputmode="decimal"' in str(Sample()["amount"])


def test_both_versions_stand_side_by_side():
    form = Sample({"name": "Nieuw", "kind": "a", "hidden": "1", "day": "2021-10-05"})
    assert form.is_valid()
    found = differences(form, {"name": "Oud", "kind": "b", "day": date(2021, 10, 5), "hidden": 2})
    assert [(item.label, item.yours, item.theirs, item.changed) for item in found] == [
        ("Naam", "Nieuw", "Oud", True),
        ("Dag", "05-10-2021", "05-10-2021", False),
        ("Wat?", "Aap", "Beer", True),
    ]


class Merging(forms.Form):
    merges = True
    name = forms.CharField(label="Naam", required=False)
    day = forms.DateField(label="Dag", required=False)
    sure = forms.BooleanField(label="Zeker", required=False)
    many = forms.MultipleChoiceField(label="Welke", choices=[("a", "Aap"), ("b", "Beer")], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


SEEN = {"name": "Oud", "day": date(2021, 10, 5), "sure": True, "many": ["a"], "version": 1}


def sent(form, **changed):
    """What a browser sends of a page: every field as it stands, and what its reader saw."""
    page = str(form)
    assert page.count('type="hidden"') == 5
    return QueryDict(
        "version=1&initial-name=Oud&initial-day=2021-10-05&initial-sure=True&initial-many=a&"
        + urlencode({"name": "Oud", "day": "2021-10-05", "sure": "on", "many": "a"} | changed)
    )


def test_a_form_that_merges_carries_what_its_reader_saw():
    page = str(Merging(initial=SEEN))
    for name, value in (("name", "Oud"), ("day", "2021-10-05"), ("sure", "True"), ("many", "a")):
        assert f'<input type="hidden" name="initial-{name}" value="{value}"' in page


def test_after_a_conflict_only_what_the_reader_changed_is_theirs():
    form = Merging(sent(Merging(initial=SEEN), name="Nieuw"), initial=SEEN)
    assert form.is_valid()
    stored = {"name": "Ander", "day": date(2021, 10, 6), "sure": False, "many": ["b"]}
    assert [(one.label, one.yours, one.theirs, one.untouched) for one in differences(form, stored)] == [
        ("Naam", "Nieuw", "Ander", False),
        ("Dag", "05-10-2021", "06-10-2021", True),
        ("Zeker", "Ja", "Nee", True),
        ("Welke", "Aap", "Beer", True),
    ]
    again = Merging(merged(form, stored), initial=SEEN)
    assert again.is_valid()
    assert again.cleaned_data == {**stored, "name": "Nieuw", "version": 1}
    assert again.changed_data == ["name"]


def test_without_what_was_seen_everything_sent_is_the_readers():
    form = Merging(QueryDict("version=1&name=Nieuw&day=2021-10-05"), initial=SEEN)
    assert form.is_valid()
    again = Merging(merged(form, {"name": "Ander", "day": None}), initial=SEEN)
    assert again.is_valid()
    assert (again.cleaned_data["name"], again.cleaned_data["day"]) == ("Nieuw", date(2021, 10, 5))


def test_a_difference_marks_words_for_eye_and_ear():
    assert word_diff("zijn 3 <b>", "zijn 2 <b>") == (
        'zijn <del><span class="hv-hidden">verwijderd: </span>3</del>'
        '<ins><span class="hv-hidden">toegevoegd: </span>2</ins> &lt;b&gt;'
    )
    assert word_diff("gelijk", "gelijk") == "gelijk"
