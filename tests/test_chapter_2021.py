"""The chapter of Diemen 2021, made from the registers: each figure, and how the sentence follows the rows."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from houvast.core.access.actor import system_actor
from houvast.core.commitments import facts as commitments
from houvast.core.commitments import queries
from houvast.core.documents.tree import Heading
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.document import document
from houvast.core.report.queries import chapter
from houvast.modules.security import factories as security
from houvast.modules.structure import actions as structure
from houvast.modules.structure.models import MilestoneEvidence, StructureVersion

CHECKSUMS = Path(__file__).with_name("chapter_2021.sha256")


@pytest.fixture
def diemen(demo, db):
    return Organisation.objects.get(slug="diemen")


@pytest.fixture
def made(diemen):
    with reading(diemen.pk):
        return chapter(diemen, 2021)


EXPECTED = {
    "trajectory.phases": (3, "drie", 3),
    "values.values": (5, "vijf", 5),
    "structure.directors": (4, "vier", 4),
    "proposals.sensitivity_subjects": (3, "drie", 3),
    "proposals.sensitivity_actions": (4, "vier", 4),
    "events.outreach_locations": (3, "drie", 3),
    "programmes.programmes": (3, "drie", 3),
    "housing.aspects": (7, "zeven", 7),
    "housing.office_share": ("60", "60%", 1),
    "housing.home_share": ("40", "40%", 1),
    "housing.growth": ("5", "5%", 1),
    "structure.partner_board_persons": (3, "drie", 4),
    "structure.partner_board_posts": (4, "vier", 4),
    "structure.partner_organisations": (4, "vier", 4),
    "security.liaison_officers": (2, "twee", 2),
    "security.incidents": (9, "9", 9),
    "security.breaches": (17, "17", 17),
    "security.breaches_notified": (2, "twee", 2),
    "security.breaches_not_notified": (15, "vijftien", 15),
    "structure.teams_with_leader": ({"n": 14, "m": 14}, "alle", 14),
    "structure.leaders_appointed_first_month": ({"n": 10, "m": 14}, "de meeste", 14),
    "structure.transition_status": ("doorgevoerd", "doorgevoerd", 6),
    "structure.transition_manner": ("in goede harmonie", "in goede harmonie", 1),
    "structure.transition_meaning": ("een mijlpaal", "een mijlpaal", 1),
    "values.predecessor_year": (["2009-01-01", "2010-01-01"], "2009", 1),
    "security.framework_since": ("2020-01-01", "1 januari 2020", 1),
    "trajectory.start": (["2020-06-01", "2020-07-01"], "juni 2020", 1),
    "structure.first_leader_month": (["2021-04-01", "2021-05-01"], "april 2021", 14),
    "events.week": (["2021-09-27", "2021-10-02"], "27 september tot en met 1 oktober 2021", 1),
    "structure.all_teams_led_since": ("2021-10-01", "1 oktober 2021", 14),
    "housing.vision_due": (["2022-01-01", "2022-04-01"], "het eerste kwartaal van 2022", 1),
    "service_agreements.governance_outcomes_due": (
        ["2022-01-01", "2022-04-01"],
        "het eerste kwartaal van 2022",
        1,
    ),
    "structure.partner_board_model_moment": ("begin 2021", "begin 2021", 1),
    "housing.renovation_start": (["2022-10-01", "2023-01-01"], "het vierde kwartaal van 2022", 1),
}


@pytest.mark.parametrize("key", EXPECTED)
def test_each_figure_of_2021_is_a_claim_with_its_rows(made, key):
    claim = made.claims[key]
    assert (claim.value, claim.text, claim.rows) == EXPECTED[key]


def test_every_expected_claim_stands_in_the_text_or_has_a_register_behind_it(made):
    used = {claim.key for claim in made.used}
    assert set(EXPECTED) - used == set()


def test_the_eleven_headings_stand_in_the_reports_own_order(made):
    assert [section.heading for section in made.sections if section.depth == 0] == [
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


def text_of(made, key):
    return next(section.text for section in made.sections if section.key == key)


def test_the_structure_reads_as_an_official_writes_it(made):
    assert (
        "De organisatie wordt geleid door een directieteam van vier directieleden. Nieuw is de functie van "
        "teamleider. In april 2021 werden de meeste teamleiders benoemd. Vanaf oktober 2021 hebben alle teams "
        "een teamleider."
    ) in text_of(made, "structure")


def test_the_new_structure_is_carried_through_and_that_was_a_milestone(made):
    text = text_of(made, "structure")
    assert "Die nieuwe structuur is doorgevoerd." in text
    assert (
        "De overgang naar de nieuwe structuur is in goede harmonie afgerond. De organisatie ziet dat als een "
        "mijlpaal."
    ) in text


@pytest.fixture
def version(diemen):
    with reading(diemen.pk):
        return StructureVersion.objects.get()


def test_one_open_transition_action_changes_the_sentence_and_takes_the_completion_away(diemen, version):
    system = system_actor(diemen)
    with reading(diemen.pk):
        done = version.actions.order_by("pk").last()
    structure.reopen_transition_action(system, action_id=done.pk, expected_version=done.version)
    with reading(diemen.pk):
        again = chapter(diemen, 2021)
    text = text_of(again, "structure")
    assert "Die nieuwe structuur is nog niet doorgevoerd: er staat nog één overgangsactie open." in text
    assert "De overgang" not in text
    assert "mijlpaal" not in text
    assert again.problems == ()


def test_evidence_that_waits_for_a_second_person_takes_the_completion_away(diemen, version):
    with reading(diemen.pk):
        piece = MilestoneEvidence.objects.get()
    told = {name: getattr(piece, name) for name in ("kind", "title", "dated", "place", "manner", "meaning")}
    structure.change_evidence(
        system_actor(diemen),
        evidence_id=piece.pk,
        expected_version=piece.version,
        today=piece.dated,
        **told,
    )
    with reading(diemen.pk):
        again = chapter(diemen, 2021)
    text = text_of(again, "structure")
    assert "Die nieuwe structuur is doorgevoerd." in text
    assert "De overgang" not in text
    assert again.problems == ()


def test_the_register_of_the_partner_says_since_when_its_board_works_as_it_does(made):
    claim = made.claims["structure.partner_board_model_moment"]
    assert (claim.value, claim.rows, claim.partner) == ("begin 2021", 1, "Duo+")
    assert "Het directiemodel is begin 2021 verduidelijkt." in text_of(made, "partnership.governance")


def test_incidents_and_breaches_are_two_counts_that_are_never_added_or_nested(made):
    text = text_of(made, "partnership.security")
    assert "9 veiligheidsincidenten" in text
    assert "17 datalekken" in text
    assert "26" not in text
    assert "waarvan" not in text


def test_a_vague_moment_reads_as_the_source_has_it_and_is_a_period_in_the_data(made):
    assert "moet de verbouwing eind 2022 beginnen" in text_of(made, "housing")
    assert "Het directiemodel is begin 2021 verduidelijkt" in text_of(made, "partnership.governance")
    data = made.claims["housing.renovation_start"].to_json()
    assert (data["kind"], data["value"], data["period"]) == (
        "period",
        ["2022-10-01", "2023-01-01"],
        {"from": "2022-10-01", "until": "2023-01-01"},
    )


def test_no_slot_has_a_problem(made):
    assert made.problems == ()


def test_the_chapter_says_that_it_rests_on_example_rows(made):
    assert made.has_example_rows


def test_a_partners_board_is_counted_by_people_and_by_posts(made):
    assert made.claims["structure.partner_board_posts"].items == (
        "algemeen directeur",
        "concerncontroller",
        "directeur Bedrijfsvoering",
        "directeur Buurt en Burger",
    )


def test_the_files_are_written_and_the_same_the_second_time(diemen, tmp_path):
    for folder in ("one", "two"):
        call_command(
            "chapter", organisation="diemen", year=2021, format="html,json", out=str(tmp_path / folder)
        )
    for name in ("diemen-2021.html", "diemen-2021.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    data = json.loads((tmp_path / "one" / "diemen-2021.json").read_bytes())
    breaches = next(claim for claim in data["claims"] if claim["key"] == "security.breaches")
    assert set(breaches) == {
        "key",
        "label",
        "kind",
        "value",
        "text",
        "unit",
        "as_of",
        "period",
        "rows",
        "digest",
    }
    assert (breaches["value"], breaches["period"]) == (17, {"from": "2021-01-01", "until": "2022-01-01"})


def test_the_files_are_the_same_bytes_on_every_database(diemen, tmp_path, request):
    """Each database compares with one list of checksums, so a difference fails on one of the two.

    After a change that is meant to show in the chapter, write the list again with `--write-chapter`.
    """
    call_command("chapter", organisation="diemen", year=2021, format="html,json", out=str(tmp_path))
    made = "".join(
        f"{sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("diemen-2021.html", "diemen-2021.json")
    )
    if request.config.getoption("--write-chapter"):
        CHECKSUMS.write_text(made, encoding="utf-8")
    assert made == CHECKSUMS.read_text(encoding="utf-8"), (
        "the chapter reads otherwise than the list says: --write-chapter"
    )


def test_the_documents_say_where_in_the_annual_accounts_one_is_and_keep_the_account_apart(made):
    tree = document(made)
    assert tree.running_title == "Jaarstukken 2021 – Paragrafen: Bedrijfsvoering"
    headings = [block for block in tree.blocks if isinstance(block, Heading)]
    assert [heading.text for heading in headings if heading.new_page] == ["Verantwoording van de feiten"]


def test_all_four_documents_are_written(diemen, tmp_path):
    call_command("chapter", organisation="diemen", year=2021, out=str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"diemen-2021.{kind}" for kind in ("docx", "html", "json", "odt", "pdf")
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"organisation": "nergens", "year": 2021}, "There is no organisation ‘nergens’; choose from diemen"),
        ({"organisation": "diemen", "year": 2005}, "Van Diemen is over 2005 nog niets vastgelegd."),
        ({"organisation": "diemen", "year": 1999}, "Een verslagjaar ligt tussen 2004 en "),
        ({"organisation": "diemen", "year": 99999999999}, "Een verslagjaar ligt tussen 2004 en "),
        ({"organisation": "diemen", "year": 2021, "format": ""}, "choose from html, pdf, docx, odt, json"),
        ({"organisation": "diemen", "year": 2021, "format": " , "}, "choose from html, pdf, docx, odt, json"),
        ({"organisation": "diemen", "year": 2021, "format": "doc"}, "Unknown format doc"),
    ],
)
def test_wrong_input_is_one_clear_sentence_and_writes_nothing(diemen, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("chapter", **{"format": "html", **options}, out=str(tmp_path / "out"))
    assert refused.value.returncode == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_an_out_that_is_a_file_is_one_clear_sentence(diemen, tmp_path, below):
    file = tmp_path / "out"
    file.write_text("hier")
    with pytest.raises(CommandError, match="cannot be a folder: there is a file of that name") as refused:
        call_command("chapter", organisation="diemen", year=2021, format="html", out=str(file / below))
    assert refused.value.returncode == 2
    assert file.read_text() == "hier"


def test_the_digests_are_the_same_on_every_machine_and_database(made):
    digests = {
        key: made.claims[key].digest[:16]
        for key in (
            "security.breaches",
            "structure.directors",
            "structure.transition_status",
            "structure.transition_manner",
            "values.values",
        )
    }
    assert digests == {
        "security.breaches": "1c4b3b0211c22979",
        "structure.directors": "e56e9568347b913b",
        "structure.transition_status": "fc00ca9c36c90419",
        "structure.transition_manner": "d72cb1c50a6a92e1",
        "values.values": "b330fb90eeb5c925",
    }


def test_the_reference_day_is_the_last_of_the_year(made):
    assert made.claims["structure.directors"].as_of == date(2021, 12, 31)


def test_the_chapter_is_dutch_in_whatever_language_the_screens_are(diemen, made):
    with translation.override("en"), reading(diemen.pk):
        assert chapter(diemen, 2021) == made


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_chapter_asks_as_many_questions_whatever_the_registers_hold(diemen, rows):
    team = security.team(diemen)
    for _ in range(rows):
        security.incident(team)
        security.breach(team)
    with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
        chapter(diemen, 2021)
    # Those that read a table, also through a cursor that PostgreSQL declares. The scope is told in the others.
    assert len([query for query in asked if "SELECT " in query["sql"] and " FROM " in query["sql"]]) == 46
    assert len(asked) <= 80


def test_the_demonstration_holds_the_fourteen_of_2021_of_which_one_had_started(diemen):
    with reading(diemen.pk):
        position = commitments.position(2021)
        without = {row.text for row in queries.visible_to(system_actor(diemen)).filter(term="")}
        obstacles = commitments.obstacles(system_actor(diemen), 2022)
        assert commitments.obstacles(system_actor(diemen), 2021) == ()
    assert position == {"open": 13, "started": 1, "partly": 0, "done": 0, "lapsed": 0, "postponed": 0}
    assert len(without) == 10
    assert len(obstacles) == 14
    assert (
        "Het voornemen ‘Introductiecursus bestuurlijke besluitvorming’ uit 2021 is nog niet beantwoord."
        in [str(one.sentence) for one in obstacles]
    )
