"""What the town works on over the years: a programme for its own organisation, and the new structure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor
from houvast.core.orgs.models import Post
from houvast.core.orgs.scope import reading
from houvast.modules.structure import actions as structure_actions
from houvast.modules.structure import factories as structure
from houvast.modules.structure.models import StructureVersion
from houvast.modules.trajectory import actions as trajectory
from houvast.modules.trajectory.models import Phase
from houvast.modules.trajectory.rules import Gate, Mode
from houvast.project.town.plan import Size

PROGRAMME = "Stad in beweging"
MOTTOS = ("Samen op weg", "Dichtbij en vooruit")
PHASES = ("Luisteren", "Proberen", "Verankeren")
ACTIVITIES = (
    ("Gesprekken in elk team", "luisteren", Mode.ON_SITE),
    ("Leermiddag over helder schrijven", "dienstverlening", Mode.BOTH),
    ("Week van de proeftuinen", "leren door te doen", Mode.ON_SITE),
    ("Kennislunch met de regio", "samenwerken", Mode.ONLINE),
)


def run(people: dict[str, Actor], size: Size) -> None:
    """All of it, by the people who keep it."""
    programme(people["director"], size)
    structures(people["director"], people["administrator"], size)
    stand_ins(people["director"], people, size)


def programme(director: Actor, size: Size) -> None:
    """Three phases over the years, with a gate before each but the first, and an activity and milestone a year.

    The gate of the last phase was closed before it was opened; the last milestone is not reached yet.
    """
    first, last = size.first, size.first + size.years - 1
    made = trajectory.begin_trajectory(
        director,
        name=PROGRAMME,
        goal="Een organisatie die dichtbij is en zelf leert.",
        owner_post_id=_post(director, "director-0"),
        start=f"januari {first}",
    )
    of = {"trajectory_id": made.pk}
    trajectory.set_motto(director, **of, text=MOTTOS[0], valid_from=date(first, 1, 1))
    if size.years > 2:
        trajectory.set_motto(director, **of, text=MOTTOS[1], valid_from=date(first + 2, 1, 1))
    condition = trajectory.add_condition(
        director, **of, text="Elk team heeft tijd om te leren", indicator="", document=""
    )
    trajectory.change_condition(
        director,
        part_id=condition.pk,
        expected_version=condition.version,
        text=condition.text,
        indicator="Uren voor leren in de teamplannen",
        document=f"Teamplannen {first}",
    )
    trajectory.add_condition(
        director,
        **of,
        text="Leidinggevenden geven ruimte",
        indicator="Onderzoek onder medewerkers",
        document="",
    )
    starts = [date(first, 1, 1) + timedelta(days=365 * size.years * place // 3) for place in range(3)]
    phases = []
    for place, name in enumerate(PHASES):
        end = starts[place + 1] - timedelta(days=1) if place < 2 else None
        row = trajectory.add_phase(
            director,
            **of,
            name=name,
            goal="",
            start=_said(starts[place]),
            end=_said(end) if end else "",
            overlap="",
        )
        phases.append(row)
        if place == 1:
            _decided(director, row, Gate.OPEN, starts[place])
        elif place == 2:
            _decided(director, row, Gate.CLOSED, starts[place], "Eerst worden de proeven beoordeeld.")
            _decided(director, row, Gate.OPEN, starts[place] + timedelta(days=60))
    for year in size.span:
        phase = max(row.pk for row, start in zip(phases, starts, strict=True) if start <= date(year, 3, 15))
        name, theme, mode = ACTIVITIES[(year - first) % len(ACTIVITIES)]
        trajectory.add_activity(
            director, **of, name=name, phase_id=phase, theme=theme, mode=mode, start=f"15-3-{year}"
        )
        aimed = trajectory.add_milestone(
            director, **of, name=f"Voortgang {year} besproken", phase_id=phase, due_on=date(year, 12, 1)
        )
        if year < last:
            trajectory.close_milestone(
                director,
                part_id=aimed.pk,
                expected_version=aimed.version,
                closed_on=date(year, 11, 20),
                document=f"Verslag directieteam november {year}",
                document_on=date(year, 11, 25),
                today=date(year, 12, 1),
            )
    trajectory.add_circumstance(
        director,
        **of,
        name="Krapte op de arbeidsmarkt",
        effect="Vacatures bleven langer open dan verwacht.",
        starts_on=date(first, 6, 1),
        ends_on=None,
    )


def _decided(director: Actor, phase: Phase, outcome: str, on: date, note: str = "") -> None:
    trajectory.decide_gate(
        director,
        part_id=phase.pk,
        expected_version=phase.version,
        outcome=outcome,
        on=on,
        decided_by="Directieteam",
        note=note,
        today=on,
    )


def structures(director: Actor, checker: Actor, size: Size) -> None:
    """The structure that the town begins with, carried through and evaluated; in the last year the next one."""
    secretary, first = _post(director, "director-0"), date(size.first, 1, 1)
    version = _adopted(director, first)
    for what, days, evidence in (
        ("Medewerkers plaatsen in de teams", 30, "Plaatsingsbesluiten"),
        ("Mandaatregeling aanpassen aan de nieuwe functies", 120, "Mandaatregeling"),
    ):
        due = first + timedelta(days=days)
        done = structure.EndedAction(
            what, due, due - timedelta(days=4), f"{evidence} {first.year}", post_id=secretary
        )
        structure.ended_action(director, version, done)
    closed = date(first.year, 10, 1)
    milestone = structure.reached_milestone(
        director, version, closed_on=closed, name="De nieuwe structuur staat", due_on=closed
    )
    proof = structure.Proof(
        "Evaluatie na een half jaar", closed, f"Dossier organisatie {first.year}", "in goed overleg"
    )
    structure.proved(
        director, milestone, proof, checker=checker, at=make_aware(datetime.combine(closed, time(10)))
    )
    if size.years > 1:
        begins = date(size.first + size.years - 1, 7, 1)
        structure.transition_action(
            director,
            _adopted(director, begins),
            what="De taken van de wijkteams herverdelen",
            post_id=secretary,
            agreed_on=begins - timedelta(days=40),
            due_on=date(begins.year + 2, 6, 30),
        )


def _adopted(director: Actor, effective: date) -> StructureVersion:
    return structure.adopted_version(
        director,
        name=f"Organisatiestructuur {effective.year}",
        effective_on=effective,
        decided_on=effective - timedelta(days=40),
        decision=f"Organisatiebesluit {effective.year}",
        advised_on=effective - timedelta(days=60),
    )


def stand_ins(director: Actor, people: dict[str, Actor], size: Size) -> None:
    """Who stands in for the specialists, and two weeks a year in which one is away."""
    for absent, deputy in (("ciso", "administrator"), ("team-leader", "coordinator")):
        structure_actions.set_deputy(
            director,
            person_id=person_number(people[absent]),
            deputy_id=person_number(people[deputy]),
            valid_from=date(size.first, 1, 1),
        )
    for year in size.span:
        structure_actions.register_absence(
            director,
            person_id=person_number(people["team-leader"]),
            valid_from=date(year, 7, 15),
            valid_until=date(year, 7, 29),
        )


def person_number(actor: Actor) -> int:
    """The person who signs in."""
    assert actor.person_id is not None
    return actor.person_id


def _post(actor: Actor, code: str) -> int:
    with reading(actor.organisation.pk):
        found: int = Post.objects.values_list("pk", flat=True).get(code=code)
    return found


def _said(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
