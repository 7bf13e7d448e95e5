"""The pages of offering, adopting and checking."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from houvast.core.administration import factories
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions
from houvast.core.report.adoption.facts import tasks
from houvast.core.report.adoption.models import (
    CouncilRequirement,
    Edition,
    RequirementAnswer,
)
from houvast.core.report.tests.adopting import (
    BASE,
    DECISION,
    RAAD_DAY,
    SLOT,
    TODAY,
    YEAR,
    adopt,
    answer,
    complete,
    correct,
    enter,
    entry,
    offer,
    page,
    people,
    write,
)


@pytest.fixture(scope="module")
def diemen(shared):
    return factories.organisation("diemen")


@pytest.fixture(scope="module")
def who(diemen):
    return people(diemen)


@pytest.fixture(autouse=True)
def _each_test_is_undone(who, db):
    """What a test changes is undone after it."""


def test_the_page_names_each_obstacle_with_a_link_and_offers_no_button(client, who):
    report.enter_fact(who.editor, year=YEAR, entry=entry(), today=TODAY)
    answered, text = page(client, who.editor, "vaststelling/")
    assert answered.status_code == 200
    assert (
        f'<a href="{BASE}/redactie/programmes.start/">‘Programmatisch werken’ heeft geen tekst.</a>' in text
    )
    assert 'value="offer"' not in text
    answered, text = page(client, who.editor, "vaststelling/", {"do": "offer"})
    assert answered.status_code == 422
    assert "heeft geen tekst" in text


def test_from_offer_to_the_councils_decision(client, diemen, who):
    complete(who)
    page(client, who.editor, "vaststelling/", {"do": "offer"})
    text = page(client, who.editor, "vaststelling/")[1]
    assert "Bied opnieuw aan" in text
    text = page(client, who.director, "vaststelling/")[1]
    assert "college van burgemeester en wethouders" in text
    file = SimpleUploadedFile("besluit.txt", b"Vastgesteld.")
    text = page(client, who.director, "vaststelling/", DECISION | {"upload": file}, follow=True)[1]
    assert "Editie 1 is bevroren." in text
    assert "besluit.txt" in text
    again = page(client, who.director, "vaststelling/", DECISION)
    assert again[0].status_code == 422
    assert "Het college heeft deze editie al vastgesteld" in again[1]
    raad = DECISION | {"body": "raad", "decided_on": RAAD_DAY.isoformat()}
    text = page(client, who.director, "vaststelling/", raad, follow=True)[1]
    assert "Vastgesteld door de raad" in text
    assert 'name="decided_on"' not in text
    with reading(diemen.pk):
        assert Edition.objects.count() == 1


def test_who_offered_is_told_that_another_records_the_decision(client, diemen):
    both = factories.actor(diemen, "editor", "director", name="Beide")
    complete(people(diemen))
    offer(both)
    text = page(client, both, "vaststelling/")[1]
    assert "een ander legt de vaststelling vast" in text
    answered, text = page(client, both, "vaststelling/", DECISION)
    assert answered.status_code == 422
    assert "Wie de paragraaf heeft aangeboden" in text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"decided_on": ""}, "Dit veld is verplicht."),
        ({"reference": ""}, "Dit veld is verplicht."),
        ({"decided_on": "2021-12-31"}, "Kies een dag van"),
        ({"body": "raad"}, "Eerst stelt het college vast, dan de raad."),
    ],
)
def test_a_wrong_decision_is_told_beside_its_field_and_changes_nothing(
    client, diemen, who, changed, sentence
):
    complete(who)
    offer(who.editor)
    answered, text = page(client, who.director, "vaststelling/", DECISION | changed)
    assert (answered.status_code, sentence in text) == (422, True)
    with reading(diemen.pk):
        assert not Edition.objects.exists()


def test_what_stands_in_the_way_is_told_to_who_adopts_as_well(client, who):
    complete(who)
    offer(who.editor)
    report.enter_fact(who.editor, year=YEAR, entry=entry(key="plans.made"), today=TODAY)
    write(who.editor, SLOT, "Er zijn [[plans.made]] plannen.")
    answered, text = page(client, who.director, "vaststelling/", DECISION)
    assert answered.status_code == 422
    assert "nog niet door een ander gecontroleerd" in text


def test_a_file_that_is_not_taken_in_is_told_beside_it(client, who):
    complete(who)
    offer(who.editor)
    file = SimpleUploadedFile("besluit.exe", b"MZ\x00\x01")
    answered, _text = page(client, who.director, "vaststelling/", DECISION | {"upload": file})
    assert answered.status_code == 422


def test_an_edition_of_a_year_that_is_not_adopted_does_not_exist(client, who):
    complete(who)
    assert page(client, who.editor, "?editie=1")[0].status_code == 404


# --- corrections ----------------------------------------------------------------------------------------------


def test_there_is_nothing_to_correct_before_the_adoption(client, who):
    complete(who)
    answered, text = page(client, who.editor, "correcties/")
    assert (answered.status_code, "verbeter de tekst zelf" in text) == (404, True)


# --- the checklist --------------------------------------------------------------------------------------------


def test_a_requirement_is_answered_on_its_page(client, diemen, who):
    complete(who)
    text = page(client, who.editor, "eisen/?eis=bbv-25:inhuur")[1]
    assert "Externe inhuur" in text
    given = {"key": "bbv-25:inhuur", "version": 0, "answer": "done", "section": "", "document": ""}
    answered, text = page(client, who.editor, "eisen/", given)
    assert (answered.status_code, "Kies het onderdeel, of noem" in text) == (422, True)
    page(client, who.editor, "eisen/", given | {"document": "Programma 0"})
    text = page(client, who.editor, "eisen/")[1]
    assert "Programma 0" in text
    answered, text = page(client, who.controller, "eisen/", given | {"document": "Elders"})
    assert (answered.status_code, "intussen nagegaan" in text) == (409, True)
    text = page(client, who.editor, "eisen/?eis=bbv-25:inhuur")[1]
    assert 'value="Programma 0"' in text
    not_applicable = given | {"version": 1, "answer": "not_applicable", "reason": "Geen inhuur."}
    text = page(client, who.editor, "eisen/", not_applicable, follow=True)[1]
    assert "Geen inhuur." in text
    with reading(diemen.pk):
        assert RequirementAnswer.objects.get(key="bbv-25:inhuur").version == 2


def test_an_answer_that_is_none_or_to_no_requirement(client, who):
    given = {"key": "no:such", "version": 0, "answer": "done"}
    assert page(client, who.editor, "eisen/", given)[0].status_code == 404
    given = {"key": "bbv-14:stand", "version": 0, "answer": "not_applicable"}
    assert page(client, who.editor, "eisen/", given)[0].status_code == 422


def test_the_council_adds_what_it_asks_and_ends_it(client, diemen, who):
    given = {
        "do": "add",
        "name": "Thuiswerken",
        "first_year": YEAR,
        "reference": "Raad 12",
        "decided_on": "2021-03-01",
    }
    answered, text = page(client, who.editor, "eisen/", given | {"name": ""})
    assert answered.status_code == 422
    answered, text = page(client, who.editor, "eisen/", given | {"name": "   x" + " " * 3})
    assert answered.status_code == 302
    text = page(client, who.editor, "eisen/")[1]
    assert "Raad 12, 01-03-2021" in text
    with reading(diemen.pk):
        row = CouncilRequirement.objects.get()
    for data in ({"end": "x"}, {"end": "9" * 30}):
        assert page(client, who.editor, "eisen/", data)[0].status_code == 404
    stale = page(client, who.editor, "eisen/", {"end": row.pk, "version": "7"}, follow=True)[1]
    assert "Iemand anders heeft dit intussen gewijzigd." in stale
    page(client, who.editor, "eisen/", {"end": row.pk, "version": row.version})
    enter(client, who.editor)
    assert "Raad 12" not in client.get(f"/diemen/verantwoording/{YEAR + 1}/eisen/").content.decode()
    early = {"end": row.pk, "version": row.version + 1}
    told = client.post(f"/diemen/verantwoording/{YEAR - 1}/eisen/", early, follow=True).content.decode()
    assert "ligt voor het eerste" in told


def test_a_requirement_of_the_council_that_the_action_refuses(client, who, monkeypatch):
    def refuse(*_args, **_given):
        raise report.Refusal("Dit kan niet.", "name")

    monkeypatch.setattr(actions, "add_requirement", refuse)
    given = {"do": "add", "name": "X", "first_year": YEAR, "reference": "R", "decided_on": "2021-03-01"}
    answered, text = page(client, who.editor, "eisen/", given)
    assert (answered.status_code, "Dit kan niet." in text) == (422, True)


# --- comparing ------------------------------------------------------------------------------------------------


def test_the_first_year_is_compared_with_nothing(client, who):
    report.enter_fact(who.editor, year=2004, entry=entry(), today=TODAY)
    enter(client, who.editor)
    assert client.get("/diemen/verantwoording/2004/vergelijking/").status_code == 200
    assert client.get("/diemen/verantwoording/2004/?feit=complaints.received").status_code == 200
    assert client.get("/diemen/verantwoording/2004/vergelijking/feit/?feit=no.such").status_code == 404


# --- tasks, dates, names --------------------------------------------------------------------------------------


def labels(here, actor):
    with reading(here.pk):
        return [str(task.label) for task in tasks(actor)]


def test_who_has_to_do_what_next(diemen, who):
    nobody = factories.actor(diemen, "employee")
    assert labels(diemen, who.director) == []
    complete(who)
    assert labels(diemen, who.editor) == ["Eisen aan de paragraaf van 2021 nagaan"]
    assert labels(diemen, who.director) == []
    offer(who.editor)
    college = "Paragraaf Bedrijfsvoering 2021: vaststelling door het college vastleggen"
    assert labels(diemen, who.director) == [college]
    adopt(who.director)
    raad = "Paragraaf Bedrijfsvoering 2021: vaststelling door de raad vastleggen"
    assert labels(diemen, who.director) == [raad]
    assert labels(diemen, who.editor) == []
    correct(who.editor)
    waiting = "Correcties op de paragraaf van 2021 bevestigen"
    assert labels(diemen, who.controller) == [waiting]
    assert labels(diemen, who.director) == [raad, waiting]
    adopt(who.director, "raad")
    assert labels(diemen, who.director) == [waiting]
    assert labels(diemen, nobody) == []


def test_an_unanswered_requirement_of_2022_is_another_one_than_of_2021(client, who):
    answer(who.editor, "woo-3.5:openbaarheid", year=2022, section="", document="Paragraaf openbaarheid")
    enter(client, who.editor)
    assert "Openbaarheidsparagraaf" in client.get("/diemen/verantwoording/2022/eisen/").content.decode()
    assert "Openbaarheidsparagraaf" not in client.get(f"{BASE}/eisen/").content.decode()
