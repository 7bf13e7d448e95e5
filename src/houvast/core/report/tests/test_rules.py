"""One rule says what may be entered: the form, the action, the claim and the database keep to it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.administration import factories
from houvast.core.orgs.scope import reading, writing
from houvast.core.report import actions, rules
from houvast.core.report.claims import Kind
from houvast.core.report.entry_forms import FactForm, QuickFactForm
from houvast.core.report.models import SourcedFact
from houvast.core.report.tests.examples import claim
from houvast.core.report.tests.test_actions import TODAY, entry
from houvast.core.report.tests.test_entry_forms import form

COUNT = "Een aantal is een heel getal van 0 tot en met 999.999.999."
SHARE = "Een percentage ligt tussen -100 en 1.000 en heeft ten hoogste zes decimalen."
AMOUNT = "Een bedrag heeft ten hoogste twaalf cijfers en twee decimalen."
PART = (
    "Een deel van een geheel is 0 tot en met 100 procent. Is dit groei of een vergelijking? "
    "Zeg dan in de toelichting waarmee is vergeleken."
)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("count", "-5", "Vul een heel getal in, bijvoorbeeld 17."),
        ("count", "1_000", "Vul een heel getal in, bijvoorbeeld 17."),
        ("count", "1.00", "Vul een heel getal in, bijvoorbeeld 17."),
        ("count", "1000000000", COUNT),
        ("amount", "Infinity", "Vul een bedrag in, bijvoorbeeld 1.234,50."),
        ("amount", "1e3", "Vul een bedrag in, bijvoorbeeld 1.234,50."),
        ("amount", "9" * 60, AMOUNT),
        ("amount", "1,234", AMOUNT),
        ("amount", "12.34", "Gebruik een komma: 12,34."),
        ("share", "NaN", "Vul een percentage in, bijvoorbeeld 5,5."),
        ("share", "5.5", "Gebruik een komma: 5,5."),
        ("share", "12.5", "Gebruik een komma: 12,5."),
        ("share", "1e3", "Vul een percentage in, bijvoorbeeld 5,5."),
        ("share", "٥", "Vul een percentage in, bijvoorbeeld 5,5."),
        ("share", "1001", SHARE),
        ("share", "120", PART),
        ("share", "-3", PART),
        ("date", "1-1-0999", "Dit is geen bestaande dag tussen het jaar 1000 en 2999."),
    ],
)
def test_the_form_refuses_what_a_claim_refuses_and_says_so_beside_the_field(kind, typed, sentence):
    assert form(kind=kind, value=typed).errors == {"value": [sentence]}


@pytest.mark.parametrize(
    ("kind", "typed", "raw"),
    [
        ("count", "12.345", 12345),
        ("amount", "€ 1.234.567,5", "1234567.5"),
        ("amount", "-3", "-3"),
        ("amount", "1.234", "1234"),
        ("share", "5,5", "5.5"),
        ("share", "100", "100"),
        ("share", "0", "0"),
    ],
)
def test_a_comma_is_decimal_and_a_dot_parts_thousands(kind, typed, raw):
    filled = form(kind=kind, value=typed)
    assert filled.is_valid(), filled.errors
    assert filled.entry().value == raw


@given(st.decimals(-10_000, 10_000, places=2))
def test_a_number_in_dutch_notation_is_read_back(number):
    assert Decimal(rules.decimal_number(str(number).replace(".", ","), "")) == number


def test_growth_above_a_hundred_says_what_it_is_compared_with():
    assert form(kind="share", value="120", explanation="Ten opzichte van de begroting.").is_valid()


def test_on_the_spot_a_share_above_a_hundred_is_refused_at_its_value():
    given = {"label": "Groei", "kind": "share", "value": "120", "source_title": "x", "start": 0, "end": 1}
    assert QuickFactForm(given).errors == {"value": [PART]}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"key": "geen sleutel"}, "key"),
        ({"key": "report.year"}, "key"),
        ({"key": "security.incidents"}, "key"),
        ({"value": -5}, "value"),
        ({"kind": Kind.AMOUNT, "value": "Infinity"}, "value"),
        ({"kind": Kind.SHARE, "value": "NaN"}, "value"),
        ({"kind": Kind.SHARE, "value": "100.5"}, "value"),
        ({"kind": Kind.AMOUNT, "value": "9" * 60}, "value"),
        ({"kind": Kind.NAME, "value": "  "}, "value"),
        ({"kind": Kind.JUDGEMENT, "value": "a" * 201}, "value"),
        ({"kind": Kind.DATE, "value": "9999-12-31"}, "value"),
        ({"kind": Kind.LIST, "value": []}, "items"),
        ({"kind": Kind.LIST, "value": ["a"] * 201, "items": ("a",) * 201}, "items"),
        ({"items": ("A", "B")}, "items"),
        ({"items": ("A", "B", "c" * 201)}, "items"),
        ({"plural": ""}, "plural"),
        ({"as_of": date(999, 1, 1)}, "as_of"),
        ({"source_date": date(3000, 1, 1)}, "source_date"),
        ({"period_from": date(2021, 1, 1)}, "period_from"),
        ({"period_from": date(2021, 1, 2), "period_until": date(2021, 1, 2)}, "period_until"),
    ],
)
@pytest.mark.django_db
def test_the_action_refuses_what_cannot_become_a_claim(diemen, given, field):
    editor = factories.actor(diemen, "editor")
    with pytest.raises(actions.Refusal) as refused:
        actions.enter_fact(editor, year=2021, entry=entry(**given), today=TODAY)
    assert refused.value.field == field
    with reading(diemen.pk):
        assert not SourcedFact.objects.exists()


def test_a_period_of_any_kind_of_fact_has_its_days_in_order():
    assert form(period_from="2021-02-01", period_last="2021-01-01").errors == {
        "period_last": ["De laatste dag ligt voor de eerste."]
    }
    assert form(period_from="9999-01-01", period_last="9999-12-31").errors["period_last"]


def test_a_noun_has_both_its_numbers():
    assert form(singular="team").errors == {
        "plural": ["Vul enkelvoud en meervoud allebei in, of geen van beide."]
    }


REASON = (
    "‘Geregistreerde veiligheidsincidenten’ wordt al berekend onder deze sleutel; een feit met bron zou nooit "
    "worden gebruikt. Kies een andere sleutel."
)


def test_a_key_of_a_register_is_refused_with_the_reason():
    assert form(key="security.incidents").errors == {"key": [REASON]}


def test_a_made_key_never_is_one_of_a_register_or_the_chapter():
    filled = FactForm({**form().data, "label": "Year"})
    assert filled.is_valid(), filled.errors
    assert filled.entry().key == "report.year_2"


@pytest.mark.parametrize(
    ("year", "fits"),
    [
        (0, False),
        (2003, False),
        (2004, True),
        (2021, True),
        (2023, True),
        (2024, False),
        (99999999999, False),
    ],
)
def test_a_chapter_is_of_a_year_from_2004_up_to_next_year(year, fits):
    today = date(2022, 6, 1)
    assert (rules.year_fault(year, today) == "") is fits
    if not fits:
        assert rules.year_fault(year, today) == "Een verslagjaar ligt tussen 2004 en 2023."


@pytest.mark.django_db
@pytest.mark.parametrize("year", [0, 2003, 2024, 99999])
def test_nothing_is_written_of_a_year_that_has_no_chapter(diemen, year):
    editor = factories.actor(diemen, "editor")
    with pytest.raises(actions.Refusal) as refused:
        actions.enter_fact(editor, year=year, entry=entry(), today=TODAY)
    assert refused.value.field == "year"
    with pytest.raises(actions.Refusal):
        actions.write_prose(
            editor, year=year, slot="values.use", text="x", expected_version=0, claims={}, today=TODAY
        )


# The database


def put(organisation, sets):
    """Change a fact beside the actions."""
    with writing(organisation.pk), connection.cursor() as cursor:
        cursor.execute(f"UPDATE report_sourcedfact SET {sets}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sets",
    [
        "value = '-5'",
        "value = '1000000000'",
        "value = '\"5\"'",
        "value = '1.5'",
        "kind = 'amount', value = '\"Infinity\"'",
        "kind = 'amount', value = '\"NaN\"'",
        "kind = 'amount', value = '5'",
        "kind = 'amount', value = '\"1e3\"'",
        "kind = 'share', value = '\"NaN\"'",
        f"kind = 'share', value = '\"{'9' * 60}\"'",
        "kind = 'iets'",
        "year = 2003",
        "year = 2200",
        "withdrawn_at = '2022-01-01 00:00:00+00:00'",
    ],
)
def test_the_database_refuses_it_too(diemen, sets):
    actions.enter_fact(factories.actor(diemen, "editor"), year=2021, entry=entry(), today=TODAY)
    with pytest.raises(IntegrityError):
        put(diemen, sets)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.COUNT, 10**9),
        (Kind.AMOUNT, "Infinity"),
        (Kind.AMOUNT, "1e3"),
        (Kind.SHARE, "1000.1"),
        (Kind.SHARE, "-100.1"),
        (Kind.SHARE, "1e2"),
        (Kind.DATE, "0999-12-31"),
        (Kind.NAME, "a" * 1001),
        (Kind.QUANTIFIER, {"n": 1, "m": 10**9}),
    ],
)
def test_a_claim_holds_nothing_out_of_measure(kind, value):
    with pytest.raises(ValueError, match="is no"):
        claim("x.y", kind, value)
