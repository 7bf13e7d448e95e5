"""The demo persons are employees of the set, and the grants lead from Duo+ to Diemen."""

from __future__ import annotations

from houvast.project.demo.roles import DEMO_PERSONS, GRANTS, ROLE_KEYS
from houvast.project.demo.structure_data import (
    APPOINTMENTS,
    DIEMEN,
    DUO,
    ORGANISATIONS,
    OUDER_AMSTEL,
    PERSONS,
    UITHOORN,
)

EMPLOYEES = {(row.organisation, row.key): row for row in PERSONS}


def test_every_demo_person_is_an_employee_in_office():
    in_office = {(row.organisation, row.person) for row in APPOINTMENTS if row.valid_until is None}
    assert all((row.organisation, row.person) in in_office for row in DEMO_PERSONS)


def test_every_organisation_has_somebody_to_sign_in_as_and_every_role_a_holder():
    assert {row.organisation for row in DEMO_PERSONS} == {row.slug for row in ORGANISATIONS}
    assert {role for row in DEMO_PERSONS for role in row.roles} == ROLE_KEYS


def test_keys_are_unique():
    assert len({row.key for row in DEMO_PERSONS}) == len(DEMO_PERSONS)
    assert len({(row.organisation, row.person) for row in DEMO_PERSONS}) == len(DEMO_PERSONS)


def test_demo_persons_hold_the_post_their_label_names():
    titles = {key: row.label for key, row in EMPLOYEES.items()}
    assert titles[DIEMEN, "board-advice-staff-3"] == "Concerncontroller"
    assert titles[DIEMEN, "board-advice-staff-4"] == "Functioneel beheerder"
    assert titles[DIEMEN, "communication-staff-2"] == "Redacteur"
    assert titles[DIEMEN, "legal-staff-2"] == "Klachtencoördinator"
    assert titles[DIEMEN, "permits-staff-1"] == "Vergunningverlener bouw"


def test_grants_let_staff_of_the_partner_act_in_its_participants():
    assert {(row.person, row.organisation, row.roles) for row in GRANTS} == {
        ("ciso", DIEMEN, ("ciso",)),
        ("ciso", UITHOORN, ("ciso",)),
        ("ciso", OUDER_AMSTEL, ("ciso",)),
        ("privacy-officer", DIEMEN, ("privacy_officer",)),
        ("privacy-officer", UITHOORN, ("privacy_officer",)),
        ("privacy-officer", OUDER_AMSTEL, ("privacy_officer",)),
        ("liaison-1", DIEMEN, ("employee",)),
    }
    assert all((DUO, row.person) in EMPLOYEES for row in GRANTS)
    assert all(set(row.roles) <= ROLE_KEYS for row in GRANTS)
