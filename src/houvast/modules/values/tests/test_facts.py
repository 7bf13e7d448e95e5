"""What the chapter, the first page and the calendar are told of the vision and the values."""

from datetime import UTC, date, datetime

import pytest

from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.report.prose import parse, render, to_text
from houvast.core.report.queries import all_claims, context_for
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.values import actions, factories, facts

DAY = date(2021, 1, 1)
MOMENT = datetime(2021, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "director", name="Directielid")


def claims_of(organisation, year=2021):
    with reading(organisation.pk):
        return all_claims(context_for(organisation, year))


def test_the_values_stand_in_the_order_of_the_organisation(diemen, director):
    factories.value_set(director, ("Zorg", "Aandacht", "Moed"))
    claim = claims_of(diemen)["values.values"]
    assert (claim.number, claim.names, claim.rows) == (3, ("Zorg", "Aandacht", "Moed"), 3)


def test_a_value_that_comes_later_is_not_in_an_earlier_chapter(diemen, director):
    made = factories.value_set(director)
    before = claims_of(diemen)["values.values"]
    actions.add_value(director, set_id=made.pk, name="Eerlijk", valid_from=date(2023, 1, 1))
    assert claims_of(diemen)["values.values"] == before
    assert claims_of(diemen, 2023)["values.values"].number == 4


def test_the_set_before_is_named_with_its_year(diemen, director):
    factories.value_set(director, (), origin="Koers op kwaliteit", since=date(2009, 1, 1), until=DAY)
    factories.value_set(director)
    claims = claims_of(diemen)
    assert claims["values.predecessor"].text == "Koers op kwaliteit"
    assert claims["values.predecessor_year"].text == "2009"


def test_without_a_vision_nothing_is_claimed_but_that_there_are_no_values(diemen):
    claims = claims_of(diemen)
    told = {key: claim.text for key, claim in claims.items() if key.startswith("values.")}
    assert told == {"values.values": "geen", "values.pairs": "geen"}


def test_values_with_an_example_are_counted(diemen, director):
    made = factories.value_set(director)
    value = factories.values_of(director, made)[0]
    actions.add_behaviour(director, value_id=value.pk, text="Vraagt door.", shows=True)
    # Behaviour that goes against a value does not show it.
    other = factories.values_of(director, made)[1]
    actions.add_behaviour(director, value_id=other.pk, text="Wacht af.", shows=False)
    assert claims_of(diemen)["values.values_with_examples"].value == {"n": 1, "m": 3}


def test_counts_of_a_year_are_summed_by_kind(diemen, director):
    one = factories.instrument(director)
    actions.count(director, instrument_id=one.pk, year=2021, total=9, covered=9, today=date(2022, 1, 1))
    claims = claims_of(diemen)
    assert claims["values.covered_interviews"].value == {"n": 9, "m": 9}
    assert "values.covered_interviews" not in claims_of(diemen, 2020)
    assert "values.covered_evaluations" not in claims


@pytest.mark.parametrize(
    ("slot", "number", "told"),
    [
        ("values.vision", 0, ""),
        (
            "values.vision",
            2,
            (
                "‘Samen verder.’ is de slogan van de nieuwe visie. De organisatie werkt die slogan uit in twee "
                "begrippenparen: ‘denken én doen 0’ en ‘denken én doen 1’. Bij de visie horen twee kernwaarden:\n\n"
                "- Waarde 0\n- Waarde 1"
            ),
        ),
        (
            "values.use",
            1,
            (
                "De visie en de kernwaarden krijgen een plek in Teamplannen 0, Evaluatiegesprekken 0, "
                "Sollicitatiegesprekken 0 en Introductie van nieuwe medewerkers 0."
            ),
        ),
    ],
)
def test_the_default_text_says_what_the_register_holds(diemen, director, slot, number, told):
    if number:
        factories.load(director, number)
    text = next(one.text for one in facts.SLOTS if one.key == slot)
    assert to_text(render(parse(text), claims_of(diemen))) == told


def test_a_set_that_is_due_and_bare_values_are_tasks(diemen, director):
    made = factories.value_set(director, review_on=date(2021, 6, 1))
    with reading(diemen.pk):
        due, bare = facts.tasks(director)
    assert due.label == "Bekijk de kernwaarden opnieuw: Op weg"
    assert due.due == date(2021, 6, 1)
    assert bare.label == "3 kernwaarden hebben nog geen voorbeeld van gedrag"
    assert bare.url == f"/diemen/kernwaarden/sets/{made.pk}/"


def test_the_calendar_knows_when_to_look_again(diemen, director):
    factories.value_set(director, review_on=date(2025, 6, 1))
    with reading(diemen.pk):
        (dated,) = facts.dates(director, date(2025, 6, 1), date(2025, 7, 1))
        assert facts.dates(director, date(2025, 7, 1), date(2025, 8, 1)) == ()
    assert (dated.on, dated.label) == (date(2025, 6, 1), "Kernwaarden opnieuw bekijken: Op weg")


def test_who_may_not_see_them_gets_no_dates(diemen):
    nobody = people.actor(diemen)
    with reading(diemen.pk):
        assert facts.dates(nobody, DAY, date(2030, 1, 1)) == ()


def test_a_figure_says_how_many_instruments_have_a_guide(diemen, director):
    made = factories.value_set(director)
    one = factories.instrument(director)
    factories.instrument(director, "de introductiedag", "introduction")
    factories.guide(director, one, factories.values_of(director, made))
    with reading(diemen.pk):
        (figure,) = facts.figures(director)
    assert (figure.value, figure.unit, figure.tone) == (
        "1",
        "van de 2 instrumenten met een leidraad",
        "let-op",
    )


def found(actor, typed):
    with reading(actor.organisation.pk):
        return [(str(hit.kind), hit.label) for hit in records(actor, Query(typed))]


def test_what_the_values_say_is_found_by_stems_and_each_word(diemen, director):
    made = factories.value_set(director, (), origin="Werken aan vertrouwen")
    value = actions.add_value(
        director, set_id=made.pk, name="Met lef", meaning="Wĳ nemen maatregelen.", valid_from=DAY
    )
    factories.vision(director, made, "Samen sterker", ["gunnen en delen"])
    actions.add_behaviour(director, value_id=value.pk, text="Stelt moeilijke vragen.", shows=True)
    factories.instrument(director, "de teamplannen")
    assert found(director, "lef") == [("Kernwaarde", "Met lef")]
    assert found(director, "maatregel") == found(director, "wij maatregelen") == [("Kernwaarde", "Met lef")]
    assert found(director, "lef huis") == []
    assert found(director, "vertrouwen") == [("Set kernwaarden", "Werken aan vertrouwen")]
    assert found(director, "sterker") == [("Onderdeel van de visie", "Samen sterker")]
    assert found(director, "moeilĳke vraag") == [("Gedragsvoorbeeld", "Stelt moeilijke vragen.")]
    assert found(director, "teamplan") == [("Instrument", "de teamplannen")]


def test_a_value_is_found_by_its_new_words_and_by_the_old_no_more(diemen, director):
    made = factories.value_set(director, ())
    value = actions.add_value(director, set_id=made.pk, name="Met lef", meaning="Afspraken.", valid_from=DAY)
    actions.change_value(
        director, value_id=value.pk, expected_version=value.version, meaning="Beloften.", place=1
    )
    assert found(director, "afspraak") == []
    assert found(director, "belofte") == [("Kernwaarde", "Met lef")]


def test_an_example_and_a_value_that_were_withdrawn_are_found_no_more(diemen, director):
    made = factories.value_set(director, ("Met lef",))
    value = factories.values_of(director, made)[0]
    shown = actions.add_behaviour(director, value_id=value.pk, text="Vraagt door.", shows=True)
    actions.withdraw_behaviour(director, behaviour_id=shown.pk, expected_version=shown.version, today=DAY)
    actions.withdraw_value(director, value_id=value.pk, expected_version=value.version, at=MOMENT)
    assert found(director, "vraag") == found(director, "lef") == []


def test_without_the_right_or_from_elsewhere_no_value_is_found(diemen, uithoorn, director):
    factories.value_set(director)
    assert found(people.actor(diemen), "lef") == []
    assert found(people.actor(uithoorn, "director"), "lef") == []
