"""Which program gets which answer: every operation, for each role with all it can give, and for each scope alone.

The expected answers stand in `api_matrix.csv`; `pytest tests/test_api_access.py --write-matrix` writes them again.
"""

from __future__ import annotations

import csv
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client, override_settings

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories
from houvast.core.api import middleware
from houvast.core.registry import modules
from tests.programs import faults, operations, program, token_of
from tests.undoing import undone
from tests.world import ANONYMOUS, ELSEWHERE, FROM, GUEST, NO_ROLE, heads, state

pytestmark = [pytest.mark.django_db]
TABLE = Path(__file__).with_name("api_matrix.csv")
OPERATIONS = sorted(operations(), key=lambda one: (one.path, one.method))
SCOPES = [one.key for module in modules() if module.api for one in (*module.api.reads, *module.api.writes)]
COLUMNS = (ANONYMOUS, ELSEWHERE, GUEST, NO_ROLE, *StandardRole.values, *SCOPES)
MODULES_WITHOUT_API = {
    "notices": "what is told to a person is for that person",
    "post": "not yet: see docs/gaps.md",
    "workbooks": "a workbook is read in by people, with a preview of what it does",
    "commitments": "not yet: see docs/gaps.md",
    "trajectory": "not yet: see docs/gaps.md",
    "configuration": "settings are changed by people, with a preview of what they do",
    "files": "a file is fetched by who sees its record, on screen",
    "retention": "what is destroyed is decided by two people, on screen",
    "viewlog": "who looked at what is shown to few, on screen",
    "tokens": "a token cannot make or stop tokens",
}


@pytest.fixture(autouse=True, scope="module")
def _never_too_many():
    """So many questions in a minute are one program's too many; that is tested apart."""
    with override_settings(API_PER_MINUTE=100_000), patch.object(middleware, "REFUSED_A_MINUTE", 100_000):
        yield


@pytest.fixture(scope="module")
def secrets(world):
    """The token of each column; empty where there can be none."""
    found = dict.fromkeys((ANONYMOUS, GUEST), "")
    found[ELSEWHERE] = token_of(world.uithoorn, world.accounts[ELSEWHERE])
    for column in (NO_ROLE, *StandardRole.values):
        found[column] = token_of(world.diemen, world.accounts[column])
    everything = factories.person(world.diemen, "Alles")
    for role in StandardRole.values:
        administration.assign_role(system_actor(world.diemen), person=everything, role=role, valid_from=FROM)
    for scope in SCOPES:
        found[scope] = token_of(world.diemen, everything.account, [scope])
    return found


@pytest.fixture(scope="module")
def answers(world, secrets):
    """The answer of every cell; what each question did is undone."""
    found = {}
    for operation in OPERATIONS:
        for column in COLUMNS:
            with undone():
                found[operation.id, column] = operation.ask(program(secrets[column]), world.diemen)
    return found


def test_every_cell_is_as_agreed(answers, request):
    table = {
        operation.id: {column: str(answers[operation.id, column].status_code) for column in COLUMNS}
        for operation in OPERATIONS
    }
    if request.config.getoption("--write-matrix"):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("operation", *COLUMNS))
            for name, row in sorted(table.items()):
                writer.writerow((name, *row.values()))
    with TABLE.open(newline="") as file:
        agreed = {row.pop("operation"): row for row in csv.DictReader(file)}
    assert table == agreed


def test_every_answer_is_what_the_document_promises(answers):
    wrong = [
        f"{operation.id} as {column}: {fault}"
        for operation in OPERATIONS
        for column in COLUMNS
        for fault in faults(answers[operation.id, column], operation.told)
    ]
    assert wrong == []


def test_an_operation_is_open_to_exactly_the_scopes_that_the_document_names(answers):
    for operation in OPERATIONS:
        open_to = {scope for scope in SCOPES if answers[operation.id, scope].status_code < 300}
        # To change an incident one has to see it too, and to open rows one needs the register's own permission.
        one_is_enough = len(operation.scopes) == 1 and operation.id != "listClaimRows"
        assert open_to == (set(operation.scopes) if one_is_enough else set()), operation.id
        assert set(operation.scopes) <= set(SCOPES), operation.id


def test_what_lacks_a_scope_is_named(answers):
    for operation in OPERATIONS:
        for scope in SCOPES:
            answer = answers[operation.id, scope]
            if answer.status_code == 403:
                lacking = {*operation.scopes, "security.view_breaches"} - {scope}
                assert answer.json()["permission"] in lacking


def test_without_a_token_of_here_an_organisation_is_as_if_it_were_not_there(world, secrets):
    for operation in OPERATIONS:
        for secret in (secrets[ANONYMOUS], secrets[ELSEWHERE], secrets["ciso"][:-1] + "-"):
            here = operation.ask(program(secret), world.diemen)
            url = operation.url(world.diemen).replace("/diemen/", "/nergens/")
            nowhere = program(secret).generic(operation.method, url)
            assert here.status_code == nowhere.status_code == 401
            assert here.content == nowhere.content
            assert here.headers["WWW-Authenticate"] == 'Bearer realm="Houvast"'
            assert "Diemen" not in here.content.decode()


def test_a_token_opens_no_other_organisation(world, secrets):
    others = [one for one in world.organisations.values() if one != world.diemen]
    before = state(world.organisations)
    for operation in OPERATIONS:
        for other in others:
            url = operation.url(world.diemen).replace("/diemen/", f"/{other.slug}/")
            answer = program(secrets["ciso"]).generic(operation.method, url)
            assert answer.status_code == 401
    assert state(world.organisations) == before


def test_another_organisations_row_does_not_exist_at_ones_own_address(world, secrets):
    before = state(world.organisations)
    asked = [operation for operation in OPERATIONS if operation.names_a_row]
    assert {operation.id for operation in asked} == {"getIncident", "getBreach", "changeIncident"}
    with undone():
        secret = token_of(world.uithoorn, world.accounts[ELSEWHERE])
        for operation in asked:
            # Diemen has more incidents and breaches than Uithoorn: the last of them is not there.
            url = operation.url(world.uithoorn, rows_of=world.diemen)
            url = url.rpartition("-")[0] + "-999"
            answer = program(secret).get(url)
            assert answer.status_code == 404
    assert state(world.organisations) == before


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_a_session_is_no_way_in(world, operation):
    client = Client(raise_request_exception=False)
    client.force_login(world.accounts["ciso"])
    with undone():
        before = heads(world.organisations)
        answer = operation.ask(client, world.diemen)
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert heads(world.organisations) == before


def test_who_only_looks_changes_nothing(world, secrets):
    before = state(world.organisations)
    with undone():
        for operation in OPERATIONS:
            if operation.method == "GET":
                with undone():
                    operation.ask(program(secrets["ciso"]), world.diemen)
                    # The first use of a day is kept, and that is not in the trail.
                    assert heads(world.organisations) == before.heads


def test_a_module_with_registers_has_operations_or_says_why_not():
    without = {module.key for module in modules() if module.api is None}
    registers = {module.key for module in modules() if module.records or module.claims}
    assert without & registers <= set(MODULES_WITHOUT_API)
    assert set(MODULES_WITHOUT_API) <= {module.key for module in modules()}
    tags = {tag for operation in OPERATIONS for tag in operation.told["tags"]}
    assert tags == {module.key for module in modules() if module.api is not None}
