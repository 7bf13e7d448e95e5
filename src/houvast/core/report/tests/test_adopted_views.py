"""The pages of a year that is adopted: the chapter, its corrections and the comparison."""

from __future__ import annotations

import pytest

from houvast.core.administration import factories
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions
from houvast.core.report.adoption.facts import dates
from houvast.core.report.adoption.models import (
    Correction,
    CorrectionDecision,
)
from houvast.core.report.adoption.names import RECORDS, may_have_file
from houvast.core.report.tests.adopting import (
    BASE,
    COLLEGE_DAY,
    DECISION,
    RAAD_DAY,
    SLOT,
    TODAY,
    YEAR,
    adopted,
    correct,
    enter,
    entry,
    offer,
    page,
    people,
    write,
)

CORRECTION = {
    "about": "feit:complaints.received",
    "text": "Het waren er achttien.",
    "value": "18",
    "decided_on": "2022-10-04",
    "reference": "B 9",
}
_COUNTS: dict[str, int] = {}


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


def test_reopening_and_adopting_an_amended_text(client, who, edition):
    answered, text = page(client, who.director, "vaststelling/", {"do": "reopen", "reason": ""})
    assert answered.status_code == 422
    page(client, who.director, "vaststelling/", {"do": "reopen", "reason": "Amendement A1"})
    again = page(client, who.director, "vaststelling/", {"do": "reopen", "reason": "Amendement A1"})
    assert (again[0].status_code, "is niet vastgesteld" in again[1]) == (422, True)
    text = page(client, who.editor, "")[1]
    assert "De tekst is heropend voor een amendement" in text
    assert "Er is geen verschil met wat is vastgesteld." in text
    write(who.editor, SLOT, "Geamendeerd: [[complaints.received|cijfer]].")
    text = page(client, who.editor, "")[1]
    assert "Onderdelen die nu anders lezen" in text
    offer(who.editor)
    assert "De tekst is gewijzigd vastgesteld" in page(client, who.director, "vaststelling/")[1]
    given = DECISION | {"body": "raad", "decided_on": RAAD_DAY.isoformat(), "amended": "on"}
    assert "Editie 2 is bevroren." in page(client, who.director, "vaststelling/", given, follow=True)[1]
    text = page(client, who.editor, "?editie=1")[1]
    assert "Een oudere editie: editie 2 geldt" in text
    assert f"{BASE}/?editie=1&amp;feit=complaints.received" in text
    assert "Vastgesteld door de raad op 7 juli 2022" in page(client, who.editor, "")[1]


def test_the_page_of_an_adopted_year_shows_what_was_frozen_and_offers_no_editing(
    client, diemen, who, edition
):
    text = page(client, who.editor, "")[1]
    assert "Vastgesteld door het college op 17 mei 2022" in text
    assert edition.sha256 in text
    assert "Corrigeer" in text
    assert f"{BASE}/redactie/" not in text
    live = page(client, who.editor, "?stand=nu")[1]
    assert "U ziet de registers van nu, niet wat is vastgesteld" in live
    assert f"{BASE}/?stand=nu&amp;feit=complaints.received" in live
    assert page(client, who.editor, "?editie=9")[0].status_code == 404


def test_a_claim_of_an_adopted_year_says_what_became_of_its_rows(client, diemen, who, edition):
    good = page(client, who.editor, "?feit=complaints.received")[1]
    assert "De rijen zijn nog zoals bij de vaststelling" in good
    _alter(diemen, "UPDATE report_sourcedfact SET value = '18'")
    text = page(client, who.editor, "?feit=complaints.received")[1]
    assert "1 van de 1 rijen is veranderd" in text
    assert "Klachten: zeventien" in text
    live = page(client, who.editor, "?stand=nu")[1]
    assert '<td lang="nl">zeventien</td><td lang="nl">achttien</td>' in live
    _alter(diemen, "UPDATE report_sourcedfact SET withdrawn_at = recorded_at, withdrawal_reason = 'x'")
    text = page(client, who.editor, "?feit=complaints.received")[1]
    assert "1 rij is verdwenen" in text
    assert "–" in page(client, who.editor, "?stand=nu")[1]


def _alter(here, statement):
    from django.db import connection, transaction

    from houvast.core.orgs.scope import tell_database

    with transaction.atomic():
        tell_database(here.pk)
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_claim_without_rows_says_nothing_of_them(client, who, edition):
    text = page(client, who.editor, "?feit=report.year")[1]
    assert "zoals bij de vaststelling" not in text


def test_downloads_of_an_adopted_year_are_the_frozen_bytes(client, diemen, who, edition):
    with reading(diemen.pk):
        frozen = {part.name: bytes(part.content) for part in edition.parts.all()}
    for form in ("html", "pdf", "docx", "odt", "json"):
        answered, _text = _download(client, who.editor, f"bestand/{form}/")
        assert answered.content == frozen[f"chapter.{form}"]
    live, _text = _download(client, who.editor, "bestand/html/?stand=nu")
    assert live.content != frozen["chapter.html"]


def _download(client, actor, path):
    enter(client, actor)
    return client.get(f"{BASE}/{path}"), ""


def test_the_editor_and_the_facts_of_an_adopted_year_are_closed(client, diemen, who, edition):
    enter(client, who.editor)
    url = f"{BASE}/redactie/{SLOT}/"
    answered = client.get(url)
    assert (answered.status_code, answered["Location"]) == (302, f"{BASE}/correcties/")
    assert "Nieuw feit" not in page(client, who.editor, "feiten/")[1]
    with reading(diemen.pk):
        fact = report.facts_of(YEAR).get()
    assert "Trek het feit in" not in page(client, who.editor, f"feiten/{fact.pk}/")[1]


def test_a_text_that_was_being_written_when_the_year_was_adopted_stays_on_the_page(
    client, who, monkeypatch, edition
):
    from houvast.core.report.views import editor

    monkeypatch.setattr(editor, "is_closed", lambda _year: False)
    answered, text = page(
        client, who.editor, f"redactie/{SLOT}/", {"text": "Mijn eigen woorden.", "version": 1, "bewaar": "1"}
    )
    assert answered.status_code == 422
    assert "Mijn eigen woorden." in text
    assert "Een fout wordt een correctie" in text


# --- corrections ----------------------------------------------------------------------------------------------


def test_a_correction_from_one_person_to_another_and_to_the_chapter(client, diemen, who, edition):
    text = page(client, who.editor, "correcties/?feit=complaints.received")[1]
    assert '<option value="feit:complaints.received" selected>' in text
    text = page(client, who.editor, "correcties/", CORRECTION, follow=True)[1]
    assert "Wacht op bevestiging" in text
    assert 'name="confirm"' not in text
    text = page(client, who.controller, "correcties/")[1]
    assert "Juiste waarde" in text
    with reading(diemen.pk):
        number = Correction.objects.get().pk
    text = page(client, who.controller, "correcties/", {"correction": number, "confirm": "1"}, follow=True)[1]
    assert "staat nu als voetnoot" in text
    chapter = page(client, who.editor, "")[1]
    assert '<a class="rp-note" lang="nl" href="#correctie-1">correctie 1</a>' in chapter
    assert 'id="correctie-1"' in chapter
    assert "1 correctie<" in chapter
    drawer = page(client, who.editor, "?feit=complaints.received")[1]
    assert "Het waren er achttien." in drawer
    again = page(client, who.controller, "correcties/", {"correction": number, "reject": "1"}, follow=True)[1]
    assert "al besloten" in again


def test_a_correction_of_a_section_stands_under_it_and_one_can_be_rejected(client, diemen, who, edition):
    row = correct(who.editor, claim_key="", section="programmes")
    text = page(client, who.controller, "correcties/", {"correction": row.pk, "reject": "1"}, follow=True)[1]
    assert "De correctie is afgewezen." in text
    other = correct(who.editor, claim_key="", section="programmes")
    actions.decide_correction(who.controller, correction_id=other.pk, outcome="confirmed")
    text = page(client, who.editor, "")[1]
    assert text.index('id="kop-programmes"') < text.index('id="correctie-1"') < text.index('id="kop-talent"')


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"about": ""}, "Dit veld is verplicht."),
        ({"value": "veel"}, "Vul een heel getal in"),
        ({"about": "onderdeel:programmes"}, "Bij dit onderwerp past geen waarde"),
        ({"reference": "x" * 200}, "120"),
    ],
)
def test_a_wrong_correction_is_told_beside_its_field(client, diemen, who, edition, changed, sentence):
    answered, text = page(client, who.editor, "correcties/", CORRECTION | changed)
    assert (answered.status_code, sentence in text) == (422, True)
    with reading(diemen.pk):
        assert not Correction.objects.exists()


def test_what_an_action_refuses_stands_on_the_form_as_well(client, who, edition):
    answered, text = page(client, who.editor, "correcties/", CORRECTION | {"text": "   x"})
    assert answered.status_code == 302
    actions.reopen(who.director, year=YEAR, reason="Amendement A1")
    answered, text = page(client, who.editor, "correcties/", CORRECTION)
    assert (answered.status_code, "is niet vastgesteld" in text) == (422, True)


def test_a_correction_that_does_not_exist_or_is_another_organisations_is_not_found(
    client, diemen, uithoorn, who, edition
):
    there = people(uithoorn)
    adopted(there)
    row = correct(there.editor)
    for number in (row.pk + 1000, "x", "9" * 40, row.pk):
        answered, _text = page(client, who.controller, "correcties/", {"correction": number, "confirm": "1"})
        assert answered.status_code == 404
    with reading(uithoorn.pk):
        assert not CorrectionDecision.objects.exists()


# --- the checklist --------------------------------------------------------------------------------------------


def test_the_checklist_of_an_adopted_year_is_closed(client, who, edition):
    text = page(client, who.editor, "eisen/")[1]
    assert "de antwoorden liggen met haar vast" in text
    assert "Ga na" not in text


# --- comparing ------------------------------------------------------------------------------------------------


def test_a_year_stands_beside_the_adopted_value_of_the_year_before_with_its_correction(client, who, edition):
    row = correct(who.editor, value=18)
    actions.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    report.enter_fact(who.editor, year=2022, entry=entry(value=20), today=TODAY)
    enter(client, who.editor)
    text = client.get("/diemen/verantwoording/2022/vergelijking/").content.decode()
    assert "Vergelijking van 2022 met 2021" in text
    assert "+2" in text
    assert "gecorrigeerd" in text
    one = client.get(
        "/diemen/verantwoording/2022/vergelijking/feit/?feit=complaints.received"
    ).content.decode()
    assert "<svg" in one
    assert "Verschil met het jaar ervoor" in one
    drawer = client.get("/diemen/verantwoording/2022/?feit=complaints.received").content.decode()
    assert "Vorig jaar" in drawer
    assert "achttien" in drawer


def test_the_whole_of_an_adopted_year_is_compared_as_it_was_adopted(client, who, edition):
    text = page(client, who.editor, "vergelijking/")[1]
    assert "vastgesteld" in text


@pytest.mark.parametrize("extra", [0, 2])
@pytest.mark.parametrize(
    ("path", "most"),
    [("", 40), ("?feit=complaints.received", 60), ("vaststelling/", 20), ("correcties/", 20), ("eisen/", 20)],
)
def test_a_page_of_an_adopted_year_takes_as_many_queries_whatever_it_holds(
    client, who, edition, extra, path, most, django_assert_max_num_queries
):
    for _number in range(1 + extra):
        row = correct(who.editor)
        actions.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    enter(client, who.editor)
    client.get(f"{BASE}/{path}")
    with django_assert_max_num_queries(most) as asked:
        assert client.get(f"{BASE}/{path}").status_code == 200
    counts = _COUNTS.setdefault(path, len(asked))
    assert len(asked) == counts


# --- tasks, dates, names --------------------------------------------------------------------------------------


def test_the_calendar_has_the_decisions(diemen, who, edition):
    with reading(diemen.pk):
        found = dates(who.editor, COLLEGE_DAY, COLLEGE_DAY.replace(month=12))
        assert [(str(one.kind), one.on.isoformat()) for one in found] == [("Besluit", "2022-05-17")]
        assert dates(who.editor, TODAY, TODAY) == ()
        assert dates(factories.Actor(diemen, diemen, "Vreemde"), COLLEGE_DAY, TODAY) == ()


def test_each_record_has_a_name_and_a_page_in_the_trail(diemen, who, edition):
    row = correct(who.editor)
    actions.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
    actions.reopen(who.director, year=YEAR, reason="Amendement A1")
    actions.add_requirement(
        who.editor, name="Thuiswerken", first_year=YEAR, reference="R", decided_on=TODAY, today=TODAY
    )
    from django.apps import apps

    stranger = factories.Actor(diemen, diemen, "Vreemde")
    with reading(diemen.pk):
        for records in RECORDS:
            uids = [str(one.uid) for one in apps.get_model(records.table).objects.all()]
            named = records.named(who.editor, uids)
            assert set(named) == set(uids)
            assert all(one.label and one.url.startswith("/diemen/") for one in named.values())
            assert records.named(stranger, uids) == {}
        assert may_have_file(who.editor, row.uid) is True
        assert may_have_file(stranger, row.uid) is False
