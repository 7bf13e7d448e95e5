"""Every step leaves its trail, and what is refused changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.audit.actions import ACTIONS
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.scope import reading, tell_database
from houvast.modules.security import actions, factories, permissions, queries
from houvast.modules.security.factories import AWARE, BREACH, HOUR, INCIDENT
from houvast.modules.security.models import (
    Breach,
    BreachAdvice,
    BreachDecision,
    Incident,
    Notification,
)
from houvast.modules.security.rules import (
    BreachFacts,
    BreachStatus,
    IncidentStatus,
    Outcome,
    PersonalData,
    Refusal,
    Risk,
)

LATE = AWARE + 80 * HOUR


def entries(organisation):
    with reading(organisation.pk):
        return AuditEntry.objects.count()


def current(row):
    with reading(row.organisation_id):
        return type(row).objects.get(pk=row.pk)


def refused(organisation, sentence, call, *args, **kwargs):
    """The call is refused with that sentence and leaves neither a row nor an entry."""
    before = entries(organisation)
    with pytest.raises(Refusal, match=sentence):
        call(*args, **kwargs)
    assert entries(organisation) == before


# Incidents


def test_reporting_an_incident_gives_it_the_next_number_of_the_year(diemen, team):
    first = factories.incident(team)
    second = factories.incident(team, at=datetime(2021, 12, 31, 22, 59, tzinfo=UTC))
    newyear = factories.incident(team, at=datetime(2021, 12, 31, 23, 0, tzinfo=UTC))
    assert [row.reference for row in (first, second, newyear)] == [
        "VI-2021-001",
        "VI-2021-002",
        "VI-2022-001",
    ]
    assert newyear.registered_on == date(2022, 1, 1)
    assert first.reporter_id == team.employee.person_id


def test_what_somebody_typed_never_reaches_the_trail(diemen, team):
    incident = factories.incident(team, description="Geheim verhaal")
    with reading(diemen.pk):
        entry = AuditEntry.objects.get(subject_uid=incident.uid)
    assert entry.action == "security.report_incident"
    assert entry.changes["description"] == "gewijzigd"
    assert entry.changes["reference"] == "VI-2021-001"


def test_changing_an_incident_takes_it_into_handling_and_tells_only_what_changed(diemen, team):
    incident = factories.incident(team)
    changed = actions.change_incident(
        team.ciso,
        incident_id=incident.pk,
        expected_version=1,
        at=AWARE,
        facts=replace(INCIDENT, severity="high"),
    )
    assert (changed.status, changed.version) == (IncidentStatus.IN_HANDLING, 2)
    with reading(diemen.pk):
        entry = AuditEntry.objects.filter(subject_uid=incident.uid).latest("number")
    assert entry.changes == {"severity": "high", "status": "in_handling"}


def test_an_incident_is_closed_from_handling_only(diemen, team):
    incident = factories.incident(team)
    close = {"incident_id": incident.pk, "at": LATE, "on": date(2021, 3, 2)}
    refused(diemen, "in behandeling", actions.close_incident, team.ciso, expected_version=1, **close)
    closed = factories.closed_incident(team, incident, on=date(2021, 3, 2))
    assert (closed.status, closed.closed_on) == (IncidentStatus.CLOSED, date(2021, 3, 2))


def test_a_closed_incident_may_be_corrected_but_stays_judged(diemen, team):
    closed = factories.closed_incident(team, factories.incident(team), on=date(2021, 3, 2))
    change = {"incident_id": closed.pk, "expected_version": closed.version, "at": AWARE + 100 * HOUR}
    refused(
        diemen, "de ernst", actions.change_incident, team.ciso, facts=replace(INCIDENT, severity=""), **change
    )
    corrected = actions.change_incident(team.ciso, facts=replace(INCIDENT, severity="medium"), **change)
    assert (corrected.status, corrected.severity) == (IncidentStatus.CLOSED, "medium")


def test_an_incident_with_personal_data_closes_once_its_breach_is_registered(diemen, team):
    incident = factories.incident(team, personal_data=PersonalData.YES)
    with pytest.raises(Refusal, match="Leg eerst het datalek vast"):
        factories.closed_incident(team, incident, on=date(2021, 3, 2))
    factories.breach(team, incident=incident)
    incident = current(incident)
    closed = actions.close_incident(
        team.ciso, incident_id=incident.pk, expected_version=incident.version, at=LATE, on=date(2021, 3, 2)
    )
    assert closed.status == IncidentStatus.CLOSED


@pytest.mark.parametrize(
    ("on", "sentence"), [(date(2021, 2, 28), "vóór de registratie"), (date(2021, 3, 5), "in de toekomst")]
)
def test_nothing_closes_before_its_registration_or_on_a_day_to_come(diemen, team, on, sentence):
    day = {"at": LATE, "on": on}  # the fourth of March
    incident = actions.change_incident(
        team.ciso, incident_id=factories.incident(team).pk, expected_version=1, at=AWARE, facts=INCIDENT
    )
    i = {"incident_id": incident.pk, "expected_version": incident.version}
    refused(diemen, sentence, actions.close_incident, team.ciso, **i, **day)
    settled = factories.settled_breach(team, factories.breach(team))
    b = {"breach_id": settled.pk, "expected_version": settled.version}
    refused(diemen, sentence, actions.close_breach, team.ciso, **b, **day)
    d = {"breach_id": factories.breach(team).pk, "expected_version": 1, "motive": "Toch niet."}
    refused(diemen, sentence, actions.dismiss_breach, team.ciso, **d, **day)


# Sending once


def test_a_form_that_was_sent_before_makes_no_second_record(diemen, team):
    key, other = uuid4(), uuid4()
    first = actions.report_breach(team.employee, at=AWARE, facts=BREACH, sent_key=key)
    before = entries(diemen)
    for again in (
        partial(actions.report_breach, facts=BREACH),
        partial(actions.report_breach, facts=replace(BREACH, description="Anders.")),
        partial(actions.report_incident, facts=INCIDENT),
    ):
        with pytest.raises(AlreadyDone) as done:
            again(team.employee, at=LATE, sent_key=key)
        assert done.value.first == first
    assert entries(diemen) == before
    assert (
        actions.report_breach(team.employee, at=LATE, facts=BREACH, sent_key=other).reference == "DL-2021-002"
    )


def test_the_same_key_in_another_organisation_is_another_form(diemen, uithoorn, team):
    key = uuid4()
    actions.report_breach(team.employee, at=AWARE, facts=BREACH, sent_key=key)
    theirs = factories.team(uithoorn)
    assert actions.report_breach(theirs.employee, at=AWARE, facts=BREACH, sent_key=key).version == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("register", [Breach, Incident])
def test_two_posts_of_one_form_at_the_same_moment_make_one_record(register):
    here = people.organisation("diemen")
    reporter, key = factories.team(here).employee, uuid4()
    report = actions.report_breach if register is Breach else actions.report_incident
    sent = BREACH if register is Breach else INCIDENT
    together, answers = Barrier(2), []

    def post():
        try:
            together.wait()
            answers.append(report(reporter, at=AWARE, facts=sent, sent_key=key).reference)
        except AlreadyDone as earlier:
            answers.append(f"already {earlier.first}")
        except Exception as fault:  # noqa: BLE001  a thread's fault must reach the test
            answers.append(repr(fault))
        finally:
            connection.close()

    threads = [Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    prefix = "DL" if register is Breach else "VI"
    assert sorted(answers) == [f"{prefix}-2021-001", f"already {prefix}-2021-001"]
    with reading(here.pk):
        assert register.objects.count() == 1


def test_a_correction_that_corrects_nothing_is_refused(diemen, team):
    incident = factories.closed_incident(team, factories.incident(team), on=date(2021, 3, 2))
    refused(
        diemen,
        "niets gewijzigd",
        actions.change_incident,
        team.ciso,
        incident_id=incident.pk,
        expected_version=incident.version,
        at=AWARE,
        facts=INCIDENT,
    )


# Breaches


def test_reporting_a_breach_starts_its_clock(diemen, team):
    breach = factories.breach(team, at=datetime(2026, 3, 27, 11, tzinfo=UTC))
    assert breach.reference == "DL-2026-001"
    assert breach.due_at == datetime(2026, 3, 30, 11, tzinfo=UTC)
    assert breach.status == BreachStatus.REPORTED


def test_a_breach_runs_through_advice_decision_notification_and_closing(diemen, team):
    breach = factories.breach(team)
    breach = factories.settled_breach(team, breach, notified_at=AWARE + 47 * HOUR, closed_on=date(2021, 3, 9))
    with reading(diemen.pk):
        told = [event.action for event in reversed(queries.events(breach))]
    assert told == [
        "security.report_breach",
        "security.advise",
        "security.decide",
        "security.notify",
        "security.close_breach",
    ]
    assert (breach.status, breach.outcome) == (BreachStatus.CLOSED, Outcome.NOTIFY)
    assert breach.notified_at == AWARE + 47 * HOUR


def test_a_breach_that_is_not_notified_keeps_its_motive(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team), motive="De brief kwam ongelezen terug.")
    with reading(diemen.pk):
        decision = queries.latest_decision(breach)
    assert (decision.outcome, decision.motive) == (Outcome.NOT_NOTIFY, "De brief kwam ongelezen terug.")
    assert breach.status == BreachStatus.NOT_TO_NOTIFY


def test_a_step_from_the_wrong_status_is_refused_and_changes_nothing(diemen, team):
    breach = factories.breach(team)
    at = {"breach_id": breach.pk, "expected_version": 1}
    decision = {"outcome": Outcome.NOT_NOTIFY, "risk": Risk.UNLIKELY, "motive": "Omdat."}
    notification = {"submitted_at": AWARE, "authority_reference": "AP-1"}
    refused(diemen, "advies van de FG", actions.decide, team.director, at=AWARE, **at, **decision)
    refused(
        diemen, "volgt op een besluit", actions.notify_authority, team.ciso, at=AWARE, **at, **notification
    )
    closing = {"at": LATE, "on": date(2021, 3, 2)}
    refused(diemen, "Afsluiten kan na", actions.close_breach, team.ciso, **closing, **at)


def test_the_fg_who_advised_does_not_decide(diemen, team):
    both = people.actor(diemen, "privacy_officer", "director", name="Twee petten")
    double = replace(team, privacy_officer=both, director=both)
    breach = factories.advised(double, factories.breach(team), at=AWARE)
    with pytest.raises(Refusal, match=r"besluit niet zelf.*AVG art\. 38 lid 6"):
        factories.decided(double, breach, at=AWARE)
    assert current(breach).status == BreachStatus.ADVISED


def test_the_installation_itself_advises_nothing(diemen, team):
    breach = factories.breach(team)
    with pytest.raises(Refusal, match="eigen account"):
        factories.advised(replace(team, privacy_officer=system_actor(diemen)), breach, at=AWARE)


def test_no_risk_together_with_notifying_is_refused(diemen, team):
    breach = factories.advised(team, factories.breach(team), at=AWARE)
    refused(
        diemen,
        r"AVG art\. 33 lid 1",
        actions.decide,
        team.director,
        breach_id=breach.pk,
        expected_version=breach.version,
        at=AWARE,
        outcome=Outcome.NOTIFY,
        risk=Risk.UNLIKELY,
        motive="Voor de zekerheid.",
    )


def test_new_advice_reopens_a_decision_until_the_authority_was_notified(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team))
    breach = factories.advised(team, breach, at=AWARE + 3 * HOUR, risk=Risk.HIGH)
    assert (breach.status, breach.outcome, breach.decided_at) == (BreachStatus.ADVISED, "", None)
    breach = factories.decided(team, breach, at=AWARE + 4 * HOUR, risk=Risk.HIGH)
    breach = factories.notified(team, breach, at=AWARE + 5 * HOUR)
    with pytest.raises(Refusal, match="geen advies meer"):
        factories.advised(team, breach, at=AWARE + 6 * HOUR)


def test_a_late_notification_carries_its_reason(diemen, team):
    breach = factories.advised(team, factories.breach(team), at=AWARE, risk=Risk.RISK)
    breach = factories.decided(team, breach, at=AWARE, risk=Risk.RISK)
    with pytest.raises(Refusal, match="72 uur"):
        factories.notified(team, breach, at=LATE)
    assert current(breach).notified_at is None
    breach = factories.notified(team, breach, at=LATE, late_motive="De omvang bleek pas later.")
    assert breach.notified_at == LATE


@pytest.mark.parametrize(
    ("who", "capacity"), [("privacy_officer", "privacy_officer"), ("ciso", "security_officer")]
)
def test_a_notification_tells_who_gave_it_and_in_whose_name(diemen, team, who, capacity):
    breach = factories.advised(team, factories.breach(team), at=AWARE, risk=Risk.RISK)
    breach = factories.decided(team, breach, at=AWARE, risk=Risk.RISK)
    factories.notified(replace(team, privacy_officer=getattr(team, who)), breach, at=AWARE)
    with reading(diemen.pk):
        given = Notification.objects.get(breach=breach)
    assert (given.capacity, given.controller) == (capacity, "college")


def test_the_moment_of_awareness_is_corrected_with_its_term(diemen, team):
    breach = factories.breach(team)
    earlier = replace(BREACH, aware_at=AWARE - 5 * HOUR)
    changed = actions.change_breach(
        team.ciso, breach_id=breach.pk, expected_version=1, at=AWARE, facts=earlier
    )
    assert changed.due_at == AWARE + 67 * HOUR


def test_a_closed_breach_may_be_corrected_but_stays_complete(diemen, team):
    closed = factories.settled_breach(team, factories.breach(team), closed_on=date(2021, 3, 9))
    change = {"breach_id": closed.pk, "expected_version": closed.version, "at": LATE}
    bare = replace(BREACH, measures="")
    refused(diemen, r"AVG art\. 33 lid 3 en 5", actions.change_breach, team.ciso, facts=bare, **change)
    corrected = actions.change_breach(team.ciso, facts=replace(BREACH, impact="nil"), **change)
    assert (corrected.status, corrected.impact, corrected.version) == (BreachStatus.CLOSED, "nil", 5)


def test_the_moment_of_awareness_is_fixed_once_the_authority_was_told(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team), notified_at=AWARE + 3 * HOUR)
    refused(
        diemen,
        "ligt daarom vast",
        actions.change_breach,
        team.ciso,
        breach_id=breach.pk,
        expected_version=breach.version,
        at=LATE,
        facts=replace(BREACH, aware_at=AWARE - HOUR),
    )


def test_the_moment_of_awareness_never_comes_after_a_step_that_was_taken(diemen, team):
    breach = factories.advised(team, factories.breach(team), at=AWARE)
    refused(
        diemen,
        "niet na het advies",
        actions.change_breach,
        team.ciso,
        breach_id=breach.pk,
        expected_version=breach.version,
        at=LATE,
        facts=replace(BREACH, aware_at=AWARE + HOUR),
    )


def test_what_was_no_breach_stays_in_the_register_with_its_reason(diemen, team):
    breach = factories.breach(team)
    dismiss = {"breach_id": breach.pk, "expected_version": 1, "at": LATE, "on": date(2021, 3, 2)}
    refused(diemen, "waarom dit geen datalek is", actions.dismiss_breach, team.ciso, motive=" ", **dismiss)
    gone = actions.dismiss_breach(team.ciso, motive="Er stonden geen persoonsgegevens in.", **dismiss)
    assert gone.status == BreachStatus.DISMISSED
    with reading(diemen.pk):
        assert Breach.objects.count() == 1
        assert queries.tally(2021).breaches == 0


def test_a_stale_version_is_a_conflict_in_every_step(diemen, team):
    breach = factories.breach(team)
    factories.advised(team, breach, at=AWARE)
    stale = {"breach_id": breach.pk, "expected_version": 1}
    before = entries(diemen)
    with pytest.raises(Conflict):
        actions.change_breach(team.ciso, at=LATE, facts=BREACH, **stale)
    with pytest.raises(Conflict):
        actions.advise(team.privacy_officer, at=LATE, risk=Risk.RISK, text="Nader advies.", **stale)
    with pytest.raises(Conflict):
        actions.decide(
            team.director, at=LATE, outcome=Outcome.NOTIFY, risk=Risk.RISK, motive="Omdat.", **stale
        )
    assert entries(diemen) == before


# Who may


def test_every_action_refuses_an_actor_without_its_permission_and_changes_nothing(diemen, team):
    incident, breach = factories.incident(team), factories.breach(team)
    i = {"incident_id": incident.pk, "expected_version": 1}
    b = {"breach_id": breach.pk, "expected_version": 1}
    calls = {
        "security.report_incident": {"at": AWARE, "facts": INCIDENT},
        "security.change_incident": {**i, "at": AWARE, "facts": replace(INCIDENT, severity="high")},
        "security.close_incident": {**i, "at": LATE, "on": date(2021, 3, 2)},
        "security.report_breach": {"at": AWARE, "facts": BREACH},
        "security.change_breach": {**b, "at": AWARE, "facts": replace(BREACH, impact="nil")},
        "security.advise": {**b, "at": AWARE, "risk": Risk.RISK, "text": "Advies."},
        "security.decide": {
            **b,
            "at": AWARE,
            "outcome": Outcome.NOTIFY,
            "risk": Risk.RISK,
            "motive": "Omdat.",
        },
        "security.report_vulnerability": {"at": AWARE, "where": "x", "description": "x"},
        "security.notify": {**b, "at": AWARE, "submitted_at": AWARE, "authority_reference": "AP-1"},
        "security.close_breach": {**b, "at": LATE, "on": date(2021, 3, 2)},
        "security.attach_to_incident": {"uid": incident.uid, "upload": None},
        "security.attach_to_breach": {"uid": breach.uid, "upload": None},
        "security.withdraw_from_incident": {
            "uid": incident.uid,
            "file_uid": None,
            "at": AWARE,
            "reason": "x",
        },
        "security.withdraw_from_breach": {"uid": breach.uid, "file_uid": None, "at": AWARE, "reason": "x"},
        "security.dismiss_breach": {**b, "at": LATE, "on": date(2021, 3, 2), "motive": "Toch niet."},
    }
    known = {key: known for key, known in ACTIONS.items() if key.startswith("security.")}
    assert set(calls) == set(known)
    before = entries(diemen)
    for key, known_action in known.items():
        without = people.actor_without(diemen, known_action.permission, permissions.ALL)
        with pytest.raises(NotPermitted) as no:
            known_action.run(without, **calls[key])
        assert no.value.permission == known_action.permission
    assert entries(diemen) == before


ROLES = {
    "report": set(StandardRole),
    "report_vulnerability": {"ciso"},
    "view_incidents": {"ciso", "privacy_officer", "director"},
    "view_figures": {"ciso", "privacy_officer", "director", "controller", "team_leader"},
    "view_breaches": {"ciso", "privacy_officer", "director"},
    "handle": {"ciso"},
    "advise": {"privacy_officer"},
    "decide": {"director"},
    "notify": {"ciso", "privacy_officer"},
}


@pytest.mark.parametrize("permission", permissions.ALL, ids=lambda permission: permission.key)
def test_who_may_what_from_the_start(permission):
    assert set(permission.roles) == ROLES[permission.key.removeprefix("security.")]


def test_a_right_for_one_unit_does_not_reach_another_units_record(diemen, team):
    from houvast.core.orgs.tests.test_scope import add_unit

    mine = add_unit(system_actor(diemen), code="mine")
    theirs = add_unit(system_actor(diemen), code="theirs")
    local = replace(team.ciso, permissions={p.key: frozenset({mine.pk}) for p in permissions.ALL})
    rows = [
        actions.report_incident(team.employee, at=AWARE, facts=INCIDENT, unit=unit)
        for unit in (mine, theirs, None)
    ]
    with reading(diemen.pk):
        assert [row.pk for row in queries.incidents_visible_to(local)] == [rows[0].pk]
    for row in rows[1:]:
        with pytest.raises(NotPermitted):
            actions.change_incident(
                local,
                incident_id=row.pk,
                expected_version=1,
                at=AWARE,
                facts=replace(INCIDENT, severity="high"),
            )


def test_reporters_follow_their_own_reports_and_no_others(diemen, team):
    mine = factories.breach(team)
    factories.breach(replace(team, employee=team.ciso))
    with reading(diemen.pk):
        assert [row.pk for row in queries.own_breaches(team.employee)] == [mine.pk]
        with pytest.raises(NotPermitted):
            queries.breaches_visible_to(team.employee)
        assert not queries.own_breaches(system_actor(diemen)).exists()


# What the database refuses by itself


def alter(organisation, sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(organisation.pk)
        cursor.execute(sql, params)


@pytest.mark.parametrize("model", [Incident, Breach, BreachAdvice, BreachDecision, Notification])
def test_the_database_refuses_to_delete_a_row(diemen, team, model):
    factories.incident(team)
    factories.settled_breach(team, factories.breach(team), notified_at=AWARE + 3 * HOUR)
    with pytest.raises(DatabaseError, match="refused"):
        alter(diemen, f"DELETE FROM {model._meta.db_table}")
    with reading(diemen.pk):
        assert model.objects.count() == 1


@pytest.mark.parametrize("model", [BreachAdvice, BreachDecision, Notification])
def test_the_database_refuses_to_change_what_was_advised_decided_and_notified(diemen, team, model):
    factories.settled_breach(team, factories.breach(team), notified_at=AWARE + 3 * HOUR)
    with pytest.raises(DatabaseError, match="refused"):
        alter(diemen, f"UPDATE {model._meta.db_table} SET version = 2")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("outcome = 'not_notify'", "breach_status_fits_decision"),
        ("notified_at = NULL", "breach_status_fits_decision"),
        ("decided_at = NULL", "breach_status_fits_decision"),
        ("status = 'reported'", "breach_status_fits_decision"),
        ("notified_at = '2021-03-01 09:30:00'", "breach_status_fits_decision"),
        ("due_at = aware_at", "breach_in_order"),
        ("occurred_from = '2021-03-02 09:30:00'", "breach_in_order"),
        ("closed_on = '2021-03-02'", "breach_end_has_day"),
        ("status = 'closed', closed_on = '2021-02-28'", "breach_end_has_day"),
        ("dismissal = 'Toch niet.'", "breach_dismissed_has_reason"),
    ],
)
def test_the_database_refuses_a_breach_that_cannot_be(diemen, team, change, name):
    factories.settled_breach(team, factories.breach(team), notified_at=AWARE + 3 * HOUR)
    with pytest.raises(IntegrityError, match=name):
        alter(diemen, f"UPDATE security_breach SET {change}")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("status = 'closed'", "incident_closed_has_day"),
        ("status = 'closed', closed_on = '2021-02-01'", "incident_closed_has_day"),
        ("status = 'closed', severity = '', closed_on = '2021-03-02'", "incident_closed_is_judged"),
        ("occurred_on = '2021-03-02'", "incident_begins_first"),
    ],
)
def test_the_database_refuses_an_incident_that_cannot_be(diemen, team, change, name):
    factories.incident(team)
    with pytest.raises(IntegrityError, match=name):
        alter(diemen, f"UPDATE security_incident SET {change}")


def test_the_database_itself_refuses_decisions_and_notifications_that_cannot_be(diemen, team):
    from houvast.core.orgs.scope import writing

    breach = factories.advised(team, factories.breach(team), at=AWARE)
    with reading(diemen.pk):
        advice = queries.latest_advice(breach)
    good = {
        "organisation": diemen,
        "breach": breach,
        "advice": advice,
        "advised_by_id": team.privacy_officer.account_id,
        "decided_by_id": team.director.account_id,
        "decided_at": AWARE,
        "outcome": Outcome.NOTIFY,
        "risk": Risk.RISK,
        "motive": "Omdat.",
    }
    wrong = {
        "breachdecision_four_eyes": {"decided_by_id": team.privacy_officer.account_id},
        "breachdecision_has_motive": {"motive": ""},
        "breachdecision_follows_risk": {"risk": Risk.UNLIKELY},
    }
    for name, change in wrong.items():
        with pytest.raises(IntegrityError, match=name), writing(diemen.pk):
            BreachDecision(**{**good, **change}).save()
    decided = factories.decided(team, breach, at=AWARE, risk=Risk.RISK)
    with reading(diemen.pk):
        decision = queries.latest_decision(decided)
    given = {
        "organisation": diemen,
        "breach": breach,
        "decision": decision,
        "due_at": breach.due_at,
        "submitted_at": AWARE,
        "submitted_by_id": team.ciso.account_id,
        "capacity": "security_officer",
        "authority_reference": "AP-1",
    }
    wrong = {
        "notification_late_has_reason": {"submitted_at": LATE},
        "notification_has_number": {"authority_reference": ""},
    }
    for name, change in wrong.items():
        with pytest.raises(IntegrityError, match=name), writing(diemen.pk):
            Notification(**{**given, **change}).save()


def test_a_breach_altered_by_sql_is_named_by_verify(diemen, team):
    breach = factories.breach(team)
    alter(diemen, "UPDATE security_breach SET impact = 'nil'")
    with reading(diemen.pk):
        found = [(fault.table, fault.uid) for fault in verify(diemen)]
    assert found == [("security.breach", str(breach.uid))]


def test_the_registers_of_another_organisation_stay_out_of_sight(diemen, uithoorn, team):
    theirs = factories.breach(factories.team(uithoorn))
    with reading(diemen.pk):
        assert not queries.breaches_visible_to(team.ciso).filter(pk=theirs.pk).exists()
    with pytest.raises(Breach.DoesNotExist):
        actions.advise(
            team.privacy_officer,
            breach_id=theirs.pk,
            expected_version=1,
            at=AWARE,
            risk=Risk.RISK,
            text="Ja.",
        )
    assert current(theirs).version == 1


def test_an_officer_of_the_partner_handles_breaches_under_a_grant_and_is_named_as_a_guest(
    diemen, uithoorn, team
):
    from houvast.core.access.queries import actor_for

    account = people.account("FG van de partner")
    keys = [permissions.ADVISE.key, permissions.VIEW_BREACHES.key]
    administration.grant(
        system_actor(diemen), grantee=uithoorn, label="FG", permissions=keys,
        valid_from=people.DAY, account=account, may_write=True,
    )  # fmt: skip
    with reading(diemen.pk):
        guest = actor_for(account, diemen, date(2021, 6, 1))
    breach = factories.advised(replace(team, privacy_officer=guest), factories.breach(team), at=AWARE)
    with reading(diemen.pk):
        assert queries.events(breach)[0].who == "FG van de partner, Uithoorn"
        assert queries.latest_advice(breach).given_by == account


def test_history_is_told_in_words(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team))
    with reading(diemen.pk):
        decided, advised, reported = queries.events(breach)
    assert decided.changes == (
        "status: Melden niet nodig",
        "besluit: Niet melden bij de AP",
        "besloten op: 1 maart 2021, 12.00",
    )
    assert (advised.who, advised.changes) == ("FG", ("status: Advies gegeven",))
    assert "kennisname op: 1 maart 2021, 10.00" in reported.changes
    assert "wat er is gebeurd: ingevuld of gewijzigd" in reported.changes


def test_the_history_tells_of_a_new_record_what_was_filled_in_and_nothing_else(diemen, team):
    facts = BreachFacts(aware_at=AWARE, description="Een brief is zoek.", integrity=True)
    breach = actions.report_breach(team.employee, at=AWARE, facts=facts)
    with reading(diemen.pk):
        (reported,) = queries.events(breach)
    assert sorted(reported.changes) == [
        "integriteit geschonden: ja",
        "kennisname op: 1 maart 2021, 10.00",
        "uiterlijk te melden op: 4 maart 2021, 10.00",
        "wat er is gebeurd: ingevuld of gewijzigd",
    ]


def test_the_history_tells_that_a_correction_emptied_a_field(diemen, team):
    breach = factories.breach(team)
    facts = replace(BREACH, measures="", records_number=None, confidentiality=False, integrity=True)
    actions.change_breach(team.ciso, breach_id=breach.pk, expected_version=1, at=AWARE, facts=facts)
    with reading(diemen.pk):
        changed, _reported = queries.events(breach)
    assert sorted(changed.changes) == [
        "aantal gegevensrecords bij benadering: leeggemaakt",
        "integriteit geschonden: ja",
        "maatregelen: leeggemaakt",
        "vertrouwelijkheid geschonden: nee",
    ]


def test_records_are_called_by_their_reference_and_steps_by_their_words(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team), notified_at=AWARE + 3 * HOUR)
    with reading(diemen.pk):
        named = [queries.latest_advice(breach), queries.latest_decision(breach), Notification.objects.get()]
    assert [str(row) for row in (breach, *named)] == [
        "DL-2021-001",
        "Er is een risico",
        "Melden bij de AP",
        "AP-DL-2021-001",
    ]


def test_moments_of_steps_come_from_the_caller(diemen, team):
    breach = factories.settled_breach(team, factories.breach(team), notified_at=AWARE + timedelta(hours=3))
    with reading(diemen.pk):
        assert queries.latest_decision(breach).decided_at == AWARE + 2 * HOUR
