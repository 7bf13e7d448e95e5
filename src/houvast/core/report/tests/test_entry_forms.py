"""People type values as they write them; the form reads them by kind and says at the field what is missing."""

from datetime import date

import pytest

from houvast.core.report.claims import Kind
from houvast.core.report.entry_forms import FactForm, ProseForm, QuickFactForm, guess_kind, initial_of
from houvast.core.report.models import SourcedFact


def form(**given):
    facts = {"label": "Groei van het personeel", "kind": "count", "value": "3", "source_title": "Jaarverslag"}
    return FactForm({**facts, **given})


@pytest.mark.parametrize(
    ("kind", "typed", "raw"),
    [
        ("count", "17", 17),
        ("share", "5,5%", "5.5"),
        ("share", "60", "60"),
        ("amount", "€ 1.234,50", "1234.50"),
        ("date", "1-10-2021", "2021-10-01"),
        ("date", "2021-10-01", "2021-10-01"),
        ("name", "Koers op kwaliteit", "Koers op kwaliteit"),
        ("judgement", "zeer beperkt", "zeer beperkt"),
    ],
)
def test_a_value_is_read_as_people_write_it(kind, typed, raw):
    filled = form(kind=kind, value=typed)
    assert filled.is_valid(), filled.errors
    assert filled.entry().value == raw


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("count", "veel", "Vul een heel getal in, bijvoorbeeld 17."),
        ("share", "helft", "Vul een percentage in, bijvoorbeeld 5,5."),
        ("date", "31-2-2021", "Vul een dag in als dag-maand-jaar, bijvoorbeeld 1-10-2021."),
        ("date", "gisteren", "Vul een dag in als dag-maand-jaar, bijvoorbeeld 1-10-2021."),
        ("name", "", "Vul de waarde in."),
    ],
)
def test_a_value_that_cannot_be_read_is_told_at_the_field(kind, typed, sentence):
    assert form(kind=kind, value=typed).errors == {"value": [sentence]}


def test_a_period_includes_its_last_day():
    filled = form(kind="period", value="", period_from="2021-09-27", period_last="2021-10-01")
    assert filled.is_valid(), filled.errors
    assert filled.entry().value == ["2021-09-27", "2021-10-02"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"period_from": "2021-09-27"}, "period_from"),
        ({"period_from": "2021-09-27", "period_last": "2021-09-26"}, "period_last"),
    ],
)
def test_a_period_has_two_days_in_order(given, field):
    assert list(form(kind="period", value="", **given).errors) == [field]


def test_what_was_counted_is_as_many_as_the_count():
    assert list(form(items="A\nB").errors) == ["items"]
    assert form(items="A\n\nB\n C ").is_valid()


def test_a_list_is_its_items():
    filled = form(kind="list", value="", items="A\nB")
    assert filled.is_valid()
    assert filled.entry().value == ["A", "B"]
    assert list(form(kind="list", value="", items=" ").errors) == ["items"]


def test_a_key_is_made_of_the_label_and_is_free():
    assert form().data["label"] == "Groei van het personeel"
    filled = FactForm(form().data, subject="talent", taken=frozenset({"talent.groei_van_het_personeel"}))
    assert filled.is_valid()
    assert filled.entry().key == "talent.groei_van_het_personeel_2"


@pytest.mark.parametrize("key", ["Groei", "talent", "talent.Groei", "talent groei"])
def test_a_key_has_one_shape(key):
    assert list(form(key=key).errors) == ["key"]


def test_a_key_that_is_taken_is_refused():
    assert list(FactForm({**form().data, "key": "a.b"}, taken=frozenset({"a.b"})).errors) == ["key"]


def test_a_recorded_fact_comes_back_as_it_was_entered():
    filled = form(kind="share", value="5,5", as_of="2021-12-31")
    assert filled.is_valid()
    entry = filled.entry()
    fact = SourcedFact(
        year=2021, version=2, **{n: getattr(entry, n) for n in ("key", "label", "kind", "value")}
    )
    again = initial_of(fact)
    assert (again["value"], again["kind"], again["version"]) == ("5,5", "share", 2)


def test_a_recorded_period_shows_its_last_day():
    fact = SourcedFact(key="a.b", label="x", kind=Kind.PERIOD, value=["2021-09-27", "2021-10-02"])
    shown = initial_of(fact)
    assert (shown["period_from"], shown["period_last"]) == (date(2021, 9, 27), date(2021, 10, 1))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("9", Kind.COUNT), ("5%", Kind.SHARE), ("€ 3", Kind.AMOUNT), ("alle", Kind.NAME)],
)
def test_the_kind_of_what_was_typed_is_guessed(typed, kind):
    assert guess_kind(typed) == kind


def test_on_the_spot_only_what_cannot_be_left_out_is_asked():
    assert set(QuickFactForm().fields) == {
        "label",
        "kind",
        "value",
        "source_title",
        "source_place",
        "source_date",
        "start",
        "end",
    }


def test_the_text_has_one_kind_of_line_end_and_no_version_stands_for_the_default():
    typed = ProseForm({"text": "a\r\n\r\nb\r\n"})
    assert typed.is_valid()
    assert typed.cleaned_data == {"text": "a\n\nb", "version": 0}
