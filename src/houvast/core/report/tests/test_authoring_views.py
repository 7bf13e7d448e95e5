"""The screens of a round: opening it, the overview, a section in somebody's hands, and what goes wrong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.authoring import actions
from houvast.core.report.authoring.factories import AT, REASON, TODAY, Cast
from houvast.core.report.authoring.queries import open_round
from houvast.core.report.authoring.rules import Act, Part, Stage
from houvast.core.report.models import Comment, Contribution, Prose, SourcedFact
from houvast.core.report.tests.test_actions import entry
from houvast.core.report.tests.test_authoring import KEY, ROLES, SLOT, TEXT, YEAR, spoil, stop, write
from houvast.core.report.tests.test_views import sign_in


def url(name, *args):
    return reverse(f"report:{name}", args=["diemen", *args])


SECTION = url("section", YEAR, KEY)
ROUND = url("round", YEAR)


@pytest.fixture(scope="module")
def diemen(shared):
    return people.organisation("diemen")


@pytest.fixture(scope="module")
def cast(diemen):
    return Cast(
        diemen,
        {part: people.actor(diemen, "employee", role, name=f"De {part}") for part, role in ROLES.items()},
    )


@pytest.fixture(autouse=True)
def _each_test_is_undone(cast, db):
    """What a test changes is undone after it."""


@pytest.fixture
def asked(cast):
    report.enter_fact(cast.players[Part.EDITOR], year=YEAR, entry=entry(), today=TODAY)
    cast.opened(YEAR, KEY)
    write(cast, Part.AUTHOR, TEXT)
    return cast


def text(answer):
    return answer.content.decode()


def does(client, cast, part, act, **given):
    """The part's player sends the form of the page as it stands."""
    sign_in(client, cast.players[part])
    place = cast.place(YEAR, KEY)
    sent = {"version": place.contribution.version, "seen": place.content.snapshot.mark, **given}
    return client.post(url("act", YEAR, KEY, act), sent)


# The whole way


def test_five_people_bring_a_section_to_the_college_by_the_buttons_of_its_page(asked, client):
    for part, act in (
        (Part.AUTHOR, Act.SUBMIT),
        (Part.APPROVER, Act.AGREE),
        (Part.CONTROLLER, Act.CONTROL),
        (Part.EDITOR, Act.FINISH),
    ):
        sign_in(client, asked.players[part])
        assert str(act.label) in text(client.get(SECTION))
        assert does(client, asked, part, act).url == SECTION
    sign_in(client, asked.players[Part.BOARD])
    assert "De directie is akkoord" in text(client.get(ROUND))
    found = asked.desk(YEAR)
    answer = client.post(url("board", YEAR), {"version": found.round.version, "seen": found.mark})
    assert answer.url == ROUND
    assert "gereed voor het college" in text(client.get(ROUND))
    version = asked.desk(YEAR).round.version
    client.post(url("board", YEAR), {"version": version, "seen": "", "terug": "1"})
    assert asked.desk(YEAR).waits_for_board


# Pages


@pytest.mark.parametrize(
    ("stage", "part", "sees"),
    [
        (Stage.DRAFT, Part.AUTHOR, "Geef door voor akkoord"),
        (Stage.AGREEMENT, Part.AUTHOR, "Neem terug"),
        (Stage.AGREEMENT, Part.APPROVER, "Geef terug aan de schrijver"),
        (Stage.CONTROL, Part.APPROVER, "Trek het akkoord in"),
        (Stage.DRAFT, Part.EDITOR, "U hoeft nu niets te doen."),
    ],
)
def test_the_page_offers_what_one_may_do(asked, client, stage, part, sees):
    asked.brings(YEAR, KEY, stage)
    sign_in(client, asked.players[part])
    assert sees in text(client.get(SECTION))


def test_the_button_names_what_blocks(asked, client):
    spoil(asked, "Er waren 3 plannen in april.")
    sign_in(client, asked.players[Part.AUTHOR])
    page = text(client.get(SECTION))
    assert "Geef door voor akkoord: eerst 2 fouten" in page
    assert "Nog 2 fouten: er staat iets in de tekst dat geen feit bewijst." in page
    refused = does(client, asked, Part.AUTHOR, Act.SUBMIT)
    assert refused.status_code == 422
    assert asked.place(YEAR, KEY).stage == Stage.DRAFT
    assert "Naar akkoord: eerst 2 fouten" in text(client.get(url("edit", YEAR, SLOT)))


def test_what_changed_since_the_agreement_is_shown(asked, client):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    with reading(asked.here.pk):
        fact = SourcedFact.objects.get()
    editor = asked.players[Part.EDITOR]
    report.change_fact(editor, fact_id=fact.pk, expected_version=fact.version, entry=entry(value=4))
    sign_in(client, asked.players[Part.APPROVER])
    page = text(client.get(SECTION))
    assert "Opnieuw te bekijken" in page
    assert "Geef opnieuw akkoord" in page
    assert '<del><span class="hv-hidden" lang="nl">verwijderd: </span>drie</del>' in page
    assert '<strong lang="nl">vier</strong>' in page
    assert does(client, asked, Part.APPROVER, Act.AGREE).status_code == 302
    assert "Opnieuw te bekijken" not in text(client.get(SECTION))


def test_giving_back_without_a_reason_keeps_the_page_and_says_so(asked, client):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    answer = does(client, asked, Part.APPROVER, Act.SEND_BACK, reason=" ")
    assert answer.status_code == 422
    assert "Zeg waarom, zodat de ander weet wat te doen." in text(answer)
    assert does(client, asked, Part.APPROVER, Act.SEND_BACK, reason=REASON).status_code == 302
    sign_in(client, asked.players[Part.AUTHOR])
    for page in (SECTION, url("edit", YEAR, SLOT)):
        assert "Teruggegeven door De approver" in text(client.get(page))
        assert REASON in text(client.get(page))


@pytest.mark.parametrize("version", ["", "x", "99999999999", "1.5"])
def test_a_form_without_a_version_does_nothing(asked, client, version):
    assert does(client, asked, Part.AUTHOR, Act.SUBMIT, version=version).status_code == 422
    assert asked.place(YEAR, KEY).stage == Stage.DRAFT


def test_a_stale_page_is_a_conflict(asked, client):
    assert does(client, asked, Part.AUTHOR, Act.SUBMIT, version=1).status_code == 409


def test_who_agrees_on_a_text_that_is_no_longer_there_is_told_to_look(asked, client):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    answer = does(client, asked, Part.APPROVER, Act.AGREE, seen="iets anders")
    assert answer.status_code == 422
    assert "veranderd sinds u deze pagina opende" in text(answer)


@pytest.mark.parametrize(
    "address",
    [
        url("section", YEAR, "nergens"),
        url("section", YEAR, "talent"),
        url("section", 2020, KEY),
        url("section", 1999, KEY),
        url("section", 2150, KEY),
    ],
)
def test_what_no_round_asks_for_is_not_there(asked, client, address):
    sign_in(client, asked.players[Part.EDITOR])
    assert client.get(address).status_code == 404


def test_an_act_that_does_not_exist_and_a_comment_that_does_not_exist_are_not_there(asked, client):
    sign_in(client, asked.players[Part.EDITOR])
    assert client.post(url("act", YEAR, KEY, "vaststellen")).status_code == 404
    assert client.post(url("answer", 999)).status_code == 404


def test_a_colleague_without_a_part_sees_neither_round_nor_names(asked, client, diemen):
    sign_in(client, people.actor(diemen, "employee", name="Een ander"))
    assert client.get(ROUND).status_code == 403
    assert client.get(SECTION).status_code == 403
    assert client.get(url("edit", YEAR, SLOT)).status_code == 403
    assert "De author" not in text(client.get(url("chapter", YEAR)))


def test_the_chapter_says_in_the_margin_where_each_section_stands(asked, client):
    asked.brings(YEAR, KEY, Stage.CONTROL)
    sign_in(client, asked.players[Part.CONTROLLER])
    page = text(client.get(url("chapter", YEAR)))
    assert "Akkoord: De approver, 10 januari 2022" in page
    assert "bij De controller" in page
    assert url("edit", YEAR, SLOT) not in page
    assert url("edit", YEAR, "talent.learning") in page
    sign_in(client, asked.players[Part.AUTHOR])
    assert url("edit", YEAR, "talent.learning") not in text(client.get(url("chapter", YEAR)))


# Writing


def test_the_editor_is_led_to_who_has_the_section(asked, client):
    sign_in(client, asked.players[Part.EDITOR])
    answer = client.get(url("edit", YEAR, SLOT), follow=True)
    assert answer.redirect_chain == [(SECTION, 302)]
    assert "Dit onderdeel ligt nu bij De author (Concept)." in text(answer)


def test_what_somebody_typed_after_handing_on_is_not_lost(asked, client):
    asked.brings(YEAR, KEY, Stage.AGREEMENT)
    sign_in(client, asked.players[Part.AUTHOR])
    answer = client.post(url("edit", YEAR, SLOT), {"text": "Te laat.", "version": 1, "bewaar": "1"})
    assert answer.status_code == 422
    assert "Dit onderdeel ligt nu bij De approver (Akkoord)." in text(answer)
    assert "Te laat.</textarea>" in text(answer)


def test_an_author_writes_and_comes_back_to_the_section(asked, client):
    sign_in(client, asked.players[Part.AUTHOR])
    answer = client.post(url("edit", YEAR, SLOT), {"text": "Leren 👍.", "version": 1, "bewaar": "1"})
    assert answer.url == SECTION
    with reading(asked.here.pk):
        assert Prose.objects.get(slot=SLOT).text == "Leren 👍."


def test_the_author_gets_the_findings_while_writing_and_no_offer_that_is_refused(asked, client):
    sign_in(client, asked.players[Part.AUTHOR])
    for page in ("preview", "edit"):
        answer = client.post(
            url(page, YEAR, SLOT), {"text": "Er waren 3 plannen.", "version": 1, "kijk": "1"}
        )
        assert "Fout" in text(answer)
        assert "Maak een feit met bron" not in text(answer)


def test_of_two_texts_one_can_take_the_one_that_was_kept(asked, client):
    sign_in(client, asked.players[Part.AUTHOR])
    answer = client.post(url("edit", YEAR, SLOT), {"text": "Anders.", "version": 0, "bewaar": "1"})
    assert answer.status_code == 409
    assert "Neem de bewaarde tekst over" in text(answer)
    taken = text(client.post(url("edit", YEAR, SLOT), {"text": "Anders.", "version": 0, "hun": "1"}))
    assert f"{TEXT}</textarea>" in taken
    assert '<input type="hidden" name="version" value="1"' in taken


def test_the_editor_sees_what_changed_since_the_agreement(asked, client):
    asked.brings(YEAR, KEY, Stage.EDITING)
    write(asked, Part.EDITOR, "Dit jaar waren er [[plans.teams|telling]].")
    sign_in(client, asked.players[Part.EDITOR])
    page = text(client.get(url("edit", YEAR, SLOT)))
    assert "Verschil met het laatste akkoord" in page
    assert "Naar de directie" in page
    assert "Verschil met het laatste akkoord" in text(client.get(SECTION))
    assert "Redactie klaar, opnieuw voor akkoord" in text(client.get(SECTION))


# The round


@pytest.fixture
def form(cast):
    """A form as somebody fills it in."""
    today = timezone.localdate()
    return {
        "controller": "De controller",
        "editor": "de EDITOR",
        "board": "De board",
        "board_on": today + timedelta(days=30),
        "college_on": today + timedelta(days=60),
        "council_on": today + timedelta(days=90),
        "all_approver": "De approver",
        "all_due": today + timedelta(days=14),
        f"{KEY}-author": "De author",
    }


def test_a_round_is_opened_with_one_author_and_what_all_share(cast, client, form):
    sign_in(client, cast.players[Part.EDITOR])
    assert "Open een ronde" in text(client.get(ROUND))
    assert "De controller" in text(client.get(url("plan_round", YEAR)))
    assert client.post(url("plan_round", YEAR), form).url == ROUND
    with reading(cast.here.pk):
        (row,) = Contribution.objects.all()
    assert (row.section, row.author_id, row.approver_id, row.due_on) == (
        KEY,
        cast.number(Part.AUTHOR),
        cast.number(Part.APPROVER),
        form["all_due"],
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"controller": "Onbekende"}, "Kies iemand uit de lijst: deze naam staat er niet in."),
        ({f"{KEY}-author": ""}, "Vraag ten minste één onderdeel uit."),
        ({f"{KEY}-approver": "De author"}, "Vier ogen: akkoord geeft iemand anders"),
        ({f"{KEY}-author": "De controller"}, "Vier ogen: wie controleert, schrijft niet zelf."),
        ({"all_approver": ""}, "Kies wie akkoord geeft op ‘Organisatievisie en kernwaarden’."),
        ({"all_due": ""}, "Kies een uiterste dag voor ‘Organisatievisie en kernwaarden’."),
        ({"board_on": "3000-01-01"}, "Kies een dag van"),
        ({"college_on": "2001-01-01"}, "Het college komt na de directie."),
        ({"editor": "x" * 10_000}, "Zorg dat deze waarde niet meer dan 160 tekens bevat"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_and_what_was_typed_stays(cast, client, form, changes, sentence):
    sign_in(client, cast.players[Part.EDITOR])
    answer = client.post(url("plan_round", YEAR), form | changes)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="De board"' in text(answer)
    with reading(cast.here.pk):
        assert open_round(YEAR) is None


def test_people_who_share_a_name_are_told_apart(cast, client, diemen):
    other = people.actor(diemen, "employee", name="De author")
    sign_in(client, cast.players[Part.EDITOR])
    page = text(client.get(url("plan_round", YEAR)))
    for number in (cast.number(Part.AUTHOR), other.person_id):
        assert f'<option value="De author ({number})">' in page


def test_a_round_is_changed_on_the_same_form_and_a_stale_one_is_a_conflict(asked, client, form):
    sign_in(client, asked.players[Part.EDITOR])
    page = text(client.get(url("plan_round", YEAR)))
    assert "Ronde wijzigen" in page
    assert 'value="De author"' in page
    assert client.post(url("plan_round", YEAR), form | {"version": 1}).url == ROUND
    again = client.post(url("plan_round", YEAR), form | {"version": 1})
    assert again.status_code == 409
    assert "Iemand anders heeft de ronde intussen gewijzigd." in text(again)
    assert '<input type="hidden" name="version" value="2"' in text(again)
    left_out = client.post(url("plan_round", YEAR), form | {"version": 2, f"{KEY}-author": ""})
    assert left_out.status_code == 422


def test_asking_for_other_sections_than_those_of_the_round_is_refused_above_the_form(asked, client, form):
    sign_in(client, asked.players[Part.EDITOR])
    sent = form | {"version": 1, f"{KEY}-author": "", "talent-author": "De author"}
    answer = client.post(url("plan_round", YEAR), sent)
    assert answer.status_code == 422
    assert "blijft in de ronde" in text(answer)


def test_a_round_is_stopped_with_a_reason(asked, client):
    sign_in(client, asked.players[Part.EDITOR])
    assert client.post(url("stop_round", YEAR), {"version": 1, "reason": ""}).status_code == 422
    assert client.post(url("stop_round", YEAR), {"version": 1, "reason": "  "}).status_code == 422
    assert client.post(url("stop_round", YEAR), {"version": 9, "reason": "Weg."}).status_code == 409
    assert client.post(url("stop_round", YEAR), {"version": 1, "reason": "Weg."}).url == url("chapter", YEAR)
    assert client.post(url("stop_round", YEAR), {"version": 1, "reason": "Weg."}).status_code == 404


def test_the_board_cannot_agree_too_early_with_a_stale_page_or_with_an_empty_form(asked, client):
    sign_in(client, asked.players[Part.BOARD])
    assert "eerst nog 1 onderdeel" in text(client.get(ROUND))
    found = asked.desk(YEAR)
    early = client.post(url("board", YEAR), {"version": found.round.version, "seen": found.mark})
    assert early.status_code == 422
    assert "als elk onderdeel door de redactie is" in text(early)
    assert client.post(url("board", YEAR), {"version": 9, "seen": found.mark}).status_code == 409
    assert client.post(url("board", YEAR), {}).status_code == 422


# Comments


def test_comments_are_placed_once_answered_and_settled(asked, client):
    sign_in(client, asked.players[Part.CONTROLLER])
    key = "0c8ab42f-3df2-4e6b-9d1d-0d3f0a1b2c3d"
    for _time in range(2):
        answer = client.post(url("comment", YEAR, KEY), {"text": "Klopt <b>dit</b>?", "sent_key": key})
        assert answer.url == f"{SECTION}#opmerkingen"
    page = text(client.get(SECTION))
    assert page.count("Klopt &lt;b&gt;dit&lt;/b&gt;?") == 1
    assert client.post(url("comment", YEAR, KEY), {"text": " "}).status_code == 422
    with reading(asked.here.pk):
        one = Comment.objects.get()
    sign_in(client, asked.players[Part.AUTHOR])
    assert "Klopt" in text(client.get(url("edit", YEAR, SLOT)))
    assert client.post(url("answer", one.pk), {"version": 1, "answer": ""}).status_code == 422
    assert client.post(url("answer", one.pk), {"version": "", "answer": "Ja."}).status_code == 422
    assert client.post(url("answer", one.pk), {"version": 7, "answer": "Ja."}).status_code == 409
    assert client.post(url("answer", one.pk), {"version": 1, "answer": "Ja."}).status_code == 302
    assert "<strong>De author:</strong>" in text(client.get(SECTION))
    assert client.post(url("answer", one.pk), {"version": 2, "klaar": "1"}).status_code == 302
    assert "afgehandeld door De author" in text(client.get(SECTION))


def test_a_comment_with_a_round_that_was_stopped_is_not_there(asked, client):
    one = actions.comment(asked.players[Part.EDITOR], found=asked.desk(YEAR), section=KEY, text="Zo.", at=AT)
    stop(asked)
    sign_in(client, asked.players[Part.EDITOR])
    assert client.post(url("answer", one.pk), {"version": 1, "klaar": "1"}).status_code == 404


@pytest.mark.parametrize("page", [SECTION, ROUND, url("chapter", YEAR)])
def test_a_page_asks_as_many_questions_for_three_sections_as_for_one(cast, client, page):
    found = {}
    for number in (1, 3):
        cast.opened(YEAR, *(KEY, "talent", "programmes")[:number])
        sign_in(client, cast.players[Part.EDITOR])
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        found[number] = len(asked)
        stop(cast)
    assert found[1] == found[3]
