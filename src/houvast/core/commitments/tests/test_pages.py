"""The pages of commitments: list, record from a section, follow, answer, check; wrong input keeps what was typed."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.commitments import actions, forms, queries
from houvast.core.commitments.factories import DONE, OPEN, QUOTE, STARTED, answered, commitment, stand
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.names import commitment_names, stand_names
from houvast.core.commitments.rules import CommitmentKind, Settlement, Status
from houvast.core.orgs.scope import reading, writing
from houvast.core.post.models import Dispatch
from houvast.core.report import actions as report


@pytest.fixture
def editor(diemen):
    return people.actor(diemen, "employee", "editor", name="Redacteur")


@pytest.fixture
def controller(diemen):
    return people.actor(diemen, "employee", "controller", name="Controller")


@pytest.fixture
def signed_in(client, diemen):
    def sign_in(actor):
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return sign_in


@pytest.fixture
def written(diemen):
    """The chapter of 2020 has a text with a plan in it."""
    report.write_prose(
        system_actor(diemen),
        year=2020,
        slot="board_sensitivity.findings",
        text=f"Er is een plan. {QUOTE}",
        expected_version=0,
        claims={},
        today=date(2021, 3, 1),
    )


def url(name, *args):
    return reverse(f"commitments:{name}", args=["diemen", *args])


def all_of(model, here):
    with reading(here.pk):
        return list(model.objects.order_by("pk"))


def text_of(answer):
    return answer.content.decode()


def sent(**given):
    return {
        "section": "board_sensitivity",
        "quote": QUOTE,
        "text": "Introductiecursus",
        "kind": "intention",
        "settlement": "result",
        "term": "Q1-2022",
        **given,
    }


def test_an_empty_list_says_how_to_begin(signed_in, editor):
    page = text_of(signed_in(editor).get(url("index")))
    assert "Open de paragraaf van een jaar en leg bij een onderdeel vast wat er wordt aangekondigd." in page
    assert "stand op 31 december" not in page


def test_the_list_has_a_picture_of_the_year_and_the_wishes_nobody_acts_on(signed_in, editor):
    commitment(editor, text="De cursus")
    commitment(editor, text="De wens", kind=CommitmentKind.WISH, term="")
    page = text_of(signed_in(editor).get(url("index")))
    assert "Voornemens uit de paragraaf van 2020, stand op 31 december 2020" in page
    assert '<td class="hv-num">2</td><td class="hv-num">0</td>' in page
    assert "Wensen zonder actie" in page
    assert "wens zonder actie" in page
    assert "geen termijn" in page
    assert "te laat" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Open", "Gedaan", "Wens"}),
        ("?stand=lopend", {"Open", "Wens"}),
        ("?stand=done", {"Gedaan"}),
        ("?jaar=2019", {"Open"}),
        ("?soort=wish", {"Wens"}),
        ("?bevinding=laat", {"Open"}),
        ("?bevinding=termijn", {"Wens"}),
        ("?bevinding=wens", {"Wens"}),
        ("?antwoord=2021", {"Open", "Wens"}),
        ("?antwoord=2020", {"Open"}),
        ("?jaar=x", {"Open", "Gedaan", "Wens"}),
    ],
)
def test_the_list_is_filtered(signed_in, editor, controller, query, shown):
    commitment(editor, text="Open", year=2019)
    answered(editor, controller, commitment(editor, text="Gedaan", term="2022"), DONE)
    commitment(editor, text="Wens", kind=CommitmentKind.WISH, term="")
    rows = signed_in(editor).get(f"{url('index')}{query}").context["page"].rows
    assert {row[0] for row in rows} == shown


def test_the_list_comes_as_a_file_with_the_last_day_of_each_term(signed_in, editor):
    commitment(editor)
    answer = signed_in(editor).get(f"{url('index')}?formaat=csv")
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert line["Voornemen"] == "Introductiecursus bestuurlijke besluitvorming"
    assert (line["Eigenaar"], line["Termijn"]) == ("Redacteur", "eind 2021")
    assert "2021" in line["Uiterlijk"]


@pytest.mark.usefixtures("written")
def test_a_section_of_the_chapter_leads_to_recording_from_it(signed_in, editor):
    page = text_of(signed_in(editor).get("/diemen/verantwoording/2020/"))
    assert "/diemen/voornemens/nieuw/2020/?onderdeel=board_sensitivity" in page
    form = signed_in(editor).get(f"{url('record', 2020)}?onderdeel=board_sensitivity")
    assert form.context["page"].quote == f"Er is een plan. {QUOTE}"
    assert form.context["form"].initial["section"] == "board_sensitivity"


@pytest.mark.usefixtures("written")
def test_who_only_reads_the_chapter_is_offered_nothing_to_record(signed_in, diemen):
    reader = people.actor(diemen, "employee")
    assert "voornemens/nieuw" not in text_of(signed_in(reader).get("/diemen/verantwoording/2020/"))
    assert signed_in(reader).get(url("record", 2020)).status_code == 403


@pytest.mark.usefixtures("written")
def test_recording_twice_makes_one_commitment(signed_in, diemen, editor):
    client = signed_in(editor)
    key = client.get(url("record", 2020)).context["form"]["sent_key"].value()
    data = sent(owner_person_id=editor.person_id, sent_key=str(key))
    first, second = (client.post(url("record", 2020), data) for _ in range(2))
    (row,) = all_of(Commitment, diemen)
    assert first["Location"] == second["Location"] == url("commitment", row.pk)
    assert (row.text, row.due_until) == ("Introductiecursus", date(2022, 4, 1))
    assert "er is geen tweede van gemaakt" in text_of(client.get(second["Location"]))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"quote": "Dit staat er niet"}, "quote", "Deze woorden staan niet in dit onderdeel."),
        ({"term": "binnenkort"}, "term", "Schrijf een termijn als Q1-2022"),
        ({"text": ""}, "text", "Dit veld is verplicht."),
        ({"text": "x" * 201}, "text", "200"),
        ({"section": "nergens"}, "section", "nergens"),
        ({"owner_person_id": ""}, "owner_unit_id", "Kies een eigenaar."),
        ({"owner_person_id": "999999"}, "owner_person_id", "999999"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_nothing_typed_is_lost(
    signed_in, diemen, editor, wrong, field, sentence
):
    answer = signed_in(editor).post(
        url("record", 2020), sent(**{"owner_person_id": editor.person_id, **wrong})
    )
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert wrong.get("text", "Introductiecursus") in text_of(answer)
    assert all_of(Commitment, diemen) == []


def test_a_year_without_a_chapter_has_no_words_to_quote(signed_in, editor):
    answer = signed_in(editor).post(url("record", 2019), sent(owner_person_id=editor.person_id))
    assert "Deze woorden staan niet in dit onderdeel." in str(answer.context["form"].errors["quote"])
    assert signed_in(editor).get("/diemen/voornemens/nieuw/1999/").status_code == 404


def test_the_page_of_one_tells_owner_term_and_what_happened(signed_in, editor, controller):
    row = commitment(editor)
    answered(editor, controller, row, STARTED, said="maart 2021", note="De opzet is klaar.")
    answered(editor, None, row, DONE, year=2022, claim_key="values.values", document_on=date(2021, 6, 1))
    page = text_of(signed_in(controller).get(url("commitment", row.pk)))
    for words in (
        "Voornemen uit de paragraaf van 2020",
        "uiterlijk 31 december 2021",
        "maart 2021",
        "De opzet is klaar.",
        "Gecontroleerd door Controller",
        "Cursusmap, 1 juni 2021 (Intranet)",
        "?feit=values.values",
        "Controleer",
        "Voornemen vastgelegd",
    ):
        assert words in page


def test_the_page_shows_the_letter_that_was_sent_and_that_it_was(signed_in, editor):
    row = commitment(editor, settlement=Settlement.DOCUMENT)
    answer = signed_in(editor).get(url("commitment", row.pk))
    assert "Er is nog niets verzonden of klaargezet." in text_of(answer)
    day = date(2021, 5, 3)
    letter = actions.draft_letter(
        editor, commitment_id=row.pk, title="Brief", addressee="Griffie", address="Plein 1", on=day
    )
    actions.send_letter(
        editor,
        commitment_id=row.pk,
        dispatch_id=letter.pk,
        expected_version=letter.version,
        on=day,
        today=day,
        reference="R-1",
    )
    told = text_of(signed_in(editor).get(url("commitment", row.pk)))
    assert "Verzonden op 3 mei 2021, kenmerk R-1" in told
    assert "Brief over een toezegging verzonden" in told


def test_a_late_commitment_and_a_wish_without_action_say_what_to_do(signed_in, editor):
    late, wish = commitment(editor), commitment(editor, kind=CommitmentKind.WISH, term="")
    client = signed_in(editor)
    assert "De laatste dag was 31 december 2021." in text_of(client.get(url("commitment", late.pk)))
    assert "Niemand is eigenaar." in text_of(client.get(url("commitment", wish.pk)))


def test_a_commitment_of_another_organisation_does_not_exist(signed_in, editor, uithoorn):
    theirs = commitment(people.actor(uithoorn, "editor"))
    client = signed_in(editor)
    for name in ("commitment", "change", "tell"):
        assert client.get(url(name, theirs.pk)).status_code == 404


def changed(row, **given):
    owner = {"owner_person_id": row.owner_person_id}
    return {
        **sent(quote=row.quote, text=row.text, term=row.term, **owner),
        "expected_version": row.version,
        **given,
    }


def test_a_change_keeps_the_quotation_also_when_the_chapter_reads_otherwise_now(signed_in, diemen, editor):
    row = commitment(editor)
    client = signed_in(editor)
    assert client.get(url("change", row.pk)).context["form"].initial["term"] == "eind 2021"
    answer = client.post(url("change", row.pk), changed(row, text="De cursus", term=""))
    assert answer["Location"] == url("commitment", row.pk)
    (now,) = all_of(Commitment, diemen)
    assert (now.text, now.term) == ("De cursus", "")
    again = client.post(url("change", row.pk), changed(now, quote="Andere woorden"))
    assert "Deze woorden staan niet in dit onderdeel." in str(again.context["form"].errors["quote"])


def test_who_saves_second_sees_both_versions_and_loses_nothing(signed_in, diemen, editor):
    row = commitment(editor)
    client = signed_in(editor)
    client.post(url("change", row.pk), changed(row, text="Van de eerste"))
    answer = client.post(url("change", row.pk), changed(row, text="Van de tweede"))
    assert answer.status_code == 409
    assert "Van de eerste" in text_of(answer)
    assert "Van de tweede" in text_of(answer)
    assert answer.context["form"]["expected_version"].value() == "2"
    assert all_of(Commitment, diemen)[0].text == "Van de eerste"


def test_an_owner_that_ended_stays_a_choice(signed_in, editor, monkeypatch):
    row = commitment(editor)
    monkeypatch.setattr(forms.queries, "people", dict)
    form = signed_in(editor).get(url("change", row.pk)).context["form"]
    assert (editor.person_id, "Redacteur") in form.fields["owner_person_id"].choices


def told(row, **given):
    return {
        "expected_version": row.version,
        "status": "started",
        "moment": "oktober 2021",
        "note": "",
        **given,
    }


def test_how_it_stands_is_told_as_precisely_as_it_is_known(signed_in, diemen, editor):
    row = commitment(editor)
    answer = signed_in(editor).post(url("tell", row.pk), told(row))
    assert answer["Location"] == url("commitment", row.pk)
    (one,) = all_of(CommitmentStand, diemen)
    assert (one.status, one.on, one.said, one.answers) == (
        Status.STARTED,
        date(2021, 10, 1),
        "oktober 2021",
        None,
    )


def test_an_answer_is_offered_for_the_end_of_its_year_with_the_claims_of_its_chapter(
    signed_in, editor, diemen
):
    row = commitment(editor)
    fact = report.FactEntry(
        key="values.course", label="Cursussen", kind="count", value=2, source_title="Verslag"
    )
    report.enter_fact(system_actor(diemen), year=2021, entry=fact, today=date(2022, 3, 1))
    client = signed_in(editor)
    form = client.get(f"{url('tell', row.pk)}?antwoord=2021").context["form"]
    assert (form.initial["moment"], form.initial["answers"]) == ("31-12-2021", 2021)
    assert ("values.course", "Cursussen") in form.fields["claim_key"].choices
    client.post(url("tell", row.pk), told(row, status="done", answers="2021", claim_key="values.course"))
    (one,) = all_of(CommitmentStand, diemen)
    assert (one.status, one.answers, one.claim_key) == ("done", 2021, "values.course")


@pytest.mark.parametrize("asked", ["", "x", "9999", "٢٠٢١", "20211"])
def test_a_year_that_cannot_be_answered_is_left_out_of_the_form(signed_in, editor, asked):
    row = commitment(editor)
    form = signed_in(editor).get(f"{url('tell', row.pk)}?antwoord={asked}").context["form"]
    assert form.initial["answers"] is None


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"moment": "ooit"}, "moment", "Schrijf een termijn als"),
        ({"moment": "31-12-2098"}, "moment", "Deze dag moet nog komen."),
        ({"status": "done"}, "document", "Geef bewijs"),
        ({"status": "lapsed"}, "note", "Geef de reden"),
        ({"status": "postponed", "decided_by": "College"}, "decision", "Noem het besluit"),
        ({"answers": "2020"}, "answers", "antwoordt op een voornemen van dat jaar nog niet"),
        ({"answers": "2198"}, "answers", ""),
    ],
)
def test_a_stand_that_cannot_be_is_told_at_its_field(signed_in, diemen, editor, wrong, field, sentence):
    row = commitment(editor)
    answer = signed_in(editor).post(
        url("tell", row.pk), told(row, note="" if field == "note" else "Zo 🙂", **wrong)
    )
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors.get(field, answer.context["form"].errors))
    assert all_of(CommitmentStand, diemen) == []


def test_what_belongs_to_another_stand_is_not_kept(signed_in, diemen, editor):
    row = commitment(editor)
    given = told(row, decided_by="College", decision="B-1", postponed_to="2024", document="Opzet")
    signed_in(editor).post(url("tell", row.pk), given)
    (one,) = all_of(CommitmentStand, diemen)
    assert (one.decided_by, one.decision, one.postponed_to, one.document) == ("", "", None, "Opzet")


def test_who_neither_owns_nor_records_may_not_tell(signed_in, diemen, editor):
    row = commitment(editor)
    reader = people.actor(diemen, "employee")
    assert signed_in(reader).get(url("tell", row.pk)).status_code == 403
    assert "Vertel hoe het staat" not in text_of(signed_in(reader).get(url("commitment", row.pk)))


def test_a_second_person_checks_and_the_first_is_told_to_leave_it(signed_in, diemen, editor, controller):
    answer = answered(editor, None, commitment(editor), OPEN)
    given = {"expected_version": answer.version}
    own = signed_in(editor).post(url("check", answer.pk), given)
    assert own.status_code == 422
    assert "Iemand anders dan degene die dit heeft ingevoerd" in text_of(own)
    page = text_of(signed_in(controller).get(url("check", answer.pk)))
    assert "is volgens het antwoord in de paragraaf van 2021: Open. Er was geen tijd. Klopt dat?" in page
    signed_in(controller).post(url("check", answer.pk), given)
    assert all_of(CommitmentStand, diemen)[0].checked_by_id == controller.account_id


def test_a_promised_letter_is_put_ready_and_sent_with_its_proof_on_the_page(signed_in, diemen, editor):
    row = commitment(editor, settlement=Settlement.DOCUMENT)
    client = signed_in(editor)
    assert "Zet een brief klaar" in text_of(client.get(url("commitment", row.pk)))
    told = {"title": "Brief aan de raad", "addressee": "Griffie", "address": "griffie@example.org"}
    assert client.post(url("letter", row.pk), {**told, "channel": "duif"}).status_code == 422
    assert client.post(url("letter", row.pk), {**told, "channel": "email"}).status_code == 302
    (letter,) = all_of(Dispatch, diemen)
    assert url("sent", letter.pk) in text_of(client.get(url("commitment", row.pk)))

    send = {"on": f"{localdate():%Y-%m-%d}", "reference": "R-1", "expected_version": letter.version}
    refused = client.post(url("sent", letter.pk), send)
    assert (refused.status_code, "kenbaar gemaakt" in text_of(refused)) == (422, True)
    given = {"address": "griffie@example.org", "given_on": "2021-04-01", "how": "Per brief"}
    assert client.post(url("consent", row.pk), {**given, "how": ""}).status_code == 422
    assert client.post(url("consent", row.pk), given).status_code == 302
    assert client.post(url("sent", letter.pk), {**send, "reference": ""}).status_code == 422
    assert client.post(url("sent", letter.pk), send).status_code == 302
    page = text_of(client.get(url("commitment", row.pk)))
    assert "kenmerk R-1" in page
    assert url("sent", letter.pk) not in page
    assert all_of(Dispatch, diemen)[0].dispatched_on == localdate()


def test_who_only_reads_sends_nothing_and_a_letter_of_another_register_is_not_there(
    signed_in, diemen, editor, uithoorn
):
    row = commitment(editor, settlement=Settlement.DOCUMENT)
    told = {"title": "Brief", "addressee": "Griffie", "address": "Plein 1", "on": date(2021, 5, 1)}
    other = actions.draft_letter(editor, commitment_id=row.pk, **told)
    with writing(diemen.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE post_dispatch SET subject_table = 'complaints.complaint'")
    assert signed_in(editor).get(url("sent", other.pk)).status_code == 404
    reader = signed_in(people.actor(diemen, "employee"))
    assert reader.get(url("letter", row.pk)).status_code == 403
    assert reader.get(url("consent", row.pk)).status_code == 403
    assert "Zet een brief klaar" not in text_of(reader.get(url("commitment", row.pk)))


def test_what_is_no_answer_cannot_be_opened_to_check_it(signed_in, editor, controller):
    told = stand(editor, commitment(editor))
    page = signed_in(controller).get(url("check", told.pk))
    assert (page.status_code, "Dit is geen antwoord" in text_of(page)) == (404, True)


def test_a_stand_is_withdrawn_with_a_reason(signed_in, diemen, editor):
    row = commitment(editor)
    one = stand(editor, row)
    client = signed_in(editor)
    given = {"expected_version": one.version}
    assert client.post(url("withdraw", one.pk), {**given, "reason": ""}).status_code == 422
    client.post(url("withdraw", one.pk), {**given, "reason": "Vergissing"})
    assert all_of(Commitment, diemen)[0].status == Status.OPEN
    assert "Vergissing" in text_of(client.get(url("commitment", row.pk)))


def test_the_owner_adds_a_letter_and_a_stranger_gets_none(signed_in, diemen, editor):
    owner, other = people.actor(diemen, "employee"), people.actor(diemen, "employee")
    row = commitment(editor, owner_person_id=owner.person_id)
    letter = {"file": SimpleUploadedFile("brief.txt", b"Aan de raad.")}
    assert signed_in(owner).post(url("commitment", row.pk), letter).status_code == 302
    assert "brief.txt" in text_of(signed_in(owner).get(url("commitment", row.pk)))
    refused = {"file": SimpleUploadedFile("brief.txt", b"Aan de raad.")}
    assert signed_in(other).post(url("commitment", row.pk), refused).status_code == 403
    nobody = people.actor(diemen)
    with reading(diemen.pk):
        assert queries.sees(other, row.uid)
        assert not queries.sees(nobody, row.uid)


def test_the_trail_calls_a_commitment_by_its_words_for_who_may_see_it(diemen, editor):
    row = commitment(editor)
    one = stand(editor, row)
    nobody = people.actor(diemen)
    with reading(diemen.pk):
        for names, uid in ((commitment_names, row.uid), (stand_names, one.uid)):
            (name,) = names(editor, [str(uid)]).values()
            assert (name.label, name.url) == (
                "Introductiecursus bestuurlijke besluitvorming (2020)",
                url("commitment", row.pk),
            )
            assert names(nobody, [str(uid)]) == {}
