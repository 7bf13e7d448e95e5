"""Whom one may sign in as in the demonstration, and the grants by which Duo+ staff work for Diemen.

Role keys are the standard roles of the access register. Staff are called by function.
"""

from __future__ import annotations

from datetime import date

from houvast.project.demo.content_types import DemoPerson, GrantData
from houvast.project.demo.structure_data import DIEMEN, DUO, OUDER_AMSTEL, UITHOORN

ROLE_KEYS = frozenset(
    {
        "employee",
        "team_leader",
        "controller",
        "ciso",
        "privacy_officer",
        "director",
        "editor",
        "coordinator",
        "administrator",
    }
)

DEMO_PERSONS: tuple[DemoPerson, ...] = (
    DemoPerson(
        "diemen-employee", DIEMEN, "permits-staff-1", "Medewerker (vergunningverlener)", ("employee",)
    ),
    DemoPerson(
        "diemen-team-leader", DIEMEN, "permits-leader", "Teamleider Vergunningen", ("employee", "team_leader")
    ),
    DemoPerson(
        "diemen-controller", DIEMEN, "board-advice-staff-3", "Concerncontroller", ("employee", "controller")
    ),
    DemoPerson("diemen-director", DIEMEN, "secretary", "Gemeentesecretaris", ("employee", "director")),
    DemoPerson("diemen-editor", DIEMEN, "communication-staff-2", "Redacteur", ("employee", "editor")),
    DemoPerson(
        "diemen-coordinator", DIEMEN, "legal-staff-2", "Klachtencoördinator", ("employee", "coordinator")
    ),
    DemoPerson(
        "diemen-administrator",
        DIEMEN,
        "board-advice-staff-4",
        "Functioneel beheerder",
        ("employee", "administrator"),
    ),
    DemoPerson("duo-ciso", DUO, "ciso", "CISO", ("employee", "ciso")),
    DemoPerson(
        "duo-privacy-officer",
        DUO,
        "privacy-officer",
        "Functionaris gegevensbescherming (FG)",
        ("employee", "privacy_officer"),
    ),
    DemoPerson("duo-employee", DUO, "finance-staff", "Medewerker (financieel adviseur)", ("employee",)),
    DemoPerson("duo-director", DUO, "general-director", "Algemeen directeur", ("employee", "director")),
    DemoPerson("duo-liaison", DUO, "liaison-1", "Verbindingsofficier", ("employee",)),
    DemoPerson("uithoorn-employee", UITHOORN, "living-staff-1", "Medewerker (beleid wonen)", ("employee",)),
    DemoPerson(
        "uithoorn-controller", UITHOORN, "control-staff-1", "Concerncontroller", ("employee", "controller")
    ),
    DemoPerson("uithoorn-director", UITHOORN, "secretary", "Gemeentesecretaris", ("employee", "director")),
    DemoPerson(
        "ouder-amstel-director", OUDER_AMSTEL, "secretary", "Gemeentesecretaris", ("employee", "director")
    ),
    DemoPerson(
        "ouder-amstel-employee",
        OUDER_AMSTEL,
        "services-staff-1",
        "Medewerker (burgerzaken)",
        ("employee",),
    ),
)

ROUND_PERSONS: tuple[DemoPerson, ...] = (
    DemoPerson(
        "diemen-board-member",
        DIEMEN,
        "director-residents",
        "Directielid Inwoners en Samenleving",
        ("employee", "director"),
    ),
)
"""Who has a part in the round of the next chapter and nowhere else; loaded after all that the chapter counts."""

_AGREEMENT = "Dienstverleningsovereenkomst Duo+"
_FROM = date(2021, 1, 1)

GRANTS: tuple[GrantData, ...] = (
    *(
        grant
        for participant in (DIEMEN, UITHOORN, OUDER_AMSTEL)
        for grant in (
            GrantData(
                "ciso",
                participant,
                ("ciso",),
                ("security.incidents", "security.breaches"),
                True,
                _FROM,
                _AGREEMENT,
            ),
            GrantData(
                "privacy-officer",
                participant,
                ("privacy_officer",),
                ("security.breaches",),
                True,
                _FROM,
                _AGREEMENT,
            ),
        )
    ),
    GrantData(
        "liaison-1", DIEMEN, ("employee",), ("security.incidents",), True, date(2021, 3, 1), _AGREEMENT
    ),
)
"""Everybody here works at Duo+ and acts in a participant, in the registers named."""
