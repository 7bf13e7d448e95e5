"""A file and its row come and go together, and only who may see the record gets the file."""

import hashlib
import os
import stat
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from houvast.core import registry
from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted
from houvast.core.administration import factories
from houvast.core.audit.actions import ACTIONS, action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.configuration import actions as configuration
from houvast.core.files import actions, storage
from houvast.core.files.forms import UploadField
from houvast.core.files.jobs import remove_left_behind
from houvast.core.files.models import StoredFile
from houvast.core.files.queries import files_of
from houvast.core.files.rules import FileRefused
from houvast.core.files.settings import LARGEST
from houvast.core.files.tests.samples import HOSTILE, PDF, SUSPECT
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import WriteOutsideAction, reading


@action("test.unit_with_file", permission=None)
def unit_with_file(actor, *, upload, fail=False):
    unit = Unit(code="x")
    unit.save()
    record(unit, code="x")
    stored = actions.store(upload, unit)
    if fail:
        raise ValueError
    return unit, stored


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    owner = registry.FileOwner("orgs.unit", lambda actor, uid: actor.may(MANAGE_ACCESS))
    cards = {**registry._MODULES, "test": registry.Module(key="test", name="Test", file_owners=(owner,))}
    monkeypatch.setattr(registry, "_MODULES", cards)
    return settings.MEDIA_ROOT


def upload(content=PDF, name="Besluit 1.pdf"):
    return SimpleUploadedFile(
        name, content, content_type="text/html"
    )  # what the browser says is not believed


def on_disk(place):
    return [path for path in Path(place).rglob("*") if path.is_file()]


def signed_in(client, here, *roles):
    actor = factories.actor(here, *roles, today=timezone.localdate())
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def address(here, file):
    return reverse("files:download", args=[here.slug, file.uid])


def test_a_file_is_kept_under_a_random_name_with_size_and_hash(diemen, place):
    unit, file = unit_with_file(system_actor(diemen), upload=upload())
    (path,) = on_disk(place)
    assert path == place / str(diemen.uid) / file.storage_name
    assert path.read_bytes() == PDF
    assert (file.size, file.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert (file.name, file.content_type) == ("Besluit 1.pdf", "application/pdf")
    assert "besluit" not in file.storage_name.lower()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with reading(diemen.pk):
        assert files_of(unit) == (file,)
        assert list(verify(diemen)) == []
        assert AuditEntry.objects.get(subject_uid=file.uid).changes["name"] == "gewijzigd"


def test_when_the_action_fails_neither_row_nor_file_stays(diemen, place):
    with pytest.raises(ValueError):
        unit_with_file(system_actor(diemen), upload=upload(), fail=True)
    assert on_disk(place) == []
    with reading(diemen.pk):
        assert not StoredFile.objects.exists()


def test_when_writing_breaks_off_nothing_half_written_stays(diemen, place, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("schijf vol")))
    with pytest.raises(OSError, match="schijf vol"):
        unit_with_file(system_actor(diemen), upload=upload())
    assert on_disk(place) == []


def test_a_refused_file_leaves_nothing(diemen, place):
    with pytest.raises(FileRefused):
        unit_with_file(system_actor(diemen), upload=upload(HOSTILE["tekening.svg"], "tekening.svg"))
    assert on_disk(place) == []


def test_outside_an_action_no_file_is_kept(diemen):
    with reading(diemen.pk), pytest.raises(WriteOutsideAction):
        actions.store(upload(), Unit(organisation=diemen, code="x"))


def test_the_organisation_says_how_large_a_file_may_be(diemen):
    configuration.change(system_actor(diemen), key=LARGEST.key, value=1, valid_from=timezone.localdate())
    with pytest.raises(FileRefused, match="1 MB is het meeste"):
        unit_with_file(system_actor(diemen), upload=upload(PDF + b" " * 1024 * 1024))


def test_the_effect_of_a_smaller_limit_is_counted(diemen):
    unit_with_file(system_actor(diemen), upload=upload(PDF + b" " * 2 * 1024 * 1024))
    with reading(diemen.pk):
        told = LARGEST.preview(25, 1, timezone.localdate())
        assert told == "1 bewaard bestand is groter dan 1 MB; het blijft bewaard."
        assert LARGEST.preview(25, 9, timezone.localdate()).startswith("0 bewaarde bestanden zijn groter")


def test_who_may_see_the_record_gets_the_file_as_an_attachment(diemen, client):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    answer = signed_in(client, diemen, "administrator").get(address(diemen, file))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Besluit 1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_who_may_not_see_the_record_is_not_told_that_there_is_a_file(diemen, client):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    assert signed_in(client, diemen, "employee").get(address(diemen, file)).status_code == 404


def test_a_file_of_another_organisation_is_not_there(diemen, uithoorn, client):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    client = signed_in(client, uithoorn, "administrator")
    assert client.get(address(uithoorn, file)).status_code == 404
    assert client.get(address(diemen, file)).status_code == 404


def test_a_file_of_a_table_nobody_answers_for_goes_to_nobody(diemen, client, monkeypatch):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    monkeypatch.setattr(registry, "_MODULES", {})
    assert signed_in(client, diemen, "administrator").get(address(diemen, file)).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_there(diemen, client, place):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    storage.remove(diemen.uid, file.storage_name)
    assert signed_in(client, diemen, "administrator").get(address(diemen, file)).status_code == 404


def test_a_suspect_file_is_handed_out_only_after_its_release(diemen, client):
    ciso = factories.actor(diemen, "ciso")
    _, file = unit_with_file(system_actor(diemen), upload=upload(SUSPECT["javascript.pdf"]))
    client = signed_in(client, diemen, "administrator")
    refused = client.get(address(diemen, file))
    assert refused.status_code == 403
    assert "quarantaine" in refused.content.decode()
    with pytest.raises(NotPermitted):
        actions.quarantine(
            factories.actor(diemen, "employee"), file_id=file.pk, expected_version=1, quarantined=False
        )
    actions.quarantine(ciso, file_id=file.pk, expected_version=1, quarantined=False)
    assert client.get(address(diemen, file)).status_code == 200
    with pytest.raises(Conflict):
        actions.quarantine(ciso, file_id=file.pk, expected_version=1, quarantined=True)


def test_what_a_killed_process_left_is_removed_after_a_day(diemen, place):
    _, file = unit_with_file(system_actor(diemen), upload=upload())
    folder = storage.folder(diemen.uid)
    (folder / "orphan").write_bytes(b"x")
    (folder / "new.part").write_bytes(b"x")
    yesterday = time.time() - storage.OLD - 60
    for name in ("orphan", file.storage_name):
        os.utime(folder / name, (yesterday, yesterday))
    assert remove_left_behind() == 1
    assert {path.name for path in on_disk(place)} == {file.storage_name, "new.part"}


def test_a_form_says_at_the_field_why_a_file_is_refused(diemen):
    from django.forms import Form

    class Attach(Form):
        file = UploadField(label="Bestand")

    with reading(diemen.pk):
        bad = Attach({}, {"file": upload(HOSTILE["tekening.svg"], "tekening.svg")})
        good = Attach({}, {"file": upload()})
        assert list(bad.errors) == ["file"]
        assert good.is_valid()
    assert good.cleaned_data["file"].read() == PDF


def test_a_register_gets_its_own_action_under_its_own_permission(diemen, monkeypatch):
    attach = actions.attaching("test.attach", Unit, MANAGE_ACCESS, withdrawing="test.withdraw")
    monkeypatch.delitem(ACTIONS, "test.attach")
    unit, _first = unit_with_file(system_actor(diemen), upload=upload())
    admin = factories.actor(diemen, "administrator")
    employee = factories.actor(diemen, "employee")
    assert (attach.allows(admin, unit), attach.allows(employee, unit)) == (True, False)
    file = attach.run(admin, uid=unit.uid, upload=upload(name="tweede.pdf"))
    assert (file.subject_uid, file.name) == (unit.uid, "tweede.pdf")
    with pytest.raises(NotPermitted):
        attach.run(employee, uid=unit.uid, upload=upload())
    with pytest.raises(Unit.DoesNotExist):
        attach.run(admin, uid=uuid4(), upload=upload())
