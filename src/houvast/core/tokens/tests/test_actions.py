import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils.timezone import localdate, now

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.permissions import NotPermitted, StandardRole
from houvast.core.administration import factories as people
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.orgs.scope import reading, tell_database
from houvast.core.tokens import actions, factories, queries
from houvast.core.tokens.models import Token
from houvast.core.tokens.rules import Refusal, digest_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = AT.date()


@pytest.fixture
def controller(diemen):
    return people.actor(diemen, "controller")


def make(actor, **changes):
    given = {"name": "Dashboard", "scopes": ["report.view"], "last_day": DAY, "at": AT} | changes
    return actions.make_token(actor, **given)


def test_nothing_that_is_kept_gives_the_token_back(diemen, controller):
    made = make(controller)
    assert re.fullmatch(r"hv_[A-Za-z0-9_-]{43}", made.secret)
    with connection.cursor() as cursor, reading(diemen.pk):
        for table in ("tokens_token", "audit_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")
            assert made.secret not in str(cursor.fetchall())
    assert made.token.digest == digest_of(made.secret)
    assert made.token.start == made.secret[:7]
    assert make(controller).secret != made.secret


def test_making_and_withdrawing_stand_in_the_trail_without_the_name(diemen, controller):
    made = make(
        controller, name="Van Vera", scopes=["structure.view", "report.view", "report.view"], texts=True
    )
    actions.withdraw_token(controller, token_id=made.token.pk, expected_version=1, at=AT)
    with reading(diemen.pk):
        first, second = AuditEntry.objects.filter(subject_uid=made.token.uid).order_by("number")
        assert list(verify(diemen)) == []
    assert (first.action, first.account_id) == ("tokens.make", controller.account_id)
    assert first.changes == {
        "name": "gewijzigd",
        "scopes": ["report.view", "structure.view"],
        "texts": True,
        "last_day": "2026-03-02",
    }
    assert (second.action, second.changes) == ("tokens.withdraw", {"withdrawn_at": str(AT)})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["security.view_breaches"]}, "scopes"),
        ({"scopes": ["report.edit"]}, "scopes"),
        ({"last_day": DAY - timedelta(days=1)}, "last_day"),
        ({"last_day": DAY + timedelta(days=366)}, "last_day"),
    ],
    ids=["nothing", "a right of others", "a right that no program can use", "over", "too long"],
)
def test_a_token_that_cannot_be_is_refused_and_leaves_nothing(diemen, controller, changes, field):
    with pytest.raises(Refusal) as refused:
        make(controller, **changes)
    assert refused.value.field == field
    with reading(diemen.pk):
        assert not Token.objects.exists()


def test_the_installation_itself_has_no_token(diemen):
    with pytest.raises(Refusal, match="eigen account"):
        make(system_actor(diemen))


def test_who_may_not_let_programs_in_makes_none(diemen):
    with pytest.raises(NotPermitted):
        make(people.actor(diemen, "employee"))


def test_a_form_sent_twice_makes_one_token(diemen, controller):
    key = UUID("0190f0f0-0000-7000-8000-000000000001")
    made = make(controller, sent_key=key)
    with pytest.raises(AlreadyDone) as earlier:
        make(controller, sent_key=key)
    assert earlier.value.first == made.token


def test_a_token_is_stopped_by_its_maker_or_by_who_manages_access_and_once(diemen, controller):
    other, admin = people.actor(diemen, "editor"), people.actor(diemen, "administrator")
    token = make(controller).token
    with pytest.raises(NotPermitted):
        actions.withdraw_token(other, token_id=token.pk, expected_version=1, at=AT)
    with pytest.raises(NotPermitted):
        actions.withdraw_of_another(controller, token_id=token.pk, expected_version=1, at=AT)
    with pytest.raises(Conflict):
        actions.withdraw_of_another(admin, token_id=token.pk, expected_version=2, at=AT)
    actions.withdraw_of_another(admin, token_id=token.pk, expected_version=1, at=AT)
    with pytest.raises(Refusal, match="al ingetrokken"):
        actions.withdraw_token(controller, token_id=token.pk, expected_version=2, at=AT)


def test_who_manages_access_in_one_unit_alone_stops_nobodys_token(diemen, controller):
    token = make(controller).token
    here_only = Actor(
        organisation=diemen, home=diemen, label="x", permissions={"access.manage": frozenset({1})}
    )
    with pytest.raises(NotPermitted):
        actions.withdraw_of_another(here_only, token_id=token.pk, expected_version=1, at=AT)
    with reading(diemen.pk), pytest.raises(NotPermitted):
        queries.all_tokens(here_only)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM tokens_token", "DELETE FROM tokens_tokenuse", "UPDATE tokens_tokenuse SET day = day"],
)
def test_the_database_keeps_tokens_and_days_of_use(diemen, controller, statement):
    actions.note_use(make(controller).token, DAY)
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(diemen.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)


# What a token gives.


def test_a_program_has_what_is_in_the_token_and_what_its_maker_holds_that_day(diemen, controller):
    token = make(controller, scopes=["report.view", "audit.view"]).token
    token.scopes = ["report.view", "security.view_breaches"]
    with reading(diemen.pk):
        program = queries.actor_with(token, diemen, DAY)
    assert set(program.permissions) == {"report.view"}
    assert program.scopes == {"report.view", "security.view_breaches"}
    assert (program.person_id, program.account_id) == (controller.person_id, controller.account_id)


def test_what_every_guest_may_a_guests_program_may_when_the_token_says_so(diemen, uithoorn):
    guest = people.guest(diemen, "ciso", home=uithoorn, may_write=True)
    from houvast.core.terms.permissions import CALCULATE

    for scopes, may in ((["report.view"], False), (["terms.calculate"], True)):
        token = make(guest, scopes=scopes).token
        with reading(diemen.pk):
            assert queries.actor_with(token, diemen, DAY).may(CALCULATE) is may


def test_a_guest_who_may_only_read_lets_no_program_in(diemen, uithoorn):
    guest = people.guest(diemen, "ciso", home=uithoorn)
    with pytest.raises(NotPermitted):
        make(guest)


def test_what_is_offered_is_what_one_holds_with_recording_apart(diemen):
    ciso = people.actor(diemen, "ciso")
    with reading(diemen.pk):
        offered = {(one.key, writes) for _module, one, writes in queries.offered(ciso)}
    assert offered == {
        ("report.view", False),
        ("structure.view", False),
        ("values.view", False),
        ("terms.calculate", False),
        ("security.view_incidents", False),
        ("security.view_breaches", False),
        ("security.report", True),
        ("security.handle", True),
    }


def test_in_the_trail_a_token_is_called_by_its_beginning_for_its_maker_and_who_manages_access(
    diemen, controller
):
    made = factories.token(controller, ["report.view"])
    uid = str(made.token.uid)
    admin, other = people.actor(diemen, StandardRole.ADMINISTRATOR), people.actor(diemen, "editor")
    with reading(diemen.pk):
        assert queries.names(admin, [uid])[uid].label == made.secret[:7]
        assert queries.names(admin, [uid])[uid].url.endswith("/programma/alle/")
        assert queries.names(controller, [uid])[uid].url.endswith("/programma/")
        assert queries.names(other, [uid]) == {}
        nobody = Actor(organisation=diemen, home=diemen, label="x")
        assert queries.names(nobody, [uid]) == {}


def test_a_token_is_found_while_it_works_and_in_its_own_organisation(diemen, uithoorn, controller):
    made = factories.token(controller, ["report.view"], days=0, at=now())
    today = localdate()
    with reading(diemen.pk):
        found = queries.find(made.secret, today)
        assert found == made.token
        assert found.used_on is None
        assert queries.find(made.secret, today + timedelta(days=1)) is None
        assert queries.find(made.secret[:-1], today) is None
        actions.note_use(found, today)
        assert queries.find(made.secret, today).used_on == today
    with reading(uithoorn.pk):
        assert queries.find(made.secret, today) is None
