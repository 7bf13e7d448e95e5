"""Outgoing post of a record: drafted, sent with proof, come back; and the consent that an e-mail asks."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django_cotton.compiler_regex import CottonCompiler

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Unit
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import WriteOutsideAction, reading
from houvast.core.post import actions, queries
from houvast.core.post.models import Dispatch
from houvast.core.post.rules import Channel

DRAFTED, SENT, TODAY = date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 20)
EMAIL = actions.Draft("complaint.answer", "Uw klacht", "Inwoner", "inwoner@example.org", Channel.EMAIL)
LETTER = actions.Draft("complaint.answer", "Uw klacht", "Inwoner", "Dorpsstraat 1, Diemen")


@action("test.open_case", permission=None)
def open_case(actor, *, code="x"):
    unit = Unit(code=code)
    unit.save()
    record(unit, code=code)
    return unit


@action("test.post", permission=None)
def within(actor, *, do, **given):
    """An action of a register that does something with its post."""
    return do(**given)


@pytest.fixture
def case(diemen):
    return open_case(system_actor(diemen))


@pytest.fixture
def act(diemen):
    return lambda do, *subject, **given: within(
        system_actor(diemen), do=lambda **more: do(*subject, **more), **given
    )


def drafted(act, case, what=LETTER):
    return act(lambda **more: actions.draft(case, what, **more), on=DRAFTED)


def send(act, case, piece, **given):
    told = {"dispatch_id": piece.pk, "expected_version": piece.version, "on": SENT, "today": TODAY} | given
    return act(actions.send, case, **told)


def test_a_letter_is_drafted_sent_with_its_number_and_comes_back(diemen, act, case):
    piece = drafted(act, case)
    assert (piece.state, piece.dispatched_on) == ("draft", None)
    gone = send(act, case, piece, reference=" 3SABC ")
    assert (gone.state, gone.dispatched_on, gone.reference, gone.file) == ("dispatched", SENT, "3SABC", None)
    with pytest.raises(Refusal, match="al verzonden"):
        send(act, case, gone, reference="x")
    back = act(
        actions.come_back,
        case,
        dispatch_id=gone.pk,
        expected_version=gone.version,
        on=TODAY,
        today=TODAY,
        reason="Onbekend op dit adres",
    )
    assert (back.state, back.returned_on) == ("returned", TODAY)
    with pytest.raises(Refusal, match="Alleen wat verzonden is"):
        act(
            actions.come_back,
            case,
            dispatch_id=back.pk,
            expected_version=back.version,
            on=TODAY,
            today=TODAY,
            reason="x",
        )
    with reading(diemen.pk):
        entries = list(AuditEntry.objects.filter(table="post.dispatch").order_by("number"))
    assert [entry.changes.get("state") for entry in entries] == [None, "dispatched", "returned"]
    assert "Inwoner" not in str([entry.changes for entry in entries])
    assert "Dorpsstraat" not in str([entry.changes for entry in entries])


def test_what_was_sent_is_kept_with_the_record_and_its_digest_with_the_piece(diemen, act, case):
    piece = drafted(act, case)
    content = b"Geachte inwoner,"
    gone = send(act, case, piece, upload=SimpleUploadedFile("brief.txt", content))
    assert gone.file_sha256 == hashlib.sha256(content).hexdigest()
    with reading(diemen.pk):
        file = StoredFile.objects.get()
        assert (file.pk, file.subject_table, file.subject_uid) == (gone.file_id, "orgs.unit", case.uid)


def test_without_proof_nothing_went(diemen, act, case):
    piece = drafted(act, case)
    with pytest.raises(Refusal, match="Zonder bewijs"):
        send(act, case, piece, reference="  ")
    with reading(diemen.pk):
        assert Dispatch.objects.get().dispatched_on is None


def test_an_email_goes_under_the_consent_of_its_day(act, case):
    def consent(**given):
        told = {
            "kind": EMAIL.kind,
            "channel": Channel.EMAIL,
            "address": EMAIL.address,
            "given_on": SENT,
            "how": "In het klachtformulier",
        }
        return act(actions.give_consent, case, **told | given)

    piece = drafted(act, case, EMAIL)
    with pytest.raises(Refusal, match="niet kenbaar gemaakt"):
        send(act, case, piece, reference="<1@x>")
    given = consent()
    with pytest.raises(Refusal, match="staat er al"):
        consent()
    for wrong, told in (
        ({"channel": Channel.LETTER}, "geen instemming nodig"),
        ({"how": " "}, "Geef het adres, en hoe"),
        ({"address": ""}, "Geef het adres, en hoe"),
    ):
        with pytest.raises(Refusal, match=told):
            consent(**wrong)
    with pytest.raises(Refusal, match="niet kenbaar gemaakt"):
        send(act, case, piece, reference="<1@x>", on=date(2026, 5, 3))
    gone = send(act, case, piece, reference="<1@x>")
    assert gone.consent_id == given.pk
    withdraw = {"consent_id": given.pk, "expected_version": given.version}
    with pytest.raises(Refusal, match="voor de dag waarop"):
        act(actions.withdraw_consent, **withdraw, on=date(2026, 5, 3))
    ended = act(actions.withdraw_consent, **withdraw, on=date(2026, 5, 6))
    with pytest.raises(Refusal, match="al ingetrokken"):
        act(actions.withdraw_consent, consent_id=ended.pk, expected_version=ended.version, on=TODAY)
    other = drafted(act, case, EMAIL)
    with pytest.raises(Refusal, match="niet kenbaar gemaakt"):
        send(act, case, other, reference="<2@x>", on=date(2026, 5, 6))
    consent(given_on=date(2026, 5, 8))
    assert send(act, case, other, reference="<2@x>", on=date(2026, 5, 9)).state == "dispatched"


@pytest.mark.parametrize("missing", ["title", "addressee", "address"])
def test_a_draft_says_what_it_is_to_whom_and_where(act, case, missing):
    import dataclasses

    with pytest.raises(Refusal, match="Geef het onderwerp, de geadresseerde en het adres"):
        drafted(act, case, dataclasses.replace(LETTER, **{missing: " "}))


def test_the_post_of_another_record_and_a_stale_version_are_refused(diemen, act, case):
    other = open_case(system_actor(diemen), code="y")
    piece = drafted(act, case)
    with pytest.raises(Dispatch.DoesNotExist):
        send(act, other, piece, reference="x")
    with pytest.raises(Conflict):
        send(act, case, piece, reference="x", expected_version=99)
    with pytest.raises(WriteOutsideAction):
        actions.draft(case, LETTER, on=DRAFTED)


@pytest.mark.parametrize(
    "faults",
    [
        {"dispatched_on": SENT, "state": "dispatched"},
        {"dispatched_on": SENT, "reference": "x"},
        {"state": "dispatched"},
        {"dispatched_on": SENT, "state": "dispatched", "reference": "x", "channel": "email"},
        {"dispatched_on": date(2026, 4, 30), "state": "dispatched", "reference": "x"},
        {"returned_on": SENT, "return_reason": "x"},
        {"file_sha256": "abc"},
    ],
)
def test_the_database_refuses_a_day_without_proof_and_an_email_without_consent(act, case, faults):
    piece = drafted(act, case)

    def spoil():
        for name, value in faults.items():
            setattr(piece, name, value)
        piece.save()
        record(piece, state=piece.state)

    with pytest.raises(IntegrityError):
        act(spoil)


def test_a_record_shows_its_post_in_one_question_whatever_the_number(diemen, act, case):
    taken = []
    for number in (1, 3):
        for _ in range(number):
            drafted(act, case)
        with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
            pieces, consents = queries.post_of(case), queries.consents_of(case)
        taken.append(len(asked))
    assert taken[0] == taken[1] == 2
    part = CottonCompiler().process('<c-post :pieces="pieces" :consents="consents" />')
    shown = Template(part).render(
        Context({"pieces": [(piece, "") for piece in pieces], "consents": consents})
    )
    assert shown.count("Opgesteld op 1 mei 2026, nog niet verzonden") == 4


def test_the_overview_tells_no_addressee_and_no_subject(diemen, act, case, client):
    send(act, case, drafted(act, case), reference="3SABC")
    actor = factories.actor(diemen, "administrator")
    client.force_login(Account.objects.get(pk=actor.account_id))
    page = client.get("/diemen/post/").content.decode()
    assert "3SABC" in page
    assert "Verzonden" in page
    for hidden in ("Inwoner", "Dorpsstraat", "Uw klacht"):
        assert hidden not in page
