"""What the law and the organisation say, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.modules.security.factories import BREACH, INCIDENT
from houvast.modules.security.rules import (
    BreachStatus,
    ClockState,
    Impact,
    IncidentStatus,
    Outcome,
    PersonalData,
    Refusal,
    Risk,
    breaches,
    clock_of,
    due_at,
    impact_words,
    incidents,
)
from houvast.modules.security.rules.impact import MILD_TO_GRAVE
from houvast.modules.security.rules.refusal import check_closing_day, require_step

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 27, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENTS = st.integers(0, 2_500_000_000).map(lambda seconds: here(2019, 1, 1) + timedelta(seconds=seconds))


def here(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        # (kennisname, laatste moment), Amsterdam clock: AVG art. 33 lid 1
        (here(2026, 3, 27, 12), here(2026, 3, 30, 13)),  # summer time begins in between
        (here(2026, 10, 23, 12), here(2026, 10, 26, 11)),  # summer time ends in between
        (here(2026, 3, 10, 9, 30), here(2026, 3, 13, 9, 30)),  # an ordinary week
        (here(2026, 4, 3, 17), here(2026, 4, 6, 17)),  # Good Friday up to Easter Monday
        (here(2021, 12, 31, 23, 59), here(2022, 1, 3, 23, 59)),  # over the turn of the year
        (here(2020, 2, 27, 8), here(2020, 3, 1, 8)),  # over a leap day
    ],
)
def test_the_term_is_72_elapsed_hours_on_the_amsterdam_clock(aware, due):
    assert due_at(aware) == due


@given(MOMENTS)
def test_the_term_is_never_later_than_72_hours(aware):
    assert due_at(aware) - aware == timedelta(hours=72)


def test_a_breach_from_before_the_avg_has_no_term():
    with pytest.raises(Refusal, match="geldt vanaf 25 mei 2018"):
        due_at(here(2018, 5, 24, 12))


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        (0, ClockState.AMPLE),
        (47, ClockState.AMPLE),
        (48, ClockState.NEAR),
        (72, ClockState.NEAR),
        (73, ClockState.EXPIRED),
    ],
)
def test_a_running_clock_is_ample_then_near_then_expired(hours, state):
    clock = clock_of(NOW, NOW + hours * HOUR)
    assert (clock.state, clock.remaining, clock.runs) == (state, (72 - hours) * HOUR, True)


@pytest.mark.parametrize(("hours", "state"), [(72, ClockState.MET), (73, ClockState.MISSED)])
def test_a_clock_stops_when_the_work_is_done(hours, state):
    clock = clock_of(NOW, NOW + 1000 * HOUR, done_at=NOW + hours * HOUR)
    assert (clock.state, clock.runs) == (state, False)


def test_a_clock_explains_itself_with_its_article():
    because = clock_of(here(2026, 3, 27, 12), NOW).because
    assert because == (
        (
            "De termijn begint met de kennisname van het datalek: vrijdag 27 maart 2026 om 12.00 uur. "
            "(AVG art. 33 lid 1)"
        ),
        (
            "Tussendoor gaat de klok een uur vooruit; geteld worden de uren die echt verstrijken. "
            "(AVG art. 33 lid 1)"
        ),
        (
            "72 uur later is het maandag 30 maart 2026 om 13.00 uur. Weekenden en feestdagen tellen mee. "
            "(AVG art. 33 lid 1)"
        ),
    )


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        ({}, None),
        ({"": 1, "nil": 4}, None),
        ({"nil": 3}, "nihil"),
        ({"nil": 2, "limited": 1}, "zeer beperkt"),
        ({"limited": 17}, "zeer beperkt"),
        ({"limited": 9, "considerable": 1}, "overwegend beperkt"),
        ({"limited": 1, "considerable": 1}, "overwegend beperkt"),
        ({"limited": 1, "considerable": 2}, "aanzienlijk"),
        ({"limited": 3, "serious": 1}, "wisselend"),
        ({"limited": 1, "considerable": 1, "serious": 1}, "ernstig"),
    ],
)
def test_the_words_for_the_impact_follow_from_the_distribution(tally, words):
    assert impact_words(tally) == words


@given(st.lists(st.sampled_from(Impact), min_size=1, max_size=30), st.data())
def test_a_graver_breach_never_gives_a_milder_word(impacts, data):
    place = data.draw(st.integers(0, len(impacts) - 1))
    graver = data.draw(st.sampled_from(list(Impact)[list(Impact).index(impacts[place]) :]))
    after = [*impacts[:place], graver, *impacts[place + 1 :]]

    def rank(classes):
        words = impact_words({str(kind): classes.count(kind) for kind in Impact})
        assert words is not None
        return MILD_TO_GRAVE.index(words)

    assert rank(after) >= rank(impacts)


@pytest.mark.parametrize(
    ("table", "statuses", "start"),
    [
        (incidents.TRANSITIONS, IncidentStatus, IncidentStatus.REPORTED),
        (breaches.TRANSITIONS, BreachStatus, BreachStatus.REPORTED),
    ],
)
def test_every_status_has_an_entry_and_can_be_reached(table, statuses, start):
    assert set(table) == set(statuses)
    reached, waiting = {start}, [start]
    while waiting:
        new = table[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert reached == set(statuses)


@pytest.mark.parametrize("then", BreachStatus)
@pytest.mark.parametrize("now", BreachStatus)
def test_a_step_is_allowed_exactly_when_the_table_leads_there(now, then):
    if then in breaches.TRANSITIONS[now]:
        assert require_step(breaches.TRANSITIONS, now, then, "nee") == then
    else:
        with pytest.raises(Refusal, match="nee"):
            require_step(breaches.TRANSITIONS, now, then, "nee")


REFUSED = {
    (BreachStatus.REPORTED, BreachStatus.TO_NOTIFY): "Vraag eerst dat advies",
    (BreachStatus.TO_NOTIFY, BreachStatus.TO_NOTIFY): "al besloten om te melden",
    (BreachStatus.NOT_TO_NOTIFY, BreachStatus.TO_NOTIFY): "melden niet nodig is",
    (BreachStatus.NOTIFIED, BreachStatus.TO_NOTIFY): "al gemeld",
    (BreachStatus.CLOSED, BreachStatus.TO_NOTIFY): "al afgesloten",
    (BreachStatus.DISMISSED, BreachStatus.TO_NOTIFY): "geen datalek is",
    (BreachStatus.NOTIFIED, BreachStatus.ADVISED): "geen advies meer",
    (BreachStatus.REPORTED, BreachStatus.NOTIFIED): "Laat dat eerst nemen",
    (BreachStatus.NOT_TO_NOTIFY, BreachStatus.NOTIFIED): "melden niet nodig is",
    (BreachStatus.TO_NOTIFY, BreachStatus.CLOSED): "Afsluiten kan na een melding",
    (BreachStatus.CLOSED, BreachStatus.CLOSED): "al afgesloten",
    (BreachStatus.NOTIFIED, BreachStatus.DISMISSED): "al besloten",
    (BreachStatus.DISMISSED, BreachStatus.DISMISSED): "geen datalek is",
}


@pytest.mark.parametrize(("now", "then"), REFUSED)
def test_a_step_that_cannot_be_taken_says_how_the_breach_stands(now, then):
    with pytest.raises(Refusal, match=REFUSED[now, then]):
        breaches.check_step(now, then)


def test_a_breach_that_was_decided_on_is_never_told_to_wait_for_advice():
    for now in {*BreachStatus} - {BreachStatus.REPORTED, BreachStatus.ADVISED}:
        with pytest.raises(Refusal) as no:
            breaches.check_step(now, BreachStatus.TO_NOTIFY)
        assert "Vraag eerst" not in str(no.value)


def test_only_an_incident_in_handling_is_closed():
    assert incidents.check_step(IncidentStatus.IN_HANDLING) == IncidentStatus.CLOSED
    with pytest.raises(Refusal, match="Vul eerst de gegevens aan"):
        incidents.check_step(IncidentStatus.REPORTED)
    with pytest.raises(Refusal, match="al afgesloten"):
        incidents.check_step(IncidentStatus.CLOSED)


def test_the_clock_runs_until_a_notification_or_the_decision_that_none_is_needed():
    assert {BreachStatus.REPORTED, BreachStatus.ADVISED, BreachStatus.TO_NOTIFY} == breaches.OPEN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": " "}, "description"),
        ({"aware_at": NOW + HOUR}, "aware_at"),
        ({"occurred_from": NOW - HOUR}, "occurred_from"),
        ({"occurred_from": NOW - 3 * HOUR, "occurred_until": NOW - 4 * HOUR}, "occurred_until"),
    ],
)
def test_facts_of_a_breach_that_cannot_be_are_refused(change, field):
    facts = replace(BREACH, **{"aware_at": NOW - 2 * HOUR, **change})
    with pytest.raises(Refusal) as refused:
        facts.check(NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": ""}, "description"),
        ({"discovered_at": NOW + HOUR}, "discovered_at"),
        ({"occurred_on": date(2026, 3, 28)}, "occurred_on"),
    ],
)
def test_facts_of_an_incident_that_cannot_be_are_refused(change, field):
    with pytest.raises(Refusal) as refused:
        replace(INCIDENT, **{"discovered_at": NOW, **change}).check(NOW)
    assert refused.value.field == field


def test_moments_in_the_hour_that_occurs_twice_keep_their_order():
    first = here(2026, 10, 25, 2, 50)
    second = here(2026, 10, 25, 2, 10).replace(fold=1)
    replace(BREACH, aware_at=second, occurred_from=first).check(second + HOUR)
    with pytest.raises(Refusal, match="niet vóór het begin"):
        replace(BREACH, aware_at=first, occurred_from=second).check(second + HOUR)


def test_a_breach_noticed_the_moment_it_began_is_accepted():
    replace(BREACH, aware_at=NOW, occurred_from=NOW, occurred_until=NOW).check(NOW)


@pytest.mark.parametrize(
    ("outcome", "risk", "allowed"),
    [
        (Outcome.NOT_NOTIFY, Risk.UNLIKELY, True),
        (Outcome.NOTIFY, Risk.RISK, True),
        (Outcome.NOTIFY, Risk.HIGH, True),
        (Outcome.NOTIFY, Risk.UNLIKELY, False),
        (Outcome.NOT_NOTIFY, Risk.RISK, False),
        (Outcome.NOT_NOTIFY, Risk.HIGH, False),
    ],
)
def test_the_decision_follows_the_risk(outcome, risk, allowed):
    decide = {"advised_at": NOW, "at": NOW, "motive": "Omdat.", "impact": Impact.NIL}
    if allowed:
        breaches.check_decision(outcome=outcome, risk=risk, **decide)
    else:
        with pytest.raises(Refusal, match=r"AVG art\. 33 lid 1"):
            breaches.check_decision(outcome=outcome, risk=risk, **decide)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"motive": ""}, "Geef de reden van het besluit"),
        ({"impact": ""}, "hoe zwaar de gevolgen zijn"),
        ({"at": NOW - HOUR}, "niet vóór het advies"),
    ],
)
def test_a_decision_nobody_could_account_for_is_refused(change, sentence):
    decide = {
        "advised_at": NOW,
        "at": NOW,
        "outcome": Outcome.NOT_NOTIFY,
        "risk": Risk.UNLIKELY,
        "motive": "Omdat.",
        "impact": Impact.NIL,
    }
    with pytest.raises(Refusal, match=sentence):
        breaches.check_decision(**{**decide, **change})


@pytest.mark.parametrize(
    ("submitted", "motive", "refused"),
    [
        (NOW + HOUR, "", None),
        (NOW + 72 * HOUR, "", None),
        (NOW + 72 * HOUR + timedelta(seconds=1), "", "72 uur"),
        (NOW + 80 * HOUR, " ", "72 uur"),
        (NOW + 80 * HOUR, "De omvang werd pas later duidelijk.", None),
        (NOW - HOUR, "", "vóór het besluit"),
        (NOW + 101 * HOUR, "Te laat.", "in de toekomst"),
    ],
)
def test_a_late_notification_needs_its_reason_and_comes_after_the_decision(submitted, motive, refused):
    moments = {"decided_at": NOW, "due_at": NOW + 72 * HOUR, "at": NOW + 100 * HOUR}
    if refused is None:
        breaches.check_notification(submitted_at=submitted, late_motive=motive, **moments)
    else:
        with pytest.raises(Refusal, match=refused):
            breaches.check_notification(submitted_at=submitted, late_motive=motive, **moments)


def test_what_the_authority_asks_and_is_not_known_is_named_with_its_article():
    bare = breaches.BreachFacts(aware_at=NOW, description="Een brief.")
    assert [str(what) for what in bare.missing] == [
        "aard van de inbreuk (onder a)",
        "categorieën van betrokkenen (onder a)",
        "aantal betrokkenen bij benadering (onder a)",
        "categorieën van gegevens (onder a)",
        "aantal gegevensrecords bij benadering (onder a)",
        "waarschijnlijke gevolgen (onder c)",
        "genomen of voorgestelde maatregelen (onder d)",
    ]
    assert BREACH.missing == ()
    assert replace(BREACH, data_subjects_number=0).missing == ()


def test_an_incomplete_record_is_not_closed():
    with pytest.raises(Refusal, match=r"AVG art\. 33 lid 3 en 5"):
        breaches.check_closing(replace(BREACH, measures=""))


@pytest.mark.parametrize(
    ("change", "has_breach", "refused"),
    [
        ({}, False, None),
        ({"severity": ""}, False, "de ernst"),
        ({"personal_data": PersonalData.UNKNOWN}, False, "persoonsgegevens"),
        ({"personal_data": PersonalData.YES}, False, "Leg eerst het datalek vast"),
        ({"personal_data": PersonalData.YES}, True, None),
    ],
)
def test_an_incident_is_closed_when_all_that_must_be_known_is_known(change, has_breach, refused):
    facts = replace(INCIDENT, **change)
    if refused is None:
        incidents.check_closing(facts, has_breach=has_breach)
    else:
        with pytest.raises(Refusal, match=refused):
            incidents.check_closing(facts, has_breach=has_breach)


REGISTERED, TODAY = date(2026, 3, 27), date(2026, 4, 2)


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(1990, 1, 1), "vóór de registratie"),
        (date(2026, 3, 26), "vóór de registratie"),
        (REGISTERED, None),
        (TODAY, None),
        (date(2026, 4, 3), "in de toekomst"),
        (date(2099, 1, 1), "in de toekomst"),
    ],
)
def test_a_record_closes_between_its_registration_and_today(on, refused):
    if refused is None:
        check_closing_day(REGISTERED, on, TODAY)
    else:
        with pytest.raises(Refusal, match=refused) as no:
            check_closing_day(REGISTERED, on, TODAY)
        assert no.value.field == "on"


def test_a_refusal_reads_as_a_sentence_with_its_article():
    assert str(Refusal("Dat kan niet.", "AVG art. 33")) == "Dat kan niet. (AVG art. 33)"
    assert str(Refusal("Dat kan niet.")) == "Dat kan niet."
