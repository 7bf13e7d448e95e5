"""An end of a chain that was cut off together with its head is seen by a copy kept outside the database."""

import os
import stat
from uuid import UUID

import orjson
import pytest
from django.db import connection

from houvast.core.access.actor import system_actor
from houvast.core.administration import actions, factories
from houvast.core.audit import heads
from houvast.core.audit.heads import Head, HeadsAltered
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.queries import check
from houvast.core.audit.tests.test_trail import alter, triggers_lifted
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person

__all__ = ["triggers_lifted"]
DIEMEN = UUID("7c0f8f6e-1d5a-4f7b-a6b7-f2f2d6f3a111")
HEADS = {DIEMEN: Head("diemen", 12, "a" * 64)}


def checked(organisation, earlier=None):
    with reading(organisation.pk, snapshot=True):
        return check(organisation, earlier)


def told(organisation, earlier):
    return [(f.table, f.uid, f.problem, f.last_good) for f in checked(organisation, earlier).faults]


@pytest.fixture
def cut_off(diemen, triggers_lifted):
    """The head before and after somebody removed the last person, its entry, and put the head back."""
    factories.person(diemen, "Blijft")
    before = checked(diemen).head
    person = actions.add_person(system_actor(diemen), name="Verdwijnt")
    after = checked(diemen).head
    with triggers_lifted():
        uid = person.uid.hex if connection.vendor == "sqlite" else person.uid
        alter(diemen, "DELETE FROM audit_auditentry WHERE subject_uid = %s", uid)
        alter(diemen, "DELETE FROM people_person WHERE id = %s", person.pk)
        alter(diemen, "UPDATE audit_audithead SET number = %s, seal = %s", before.number, before.seal)
    return before, after


def test_an_end_cut_off_with_its_head_is_no_fault_to_the_chain_alone(diemen, cut_off):
    assert told(diemen, None) == []


def test_an_end_cut_off_with_its_head_is_named_by_the_copy(diemen, cut_off):
    before, after = cut_off
    assert after.number == before.number + 1
    assert told(diemen, before) == []
    assert told(diemen, after) == [
        (
            "audit.auditentry",
            str(after.number),
            "einde van de keten afgeknipt: deze regel was er bij de vorige controle",
            before.number,
        )
    ]


def test_a_chain_that_went_on_after_its_end_was_cut_off_is_named_too(diemen, cut_off):
    before, after = cut_off
    for name in ("Nieuw", "Nieuwer"):
        actions.add_person(system_actor(diemen), name=name)
    problem = "een andere regel dan bij de vorige controle"
    assert told(diemen, after) == [("audit.auditentry", str(after.number), problem, before.number)]


def test_a_chain_that_only_grew_is_good_and_gives_its_new_end(diemen):
    earlier = checked(diemen).head
    actions.add_person(system_actor(diemen), name="Nieuw")
    found = checked(diemen, earlier)
    with reading(diemen.pk):
        head = AuditHead.objects.get()
        assert AuditEntry.objects.count() == head.number == earlier.number + 1
    assert (found.faults, found.head) == ((), Head("diemen", head.number, head.seal))


def test_an_empty_chain_has_the_end_zero(uithoorn, triggers_lifted):
    with triggers_lifted():
        alter(uithoorn, "DELETE FROM audit_auditentry")
        alter(uithoorn, "UPDATE audit_audithead SET number = 0, seal = ''")
    assert checked(uithoorn).head == Head("uithoorn", 0, "")


def test_a_check_tells_how_many_entries_and_rows_it_read(diemen, monkeypatch):
    from houvast.core.audit import queries

    monkeypatch.setattr(queries, "TELL_EVERY", 1)
    heard = []
    with reading(diemen.pk):
        check(diemen, tell=heard.append)
        entries = AuditEntry.objects.count()
    assert heard[:entries] == list(range(entries))
    assert heard[entries:] == list(range(entries + 1, 2 * entries + 1))


def test_the_copy_comes_back_as_it_was_written_and_is_for_its_owner_alone(tmp_path):
    file = tmp_path / "heads.json"
    heads.write(file, HEADS)
    assert heads.read(file) == HEADS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["heads.json"]


def test_where_there_is_no_copy_nothing_is_known(tmp_path):
    assert heads.read(tmp_path / "heads.json") is None


def test_a_copy_that_could_not_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    file = tmp_path / "heads.json"
    heads.write(file, HEADS)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("schijf vol")))
    with pytest.raises(OSError, match="schijf vol"):
        heads.write(file, {})
    assert heads.read(file) == HEADS
    assert [path.name for path in tmp_path.iterdir()] == ["heads.json"]


def shorter(said):
    said["heads"][str(DIEMEN)]["number"] = 11


def emptied(said):
    said["heads"] = {}


def unsealed(said):
    del said["seal"]


@pytest.mark.parametrize("change", [shorter, emptied, unsealed])
def test_a_copy_that_was_altered_is_not_believed(tmp_path, change):
    file = tmp_path / "heads.json"
    heads.write(file, HEADS)
    said = orjson.loads(file.read_bytes())
    change(said)
    file.write_bytes(orjson.dumps(said))
    with pytest.raises(HeadsAltered):
        heads.read(file)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b'{"heads": 1, "seal": 2}'])
def test_a_copy_that_cannot_be_read_is_not_believed(tmp_path, content):
    file = tmp_path / "heads.json"
    file.write_bytes(content)
    with pytest.raises(HeadsAltered):
        heads.read(file)


def test_a_copy_sealed_with_another_key_is_not_believed(tmp_path, settings):
    file = tmp_path / "heads.json"
    heads.write(file, HEADS)
    settings.SIGNING_KEY = "another"
    with pytest.raises(HeadsAltered):
        heads.read(file)


def test_people_stay_whose_entries_stay(diemen, cut_off):
    with reading(diemen.pk):
        assert list(Person.objects.values_list("name", flat=True)) == ["Blijft"]
