"""What an adopted edition is: frozen, closed, corrected beside it, and found out when somebody alters it."""

from __future__ import annotations

import hashlib
from datetime import date

import orjson
import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.access.actor import system_actor
from houvast.core.access.four_eyes import SamePerson
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions, frozen
from houvast.core.report.adoption.files import Lost, file_of, frozen_bytes, said
from houvast.core.report.adoption.models import (
    Correction,
    Edition,
    FrozenPart,
)
from houvast.core.report.adoption.queries import (
    adopted as read,
)
from houvast.core.report.adoption.queries import (
    adoption_by,
    newest_edition,
    standing_of,
)
from houvast.core.report.adoption.rules import Body
from houvast.core.report.adoption.verifying import frozen_faults
from houvast.core.report.tests.adopting import (
    COLLEGE_DAY,
    RAAD_DAY,
    SLOT,
    TODAY,
    YEAR,
    adopt,
    adopted,
    answer,
    correct,
    entry,
    execute,
    offer,
    people,
    triggers_lifted,
    write,
)

FROZEN_TABLES = [
    "edition",
    "frozenpart",
    "adoption",
    "offer",
    "correction",
    "correctiondecision",
    "reopening",
]


@pytest.fixture(scope="module")
def diemen(shared):
    return factories.organisation("diemen")


@pytest.fixture(scope="module")
def who(diemen):
    return people(diemen)


@pytest.fixture(scope="module")
def edition(who):
    return adopted(who)


@pytest.fixture(autouse=True)
def _each_test_is_undone(edition, db):
    """What a test changes in the adopted year is undone after it."""


# --- who, and when --------------------------------------------------------------------------------------------


def test_the_council_adopts_the_colleges_edition(diemen, who, edition):
    decision = adopt(who.director, "raad")
    assert decision.edition == edition
    with reading(diemen.pk):
        standing = standing_of(YEAR)
        newest = newest_edition(YEAR)
        assert adoption_by(newest, Body.RAAD).decided_on == RAAD_DAY
        assert adoption_by(newest, Body.COLLEGE).decided_on == COLLEGE_DAY
        assert said(read(newest)) == "Vastgesteld door de raad op 07-07-2022 (B 2022-1), editie 1."
    assert (standing.adopted_by_council, standing.closed, standing.next_body) == (True, True, None)


def test_nothing_is_decided_twice_or_out_of_order(who, edition):
    with pytest.raises(Refusal, match="Het college heeft deze editie al vastgesteld"):
        adopt(who.director)
    with pytest.raises(Refusal, match="voor het vorige besluit"):
        adopt(who.director, "raad", decided_on=date(2022, 5, 16))
    with pytest.raises(Refusal, match="eerst voor het amendement"):
        adopt(who.director, "raad", amended=True)
    adopt(who.director, "raad")
    with pytest.raises(Refusal, match="heeft de paragraaf van 2021 al vastgesteld"):
        adopt(who.director, "raad")
    with pytest.raises(Refusal, match="De raad heeft al besloten"):
        actions.reopen(who.director, year=YEAR, reason="Amendement")


# --- closed, and open again -----------------------------------------------------------------------------------


def test_text_facts_and_answers_of_an_adopted_year_are_closed(diemen, who, edition):
    with reading(diemen.pk):
        fact = report.facts_of(YEAR).get()
    attempts = [
        lambda: write(who.editor, SLOT, "Anders."),
        lambda: report.enter_fact(who.editor, year=YEAR, entry=entry(key="plans.made"), today=TODAY),
        lambda: report.change_fact(who.editor, fact_id=fact.pk, expected_version=2, entry=entry(value=9)),
        lambda: report.check_fact(who.controller, fact_id=fact.pk, expected_version=2, at=fact.recorded_at),
        lambda: report.withdraw_fact(
            who.controller, fact_id=fact.pk, expected_version=2, reason="Fout", at=fact.recorded_at
        ),
        lambda: answer(who.editor, "bbv-25:formatie"),
        lambda: offer(who.editor),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal, match="Een fout wordt een correctie"):
            attempt()


def test_another_year_stays_open(who, edition):
    report.enter_fact(who.editor, year=2022, entry=entry(), today=TODAY)


def test_an_amendment_makes_an_edition_that_supersedes_and_the_colleges_stays(diemen, who, edition):
    with pytest.raises(Refusal, match="welk amendement"):
        actions.reopen(who.director, year=YEAR, reason=" ")
    actions.reopen(who.director, year=YEAR, reason="Amendement A1")
    with pytest.raises(Refusal, match="is niet vastgesteld"):
        correct(who.controller)
    write(who.editor, SLOT, "Geamendeerd: [[complaints.received|telling]].")
    with pytest.raises(Refusal, match="nog niet ter vaststelling aangeboden"):
        adopt(who.director, "raad", amended=True)
    offer(who.editor)
    second = adopt(who.director, "raad", amended=True).edition
    with reading(diemen.pk):
        assert (second.number, newest_edition(YEAR)) == (2, second)
        first = read(Edition.objects.get(number=1))
        assert "Er kwamen" in frozen_bytes(first, frozen.TEXT).decode()
        assert "Geamendeerd: " in frozen_bytes(read(newest_edition(YEAR)), frozen.TEXT).decode()
    with pytest.raises(Refusal, match="Een fout wordt een correctie"):
        write(who.editor, SLOT, "Anders.")


def test_a_text_that_was_reopened_may_still_be_adopted_as_it_was(diemen, who, edition):
    actions.reopen(who.director, year=YEAR, reason="Amendement A1")
    write(who.editor, SLOT, "Verworpen.")
    assert adopt(who.director, "raad").edition == edition
    with pytest.raises(Refusal, match="Een fout wordt een correctie"):
        write(who.editor, SLOT, "Anders.")
    with reading(diemen.pk):
        assert "Er kwamen" in frozen_bytes(read(newest_edition(YEAR)), frozen.TEXT).decode()


# --- what is frozen -------------------------------------------------------------------------------------------


def parts_of(diemen):
    with reading(diemen.pk):
        rows = FrozenPart.objects.order_by("name").values_list("name", "content")
        return {name: bytes(content) for name, content in rows}


def test_an_edition_holds_every_file_the_data_and_the_prints_of_the_rows(diemen, edition):
    names = {name for name in parts_of(diemen) if not name.startswith("rows/")}
    assert names == {
        "chapter.docx",
        "chapter.html",
        "chapter.json",
        "chapter.odt",
        "chapter.pdf",
        "chapter.txt",
        "checklist.json",
        "claims.json",
        "document.json",
        "sections.json",
    }
    claims = {one["key"]: one for one in orjson.loads(parts_of(diemen)["claims.json"])}
    fact = claims["complaints.received"]
    assert (fact["value"], fact["text"], fact["rows"], fact["definition"]) == (17, "zeventien", 1, 1)
    assert fact["source"] == ["Klachtenjaarverslag", "", None]
    assert len(parts_of(diemen)[fact["prints"]]) == 24


def test_the_overall_hash_follows_from_names_sizes_and_hashes_of_all_parts(diemen, edition):
    listed = sorted(
        [name, len(content), hashlib.sha256(content).hexdigest()]
        for name, content in parts_of(diemen).items()
    )
    told = orjson.dumps({"format": 1, "parts": listed}, option=orjson.OPT_SORT_KEYS)
    assert edition.sha256 == hashlib.sha256(told).hexdigest()


def test_the_trail_tells_of_edition_and_decision(diemen, edition):
    with reading(diemen.pk):
        entries = AuditEntry.objects.filter(action="report.adopt").order_by("number")
        told = {entry.table: entry.changes for entry in entries}
        assert list(verify(diemen)) == []
    assert told["report.edition"]["sha256"] == edition.sha256
    assert told["report.adoption"]["body"] == "college"


@pytest.mark.parametrize("table", FROZEN_TABLES)
@pytest.mark.parametrize(
    "verb", ["UPDATE report_{} SET organisation_id = organisation_id", "DELETE FROM report_{}"]
)
def test_the_database_refuses_to_change_what_was_frozen(diemen, who, edition, table, verb):
    if table in {"correction", "correctiondecision"}:
        row = correct(who.editor)
        actions.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    if table == "reopening":
        actions.reopen(who.director, year=YEAR, reason="Amendement A1")
    with pytest.raises(DatabaseError, match="refused"):
        execute(diemen, verb.format(table))


def test_verify_finds_frozen_content_that_was_altered_or_taken_away(diemen, edition):
    with reading(diemen.pk):
        assert list(frozen_faults(diemen)) == []
    with triggers_lifted():
        execute(diemen, "UPDATE report_frozenpart SET content = %s WHERE name = 'chapter.txt'", [b"Anders"])
        with reading(diemen.pk):
            altered = [(fault.table, fault.problem) for fault in frozen_faults(diemen)]
        execute(diemen, "DELETE FROM report_frozenpart WHERE name = 'chapter.txt'")
        with reading(diemen.pk):
            lost = [(fault.table, fault.problem) for fault in frozen_faults(diemen)]
            with pytest.raises(Lost):
                frozen_bytes(read(newest_edition(YEAR)), frozen.TEXT)
    whole = ("report.edition", "de delen zijn niet die waarvan de editie is gemaakt")
    assert altered == [("report.frozenpart", "bevroren inhoud gewijzigd"), whole]
    assert lost == [whole]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["fact", "text", "name"]), st.integers(1, 40)), max_size=4))
def test_whatever_changes_afterwards_the_adopted_bytes_stay_the_same(diemen, who, changes):
    if not _has_edition(diemen):
        adopted(who)
    before = _files(diemen)
    for what, number in changes:
        _meddle(diemen, what, number)
    assert _files(diemen) == before


def _has_edition(diemen):
    with reading(diemen.pk):
        return newest_edition(YEAR) is not None


def _files(diemen):
    with reading(diemen.pk):
        found = read(newest_edition(YEAR))
        return {form: file_of(found, form) for form in (*frozen.DOCUMENTS, "json")}


def _meddle(diemen, what, number):
    """Change rows behind the year's claims, past every action where an action would refuse."""
    statements = {
        "fact": ("UPDATE report_sourcedfact SET value = %s, version = version + 1", [str(number)]),
        "text": ("UPDATE report_prose SET text = %s, version = version + 1", [f"Tekst {number} keer."]),
        "name": ("UPDATE orgs_organisation SET name = %s WHERE slug = 'diemen'", [f"Diemen {number}"]),
    }
    execute(diemen, *statements[what])


# --- corrections ----------------------------------------------------------------------------------------------


def test_a_correction_is_a_footnote_only_when_another_person_confirmed_it(diemen, who, edition):
    row = correct(who.controller, value=18)
    with pytest.raises(SamePerson):
        actions.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    with reading(diemen.pk):
        assert read(newest_edition(YEAR)).footnotes == ()
    actions.decide_correction(who.director, correction_id=row.pk, outcome="confirmed")
    with reading(diemen.pk):
        found = read(newest_edition(YEAR))
        (note,) = found.footnotes
        assert (note.number, note.value, note.claim_key) == (1, 18, "complaints.received")
        assert found.chapter.claims["complaints.received"].value == 17
        assert said(found).endswith("editie 1, met één correctie.")
    with pytest.raises(Refusal, match="al besloten"):
        actions.decide_correction(who.director, correction_id=row.pk, outcome="rejected")


def test_a_rejected_correction_is_kept_and_shown_nowhere(diemen, who, edition):
    row = correct(who.editor)
    actions.decide_correction(who.controller, correction_id=row.pk, outcome="rejected")
    with reading(diemen.pk):
        assert read(newest_edition(YEAR)).footnotes == ()
        assert Correction.objects.count() == 1


def test_every_form_shows_the_footnotes_and_the_adopted_files_stay(diemen, who, edition):
    before = _files(diemen)
    row = correct(who.editor)
    other = correct(who.editor, claim_key="", section="programmes", text="Ook elders.")
    for one in (row, other):
        actions.decide_correction(who.controller, correction_id=one.pk, outcome="confirmed")
    with reading(diemen.pk):
        found = read(newest_edition(YEAR))
        html = file_of(found, "html").decode()
        data = orjson.loads(file_of(found, "json"))
        plain = {form: file_of(found, form, with_corrections=False) for form in before}
        made = {form: file_of(found, form) for form in before}
        assert said(found).endswith("met 2 correcties.")
    assert plain == before
    assert all(made[form] != before[form] for form in before)
    assert html.count("[correctie 1]") == 1
    assert "Bij dit onderdeel:" in html
    assert "Het waren er achttien." in html
    assert [one["number"] for one in data.pop("corrections")] == [1, 2]
    assert data == orjson.loads(before["json"])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"section": "programmes"}, "één feit of één onderdeel"),
        ({"claim_key": ""}, "één feit of één onderdeel"),
        ({"claim_key": "no.such"}, "Dit feit staat niet"),
        ({"claim_key": "", "section": "no"}, "Dit onderdeel staat niet"),
        ({"claim_key": "", "section": "programmes", "value": 3}, "Alleen een feit"),
        ({"value": "achttien"}, "Een aantal is een heel getal"),
        ({"decided_on": None}, "dag van het besluit in"),
        ({"decided_on": date(2022, 12, 2)}, "niet in de toekomst"),
        ({"decided_on": date(2021, 12, 31)}, "na het verslagjaar"),
        ({"reference": ""}, "kenmerk"),
        ({"text": " \n "}, "wat er had moeten staan"),
        ({"text": "x" * 4001}, "te lang"),
    ],
)
def test_a_correction_that_says_nothing_or_too_much_is_refused(who, edition, given, sentence):
    with pytest.raises(Refusal, match=sentence):
        correct(who.editor, **given)


def test_the_installation_itself_corrects_nothing(diemen, edition):
    with pytest.raises(SamePerson):
        correct(system_actor(diemen))


# --- the checklist --------------------------------------------------------------------------------------------


def test_the_checklist_is_frozen_with_the_edition(diemen, edition):
    told = {one["key"]: one for one in orjson.loads(parts_of(diemen)["checklist.json"])}
    assert told["bbv-14:stand"]["section"] == "complaints"
    assert told["bbv-25:inhuur"]["answer"] is None
    assert set(told["bbv-14:stand"]) == {
        "key", "name", "source", "origin", "answer", "section", "document", "reason",
    }  # fmt: skip
