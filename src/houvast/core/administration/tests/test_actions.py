"""Managing access: only organisation-wide, never without an administrator, one account for one person."""

from datetime import date

import pytest

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account, Role, RoleAssignment
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted, StandardRole
from houvast.core.administration import actions, factories
from houvast.core.audit.actions import action, record
from houvast.core.audit.queries import verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading

DAY = date(2021, 6, 1)


@action("test.unit_for_roles", permission=None)
def make_unit(actor):
    unit = Unit(code="team")
    unit.save()
    record(unit)
    return unit


@action("test.take_permission_out", permission=None)
def take_out(actor, *, role, key):
    row = Role.objects.get(key=role)
    row.permissions = [held for held in row.permissions if held != key]
    row.save()
    record(row, permissions=row.permissions)


def only_assignment(here, actor):
    with reading(here.pk):
        return RoleAssignment.objects.get(person_id=actor.person_id)


def end(actor, row, day=DAY, version=1):
    return actions.end_role(actor, assignment_id=row.pk, expected_version=version, valid_until=day)


def test_who_manages_access_in_one_unit_cannot_take_the_rest(diemen, uithoorn):
    unit = make_unit(system_actor(diemen))
    local = factories.actor(diemen, StandardRole.ADMINISTRATOR, unit=unit)
    person = factories.person(diemen)
    row = only_assignment(diemen, local)
    attempts = [
        lambda: actions.assign_role(local, person=person, role=StandardRole.CONTROLLER, valid_from=DAY),
        lambda: actions.assign_role(
            local, person=person, role=StandardRole.CONTROLLER, valid_from=DAY, unit=unit
        ),
        lambda: actions.add_person(local, name="Nieuw"),
        lambda: actions.link_email(local, person_id=person.pk, expected_version=1, email="x@example.org"),
        lambda: actions.link_account(local, person_id=person.pk, expected_version=1, account=None),
        lambda: actions.grant(local, grantee=uithoorn, label="x", permissions=[], valid_from=DAY),
        lambda: end(local, row),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted) as refused:
            attempt()
        assert refused.value.permission == MANAGE_ACCESS


def test_the_last_administrator_stays(diemen):
    admin = factories.actor(diemen, StandardRole.ADMINISTRATOR)
    row = only_assignment(diemen, admin)
    with pytest.raises(Refusal, match="iemand anders"):
        end(admin, row)
    factories.actor(diemen, StandardRole.ADMINISTRATOR)
    assert end(admin, row).valid_until == DAY


def test_an_administrator_without_an_account_or_of_a_unit_does_not_count(diemen):
    admin = factories.actor(diemen, StandardRole.ADMINISTRATOR)
    silent = factories.person(diemen, signs_in=False)
    actions.assign_role(system_actor(diemen), person=silent, role=StandardRole.ADMINISTRATOR, valid_from=DAY)
    factories.actor(diemen, StandardRole.ADMINISTRATOR, unit=make_unit(system_actor(diemen)))
    with pytest.raises(Refusal):
        end(admin, only_assignment(diemen, admin))


def test_another_role_may_always_end(diemen):
    admin = factories.actor(diemen, StandardRole.ADMINISTRATOR)
    other = factories.actor(diemen, StandardRole.CONTROLLER)
    row = only_assignment(diemen, other)
    assert end(admin, row).valid_until == DAY
    with pytest.raises(Conflict):
        end(admin, row)


def test_an_address_without_an_account_gets_one_nobody_can_sign_in_to_yet(diemen):
    person = factories.person(diemen, "Nieuw", signs_in=False)
    linked = actions.link_email(
        system_actor(diemen), person_id=person.pk, expected_version=1, email="Nieuw@Example.org"
    )
    account = Account.objects.get(email="nieuw@example.org")
    assert (linked.account, account.name, account.has_usable_password()) == (account, "Nieuw", False)
    with reading(diemen.pk):
        assert list(verify(diemen)) == []


def test_an_account_that_exists_is_linked_and_let_go(diemen):
    account = factories.account()
    person = factories.person(diemen, signs_in=False)
    linked = actions.link_email(
        system_actor(diemen), person_id=person.pk, expected_version=1, email=account.email.upper()
    )
    assert linked.account == account
    loose = actions.link_email(system_actor(diemen), person_id=person.pk, expected_version=2, email="")
    assert loose.account is None
    again = actions.link_account(
        system_actor(diemen), person_id=person.pk, expected_version=3, account=account
    )
    assert again.account == account


def test_one_account_is_one_person_of_an_organisation(diemen, uithoorn):
    taken = factories.person(diemen)
    other, elsewhere = factories.person(diemen, signs_in=False), factories.person(uithoorn, signs_in=False)
    email = taken.account.email
    with pytest.raises(Refusal, match="meldt zich al"):
        actions.link_email(system_actor(diemen), person_id=other.pk, expected_version=1, email=email)
    linked = actions.link_email(
        system_actor(uithoorn), person_id=elsewhere.pk, expected_version=1, email=email
    )
    assert linked.account == taken.account


def test_a_grant_ends(diemen, uithoorn):
    row = actions.grant(
        system_actor(diemen), grantee=uithoorn, label="x", permissions=["b", "a"], valid_from=DAY
    )
    ended = actions.end_grant(
        system_actor(diemen), grant_id=row.pk, expected_version=1, valid_until=date(2021, 7, 1)
    )
    assert (ended.permissions, ended.valid_until) == (["a", "b"], date(2021, 7, 1))


def test_founding_again_gives_back_no_permission_that_was_taken_out(diemen):
    take_out(system_actor(diemen), role=StandardRole.CONTROLLER, key="audit.view")
    again = actions.found_organisation(slug="diemen", name="Anders", kind=Organisation.Kind.JOINT)
    assert (again.pk, again.name) == (diemen.pk, "Diemen")
    with reading(diemen.pk):
        assert "audit.view" not in Role.objects.get(key=StandardRole.CONTROLLER).permissions
        assert "audit.view" in Role.objects.get(key=StandardRole.ADMINISTRATOR).permissions
