"""Nothing changes without an entry, and what is changed outside the application is found."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted
from houvast.core.administration import actions, factories
from houvast.core.audit.actions import NotRecorded, action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import guest_name, history, verify
from houvast.core.orgs import locks
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import reading, tell_database
from houvast.core.people.models import Person


@action("test.silent", permission=None)
def silent(actor):
    Unit(code="silent").save()


@action("test.half_silent", permission=None)
def half_silent(actor):
    told, untold = Unit(code="told"), Unit(code="untold")
    told.save()
    untold.save()
    record(told)


@action("test.remove", permission=None)
def remove(actor, *, pk):
    person = Person.objects.get(pk=pk)
    record(person, removed=True)
    person.delete()


def faults(organisation):
    with reading(organisation.pk):
        return [(fault.table, fault.problem) for fault in verify(organisation)]


def alter(organisation, sql, *params):
    """What somebody with the database's own tools could do."""
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(organisation.pk)
        cursor.execute(sql, params)


@pytest.fixture
def triggers_lifted():
    """Somebody who owns the database can lift the triggers; the seals have to tell."""

    @contextmanager
    def lifted():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        locks.remove_refusals(connection)
        yield
        locks.install(connection)

    return lifted


def test_an_action_that_records_nothing_is_rolled_back(diemen):
    with pytest.raises(NotRecorded):
        silent(system_actor(diemen))
    with reading(diemen.pk):
        assert not Unit.objects.exists()


def test_an_action_that_leaves_one_row_untold_is_rolled_back(diemen):
    with pytest.raises(NotRecorded, match=r"orgs\.Unit"):
        half_silent(system_actor(diemen))
    with reading(diemen.pk):
        assert not Unit.objects.exists()


def test_an_actor_without_the_permission_changes_nothing(diemen):
    nobody = factories.actor(diemen, "employee")
    with reading(diemen.pk):
        before = AuditEntry.objects.count()
    with pytest.raises(NotPermitted) as refused:
        actions.add_person(nobody, name="Nieuw")
    assert refused.value.permission == MANAGE_ACCESS
    with reading(diemen.pk):
        assert AuditEntry.objects.count() == before


def test_names_are_never_copied_into_the_trail(diemen):
    person = factories.person(diemen, "Geheime Naam")
    with reading(diemen.pk):
        entry = AuditEntry.objects.get(subject_uid=person.uid)
    assert entry.changes == {"name": "gewijzigd", "account": True}


def test_a_records_history_tells_who_did_what(diemen):
    person = factories.person(diemen, "Medewerker")
    with reading(diemen.pk):
        lines = history(person)
    assert [(line.action, line.who) for line in lines] == [("administration.add_person", "")]


def test_a_guest_is_named_by_function_and_home_organisation(diemen, uithoorn):
    guest = factories.guest(diemen, "administrator", home=uithoorn, name="Beheerder", may_write=True)
    person = actions.add_person(guest, name="Nieuw")
    with reading(diemen.pk):
        assert [line.who for line in history(person)] == ["Beheerder, Uithoorn"]


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("CISO", "CISO, Duo+"),
        ("Duo+: CISO", "CISO, Duo+"),
        ("Let op: CISO", "Let op: CISO, Duo+"),
        ("", "Duo+"),
    ],
)
def test_the_home_organisation_of_a_guest_is_said_once(label, told):
    assert guest_name(label, "Duo+") == told


def test_what_is_left_empty_is_recorded_as_empty_without_its_words(diemen):
    @action("test.nameless", permission=None)
    def nameless(actor):
        somebody = Person(name="")
        somebody.save()
        record(somebody, name="")
        return somebody

    person = nameless(system_actor(diemen))
    with reading(diemen.pk):
        assert AuditEntry.objects.get(subject_uid=person.uid).changes == {"name": ""}


def test_an_untouched_organisation_verifies(diemen, uithoorn):
    factories.person(diemen)
    assert faults(diemen) == []
    assert faults(uithoorn) == []


def test_a_row_altered_by_sql_is_named(diemen):
    person = factories.person(diemen)
    alter(diemen, "UPDATE people_person SET name = 'Iemand anders' WHERE id = %s", person.pk)
    assert faults(diemen) == [("people.person", "rij gewijzigd buiten de toepassing om")]


def test_a_row_added_by_sql_is_named(diemen):
    person = factories.person(diemen)
    alter(
        diemen,
        "INSERT INTO people_person (organisation_id, uid, version, recorded_at, is_example, name)"
        " SELECT organisation_id, %s, version, recorded_at, is_example, name FROM people_person WHERE id = %s",
        "7c0f8f6e1d5a4f7ba6b7f2f2d6f3a111",
        person.pk,
    )
    assert faults(diemen) == [("people.person", "rij zonder logboekregel")]


def test_a_row_removed_by_sql_is_named(diemen):
    person = factories.person(diemen)
    alter(diemen, "DELETE FROM people_person WHERE id = %s", person.pk)
    assert faults(diemen) == [("people.person", "rij verdwenen")]


def test_a_row_removed_by_an_action_is_no_fault(diemen):
    person = factories.person(diemen)
    remove(system_actor(diemen), pk=person.pk)
    assert faults(diemen) == []


@pytest.mark.parametrize("verb", ["UPDATE audit_auditentry SET action = 'x'", "DELETE FROM audit_auditentry"])
def test_the_database_refuses_to_change_or_remove_entries(diemen, verb):
    with pytest.raises(DatabaseError, match="refused"):
        alter(diemen, verb)


def test_an_altered_entry_is_named_even_when_the_triggers_were_lifted(diemen, triggers_lifted):
    with triggers_lifted():
        alter(diemen, "UPDATE audit_auditentry SET action = 'x' WHERE number = 2")
    assert faults(diemen) == [("audit.auditentry", "regel gewijzigd")]


def test_a_removed_entry_is_named_even_when_the_triggers_were_lifted(diemen, triggers_lifted):
    with triggers_lifted():
        alter(diemen, "DELETE FROM audit_auditentry WHERE number = 2")
    assert ("audit.auditentry", "regel 2 ontbreekt") in faults(diemen)


def test_entries_cut_off_at_the_end_are_noticed(diemen, triggers_lifted):
    person = factories.person(diemen)
    with triggers_lifted():
        alter(
            diemen,
            "DELETE FROM audit_auditentry WHERE subject_uid = %s",
            person.uid.hex if connection.vendor == "sqlite" else person.uid,
        )
    assert ("audit.audithead", "einde van de keten klopt niet") in faults(diemen)


def test_two_actions_never_share_a_name():
    with pytest.raises(RuntimeError, match=r"test\.silent"):
        action("test.silent", permission=None)(silent)


def test_recording_belongs_inside_an_action(diemen):
    person = factories.person(diemen)
    with pytest.raises(RuntimeError, match="inside an action"):
        record(person)


def test_a_history_line_says_in_dutch_what_was_done(diemen):
    person = factories.person(diemen)
    with reading(diemen.pk):
        assert [line.label for line in history(person)] == ["Persoon toegevoegd"]
