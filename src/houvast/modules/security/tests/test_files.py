"""Files with incidents and breaches: who may add one, who gets it, and what the page says of it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.files.models import StoredFile
from houvast.core.files.tests.samples import HOSTILE, PDF, SUSPECT
from houvast.core.orgs.scope import reading, writing
from houvast.core.orgs.tests.test_scope import add_unit
from houvast.modules.security import actions, factories

KINDS = ("incident", "breach")


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where the bytes go."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def sign_in(client):
    """Sign in as one of the team."""

    def as_(actor):
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return as_


@pytest.fixture(params=KINDS)
def record(request, team):
    """A record of each register, with the address of its page."""
    row = getattr(factories, request.param)(team)
    return row, reverse(f"security:{request.param}", args=["diemen", row.pk])


def upload(content=PDF, name="brief.pdf"):
    return SimpleUploadedFile(name, content)


def attach(team, row, **given):
    run = (actions.attach_to_incident if row.reference[:2] == "VI" else actions.attach_to_breach).run
    return run(team.ciso, uid=row.uid, upload=upload(**given))


def files(diemen):
    with reading(diemen.pk):
        return list(StoredFile.objects.order_by("pk"))


def test_an_official_adds_a_file_on_the_page_and_it_is_listed_with_who_and_when(
    sign_in, team, diemen, record
):
    row, page = record
    client = sign_in(team.ciso)
    sent = client.post(page, {"file": upload()})
    assert (sent.status_code, sent.headers["location"]) == (302, f"{page}#bijlagen")
    (file,) = files(diemen)
    assert (file.subject_uid, file.name, file.quarantined) == (row.uid, "brief.pdf", False)
    said = client.get(page)
    assert [(one.file.name, one.who) for one in said.context["attachments"].rows] == [("brief.pdf", "CISO")]
    text = " ".join(said.content.decode().split())
    assert f'href="/diemen/bestanden/{file.uid}/" download>brief.pdf</a>' in text
    assert "PDF, 46 bytes" in text
    assert "Het bestand is toegevoegd." in text
    answer = client.get(f"/diemen/bestanden/{file.uid}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    with reading(diemen.pk):
        assert list(verify(diemen)) == []


def test_the_field_says_what_is_taken_in_how_large_and_warns_of_personal_data(sign_in, team, record):
    said = sign_in(team.ciso).get(record[1]).content.decode()
    assert "Kies PDF, PNG, JPEG" in said
    assert "Ten hoogste 25 MB." in said
    assert "Zet er geen persoonsgegevens in die niet nodig zijn." in said


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Dit veld is verplicht"),
        ({"file": ("leeg.pdf", b"")}, "is leeg"),
        ({"file": ("foto.png", PDF)}, "De inhoud is PDF, maar de naam zegt iets anders."),
        ({"file": ("tekening.svg", HOSTILE["tekening.svg"])}, "Dit soort bestand wordt niet aangenomen."),
    ],
)
def test_a_file_that_is_not_taken_in_is_told_beside_the_field_and_leaves_nothing(
    sign_in, team, diemen, place, record, sent, sentence
):
    given = {name: upload(content, called) for name, (called, content) in sent.items()}
    answer = sign_in(team.ciso).post(record[1], given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert list(answer.context["attachments"].form.errors) == ["file"]
    assert files(diemen) == []
    assert not [path for path in Path(place).rglob("*") if path.is_file()]


def test_what_only_the_action_notices_is_told_beside_the_field_too(sign_in, team, record, monkeypatch):
    from houvast.core.files import forms

    monkeypatch.setattr(forms, "judge", lambda *_: None)
    answer = sign_in(team.ciso).post(record[1], {"file": upload(PDF, "foto.png")})
    assert answer.status_code == 422
    assert "De inhoud is PDF" in answer.content.decode()


MAY_ADD = {"incident": {"ciso"}, "breach": {"ciso", "privacy_officer"}}


@pytest.mark.parametrize("who", ["ciso", "privacy_officer", "director"])
@pytest.mark.parametrize("kind", KINDS)
def test_who_works_on_a_record_adds_files_and_who_sees_it_gets_them(sign_in, team, diemen, kind, who):
    row = getattr(factories, kind)(team)
    file = attach(team, row)
    page = reverse(f"security:{kind}", args=["diemen", row.pk])
    client = sign_in(getattr(team, who))
    may_add = who in MAY_ADD[kind]
    assert ('name="file"' in client.get(page).content.decode()) is may_add
    assert client.post(page, {"file": upload()}).status_code == (302 if may_add else 403)
    assert client.get(f"/diemen/bestanden/{file.uid}/").status_code == 200


def test_who_does_not_see_the_register_gets_no_file(sign_in, team, record):
    file = attach(team, record[0])
    assert sign_in(team.employee).get(f"/diemen/bestanden/{file.uid}/").status_code == 404


@pytest.mark.parametrize("may_write", [True, False])
def test_a_guest_who_may_only_read_gets_files_and_adds_none(
    sign_in, team, diemen, uithoorn, record, may_write
):
    file = attach(team, record[0])
    client = sign_in(people.guest(diemen, "ciso", home=uithoorn, may_write=may_write))
    assert client.get(f"/diemen/bestanden/{file.uid}/").status_code == 200
    assert ('name="file"' in client.get(record[1]).content.decode()) is may_write
    assert client.post(record[1], {"file": upload()}).status_code == (302 if may_write else 403)
    assert len(files(diemen)) == (2 if may_write else 1)


def test_a_file_that_a_guest_added_is_listed_with_function_and_home_organisation(
    sign_in, team, diemen, uithoorn
):
    row = factories.breach(team)
    guest = people.guest(diemen, "ciso", home=uithoorn, may_write=True)
    actions.attach_to_breach.run(guest, uid=row.uid, upload=upload())
    page = sign_in(team.director).get(reverse("security:breach", args=["diemen", row.pk]))
    assert [one.who for one in page.context["attachments"].rows] == ["CISO, Uithoorn"]


def test_a_role_in_one_unit_adds_no_file_to_the_records_of_another(diemen, team):
    unit = add_unit(system_actor(diemen), code="team")
    local = people.actor(diemen, "ciso", unit=unit)
    row = factories.breach(team)
    assert not actions.attach_to_breach.allows(local, row)
    with pytest.raises(NotPermitted):
        actions.attach_to_breach.run(local, uid=row.uid, upload=upload())
    assert files(diemen) == []


def test_a_suspect_file_is_kept_closed_until_somebody_who_may_lets_it_out(sign_in, team, diemen, record):
    _row, page = record
    client = sign_in(team.ciso)
    client.post(page, {"file": upload(SUSPECT["javascript.pdf"], "formulier.pdf")})
    (file,) = files(diemen)
    assert file.quarantined
    said = client.get(page).content.decode()
    assert "staat in quarantaine: de CISO bekijkt het eerst." in said
    assert "In quarantaine" in said
    assert client.get(f"/diemen/bestanden/{file.uid}/").status_code == 200
    director = sign_in(team.director)
    shown = director.get(page).content.decode()
    assert "In quarantaine" in shown
    assert f"/diemen/bestanden/{file.uid}/" not in shown
    assert "Geef vrij" not in shown
    assert director.get(f"/diemen/bestanden/{file.uid}/").status_code == 403
    assert director.post(page, {"release": str(file.uid)}).status_code == 403
    client = sign_in(team.ciso)
    sent = client.post(page, {"release": str(file.uid)})
    assert (sent.status_code, sent.headers["location"]) == (302, f"{page}#bijlagen")
    assert "In quarantaine" not in sign_in(team.director).get(page).content.decode()
    assert client.get(f"/diemen/bestanden/{file.uid}/").status_code == 200


def test_a_file_of_another_record_is_not_let_out_from_this_one(sign_in, team, diemen, record):
    other = attach(team, factories.breach(team), content=SUSPECT["javascript.pdf"])
    client = sign_in(team.ciso)
    assert client.post(record[1], {"release": str(other.uid)}).status_code == 404
    assert client.post(record[1], {"release": "geen"}).status_code == 404
    assert files(diemen)[0].quarantined


def test_a_file_is_withdrawn_with_a_reason_and_stays_for_who_may_release(sign_in, team, diemen, record):
    row, page = record
    file = attach(team, row)
    client = sign_in(team.ciso)
    assert "Trek het bestand in" in client.get(page).content.decode()
    sent = client.post(page, {"withdraw": str(file.uid), "reason": " Verkeerde brief. "})
    assert (sent.status_code, sent.headers["location"]) == (302, f"{page}#bijlagen")
    (kept,) = files(diemen)
    assert (kept.withdrawal, kept.withdrawn_at is not None, kept.version) == ("Verkeerde brief.", True, 2)
    said = client.get(page).content.decode()
    assert "Ingetrokken op" in said
    assert "Trek het bestand in" not in said
    assert client.get(f"/diemen/bestanden/{file.uid}/").status_code == 200
    director = sign_in(team.director)
    shown = director.get(page).content.decode()
    assert "Verkeerde brief." in shown
    assert f"/diemen/bestanden/{file.uid}/" not in shown
    refused = director.get(f"/diemen/bestanden/{file.uid}/")
    assert refused.status_code == 403
    assert "Dit bestand is ingetrokken." in refused.content.decode()
    with reading(diemen.pk):
        entry = AuditEntry.objects.latest("number")
        assert list(verify(diemen)) == []
    assert (entry.changes["withdrawal"], entry.changes["owner"]) == ("gewijzigd", str(row.uid))


@pytest.mark.parametrize(
    ("reason", "sentence"), [("  ", "Geef de reden"), ("x" * 201, "ten hoogste 200 tekens")]
)
def test_a_withdrawal_without_a_fitting_reason_is_told_at_its_file(
    sign_in, team, diemen, record, reason, sentence
):
    file = attach(team, record[0])
    answer = sign_in(team.ciso).post(record[1], {"withdraw": str(file.uid), "reason": reason})
    assert answer.status_code == 422
    assert sentence in answer.context["attachments"].rows[0].error
    assert "<details open>" in answer.content.decode()
    assert files(diemen)[0].withdrawn_at is None


def test_a_file_is_withdrawn_once_and_only_from_its_own_record(sign_in, team, diemen, record):
    file, other = attach(team, record[0]), attach(team, factories.breach(team))
    client = sign_in(team.ciso)
    for _ in range(2):
        answer = client.post(record[1], {"withdraw": str(file.uid), "reason": "Verkeerd."})
    assert answer.status_code == 422
    assert answer.context["attachments"].rows[0].error == "Dit bestand is al ingetrokken."
    assert client.post(record[1], {"withdraw": str(other.uid), "reason": "Verkeerd."}).status_code == 404
    assert sign_in(team.director).post(record[1], {"withdraw": str(file.uid)}).status_code == 403


def test_the_history_of_a_record_tells_of_files_that_came_and_went(sign_in, team, record):
    row, page = record
    file = attach(team, row)
    client = sign_in(team.ciso)
    client.post(page, {"withdraw": str(file.uid), "reason": "Verkeerde brief."})
    lines = client.get(page).context["timeline"]
    register = "het incident" if row.reference[:2] == "VI" else "het datalek"
    assert [(line.title, line.event.who, line.event.changes) for line in lines[:2]] == [
        (f"Bijlage bij {register} ingetrokken", "CISO", ("brief.pdf", "Verkeerde brief.")),
        (f"Bijlage bij {register} gevoegd", "CISO", ("brief.pdf",)),
    ]
    assert lines[2].event.who == "Medewerker"


def test_what_was_done_with_a_file_is_told_beside_the_list_too(sign_in, team, record):
    client = sign_in(team.ciso)
    said = client.post(record[1], {"file": upload()}, follow=True)
    assert said.context["attachments"].told == (("success", "Het bestand is toegevoegd."),)
    assert said.content.decode().count("Het bestand is toegevoegd.") == 2


def test_the_database_refuses_a_withdrawal_without_a_reason(diemen, team, record):
    attach(team, record[0])
    change = "UPDATE files_storedfile SET withdrawn_at = '2021-03-02 09:30:00'"
    refused = pytest.raises(IntegrityError, match="storedfile_withdrawn_has_reason")
    with refused, writing(diemen.pk), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_record_asks_the_same_queries_for_one_file_as_for_three(sign_in, team, number):
    row = factories.breach(team)
    for _ in range(number):
        attach(team, row)
    client = sign_in(team.ciso)
    page = reverse("security:breach", args=["diemen", row.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert len([query for query in asked if ' FROM "' in query["sql"]]) == 16
