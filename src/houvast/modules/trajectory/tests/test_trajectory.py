"""Keeping a trajectory, what the chapter computes from it, and its pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories as people
from houvast.core.audit.actions import action, record
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Function, FunctionPeriod, Post, PostPeriod, Unit, UnitPeriod
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Appointment
from houvast.core.report.claims import Period
from houvast.core.report.queries import NoChapter, chapter, context_for
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.trajectory import actions, facts, queries
from houvast.modules.trajectory.factories import gate, load, milestone, phase, reached, trajectory
from houvast.modules.trajectory.models import GateDecision, Motto, Phase, Trajectory, TrajectoryMilestone
from houvast.modules.trajectory.module import MODULE

TODAY = date(2022, 3, 1)
CLAIMS = {source.key.partition(".")[2]: source for source in facts.CLAIMS}


@pytest.fixture
def director(diemen):
    return people.actor(diemen, "employee", "director", name="Directielid")


@pytest.fixture
def employee(diemen):
    return people.actor(diemen, "employee")


@pytest.fixture
def nobody(diemen):
    return people.actor(diemen)


@pytest.fixture
def made(director):
    return trajectory(director)


@pytest.fixture
def owned(diemen, director, employee):
    """A trajectory of a function that the employee holds."""

    @action("test.appoint_owner", permission=None)
    def appoint(_actor):
        day = {"valid_from": date(2021, 1, 1)}
        unit, function, post = Unit(code="u"), Function(code="f"), Post(code="p")
        for row in (unit, function, post):
            row.save()
            record(row)
        for row in (
            UnitPeriod(unit=unit, name="Directieteam", kind="board", **day),
            FunctionPeriod(function=function, name="Gemeentesecretaris", **day),
            PostPeriod(post=post, function=function, unit=unit, **day),
            Appointment(person_id=employee.person_id, post=post, **day),
        ):
            row.save()
            record(row)
        return post

    return trajectory(director, owner_post_id=appoint(system_actor(diemen)).pk)


def claim(here, key, year=2021):
    with reading(here.pk):
        return CLAIMS[key].claim(context_for(here, year))


def url(name, *args):
    return reverse(f"trajectory:{name}", args=["diemen", *args])


def stored(row):
    with reading(row.organisation_id):
        return type(row).objects.get(pk=row.pk)


# Actions


def test_a_trajectory_begins_as_precisely_as_it_is_known(diemen, made):
    assert (made.start, made.start_on, made.start_until) == ("juni 2020", date(2020, 6, 1), date(2020, 7, 1))
    with reading(diemen.pk):
        assert list(verify(diemen)) == []
        assert AuditEntry.objects.get(action="trajectory.begin").changes["goal"] == "gewijzigd"


def test_a_trajectory_without_a_beginning_is_refused_and_sending_twice_makes_one(director):
    with pytest.raises(Refusal, match="Vul in wanneer het traject begon"):
        trajectory(director, start="")
    key = uuid4()
    first = trajectory(director, sent_key=key)
    with pytest.raises(AlreadyDone) as twice:
        trajectory(director, sent_key=key)
    assert twice.value.first == first


def test_a_change_is_recorded_and_an_end_before_the_beginning_refused(director, made):
    given = {"name": made.name, "goal": made.goal, "owner_post_id": None, "start": "2020"}
    changed = actions.change_trajectory(
        director, trajectory_id=made.pk, expected_version=1, ended_on=date(2022, 12, 31), **given
    )
    assert (changed.start_until, changed.ended_on) == (date(2021, 1, 1), date(2022, 12, 31))
    with pytest.raises(Refusal, match="Het einde ligt voor het begin"):
        actions.change_trajectory(
            director, trajectory_id=made.pk, expected_version=2, ended_on=date(2019, 12, 31), **given
        )
    with pytest.raises(Conflict):
        actions.change_trajectory(director, trajectory_id=made.pk, expected_version=1, ended_on=None, **given)
    with pytest.raises(Refusal, match="U hebt niets gewijzigd"):
        actions.change_trajectory(
            director, trajectory_id=made.pk, expected_version=2, ended_on=date(2022, 12, 31), **given
        )


def test_a_motto_ends_where_the_next_begins_and_the_old_one_stays_to_be_read(diemen, director, made):
    for text, day in (("Eerst", date(2020, 6, 1)), ("Daarna", date(2022, 1, 1))):
        actions.set_motto(director, trajectory_id=made.pk, text=text, valid_from=day)
    with reading(diemen.pk):
        told = list(Motto.objects.order_by("pk").values_list("text", "valid_from", "valid_until"))
    assert told == [("Eerst", date(2020, 6, 1), date(2022, 1, 1)), ("Daarna", date(2022, 1, 1), None)]
    assert claim(diemen, "motto", 2021).value == "Eerst"
    assert claim(diemen, "motto", 2022).value == "Daarna"


def test_phases_are_numbered_by_themselves_and_do_not_overlap_in_silence(director, made):
    first = phase(director, made, "Eerst", start="juni 2020", end="26-9-2021")
    second = phase(director, made, "Dan", start="27-9-2021")
    assert (first.order, second.order, str(second)) == (1, 2, "Fase 2: Dan")
    assert (first.ends_on, second.ends_on) == (date(2021, 9, 27), None)
    with pytest.raises(Refusal, match="vallen samen met fase 2"):
        phase(director, made, start="2022")
    third = phase(director, made, start="2022", overlap="Zij lopen door elkaar.")
    assert third.overlap == "Zij lopen door elkaar."
    changed = actions.change_phase(
        director,
        part_id=second.pk,
        expected_version=1,
        name="Dan",
        goal="Leren",
        start="27-9-2021",
        end="2021",
        overlap="",
    )
    assert (changed.goal, changed.ends_on) == ("Leren", date(2022, 1, 1))


def test_a_gate_is_decided_by_who_may_and_the_newest_decision_holds(diemen, director, made):
    phase(director, made, "Eerst", start="2020", end="2020")
    row = phase(director, made, "Dan", start="2021")
    controller = people.actor(diemen, "controller")
    with pytest.raises(NotPermitted):
        gate(controller, row)
    gate(director, row, "closed", date(2020, 12, 1))
    gate(director, row, "open", date(2021, 1, 5))
    with reading(diemen.pk):
        lines = queries.whole(director, made, TODAY).phases
        assert GateDecision.objects.count() == 2
    assert [line.state for line in lines] == ["ended", "running"]
    assert str(lines[1].gate) == "De fase mag beginnen"


def test_a_phase_of_another_trajectory_does_not_exist(director, made):
    other = phase(director, trajectory(director, name="Anders"))
    with pytest.raises(Phase.DoesNotExist):
        milestone(director, made, phase_id=other.pk)


def test_a_milestone_is_closed_with_evidence_and_may_be_reopened(director, made):
    row = reached(director, milestone(director, made))
    assert (row.closed_on, row.document) == (date(2021, 11, 1), "Verslag")
    again = actions.reopen_milestone(director, part_id=row.pk, expected_version=row.version)
    assert (again.closed_on, again.document, again.document_on) == (None, "", None)
    with pytest.raises(Refusal, match="U hebt niets gewijzigd"):
        actions.reopen_milestone(director, part_id=row.pk, expected_version=again.version)


def test_every_part_is_changed_by_its_own_action(diemen, director):
    made = load(director, 1)
    with reading(diemen.pk):
        condition, activity = made.conditions.get(), made.activities.get()
        circumstance, open_one = made.circumstances.get(), made.milestones.get(closed_on=None)
    version = {"expected_version": 1}
    shown = actions.change_condition(
        director, part_id=condition.pk, **version, text="Ruimte", indicator="Score", document="Meting"
    )
    held = actions.change_activity(
        director,
        part_id=activity.pk,
        **version,
        name="Sessie",
        phase_id=None,
        theme="Taal",
        mode="online",
        start="",
    )
    aimed = actions.change_milestone(
        director, part_id=open_one.pk, **version, name="Klaar", phase_id=None, due_on=None
    )
    with pytest.raises(Refusal, match="Het einde ligt voor het begin"):
        actions.change_circumstance(
            director,
            part_id=circumstance.pk,
            **version,
            name="Crisis",
            effect="Stil",
            starts_on=TODAY,
            ends_on=TODAY,
        )
    around = actions.change_circumstance(
        director,
        part_id=circumstance.pk,
        **version,
        name="Crisis",
        effect="Stil",
        starts_on=TODAY,
        ends_on=None,
    )
    told = [str(one) for one in (shown, held, aimed, around, made)]
    assert told == ["Ruimte", "Sessie", "Klaar", "Crisis", "Samen vooruit"]
    with reading(diemen.pk):
        lines = queries.whole(director, made, TODAY).conditions
        assert list(verify(diemen)) == []
    assert [line.is_substantiated for line in lines] == [True]


def test_the_database_refuses_what_cannot_be(director, made):
    @action("test.break_trajectory", permission=None)
    def broken(_actor, model, **values):
        row = model(**values)
        row.save()
        record(row)

    of = {"trajectory": made, "name": "x"}
    for model, values in (
        (Trajectory, {"name": "x", "goal": "", "start": "", "start_on": TODAY, "start_until": TODAY}),
        (Phase, {**of, "order": 1, "start": "2021"}),
        (Phase, {**of, "order": 0}),
        (Phase, {**of, "order": 1, "start": "2021", "start_on": TODAY}),
        (Phase, {**of, "order": 1, "end": "2021", "ends_on": TODAY}),
        (TrajectoryMilestone, {**of, "closed_on": TODAY}),
    ):
        with pytest.raises(IntegrityError):
            broken(director, model, **values)


# The chapter


def test_the_chapter_says_what_the_register_holds(diemen, director, made):
    phase(director, made, "Eerst", start="juni 2020", end="2020")
    phase(director, made, "Dan")
    values = {
        key: found and (found.value, found.rows) for key in CLAIMS if (found := claim(diemen, key)) or True
    }
    assert values == {
        "name": ("Samen vooruit", 1),
        "start": (["2020-06-01", "2020-07-01"], 1),
        "motto": None,
        "phases": (2, 2),
        "phase_one": ("fase 1", 1),
        "phase_two": ("fase 2", 1),
    }
    assert claim(diemen, "start").period == Period.month(2020, 6)
    assert claim(diemen, "phases").items == ("Fase 1: Eerst", "Fase 2: Dan")


def test_a_year_speaks_of_the_trajectory_that_began_last(diemen, director, made):
    trajectory(director, name="De volgende", start="2022")
    assert claim(diemen, "name", 2021).value == "Samen vooruit"
    assert claim(diemen, "name", 2022).value == "De volgende"
    assert claim(diemen, "name", 2019) is None
    assert claim(diemen, "start", 2019) is None
    assert claim(diemen, "phases", 2021) is None


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_that_a_trajectory_began_makes_no_chapter_of_any_year(diemen, year):
    assert claim(diemen, "start", year).rows == 1
    with reading(diemen.pk), pytest.raises(NoChapter):
        chapter(diemen, year)


# The first page, the calendar, the search


def test_who_holds_the_owning_function_sees_its_milestones_and_who_decides_the_gates(
    diemen, director, employee, nobody, owned
):
    milestone(director, owned)
    phase(director, owned, "Eerst", start="2020", end="2020")
    phase(director, owned, "Dan", start="2021")
    with reading(diemen.pk):
        own, deciding = facts.tasks(employee), facts.tasks(director)
        assert facts.tasks(nobody) == facts.figures(nobody) == facts.figures(employee) == ()
        (figure,) = facts.figures(director)
        (found,) = facts.due(system_actor(diemen))
        called = queries.owner_of(owned)
    assert [(task.label, task.due) for task in own] == [("De helft is klaar", date(2021, 10, 1))]
    assert own[0].because == ("Streefdag van de mijlpaal: 1 oktober 2021.",)
    assert deciding[-1].label == "Mag fase 2 van Samen vooruit beginnen?"
    assert (figure.value, figure.note) == ("1", "1 te laat")
    assert (found.person, found.due) == (employee.person_id, date(2021, 10, 1))
    assert called == "Gemeentesecretaris, Directieteam"


def test_a_guest_who_may_only_read_has_no_tasks(diemen, uithoorn, director, made):
    milestone(director, made)
    guest = people.guest(diemen, "director", home=uithoorn)
    with reading(diemen.pk):
        assert facts.tasks(guest) == ()


def test_the_calendar_has_milestones_and_activities(diemen, director, made, nobody):
    milestone(director, made)
    milestone(director, made, name="Zonder dag", due_on=None)
    for name, start in (("Week", "27-9-2021 t/m 1-10-2021"), ("Dag", "1-10-2021")):
        actions.add_activity(
            director, trajectory_id=made.pk, name=name, phase_id=None, theme="", mode="", start=start
        )
    with reading(diemen.pk):
        found = MODULE.dates(director, date(2021, 10, 1), date(2021, 10, 2))
        assert MODULE.dates(nobody, date(2021, 1, 1), date(2022, 1, 1)) == ()
    assert [(one.about, one.on, one.until) for one in found] == [
        ("De helft is klaar", date(2021, 10, 1), None),
        ("Week", date(2021, 9, 27), date(2021, 10, 2)),
        ("Dag", date(2021, 10, 1), None),
    ]


def test_without_milestones_there_is_no_figure(diemen, director, made):
    with reading(diemen.pk):
        assert facts.figures(director) == ()


def found(actor, typed):
    with reading(actor.organisation.pk):
        return [(str(hit.kind), hit.label) for hit in records(actor, Query(typed))]


def test_a_trajectory_and_its_parts_are_found_by_stems(diemen, director, made):
    of = {"trajectory_id": made.pk}
    actions.set_motto(director, text="Altĳd bouwen", valid_from=date(2020, 6, 1), **of)
    actions.add_condition(director, text="Korte lijnen", indicator="Rapporten", document="", **of)
    phase(director, made, "Verkennen", goal="Gesprekken voeren.")
    actions.add_activity(
        director, name="Werksessie", phase_id=None, theme="Talenten", mode="", start="2021", **of
    )
    milestone(director, made, name="Plannen vastgesteld")
    actions.add_circumstance(
        director, name="Crisis", effect="Vergaderingen vervielen.", starts_on=TODAY, ends_on=None, **of
    )
    assert found(director, "beter") == [("Ontwikkeltraject", "Samen vooruit")]
    assert found(director, "altijd") == [("Motto", "Altĳd bouwen")]
    assert found(director, "rapport") == [("Voorwaarde", "Korte lijnen")]
    assert found(director, "gesprek") == [("Fase", "Verkennen")]
    assert found(director, "talent") == [("Activiteit", "Werksessie")]
    assert found(director, "plan") == [("Mijlpaal van een ontwikkeltraject", "Plannen vastgesteld")]
    assert found(director, "vergadering") == [("Omstandigheid", "Crisis")]
    with reading(diemen.pk):
        (hit,) = records(director, Query("vergadering"))
    assert hit.url == reverse("trajectory:trajectory", args=["diemen", made.pk])


def test_a_trajectory_is_found_by_its_new_words_and_by_the_old_no_more(director, made):
    told = {"goal": "Sneller werken.", "owner_post_id": None, "start": "juni 2020", "ended_on": None}
    actions.change_trajectory(
        director, trajectory_id=made.pk, expected_version=made.version, name="Nieuwe wegen", **told
    )
    assert found(director, "vooruit") == found(director, "beter") == []
    assert found(director, "weg") == [("Ontwikkeltraject", "Nieuwe wegen")]


def test_without_the_right_or_from_elsewhere_no_trajectory_is_found(uithoorn, nobody, made):
    assert found(nobody, "vooruit") == []
    assert found(people.actor(uithoorn, "director"), "vooruit") == []


def test_a_late_milestone_names_what_may_explain_it(diemen, director, made):
    actions.add_circumstance(
        director,
        trajectory_id=made.pk,
        name="Crisis",
        effect="Stil",
        starts_on=date(2021, 9, 1),
        ends_on=date(2021, 11, 1),
    )
    reached(director, milestone(director, made))
    with reading(diemen.pk):
        (line,) = queries.whole(director, made, TODAY).milestones
    assert (line.is_late, line.explained) == (True, ("Crisis",))


# Pages


@pytest.fixture
def signed_in(client):
    def sign_in(actor):
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return sign_in


def test_an_empty_list_and_an_empty_trajectory_say_how_to_begin(signed_in, director):
    client = signed_in(director)
    assert "Er is nog geen traject" in client.get(url("index")).content.decode()
    page = client.get(url("trajectory", trajectory(director).pk)).content.decode()
    for words in (
        "Nog geen fasen",
        "Nog geen mijlpalen",
        "Nog geen activiteiten",
        "Er geldt vandaag geen motto.",
    ):
        assert words in page


def test_the_page_shows_everything_with_a_picture_and_a_table(signed_in, director):
    made = load(director, 2)
    page = signed_in(director).get(url("trajectory", made.pk)).content.decode()
    for words in (
        "Samen vooruit: fasen en mijlpalen",
        "Fase 1: De 0",
        "niet onderbouwd",
        "mogelijk door: De 0",
        "nog niet besloten",
        "gepland: 1 oktober 2021",
        "Mijlpaal van een traject afgesloten",
    ):
        assert words in page


def test_who_only_reads_is_offered_no_change(signed_in, director, employee):
    made = load(director, 1)
    page = signed_in(employee).get(url("trajectory", made.pk)).content.decode()
    assert "Wijzig" not in page
    assert signed_in(employee).get(url("change", made.pk)).status_code == 403


def test_a_trajectory_is_made_and_changed_by_its_forms(signed_in, diemen, director):
    client = signed_in(director)
    given = {"name": "Vooruit", "goal": "Beter", "start": "juni 2020", "owner_post_id": ""}
    answer = client.post(url("begin"), given)
    with reading(diemen.pk):
        made = Trajectory.objects.get()
    assert answer["Location"] == url("trajectory", made.pk)
    wrong = client.post(url("begin"), {**given, "start": "ooit"})
    assert "Schrijf een termijn als" in str(wrong.context["form"].errors["start"])
    client.post(url("change", made.pk), {**given, "name": "Verder", "expected_version": 1, "ended_on": ""})
    assert stored(made).name == "Verder"
    late = client.post(url("change", made.pk), {**given, "name": "Anders", "expected_version": 1})
    assert late.status_code == 409
    assert "Verder" in late.content.decode()


FORMS = {
    "motto": {"text": "Samen", "valid_from": "2022-01-01"},
    "add_condition": {"text": "Ruimte"},
    "add_phase": {"name": "Later"},
    "add_activity": {"name": "Sessie", "mode": "online", "start": "2021"},
    "add_milestone": {"name": "Klaar", "due_on": "2022-01-01"},
    "add_circumstance": {"name": "Crisis", "effect": "Stil", "starts_on": "2020-04-01"},
}


@pytest.mark.parametrize("name", FORMS)
def test_each_part_is_added_by_its_form_and_an_empty_form_says_what_lacks(signed_in, director, made, name):
    client = signed_in(director)
    assert client.get(url(name, made.pk)).status_code == 200
    assert client.post(url(name, made.pk), {}).status_code == 422
    answer = client.post(url(name, made.pk), FORMS[name])
    assert answer["Location"] == url("trajectory", made.pk)
    page = client.get(answer["Location"]).content.decode()
    assert next(iter(FORMS[name].values())) in page


@pytest.mark.parametrize(
    ("name", "part", "given"),
    [
        ("change_condition", "conditions", {"text": "Ruimte"}),
        ("change_phase", "phases", {"name": "Later"}),
        ("change_activity", "activities", {"name": "Sessie"}),
        ("change_milestone", "milestones", {"name": "Klaar"}),
        (
            "change_circumstance",
            "circumstances",
            {"name": "Crisis", "effect": "Stil", "starts_on": "2020-04-01"},
        ),
    ],
)
def test_each_part_is_changed_by_its_form(signed_in, diemen, director, name, part, given):
    made = load(director, 1)
    with reading(diemen.pk):
        row = getattr(made, part).order_by("pk").first()
    client = signed_in(director)
    assert client.get(url(name, row.pk)).context["form"].initial["expected_version"] == 1
    answer = client.post(url(name, row.pk), {**given, "expected_version": 1})
    assert answer["Location"] == url("trajectory", made.pk)
    assert client.post(url(name, row.pk), {**given, "expected_version": 1}).status_code in {409, 422}


def test_gate_and_milestone_have_forms_of_their_own(signed_in, diemen, director, made):
    first = phase(director, made, "Eerst", start="2020", end="2020")
    second = phase(director, made, "Dan", start="2021")
    row = milestone(director, made)
    client = signed_in(director)
    given = {"expected_version": 1, "outcome": "open", "on": "2021-01-05", "decided_by": "Directieteam"}
    refused = client.post(url("gate", first.pk), given)
    assert "De eerste fase heeft geen poort" in refused.content.decode()
    assert client.post(url("gate", second.pk), given).status_code == 302
    closing = {
        "expected_version": 1,
        "closed_on": "2021-11-01",
        "document": "Verslag",
        "document_on": "2021-11-01",
    }
    assert client.post(url("close", row.pk), closing).status_code == 302
    assert client.get(url("reopen", row.pk)).status_code == 200
    assert client.post(url("reopen", row.pk), {"expected_version": 2}).status_code == 302
    assert stored(row).closed_on is None


def test_what_is_of_another_organisation_does_not_exist(signed_in, director, uithoorn):
    theirs = load(people.actor(uithoorn, "director"), 1)
    with reading(uithoorn.pk):
        part = theirs.phases.get()
    client = signed_in(director)
    assert client.get(url("trajectory", theirs.pk)).status_code == 404
    assert client.get(url("change_phase", part.pk)).status_code == 404
    assert client.get(url("gate", part.pk)).status_code == 404


def test_the_trail_names_what_was_kept_for_who_may_see_it(diemen, director, nobody):
    made = load(director, 1)
    with reading(diemen.pk):
        row = made.phases.get()
        records = {one.table: one for one in MODULE.records}
        (name,) = records["trajectory.phase"].named(director, [str(row.uid)]).values()
        assert records["trajectory.phase"].named(nobody, [str(row.uid)]) == {}
    assert (name.label, name.url) == ("1 De 0", url("trajectory", made.pk))
