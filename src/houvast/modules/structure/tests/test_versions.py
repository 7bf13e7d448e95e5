"""Recording versions of the structure, their actions, their milestone and evidence; and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from houvast.core.access.four_eyes import SamePerson
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.actions import action, record
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.scope import reading
from houvast.modules.structure import actions, permissions
from houvast.modules.structure.factories import (
    DAY,
    EndedAction,
    Proof,
    adopted_version,
    ended_action,
    proved,
    reached_milestone,
    small,
    transition_action,
)
from houvast.modules.structure.models import (
    Milestone,
    MilestoneEvidence,
    StructureVersion,
    TransitionAction,
)
from houvast.modules.structure.queries.history import version_history
from houvast.modules.structure.queries.versions import before_after, open_actions_of
from houvast.modules.structure.rules.spans import NotPossible
from houvast.modules.structure.rules.versions import Advice, VersionKind

TODAY, APRIL = date(2021, 12, 31), date(2021, 4, 12)
PROOF = Proof("Evaluatie", date(2021, 12, 9), "Dossier", manner="goed", meaning="een begin")


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "director")


@pytest.fixture
def version(director):
    return adopted_version(director)


@pytest.fixture
def waiting(director, version):
    return transition_action(director, version, person_id=director.person_id)


@pytest.fixture
def milestone(director, version):
    return reached_milestone(director, version, closed_on=date(2021, 12, 1))


def finish(actor, row, on=date(2021, 6, 1), today=TODAY):
    return actions.finish_transition_action(
        actor, action_id=row.pk, expected_version=row.version, on=on, evidence="Besluit", today=today
    )


def test_a_version_is_recorded_with_decision_and_advice(diemen, version):
    with reading(diemen.pk):
        found = StructureVersion.objects.get()
    assert str(found) == "Organisatiestructuur 2021"
    assert (found.effective_on, found.decided_on, found.decided_by, found.decision) == (
        DAY,
        date(2021, 1, 19),
        "College van burgemeester en wethouders",
        "Organisatiebesluit 2021",
    )
    assert (found.advice, found.advised_on) == (Advice.POSITIVE, date(2021, 1, 12))


def test_of_a_kind_one_version_takes_effect_on_a_day(director, version):
    with pytest.raises(NotPossible, match="Er gaat al een versie van deze soort in op 1 februari 2021"):
        actions.add_version(director, kind=VersionKind.ORGANISATION, name="Nog een", effective_on=DAY)
    actions.add_version(director, kind=VersionKind.BOARD_MODEL, name="Directiemodel", effective_on=DAY)
    other = actions.add_version(
        director, kind=VersionKind.ORGANISATION, name="Later", effective_on=date(2022, 1, 1)
    )
    with pytest.raises(NotPossible, match="Kies een andere dag, of wijzig die versie"):
        actions.change_version(
            director, version_id=other.pk, expected_version=other.version, name="Later", effective_on=DAY
        )


def test_a_version_gets_another_name_and_day_but_none_before_its_decision(director, version):
    changed = actions.change_version(
        director, version_id=version.pk, expected_version=version.version, name="Nieuw", effective_on=APRIL
    )
    assert (changed.name, changed.effective_on) == ("Nieuw", APRIL)
    with pytest.raises(NotPossible, match="voor het besluit van 19 januari 2021"):
        actions.change_version(
            director,
            version_id=version.pk,
            expected_version=changed.version,
            name="Nieuw",
            effective_on=date(2021, 1, 18),
        )


@pytest.mark.parametrize("decided_on", [date(2021, 2, 2), date(2022, 1, 1)])
def test_a_decision_lies_in_the_past_and_before_the_version_takes_effect(director, version, decided_on):
    with pytest.raises(NotPossible):
        actions.decide_version(
            director,
            version_id=version.pk,
            expected_version=version.version,
            decided_on=decided_on,
            decided_by="College",
            decision="Besluit",
            today=TODAY,
        )


def test_advice_that_was_not_asked_has_its_reason_and_no_day(diemen, director, version):
    told = {"version_id": version.pk, "expected_version": version.version, "today": TODAY}
    with pytest.raises(NotPossible):
        actions.advise_version(
            director, advice=Advice.POSITIVE, advised_on=date(2022, 1, 1), advice_note="", **told
        )
    row = actions.advise_version(
        director, advice=Advice.NOT_ASKED, advised_on=None, advice_note="Geen ondernemingsraad", **told
    )
    assert (row.advice, row.advised_on, row.advice_note) == ("not_asked", None, "Geen ondernemingsraad")


def test_a_version_that_was_taken_back_stays_and_nothing_is_added_to_it(diemen, director, version, waiting):
    row = actions.withdraw_version(
        director, version_id=version.pk, expected_version=version.version, reason="Dubbel", today=TODAY
    )
    assert (row.withdrawn_on, row.withdrawal) == (TODAY, "Dubbel")
    for refused in (
        lambda: transition_action(director, row, person_id=director.person_id),
        lambda: finish(director, waiting),
        lambda: actions.add_milestone(director, version_id=row.pk, name="Bereikt", due_on=None),
    ):
        with pytest.raises(NotPossible, match="Deze structuurversie is ingetrokken"):
            refused()
    actions.add_version(director, kind=VersionKind.ORGANISATION, name="De goede", effective_on=DAY)


def test_two_standing_versions_of_a_kind_on_one_day_are_refused_by_the_database_too(director, version):
    later = actions.add_version(
        director, kind=VersionKind.ORGANISATION, name="Later", effective_on=date(2022, 1, 1)
    )
    # SQLite names the columns of a key, PostgreSQL the key.
    with pytest.raises(IntegrityError, match=r"structureversion_day|effective_on"):
        write_wrongly(director, row=later, effective_on=DAY)


def test_who_records_one_for_the_same_day_at_the_same_moment_is_refused_in_words(
    director, version, monkeypatch
):
    # What the other wrote cannot be seen yet when the action looks; the database sees it.
    monkeypatch.setattr("houvast.modules.structure.actions.versions._check_free", lambda *_asked: None)
    later = actions.add_version(
        director, kind=VersionKind.ORGANISATION, name="Later", effective_on=date(2022, 1, 1)
    )
    for refused in (
        lambda: actions.add_version(director, kind=VersionKind.ORGANISATION, name="Dubbel", effective_on=DAY),
        lambda: actions.change_version(
            director, version_id=later.pk, expected_version=1, name="Dubbel", effective_on=DAY
        ),
    ):
        with pytest.raises(NotPossible, match="Er gaat al een versie van deze soort in") as caught:
            refused()
        assert caught.value.field == "effective_on"
    with reading(director.organisation.pk):
        assert not StructureVersion.objects.filter(name="Dubbel").exists()


def test_after_negative_advice_every_change_keeps_the_months_wait(director, version):
    def advise(seen, **more):
        return actions.advise_version(
            director,
            version_id=version.pk,
            expected_version=seen,
            advice="negative",
            advised_on=date(2021, 1, 12),
            advice_note="Het besluit wijkt af.",
            today=TODAY,
            **more,
        )

    with reading(director.organisation.pk):
        row = StructureVersion.objects.get(pk=version.pk)
    assert row.decided_on is not None
    with pytest.raises(NotPossible, match=r"WOR art\. 25 lid 6"):
        advise(row.version, council_told_on=row.decided_on)
    with pytest.raises(NotPossible, match="toekomst"):
        advise(row.version, council_told_on=TODAY + timedelta(days=1))
    waived = advise(row.version, council_told_on=row.decided_on, suspension_waived=True)
    moved = actions.change_version(
        director,
        version_id=row.pk,
        expected_version=waived.version,
        name=row.name,
        effective_on=date(2021, 6, 1),
    )
    kept = advise(moved.version, council_told_on=row.decided_on)
    assert (kept.council_told_on, kept.suspension_waived) == (row.decided_on, False)
    with pytest.raises(NotPossible, match=r"WOR art\. 25 lid 6"):
        actions.change_version(
            director, version_id=row.pk, expected_version=kept.version, name=row.name, effective_on=DAY
        )


def test_who_was_second_gets_a_conflict(director, version):
    with pytest.raises(Conflict):
        actions.change_version(
            director, version_id=version.pk, expected_version=1, name="Nieuw", effective_on=DAY
        )


def test_an_action_has_one_owner_and_days_in_order(director, version, waiting):
    assert str(waiting) == "Mandaatregeling aanpassen"
    with pytest.raises(NotPossible, match="Kies één verantwoordelijke"):
        transition_action(director, version)
    with pytest.raises(NotPossible, match="De uiterste dag ligt voor"):
        transition_action(
            director, version, person_id=director.person_id, agreed_on=APRIL, due_on=date(2021, 4, 1)
        )


def test_an_open_action_changes_and_one_that_ended_does_not(diemen, director, waiting):
    loaded = small(diemen, APRIL)
    told = {
        "what": "Mandaten",
        "owner_post_id": loaded.posts["leader-1"].pk,
        "owner_person_id": None,
        "agreed_on": APRIL,
        "due_on": TODAY,
        "today": TODAY,
    }
    row = actions.change_transition_action(
        director, action_id=waiting.pk, expected_version=waiting.version, **told
    )
    assert (row.what, row.owner_post, row.owner_person) == ("Mandaten", loaded.posts["leader-1"], None)
    row = finish(director, row)
    with pytest.raises(NotPossible, match="Deze actie staat niet meer open"):
        actions.change_transition_action(director, action_id=row.pk, expected_version=row.version, **told)


def test_an_action_is_done_with_evidence_lapses_with_a_reason_and_opens_again(director, waiting):
    done = finish(director, waiting)
    assert (done.done_on, done.evidence) == (date(2021, 6, 1), "Besluit")
    again = actions.reopen_transition_action(director, action_id=done.pk, expected_version=done.version)
    assert (again.done_on, again.evidence) == (None, "")
    with pytest.raises(NotPossible, match="Er is niets te heropenen"):
        actions.reopen_transition_action(director, action_id=again.pk, expected_version=again.version)
    lapsed = actions.lapse_transition_action(
        director,
        action_id=again.pk,
        expected_version=again.version,
        on=APRIL,
        reason="Niet nodig",
        today=TODAY,
    )
    assert (lapsed.lapsed_on, lapsed.lapse) == (APRIL, "Niet nodig")


@pytest.mark.parametrize(
    ("on", "sentence"), [(date(2022, 1, 1), "in de toekomst"), (date(2021, 1, 18), "pas op 19 januari 2021")]
)
def test_an_action_is_done_after_it_was_agreed_and_not_tomorrow(director, waiting, on, sentence):
    with pytest.raises(NotPossible, match=sentence):
        finish(director, waiting, on=on)


def test_who_owns_an_action_may_say_that_it_is_done_and_nobody_else(diemen, director, version):
    owner, other = (people.actor(diemen, "employee") for _place in range(2))
    row = transition_action(director, version, person_id=owner.person_id)
    with pytest.raises(NotPermitted):
        finish(other, row)
    assert finish(owner, row).done_on == date(2021, 6, 1)


def test_who_holds_the_post_owns_its_actions_as_long_as_that_lasts(diemen, director, version):
    loaded = small(diemen, APRIL)
    holder = people.actor(diemen, "employee")
    post = loaded.posts["staff-1"]
    with reading(diemen.pk):
        held = post.appointments.get()
    actions.end_appointment(director, appointment_id=held.pk, expected_version=held.version, on=APRIL)
    actions.appoint(
        director,
        post_id=post.pk,
        person_id=holder.person_id,
        valid_from=APRIL,
        valid_until=date(2021, 12, 1),
    )
    row = transition_action(director, version, post_id=post.pk)
    with reading(diemen.pk):
        assert list(open_actions_of(holder, date(2021, 11, 30))) == [row]
        assert list(open_actions_of(holder, date(2021, 12, 1))) == []
    with pytest.raises(NotPermitted):
        finish(holder, row, today=date(2021, 12, 1))
    assert finish(holder, row, today=date(2021, 11, 30)).done_on == date(2021, 6, 1)


def test_a_guest_owns_no_action(diemen, waiting):
    guest = people.actor_without(diemen, permissions.CHANGE, [permissions.VIEW])
    with pytest.raises(NotPermitted):
        finish(guest, waiting)


def test_who_may_change_one_team_changes_no_version_of_the_whole(diemen, version):
    loaded = small(diemen, APRIL)
    head = people.actor(diemen, "director", unit=loaded.units["team-1"])
    with pytest.raises(NotPermitted):
        actions.change_version(
            head, version_id=version.pk, expected_version=version.version, name="x", effective_on=DAY
        )


def test_a_milestone_is_reached_when_the_version_is_carried_through(director, version, waiting):
    row = actions.add_milestone(director, version_id=version.pk, name="Bereikt", due_on=TODAY)
    assert str(row) == "Bereikt"
    row = actions.change_milestone(
        director, milestone_id=row.pk, expected_version=row.version, name="De structuur staat", due_on=None
    )
    assert (row.name, row.due_on) == ("De structuur staat", None)
    close = {"milestone_id": row.pk, "expected_version": row.version, "today": TODAY}
    with pytest.raises(NotPossible, match="Er staan overgangsacties open"):
        actions.close_milestone(director, on=date(2021, 12, 1), **close)
    with pytest.raises(NotPossible, match="in de toekomst"):
        actions.close_milestone(director, on=date(2022, 1, 1), **close)
    finish(director, waiting)
    row = actions.close_milestone(director, on=date(2021, 12, 1), **close)
    assert row.closed_on == date(2021, 12, 1)


def test_a_version_has_one_milestone(director, version, milestone):
    with pytest.raises(NotPossible, match="heeft al een mijlpaal"):
        actions.add_milestone(director, version_id=version.pk, name="Nog een", due_on=None)


def test_a_milestone_opens_again_once(director, milestone):
    row = actions.reopen_milestone(director, milestone_id=milestone.pk, expected_version=milestone.version)
    assert row.closed_on is None
    with pytest.raises(NotPossible, match="Er is niets te heropenen"):
        actions.reopen_milestone(director, milestone_id=row.pk, expected_version=row.version)


def test_evidence_is_checked_by_somebody_else_once(diemen, director, milestone):
    piece = proved(director, milestone, PROOF)
    assert (str(piece), piece.entered_by_id, piece.checked_by_id) == ("Evaluatie", director.account_id, None)
    check = {
        "evidence_id": piece.pk,
        "expected_version": piece.version,
        "at": datetime(2022, 3, 1, tzinfo=UTC),
    }
    with pytest.raises(SamePerson):
        actions.check_evidence(director, **check)
    other = people.actor(diemen, "director")
    checked = actions.check_evidence(other, **check)
    assert checked.checked_by_id == other.account_id
    with pytest.raises(NotPossible, match="al gecontroleerd"):
        actions.check_evidence(other, **{**check, "expected_version": checked.version})


def test_evidence_supports_at_least_one_word_and_exists(director, milestone):
    with pytest.raises(NotPossible, match="Vul in welke woorden"):
        proved(director, milestone, Proof("Evaluatie", date(2021, 12, 9), "Dossier"))
    with pytest.raises(NotPossible, match="in de toekomst"):
        actions.add_evidence(
            director,
            milestone_id=milestone.pk,
            today=date(2021, 12, 8),
            kind=PROOF.kind,
            title=PROOF.title,
            dated=PROOF.dated,
            place=PROOF.place,
            manner=PROOF.manner,
            meaning="",
        )


def test_changed_evidence_must_be_checked_again_and_withdrawn_evidence_stays_as_it_was(
    diemen, director, milestone
):
    other = people.actor(diemen, "director")
    piece = proved(director, milestone, PROOF, checker=other)
    told = {name: getattr(piece, name) for name in ("kind", "title", "dated", "place", "manner", "meaning")}
    changed = actions.change_evidence(
        other, evidence_id=piece.pk, expected_version=piece.version, today=TODAY, **told
    )
    assert (changed.entered_by_id, changed.checked_by_id, changed.checked_at) == (
        other.account_id,
        None,
        None,
    )
    gone = actions.withdraw_evidence(
        director, evidence_id=piece.pk, expected_version=changed.version, today=TODAY
    )
    assert gone.withdrawn_on == TODAY
    with pytest.raises(NotPossible, match="Dit bewijsstuk is ingetrokken"):
        actions.change_evidence(
            other, evidence_id=piece.pk, expected_version=gone.version, today=TODAY, **told
        )


@action("test.write_wrongly", permission=None)
def write_wrongly(actor, *, row, **wrong):
    """What no action of the module would write."""
    for name, value in wrong.items():
        setattr(row, name, value)
    row.save()
    record(row, **wrong)


@pytest.mark.parametrize(
    ("which", "wrong", "name"),
    [
        ("version", {"effective_on": date(2021, 1, 18)}, "structureversion_after_decision"),
        ("version", {"decided_by": ""}, "structureversion_decided_wholly"),
        ("version", {"advice": Advice.NOT_ASKED}, "structureversion_advice"),
        ("version", {"advice": Advice.NEGATIVE}, "structureversion_advice"),
        ("version", {"advised_on": None}, "structureversion_advice"),
        ("version", {"withdrawn_on": TODAY}, "structureversion_withdrawal"),
        ("waiting", {"owner_person_id": None}, "transitionaction_owner"),
        ("waiting", {"done_on": TODAY}, "transitionaction_end"),
        ("waiting", {"lapsed_on": TODAY}, "transitionaction_end"),
        ("waiting", {"due_on": date(2021, 1, 18)}, "transitionaction_in_order"),
        ("piece", {"manner": "", "meaning": ""}, "milestoneevidence_words"),
        ("piece", {"checked_at": datetime(2022, 3, 1, tzinfo=UTC)}, "milestoneevidence_checked"),
    ],
)
def test_the_database_refuses_what_cannot_be_too(diemen, director, version, milestone, which, wrong, name):
    rows = {
        "version": version,
        "waiting": transition_action(director, version, person_id=director.person_id),
        "piece": proved(director, milestone, PROOF),
    }
    with pytest.raises(IntegrityError, match=name):
        write_wrongly(director, row=rows[which], **wrong)


def test_nobody_checks_their_own_evidence_past_the_action_either(director, milestone):
    piece = proved(director, milestone, PROOF)
    with pytest.raises(IntegrityError, match="milestoneevidence_four_eyes"):
        write_wrongly(
            director,
            row=piece,
            checked_by_id=director.account_id,
            checked_at=datetime(2022, 3, 1, tzinfo=UTC),
        )


def test_everything_is_in_the_trail_and_sealed(diemen, director, version):
    ended = EndedAction("Mandaten", TODAY, APRIL, "Besluit", person_id=director.person_id)
    ended_action(director, version, ended)
    milestone = reached_milestone(director, version, closed_on=TODAY)
    proved(director, milestone, PROOF, checker=people.actor(diemen, "director"))
    with reading(diemen.pk):
        assert not list(verify(diemen))
        for model in (StructureVersion, TransitionAction, Milestone, MilestoneEvidence):
            assert model.objects.count() == 1


def test_the_history_tells_of_the_version_and_of_all_that_belongs_to_it(diemen, director, version):
    ended = EndedAction("Mandaten", TODAY, APRIL, "Besluit", person_id=director.person_id)
    ended_action(director, version, ended)
    milestone = reached_milestone(director, version, closed_on=TODAY)
    piece = proved(director, milestone, PROOF)
    actions.withdraw_evidence(director, evidence_id=piece.pk, expected_version=piece.version, today=TODAY)
    with reading(diemen.pk):
        told = [
            (line.action.removeprefix("structure."), line.text) for line in version_history(director, version)
        ]
    assert told == [
        ("withdraw_evidence", "Evaluatie: ingetrokken"),
        (
            "add_evidence",
            (
                "Evaluatie: soort Evaluatie; titel Evaluatie; vindplaats Dossier; verloop goed; "
                "betekenis een begin; gedateerd 9 december 2021"
            ),
        ),
        ("close_milestone", "De nieuwe structuur staat: bereikt op 31 december 2021"),
        ("add_milestone", "De nieuwe structuur staat: naam De nieuwe structuur staat"),
        ("finish_transition_action", "Mandaten: bewijs gewijzigd; gereed op 12 april 2021"),
        (
            "add_transition_action",
            "Mandaten: afgesproken op 19 januari 2021; uiterlijk 31 december 2021; verantwoordelijke Medewerker",
        ),
        ("advise_version", "advies Positief; geadviseerd op 12 januari 2021"),
        (
            "decide_version",
            (
                "besluit Organisatiebesluit 2021; besloten door College van burgemeester en wethouders; "
                "besloten op 19 januari 2021"
            ),
        ),
        (
            "add_version",
            "naam Organisatiestructuur 2021; soort Organisatiestructuur; gaat in op 1 februari 2021",
        ),
    ]


def test_the_difference_is_that_between_the_day_before_and_the_first_day(diemen, director, version):
    small(diemen, APRIL, None)
    with reading(diemen.pk):
        pair = before_after(director, version, TODAY)
    assert (pair.before.day, pair.after.day, pair.now.day) == (date(2021, 1, 31), DAY, TODAY)
    functions = [change.text for change in pair.found.added if change.subject == "function"]
    assert functions == ["Directielid", "Medewerker", "Teamleider"]
    assert [len(shown.teams_without_leader) for shown in (pair.before, pair.after, pair.now)] == [0, 2, 1]


def test_a_function_that_got_another_name_is_told_as_changed(diemen, director):
    loaded = small(diemen, APRIL)
    function = loaded.functions["staff"]
    actions.change_function(
        director, function_id=function.pk, expected_version=function.version, on=APRIL, name="Adviseur"
    )
    later = adopted_version(director, effective_on=APRIL)
    with reading(diemen.pk):
        found = before_after(director, later, TODAY).found
    assert [change.text for change in found.changed] == ["Medewerker heet nu Adviseur"]


def test_a_function_that_ended_is_told_as_gone(diemen, director):
    loaded = small(diemen, None)
    post, function = loaded.posts["leader-1"], loaded.functions["leader"]
    actions.end_post(director, post_id=post.pk, expected_version=post.version, on=APRIL)
    actions.end_function(director, function_id=function.pk, expected_version=function.version, on=APRIL)
    later = adopted_version(director, effective_on=APRIL)
    with reading(diemen.pk):
        found = before_after(director, later, TODAY).found
    assert [change.text for change in found.removed if change.subject == "function"] == ["Teamleider"]
