"""What the chapter says follows from the registers, and from nothing else."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.orgs.marks import seeded_uids
from houvast.core.orgs.scope import reading
from houvast.core.report import guard
from houvast.core.report.prose import Paragraph, parse, render
from houvast.core.report.queries import all_claims, claim_sources, context_for
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.security import actions, factories, facts
from houvast.modules.security.factories import AWARE, HOUR, INCIDENT
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import Impact, PersonalData, Risk


def claims(organisation, year=2021):
    with reading(organisation.pk):
        return all_claims(context_for(organisation, year))


REGISTERS = next(slot for slot in facts.SLOTS if slot.key == "security.registers")


def text(organisation, year=2021):
    blocks = render(parse(REGISTERS.text), claims(organisation, year))
    assert all(isinstance(block, Paragraph) for block in blocks)
    return "\n".join(" ".join("".join(run.text for run in block.runs).split()) for block in blocks)


def registers(team, *, incidents=0, kept=0, notified=0, **options):
    """Fill the registers of 2021; `kept` breaches were not notified."""
    for _ in range(incidents):
        factories.incident(team)
    for _ in range(kept):
        factories.settled_breach(team, factories.breach(team, **options))
    for _ in range(notified):
        factories.settled_breach(team, factories.breach(team, **options), notified_at=AWARE + 3 * HOUR)


def test_the_section_of_nine_incidents_and_seventeen_breaches(diemen, team):
    registers(team, incidents=9, kept=15, notified=2)
    assert text(diemen) == (
        "In 2021 zijn voor Diemen 9 veiligheidsincidenten geregistreerd: gebeurtenissen die de "
        "beschikbaarheid, de integriteit of de vertrouwelijkheid van informatie hebben geschaad of hadden "
        "kunnen schaden. Los daarvan zijn in het register van datalekken 17 datalekken vastgelegd. Een "
        "datalek gaat over persoonsgegevens en ontstaat ook buiten de systemen, bijvoorbeeld door een brief "
        "aan een verkeerd adres. Wat in het ene register staat, hoeft dus niet in het andere te staan.\nDe "
        "gevolgen van de datalekken waren zeer beperkt. In twee gevallen heeft de functionaris "
        "gegevensbescherming (FG) namens het college melding gedaan bij de Autoriteit Persoonsgegevens (AP). "
        "Voor vijftien datalekken is vastgelegd waarom een melding niet nodig was. Ook het melden van "
        "incidenten draagt eraan bij dat medewerkers zich bewuster worden van informatieveiligheid."
    )


def test_one_breach_more_is_eighteen(diemen, team):
    registers(team, kept=17)
    assert claims(diemen)["security.breaches"].text == "17"
    registers(team, kept=1)
    after = claims(diemen)["security.breaches"]
    assert (after.text, after.rows) == ("18", 18)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            3,
            (
                "In drie gevallen heeft de functionaris gegevensbescherming (FG) namens het college melding "
                "gedaan"
            ),
        ),
        (1, "In één geval heeft de functionaris gegevensbescherming (FG) namens het college melding gedaan"),
    ],
)
def test_the_sentence_on_notifications_follows_their_number(diemen, team, number, sentence):
    registers(team, kept=1, notified=number)
    assert sentence in text(diemen)


def test_without_a_notification_no_sentence_claims_one(diemen, team):
    registers(team, incidents=1, kept=2)
    assert "Autoriteit Persoonsgegevens" not in text(diemen)
    assert "melding gedaan" not in text(diemen)
    assert "Voor twee datalekken is vastgelegd waarom een melding niet nodig was." in text(diemen)


def test_notifications_in_different_capacities_name_nobody(diemen, team):
    registers(team, notified=1)
    registers(replace(team, privacy_officer=team.privacy_officer), notified=0)
    breach = factories.advised(team, factories.breach(team), at=AWARE, risk=Risk.RISK)
    breach = factories.decided(team, breach, at=AWARE, risk=Risk.RISK)
    factories.notified(replace(team, privacy_officer=team.ciso), breach, at=AWARE)
    assert "security.notifier" not in claims(diemen)
    assert "In twee gevallen is melding gedaan bij de Autoriteit Persoonsgegevens (AP)." in text(diemen)


def test_one_of_each_is_singular(diemen, team):
    registers(team, incidents=1, notified=1)
    said = text(diemen)
    assert "In 2021 is voor Diemen 1 veiligheidsincident geregistreerd" in said
    assert "Los daarvan is in het register van datalekken 1 datalek vastgelegd." in said
    assert "De gevolgen van het datalek waren zeer beperkt." in said


def test_breaches_are_never_a_part_of_the_incidents(diemen, team):
    registers(team, incidents=9, kept=17)
    assert "waarvan" not in text(diemen)
    assert " 26 " not in text(diemen)


def test_the_default_text_passes_the_guard(diemen, team):
    registers(team, incidents=9, kept=15, notified=2)
    assert guard.check(REGISTERS.text, claims(diemen)) == ()


def test_a_year_without_records_says_none_in_words(diemen, team):
    said = text(diemen)
    assert "In 2021 zijn voor Diemen geen veiligheidsincidenten geregistreerd: gebeurtenissen" in said
    assert "Los daarvan zijn in het register van datalekken geen datalekken vastgelegd." in said


def test_a_breach_that_waits_for_its_decision_is_neither_notified_nor_kept(diemen, team):
    registers(team, kept=1, notified=1)
    factories.breach(team)
    found = claims(diemen)
    assert [
        found[f"security.{key}"].value for key in ("breaches", "breaches_notified", "breaches_not_notified")
    ] == [
        3,
        1,
        1,
    ]


def test_a_dismissed_report_is_not_counted(diemen, team):
    breach = factories.breach(team)
    actions.dismiss_breach(
        team.ciso,
        breach_id=breach.pk,
        expected_version=1,
        at=AWARE + timedelta(days=1),
        on=date(2021, 3, 2),
        motive="Geen persoonsgegevens.",
    )
    assert claims(diemen)["security.breaches"].value == 0


@pytest.mark.parametrize(
    "key",
    [
        "security.breaches",
        "security.breaches_notified",
        "security.breaches_not_notified",
        "security.incidents",
    ],
)
def test_the_list_behind_a_claim_shows_exactly_its_rows(diemen, team, client, key):
    registers(team, incidents=3, kept=2, notified=1)
    factories.breach(team, at=datetime(2022, 1, 3, 9, tzinfo=UTC))
    dismissed = factories.breach(team)
    actions.dismiss_breach(
        team.ciso,
        breach_id=dismissed.pk,
        expected_version=1,
        at=AWARE + timedelta(days=1),
        on=date(2021, 3, 2),
        motive="Geen persoonsgegevens.",
    )
    source = claim_sources()[key]
    client.force_login(Account.objects.get(pk=team.director.account_id))
    with reading(diemen.pk):
        context = context_for(diemen, 2021)
        counted = set(source.rows(context).values_list("reference", flat=True))
    page = client.get(source.rows_url(context)).content.decode()
    assert set(re.findall(r">((?:DL|VI)-[0-9-]+)</a>", page)) == counted


def test_the_impact_word_falls_away_while_a_breach_is_unrated(diemen, team):
    registers(team, kept=2)
    factories.breach(team, impact="")
    assert "security.breach_impact" not in claims(diemen)
    assert "De gevolgen" not in text(diemen)


def test_the_impact_word_follows_the_registers(diemen, team):
    registers(team, kept=1, impact=Impact.CONSIDERABLE)
    assert "De gevolgen van het datalek waren aanzienlijk." in text(diemen)


def test_a_year_is_the_amsterdam_year_of_registration(diemen, team):
    factories.incident(team, at=datetime(2020, 12, 31, 22, 59, tzinfo=UTC))  # 23.59 on 31 December
    factories.incident(team, at=datetime(2020, 12, 31, 23, 0, tzinfo=UTC))  # midnight
    factories.breach(team, at=datetime(2021, 12, 31, 23, 30, tzinfo=UTC))
    assert [claims(diemen, year)["security.incidents"].value for year in (2020, 2021)] == [1, 1]
    assert [claims(diemen, year)["security.breaches"].value for year in (2021, 2022)] == [0, 1]


def test_rows_of_another_organisation_are_never_counted(diemen, uithoorn, team):
    registers(factories.team(uithoorn), incidents=2, notified=2)
    found = claims(diemen)
    assert (found["security.incidents"].value, found["security.breaches"].value) == (0, 0)


def test_every_claim_prints_its_own_definition(diemen, team):
    registers(team, incidents=1, notified=1, kept=1)
    explanations = [claims(diemen)[source.key].explanation for source in facts.CLAIMS]
    assert len(set(explanations)) == len(explanations)
    assert all(said.endswith("Periode: 2021.") for said in explanations)


def test_the_same_rows_have_the_same_digest_on_every_database(diemen, team):
    with seeded_uids("digest"):
        registers(team, incidents=1, notified=1)
    found = claims(diemen)
    digests = {source.key: found[source.key].digest for source in facts.CLAIMS}
    assert all(len(digest) == 64 for digest in digests.values())
    assert digests["security.incidents"] != digests["security.breaches"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_claims_ask_as_many_queries_for_one_row_as_for_three(diemen, team, rows):
    registers(team, incidents=rows, kept=rows, notified=rows)
    with reading(diemen.pk):
        context = context_for(diemen, 2021)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for source in facts.CLAIMS:
                source.claim(context)
    assert len(asked) == 7


# Tasks and search


def test_each_waiting_breach_is_a_task_of_who_has_to_act(diemen, team):
    _one, two, three = (factories.breach(team) for _ in range(3))
    factories.advised(team, two, at=AWARE)
    factories.decided(
        team, factories.advised(team, three, at=AWARE, risk=Risk.RISK), at=AWARE, risk=Risk.RISK
    )
    with reading(diemen.pk):
        told = {
            name: [task.label for task in facts.tasks(getattr(team, name))]
            for name in ("employee", "ciso", "privacy_officer", "director")
        }
    assert told == {
        "employee": [],
        "ciso": ["DL-2021-003 melden bij de AP"],
        "privacy_officer": ["Advies geven over DL-2021-001", "DL-2021-003 melden bij de AP"],
        "director": ["Besluiten over melden van DL-2021-002"],
    }


def test_unrated_consequences_are_a_task_of_the_ciso_and_told_to_who_decides(diemen, team):
    factories.breach(team, impact="")
    factories.advised(team, factories.breach(team, impact=""), at=AWARE)
    term = "AVG art. 33 lid 1 · 72 uur"
    with reading(diemen.pk):
        told = {
            name: [(task.label, task.detail) for task in facts.tasks(getattr(team, name))]
            for name in ("ciso", "privacy_officer", "director")
        }
    assert told == {
        "ciso": [
            ("Gevolgen van DL-2021-001 beoordelen", term),
            ("Gevolgen van DL-2021-002 beoordelen", term),
        ],
        "privacy_officer": [("Advies geven over DL-2021-001", term)],
        "director": [
            (
                "Besluiten over melden van DL-2021-002",
                f"De CISO legt eerst vast hoe zwaar de gevolgen zijn. {term}",
            )
        ],
    }


def test_a_guest_who_may_only_read_has_no_tasks(diemen, uithoorn, team):
    factories.incident(team)
    factories.breach(team)
    guest = people.guest(diemen, "ciso", "privacy_officer", "director", home=uithoorn)
    with reading(diemen.pk):
        assert facts.tasks(guest) == ()


def test_a_new_incident_is_a_task_of_the_ciso(diemen, team):
    factories.incident(team)
    with reading(diemen.pk):
        tasks = facts.tasks(team.ciso)
    assert [task.label for task in tasks] == ["Incident VI-2021-001 in behandeling nemen"]


def test_completing_and_closing_are_tasks_of_the_ciso_after_the_clock_has_stopped(diemen, team):
    factories.settled_breach(team, factories.breach(team))
    factories.settled_breach(team, factories.breach(team, measures=""), notified_at=AWARE + 3 * HOUR)
    factories.breach(team, impact="")
    with reading(diemen.pk):
        told = [(task.label, task.detail, task.due) for task in facts.tasks(team.ciso)]
        assert [task.label for task in facts.tasks(team.privacy_officer)] == ["Advies geven over DL-2021-003"]
    assert told == [
        (
            "Gevolgen van DL-2021-003 beoordelen",
            "AVG art. 33 lid 1 · 72 uur",
            AWARE + 72 * HOUR,
        ),
        ("DL-2021-001 afsluiten", "Melden niet nodig", None),
        (
            "Gegevens van DL-2021-002 aanvullen",
            "Nog aan te vullen: genomen of voorgestelde maatregelen (onder d)",
            None,
        ),
    ]


def test_an_incident_in_handling_is_a_task_until_it_is_closed(diemen, team):
    def handled(**change):
        row = factories.incident(team)
        return actions.change_incident(
            team.ciso, incident_id=row.pk, expected_version=1, at=AWARE, facts=replace(INCIDENT, **change)
        )

    handled(severity="")
    handled(personal_data=PersonalData.UNKNOWN)
    handled()
    factories.closed_incident(team, factories.incident(team), on=date(2021, 3, 2))
    with reading(diemen.pk):
        assert sorted(task.label for task in facts.tasks(team.ciso)) == [
            "Gegevens van incident VI-2021-001 aanvullen",
            "Gegevens van incident VI-2021-002 aanvullen",
            "Incident VI-2021-003 afsluiten",
        ]


@pytest.mark.parametrize("rows", [1, 3])
def test_tasks_figures_and_search_ask_a_fixed_number_of_queries(diemen, team, rows):
    registers(team, incidents=rows, kept=rows, notified=rows)
    for _ in range(rows):
        factories.breach(team)
    everything = people.actor(diemen, "ciso", "privacy_officer", "director")
    with reading(diemen.pk):
        with CaptureQueriesContext(connection) as asked:
            facts.tasks(everything)
        assert len(asked) == 2
        with CaptureQueriesContext(connection) as asked:
            records(everything, Query("2021"))
        # How rare the word is, where anything matches at all, then how many and which of each register.
        assert len(asked) == 6
        with CaptureQueriesContext(connection) as asked:
            facts.figures(everything)
        assert len(asked) == 5


def test_a_waiting_breach_is_a_clock_that_names_its_act_and_how_it_was_reckoned(diemen, team):
    breach = factories.breach(team)
    with reading(diemen.pk):
        (task,) = facts.tasks(team.privacy_officer)
    assert (task.due, task.act, task.detail) == (breach.due_at, "Geef advies", "AVG art. 33 lid 1 · 72 uur")
    assert task.act_url == f"/diemen/beveiliging/datalekken/{breach.pk}/advies/"
    assert len(task.because) == 2


def test_figures_are_those_of_the_year_for_who_sees_the_registers_and_ones_own_for_others(diemen, team):
    registers(team, incidents=1)
    factories.breach(team)
    with reading(diemen.pk):
        seen = facts.figures(team.ciso)
        own = facts.figures(team.employee)
    assert [(figure.label, figure.value) for figure in seen] == [
        ("Veiligheidsincidenten", "0"),
        ("Datalekken", "0"),
        ("Lopende termijnen van 72 uur", "1"),
    ]
    assert (seen[2].note, seen[2].tone) == ("1 is verlopen", "fout")
    assert [(figure.label, figure.value) for figure in own] == [("Wat u zelf meldde", "2")]


def test_search_says_how_many_there_are_where_it_gives_the_first_ten(diemen, team):
    for _ in range(11):
        factories.breach(team, description="Een lijst met inkomens.")
    with reading(diemen.pk):
        hits = records(team.ciso, Query("inkomens"))
    assert len(hits) == 10
    assert {hit.of for hit in hits} == {11}


def test_search_finds_what_the_reader_may_see(diemen, team):
    registers(team, incidents=1)
    factories.breach(team, description="Een lijst met inkomens.")
    with reading(diemen.pk):
        assert [hit.label for hit in records(team.ciso, Query("inkomens"))] == ["DL-2021-001 · Te beoordelen"]
        assert records(team.employee, Query("inkomens")) == ()


# The loader of the demonstration


def example(**facts):
    """A row of an example set, as the demonstration keeps it."""
    day = date(2021, 5, 4)
    common = {
        "registered_on": day,
        "description": "Een voorbeeld.",
        "measure": "Besproken.",
        "incident": None,
        "impact": "limited",
    }
    of_incident = {
        "discovered_at": datetime(2021, 5, 4, 7, tzinfo=UTC),
        "occurred_on": day,
        "kind": "phishing",
        "severity": "low",
        "closed_on": date(2021, 5, 20),
    }
    of_breach = {
        "aware_at": datetime(2021, 5, 4, 8, tzinfo=UTC),
        "nature": "confidentiality",
        "data_categories": ("naam", "adres"),
        "subject_categories": ("inwoners",),
        "subjects": 3,
        "records": 3,
        "motive": "Ongelezen teruggestuurd.",
        "notified_at": None,
        "status": "closed",
    }
    return SimpleNamespace(**{**common, **of_incident, **of_breach, **facts})


def test_an_example_set_loads_through_the_actions_oldest_first(diemen, team):
    day, noticed = date(2020, 12, 31), datetime(2020, 12, 31, 8, tzinfo=UTC)
    factories.load(
        team,
        [example(key="b"), example(key="a", registered_on=day, occurred_on=day, discovered_at=noticed)],
        [
            example(key="c", incident="b"),
            example(key="d", notified_at=datetime(2021, 5, 6, 8, tzinfo=UTC)),
            example(key="e", status="open", registered_on=date(2021, 5, 7)),
        ],
    )
    with reading(diemen.pk):
        incidents = list(Incident.objects.values_list("reference", "status", "personal_data"))
        breaches = list(Breach.objects.values_list("reference", "status", "outcome"))
    assert sorted(incidents) == [("VI-2020-001", "closed", "no"), ("VI-2021-001", "closed", "yes")]
    assert sorted(breaches) == [
        ("DL-2021-001", "closed", "not_notify"),
        ("DL-2021-002", "closed", "notify"),
        ("DL-2021-003", "not_to_notify", "not_notify"),
    ]


def test_a_claim_leads_to_the_register_filtered_as_it_counts(diemen):
    sources = {source.key: source for source in facts.CLAIMS}
    context = context_for(diemen, 2021)
    assert sources["security.incidents"].rows_url(context) == "/diemen/beveiliging/incidenten/?jaar=2021"
    kept = sources["security.breaches_not_notified"].rows_url(context)
    assert kept == "/diemen/beveiliging/datalekken/?jaar=2021&besluit=niet"


def test_rows_for_the_bench_fit_the_registers(diemen):
    incidents, breaches = factories.bulk_rows(diemen, 100, 2026)
    assert (len(incidents), len(breaches)) == (50, 50)
    assert all(row.due_at - row.aware_at == timedelta(hours=72) for row in breaches)
