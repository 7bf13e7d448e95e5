"""The chapter's screens: reading, opening a claim, writing, facts; and what happens when it does not go well."""

import io
import json
import re
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.orgs.scope import reading, writing
from houvast.core.report import actions
from houvast.core.report.models import Prose, SourcedFact
from houvast.core.report.tests.test_actions import AT, TODAY, entry

SLOT = "values.use"


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def editor(diemen, client):
    actor = factories.actor(diemen, "editor", name="Redacteur")
    sign_in(client, actor)
    return actor


@pytest.fixture
def fact(editor):
    return actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())


@pytest.fixture
def text(editor, fact, diemen):
    with reading(diemen.pk):
        from houvast.core.report.queries import all_claims, context_for

        claims = all_claims(context_for(diemen, 2021))
    return actions.write_prose(
        editor,
        year=2021,
        slot=SLOT,
        text="Er waren [[plans.teams|telling]].",
        expected_version=0,
        claims=claims,
        today=TODAY,
    )


def url(name, *args):
    return reverse(f"report:{name}", args=["diemen", *args])


def test_without_anything_recorded_the_page_says_what_to_do(editor, client):
    answer = client.get(url("index"))
    assert answer.status_code == 200
    assert "Er is nog geen hoofdstuk" in answer.content.decode()


def test_the_index_leads_to_the_newest_year(client, text):
    assert client.get(url("index")).url == url("chapter", 2021)


def test_the_other_parts_of_a_half_written_section_stay_within_reach(client, text):
    page = client.get(url("chapter", 2021)).content.decode()
    assert f'<a href="{url("edit", 2021, "values.background")}">' in page
    assert "Schrijf deel 1 van 3 van dit onderdeel" in page


def test_an_empty_section_tells_others_only_that_there_is_no_text(client, text, diemen):
    sign_in(client, factories.actor(diemen, "employee"))
    page = client.get(url("chapter", 2021)).content.decode()
    assert "Dit onderdeel heeft nog geen tekst." in page
    assert "Schrijf d" not in page


def test_who_may_not_enter_facts_is_not_invited_to(client, diemen):
    sign_in(client, factories.actor(diemen, "employee"))
    page = client.get(url("index")).content.decode()
    assert "Er is nog geen hoofdstuk" in page
    assert "Leg een feit vast" not in page


def test_the_chapter_shows_the_text_with_its_claims(client, text):
    page = client.get(url("chapter", 2021)).content.decode()
    assert "drie teams</a>" in page
    assert "?feit=plans.teams#values" in page


def test_a_year_without_anything_is_not_found(client, text):
    assert client.get(url("chapter", 1999)).status_code == 404


def test_an_opened_claim_says_where_it_comes_from(client, text):
    page = client.get(url("chapter", 2021), {"feit": "plans.teams"}).content.decode()
    assert "Jaarverslag" in page
    assert "Nog niet gecontroleerd" in page
    assert 'aria-current="true"' in page


def test_htmx_gets_the_claim_alone(client, text):
    answer = client.get(url("chapter", 2021), {"feit": "plans.teams"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.startswith('<div class="rp-margin" id="feit"')
    assert "<html" not in page


def test_an_unknown_claim_opens_nothing(client, text):
    page = client.get(url("chapter", 2021), {"feit": "no.such"}).content.decode()
    assert "feit-lade" not in page


@pytest.mark.parametrize(
    ("form", "start"),
    [("html", b"<!doctype html>"), ("pdf", b"%PDF"), ("docx", b"PK"), ("odt", b"PK"), ("json", b"{")],
)
def test_the_chapter_is_taken_away_as_a_file(client, text, form, start):
    answer = client.get(url("download", 2021, form))
    assert answer["Content-Disposition"] == f'attachment; filename="diemen-2021.{form}"'
    assert answer.content.lower().startswith(start.lower())


def test_an_unknown_kind_of_file_is_not_found(client, text):
    assert client.get(url("download", 2021, "exe")).status_code == 404


def test_open_data_holds_every_claim(client, text):
    data = json.loads(client.get(url("download", 2021, "json")).content)
    assert [claim["key"] for claim in data["claims"] if claim["key"] == "plans.teams"] == ["plans.teams"]


def post(client, text, *, version=1, **button):
    return client.post(url("edit", 2021, SLOT), {"text": text, "version": version, **button})


def test_the_editor_shows_text_findings_and_preview(client, text):
    page = client.get(url("edit", 2021, SLOT)).content.decode()
    assert "[[plans.teams|telling]]" in page
    assert "Geen bevindingen" in page
    assert "Er waren" in page


def test_an_unbound_figure_is_refused_and_nothing_typed_is_lost(client, text, diemen):
    answer = post(client, "Er waren 3 teams en 17 plannen.", bewaar="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Er waren 3 teams en 17 plannen.</textarea>" in page
    assert "De tekst is nog niet bewaard" in page
    with reading(diemen.pk):
        assert Prose.objects.get().text == "Er waren [[plans.teams|telling]]."


def test_one_click_binds_a_figure_to_the_claim_with_that_value(client, text):
    page = post(client, "Er waren 3 teams.", fix="0.0").content.decode()
    assert "Er waren [[plans.teams" in page
    assert "Geen bevindingen" in page


def test_a_bound_text_is_saved(client, text, diemen):
    answer = post(client, "Nu [[plans.teams|telling]].", bewaar="1")
    assert answer.status_code == 302
    with reading(diemen.pk):
        assert Prose.objects.get().text == "Nu [[plans.teams|telling]]."


def test_a_claim_is_put_in_from_the_list(client, text):
    page = post(client, "Er waren", voeg="plans.teams").content.decode()
    assert "Er waren [[plans.teams]]</textarea>" in page


def offered(page, key):
    """Whether a claim is shown in the list to pick from."""
    (item,) = re.findall(rf'<li data-rp-fact="{re.escape(key)}"[^>]*>', page)
    return not item.endswith(" hidden>")


def test_the_list_says_which_claims_stand_in_the_text_and_what_each_says(client, text):
    page = post(client, "[[plans.teams]]", kijk="1").content.decode()
    item = page.partition('<li data-rp-fact="plans.teams"')[2].partition("</li>")[0]
    assert 'data-label="Teams met een plan"' in item
    assert 'data-value="drie"' in item
    assert "in tekst" in item
    other = page.partition('<li data-rp-fact="report.year"')[2].partition("</li>")[0]
    assert "in tekst" not in other


def test_enter_in_a_field_never_saves(client, text):
    page = client.get(url("edit", 2021, SLOT)).content.decode()
    form = page.partition('class="rp-editor"')[2]
    assert re.findall(r'<button[^>]* name="(\w+)"', form)[0] == "kijk"
    offer = post(client, "Er waren 17 plannen.", fix="0.0").content.decode()
    assert re.findall(r'<button[^>]* name="(\w+)"', offer.partition('class="rp-editor"')[2])[0] == "maak"


def test_what_was_typed_never_becomes_markup(client, text):
    page = post(client, 'Er waren 3 "<b onclick=x>teams</b>.', kijk="1").content.decode()
    assert "<b onclick" not in page
    assert 'data-rp-read="Er waren 3 &quot;&lt;b onclick=x&gt;teams&lt;/b&gt;."' in page


def test_the_list_of_claims_can_be_searched(client, text):
    page = post(client, "x", zoek="teams met", kijk="1").content.decode()
    assert offered(page, "plans.teams")
    assert not offered(page, "report.year")


def test_a_sourced_fact_is_made_on_the_spot_without_losing_the_text(client, text, diemen):
    typed = "Er waren 17 plannen."
    offer = post(client, typed, fix="0.0").content.decode()
    assert "Maak een feit met een bron" in offer
    given = {
        "feit-label": "Plannen",
        "feit-kind": "count",
        "feit-value": "17",
        "feit-source_title": "Jaarverslag",
        "feit-start": "9",
        "feit-end": "11",
    }
    page = post(client, typed, maak="1", **given).content.decode()
    assert "Er waren [[values.plannen]] plannen.</textarea>" in page
    with reading(diemen.pk):
        assert SourcedFact.objects.get(key="values.plannen").value == 17


def test_an_incomplete_fact_on_the_spot_keeps_the_text(client, text):
    answer = post(client, "Er waren 17 plannen.", maak="1", **{"feit-label": "Plannen"})
    assert answer.status_code == 422
    assert "Er waren 17 plannen.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("fix", ["9.9", "x", "", "0.99"])
def test_a_fix_that_is_not_there_changes_nothing(client, text, fix):
    assert "Er waren 3 teams.</textarea>" in post(client, "Er waren 3 teams.", fix=fix).content.decode()


def test_two_editors_of_one_text_both_see_what_happened(client, text, diemen):
    other = factories.actor(diemen, "controller", name="Controller")
    actions.write_prose(
        other, year=2021, slot=SLOT, text="Intussen.", expected_version=1, claims={}, today=TODAY
    )
    answer = post(client, "Mijn eigen tekst.", bewaar="1")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand anders was u voor" in page
    assert "Mijn eigen tekst.</textarea>" in page
    assert 'name="version" value="2"' in page


def test_a_text_that_is_too_long_comes_back(client, text):
    assert post(client, "a" * 20_001, bewaar="1").status_code == 422


def test_the_preview_saves_nothing(client, text, diemen):
    page = client.post(url("preview", 2021, SLOT), {"text": "Nieuw [[plans.teams]]."}).content.decode()
    assert "Nieuw" in page
    assert page.startswith('<div class="rp-reading" id="oordeel" data-rp-read="Nieuw [[plans.teams]].">')
    with reading(diemen.pk):
        assert Prose.objects.get().version == 1


def test_an_unknown_slot_is_not_found(client, text):
    assert client.get(url("edit", 2021, "no.slot")).status_code == 404


def test_an_employee_reads_and_does_not_write(client, text, diemen):
    sign_in(client, factories.actor(diemen, "employee"))
    assert client.get(url("chapter", 2021)).status_code == 200
    assert "Bewerk" not in client.get(url("chapter", 2021)).content.decode()
    assert client.get(url("edit", 2021, SLOT)).status_code == 403
    assert client.get(url("add_fact", 2021)).status_code == 403


def test_another_organisations_chapter_does_not_exist_for_a_visitor(client, text, uithoorn):
    sign_in(client, factories.actor(uithoorn, "editor"))
    assert client.get(url("chapter", 2021)).status_code == 404
    assert client.get(url("fact", 2021, 1)).status_code == 404


def test_facts_are_listed_with_what_waits(client, fact):
    page = client.get(url("facts", 2021)).content.decode()
    assert "1 feit wacht op controle door een ander." in page
    assert "Teams met een plan" in page


def test_a_fact_is_entered(client, editor, diemen):
    given = {"label": "Fasen", "kind": "count", "value": "3", "source_title": "Jaarverslag"}
    answer = client.post(url("add_fact", 2021), given)
    assert answer.status_code == 302
    with reading(diemen.pk):
        assert SourcedFact.objects.get().key == "report.fasen"


def test_a_faulty_fact_comes_back_with_what_to_change(client, editor):
    answer = client.post(url("add_fact", 2021), {"label": "Fasen", "kind": "count", "value": "veel"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vul een heel getal in, bijvoorbeeld 17." in page


CHANGED = {
    "label": "Teams",
    "kind": "count",
    "value": "4",
    "source_title": "Jaarverslag",
    "key": "plans.teams",
}


def test_a_fact_is_changed(client, fact, diemen):
    assert client.post(url("fact", 2021, fact.pk), {**CHANGED, "version": 1}).status_code == 302
    with reading(diemen.pk):
        assert SourcedFact.objects.get().value == 4


def test_changing_a_fact_somebody_else_changed_shows_both(client, fact, editor):
    actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=9))
    answer = client.post(url("fact", 2021, fact.pk), {**CHANGED, "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand anders was u voor" in page
    assert 'value="4"' in page


def test_who_entered_a_fact_cannot_check_it_and_is_told_so(client, fact):
    assert "De bron zegt dit ook" not in client.get(url("fact", 2021, fact.pk)).content.decode()
    answer = client.post(url("check_fact", 2021, fact.pk), {"version": 1}, follow=True)
    assert "Iemand anders dan degene die dit heeft ingevoerd" in answer.content.decode()


def test_another_person_checks_a_fact(client, fact, diemen):
    sign_in(client, factories.actor(diemen, "controller"))
    assert "De bron zegt dit ook" in client.get(url("fact", 2021, fact.pk)).content.decode()
    answer = client.post(url("check_fact", 2021, fact.pk), {"version": 1}, follow=True)
    assert "Gecontroleerd." in answer.content.decode()


def test_checking_waits_on_the_work_list_of_others(fact, editor, diemen, client):
    from houvast.core.report.facts import tasks

    controller = factories.actor(diemen, "controller")
    with reading(diemen.pk):
        assert tasks(editor) == ()
        assert [task.label for task in tasks(controller)] == ["Feiten met een bron controleren voor 2021"]
    actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    with reading(diemen.pk):
        assert tasks(controller) == ()


@pytest.mark.parametrize("extra", [0, 2])
def test_the_chapter_takes_as_many_queries_for_one_fact_as_for_three(
    client, text, editor, extra, django_assert_max_num_queries
):
    for number in range(extra):
        actions.enter_fact(editor, year=2021, today=TODAY, entry=entry(key=f"plans.extra_{number}"))
    with django_assert_max_num_queries(80) as queries:
        client.get(url("chapter", 2021))
    assert len(queries) == 57


# A row that no claim can be made of, left by another hand or an older rule.

NOUN = {"singular": "team", "plural": "teams"}
BAD = [
    ("'date'", "'\"gisteren\"'"),
    ("'period'", '\'["2021-02-01","2021-01-01"]\''),
    ("'list'", "'3'"),
    ("'name'", "'{\"a\": 1}'"),
    ("'judgement'", "'null'"),
]


def spoil(organisation, kind, value):
    """Make the one fact unreadable, beside the actions."""
    with writing(organisation.pk), connection.cursor() as cursor:
        cursor.execute(f"UPDATE report_sourcedfact SET kind = {kind}, value = {value}")


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_one_fact_that_cannot_be_read_takes_no_page_with_it(client, text, fact, diemen, kind, value):
    spoil(diemen, kind, value)
    sentence = "Het feit ‘Teams met een plan’ (plans.teams) kan niet worden gelezen."
    chapter = client.get(url("chapter", 2021))
    assert chapter.status_code == 200
    section = chapter.content.decode().partition('id="values"')[2].partition("</section>")[0]
    assert sentence in section
    own = client.get(url("fact", 2021, fact.pk))
    assert own.status_code == 200
    assert sentence in own.content.decode()
    assert "Kan niet worden gelezen" in client.get(url("facts", 2021)).content.decode()
    assert client.get(url("edit", 2021, SLOT)).status_code == 200
    assert client.get(url("index")).status_code == 302
    for form in ("html", "docx", "odt", "pdf", "json"):
        assert client.get(url("download", 2021, form)).status_code == 200
    assert sentence in client.get(url("download", 2021, "html")).content.decode()
    # And it is mended on its own page.
    assert client.post(url("fact", 2021, fact.pk), {**CHANGED, **NOUN, "version": 1}).status_code == 302
    assert "vier teams" in client.get(url("chapter", 2021)).content.decode()


def test_a_year_of_which_the_only_fact_cannot_be_read_still_opens(client, fact, diemen):
    spoil(diemen, *BAD[0])
    assert client.get(url("chapter", 2021)).status_code == 200


def test_a_sentence_does_not_fall_away_silently_with_an_unreadable_fact(client, editor, fact, diemen):
    actions.write_prose(
        editor,
        year=2021,
        slot=SLOT,
        text="[[als plans.teams]]Er zijn plannen.[[anders]]Het plan komt nog.[[einde]]",
        expected_version=0,
        claims={},
        today=TODAY,
    )
    spoil(diemen, *BAD[0])
    page = client.get(url("chapter", 2021)).content.decode()
    assert "Het plan komt nog." not in page
    assert "kan niet worden gelezen" in page


def test_the_command_tells_which_fact_cannot_be_read(text, diemen, tmp_path, capsys):
    spoil(diemen, *BAD[0])
    with pytest.raises(SystemExit) as ended:
        call_command("chapter", organisation="diemen", year=2021, format="html", out=str(tmp_path))
    assert ended.value.code == 1
    assert "values.use: Het feit ‘Teams met een plan’ (plans.teams)" in capsys.readouterr().err
    assert (tmp_path / "diemen-2021.html").exists()


# Years


@pytest.mark.parametrize("year", [0, 2003, 9999, 99999999999])
@pytest.mark.parametrize("rest", ["", "feiten/", "feiten/nieuw/", "bestand/pdf/"])
def test_a_year_without_a_chapter_is_not_found_and_the_page_says_which_there_are(client, text, year, rest):
    answer = client.get(f"/diemen/verantwoording/{year}/{rest}")
    assert answer.status_code == 404
    assert "Een verslagjaar ligt tussen 2004 en " in answer.content.decode()


def test_a_year_of_which_nothing_is_known_says_so(client, text):
    answer = client.get(url("chapter", 2005))
    assert (
        answer.status_code,
        "Van Diemen is over 2005 nog niets vastgelegd." in answer.content.decode(),
    ) == (
        404,
        True,
    )


# Unchecked


def test_an_unchecked_fact_is_marked_in_the_text_and_counted_in_the_head(client, text, fact, diemen):
    page = client.get(url("chapter", 2021)).content.decode()
    assert 'drie teams</a><span class="rp-unchecked" aria-hidden="true">°</span>' in page
    assert "1 feit ervan is nog niet door een ander gecontroleerd." in page
    controller = factories.actor(diemen, "controller")
    actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    page = client.get(url("chapter", 2021)).content.decode()
    assert "rp-unchecked" not in page.partition("</head>")[2]
    assert "feit ervan" not in page


def test_an_unchecked_fact_is_marked_in_every_document(client, text, fact, diemen):
    def words(form):
        content = client.get(url("download", 2021, form)).content
        if form == "html":
            return content.decode()
        inner = {"docx": "word/document.xml", "odt": "content.xml"}[form]
        return re.sub("<[^>]+>", "", zipfile.ZipFile(io.BytesIO(content)).read(inner).decode())

    for form in ("html", "docx", "odt"):
        found = words(form)
        assert "Nog niet gecontroleerd door een tweede persoon." in found
        assert "Eén feit in deze tekst is nog niet gecontroleerd door een tweede persoon." in found
        assert re.search(r"\d+, waarvan 1 nog niet gecontroleerd", found)
    data = json.loads(client.get(url("download", 2021, "json")).content)
    assert {len(claim) for claim in data["claims"]} == {10}
    actions.check_fact(factories.actor(diemen, "controller"), fact_id=fact.pk, expected_version=1, at=AT)
    assert "niet gecontroleerd" not in words("html")


# Withdrawing


def withdrawal(reason, version=1):
    return {"intrekken-reason": reason, "intrekken-version": version}


def test_a_fact_is_withdrawn_with_a_reason(client, fact, diemen):
    assert "Trek het feit in" in client.get(url("fact", 2021, fact.pk)).content.decode()
    answer = client.post(url("withdraw_fact", 2021, fact.pk), withdrawal("Dubbel."), follow=True)
    assert "Het feit is ingetrokken." in answer.content.decode()
    assert "plans.teams" not in answer.content.decode()
    gone = client.get(url("facts", 2021), {"stand": "ingetrokken"}).content.decode()
    assert "plans.teams" in gone
    page = client.get(url("fact", 2021, fact.pk)).content.decode()
    assert "Dubbel." in page
    assert "Trek het feit in" not in page
    assert client.get(url("chapter", 2021)).status_code == 404


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Zeg waarom dit feit wordt ingetrokken."),
        ("Dubbel.", "in: Organisatievisie en kernwaarden."),
    ],
)
def test_a_refused_withdrawal_says_why_beside_the_reason(client, text, fact, reason, sentence):
    answer = client.post(url("withdraw_fact", 2021, fact.pk), withdrawal(reason))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_who_entered_a_checked_fact_does_not_withdraw_it(client, fact, diemen):
    actions.check_fact(factories.actor(diemen, "controller"), fact_id=fact.pk, expected_version=1, at=AT)
    answer = client.post(url("withdraw_fact", 2021, fact.pk), withdrawal("Dubbel.", 2))
    assert answer.status_code == 422
    assert "Iemand anders dan degene die dit heeft ingevoerd" in answer.content.decode()


def test_a_fact_that_was_withdrawn_meanwhile_is_told_on_checking_and_changing(client, fact, editor):
    actions.withdraw_fact(editor, fact_id=fact.pk, expected_version=1, reason="Dubbel.", at=AT)
    checked = client.post(url("check_fact", 2021, fact.pk), {"version": 2}, follow=True)
    assert "Dit feit is ingetrokken." in checked.content.decode()
    assert client.post(url("fact", 2021, fact.pk), {**CHANGED, "version": 2}).status_code == 422


def test_a_key_that_somebody_took_meanwhile_is_refused_beside_the_field(client, fact, monkeypatch):
    monkeypatch.setattr("houvast.core.report.views.facts._taken", lambda _year: frozenset())
    answer = client.post(url("add_fact", 2021), CHANGED)
    assert (answer.status_code, "al een feit met deze sleutel" in answer.content.decode()) == (422, True)


def test_an_unreadable_fact_keeps_its_key_while_one_makes_another_on_the_spot(client, editor, diemen):
    given = {
        "feit-label": "Plannen",
        "feit-kind": "count",
        "feit-value": "17",
        "feit-source_title": "Jaarverslag",
        "feit-start": "9",
        "feit-end": "11",
    }
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry(key="values.plannen"))
    spoil(diemen, *BAD[0])
    answer = post(client, "Er waren 17 plannen.", version=0, maak="1", **given)
    assert answer.status_code == 422
    assert "al een feit met deze sleutel" in answer.content.decode()


def test_who_may_not_enter_facts_is_not_led_to_the_form(client, diemen):
    sign_in(client, factories.actor(diemen, "employee"))
    page = client.get(url("index")).content.decode()
    assert "Er is nog geen hoofdstuk" in page
    assert "Leg een feit vast" not in page
    sign_in(client, factories.actor(diemen, "editor", name="Redacteur"))
    assert "Leg een feit vast" in client.get(url("index")).content.decode()


def test_the_outline_is_changed_on_its_page(client, editor, text):
    page = client.get(url("outline", 2021))
    form = page.context["form"]
    given = {field.html_name: field.value() for field in form if field.value() not in (False, None)}
    assert client.post(url("outline", 2021), given).status_code == 422
    answer = client.post(url("outline", 2021), given | {"kop.values": "Wat ons drijft"}, follow=True)
    assert "Wat ons drijft" in answer.text
    # The page that was opened before does not know of the change.
    answer = client.post(url("outline", 2021), given | {"kop.values": "Iets anders"})
    assert answer.status_code == 409
    assert "Wat ons drijft" in answer.text
    assert "Iets anders" not in answer.text


def test_a_heading_that_is_missing_is_told_at_its_field(client, editor, text):
    given = {"kop.values": " ", "stamp": ""}
    answer = client.post(url("outline", 2021), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors["kop.values"] == ["Dit veld is verplicht."]


def test_a_section_that_is_left_out_has_no_editor(client, editor, text):
    from houvast.core.report.outline import Placing

    placed = {"values": Placing("Visie", included=False)}
    actions.arrange(editor, year=2021, sections=placed, expected_stamp="", today=TODAY)
    assert client.get(url("edit", 2021, "values.use")).status_code == 404


def test_who_only_reads_does_not_see_the_outline(client, diemen, text):
    sign_in(client, factories.actor(diemen, "employee", name="Medewerker"))
    assert client.get(url("outline", 2021)).status_code == 403
    assert url("outline", 2021) not in client.get(url("chapter", 2021)).text
