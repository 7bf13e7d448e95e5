"""Scenario tables per article of the Awb, reckoned by hand; a jurist reads these rows."""

from datetime import date

import pytest

from houvast.law.awb import ADVISORY_COMMITTEE, AWB_9_8, AWB_9_11, AWB_9_24
from houvast.law.errors import ExtensionError, OutsideValidityError, VariantError
from houvast.law.terms import deadline, last_day

# start, nominal end, last day
AWB_9_8_SCENARIOS = [
    ("2026-02-02", "2026-03-02", "2026-03-02"),  # Monday to Monday
    ("2026-01-10", "2026-02-07", "2026-02-09"),  # Saturday: to Monday
    ("2026-03-06", "2026-04-03", "2026-04-07"),  # Good Friday, weekend, Easter Monday
    ("2026-04-07", "2026-05-05", "2026-05-06"),  # Liberation Day, though no lustrum
    (
        "2025-03-29",
        "2025-04-26",
        "2025-04-28",
    ),  # King's Day on Saturday the 26th; Monday the 28th is ordinary
    ("2025-12-04", "2026-01-01", "2026-01-05"),  # New Year, designated Friday, weekend
    ("2024-11-28", "2024-12-26", "2024-12-30"),  # Christmas, designated Friday, weekend
    ("2026-11-26", "2026-12-24", "2026-12-24"),  # Christmas Eve is a working day
    ("2026-12-03", "2026-12-31", "2026-12-31"),  # so is New Year's Eve
    ("2020-04-23", "2020-05-21", "2020-05-25"),  # Ascension, designated Friday, weekend
    ("1999-07-01", "1999-07-29", "1999-07-29"),  # the first day on which title 9.1 holds
]

# start, advisory committee, weeks of extension, nominal end, last day
AWB_9_11_SCENARIOS = [
    ("2026-02-02", False, 0, "2026-03-16", "2026-03-16"),
    ("2026-02-02", False, 4, "2026-04-13", "2026-04-13"),
    ("2026-02-02", True, 0, "2026-04-13", "2026-04-13"),
    ("2026-01-10", False, 0, "2026-02-21", "2026-02-23"),
    ("2026-01-10", False, 4, "2026-03-21", "2026-03-23"),  # from receipt; not four weeks after the 23rd
    ("2026-04-02", False, 0, "2026-05-14", "2026-05-18"),  # Ascension, designated Friday, weekend
    ("2026-02-23", False, 0, "2026-04-06", "2026-04-07"),  # Easter Monday
    ("2026-02-20", False, 0, "2026-04-03", "2026-04-07"),  # Good Friday
    ("2002-01-08", True, 0, "2002-03-19", "2002-03-19"),  # as the Nationale ombudsman reckoned in 2003/012
    ("2026-03-06", True, 0, "2026-05-15", "2026-05-18"),  # the designated Friday
    ("2026-03-16", True, 0, "2026-05-25", "2026-05-26"),  # Whit Monday
    ("2026-05-02", True, 2, "2026-07-25", "2026-07-27"),  # twelve weeks in all still roll
    ("2026-05-02", True, 3, "2026-08-01", "2026-08-01"),  # thirteen do not
    ("2026-05-02", True, 4, "2026-08-08", "2026-08-08"),
    ("2028-02-29", False, 0, "2028-04-11", "2028-04-11"),
    ("2028-03-16", False, 0, "2028-04-27", "2028-05-01"),  # King's Day, designated Friday, weekend
    ("2025-11-15", False, 1, "2026-01-03", "2026-01-05"),
]

AWB_9_24_SCENARIOS = [
    ("2026-03-16", "2027-03-16"),
    ("2026-05-01", "2027-05-01"),  # a Saturday stays: the Atw leaves years alone
    ("2026-12-25", "2027-12-25"),
    ("2028-02-29", "2029-02-28"),
    ("2027-02-28", "2028-02-28"),
    ("2027-03-01", "2028-03-01"),
    ("2005-03-15", "2006-03-15"),
]


@pytest.mark.parametrize(("start", "nominal", "last"), AWB_9_8_SCENARIOS)
def test_awb_9_8_gives_four_weeks_after_receipt(start, nominal, last):
    found = deadline(AWB_9_8, date.fromisoformat(start))
    assert (str(found.nominal_end), str(found.last_day)) == (nominal, last)
    assert found.source == "Awb art. 9:8 lid 3"


@pytest.mark.parametrize(("start", "committee", "weeks", "nominal", "last"), AWB_9_11_SCENARIOS)
def test_awb_9_11_gives_six_or_ten_weeks_and_at_most_four_more(start, committee, weeks, nominal, last):
    found = deadline(
        AWB_9_11,
        date.fromisoformat(start),
        variant=ADVISORY_COMMITTEE if committee else None,
        extend_weeks=weeks,
    )
    assert (str(found.nominal_end), str(found.last_day)) == (nominal, last)


@pytest.mark.parametrize(("start", "last"), AWB_9_24_SCENARIOS)
def test_awb_9_24_gives_one_year_that_never_rolls(start, last):
    found = deadline(AWB_9_24, date.fromisoformat(start))
    assert (str(found.nominal_end), str(found.last_day)) == (last, last)
    assert found.warnings == ()


def test_the_explanation_names_the_receipt_the_count_each_day_skipped_and_the_last_day():
    found = deadline(AWB_9_11, date(2026, 4, 2))
    assert [(str(step.day), step.step, step.source) for step in found.because] == [
        (
            "2026-04-02",
            (
                "De termijn begint met de ontvangst van de klacht: donderdag 2 april 2026. "
                "Die dag zelf telt niet mee."
            ),
            "Awb art. 9:11 lid 1",
        ),
        ("2026-05-14", "6 weken later is het donderdag 14 mei 2026.", "Awb art. 9:11 lid 1"),
        (
            "2026-05-14",
            "Op donderdag 14 mei 2026 kan de termijn niet eindigen: Hemelvaartsdag.",
            "Atw art. 3 lid 1",
        ),
        (
            "2026-05-15",
            "Op vrijdag 15 mei 2026 kan de termijn niet eindigen: aangewezen bij koninklijk besluit.",
            "Atw art. 3 lid 3; Stcrt. 2025, 24713",
        ),
        ("2026-05-16", "Op zaterdag 16 mei 2026 kan de termijn niet eindigen: weekend.", "Atw art. 1 lid 1"),
        ("2026-05-17", "Op zondag 17 mei 2026 kan de termijn niet eindigen: weekend.", "Atw art. 1 lid 1"),
        ("2026-05-18", "Maandag 18 mei 2026 is de laatste dag.", "Atw art. 1 lid 1"),
    ]


def test_an_extension_says_before_which_day_the_notice_has_to_leave():
    found = deadline(AWB_9_11, date(2026, 1, 10), extend_weeks=4)
    [notice] = [step for step in found.because if step.step.startswith("Zonder verlenging")]
    assert notice.day == date(2026, 2, 23)
    assert "Zonder verlenging is maandag 23 februari 2026 de laatste dag." in notice.step
    assert notice.source == "Awb art. 9:11 lid 2"
    assert [step.day for step in found.because if step.step.endswith("is de laatste dag.")] == [
        date(2026, 3, 23)
    ]


def test_more_than_twelve_weeks_in_all_is_warned_for():
    start = date(2026, 5, 2)
    kept = deadline(AWB_9_11, start, variant=ADVISORY_COMMITTEE, extend_weeks=4)
    assert len(kept.warnings) == 1
    assert "samen 14 weken" in kept.warnings[0]
    assert deadline(AWB_9_11, start, variant=ADVISORY_COMMITTEE, extend_weeks=2).warnings == ()


@pytest.mark.parametrize(
    ("start", "years"),
    [
        ("2019-01-05", [2019]),
        ("2019-11-16", [2019]),  # ends on Saturday 28 December 2019, last day Monday the 30th
        ("2019-11-25", []),  # ends in 2020
        ("2028-11-18", [2029]),  # Saturday 30 December 2028 rolls to Tuesday 2 January 2029
        ("2028-12-01", [2029]),
        ("2030-01-02", [2030]),
    ],
)
def test_a_year_without_its_decree_is_warned_for(start, years):
    found = deadline(AWB_9_11, date.fromisoformat(start))
    assert [year for year in range(2018, 2032) if f"Of voor {year} dagen" in "".join(found.warnings)] == years


def test_the_year_of_the_first_end_is_warned_for_also_when_the_term_is_extended():
    found = deadline(AWB_9_11, date(2019, 11, 18), extend_weeks=4)
    assert found.last_day == date(2020, 1, 27)
    assert [warning[:13] for warning in found.warnings] == ["Of voor 2019 "]


@pytest.mark.parametrize("weeks", [-1, 5, 52])
def test_an_extension_is_four_weeks_at_most(weeks):
    with pytest.raises(ExtensionError, match="ten hoogste 4 weken") as caught:
        deadline(AWB_9_11, date(2026, 2, 2), extend_weeks=weeks)
    assert "geef 1, 2, 3 of 4." in str(caught.value)


@pytest.mark.parametrize("term", [AWB_9_8, AWB_9_24])
def test_only_the_handling_can_be_extended_or_advised_on(term):
    with pytest.raises(ExtensionError, match="kan niet worden verlengd"):
        last_day(term, date(2026, 2, 2), extend_weeks=1)
    with pytest.raises(VariantError, match="laat de adviescommissie weg"):
        last_day(term, date(2026, 2, 2), variant=ADVISORY_COMMITTEE)


def test_an_unknown_variant_names_the_one_there_is():
    with pytest.raises(VariantError, match="alleen advisory_committee"):
        last_day(AWB_9_11, date(2026, 2, 2), variant="holiday")


@pytest.mark.parametrize(
    ("term", "start", "since"),
    [
        (AWB_9_8, date(1999, 6, 30), "1 juli 1999"),
        (AWB_9_11, date(1999, 6, 30), "1 juli 1999"),
        (AWB_9_24, date(2005, 3, 14), "15 maart 2005"),
    ],
)
def test_a_start_before_the_rule_holds_is_refused(term, start, since):
    with pytest.raises(OutsideValidityError, match=f"geldt vanaf {since}"):
        deadline(term, start)
