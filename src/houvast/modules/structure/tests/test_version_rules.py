"""When a version of the structure is carried through, the words for where it stands, and what cannot be so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.modules.structure.rules import versions as rules
from houvast.modules.structure.rules.spans import NotPossible
from houvast.modules.structure.rules.versions import ActionDays, Advice, Blocker, VersionState

DAY = date(2021, 12, 31)
BEFORE, AFTER = date(2021, 1, 19), date(2022, 1, 1)
GOOD = VersionState(date(2021, 2, 1), BEFORE, Advice.POSITIVE, date(2021, 1, 12), 0)


def state(**other):
    return VersionState(**{**vars(GOOD), **other})


@pytest.mark.parametrize(
    ("found", "blockers", "words"),
    [
        (GOOD, (), "doorgevoerd"),
        (state(advice=Advice.CONDITIONAL), (), "doorgevoerd"),
        (state(advice=Advice.NEGATIVE), (), "doorgevoerd"),
        (state(advice=Advice.NOT_ASKED, advised_on=None), (), "doorgevoerd"),
        (state(effective_on=DAY), (), "doorgevoerd"),
        (state(decided_on=DAY, effective_on=DAY), (), "doorgevoerd"),
        (
            state(open_actions=1),
            (Blocker.OPEN_ACTIONS,),
            "nog niet doorgevoerd: er staat nog één overgangsactie open",
        ),
        (
            state(open_actions=3),
            (Blocker.OPEN_ACTIONS,),
            "nog niet doorgevoerd: er staan nog drie overgangsacties open",
        ),
        (
            state(advice="", advised_on=None),
            (Blocker.NO_ADVICE,),
            "nog niet doorgevoerd: het advies van de ondernemingsraad ontbreekt nog",
        ),
        (
            state(advised_on=AFTER),
            (Blocker.NO_ADVICE,),
            "nog niet doorgevoerd: het advies van de ondernemingsraad ontbreekt nog",
        ),
        (
            state(advice="", advised_on=None, open_actions=2),
            (Blocker.NO_ADVICE, Blocker.OPEN_ACTIONS),
            (
                "nog niet doorgevoerd: er staan nog twee overgangsacties open en het advies van de ondernemingsraad "
                "ontbreekt nog"
            ),
        ),
        (state(effective_on=AFTER), (Blocker.NOT_IN_EFFECT,), "vastgesteld, maar nog niet ingegaan"),
        (state(decided_on=None), (Blocker.NOT_ADOPTED,), "nog niet vastgesteld"),
        (
            state(decided_on=AFTER, effective_on=AFTER),
            (Blocker.NOT_ADOPTED, Blocker.NOT_IN_EFFECT),
            "nog niet vastgesteld",
        ),
    ],
)
def test_where_a_version_stands(found, blockers, words):
    assert found.blockers(DAY) == blockers
    assert found.is_carried_through(DAY) is not bool(blockers)
    assert rules.status_words(found, DAY) == words


dates = st.dates(date(2020, 1, 1), date(2023, 12, 31))
states = st.builds(
    VersionState,
    dates,
    st.none() | dates,
    st.sampled_from(["", *Advice.values]),
    st.none() | dates,
    st.integers(0, 30),
)


@given(states, dates)
def test_the_word_is_doorgevoerd_exactly_when_nothing_blocks(found, day):
    assert (rules.status_words(found, day) == "doorgevoerd") is found.is_carried_through(day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 1, 1), "begin 2021"),
        (date(2021, 4, 30), "begin 2021"),
        (date(2021, 5, 1), "medio 2021"),
        (date(2021, 8, 31), "medio 2021"),
        (date(2021, 9, 1), "eind 2021"),
        (date(2021, 12, 31), "eind 2021"),
    ],
)
def test_a_day_lies_in_a_part_of_its_year(day, words):
    assert rules.moment_words(day) == words


@pytest.mark.parametrize(
    ("days", "is_open"),
    [
        (ActionDays(DAY), True),
        (ActionDays(AFTER), False),
        (ActionDays(BEFORE, done_on=DAY), False),
        (ActionDays(BEFORE, done_on=AFTER), True),
        (ActionDays(BEFORE, lapsed_on=DAY), False),
        (ActionDays(BEFORE, lapsed_on=AFTER), True),
    ],
)
def test_an_action_is_open_from_its_agreement_until_it_ends(days, is_open):
    assert days.is_open(DAY) is is_open


ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (
            lambda: rules.check_not_later(AFTER, DAY),
            "1 januari 2022 ligt nog in de toekomst. Vul de dag in waarop het is gebeurd.",
        ),
        (
            lambda: rules.check_decision(BEFORE - ONE_DAY, BEFORE),
            (
                "De versie gaat in op 18 januari 2021 en dat is voor het besluit van 19 januari 2021. "
                "Pas een van beide aan."
            ),
        ),
        (
            lambda: rules.check_advice(Advice.NOT_ASKED, DAY, "Geen ondernemingsraad"),
            "Is er geen advies gevraagd, laat dan de dag van het advies leeg.",
        ),
        (
            lambda: rules.check_advice(Advice.NOT_ASKED, None, ""),
            "Vul in waarom de ondernemingsraad niet om advies is gevraagd.",
        ),
        (lambda: rules.check_advice(Advice.POSITIVE, None, ""), "Vul de dag van het advies in."),
        (
            lambda: rules.check_advice(Advice.CONDITIONAL, DAY, ""),
            "Vul de voorwaarden van de ondernemingsraad in.",
        ),
        (
            lambda: rules.check_advice(Advice.NEGATIVE, DAY, ""),
            "Vul in waarom het besluit van het advies afwijkt.",
        ),
        (
            lambda: rules.check_owner(None, None),
            "Kies één verantwoordelijke: een formatieplaats of een medewerker.",
        ),
        (
            lambda: rules.check_owner(1, 2),
            "Kies één verantwoordelijke: een formatieplaats of een medewerker.",
        ),
        (
            lambda: rules.check_due(DAY, BEFORE),
            "De uiterste dag ligt voor 31 december 2021, de dag van de afspraak. Kies een latere dag.",
        ),
        (
            lambda: rules.check_ended(DAY, BEFORE),
            "De actie is pas op 31 december 2021 afgesproken. Kies die dag of een latere.",
        ),
        (
            lambda: rules.check_open(ActionDays(BEFORE, done_on=DAY)),
            "Deze actie staat niet meer open. Heropen haar eerst.",
        ),
        (
            lambda: rules.check_has_ended(ActionDays(BEFORE)),
            "Deze actie staat nog open. Er is niets te heropenen.",
        ),
        (
            lambda: rules.check_closing(state(open_actions=1), DAY),
            "Op 31 december 2021 was de structuur nog niet doorgevoerd. Er staan overgangsacties open.",
        ),
        (
            lambda: rules.check_words("", ""),
            "Vul in welke woorden dit stuk onderbouwt: hoe het ging, wat het betekent, of beide.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(check, sentence):
    with pytest.raises(NotPossible) as refused:
        check()
    assert str(refused.value) == sentence


def test_what_can_be_is_let_through():
    rules.check_not_later(DAY, DAY)
    rules.check_decision(BEFORE, BEFORE)
    rules.check_decision(BEFORE, None)
    rules.check_advice(Advice.NOT_ASKED, None, "Geen ondernemingsraad")
    rules.check_advice(Advice.POSITIVE, DAY, "")
    rules.check_advice(Advice.CONDITIONAL, DAY, "Evaluatie na een jaar")
    rules.check_advice(Advice.NEGATIVE, DAY, "De raad drong aan")
    rules.check_owner(1, None)
    rules.check_owner(None, 2)
    rules.check_due(DAY, DAY)
    rules.check_ended(DAY, DAY)
    rules.check_open(ActionDays(BEFORE))
    rules.check_has_ended(ActionDays(BEFORE, lapsed_on=DAY))
    rules.check_closing(GOOD, DAY)
    rules.check_words("snel", "")
    rules.check_words("", "een begin")


def suspended(advice=Advice.NEGATIVE, decided=date(2021, 1, 19), told=None, waived=False, effective=DAY):
    rules.check_suspension(advice, decided, told, waived=waived, effective_on=effective)


@pytest.mark.parametrize(
    ("told", "effective"),
    [
        (date(2021, 1, 19), date(2021, 2, 20)),  # the day after the month
        (date(2021, 1, 20), date(2021, 2, 23)),  # the month ends on a Saturday and runs on to Monday
        (None, date(2021, 2, 20)),  # counted from the decision
    ],
)
def test_after_negative_advice_a_version_takes_effect_when_the_month_is_over(told, effective):
    suspended(told=told, effective=effective)
    with pytest.raises(NotPossible, match=r"WOR art\. 25 lid 6"):
        suspended(told=told, effective=effective - timedelta(days=1))


def test_the_refusal_says_until_when_the_decision_waits():
    with pytest.raises(NotPossible) as caught:
        suspended(effective=date(2021, 2, 1))
    assert str(caught.value) == (
        "Na een negatief advies wacht het besluit tot en met 19 februari 2021, een maand nadat de ondernemingsraad "
        "ervan hoorde (WOR art. 25 lid 6). De versie gaat in op 1 februari 2021. Kies een latere dag, of leg vast "
        "dat de ondernemingsraad van de opschorting afziet."
    )


def test_a_council_that_does_without_and_a_decision_to_come_suspend_nothing():
    suspended(waived=True, effective=date(2021, 2, 1))
    suspended(decided=None, effective=date(2021, 2, 1))
    suspended(decided=date(1998, 12, 31), effective=date(1999, 1, 1))


@pytest.mark.parametrize("advice", [Advice.POSITIVE, Advice.CONDITIONAL, Advice.NOT_ASKED, ""])
def test_other_advice_suspends_nothing_and_takes_no_day(advice):
    suspended(advice=advice, effective=date(2021, 1, 19))
    for other, field in (({"told": BEFORE}, "council_told_on"), ({"waived": True}, "suspension_waived")):
        with pytest.raises(NotPossible, match="Alleen na een negatief advies") as caught:
            suspended(advice=advice, **other)
        assert caught.value.field == field


def test_the_council_is_not_told_before_there_is_a_decision():
    with pytest.raises(NotPossible, match="Het besluit is van 19 januari 2021") as caught:
        suspended(told=date(2021, 1, 18))
    assert caught.value.field == "council_told_on"
    suspended(decided=None, told=date(2021, 1, 18), effective=DAY)
