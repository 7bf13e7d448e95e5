"""Who gets which answer: every address of the resolver, looking and sending, for everybody who can stand there.

The expected answers stand in `access_matrix.csv`; `pytest tests/test_access_matrix.py --write-matrix` writes
them again, and the difference is what a reviewer reads. What holds whatever the table says is proved apart.
"""

from __future__ import annotations

import csv
import functools
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.urls import reverse

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.access.queries import actor_for
from houvast.core.administration import factories
from houvast.core.orgs.scope import reading
from houvast.core.registry import modules
from tests.undoing import undone
from tests.world import ANONYMOUS, COLUMNS, ELSEWHERE, GUEST, addresses, own_actions, state, trail_watched

pytestmark = [pytest.mark.django_db, pytest.mark.long]
TABLE = Path(__file__).with_name("access_matrix.csv")
METHODS = ("GET", "POST")
# A day on which the grant to read holds.
ON = date(2021, 6, 1)
HERE = addresses()
IN_ORGANISATION = [address for address in HERE if address.in_organisation]
# Which permission a role holds is Python's answer, the same above any database, so SQLite answers for every role. What
# PostgreSQL adds is whose rows there are: asked for who is of elsewhere, who is a guest, and who may do most.
ASKED = COLUMNS if connection.vendor == "sqlite" else (ELSEWHERE, GUEST, StandardRole.ADMINISTRATOR.value)
# What a stranger may see: signing in, a forgotten password, the language.
FOR_EVERYBODY = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    # The secret in the address is the way in: without it every answer is 404, or 405 to a sending.
    "calendar_feed",
    "mfa_authenticate",
    "openid_connect_callback",
    "openid_connect_login",
    "security_txt",
    "set_language",
    "api:docs",
    "api:openapi",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "",
}
# What modules declare open to somebody without an account, in an organisation.
PUBLIC = {page.url_name for module in modules() for page in module.public}
MAY_CHANGE_NOTHING = {ANONYMOUS, ELSEWHERE, GUEST}
REFUSALS = {403, 404, 405, 409, 422}
# Actions that ask no permission, each with its reason.
WITHOUT_PERMISSION: dict[str, str] = {}


def ask(world, column, method, url) -> HttpResponseBase:
    """The answer, and everything that the request did undone."""
    with undone():
        client = world.client(column)
        return client.get(url) if method == "GET" else client.post(url)


@pytest.fixture(scope="module")
def answers(world):
    """The status of every cell; what each request did is undone, and what a refused one did is remembered."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    meddled: list[str] = []
    for column in ASKED:
        with undone(), trail_watched() as added:
            client = world.client(column)
            for address in HERE:
                url = address.url(world.diemen)
                for method in METHODS:
                    added.clear()
                    with undone():
                        answer = client.get(url) if method == "GET" else client.post(url)
                    refused = column in MAY_CHANGE_NOTHING or answer.status_code in REFUSALS
                    if (refused or method == "GET") and added:
                        meddled.append(f"{method} {url} as {column}: {answer.status_code}")
                    row = found.setdefault((address.name or address.route, method), {})
                    row[column] = answer.status_code
    return found, meddled


@functools.cache
def expected() -> dict[tuple[str, str], dict[str, int]]:
    """The table as it was agreed."""
    with TABLE.open(newline="") as file:
        return {
            (row["address"], row["method"]): {column: int(row[column]) for column in COLUMNS}
            for row in csv.DictReader(file)
        }


def test_every_cell_is_as_agreed(answers, request):
    answers, _meddled = answers
    if request.config.getoption("--write-matrix"):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("address", "method", *COLUMNS))
            for (name, method), row in sorted(answers.items()):
                writer.writerow((name, method, *(row[column] for column in COLUMNS)))
        expected.cache_clear()
    assert sorted(set(answers) ^ set(expected())) == [], "an address was added or removed: --write-matrix"
    differing = [
        f"{method} {name} as {column}: {row[column]} instead of {expected()[name, method][column]}"
        for (name, method), row in answers.items()
        for column in ASKED
        if row[column] != expected()[name, method][column]
    ]
    assert differing == []


def test_no_address_answers_with_a_fault(answers):
    answers, _meddled = answers
    faults = [
        f"{method} {name} as {column}: {status}"
        for (name, method), row in answers.items()
        for column, status in row.items()
        if status >= 500
    ]
    assert faults == []


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_sees_nothing_but_the_way_in(world, method):
    login = reverse("account_login")
    for address in HERE:
        if address.name in FOR_EVERYBODY | PUBLIC:
            continue
        answer = ask(world, ANONYMOUS, method, address.url(world.diemen))
        sent_on = answer.status_code == 302 and answer.headers["Location"].startswith(login)
        assert sent_on or answer.status_code == 404, f"{address.name}: {answer.status_code}"


def test_what_is_open_to_the_public_is_what_modules_declare_and_the_same_for_everybody(answers):
    answers, _meddled = answers
    names = {address.name for address in IN_ORGANISATION}
    assert names >= PUBLIC
    opened = {name for name in names if not undoubtedly_closed(name)}
    assert opened == PUBLIC
    for name in PUBLIC:
        for method in METHODS:
            assert len(set(answers[name, method].values())) == 1, f"{method} {name} is not the same for all"


def undoubtedly_closed(name: str) -> bool:
    """Whether the view of an address asks to be signed in, whatever the middleware of organisations says."""
    return next(address for address in HERE if address.name == name).asks_to_sign_in


@pytest.mark.parametrize("method", METHODS)
def test_another_organisation_does_not_exist(world, method):
    """Not even its name: 404 at every address, also for who may do everything at home."""
    others = [one for one in world.organisations.values() if one != world.uithoorn]
    assert len(others) == 3
    for organisation in others:
        with undone():
            client = world.client(ELSEWHERE)
            for address in IN_ORGANISATION:
                if address.name in PUBLIC:
                    continue
                url = address.url(organisation)
                with undone():
                    answer = client.get(url) if method == "GET" else client.post(url)
                assert answer.status_code == 404, f"{url}: {answer.status_code}"
                assert organisation.name not in answer.content.decode().replace(url, "")


@pytest.mark.parametrize("method", METHODS)
def test_another_organisations_row_does_not_exist_at_ones_own_address(world, method):
    """Who may do everything at home and puts in the number of another organisation's row finds nothing."""
    before = state(world.organisations)
    with undone():
        client = world.client(ELSEWHERE)
        for address in IN_ORGANISATION:
            if address.names_a_row:
                url = address.url(world.uithoorn, rows_of=world.diemen)
                answer = client.get(url) if method == "GET" else client.post(url)
                # The form for sending alone says so to who only looks, before it looks for the row.
                assert answer.status_code in ({404, 405} if method == "GET" else {404}), (
                    f"{url}: {answer.status_code}"
                )
        assert state(world.organisations) == before


def test_a_grant_to_read_changes_nothing(untouched):
    before = state(untouched.organisations)
    client = untouched.client(GUEST)
    for address in IN_ORGANISATION:
        client.post(address.url(untouched.diemen))
    assert state(untouched.organisations) == before


def test_who_is_refused_or_only_looks_has_changed_nothing(answers):
    _answers, meddled = answers
    assert meddled == []


def test_a_change_would_have_been_noticed(untouched):
    with trail_watched() as added:
        factories.person(untouched.diemen, "Nieuw")
    assert added


# Actions ask for themselves, whatever a page forgets.


def test_every_action_asks_a_permission_or_says_why_not():
    assert {action.key for action in own_actions() if action.permission is None} == set(WITHOUT_PERMISSION)


@pytest.mark.parametrize("action", own_actions(), ids=lambda action: action.key)
def test_an_action_refuses_who_lacks_its_permission_and_changes_nothing(untouched, action):
    everything = [permission for module in modules() for permission in module.permissions]
    actor = factories.actor_without(untouched.diemen, action.permission, everything)
    before = state(untouched.organisations)
    with pytest.raises(NotPermitted) as refused:
        action.run(actor)
    assert refused.value.permission == action.permission
    assert state(untouched.organisations) == before


@pytest.mark.parametrize("action", own_actions(), ids=lambda action: action.key)
def test_an_action_refuses_a_guest_who_may_only_read(untouched, action):
    with reading(untouched.diemen.pk):
        guest = actor_for(untouched.accounts[GUEST], untouched.diemen, ON)
    assert isinstance(guest, Actor)
    assert guest.may(action.permission)
    with pytest.raises(NotPermitted):
        action.run(guest)
