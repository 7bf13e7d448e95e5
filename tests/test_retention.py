"""From the end of a term to a certificate: what goes, what stays, who decides, and that it is really gone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.audit.queries import verify
from houvast.core.files.models import StoredFile
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading, writing
from houvast.core.registry import modules
from houvast.core.report import queries as report
from houvast.core.report.queries import context_for
from houvast.core.retention import actions, certificates, jobs, permissions, queries
from houvast.core.retention.models import Destroyed, DestructionCertificate, DestructionItem, DestructionList
from houvast.core.retention.rules import ListStatus, Result
from houvast.modules.security import actions as security
from houvast.modules.security import factories
from houvast.modules.security.models import Breach, BreachAdvice, BreachDecision, Incident, Notification
from tests.undoing import undone

AT = datetime(2021, 3, 1, 9, tzinfo=UTC)
CLOSED = date(2021, 4, 1)
DAY = date(2027, 1, 1)
BEFORE = date(2026, 12, 31)
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    """Where files and the copies of certificates go."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DESTRUCTION_CERTIFICATES = tmp_path / "certificates"
    return settings


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


@pytest.fixture
def manager(diemen):
    return people.actor(diemen, "administrator", name="Archivaris")


@pytest.fixture
def decider(diemen):
    return people.actor(diemen, "director", name="Directielid")


def closed(team, **facts):
    return factories.closed_incident(team, factories.incident(team, at=AT, **facts), on=CLOSED)


def settled(team, **facts):
    row = factories.breach(team, at=AT, **facts)
    return factories.settled_breach(team, row, notified_at=AT + timedelta(hours=3), closed_on=CLOSED)


def due(diemen, day=DAY):
    with reading(diemen.pk):
        return list(queries.due(day))


def carried_out(manager, decider, day=DAY):
    made = actions.make_list(manager, day=day, today=day)
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    made = actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    return actions.execute(decider, list_id=made.pk, at=NOW, today=day)


def faults(diemen):
    with reading(diemen.pk):
        return [str(fault) for fault in verify(diemen)]


def get(diemen, model, **wanted):
    with reading(diemen.pk):
        return model.objects.get(**wanted)


def results(diemen):
    with reading(diemen.pk):
        return list(DestructionItem.objects.order_by("pk").values_list("result", flat=True))


# What is due


def test_a_closed_incident_is_due_five_years_after_the_end_of_the_year_of_its_closing(diemen, team):
    closed(team)
    factories.incident(team)
    assert due(diemen, BEFORE) == []
    (found,) = due(diemen)
    assert (found.retention_class, found.starts_on, found.due_on) == ("security.incidents", CLOSED, DAY)


def test_a_class_that_is_kept_longer_by_decision_is_due_later_and_one_for_ever_never(diemen, team, manager):
    closed(team)
    until = {"valid_from": date(2026, 1, 1), "at": NOW}
    actions.deviate(manager, key="security.incidents", years=7, decision="Besluit 1", **until)
    assert due(diemen) == []
    assert len(due(diemen, date(2029, 1, 1))) == 1
    actions.deviate(manager, key="security.incidents", years=None, decision="Besluit 2", **until)
    assert due(diemen, date(2090, 1, 1)) == []
    with reading(diemen.pk):
        (row,) = queries.class_history(manager, "security.incidents")
    assert (row.years, row.decision) == (None, "Besluit 2")


def test_a_deviation_from_a_day_on_leaves_what_held_before(diemen, team, manager):
    closed(team)
    for years, start in ((3, date(2022, 1, 1)), (9, date(2026, 1, 1)), (4, date(2028, 1, 1))):
        actions.deviate(
            manager, key="security.incidents", years=years, decision="Besluit", valid_from=start, at=NOW
        )
    with reading(diemen.pk):
        for day, years in (
            (date(2021, 6, 1), 5),
            (date(2025, 6, 1), 3),
            (date(2026, 6, 1), 9),
            (date(2028, 6, 1), 4),
        ):
            assert queries.terms(day)["security.incidents"].years == years


@pytest.mark.parametrize("whole_class", [True, False])
def test_what_is_held_is_not_due_until_the_hold_ends(diemen, team, manager, whole_class):
    row = closed(team)
    about = {"retention_class": "security.incidents"} if whole_class else {"subject": row}
    stop = actions.hold(manager, reason="Beroep", valid_from=date(2026, 1, 1), **about)
    assert due(diemen) == []
    with reading(diemen.pk):
        state = next(one for one in queries.states(DAY) if one.declared.key == "security.incidents")
    assert (state.due, state.held, state.is_held) == (0, 1, whole_class)
    actions.lift_hold(manager, hold_id=stop.pk, expected_version=stop.version, valid_until=DAY)
    assert len(due(diemen)) == 1


def test_a_hold_needs_a_reason_and_ends_after_its_beginning(diemen, team, manager):
    with pytest.raises(Refusal, match="reden"):
        actions.hold(manager, reason=" ", valid_from=DAY, retention_class="security.incidents")
    stop = actions.hold(manager, reason="Beroep", valid_from=DAY, retention_class="security.incidents")
    with pytest.raises(Refusal, match="na het begin"):
        actions.lift_hold(manager, hold_id=stop.pk, expected_version=stop.version, valid_until=DAY)
    with pytest.raises(Conflict):
        actions.lift_hold(manager, hold_id=stop.pk, expected_version=9, valid_until=date(2028, 1, 1))
    with pytest.raises(Refusal, match="eigen account"):
        actions.hold(system_actor(diemen), reason="x", valid_from=DAY, retention_class="security.incidents")


def test_the_overview_asks_as_many_questions_for_three_records_as_for_one(diemen, team):
    asked = []
    for _number in range(2):
        closed(team)
        settled(team)
        with reading(diemen.pk), CaptureQueriesContext(connection) as found:
            queries.states(DAY)
        asked.append(len(found))
    assert asked[0] == asked[1]


# Lists


def test_a_list_holds_what_is_due_and_a_record_stands_on_one_open_list(diemen, team, manager):
    closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    assert (made.reference, made.status) == ("VL-2027-001", ListStatus.DRAFT)
    with pytest.raises(Refusal, match="niets aan de beurt"):
        actions.make_list(manager, day=DAY, today=DAY)
    actions.withdraw(manager, list_id=made.pk, expected_version=made.version, reason="Later")
    assert actions.make_list(manager, day=DAY, today=DAY).reference == "VL-2027-002"


def test_a_list_of_a_day_to_come_is_refused(team, manager):
    closed(team)
    with pytest.raises(Refusal, match="vandaag of een eerdere dag"):
        actions.make_list(manager, day=DAY, today=BEFORE)


def test_a_list_is_no_longer_than_two_people_can_look_at(diemen, team, manager, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST_LIST", 2)
    for _number in range(3):
        closed(team)
    settled(team)
    actions.make_list(manager, day=DAY, today=DAY)
    with reading(diemen.pk):
        assert DestructionItem.objects.count() == 2
    actions.make_list(manager, day=DAY, today=DAY)
    with reading(diemen.pk):
        classes = DestructionItem.objects.order_by("pk").values_list("retention_class", flat=True)
        assert list(classes) == ["security.incidents"] * 3 + ["security.breaches"]


def test_who_puts_a_list_forward_does_not_decide_on_it(diemen, team):
    closed(team)
    both = people.actor(diemen, "privacy_officer", name="FG")
    made = actions.make_list(both, day=DAY, today=DAY)
    made = actions.propose(both, list_id=made.pk, expected_version=made.version, at=NOW)
    with pytest.raises(Refusal, match="besluit er niet zelf over"):
        actions.approve(both, list_id=made.pk, expected_version=made.version, at=NOW)


def test_the_installation_itself_puts_no_list_forward(diemen, team, manager):
    closed(team)
    made = actions.make_list(system_actor(diemen), day=DAY, today=DAY)
    with pytest.raises(Refusal, match="eigen account"):
        actions.propose(system_actor(diemen), list_id=made.pk, expected_version=made.version, at=NOW)


def test_the_database_refuses_one_person_in_both_parts(diemen, team, manager, decider):
    closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    made.status, made.decided_by_id, made.decided_at = ListStatus.APPROVED, manager.account_id, NOW
    with pytest.raises(DatabaseError), writing(diemen.pk), transaction.atomic():
        made.save()


def test_nothing_is_carried_out_that_nobody_decided_on(team, manager, decider):
    closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    with pytest.raises(Refusal, match="Te beoordelen"):
        actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    with pytest.raises(Refusal, match="Te beoordelen"):
        actions.execute(decider, list_id=made.pk, at=NOW, today=DAY)
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    made = actions.reject(decider, list_id=made.pk, expected_version=made.version, reason="Nog nodig")
    assert (made.status, made.withdrawal) == (ListStatus.WITHDRAWN, "Nog nodig")
    with pytest.raises(Refusal, match="Ingetrokken"):
        actions.execute(decider, list_id=made.pk, at=NOW, today=DAY)


def test_what_is_left_out_with_a_reason_stays_and_what_is_taken_in_again_goes(diemen, team, manager, decider):
    for _number in range(2):
        closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    with reading(diemen.pk):
        one, two = DestructionItem.objects.order_by("pk")
    one = actions.exclude(manager, item_id=one.pk, expected_version=1, reason="Onderzoek")
    two = actions.exclude(manager, item_id=two.pk, expected_version=1, reason="Vergissing")
    actions.exclude(manager, item_id=two.pk, expected_version=two.version, reason=" ")
    with pytest.raises(Conflict):
        actions.exclude(manager, item_id=two.pk, expected_version=1, reason="Te laat")
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    with pytest.raises(Refusal, match="al voorgelegd"):
        actions.exclude(manager, item_id=one.pk, expected_version=one.version, reason="")
    actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    certificate = actions.execute(decider, list_id=made.pk, at=NOW, today=DAY)
    assert results(diemen) == [Result.EXCLUDED, Result.DESTROYED]
    assert certificate.rows == 1
    assert get(diemen, Incident, uid=one.subject_uid).description.startswith("Een telefoon")
    assert get(diemen, Incident, uid=two.subject_uid).description == "[vernietigd]"


def test_what_is_held_or_due_no_longer_when_it_is_carried_out_stays(diemen, team, manager, decider):
    rows = [closed(team), settled(team)]
    made = actions.make_list(manager, day=DAY, today=DAY)
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    actions.hold(manager, reason="Beroep", valid_from=DAY, subject=rows[0])
    actions.deviate(manager, key="security.breaches", years=None, decision="Besluit", valid_from=DAY, at=NOW)
    assert actions.execute(decider, list_id=made.pk, at=NOW, today=DAY) is None
    assert results(diemen) == [Result.HELD, Result.NOT_DUE]
    assert get(diemen, DestructionList).status == ListStatus.EXECUTED
    assert faults(diemen) == []


# What is destroyed


def test_a_breach_loses_what_people_wrote_with_all_that_hangs_on_it_and_still_counts(
    diemen, team, manager, decider
):
    row = settled(team)
    before = _claims(diemen)
    certificate = carried_out(manager, decider)
    with reading(diemen.pk):
        row = Breach.objects.get(pk=row.pk)
        assert {row.description, row.consequences, row.measures, row.data_subjects, row.records} == {
            "[vernietigd]"
        }
        assert row.dismissal == ""
        assert row.reporter_id is None
        assert (row.reference, row.outcome, row.closed_on) == ("DL-2021-001", "notify", CLOSED)
        assert BreachAdvice.objects.get().text == "[vernietigd]"
        assert BreachDecision.objects.get().motive == "[vernietigd]"
        assert Notification.objects.get().late_motive == ""
        assert queries.lines_of(certificate) == [
            ("security.breaches", "security.breach", "redacted", 1),
            ("security.breaches", "security.breachadvice", "redacted", 1),
            ("security.breaches", "security.breachdecision", "redacted", 1),
            ("security.breaches", "security.notification", "redacted", 1),
        ]
    assert (certificate.reference, certificate.rows, len(certificate.digest)) == ("VV-2027-001", 4, 64)
    # The rows that a claim counted are still there, with the same seal over what it rests on.
    assert _claims(diemen) == before
    assert faults(diemen) == []
    assert due(diemen) == []


def _claims(diemen):
    with reading(diemen.pk):
        context = context_for(diemen, 2021)
        sources = [one for module in modules() for one in module.claims if one.key.startswith("security.")]
        found = [source.claim(context) for source in sources]
        return [(one.key, one.value, one.rows, one.digest) for one in found if one]


def test_nothing_new_is_written_in_a_record_whose_content_was_destroyed(diemen, team, manager, decider):
    rows = [closed(team), settled(team)]
    carried_out(manager, decider)
    changes = (
        (security.change_incident, "incident_id", factories.INCIDENT),
        (security.change_breach, "breach_id", factories.BREACH),
    )
    for row, (change, name, facts) in zip(rows, changes, strict=True):
        row = get(diemen, type(row), pk=row.pk)  # noqa: PLW2901  as it is now
        with pytest.raises(Refusal, match="bewaartermijn vernietigd"):
            change(team.ciso, **{name: row.pk}, expected_version=row.version, at=NOW, facts=facts)


def test_a_claim_that_was_frozen_hears_which_of_its_rows_are_gone(diemen, team, manager, decider):
    rows = [closed(team), closed(team)]
    stays = factories.incident(team)
    attach(team, rows[0])
    carried_out(manager, decider)
    uids = [row.uid for row in (*rows, stays)]
    with reading(diemen.pk):
        file = Destroyed.objects.get(subject_table="files.storedfile").subject_uid
        assert queries.destroyed([*uids, file]) == {rows[0].uid, rows[1].uid, file}
        assert report.destroyed(uids) == {rows[0].uid, rows[1].uid}
        assert queries.destroyed([]) == frozenset()


def attach(team, row, content=b"Een notitie.", name="notitie.txt"):
    return security.attach_to_incident.run(team.ciso, uid=row.uid, upload=SimpleUploadedFile(name, content))


def test_a_withdrawn_file_goes_a_year_later_with_its_bytes(
    diemen, team, manager, decider, places, django_capture_on_commit_callbacks
):
    row = factories.incident(team)
    file = attach(team, row)
    security.attach_to_incident.withdraw(
        team.ciso, uid=row.uid, file_uid=file.uid, at=AT, reason="Verkeerd stuk"
    )
    assert [one.retention_class for one in due(diemen, date(2022, 3, 1))] == ["files.withdrawn"]
    assert len(list(places.MEDIA_ROOT.rglob("*"))) == 2
    with django_capture_on_commit_callbacks(execute=True):
        carried_out(manager, decider)
    assert [path for path in places.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    with reading(diemen.pk):
        assert not StoredFile.objects.exists()
    assert faults(diemen) == []


def test_a_row_that_no_certificate_names_is_still_refused_by_the_database(diemen, team, manager, decider):
    settled(team)
    carried_out(manager, decider)
    other = factories.settled_breach(team, factories.breach(team))
    with (
        pytest.raises(DatabaseError),
        writing(diemen.pk),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE security_breachadvice SET text = 'anders' WHERE breach_id = %s", [other.pk])
    with (
        pytest.raises(DatabaseError),
        writing(diemen.pk),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM retention_destroyed")
    with (
        pytest.raises(DatabaseError),
        writing(diemen.pk),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_auditentry SET action = 'x'")


def test_without_a_copy_of_its_certificate_nothing_is_destroyed(diemen, team, manager, decider, places):
    row = closed(team)
    places.DESTRUCTION_CERTIFICATES.parent.mkdir(exist_ok=True)
    places.DESTRUCTION_CERTIFICATES.write_text("no folder")
    with pytest.raises(OSError, match="certificates"):
        carried_out(manager, decider)
    assert get(diemen, Incident, pk=row.pk).description != "[vernietigd]"
    assert get(diemen, DestructionList).status == ListStatus.APPROVED


def test_a_failed_destruction_leaves_no_copy(diemen, team, manager, decider, places, monkeypatch):
    closed(team)

    def fail(*_given):
        raise RuntimeError("the power went")

    monkeypatch.setattr(actions, "carry_out", fail)
    with pytest.raises(RuntimeError):
        carried_out(manager, decider)
    assert list(places.DESTRUCTION_CERTIFICATES.iterdir()) == []


def test_every_class_can_be_carried_out_and_leaves_no_free_text_behind():
    for one in queries.declared():
        if one.rows is None:
            assert str(one.kept), one.key
    declared = {one.key: one for one in queries.declared()}
    for key, model in (("security.incidents", Incident), ("security.breaches", Breach)):
        assert model.unrecorded_fields <= set(declared[key].redact)
    for part in declared["security.breaches"].parts:
        assert queries.model_of(part.table).unrecorded_fields <= set(part.redact)


# Really gone


PLANTED = [f"Zonderling{number:02}" for number in range(30)]


def _plant(team):
    """Thirty names in every column and file that people write in."""
    name = iter(PLANTED)
    for _number in range(3):
        row = factories.incident(team, at=AT, description=next(name))
        attach(team, row, content=f"Van {next(name)}.".encode(), name=f"{next(name)}.txt")
        facts = replace(factories.INCIDENT, discovered_at=AT, description=next(name), measure=next(name))
        handled = security.change_incident(
            team.ciso, incident_id=row.pk, expected_version=row.version, at=AT, facts=facts
        )
        security.close_incident(
            team.ciso,
            incident_id=handled.pk,
            expected_version=handled.version,
            at=datetime(2021, 4, 1, 12, tzinfo=UTC),
            on=CLOSED,
        )
    for _number in range(2):
        fields = ("description", "data_subjects", "records", "consequences", "measures")
        row = factories.breach(team, at=AT, **{field: next(name) for field in fields})
        row = factories.advised(team, row, at=AT + timedelta(hours=1), risk="risk")
        row = factories.decided(team, row, at=AT + timedelta(hours=2), risk="risk", motive=next(name))
        row = factories.notified(team, row, at=AT + timedelta(hours=80), late_motive=next(name))
        security.close_breach(
            team.ciso,
            breach_id=row.pk,
            expected_version=row.version,
            at=datetime(2021, 4, 1, 12, tzinfo=UTC),
            on=CLOSED,
        )
    row = factories.breach(team, at=AT)
    security.dismiss_breach(
        team.ciso,
        breach_id=row.pk,
        expected_version=row.version,
        at=datetime(2021, 4, 1, 12, tzinfo=UTC),
        on=CLOSED,
        motive=next(name),
    )
    assert next(name, None) is None


def _found(places):
    """The planted names that stand anywhere on the disk, be it as words to search by."""
    files = [path for path in places.MEDIA_ROOT.rglob("*") if path.is_file()]
    files += list(places.DESTRUCTION_CERTIFICATES.glob("*"))
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files += [Path(name + end) for end in ("", "-wal", "-shm") if Path(name + end).exists()]
        content = b"".join(path.read_bytes() for path in files)
    else:
        content = b"".join(path.read_bytes() for path in files)
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT CAST("{table}".* AS text) FROM "{table}"')
                content += "".join(text for (text,) in cursor.fetchall()).encode()
    content = content.lower()
    return [name for name in PLANTED if name.lower().encode() in content]


@pytest.mark.django_db(transaction=True)
def test_of_thirty_planted_names_none_is_left_in_database_log_or_files(places):
    here = people.organisation("diemen")
    team = factories.team(here)
    _plant(team)
    if connection.vendor == "sqlite":
        assert _found(places) == PLANTED
    manager = people.actor(here, "administrator", name="Archivaris")
    decider = people.actor(here, "director", name="Directielid")
    certificate = carried_out(manager, decider)
    assert certificate.rows == 3 * 2 + 2 * 4 + 1
    if connection.vendor == "sqlite":
        assert jobs.compact()
        with reading(here.pk):
            assert _found(places) == []
    else:
        with writing(here.pk):
            assert _found(places) == []
        assert not jobs.compact()
    assert faults(here) == []


# After an older backup


@pytest.fixture
def brought_back(diemen, team, manager, decider, places):
    """The copy of a certificate of which the database knows nothing, and rows as they were before."""
    rows = [closed(team), settled(team)]
    attach(team, rows[0])

    with undone():
        carried_out(manager, decider)
        kept = {path: path.read_bytes() for path in places.DESTRUCTION_CERTIFICATES.iterdir()}
    for path, content in kept.items():
        path.write_bytes(content)
    return rows


def replayed(*options):
    out = StringIO()
    try:
        call_command("retention", "--replay", "--json", *options, stdout=out)
    except SystemExit as end:
        return end.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_what_an_older_backup_brought_back_is_destroyed_again_and_only_once(diemen, brought_back, places):
    folder = f"--certificates={places.DESTRUCTION_CERTIFICATES}"
    assert get(diemen, Incident, pk=brought_back[0].pk).description != "[vernietigd]"
    assert replayed(folder) == (0, {"replayed": ["VV-2027-001"], "faults": []})
    assert get(diemen, Incident, pk=brought_back[0].pk).description == "[vernietigd]"
    assert get(diemen, BreachAdvice).text == "[vernietigd]"
    with reading(diemen.pk):
        assert not StoredFile.objects.exists()
    certificate = get(diemen, DestructionCertificate)
    assert certificate.replayed_at is not None
    assert certificate.rows == 6
    assert faults(diemen) == []
    assert replayed(folder) == (0, {"replayed": [], "faults": []})
    told = certificates.read(next(certificates.files(places.DESTRUCTION_CERTIFICATES)))
    with pytest.raises(Refusal, match="al in de registers"):
        actions.replay(system_actor(diemen), told=told, at=NOW, today=DAY)


def test_what_is_held_in_the_backup_stays_and_is_told(diemen, brought_back, manager, places):
    actions.hold(manager, reason="Beroep", valid_from=date(2020, 1, 1), subject=brought_back[1])
    code, told = replayed(f"--certificates={places.DESTRUCTION_CERTIFICATES}")
    assert (code, told["replayed"]) == (1, ["VV-2027-001"])
    assert "stopgezet: 4" in told["faults"][0]["problem"]
    assert get(diemen, BreachAdvice).text != "[vernietigd]"
    assert get(diemen, Incident).description == "[vernietigd]"


def test_a_copy_that_somebody_changed_is_told_and_destroys_nothing(diemen, brought_back, places):
    (file,) = certificates.files(places.DESTRUCTION_CERTIFICATES)
    file.write_bytes(file.read_bytes().replace(b"VV-2027-001", b"VV-2027-002"))
    code, told = replayed(f"--certificates={places.DESTRUCTION_CERTIFICATES}")
    assert (code, told["replayed"], len(told["faults"])) == (1, [], 1)
    assert get(diemen, Incident).description != "[vernietigd]"
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("retention", "--replay", f"--certificates={places.DESTRUCTION_CERTIFICATES}", stdout=out)
    assert "gewijzigd" in out.getvalue()
    assert "niets" in out.getvalue()


def test_a_certificate_of_an_unknown_organisation_is_told(diemen, brought_back, places):
    (file,) = certificates.files(places.DESTRUCTION_CERTIFICATES)
    told = replace(certificates.read(file), organisation="00000000-0000-0000-0000-000000000000")
    certificates.write(places.DESTRUCTION_CERTIFICATES, told)
    code, answer = replayed(f"--certificates={places.DESTRUCTION_CERTIFICATES}")
    assert (code, answer["replayed"]) == (1, [])
    assert "onbekend" in answer["faults"][0]["problem"]


# The command and the day


def test_the_dry_run_tells_per_class_what_is_due_and_changes_nothing(diemen, uithoorn, team):
    row = closed(team)
    out = StringIO()
    call_command(
        "retention", "--dry-run", "--day", "2027-01-01", "--json", "--organisation=diemen", stdout=out
    )
    told = {one["class"]: one for one in json.loads(out.getvalue())}
    assert (told["security.incidents"]["due"], told["security.incidents"]["years"]) == (1, 5)
    assert (told["report.chapter"]["due"], told["report.chapter"]["years"]) == (0, None)
    out = StringIO()
    call_command("retention", "--dry-run", "--day", "2026-12-31", stdout=out)
    assert "diemen: Veiligheidsincidenten: 0 aan de beurt, 0 stopgezet (5 jaar)" in out.getvalue()
    assert "uithoorn: Ingetrokken bijlagen: 0 aan de beurt, 0 stopgezet (1 jaar)" in out.getvalue()
    assert get(diemen, Incident, pk=row.pk).description != "[vernietigd]"


def test_the_command_says_what_was_wrong(diemen):
    with pytest.raises(CommandError, match="geen dag") as wrong:
        call_command("retention", "--dry-run", "--day", "morgen", stdout=StringIO())
    assert wrong.value.returncode == 2
    with pytest.raises(CommandError, match="geen organisatie"):
        call_command("retention", "--dry-run", "--organisation=elders", stdout=StringIO())
    with pytest.raises(CommandError, match="niet opnieuw geschreven"):
        call_command("retention", "--compact", stdout=StringIO())


def test_each_day_what_is_due_is_listed_once_and_what_was_decided_is_carried_out(
    diemen, team, manager, decider, monkeypatch
):
    row = closed(team)
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW)
    jobs.daily()
    jobs.daily()
    made = get(diemen, DestructionList)
    assert made.proposed_by_id is None
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    jobs.daily()
    assert get(diemen, Incident, pk=row.pk).description == "[vernietigd]"
    assert get(diemen, DestructionCertificate).decided_account == decider.account_id
    jobs.daily()
    assert faults(diemen) == []


# On screen


@pytest.fixture
def ask(client):
    def as_(actor, path, data=None):
        client.force_login(Account.objects.get(pk=actor.account_id))
        address = f"/diemen/beheer/bewaren/{path}"
        return client.get(address) if data is None else client.post(address, data)

    return as_


def test_from_the_overview_to_the_certificate_by_two_people(diemen, team, manager, decider, ask, monkeypatch):
    row = closed(team)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert "1 stuk aan de beurt" in ask(manager, "").content.decode()
    answer = ask(manager, "lijsten/nieuw/", {"day": "2027-01-01"})
    made = get(diemen, DestructionList)
    assert answer.headers["Location"] == f"/diemen/beheer/bewaren/lijsten/{made.pk}/"
    page = ask(manager, f"lijsten/{made.pk}/").content.decode()
    assert str(row.uid) in page, "who may not see the record sees its number alone"
    assert row.reference in ask(decider, f"lijsten/{made.pk}/").content.decode()
    assert "Gaat mee: zonder uit" in page
    item = get(diemen, DestructionItem)
    assert ask(manager, f"regels/{item.pk}/").status_code == 200
    assert ask(manager, f"lijsten/{made.pk}/voorleggen/").status_code == 200
    assert (
        ask(manager, f"lijsten/{made.pk}/voorleggen/", {"expected_version": made.version}).status_code == 302
    )
    assert ask(manager, f"lijsten/{made.pk}/besluiten/", {"expected_version": 2}).status_code == 403
    assert "1 stuk wordt nu vernietigd" in ask(decider, f"lijsten/{made.pk}/besluiten/").content.decode()
    assert ask(decider, f"lijsten/{made.pk}/besluiten/", {"expected_version": 1}).status_code == 409
    assert ask(decider, f"lijsten/{made.pk}/besluiten/", {"expected_version": 2}).status_code == 302
    made = get(diemen, DestructionCertificate)
    page = ask(manager, f"verklaringen/{made.pk}/").content.decode()
    assert made.digest in page
    assert "Archivaris" in page
    assert "Directielid" in page
    assert made.reference in ask(manager, "").content.decode()
    assert "Vernietigd" in ask(manager, f"lijsten/{get(diemen, DestructionList).pk}/").content.decode()


def test_who_put_a_list_forward_is_told_that_another_decides(diemen, team, ask):
    closed(team)
    both = people.actor(diemen, "privacy_officer", name="FG")
    made = actions.make_list(both, day=DAY, today=DAY)
    made = actions.propose(both, list_id=made.pk, expected_version=made.version, at=NOW)
    assert "Een ander besluit" in ask(both, f"lijsten/{made.pk}/").content.decode()
    answer = ask(both, f"lijsten/{made.pk}/besluiten/", {"expected_version": made.version})
    assert answer.status_code == 422
    assert "besluit er niet zelf over" in answer.content.decode()
    answer = ask(
        both, f"lijsten/{made.pk}/niet-uitvoeren/", {"expected_version": made.version, "reason": "Nog nodig"}
    )
    assert answer.status_code == 302
    assert "Nog nodig" in ask(both, f"lijsten/{made.pk}/").content.decode()


def test_a_list_that_was_not_put_forward_is_taken_back_by_who_made_it(diemen, team, manager, ask):
    closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    assert (
        ask(manager, f"lijsten/{made.pk}/niet-uitvoeren/", {"expected_version": 1, "reason": " "}).status_code
        == 422
    )
    assert (
        ask(
            manager, f"lijsten/{made.pk}/niet-uitvoeren/", {"expected_version": 1, "reason": "Later"}
        ).status_code
        == 302
    )


def test_a_list_of_nothing_or_of_tomorrow_is_told_beside_the_form(diemen, manager, ask):
    answer = ask(manager, "lijsten/nieuw/", {"day": "2027-01-01"})
    assert answer.status_code == 422
    answer = ask(manager, "lijsten/nieuw/", {"day": "2021-01-01"})
    assert "niets aan de beurt" in answer.content.decode()


def test_a_hold_is_placed_on_a_record_by_its_reference_and_lifted(diemen, team, manager, ask):
    row = closed(team)
    given = {"retention_class": "security.incidents", "reason": "Beroep", "valid_from": "2026-01-01"}
    wrong = ask(manager, "stops/nieuw/", {**given, "reference": "VI-1999-001"})
    assert (wrong.status_code, "geen stuk met dit kenmerk" in wrong.content.decode()) == (422, True)
    other = ask(manager, "stops/nieuw/", {**given, "retention_class": "files.withdrawn", "reference": "x"})
    assert other.status_code == 422
    assert ask(manager, "stops/nieuw/", {**given, "reference": row.reference}).status_code == 302
    assert ask(manager, "stops/nieuw/", given).status_code == 302
    with reading(diemen.pk):
        of_class, of_record = queries.holds(manager)
    assert (of_class.retention_class, of_record.subject_uid) == ("security.incidents", row.uid)
    page = ask(team.director, "").content.decode()
    assert "Beroep" in page
    assert row.reference in page
    with_no_right_to_incidents = ask(people.actor(diemen, "controller"), "").content.decode()
    assert "Een stuk uit: veiligheidsincident" in with_no_right_to_incidents
    assert row.reference not in with_no_right_to_incidents
    assert str(row.uid) not in with_no_right_to_incidents
    assert ask(manager, f"stops/{of_class.pk}/einde/").status_code == 200
    lifted = ask(manager, f"stops/{of_class.pk}/einde/", {"expected_version": 1, "valid_until": "2026-02-01"})
    assert lifted.status_code == 302


def test_another_term_is_set_from_a_day_by_decision(diemen, manager, ask):
    address = "categorie/security.incidents/"
    assert "5 jaar" in ask(manager, address).content.decode()
    given = {"decision": "B&W 12", "valid_from": "2026-01-01"}
    assert ask(manager, address, given).status_code == 422
    assert ask(manager, address, {**given, "years": "7", "for_ever": "on"}).status_code == 422
    assert ask(manager, address, {**given, "years": "1000"}).status_code == 422
    assert ask(manager, address, {**given, "years": "7"}).status_code == 302
    assert "B&amp;W 12" in ask(manager, "").content.decode()
    assert ask(manager, "categorie/onbekend/").status_code == 404
    assert ask(manager, "categorie/report.chapter/").status_code == 404


def test_an_empty_register_says_so_and_who_may_not_is_refused(diemen, manager, ask):
    page = ask(manager, "").content.decode()
    assert "0 stukken aan de beurt" in page
    assert "Nog geen lijst" in page
    assert "Geen vernietigingsstop" in page
    assert ask(people.actor(diemen, "employee"), "").status_code == 403


def test_a_list_that_waits_is_a_task_of_who_can_take_its_step(diemen, team, manager, decider):
    closed(team)
    made = actions.make_list(manager, day=DAY, today=DAY)
    module = next(one for one in modules() if one.key == "retention")

    def told(actor):
        with reading(diemen.pk):
            return [(str(task.act), task.url) for task in module.tasks(actor)]

    url = f"/diemen/beheer/bewaren/lijsten/{made.pk}/"
    assert (told(manager), told(decider)) == ([("Beoordeel", url)], [])
    made = actions.propose(manager, list_id=made.pk, expected_version=made.version, at=NOW)
    assert (told(manager), told(decider)) == ([], [("Besluit", url)])
    actions.approve(decider, list_id=made.pk, expected_version=made.version, at=NOW)
    assert told(decider) == [("Voer uit", url)]
    assert told(people.actor(diemen, "employee")) == []


def test_lists_and_certificates_are_named_in_the_trail_for_who_may_see_them(diemen, team, manager, decider):
    closed(team)
    certificate = carried_out(manager, decider)
    made = get(diemen, DestructionList)
    employee = people.actor(diemen, "employee")
    with reading(diemen.pk):
        for ask_names, row in ((queries.list_names, made), (queries.certificate_names, certificate)):
            assert ask_names(manager, [str(row.uid)])[str(row.uid)].label == row.reference
            assert ask_names(employee, [str(row.uid)]) == {}


def test_who_puts_forward_and_who_decides_are_not_the_same_roles():
    assert {"director"} == permissions.DECIDE.roles - permissions.MANAGE.roles
    assert {"administrator"} == permissions.MANAGE.roles - permissions.DECIDE.roles
