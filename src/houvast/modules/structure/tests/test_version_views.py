"""The screens of versions: what blocks one, the forms, the tasks of a day, and who is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.administration.actions import grant
from houvast.core.orgs.scope import reading
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.structure import actions, facts, permissions
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

APRIL, JUNE = date(2021, 4, 12), date(2021, 6, 1)
PROOF = Proof("Evaluatie", date(2021, 12, 9), "Dossier", manner="goed", meaning="een begin")


def address(name, *args):
    return reverse(f"structure:{name}", args=["diemen", *args])


def enter(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "director")


@pytest.fixture
def version(director):
    return adopted_version(director)


@pytest.fixture
def browser_of(client):
    return lambda actor: enter(client, actor)


def page_of(client, version):
    return client.get(address("version", version.pk)).content.decode()


def test_an_empty_register_tells_how_to_begin(administrator, diemen):
    page = administrator.get(address("versions")).content.decode()
    assert "Nog geen structuurversies" in page
    assert address("add_version") in page


@pytest.fixture
def send(browser_of, director):
    """Send a form as a director; it must be taken."""
    client = browser_of(director)

    def by(name, pk=None, /, **data):
        url = address(name) if pk is None else address(name, pk)
        answer = client.post(url, data)
        assert answer.status_code == 302, answer.content.decode()

    return by


def only(model, here):
    with reading(here.pk):
        return model.objects.get()


def test_a_version_is_recorded_decided_and_advised_on_by_forms(client, send, diemen):
    answer = client.post(
        address("add_version"),
        {"kind": "organisation", "name": "Organisatiestructuur 2021", "effective_on": "2021-02-01"},
    )
    found = only(StructureVersion, diemen)
    assert answer.headers["Location"] == address("version", found.pk)
    page = page_of(client, found)
    assert "Wat ‘doorgevoerd’ nog tegenhoudt" in page
    assert "Het besluit is nog niet genomen of niet vastgelegd." in page
    assert "Het advies van de ondernemingsraad is niet vastgelegd." in page
    decided = {"decided_on": "2021-01-19", "decided_by": "College", "decision": "Besluit 1"}
    send("decide_version", found.pk, expected_version=1, **decided)
    advised = {"advice": "conditional", "advised_on": "2021-01-12", "advice_note": "Evalueren"}
    send("advise_version", found.pk, expected_version=2, **advised)
    send("change_version", found.pk, expected_version=3, name="Structuur", effective_on="2021-02-02")
    page = page_of(client, found)
    assert "Deze versie is doorgevoerd." in page
    assert "Positief, met voorwaarden" in page
    send("withdraw_version", found.pk, expected_version=4, reason="Dubbel")
    page = page_of(client, found)
    assert "Deze versie is ingetrokken en telt niet mee." in page
    assert address("change_version", found.pk) not in page


def test_an_action_is_agreed_changed_dropped_reopened_and_done_by_forms(
    client, send, diemen, director, version
):
    told = {"owner_person_id": director.person_id, "agreed_on": "2021-01-19", "due_on": "2021-06-30"}
    send("add_transition_action", version.pk, what="Mandaten", **told)
    page = page_of(client, version)
    assert "Mandaten (uiterlijk 30 juni 2021)" in page
    assert "Te laat" in page
    assert "0 van de 1 afgerond" in page
    row = only(TransitionAction, diemen)
    send("change_transition_action", row.pk, expected_version=1, what="Mandaatregeling", **told)
    send("lapse_transition_action", row.pk, expected_version=2, on="2021-06-01", reason="Niet nodig")
    assert "Vervallen" in page_of(client, version)
    send("reopen_transition_action", row.pk, expected_version=3)
    send("finish_transition_action", row.pk, expected_version=4, on="2021-06-01", evidence="Regeling")
    page = page_of(client, version)
    assert "1 van de 1 afgerond" in page
    assert "Deze versie is doorgevoerd." in page


def test_an_action_that_is_not_due_yet_is_open(client, send, diemen, director, version):
    tomorrow = timezone.localdate() + timedelta(days=1)
    transition_action(director, version, person_id=director.person_id, due_on=tomorrow)
    page = page_of(client, version)
    assert "Te laat" not in page
    assert ">Open<" in page.replace("\n", "")


def test_a_milestone_is_set_and_reached_by_forms(client, send, diemen, version):
    send("add_milestone", version.pk, name="De structuur staat")
    row = only(Milestone, diemen)
    send("change_milestone", row.pk, expected_version=1, name="Klaar", due_on="2021-12-31")
    send("close_milestone", row.pk, expected_version=2, on="2021-12-01")
    assert "Heropen de mijlpaal" in page_of(client, version)
    send("reopen_milestone", row.pk, expected_version=3)
    assert "Sluit de mijlpaal af" in page_of(client, version)


def test_evidence_is_recorded_by_one_and_checked_by_another_by_forms(
    client, send, browser_of, diemen, director, version
):
    milestone = reached_milestone(director, version, closed_on=date(2021, 12, 1))
    told = {"kind": "evaluation", "title": "Evaluatie", "dated": "2021-12-09", "manner": "goed"}
    send("add_evidence", milestone.pk, place="Dossier", **told)
    piece = only(MilestoneEvidence, diemen)
    send("change_evidence", piece.pk, expected_version=1, place="Dossier 5", **told)
    page = page_of(client, version)
    assert "Nog niemand" in page
    assert address("check_evidence", piece.pk) not in page
    answer = client.post(address("check_evidence", piece.pk), {"expected_version": 2})
    assert answer.status_code == 422
    assert "Iemand anders dan degene die dit heeft ingevoerd" in answer.content.decode()
    browser_of(people.actor(diemen, "administrator"))
    assert address("check_evidence", piece.pk) in page_of(client, version)
    assert "Onderbouwt het stuk: ‘goed’?" in client.get(address("check_evidence", piece.pk)).content.decode()
    send("check_evidence", piece.pk, expected_version=2)
    assert "Nog niemand" not in page_of(client, version)
    send("withdraw_evidence", piece.pk, expected_version=3)
    assert "Ingetrokken" in page_of(client, version)


def test_what_cannot_be_is_said_in_the_form(browser_of, version, director):
    answer = browser_of(director).post(
        address("change_version", version.pk),
        {"expected_version": version.version, "name": "Nieuw", "effective_on": "2021-01-01"},
    )
    assert answer.status_code == 422
    assert "voor het besluit van 19 januari 2021" in answer.content.decode()


def test_who_was_second_sees_both_versions(browser_of, version, director):
    answer = browser_of(director).post(
        address("change_version", version.pk),
        {"expected_version": 1, "name": "Van mij", "effective_on": "2021-02-01"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van mij" in page
    assert "Organisatiestructuur 2021" in page


def test_a_form_with_nothing_to_compare_shows_no_empty_table_after_a_conflict(browser_of, version, director):
    answer = browser_of(director).post(
        address("withdraw_version", version.pk), {"expected_version": 1, "reason": "Vergissing."}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Wat u invulde staat nog in het formulier" in page
    assert "Vergissing." in page
    assert "Uw versie" not in page


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, "Doorgevoerd"),
        ({"effective_on": timezone.localdate() + timedelta(days=1)}, "Nog niet ingegaan"),
    ],
)
def test_the_register_says_how_far_a_version_is(employee, director, change, word):
    adopted_version(director, **change)
    assert word in employee.get(address("versions")).content.decode()


def test_the_register_tells_a_plan_an_unfinished_and_a_withdrawn_version_apart(employee, director, version):
    transition_action(director, version, person_id=director.person_id)
    actions.add_version(director, kind="organisation", name="Een plan", effective_on=date(2030, 1, 1))
    other = adopted_version(director, kind="board_model")
    actions.withdraw_version(
        director, version_id=other.pk, expected_version=other.version, reason="Fout", today=DAY
    )
    page = employee.get(address("versions")).content.decode()
    for word in ("Nog niet doorgevoerd", "Nog niet vastgesteld", "Ingetrokken", "Directiemodel"):
        assert word in page


def test_a_version_to_come_says_when_and_where_to_change_that(browser_of, director):
    found = adopted_version(director, effective_on=date(2040, 1, 1))
    page = page_of(browser_of(director), found)
    assert "De versie gaat in op 1 januari 2040." in page
    assert address("change_version", found.pk) in page


def test_the_choice_of_owners_says_which_posts_have_ended(browser_of, diemen, director, version):
    post = small(diemen, None).posts["leader-1"]
    actions.end_post(director, post_id=post.pk, expected_version=post.version, on=JUNE)
    page = browser_of(director).get(address("add_transition_action", version.pk)).content.decode()
    assert "Teamleider, Team 01, tot 1 juni 2021" in page
    assert "Medewerker, Team 01<" in page


def test_an_employee_reads_what_blocks_a_version_and_is_offered_nothing(employee, director, version):
    row = transition_action(director, version, person_id=director.person_id)
    page = page_of(employee, version)
    assert "Mandaatregeling aanpassen (uiterlijk 30 juni 2021)" in page
    for name, pk in (("finish_transition_action", row.pk), ("decide_version", version.pk)):
        assert address(name, pk) not in page
        assert employee.get(address(name, pk)).status_code == 403


def test_the_owner_is_offered_to_report_the_action_done(browser_of, diemen, director, version):
    owner = people.actor(diemen, "employee")
    row = transition_action(director, version, person_id=owner.person_id)
    client = browser_of(owner)
    url = address("finish_transition_action", row.pk)
    page = page_of(client, version)
    assert url in page
    assert address("change_transition_action", row.pk) not in page
    answer = client.post(url, {"expected_version": row.version, "on": "2021-06-01", "evidence": "Regeling"})
    assert answer.status_code == 302
    with reading(diemen.pk):
        assert TransitionAction.objects.get().done_on == JUNE


def test_the_holder_of_the_post_that_owns_an_action_is_named(employee, diemen, director, version):
    loaded = small(diemen, APRIL)
    transition_action(director, version, post_id=loaded.posts["leader-1"].pk)
    page = page_of(employee, version)
    assert "Teamleider (Team 01)" in page
    assert "Teamleider 01" in page


def test_a_guest_who_may_only_read_is_refused_before_the_form(client, diemen, uithoorn, version):
    guest = people.actor(uithoorn, "director")
    account = Account.objects.get(pk=guest.account_id)
    keys = (permissions.VIEW.key, permissions.CHANGE.key)
    given = {"label": "Kijken", "account": account, "permissions": keys}
    grant(people.system_actor(diemen), grantee=uithoorn, valid_from=DAY, **given)
    client.force_login(account)
    assert address("change_version", version.pk) not in page_of(client, version)
    assert client.get(address("change_version", version.pk)).status_code == 403
    page = client.get(address("versions")).content.decode()
    assert address("add_version") not in page
    assert "Structuur inlezen" not in page


def test_who_may_change_one_team_is_refused_before_the_form(browser_of, diemen, version):
    loaded = small(diemen, APRIL)
    client = browser_of(people.actor(diemen, "director", unit=loaded.units["team-1"]))
    assert address("change_version", version.pk) not in page_of(client, version)
    assert client.get(address("change_version", version.pk)).status_code == 403


def test_the_page_shows_what_the_version_changed(employee, diemen, director, version):
    small(diemen, APRIL, None)
    page = page_of(employee, version)
    assert "Verschil: 31 januari 2021 → 1 februari 2021" in page
    assert "Functies: Directielid; Medewerker; Teamleider" in page
    assert "Geen enkel team heeft een teamleider: 0 van de 2." in page
    assert "De helft van de teams heeft een teamleider: 1 van de 2." in page


@pytest.mark.parametrize("name", ["versions", "version"])
def test_a_page_takes_as_many_queries_for_much_as_for_little(employee, diemen, director, version, name):
    loaded = small(diemen, APRIL)
    post = loaded.posts["leader-1"].pk
    checker = people.actor(diemen, "director")
    ended = EndedAction("Mandaten", JUNE, JUNE, "Regeling", person_id=director.person_id)
    ended_action(director, version, ended)
    milestone = reached_milestone(director, version, closed_on=date(2021, 12, 1))
    proved(director, milestone, PROOF, checker=checker)
    transition_action(director, version, post_id=post)

    def asked():
        url = address(name, *([version.pk] if name == "version" else []))
        employee.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert employee.get(url).status_code == 200
        return len(queries)

    before = asked()
    for number in range(3):
        adopted_version(director, effective_on=date(2022 + number, 1, 1))
        ended_action(director, version, ended)
        transition_action(director, version, post_id=post)
        proved(director, milestone, PROOF, checker=checker)
    assert asked() == before


def test_ones_own_actions_are_work_and_who_may_change_sees_what_is_open(diemen, director, version):
    owner = people.actor(diemen, "employee")
    row = transition_action(director, version, person_id=owner.person_id)
    transition_action(director, version, person_id=owner.person_id, what="Functieboek", due_on=APRIL)
    with reading(diemen.pk):
        mine = facts.tasks(owner)
        told = facts.tasks(director)
    assert [(task.label, task.detail, task.due) for task in mine] == [
        ("Functieboek", "Overgangsactie voor Organisatiestructuur 2021", APRIL),
        ("Mandaatregeling aanpassen", "Overgangsactie voor Organisatiestructuur 2021", date(2021, 6, 30)),
    ]
    assert mine[1].url == address("finish_transition_action", row.pk)
    assert [(task.label, task.detail, task.due) for task in told] == [
        ("2 overgangsacties staan open", "Organisatiestructuur 2021", APRIL)
    ]


def test_evidence_is_work_for_a_second_person_only(diemen, director, version):
    milestone = reached_milestone(director, version, closed_on=date(2021, 12, 1))
    piece = proved(director, milestone, PROOF)
    second = people.actor(diemen, "administrator")
    with reading(diemen.pk):
        assert facts.tasks(director) == ()
        (task,) = facts.tasks(second)
    assert (task.label, task.url) == (
        "Controleer het bewijsstuk Evaluatie",
        address("check_evidence", piece.pk),
    )


def test_versions_and_actions_are_found_by_name(diemen, director, version):
    for what in ("Structuur uitleggen", "Structuur tekenen"):
        transition_action(director, version, person_id=director.person_id, what=what)
    reader = people.actor(diemen, "employee")
    with reading(diemen.pk):
        found = records(reader, Query("structuur"))
    assert [(hit.kind, hit.label, hit.url) for hit in found] == [
        ("Structuurversie", "Organisatiestructuur 2021", address("version", version.pk)),
        ("Overgangsactie", "Structuur uitleggen", address("version", version.pk)),
        ("Overgangsactie", "Structuur tekenen", address("version", version.pk)),
    ]


def test_the_jumps_of_the_organogram_say_what_happened(employee, diemen, version):
    small(diemen, APRIL, APRIL, JUNE)
    page = employee.get(address("organogram")).content.decode()
    assert "12 april 2021: 2 teamleiders benoemd" in page
    assert "1 juni 2021: 1 teamleider benoemd" in page
    assert "1 februari 2021: Organisatiestructuur 2021 gaat in, 2 directieleden benoemd en meer" in page
