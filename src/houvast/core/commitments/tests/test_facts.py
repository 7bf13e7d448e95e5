"""What commitments tell the chapter of the next year, the first page, the calendar, the reminders and the search."""

from dataclasses import replace
from datetime import date

import pytest

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.commitments import actions, facts
from houvast.core.commitments.factories import (
    DONE,
    ENTRY,
    OPEN,
    SECTION_TEXT,
    STARTED,
    answered,
    commitment,
    stand,
)
from houvast.core.commitments.module import MODULE
from houvast.core.commitments.rules import CommitmentKind, Stand, Status
from houvast.core.documents.tree import Heading, Table, plain
from houvast.core.orgs.scope import reading
from houvast.core.report import actions as report
from houvast.core.report.claims import Kind
from houvast.core.report.document import document
from houvast.core.report.queries import chapter, context_for
from houvast.core.search.queries import records
from houvast.core.search.rules import Query

YEAR = 2021
POSTPONED = Stand(
    status=Status.POSTPONED,
    on=date(2021, 8, 1),
    decided_by="College",
    decision="Collegebesluit 12",
    postponed_to=2023,
)


@pytest.fixture
def editor(diemen):
    return people.actor(diemen, "employee", "editor", name="Redacteur")


@pytest.fixture
def controller(diemen):
    return people.actor(diemen, "employee", "controller", name="Controller")


@pytest.fixture
def carried(diemen, editor):
    """A commitment of 2019 that nobody settled."""
    return commitment(editor, year=2019, text="De oude", section="trajectory")


@pytest.fixture
def employee(diemen):
    return people.actor(diemen, "employee")


@pytest.fixture
def nobody(diemen):
    return people.actor(diemen)


@pytest.fixture
def year_of_answers(diemen, editor, controller):
    """Four commitments of 2020: one settled, one started, one answered and not checked, one not answered."""
    answered(
        editor,
        controller,
        commitment(editor, text="De cursus"),
        note="Gegeven.",
        document_on=date(2021, 5, 2),
    )
    answered(editor, controller, commitment(editor, text="Het format", section="talent"), STARTED)
    answered(editor, None, commitment(editor, text="De visie", section="housing"), OPEN)
    commitment(editor, text="De brief", section="trajectory", kind=CommitmentKind.PLEDGE, term="")
    return diemen


def claim(here, key, year=YEAR):
    source = next(source for source in facts.CLAIMS if source.key == key)
    with reading(here.pk):
        return source.claim(context_for(here, year))


def test_answered_counts_what_a_second_person_checked_and_realised_what_is_done(year_of_answers):
    found = claim(year_of_answers, "commitments.answered")
    assert (found.value, found.rows, found.as_of) == ({"n": 2, "m": 4}, 4, date(2021, 12, 31))
    assert claim(year_of_answers, "commitments.realised").value == {"n": 1, "m": 4}


def test_a_chapter_with_nothing_to_answer_claims_nothing_and_has_no_annex(year_of_answers):
    assert claim(year_of_answers, "commitments.answered", 2020) is None
    assert claim(year_of_answers, "commitments.realised", 2020) is None
    with reading(year_of_answers.pk):
        assert facts.annexes(context_for(year_of_answers, 2020)) == ()


def test_the_annex_tells_each_commitment_with_its_answer_in_the_order_of_the_chapter(year_of_answers):
    with reading(year_of_answers.pk):
        (annex,) = facts.annexes(context_for(year_of_answers, YEAR))
    assert annex.heading == "Voornemens tot en met 2020"
    assert annex.lead == (
        "Wat eerdere paragrafen aankondigden en toezegden, en hoe het daarmee stond op 31 december 2021."
    )
    assert annex.rows == (
        ("De brief", "geen termijn", "Nog niet beantwoord", "–"),
        (
            "De cursus",
            "eind 2021",
            "Gerealiseerd",
            "Gegeven. Stuk: Cursusmap, 2 mei 2021 (Intranet).",
        ),
        ("Het format", "eind 2021", "Gestart", "–"),
        ("De visie", "eind 2021", "Open (nog niet gecontroleerd)", "Er was geen tijd."),
    )


@pytest.mark.usefixtures("carried")
def test_what_is_carried_over_from_an_earlier_chapter_says_which(diemen, editor):
    commitment(editor)
    with reading(diemen.pk):
        (annex,) = facts.annexes(context_for(diemen, YEAR))
    assert [row[0] for row in annex.rows] == [
        "De oude (2019)",
        "Introductiecursus bestuurlijke besluitvorming",
    ]


def test_the_annex_says_who_put_it_off_to_when(diemen, editor, controller):
    answered(editor, controller, commitment(editor), POSTPONED)
    answered(editor, controller, commitment(editor), DONE, document="Kort verslag", place="")
    with reading(diemen.pk):
        (annex,) = facts.annexes(context_for(diemen, YEAR))
    assert [row[-1] for row in annex.rows] == [
        "Doorgeschoven naar 2023 (Collegebesluit 12). Besloten door: College.",
        "Stuk: Kort verslag.",
    ]


def test_the_annex_stands_in_the_chapter_its_documents_and_its_open_data(year_of_answers):
    fact = report.FactEntry(key="values.a", label="A", kind=Kind.COUNT, value=2, source_title="Verslag")
    report.enter_fact(system_actor(year_of_answers), year=YEAR, entry=fact, today=date(2022, 3, 1))
    with reading(year_of_answers.pk):
        made = chapter(year_of_answers, YEAR)
    tree = document(made)
    place = next(
        at for at, block in enumerate(tree.blocks) if getattr(block, "anchor", "") == "bijlage-commitments"
    )
    heading, _lead, table = tree.blocks[place : place + 3]
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[1]][:2] == ["De cursus", "eind 2021"]
    assert [annex["key"] for annex in made.to_json()["annexes"]] == ["commitments"]


def test_the_chapter_cannot_be_adopted_until_each_is_answered_and_checked(year_of_answers, editor):
    with reading(year_of_answers.pk):
        found = MODULE.obstacles(editor, YEAR)
    assert [str(one.sentence) for one in found] == [
        "De toezegging ‘De brief’ uit 2020 is nog niet beantwoord.",
        "Het antwoord op ‘De visie’ uit 2020 is nog niet door een tweede persoon gecontroleerd.",
    ]
    assert [one.section for one in found] == ["trajectory", "housing"]
    assert found[0].url.endswith("/stand/?antwoord=2021")


def test_an_obstacle_names_the_commitment_and_leads_who_may_not_answer_to_its_page(
    diemen, editor, employee, nobody
):
    row = commitment(editor)
    with reading(diemen.pk):
        (found,) = MODULE.obstacles(employee, YEAR)
        assert MODULE.obstacles(nobody, YEAR) == ()
    assert str(found.sentence) == (
        "Het voornemen ‘Introductiecursus bestuurlijke besluitvorming’ uit 2020 is nog niet beantwoord."
    )
    assert found.url == f"/diemen/voornemens/{row.pk}/"


def test_tasks_are_what_one_owns_what_is_to_be_answered_and_what_waits_for_a_check(
    diemen, editor, controller, nobody
):
    owner = people.actor(diemen, "employee")
    mine = commitment(editor, owner_person_id=owner.person_id, text="De mijne")
    done = commitment(editor, owner_person_id=owner.person_id)
    answered(editor, None, done)
    with reading(diemen.pk):
        (task,) = facts.tasks(owner)
        waiting = facts.tasks(controller)
        assert facts.tasks(nobody) == ()
    assert (task.label, task.due) == ("De mijne", date(2021, 12, 31))
    assert task.act_url == f"/diemen/voornemens/{mine.pk}/stand/"
    assert task.because == ("Termijn in de paragraaf van 2020: eind 2021.",)
    assert [str(one.label) for one in waiting] == [
        "1 voornemen beantwoorden",
        "Controleer het antwoord op: Introductiecursus bestuurlijke besluitvorming",
    ]
    assert waiting[0].url == "/diemen/voornemens/?antwoord=2021"


def test_a_guest_who_may_only_read_has_no_tasks(diemen, uithoorn, editor):
    commitment(editor)
    guest = people.guest(diemen, "editor", home=uithoorn)
    with reading(diemen.pk):
        assert facts.tasks(guest) == ()


def test_the_figure_counts_what_runs_and_how_much_of_it_is_late(diemen, editor, employee):
    commitment(editor)
    commitment(editor, term="")
    stand(editor, commitment(editor), DONE)
    with reading(diemen.pk):
        (figure,) = facts.figures(editor)
        assert facts.figures(employee) == ()
    assert (figure.value, figure.note, figure.tone) == ("2", "1 te laat", "let-op")


def test_without_commitments_there_is_no_figure_and_in_time_no_note(diemen, editor):
    with reading(diemen.pk):
        assert facts.figures(editor) == ()
    commitment(editor, term="2099")
    with reading(diemen.pk):
        (figure,) = facts.figures(editor)
    assert (figure.note, figure.tone) == ("", "")


def test_the_calendar_has_the_last_days_of_what_runs(diemen, editor, nobody):
    row = commitment(editor)
    stand(editor, commitment(editor), DONE)
    with reading(diemen.pk):
        (found,) = MODULE.dates(editor, date(2021, 12, 31), date(2022, 1, 1))
        assert MODULE.dates(editor, date(2022, 1, 1), date(2022, 2, 1)) == ()
        assert MODULE.dates(nobody, date(2021, 1, 1), date(2023, 1, 1)) == ()
    assert (found.key, found.on, found.url) == (
        f"commitments.due:{row.uid}",
        date(2021, 12, 31),
        f"/diemen/voornemens/{row.pk}/",
    )


def test_who_owns_what_falls_due_is_reminded_unless_no_role_lets_them_see_it(diemen, editor):
    owner, outsider = people.actor(diemen, "employee"), people.actor(diemen)
    row = commitment(editor, owner_person_id=owner.person_id)
    commitment(editor, owner_person_id=outsider.person_id)
    stand(editor, commitment(editor, owner_person_id=owner.person_id), DONE)
    (kind,) = MODULE.reminders
    with reading(diemen.pk):
        (found,) = kind.due(system_actor(diemen))
    assert (found.subject, found.person, found.due) == (row.uid, owner.person_id, date(2021, 12, 31))
    assert kind.days == (30, 7, -1)


def found(actor, typed):
    with reading(actor.organisation.pk):
        return [hit.label for hit in records(actor, Query(typed))]


def test_a_commitment_is_found_by_stems_of_its_own_words_and_of_the_chapters(diemen, editor):
    commitment(editor, text="Voornemens bĳhouden")
    assert found(editor, "voornemen") == found(editor, "voornemens") == ["Voornemens bĳhouden (2020)"]
    assert found(editor, "bijhouden") == found(editor, "bĳhouden") == ["Voornemens bĳhouden (2020)"]
    # Its words in the chapter: a title by its last part, a quote by plural and singular.
    assert found(editor, "introductiecursussen") == ["Voornemens bĳhouden (2020)"]
    assert found(editor, "voornemen huisvesting") == []


def test_of_many_commitments_the_newest_ten_are_shown_and_all_counted(diemen, editor):
    for place in range(12):
        commitment(editor, text=f"Cursus {place}")
    with reading(diemen.pk):
        hits = records(editor, Query("ontwikkelt een"))
    assert (len(hits), hits[0].of, hits[0].kind) == (10, 12, "Voornemen")
    assert hits[0].snippet[1] == ("ontwikkelt", True)


def test_a_commitment_is_found_by_its_new_words_and_by_the_old_no_more(diemen, editor):
    row = commitment(editor, text="Cursus")
    actions.change_commitment(
        editor,
        commitment_id=row.pk,
        expected_version=row.version,
        entry=replace(ENTRY, text="Werkplekken", owner_person_id=editor.person_id),
        section_text=SECTION_TEXT,
    )
    assert found(editor, "werkplek") == ["Werkplekken (2020)"]
    assert found(editor, "cursus") == []


def test_without_the_right_or_from_elsewhere_no_commitment_is_found(diemen, uithoorn, editor):
    commitment(editor, text="Werkplekken")
    assert found(people.actor(diemen), "werkplek") == []
    assert found(people.actor(uithoorn, "editor"), "werkplek") == []


def test_the_position_of_a_year_is_as_it_was_at_its_end(diemen, editor):
    stand(editor, commitment(editor), STARTED, on=date(2020, 10, 1))
    stand(editor, commitment(editor), DONE)
    commitment(editor)
    with reading(diemen.pk):
        position = facts.position(2020)
    assert position == {"open": 2, "started": 1, "partly": 0, "done": 0, "lapsed": 0, "postponed": 0}
