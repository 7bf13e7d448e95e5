"""Facts, prose and outline fit together, and the chapter reads as it should."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from houvast.core.report import guard
from houvast.core.report import prose as grammar
from houvast.core.report.claims import Claim, Kind, Period
from houvast.core.report.outline import OUTLINE, Placing, arranged, slot_keys, walk
from houvast.core.report.queries import claim_sources, slot_texts
from houvast.project.demo import values_data
from houvast.project.demo.facts import FACTS
from houvast.project.demo.outline_data import HEADINGS
from houvast.project.demo.prose import PROSE

FACTS_BY_KEY = {fact.key: fact for fact in FACTS}
MODULE_TEXTS = {key: slot.text for key, slot in slot_texts().items()}
TEXTS = {row.slot: row.text for row in PROSE} | MODULE_TEXTS
MODULE_CLAIMS = tuple(claim_sources().values())
REPORT_CLAIMS = frozenset({"report.year", "report.next_year", "report.organisation"})
BOARD_POSTS = (
    "algemeen directeur",
    "directeur Bedrijfsvoering",
    "directeur Buurt en Burger",
    "concerncontroller",
)
PHASES = (
    "Fase 1: Wat inspireert ons?",
    "Fase 2: Wij proberen, leren en innoveren",
    "Fase 3: Dit is Diemen in 2022",
)
ITEMS = {
    "structure.partner_board_posts": BOARD_POSTS,
    "trajectory.phases": PHASES,
    "values.pairs": values_data.PAIRS,
    "values.values": values_data.VALUES,
}
COMPUTED: dict[str, object] = {
    "structure.directors": 4,
    "structure.director_vacancies": 0,
    "structure.leader_function": "teamleider",
    "structure.first_leader_month": ["2021-04-01", "2021-05-01"],
    "structure.leaders_appointed_first_month": {"n": 10, "m": 14},
    "structure.teams": 14,
    "structure.teams_with_leader": {"n": 14, "m": 14},
    "structure.teams_without_leader": 0,
    "structure.all_teams_led_since": "2021-10-01",
    "structure.partner_board_persons": 3,
    "structure.partner_board_posts": 4,
    "structure.partner_board_model_moment": "begin 2021",
    "structure.transition_status": "doorgevoerd",
    "structure.transition_manner": "in goede harmonie",
    "structure.transition_meaning": "een mijlpaal",
    "security.incidents": 9,
    "security.breaches": 17,
    "security.breach_impact": "zeer beperkt",
    "security.breaches_notified": 2,
    "security.breaches_not_notified": 15,
    "security.notifier": "de functionaris gegevensbescherming (FG)",
    "security.controller": "het college",
    "structure.leader_function_since": "2021-02-01",
    "values.predecessor": "Koers op kwaliteit",
    "values.predecessor_year": ["2009-01-01", "2010-01-01"],
    "values.slogan": "Het beste voor Diemen. Op onze eigen manier.",
    "values.pairs": 3,
    "values.values": 5,
    "values.uses": [name for name, _kind in values_data.INSTRUMENTS],
    "trajectory.name": "Diemen ’22",
    "trajectory.start": ["2020-06-01", "2020-07-01"],
    "trajectory.motto": "Koesteren wat ons bindt en veranderen wat nodig is",
    "trajectory.phases": 3,
    "trajectory.phase_one": "fase 1",
    "trajectory.phase_two": "fase 2",
    "report.year": ["2021-01-01", "2022-01-01"],
    "report.next_year": ["2022-01-01", "2023-01-01"],
    "report.organisation": "Diemen",
}


def _claim(key: str, kind: Kind, value, **more) -> Claim:
    return Claim(key=key, label=key, kind=kind, value=value, rows=1, digest="", **more)


def _claims(**changed) -> dict[str, Claim]:
    """The claims of 2021; a change names a key with "__" for the dot, and None takes the claim away."""
    values = COMPUTED | {key.replace("__", "."): value for key, value in changed.items()}
    claims = {
        fact.key: _claim(fact.key, fact.kind, fact.raw, unit=fact.unit, items=fact.items, style=fact.style)
        for fact in FACTS
    }
    for row in MODULE_CLAIMS:
        items = ITEMS.get(row.key, ())
        if values.get(row.key) is not None:
            claims[row.key] = _claim(
                row.key, row.kind, values[row.key], unit=row.unit, style=row.style, items=items
            )
    for key in REPORT_CLAIMS:
        kind = Kind.NAME if key == "report.organisation" else Kind.PERIOD
        claims[key] = _claim(key, kind, values[key])
    return claims


def _read(slot: str, **changed) -> str:
    return grammar.to_text(grammar.render(grammar.parse(TEXTS[slot]), _claims(**changed)))


def test_the_chapter_has_the_eleven_headings_of_the_source_in_order():
    own = {key: Placing(heading) for key, heading in HEADINGS.items()}
    assert [section.heading for section in arranged(OUTLINE, own)] == [
        "Diemen ’22",
        "Organisatiestructuur",
        "Nieuwe organisatievisie en kernwaarden",
        "Klachtenregeling",
        "Teamplannen nieuwe stijl",
        "Inzet op bestuurlijke sensitiviteit vanuit de ambtelijke organisatie",
        "Inspiratiesessies",
        "Programmatisch werken",
        "Talentprogramma voor iedereen",
        "Huisvestingsvisie gemeentehuis",
        "Samenwerking Duo+",
    ]


def test_section_and_slot_keys_are_unique():
    sections = [section.key for _, section in walk()]
    assert len(set(sections)) == len(sections)
    assert len(set(slot_keys())) == len(slot_keys())


def test_every_slot_has_one_text_and_every_text_a_slot():
    assert sorted(TEXTS) == sorted(slot_keys())
    assert {row.slot for row in PROSE} & set(MODULE_TEXTS) == set()


def test_fact_keys_are_unique_and_no_module_computes_one_of_them():
    keys = [fact.key for fact in FACTS]
    computed = [row.key for row in MODULE_CLAIMS]
    assert len({*keys, *computed, *REPORT_CLAIMS}) == len(keys) + len(computed) + len(REPORT_CLAIMS)
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", key) for key in (*keys, *computed))


@pytest.mark.parametrize("slot", TEXTS)
def test_every_token_names_a_known_claim(slot):
    known = {*FACTS_BY_KEY, *(claim.key for claim in MODULE_CLAIMS), *REPORT_CLAIMS}
    assert set(grammar.keys(grammar.parse(TEXTS[slot]))) <= known


@pytest.mark.parametrize("slot", TEXTS)
def test_every_form_fits_its_claim(slot):
    assert grammar.problems(grammar.parse(TEXTS[slot]), _claims()) == ()


@pytest.mark.parametrize("slot", TEXTS)
def test_the_guard_finds_nothing(slot):
    assert guard.check(TEXTS[slot], _claims()) == ()


def test_every_fact_stands_in_the_chapter():
    used = {key for text in TEXTS.values() for key in grammar.keys(grammar.parse(text))}
    assert set(FACTS_BY_KEY) - used == set()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_a_fact_has_a_source_an_explanation_and_one_time(fact):
    assert fact.source.place.startswith("Paragraaf Bedrijfsvoering 2021, onderdeel ")
    assert fact.explanation.endswith(".")
    assert (fact.as_of is None) is not (fact.period is None)
    assert _claim(fact.key, fact.kind, fact.raw).text


@pytest.mark.parametrize("fact", [row for row in FACTS if row.kind is Kind.COUNT], ids=lambda row: row.key)
def test_a_count_equals_the_number_of_its_items(fact):
    assert fact.value == len(fact.items)
    assert fact.unit is not None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("proposals.sensitivity_subjects", 3),
        ("proposals.sensitivity_actions", 4),
        ("events.outreach_locations", 3),
        ("programmes.programmes", 3),
        ("housing.aspects", 7),
        ("housing.office_share", Decimal(60)),
        ("housing.home_share", Decimal(40)),
        ("housing.growth", Decimal(5)),
        ("structure.partner_organisations", 4),
        ("security.liaison_officers", 2),
        ("security.framework_since", date(2020, 1, 1)),
        ("events.week", Period(date(2021, 9, 27), date(2021, 10, 2))),
        ("events.outreach_day", date(2021, 10, 1)),
        ("proposals.portfolio_meetings_start", Period.month(2021, 10)),
        ("housing.vision_due", Period.quarter(2022, 1)),
        ("service_agreements.governance_outcomes_due", Period.quarter(2022, 1)),
        ("housing.renovation_start", Period.quarter(2022, 4)),
    ],
)
def test_what_the_source_says(key, value):
    assert FACTS_BY_KEY[key].value == value


def test_the_weekdays_of_the_source_are_right():
    week = FACTS_BY_KEY["events.week"].value
    assert isinstance(week, Period)
    assert (week.start.strftime("%A"), week.last_day.strftime("%A")) == ("Monday", "Friday")
    assert "op vrijdag 1 oktober 2021 op drie locaties in Diemen" in _read("events.outreach")
    assert "van 27 september tot en met 1 oktober 2021" in _read("events.second_phase")


def test_office_and_home_are_the_whole():
    shares = [FACTS_BY_KEY[f"housing.{place}_share"].value for place in ("office", "home")]
    assert sum(share for share in shares if isinstance(share, Decimal)) == 100


def test_rows_without_a_name_in_the_source_are_marked_as_example():
    assert {fact.key for fact in FACTS if fact.items_are_example} == {
        "events.outreach_locations",
        "security.liaison_officers",
    }


def test_the_structure_of_2021():
    assert _read("structure.organisation") == (
        "De organisatie wordt geleid door een directieteam van vier directieleden. "
        "Nieuw is de functie van teamleider. "
        "In april 2021 werden de meeste teamleiders benoemd. "
        "Vanaf oktober 2021 hebben alle teams een teamleider."
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"structure__directors": 3, "structure__director_vacancies": 1},
            "een directieteam van drie directieleden en één vacature.",
        ),
        (
            {"structure__teams_with_leader": {"n": 13, "m": 14}, "structure__all_teams_led_since": None},
            "Eind 2021 hadden 13 van de 14 teams een teamleider.",
        ),
    ],
)
def test_the_structure_follows_the_register(changed, sentence):
    assert sentence in _read("structure.organisation", **changed)


def test_the_new_structure_of_2021():
    assert _read("structure.change") == (
        "Met Diemen ’22 heeft de ambtelijke organisatie een andere structuur gekregen. "
        "Die nieuwe structuur is doorgevoerd."
    )
    assert _read("structure.completion") == (
        "De overgang naar de nieuwe structuur is in goede harmonie afgerond. "
        "De organisatie ziet dat als een mijlpaal."
    )


@pytest.mark.parametrize(
    ("manner", "meaning", "text"),
    [
        (None, None, ""),
        ("snel", None, "De overgang naar de nieuwe structuur is snel afgerond."),
        (
            None,
            "een begin",
            "De overgang naar de nieuwe structuur is afgerond. De organisatie ziet dat als een begin.",
        ),
    ],
)
def test_the_completion_says_no_more_than_its_evidence(manner, meaning, text):
    changed = {"structure__transition_manner": manner, "structure__transition_meaning": meaning}
    assert _read("structure.completion", **changed) == text


def test_without_a_version_of_the_structure_nothing_is_said_of_how_far_it_is():
    text = _read("structure.change", structure__transition_status=None)
    assert text == "Met Diemen ’22 heeft de ambtelijke organisatie een andere structuur gekregen."


def test_the_registers_of_2021():
    text = _read("security.registers")
    assert "In 2021 zijn voor Diemen 9 veiligheidsincidenten geregistreerd: gebeurtenissen" in text
    assert "zijn in het register van datalekken 17 datalekken vastgelegd." in text
    assert "In twee gevallen heeft de functionaris gegevensbescherming (FG) namens het college" in text
    assert "Voor vijftien datalekken is vastgelegd waarom een melding niet nodig was." in text
    assert "waarvan" not in text
    assert "26" not in text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"security__breaches": 18}, "zijn in het register van datalekken 18 datalekken vastgelegd."),
        ({"security__breaches_notified": 3}, "In drie gevallen heeft de functionaris"),
        ({"security__breaches_notified": 1}, "In één geval heeft de functionaris"),
        ({"security__breaches": 1}, "is in het register van datalekken 1 datalek vastgelegd."),
    ],
)
def test_the_registers_follow_the_rows(changed, sentence):
    assert sentence in _read("security.registers", **changed)


def test_no_notification_means_no_sentence_about_one():
    text = _read("security.registers", security__breaches_notified=0, security__breaches_not_notified=17)
    assert "Autoriteit" not in text
    assert "melding gedaan" not in text
    assert "Voor zeventien datalekken is vastgelegd waarom een melding niet nodig was." in text


def test_texts_of_modules_name_no_municipality_and_stand_without_their_claims():
    bare = {key: claim for key, claim in _claims().items() if key.startswith("report.")}
    for slot, text in MODULE_TEXTS.items():
        assert "Diemen" not in text
        if slot != "security.registers":  # the two counters always exist, if only as nought
            assert grammar.render(grammar.parse(text), bare) == ()


def test_spelling_is_one():
    everything = " ".join((*TEXTS.values(), *(str(fact.raw) + fact.explanation for fact in FACTS)))
    assert "ĳ" not in everything
    assert not re.search(r"Diemen ['‘]22|DUO|doormiddel|geinformeerd|Voor Overheidsinstellingen", everything)
