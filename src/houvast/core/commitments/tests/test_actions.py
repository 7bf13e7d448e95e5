"""Recording, following, answering and checking commitments; and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from houvast.core.access.four_eyes import SamePerson
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.commitments import actions, queries
from houvast.core.commitments.factories import (
    DONE,
    ENTRY,
    OPEN,
    SECTION_TEXT,
    STARTED,
    TODAY,
    answered,
    commitment,
    stand,
)
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.rules import CommitmentKind, Settlement, Stand, Status
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.post.models import Dispatch
from houvast.core.post.rules import Channel

AT = datetime(2022, 3, 2, 9, tzinfo=UTC)
LAPSED = Stand(status=Status.LAPSED, on=date(2021, 7, 1), note="Niet meer nodig.", decided_by="College")


@pytest.fixture
def editor(diemen):
    return people.actor(diemen, "editor", name="Redacteur")


@pytest.fixture
def controller(diemen):
    return people.actor(diemen, "controller", name="Controller")


@pytest.fixture
def row(editor):
    return commitment(editor)


def again(row):
    with reading(row.organisation_id):
        return type(row).objects.get(pk=row.pk)


def test_a_commitment_keeps_its_words_and_the_days_of_its_term(editor, row):
    assert (row.year, row.section, row.status) == (2020, "board_sensitivity", Status.OPEN)
    assert (row.term, row.due_from, row.due_until) == ("eind 2021", date(2021, 10, 1), date(2022, 1, 1))
    with reading(row.organisation_id):
        entry = AuditEntry.objects.get(action="commitments.record")
        assert list(verify(editor.organisation)) == []
    assert (entry.changes["text"], entry.changes["quote"]) == ("gewijzigd", "gewijzigd")
    assert str(row) == "Introductiecursus bestuurlijke besluitvorming"


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"quote": "Dit staat er niet."}, "quote"),
        ({"section": "nergens"}, "section"),
        ({"term": "ooit"}, "term"),
        ({"owner_person_id": None}, "owner_unit_id"),
    ],
)
def test_what_cannot_be_recorded_says_at_which_answer(editor, entry, field):
    with pytest.raises(Refusal) as refused:
        commitment(editor, **{"owner_person_id": editor.person_id, **entry})
    assert refused.value.field == field


def test_a_year_without_chapter_is_refused(editor):
    with pytest.raises(Refusal, match="Een verslagjaar ligt tussen 2004 en 2023"):
        commitment(editor, year=2024)


def test_sending_a_form_twice_makes_one_commitment(editor):
    given = {"year": 2020, "section_text": SECTION_TEXT, "today": TODAY, "sent_key": uuid4()}
    entry = replace(ENTRY, owner_person_id=editor.person_id)
    first = actions.record_commitment(editor, entry=entry, **given)
    with pytest.raises(AlreadyDone) as twice:
        actions.record_commitment(editor, entry=entry, **given)
    assert twice.value.first == first


def test_an_owner_of_another_organisation_does_not_exist(editor, uithoorn):
    stranger = people.person(uithoorn)
    with pytest.raises(type(stranger).DoesNotExist):
        commitment(editor, owner_person_id=stranger.pk)


def change(by, row, **entry):
    return actions.change_commitment(
        by,
        commitment_id=row.pk,
        expected_version=row.version,
        entry=replace(ENTRY, **{"owner_person_id": by.person_id, **entry}),
        section_text=SECTION_TEXT,
    )


def test_a_change_is_recorded_by_what_changed(editor, row):
    changed = change(editor, row, term="", text="Cursus")
    assert (changed.term, changed.due_until, changed.version) == ("", None, 2)
    with reading(row.organisation_id):
        entry = AuditEntry.objects.get(action="commitments.change")
    assert entry.changes == {"text": "gewijzigd", "term": "", "due_from": None, "due_until": None}


def test_a_change_of_nothing_or_of_a_stale_version_is_refused(editor, row):
    with pytest.raises(Refusal, match="U hebt niets gewijzigd"):
        change(editor, row)
    change(editor, row, text="Cursus")
    with pytest.raises(Conflict):
        change(editor, row, text="Anders")


def test_the_status_follows_the_stands_and_every_stand_is_kept(editor, row):
    stand(editor, row)
    stand(editor, row, DONE)
    assert again(row).status == Status.DONE
    with reading(row.organisation_id):
        assert [one.status for one in CommitmentStand.objects.order_by("pk")] == ["started", "done"]
        assert list(verify(editor.organisation)) == []


def test_how_it_stood_on_a_day_is_told_by_the_stands_up_to_that_day(editor, row):
    stand(editor, row)
    stand(editor, row, DONE)
    with reading(row.organisation_id):
        stood = {
            day: queries.standing(Commitment.objects.all(), day).get().stood
            for day in (date(2021, 2, 28), date(2021, 3, 1), date(2021, 5, 31), date(2021, 6, 1))
        }
    assert list(stood.values()) == ["open", "started", "started", "done"]


def test_a_stand_needs_the_version_that_was_seen_and_a_claim_that_is_there(editor, row):
    given = {"commitment_id": row.pk, "expected_version": row.version, "today": TODAY}
    proof = Stand(status=Status.PARTLY, on=date(2021, 6, 1), claim_key="values.values")
    with pytest.raises(Refusal, match="Dit feit staat niet in de paragraaf van dat jaar") as refused:
        actions.tell_stand(editor, stand=proof, claims={"values.slogan"}, **given)
    assert refused.value.field == "claim_key"
    actions.tell_stand(editor, stand=proof, claims={"values.values"}, **given)
    with pytest.raises(Conflict):
        actions.tell_stand(editor, stand=DONE, **given)


def test_a_file_on_the_page_is_evidence_unless_it_was_withdrawn(editor, row):
    shown = Stand(status=Status.PARTLY, on=date(2021, 6, 1))
    file = actions.attach_to_commitment.run(
        editor, uid=row.uid, upload=SimpleUploadedFile("brief.txt", b"Een brief.")
    )
    with reading(row.organisation_id):
        assert queries.has_file(row)
    actions.attach_to_commitment.withdraw(editor, uid=row.uid, file_uid=file.uid, at=AT, reason="Verkeerd")
    with pytest.raises(Refusal, match="Geef bewijs"):
        stand(editor, row, shown)
    actions.attach_to_commitment.run(
        editor, uid=row.uid, upload=SimpleUploadedFile("brief.txt", b"De goede brief.")
    )
    assert stand(editor, row, shown).status == Status.PARTLY


def test_a_promised_letter_is_not_settled_by_a_claim(editor):
    letter = commitment(editor, kind=CommitmentKind.PLEDGE, settlement=Settlement.DOCUMENT)
    with pytest.raises(Refusal, match="Dit is alleen afgedaan met een verzonden stuk"):
        stand(editor, letter, DONE, document="", document_on=None)
    told = stand(editor, letter, DONE, document_on=date(2021, 5, 20), place="Z-2021-14")
    assert (told.document_on, told.place) == (date(2021, 5, 20), "Z-2021-14")


def test_a_promised_letter_goes_out_with_its_proof_and_by_mail_only_with_consent(diemen, editor, controller):
    row = commitment(editor, settlement=Settlement.DOCUMENT)
    about = {"commitment_id": row.pk}
    told = {"title": "Brief aan de raad", "addressee": "Griffie", "on": date(2021, 5, 1)}
    letter = actions.draft_letter(editor, **about, **told, address="Plein 1")
    send = {"on": date(2021, 5, 3), "today": TODAY}
    with pytest.raises(Refusal, match="bewijs"):
        actions.send_letter(editor, **about, dispatch_id=letter.pk, expected_version=1, **send)
    gone = actions.send_letter(
        editor, **about, dispatch_id=letter.pk, expected_version=1, reference="R-1", **send
    )
    assert (gone.dispatched_on, gone.kind, gone.channel) == (send["on"], actions.LETTER, Channel.LETTER)
    mail = actions.draft_letter(editor, **about, **told, address="griffie@example.org", channel=Channel.EMAIL)
    by_mail = {**about, "dispatch_id": mail.pk, "expected_version": 1, "reference": "R-2", **send}
    with pytest.raises(Refusal, match="kenbaar gemaakt"):
        actions.send_letter(editor, **by_mail)
    consent = actions.note_consent(
        editor, **about, address="griffie@example.org", given_on=date(2021, 4, 1), how="Per brief"
    )
    assert actions.send_letter(editor, **by_mail).consent == consent
    other = commitment(editor, text="Een ander")
    with pytest.raises(Dispatch.DoesNotExist):
        actions.send_letter(editor, **{**by_mail, "commitment_id": other.pk, "expected_version": 2})
    with pytest.raises(NotPermitted):
        actions.draft_letter(people.actor(diemen, "employee"), **about, **told, address="Plein 1")
    with reading(diemen.pk):
        assert Commitment.objects.get(pk=row.pk).status == Status.OPEN
        assert list(verify(diemen)) == []


def test_the_owner_tells_how_it_stands_and_nobody_else_without_the_right(diemen, editor, controller):
    owner, other = people.actor(diemen, "employee"), people.actor(diemen, "employee")
    row = commitment(editor, owner_person_id=owner.person_id)
    assert stand(owner, row).entered_by_id == owner.account_id
    with pytest.raises(NotPermitted):
        stand(other, row, DONE)
    assert stand(controller, row, DONE).status == Status.DONE


def test_an_answer_waits_for_a_second_person(editor, controller, row):
    answer = answered(editor, None, row)
    assert answer.checked_at is None
    with pytest.raises(SamePerson):
        actions.check_answer(editor, stand_id=answer.pk, expected_version=answer.version, at=AT)
    checked = actions.check_answer(controller, stand_id=answer.pk, expected_version=answer.version, at=AT)
    assert (checked.checked_by_id, checked.checked_at) == (controller.account_id, AT)
    with pytest.raises(Refusal, match="Dit antwoord is al gecontroleerd"):
        actions.check_answer(controller, stand_id=answer.pk, expected_version=checked.version, at=AT)


def test_a_stand_that_answers_nothing_has_nothing_to_check(editor, controller, row):
    told = stand(editor, row)
    with pytest.raises(Refusal, match="Dit is geen antwoord"):
        actions.check_answer(controller, stand_id=told.pk, expected_version=told.version, at=AT)


def test_a_chapter_answers_once(editor, controller, row):
    answered(editor, controller, row, OPEN)
    with pytest.raises(Refusal, match="In de paragraaf van 2021 is dit al beantwoord") as refused:
        answered(editor, controller, row, OPEN)
    assert refused.value.field == "answers"


def test_what_was_withdrawn_counts_no_more_and_its_year_can_be_answered_again(editor, controller, row):
    first = answered(editor, None, row)
    given = {"stand_id": first.pk, "expected_version": first.version, "reason": "Vergissing", "at": AT}
    actions.withdraw_stand(editor, **given)
    assert again(row).status == Status.OPEN
    with pytest.raises(Refusal, match="Dit is al ingetrokken"):
        actions.withdraw_stand(editor, **{**given, "expected_version": first.version + 1})
    answered(editor, controller, row, OPEN)
    assert again(row).status == Status.OPEN
    with pytest.raises(Refusal, match="Dit is geen antwoord"):
        actions.check_answer(controller, stand_id=first.pk, expected_version=first.version + 1, at=AT)


def test_a_stand_under_a_later_one_cannot_be_withdrawn(editor, row):
    first = stand(editor, row)
    stand(editor, row, DONE)
    given = {"stand_id": first.pk, "expected_version": first.version, "reason": "Vergissing", "at": AT}
    with pytest.raises(Refusal, match="Er rust een latere stand op"):
        actions.withdraw_stand(editor, **given)


def test_an_earlier_stand_stays_when_the_last_is_withdrawn(editor, row):
    stand(editor, row)
    last = stand(editor, row, DONE)
    actions.withdraw_stand(
        editor, stand_id=last.pk, expected_version=last.version, reason="Vergissing", at=AT
    )
    assert again(row).status == Status.STARTED


def due(here, year):
    with reading(here.pk):
        return {row.text: row.answer for row in queries.to_answer(year)}


def test_each_commitment_is_answered_in_the_next_chapter_and_then_until_it_is_settled(
    diemen, editor, controller
):
    done, lapsed, put_off, carried = (commitment(editor, text=text) for text in ("A", "B", "C", "D"))
    assert due(diemen, 2020) == {}
    assert due(diemen, 2021) == {"A": "", "B": "", "C": "", "D": ""}
    answered(editor, controller, done)
    answered(editor, controller, lapsed, LAPSED)
    later = Stand(
        status=Status.POSTPONED, on=date(2021, 8, 1), decided_by="College", decision="B-1", postponed_to=2023
    )
    answered(editor, controller, put_off, later)
    answered(editor, controller, carried, STARTED)
    assert due(diemen, 2021) == {"A": "done", "B": "lapsed", "C": "postponed", "D": "started"}
    assert due(diemen, 2022) == {"D": ""}
    assert due(diemen, 2023) == {"C": "", "D": ""}


def test_the_database_refuses_what_cannot_be(editor, diemen):
    row = commitment(editor)

    @action("test.break_commitment", permission=None)
    def broken(_actor, model, **values):
        made = model(**values)
        made.save()
        record(made)

    base = {
        "year": 2020,
        "section": "x",
        "kind": "intention",
        "text": "a",
        "quote": "b",
        "settlement": "result",
    }
    me = {"owner_person_id": editor.person_id}
    told = {"commitment": row, "on": TODAY}
    wrong = [
        (Commitment, base),
        (Commitment, {**base, **me, "year": 1999}),
        (Commitment, {**base, **me, "quote": ""}),
        (Commitment, {**base, **me, "term": "2022"}),
        (Commitment, {**base, **me, "term": "2022", "due_from": TODAY, "due_until": TODAY}),
        (Commitment, {**base, **me, "term": "2022", "due_from": TODAY}),
        (CommitmentStand, {**told, "status": "lapsed"}),
        (CommitmentStand, {**told, "status": "postponed", "postponed_to": 2024}),
        (CommitmentStand, {**told, "status": "open", "postponed_to": 2024}),
        (CommitmentStand, {**told, "status": "open", "withdrawn_at": AT}),
        (CommitmentStand, {**told, "status": "open", "checked_by_id": editor.account_id, "checked_at": AT}),
        (
            CommitmentStand,
            {
                **told,
                "status": "open",
                "answers": 2021,
                "entered_by_id": editor.account_id,
                "checked_by_id": editor.account_id,
                "checked_at": AT,
            },
        ),
    ]
    for model, values in wrong:
        with pytest.raises(IntegrityError):
            broken(editor, model, **values)
