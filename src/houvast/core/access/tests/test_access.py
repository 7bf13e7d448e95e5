"""Who may do what: roles add up, a grant lets in and no further, four eyes are two people."""

from datetime import date

import pytest
from django.db import IntegrityError, models
from django.utils import translation

from houvast.core.access.actor import Actor, merge, system_actor
from houvast.core.access.four_eyes import SamePerson, require_second_person, two_people
from houvast.core.access.models import Grant
from houvast.core.access.permissions import (
    CHANGE_SETTINGS,
    MANAGE_ACCESS,
    READ_TRAIL,
    NotPermitted,
    Permission,
    StandardRole,
    role_label,
)
from houvast.core.access.queries import Holder, actor_for, people_holding, units_below, who_may
from houvast.core.access.sharing import in_partner, organisations_of
from houvast.core.administration import actions, factories
from houvast.core.audit.actions import action, record
from houvast.core.orgs.models import Organisation, Unit, UnitPeriod
from houvast.core.orgs.rules import UnitKind
from houvast.core.orgs.scope import current_organisation_id, reading
from houvast.core.people.models import Person
from houvast.core.registry import modules

JUNE = date(2021, 6, 1)


@action("test.found_unit_below", permission=None)
def unit_below(actor, *, code, parent=None):
    unit = Unit(code=code)
    unit.save()
    period = UnitPeriod(unit=unit, parent=parent, name=code, kind=UnitKind.TEAM, valid_from=date(2021, 1, 1))
    period.save()
    record(unit, code=code)
    record(period, parent=parent)
    return unit


@action("test.write_with_permission", permission=MANAGE_ACCESS)
def write_something(actor):
    unit = Unit(code="x")
    unit.save()
    record(unit)


def grant(here, grantee, *permissions, account=None, start=date(2021, 1, 1), until=None, may_write=False):
    return actions.grant(
        system_actor(here),
        grantee=grantee,
        label="Taak",
        permissions=[permission.key for permission in permissions],
        account=account,
        valid_from=start,
        valid_until=until,
        may_write=may_write,
    )


def seen(account, here, day=JUNE):
    with reading(here.pk):
        return actor_for(account, here, day)


# --- roles


@pytest.mark.parametrize(
    ("language", "key", "name", "shown"),
    [
        ("nl", "director", "Directielid", "Directielid"),
        ("en", "director", "Directielid", "Director"),
        ("en", "director", "Wethouder", "Wethouder"),
        ("en", "archivist", "Archivaris", "Archivaris"),
    ],
)
def test_a_standard_role_is_called_in_the_readers_language_unless_it_got_a_name(language, key, name, shown):
    with translation.override(language):
        assert role_label(key, name) == shown


def test_roles_add_up(diemen):
    both = factories.actor(diemen, StandardRole.ADMINISTRATOR, StandardRole.CONTROLLER)
    one = factories.actor(diemen, StandardRole.CONTROLLER)
    assert both.may(MANAGE_ACCESS)
    assert both.may(READ_TRAIL)
    assert (one.may(MANAGE_ACCESS), one.may(READ_TRAIL)) == (False, True)


def test_without_a_role_a_person_may_nothing(diemen):
    actor = factories.actor(diemen)
    assert [p.key for module in modules() for p in module.permissions if actor.may(p)] == []
    with pytest.raises(NotPermitted) as refused:
        actor.require(READ_TRAIL)
    assert refused.value.permission == READ_TRAIL


def test_a_role_in_a_unit_holds_there_and_below_and_nowhere_else(diemen):
    top = unit_below(system_actor(diemen), code="top")
    team = unit_below(system_actor(diemen), code="team", parent=top)
    other = unit_below(system_actor(diemen), code="other")
    actor = factories.actor(diemen, StandardRole.CONTROLLER, unit=top)
    assert actor.units(READ_TRAIL) == {top.pk, team.pk}
    assert [actor.may(READ_TRAIL, unit.pk) for unit in (top, team, other)] == [True, True, False]
    below = factories.actor(diemen, StandardRole.CONTROLLER, unit=team)
    assert below.units(READ_TRAIL) == {team.pk}


def test_who_holds_a_permission_and_where(diemen):
    top = unit_below(system_actor(diemen), code="top")
    team = unit_below(system_actor(diemen), code="team", parent=top)
    there = factories.actor(diemen, StandardRole.CONTROLLER, unit=top)
    everywhere = factories.actor(diemen, StandardRole.CONTROLLER, StandardRole.EMPLOYEE)
    factories.actor(diemen)
    with reading(diemen.pk):
        found = people_holding(JUNE)
    assert found[READ_TRAIL.key] == {there.person_id: {top.pk, team.pk}, everywhere.person_id: None}
    assert "no.such" not in found


def test_a_role_for_the_whole_organisation_wins_from_one_in_a_unit():
    assert merge([(["a"], frozenset({1})), (["a"], None), (["a"], frozenset({2}))]) == {"a": None}
    assert merge([(["a"], frozenset({1})), (["a", "b"], frozenset({2}))]) == {"a": {1, 2}, "b": {2}}


def test_units_that_hang_in_a_circle_end_the_search(diemen):
    first = unit_below(system_actor(diemen), code="first")
    second = unit_below(system_actor(diemen), code="second", parent=first)

    @action("test.close_circle", permission=None)
    def close_circle(actor):
        period = UnitPeriod.objects.get(unit=first)
        period.parent = second
        period.save()
        record(period)

    close_circle(system_actor(diemen))
    with reading(diemen.pk):
        assert units_below({first.pk}, JUNE) == {first.pk: {first.pk, second.pk}}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2021, 2, 28), False),
        (date(2021, 3, 1), True),
        (date(2021, 3, 31), True),
        (date(2021, 4, 1), False),
    ],
)
def test_a_role_holds_from_its_first_day_until_not_including_its_end(diemen, day, held):
    person = factories.person(diemen)
    actions.assign_role(
        system_actor(diemen),
        person=person,
        role=StandardRole.CONTROLLER,
        valid_from=date(2021, 3, 1),
        valid_until=date(2021, 4, 1),
    )
    assert seen(person.account, diemen, day).may(READ_TRAIL) is held


# --- grants


@pytest.mark.parametrize(
    ("day", "let_in"),
    [
        (date(2021, 2, 28), False),
        (date(2021, 3, 1), True),
        (date(2021, 3, 31), True),
        (date(2021, 4, 1), False),
    ],
)
def test_a_grant_lets_in_from_its_first_day_until_not_including_its_end(diemen, uithoorn, day, let_in):
    person = factories.person(uithoorn)
    grant(
        diemen, uithoorn, READ_TRAIL, account=person.account, start=date(2021, 3, 1), until=date(2021, 4, 1)
    )
    assert (seen(person.account, diemen, day) is not None) is let_in
    assert (diemen in organisations_of(person.account, day)) is let_in


def test_a_grant_to_read_is_not_one_to_write(diemen, uithoorn):
    person = factories.person(uithoorn)
    grant(diemen, uithoorn, MANAGE_ACCESS, account=person.account)
    guest = seen(person.account, diemen)
    assert guest.may(MANAGE_ACCESS)
    with pytest.raises(NotPermitted):
        write_something(guest)
    with reading(diemen.pk):
        assert not Unit.objects.exists()


def test_of_two_grants_the_one_to_write_counts_for_its_own_permissions(diemen, uithoorn):
    person = factories.person(uithoorn)
    grant(diemen, uithoorn, READ_TRAIL, MANAGE_ACCESS, account=person.account)
    grant(diemen, uithoorn, MANAGE_ACCESS, account=person.account, may_write=True)
    guest = seen(person.account, diemen)
    assert guest.readable_only == {READ_TRAIL.key}
    write_something(guest)
    assert (guest.home, guest.is_guest, guest.may(CHANGE_SETTINGS)) == (uithoorn, True, False)


def test_a_person_of_the_organisation_is_no_guest_there_whatever_is_granted(diemen, uithoorn):
    account = factories.account()
    actions.add_person(system_actor(diemen), name="Hier", account=account)
    grant(diemen, uithoorn, MANAGE_ACCESS, account=account, may_write=True)
    actor = seen(account, diemen)
    assert (actor.is_guest, actor.may(MANAGE_ACCESS)) == (False, False)


def test_a_grant_to_the_organisation_itself_is_refused_by_the_database(diemen):
    with pytest.raises(IntegrityError):
        grant(diemen, diemen, READ_TRAIL)


def test_one_enters_where_one_is_a_person_or_a_guest_by_name(diemen, uithoorn):
    duo = factories.organisation("aalsmeer", Organisation.Kind.JOINT)
    account = factories.account()
    actions.add_person(system_actor(uithoorn), name="Thuis", account=account)
    grant(duo, uithoorn, READ_TRAIL, account=account)
    assert organisations_of(account, JUNE) == (duo, uithoorn)
    assert organisations_of(factories.account(), JUNE) == ()


# --- counting in a partner's registers


def test_a_partner_is_read_only_under_its_grant_and_the_scope_comes_back(diemen, uithoorn):
    factories.person(uithoorn, "Daar")
    grant(uithoorn, diemen, READ_TRAIL)
    with reading(diemen.pk):
        with in_partner(uithoorn, READ_TRAIL, JUNE) as partner:
            assert (partner, current_organisation_id()) == (uithoorn, uithoorn.pk)
            assert [person.name for person in Person.objects.all()] == ["Daar"]
        assert current_organisation_id() == diemen.pk
        assert not Person.objects.exists()


def test_without_a_grant_for_that_permission_and_day_a_partner_is_closed(diemen, uithoorn):
    grant(uithoorn, diemen, READ_TRAIL, until=date(2021, 5, 1))
    grant(
        uithoorn, diemen, MANAGE_ACCESS, account=factories.account()
    )  # to a person, not to the organisation
    with reading(diemen.pk):
        for permission in (READ_TRAIL, MANAGE_ACCESS, CHANGE_SETTINGS):
            with pytest.raises(NotPermitted), in_partner(uithoorn, permission, JUNE):
                pass
            assert current_organisation_id() == diemen.pk
        assert not Grant.objects.exists()


def test_the_scope_comes_back_when_reading_a_partner_fails(diemen, uithoorn):
    grant(uithoorn, diemen, READ_TRAIL)
    with reading(diemen.pk):
        with pytest.raises(ZeroDivisionError), in_partner(uithoorn, READ_TRAIL, JUNE):
            raise ZeroDivisionError
        assert current_organisation_id() == diemen.pk


# --- the reverse


def test_who_may_names_people_and_guests_on_that_day(diemen, uithoorn):
    unit = unit_below(system_actor(diemen), code="team")
    factories.actor(diemen, StandardRole.ADMINISTRATOR, name="Beheer")
    factories.actor(diemen, StandardRole.CONTROLLER, name="Control", unit=unit)
    factories.actor(diemen, StandardRole.EMPLOYEE, name="Ander")
    grant(diemen, uithoorn, READ_TRAIL, account=factories.account("Gast"), start=date(2021, 7, 1))
    with reading(diemen.pk):
        june, july = who_may(READ_TRAIL, JUNE), who_may(READ_TRAIL, date(2021, 7, 1))
    assert june == (Holder("Beheer", "Beheerder", None), Holder("Control", "Concerncontroller", unit.pk))
    assert july == (*june, Holder("Gast", "Uithoorn", None))


def test_the_installation_itself_may_everything(diemen):
    actor = system_actor(diemen)
    unknown = Permission("test.unknown", "Onbekend")
    actor.require_write(unknown)
    assert (actor.may(unknown), actor.units(unknown), actor.is_guest) == (True, None, False)


# --- four eyes


def somebody(here, account_id):
    return Actor(organisation=here, home=here, label="Iemand", account_id=account_id)


def test_another_person_checks(diemen):
    assert require_second_person(somebody(diemen, 2), 1) == 2


@pytest.mark.parametrize("account_id", [1, None])
def test_neither_the_same_person_nor_nobody_checks(diemen, account_id):
    with pytest.raises(SamePerson, match="Iemand anders"):
        require_second_person(somebody(diemen, account_id), 1)


def test_the_database_rule_names_both_columns():
    constraint = two_people("test_eyes", "entered_by", "checked_by")
    expected = models.Q(checked_by__isnull=True) | ~models.Q(entered_by=models.F("checked_by"))
    assert (constraint.name, constraint.condition) == ("test_eyes", expected)
