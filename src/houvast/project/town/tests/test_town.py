"""The town is the same for the same seed, holds together at any size, and its chapters have nothing amiss."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.elsewhere import TOWN
from tests.undoing import undone

from houvast.core.access.actor import system_actor
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.audit.queries import verify
from houvast.core.commitments.models import Commitment
from houvast.core.commitments.rules import Settlement
from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.rules import FunctionKind
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.post.models import Dispatch
from houvast.core.post.rules import Channel
from houvast.core.report import guard
from houvast.core.report.adoption.queries import adopted_years, obstacles
from houvast.core.report.authoring.queries import desk
from houvast.core.report.authoring.rules import Stage
from houvast.core.report.models import Comment
from houvast.core.report.queries import all_texts, chapter, years_with_chapter
from houvast.core.retention.models import DestructionCertificate, DestructionItem, DestructionList, Hold
from houvast.modules.security.models import Incident
from houvast.modules.structure import factories as structure
from houvast.project.town import plan
from houvast.project.town.load import load
from houvast.project.town.plan import Size

pytestmark = pytest.mark.long

SCOPED = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
CHAINED = {AuditEntry, AuditHead}
"""Sealed over the moment at which they were written: another one each time."""
OF_THE_MOMENT = {"recorded_at", "at", "storage_name"}
NUMBERED = {"account_id", "proposed_account", "decided_account", "notices.Notice.key", "notices.Notice.url"}
"""What names a number of the database, which PostgreSQL does not give out twice."""
EMPTY = {
    "access.Grant": "It needs a second organisation, and the town is alone.",
    "agenda.CalendarFeed": "A secret address: nobody has one that everybody could read in the code.",
    "agenda.FeedFetch": "Nobody has a feed.",
    "events.OutboxEvent": "No module tells another anything yet.",
    "events.Handled": "No module tells another anything yet.",
    "jobs.Job": "What the worker has to do now; the town is finished when it is loaded.",
    "notices.OutgoingMessage": "No example may be mailed to anybody.",
    "report.Publication": "Made by `./houvast publish`, which writes files.",
    "report.Reopening": "A year that was reopened would not stay adopted.",
    "tokens.Token": "A secret by chance, which is another one each time.",
    "tokens.TokenUse": "Nobody has a token.",
}
"""The registers without a row, each with the reason."""
SIZES = st.builds(
    Size,
    employees=st.integers(1, 400),
    first=st.integers(2004, 2030),
    years=st.integers(1, 8),
    seed=st.integers(0, 50),
)


@pytest.mark.parametrize(
    "size", [Size(1, 2004, 1, 3), Size(1, 2015, 8, 4), Size(45, 2021, 5, 5), Size(130, 2030, 4, 6)], ids=str
)
def test_the_structure_of_a_town_is_one_that_the_rules_accept(diemen, size):
    made = plan.structure(size)
    loaded = structure.load_structure(system_actor(diemen), made)
    assert len(loaded.units) == len(made.units)


@given(SIZES)
@settings(max_examples=25)
def test_nobody_has_the_name_of_another(size):
    names = [person.name for person in plan.structure(size).persons]
    assert len(set(names)) == len(names)


@given(SIZES)
@settings(max_examples=25)
def test_everybody_who_signs_in_works_there_all_the_while(size):
    made = plan.structure(size)
    keys = {person.name: person.key for person in made.persons}
    for _key, name, _roles in plan.accounts():
        held = [row for row in made.appointments if row.person == keys[name]]
        assert [(row.valid_from, row.valid_until) for row in held] == [(date(size.first, 1, 1), None)]


@given(SIZES)
@settings(max_examples=25)
def test_what_a_year_registers_lies_in_that_year_and_in_time(size):
    for year in size.span:
        rows = plan.incidents(size, year)
        assert {row.registered_on.year for row in rows} == {year}
        assert all(row.occurred_on <= row.registered_on for row in rows)
        for row in plan.breaches(size, year):
            assert row.registered_on.year == year
            assert row.notified_at is None or row.notified_at - row.aware_at < timedelta(hours=72)


def test_the_same_seed_is_the_same_town_and_another_seed_another():
    assert plan.structure(TOWN) == plan.structure(TOWN)
    assert plan.structure(TOWN) != plan.structure(Size(employees=20, first=2021, years=3, seed=8))
    assert plan.breaches(TOWN, 2021) == plan.breaches(TOWN, 2021)


def test_a_larger_town_has_more_teams():
    leaders = [
        sum(row.function == "leader" for row in plan.structure(Size(employees=number)).posts)
        for number in (20, 200, 2000)
    ]
    assert leaders == [3, 23, 223]
    assert FunctionKind.TEAM_LEADER in {row.kind for row in plan.structure(TOWN).functions}


@pytest.mark.parametrize("wrong", [{"employees": 0}, {"years": 0}, {"years": 21}, {"first": 2003}])
def test_a_town_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="at least one employee"):
        Size(**wrong)


def rows_of(here):
    """What stands in every row, by register, but for numbers of the database, secrets and the moment of writing."""
    with reading(here.pk):
        return {
            model._meta.label: list(model.objects.order_by("pk").values_list(*told(model)))
            for model in SCOPED
            if model not in CHAINED
        }


def told(model):
    return sorted(
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not field.is_relation
        and field.name not in OF_THE_MOMENT
        and not {field.name, f"{model._meta.label}.{field.name}"} & NUMBERED
    )


@pytest.fixture(scope="module")
def built(kept):
    """The town, and what its rows said when it was made in another database."""
    with undone():
        before = rows_of(load(TOWN))
    with kept.town() as made:
        yield made, before


@pytest.fixture
def town(built, db):
    return built[0]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_every_register_has_a_row_in_the_town_or_a_reason_why_not(town, model):
    with reading(town.pk):
        empty = not model.objects.exists()
    assert empty == (model._meta.label in EMPTY), "Add rows to project/town, or the reason to EMPTY."


def test_what_stands_without_rows_is_a_register_that_exists():
    assert set(EMPTY) <= {model._meta.label for model in SCOPED}
    assert all(EMPTY.values())


@pytest.mark.parametrize("label", sorted(model._meta.label for model in SCOPED if model not in CHAINED))
def test_the_same_size_and_seed_give_the_same_rows(built, db, label):
    here, before = built
    assert rows_of(here)[label] == before[label]


def test_people_are_called_by_their_function(town):
    functions = {name.split()[0] for _key, name, _roles in plan.accounts()} | {"Directielid", "Teamleider"}
    with reading(town.pk):
        assert {name.split()[0] for name in Person.objects.values_list("name", flat=True)} == functions


def test_the_round_has_a_section_at_every_step_and_one_that_fell_back(town):
    day = date(TOWN.first + TOWN.years, 2, 1)
    with reading(town.pk):
        found = desk(chapter(town, day.year), day)
        told = {place.section.key: (place.turn.stage, place.turn.again) for place in found.places}
        comments = list(Comment.objects.values_list("contribution__section", flat=True))
    assert told == {
        "structure": (Stage.READY, False),
        "partnership.security": (Stage.AGREEMENT, True),
        "trajectory": (Stage.EDITING, False),
        "values": (Stage.AGREEMENT, False),
        "complaints": (Stage.REQUESTED, False),
    }
    assert comments == ["values"]


def test_a_promised_letter_is_settled_by_the_letter_that_went_out(town):
    with reading(town.pk):
        promised = Commitment.objects.filter(settlement=Settlement.DOCUMENT).order_by("year")
        answers = {row.year: row.stands.values_list("document_on", "place").first() for row in promised}
        sent = Dispatch.objects.filter(dispatched_on__isnull=False).order_by("dispatched_on")
        told = [
            (
                row.dispatched_on,
                row.reference,
                row.channel,
                row.consent_id is not None,
                row.file_id is not None,
            )
            for row in sent
        ]
        waiting = list(Dispatch.objects.filter(dispatched_on=None).values_list("drafted_on", flat=True))
    assert told == [
        (date(2022, 10, 12), "VST-2022-0412", Channel.LETTER, False, False),
        (date(2023, 10, 12), "VST-2023-0412", Channel.EMAIL, True, True),
        (date(2024, 10, 12), "VST-2024-0412", Channel.LETTER, False, False),
    ]
    assert answers == {2021: told[0][:2], 2022: told[1][:2], 2023: told[2][:2], 2024: None}
    assert waiting == [date(2025, 1, 20)]


def test_a_list_was_carried_out_one_waits_for_its_second_person_and_a_hold_keeps_a_record_off_it(town):
    with reading(town.pk):
        lists = list(DestructionList.objects.order_by("day").values_list("day", "status"))
        results = list(DestructionItem.objects.order_by("pk").values_list("result", "exclusion"))
        contacts = list(
            Incident.objects.filter(from_outside=True)
            .order_by("registered_on")
            .values_list("contact", flat=True)
        )
        held = Incident.objects.get(uid=Hold.objects.get().subject_uid)
        assert DestructionCertificate.objects.get().rows == 1
    assert lists == [(date(2023, 1, 15), "executed"), (date(2025, 1, 15), "proposed")]
    assert results == [("destroyed", ""), ("", "De melder heeft nog een vraag openstaan.")]
    assert contacts == [
        "",
        "melder-2022@example.org",
        "melder-2023@example.org",
        "melder-2024@example.org",
    ]
    assert held.registered_on.year == 2022


def test_every_row_is_as_it_was_recorded(town):
    with reading(town.pk):
        assert list(verify(town)) == []


def test_each_year_has_a_chapter_without_faults(town):
    with reading(town.pk):
        assert years_with_chapter() == [2025, 2024, 2023, 2022, 2021]
        for year in TOWN.span:
            made = chapter(town, year)
            assert made.problems == ()
            assert made.unchecked == frozenset()
            assert made.has_example_rows
            assert [section.heading for section in made.sections] == [
                "Organisatieontwikkeling",
                "Organisatiestructuur",
                "Organisatievisie en kernwaarden",
                "Klachtenregeling",
                "Teamplannen",
                "Programmatisch werken",
                "Leren en ontwikkelen",
                "Huisvesting",
                "Informatieveiligheid",
            ]
            for text in all_texts(year).values():
                if text.edited:
                    assert guard.check(text.source, made.claims) == ()


def test_the_last_chapter_waits_for_one_answer_and_for_nothing_else(town):
    with reading(town.pk):
        told = [str(one.sentence) for one in obstacles(system_actor(town), 2024)]
        assert list(obstacles(system_actor(town), 2023)) == []
        adopted = adopted_years()
    assert told == [
        "Het voornemen ‘Duidelijker uitleg over klagen (2024)’ uit 2023 is nog niet beantwoord.",
    ]
    assert adopted == [2022, 2021]


def test_a_value_that_comes_in_the_third_year_is_not_in_the_first(town):
    with reading(town.pk):
        numbers = [chapter(town, year).claims["values.values"].number for year in TOWN.span]
    assert numbers == [3, 3, 4, 4]


def test_the_rows_are_the_same_on_every_machine_and_database(town):
    with reading(town.pk):
        claims = chapter(town, 2022).claims
        found = {
            key: (claims[key].rows, claims[key].digest[:16]) for key in ("security.breaches", "values.values")
        }
    assert found == {
        "security.breaches": (5, "041dc217294bf50c"),
        "values.values": (3, "0d04550116f3e181"),
    }
