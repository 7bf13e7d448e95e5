"""What every module keeps to, whichever it is: a new one is tested before its own first test is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.administration import factories as people
from houvast.core.commitments import factories as commitments
from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.registry import action_labels, modules
from houvast.core.report import actions as report
from houvast.core.report.authoring import factories as rounds
from houvast.core.report.authoring.rules import Part
from houvast.core.report.claims import ClaimSource, Kind
from houvast.core.report.outline import slot_keys
from houvast.core.report.prose import parse
from houvast.core.report.queries import context_for
from houvast.core.retention import actions as retention
from houvast.modules.security import actions as actions_of_security
from houvast.modules.security import factories as security
from houvast.modules.structure import factories as structure
from houvast.modules.trajectory import factories as trajectory
from houvast.modules.values import factories as values
from houvast.project.demo.prose import PROSE
from tests.world import own_actions

YEAR = 2021
ALL = list(modules())
CLAIMS = [claim for module in ALL for claim in module.claims]
KEY = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
KEY_OF_MODULE = re.compile(r"[a-z][a-z_]*")
WORD_OF_SEARCH = "de"


def fill_structure(here: Organisation, number: int) -> None:
    """A board and teams, each with so many members; a version carried through, and one with open actions."""
    structure.small(here, *[structure.DAY] * number, directors=number)
    author, checker = (people.actor(here, "director") for _place in range(2))
    version = structure.adopted_version(author)
    coming = structure.adopted_version(author, effective_on=date(YEAR + 1, 7, 1), name="De volgende")
    done = structure.EndedAction(
        "Mandaten aanpassen",
        date(YEAR, 6, 30),
        date(YEAR, 6, 1),
        "Mandaatregeling",
        person_id=author.person_id,
    )
    for _place in range(number):
        structure.ended_action(author, version, done)
        structure.transition_action(author, coming, person_id=author.person_id)
    milestone = structure.reached_milestone(author, version, closed_on=date(YEAR, 12, 1))
    for place in range(number):
        proof = structure.Proof(
            f"Evaluatie {place}", date(YEAR, 12, 1), "Dossier", manner="goed", meaning="een begin"
        )
        structure.proved(author, milestone, proof, checker=checker)
        structure.proved(author, milestone, proof)


def fill_security(here: Organisation, number: int) -> None:
    """Incidents and breaches in every state, so many of each."""
    by = security.team(here)
    for place in range(number):
        at = datetime(YEAR, 3, 1, 9, tzinfo=UTC) + timedelta(days=place)
        security.incident(by, at=at)
        security.breach(by, at=at)
        security.settled_breach(by, security.breach(by, at=at))
        security.settled_breach(by, security.breach(by, at=at), notified_at=at + timedelta(hours=3))


def fill_report(here: Organisation, number: int) -> None:
    """Facts that wait for a second person, and a round with so many sections in which everybody has a part."""
    for place in range(number):
        entry = report.FactEntry(
            key=f"events.{'abc'[place]}",
            label="Bijeenkomsten",
            kind=Kind.COUNT,
            value=2,
            source_title="Verslag",
        )
        report.enter_fact(system_actor(here), year=YEAR, entry=entry, today=date(YEAR, 12, 31))
    cast = rounds.Cast(here, {part: people.actor(here, "editor") for part in Part})
    cast.opened(YEAR, *("values", "talent", "programmes")[:number])


def fill_values(here: Organisation, number: int) -> None:
    """A set before, and one of so many values, with examples, instruments, guides and counts."""
    values.load(people.actor(here, "director"), number)


def fill_commitments(here: Organisation, number: int) -> None:
    """Commitments of the year before, in every state."""
    author, checker = (people.actor(here, "editor") for _place in range(2))
    commitments.load(author, checker, number)


def fill_trajectory(here: Organisation, number: int) -> None:
    """A trajectory with so many of everything."""
    trajectory.load(people.actor(here, "director"), number)


def fill_retention(here: Organisation, number: int) -> None:
    """Lists that wait, each of one file that was withdrawn long ago, and as many holds that end."""
    by = security.team(here)
    row = security.incident(by)
    manager = people.actor(here, "administrator")
    attach = actions_of_security.attach_to_incident
    for place in range(number):
        file = attach.run(by.ciso, uid=row.uid, upload=SimpleUploadedFile("oud.txt", b"Een notitie."))
        at = datetime(YEAR - 3, 1, 1, 9, tzinfo=UTC) + timedelta(days=place)
        attach.withdraw(by.ciso, uid=row.uid, file_uid=file.uid, at=at, reason="Verkeerd stuk")
        retention.make_list(manager, day=date(YEAR, 6, 1), today=date(YEAR, 6, 1))
        span = {"valid_from": date(YEAR, 1, 1), "valid_until": date(YEAR, 9, 1) + timedelta(days=place)}
        retention.hold(manager, reason="Onderzoek", retention_class="security.breaches", **span)


# How to fill the tables of a module; one with claims, tasks or search has to stand here.
FILL: dict[str, Callable[[Organisation, int], None]] = {
    "commitments": fill_commitments,
    "report": fill_report,
    "retention": fill_retention,
    "security": fill_security,
    "structure": fill_structure,
    "values": fill_values,
    "trajectory": fill_trajectory,
}


def named(found):
    """The id of a parameter."""
    return found.key


def everybody(here: Organisation) -> Actor:
    """A person who holds every standard role."""
    return people.actor(here, *StandardRole.values, today=date(YEAR, 6, 1))


def queries(here: Organisation, ask: Callable[[], object]) -> tuple[int, object]:
    """How many queries a question takes, and its answer."""
    with (
        reading(here.pk),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        answer = ask()
    return len(asked), answer


@pytest.fixture
def filled(db):
    """Organisations with nothing, one and three of everything that a module keeps."""

    def make(key: str) -> dict[int, Organisation]:
        made = {}
        for number, slug in ((0, "leeg"), (1, "klein"), (3, "groter")):
            made[number] = people.organisation(slug)
            if number:
                FILL[key](made[number], number)
        return made

    return make


# Keys


@pytest.mark.parametrize("module", ALL, ids=named)
def test_keys_are_well_formed_and_begin_with_their_module(module):
    assert KEY_OF_MODULE.fullmatch(module.key)
    for contribution in (*module.permissions, *module.claims, *module.slots):
        assert KEY.fullmatch(contribution.key), contribution.key
    assert {claim.key.partition(".")[0] for claim in module.claims} <= {module.key}
    assert {key.partition(".")[0] for key, _label in module.labels} <= {module.key}


def test_no_key_is_used_twice():
    for kind in ("permissions", "claims", "slots"):
        keys = [item.key for module in ALL for item in getattr(module, kind)]
        assert len(keys) == len(set(keys))
    labels = [key for module in ALL for key, _label in module.labels]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("module", ALL, ids=named)
def test_a_module_is_named_in_dutch_and_its_permissions_are_held_by_standard_roles(module):
    with override("nl"):
        assert str(module.name)
        for permission in module.permissions:
            assert str(permission.label)
            assert permission.roles, f"nobody holds {permission.key} from the start"
            assert set(permission.roles) <= set(StandardRole.values)


@pytest.mark.parametrize("module", ALL, ids=named)
def test_navigation_leads_somewhere_and_asks_a_declared_permission(module):
    declared = {permission for other in ALL for permission in other.permissions}
    for item in module.navigation:
        assert reverse(item.url_name, args=["diemen"])
        assert str(item.label)
        assert str(item.group)
        assert item.permission is None or item.permission in declared


@pytest.mark.parametrize("module", ALL, ids=named)
def test_a_shortcut_leads_somewhere_says_what_for_and_asks_a_declared_permission(module):
    declared = {permission for other in ALL for permission in other.permissions}
    for cut in module.shortcuts:
        assert reverse(cut.url_name, args=["diemen"])
        assert str(cut.label)
        assert str(cut.about).endswith(".")
        assert cut.permission in declared


def test_every_standard_role_can_begin_three_things_at_least():
    for role in StandardRole:
        held = [cut for module in ALL for cut in module.shortcuts if role in cut.permission.roles]
        assert len(held) >= 3, role


def test_every_standard_role_can_do_something():
    held = {role for module in ALL for permission in module.permissions for role in permission.roles}
    assert held == set(StandardRole.values)


# Actions


def test_every_action_has_a_dutch_label_and_every_label_an_action():
    keys = {one.key for one in own_actions()}
    assert sorted(keys ^ set(action_labels())) == []
    with override("nl"):
        assert all(str(label).strip() for label in action_labels().values())


def test_every_permission_that_an_action_asks_is_declared_by_a_module():
    declared = {permission for module in ALL for permission in module.permissions}
    asked = {one.permission for one in own_actions() if one.permission}
    assert asked - declared == set()


# Claims


@pytest.mark.parametrize("claim", CLAIMS, ids=named)
def test_a_claim_says_what_it_counts_and_who_may_open_its_rows(claim: ClaimSource):
    permissions = {permission.key for module in ALL for permission in module.permissions}
    assert str(claim.label).strip()
    assert claim.explanation.strip()
    # Rows of a partner are for nobody here: the words alone come across.
    assert (claim.permission in permissions) == (claim.rows is not None) == bool(claim.columns)
    assert claim.permission is None or claim.permission in permissions
    assert all(label and path and path != "id" and not path.endswith("_id") for label, path in claim.columns)
    # Heads of a table on screen, in the reader's language.
    assert [label for label, _path in claim.columns if not isinstance(label, Promise)] == []
    assert claim.unit is not None or claim.kind not in {Kind.COUNT, Kind.QUANTIFIER}


def test_every_module_that_states_claims_can_be_filled():
    assert {module.key for module in ALL if module.claims} - set(FILL) == set()


@pytest.mark.parametrize("module", [module for module in ALL if module.claims], ids=named)
def test_a_claim_takes_as_many_queries_for_three_rows_as_for_one_and_no_more_for_none(module, filled):
    made = filled(module.key)
    wrong = []
    for source in module.claims:
        counts = {}
        for number, here in made.items():
            counts[number], _claim = queries(here, lambda: source.claim(context_for(here, YEAR)))  # noqa: B023  now
        if counts[1] != counts[3] or counts[0] > counts[1]:
            wrong.append(f"{source.key}: {counts}")
    assert wrong == []


@pytest.mark.parametrize("module", [module for module in ALL if module.claims], ids=named)
def test_a_claim_knows_its_rows_and_seals_them(module, filled):
    made = filled(module.key)
    for source in module.claims:
        sealed = {}
        for here in made.values():
            with reading(here.pk):
                claim = source.claim(context_for(here, YEAR))
            if claim is not None:
                assert re.fullmatch(r"[0-9a-f]{64}", claim.digest), source.key
                assert claim.as_of or claim.period, f"{source.key} names neither day nor period"
                sealed[claim.rows] = claim.digest
        assert len(set(sealed.values())) == len(sealed), f"{source.key}: other rows, the same seal"


@pytest.mark.parametrize("module", [module for module in ALL if module.claims], ids=named)
def test_a_register_without_rows_gives_a_chapter_without_faults(module, filled):
    made = filled(module.key)
    with reading(made[0].pk):
        for source in module.claims:
            claim = source.claim(context_for(made[0], YEAR))
            assert claim is None or claim.rows == 0, source.key


# Slots


def test_every_slot_of_the_chapter_is_filled_by_a_module_or_is_diemens_own_text():
    filled = {slot.key for module in ALL for slot in module.slots}
    edited = {text.slot for text in PROSE}
    assert sorted(set(slot_keys()) - filled - edited) == []
    assert sorted((filled | edited) - set(slot_keys())) == []


@pytest.mark.parametrize("slot", [slot for module in ALL for slot in module.slots], ids=named)
def test_the_text_of_a_slot_can_be_read_and_speaks_of_no_unknown_claim_of_a_module(slot):
    parse(slot.text)
    keys = set(re.findall(r"\[\[(?:als (?:niet )?)?([a-z_]+\.[a-z_.]+)", slot.text))
    own = {module.key for module in ALL if module.claims}
    # What no register holds yet comes from a fact with a source, also under the key of such a module.
    facts = {"security", "structure", "values"}
    known = {claim.key for claim in CLAIMS}
    assert {key for key in keys - known if key.partition(".")[0] in own - facts} == set()


# Tasks, figures and search


@pytest.mark.parametrize("module", ALL, ids=named)
def test_tasks_figures_and_search_take_as_many_queries_for_three_rows_as_for_one(module, filled):
    if module.key not in FILL:
        assert list(module.tasks(None)) == []
        assert list(module.figures(None)) == []
        assert list(module.search(None, WORD_OF_SEARCH)) == []
        return
    made = filled(module.key)
    for ask in (module.tasks, module.figures, lambda actor: module.search(actor, WORD_OF_SEARCH)):
        counts = {}
        for number in (1, 3):
            actor = everybody(made[number])
            counts[number], found = queries(made[number], lambda: ask(actor))  # noqa: B023  asked at once
            for one in found:
                assert str(one.label).strip()
                assert one.url.startswith(f"/{made[number].slug}/")
        assert counts[1] == counts[3]


@pytest.mark.parametrize("module", [module for module in ALL if module.indexed], ids=named)
def test_what_can_be_searched_is_asked_of_the_module_and_has_words_and_a_page(module, filled):
    here = filled(module.key)[3]
    actor, nobody = everybody(here), people.actor(here)
    declared = {permission for other in ALL for permission in other.permissions}
    for one in module.indexed:
        assert one.permission in declared
        assert issubclass(apps.get_model(one.table), OrganisationModel)
        with reading(here.pk):
            rows = list(one.rows(actor)[:2])
            assert rows, f"nothing fills {one.table}"
            with CaptureQueriesContext(connection) as asked:
                texts = [one.texts(row) for row in rows]
            assert len(asked) == 0, f"the words of {one.table} ask a query"
            assert all(said.reference or said.title for said in texts)
            hits = [one.hit(actor, row) for row in rows]
        assert all(str(hit.label) and hit.url.startswith(f"/{here.slug}/") for hit in hits)
        with reading(here.pk), pytest.raises(NotPermitted):
            list(one.rows(nobody))


def test_every_module_whose_rows_can_be_searched_can_be_filled():
    assert {module.key for module in ALL if module.indexed} - set(FILL) == set()


@pytest.mark.parametrize("module", [module for module in ALL if module.key in FILL], ids=named)
def test_dates_take_as_many_queries_for_three_rows_as_for_one(module, filled):
    made = filled(module.key)
    counts = {}
    for number in (1, 3):
        actor = everybody(made[number])
        counts[number], found = queries(
            made[number],
            lambda: module.dates(actor, date(YEAR, 1, 1), date(YEAR + 2, 1, 1)),  # noqa: B023  asked at once
        )
        assert len({dated.key for dated in found}) == len(found) > 0
    assert counts[1] == counts[3]


@pytest.mark.parametrize("module", [module for module in ALL if module.key in FILL], ids=named)
def test_a_figure_says_its_number_and_a_task_names_its_act(module, filled):
    here = filled(module.key)[3]
    actor = everybody(here)
    with reading(here.pk):
        figures, tasks = module.figures(actor), module.tasks(actor)
    assert figures
    for figure in figures:
        assert figure.value.isdecimal()
        assert figure.tone in {"", "goed", "let-op", "fout"}
        assert str(figure.note) or not figure.tone, "a colour only repeats words"
    for task in tasks:
        assert str(task.act)
        assert task.act_url == "" or task.act_url.startswith(task.url)
        assert bool(task.because) == (task.due is not None)


@pytest.mark.parametrize("module", ALL, ids=named)
def test_who_holds_no_role_has_no_tasks_and_no_figures_and_finds_nothing(module, filled):
    if module.key not in FILL:
        return
    here = filled(module.key)[3]
    nobody = people.actor(here, today=date(YEAR, 6, 1))
    with reading(here.pk):
        assert list(module.tasks(nobody)) == []
        assert list(module.figures(nobody)) == []
        assert list(module.search(nobody, WORD_OF_SEARCH)) == []
