"""The round that is under way: the chapter of the year after the last, asked from several people.

No word is written for that year: the round rests on the texts that come with the modules, and on the registers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Organisation
from houvast.core.report.authoring import actions
from houvast.core.report.authoring.factories import Cast
from houvast.core.report.authoring.rules import Act, Part
from houvast.modules.security import actions as security
from houvast.modules.security.rules import IncidentFacts, IncidentKind, PersonalData, Severity
from houvast.project.town.course import person_number

ASKED = (
    # The section, who writes it, its last day from the day of the round, and what was done with it already.
    ("structure", "team-leader", 14, (Act.SUBMIT, Act.AGREE, Act.CONTROL, Act.FINISH)),
    ("partnership.security", "ciso", 10, (Act.SUBMIT, Act.AGREE)),
    ("trajectory", "team-leader", 12, (Act.SUBMIT, Act.AGREE, Act.CONTROL)),
    ("values", "team-leader", 12, (Act.SUBMIT,)),
    ("complaints", "coordinator", 21, ()),
)
BOARD_AFTER, COLLEGE_AFTER, COUNCIL_AFTER = 28, 49, 98
COMMENT = "Noem ook wat de nieuwe waarde voor het werk van een team betekent."


def under_way(people: dict[str, Actor], here: Organisation, *, year: int, today: date) -> None:
    """Open it on that day, in which each section is at another step; a report brings one back that was through."""
    at = make_aware(datetime.combine(today, time(9)))
    _reported(people["employee"], at, "Een beeldscherm met gegevens bleef onbewaakt aan staan.")
    players = {
        Part.AUTHOR: people["team-leader"],
        Part.APPROVER: people["director"],
        Part.CONTROLLER: people["controller"],
        Part.EDITOR: people["editor"],
        Part.BOARD: people["director"],
    }
    cast = Cast(here, players)
    plan = cast.plan(*(section for section, *_rest in ASKED))
    assignments = tuple(
        replace(one, author_id=person_number(people[author]), due_on=today + timedelta(days=days))
        for one, (_section, author, days, _acts) in zip(plan.assignments, ASKED, strict=True)
    )
    plan = replace(
        plan,
        board_on=today + timedelta(days=BOARD_AFTER),
        college_on=today + timedelta(days=COLLEGE_AFTER),
        council_on=today + timedelta(days=COUNCIL_AFTER),
        assignments=assignments,
    )
    actions.open_round_of(people["editor"], year=year, plan=plan, today=today)
    for section, author, _days, acts in ASKED:
        for act in acts:
            actor = people[author] if act is Act.SUBMIT else None
            cast.does(act, year, section, actor=actor, at=at, today=today)
    actions.comment(people["controller"], found=cast.desk(year, today), section="values", text=COMMENT, at=at)
    _reported(people["employee"], at + timedelta(hours=2), "Een sleutel van het archief is zoek.")


def _reported(employee: Actor, at: datetime, description: str) -> None:
    facts = IncidentFacts(
        kind=IncidentKind.PHYSICAL,
        discovered_at=at - timedelta(minutes=30),
        description=description,
        personal_data=PersonalData.NO,
        severity=Severity.LOW,
    )
    security.report_incident(employee, at=at, facts=facts)
