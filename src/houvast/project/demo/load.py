"""Load the example data set `diemen-2021` through the actions everybody uses. The same rows every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.administration.actions import (
    assign_role,
    found_organisation,
    grant,
    link_account,
    standard_bundle,
)
from houvast.core.commitments import actions as commitments
from houvast.core.orgs.marks import example_data, seeded_uids
from houvast.core.orgs.models import Organisation, Post
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report import actions as report
from houvast.core.report.authoring import actions as authoring
from houvast.core.report.authoring import factories as rounds
from houvast.core.report.authoring.rules import Part
from houvast.core.report.claims import Kind
from houvast.core.report.outline import Placing
from houvast.core.report.queries import all_claims, chapter, context_for
from houvast.modules.security import factories as security
from houvast.modules.structure import actions as structure_actions
from houvast.modules.structure import factories as structure
from houvast.modules.structure.models import StructureVersion
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    DeputyRow,
    FunctionRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)
from houvast.modules.trajectory import actions as trajectory
from houvast.modules.values import factories as values
from houvast.project.demo import (
    commitments_data,
    facts,
    outline_data,
    prose,
    roles,
    round_data,
    security_data,
    structure_data,
    trajectory_data,
    transition_data,
    values_data,
)
from houvast.project.demo.content_types import DemoPerson, FactData, GrantData, VersionData


class Owned(Protocol):
    """A row of the data set, of one organisation."""

    @property
    def organisation(self) -> str: ...


YEAR = 2021
ROLES_FROM = date(2021, 1, 1)
ORGANISATION_KINDS = {
    "municipality": Organisation.Kind.MUNICIPALITY,
    "shared_service": Organisation.Kind.JOINT,
}
SHORT = {structure_data.DUO: "duo"}
UNIT_KINDS = {
    "organisation": UnitKind.ORGANISATION,
    "board": UnitKind.BOARD,
    "cluster": UnitKind.DEPARTMENT,
    "department": UnitKind.DEPARTMENT,
    "team": UnitKind.TEAM,
}
FUNCTION_KINDS = {
    "director": FunctionKind.DIRECTOR,
    "secretary": FunctionKind.DIRECTOR,
    **dict.fromkeys(structure_data.BOARD_FUNCTIONS, FunctionKind.DIRECTOR),
    "head_of_department": FunctionKind.DEPARTMENT_HEAD,
    "team_leader": FunctionKind.TEAM_LEADER,
}
T = TypeVar("T", bound=Owned)

# What guests hold besides their registers: the chapter, the structure, and the CISO what is in quarantine.
HELD_BY_GUESTS = frozenset({"report.view", "structure.view", "files.release"})
CHECKED_AT = datetime(2022, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def load_facts(author: Actor, checker: Actor) -> None:
    """Every sourced fact, entered by one person and checked by another."""
    for data in facts.FACTS:
        # By key, so that a fact keeps its digest when another one moves to a register.
        with seeded_uids(f"diemen-2021 {data.key}"), example_data(marked=data.items_are_example):
            fact = report.enter_fact(author, year=YEAR, entry=fact_entry(data), today=CHECKED_AT.date())
            report.check_fact(checker, fact_id=fact.pk, expected_version=fact.version, at=CHECKED_AT)


def fact_entry(data: FactData) -> report.FactEntry:
    """A fact of the data set in the form in which somebody would enter it."""
    return report.FactEntry(
        key=data.key,
        label=data.label,
        kind=Kind(data.kind),
        value=data.raw,
        source_title=data.source.title,
        source_place=data.source.place,
        source_date=data.source.dated,
        items=data.items,
        singular=data.unit.singular if data.unit else "",
        plural=data.unit.plural if data.unit else "",
        style=data.style,
        as_of=data.as_of,
        period_from=data.period.start if data.period else None,
        period_until=data.period.until if data.period else None,
        explanation=data.explanation,
    )


def load_outline(author: Actor) -> None:
    """The headings of the chapter."""
    with seeded_uids("diemen-2021 outline"):
        report.arrange(
            author,
            year=YEAR,
            sections={key: Placing(heading) for key, heading in outline_data.HEADINGS.items()},
            expected_stamp="",
            today=CHECKED_AT.date(),
        )


def load_values(director: Actor) -> None:
    """The vision and the values, and where they have a place. Of the set before, the source names no value."""
    with seeded_uids("diemen-2021 values"):
        values.value_set(
            director, (), origin=values_data.PREDECESSOR, since=values_data.BEFORE, until=values_data.SINCE
        )
        made = values.value_set(
            director, values_data.VALUES, origin=values_data.ORIGIN, since=values_data.SINCE
        )
        values.vision(director, made, values_data.SLOGAN, values_data.PAIRS)
        for name, kind in values_data.INSTRUMENTS:
            values.instrument(director, name, kind, since=values_data.SINCE)


def load_prose(author: Actor, organisation: Organisation) -> None:
    """The edited prose of the year; the other slots read as their modules wrote them."""
    with reading(organisation.pk):
        claims = all_claims(context_for(organisation, YEAR))
    for data in prose.PROSE:
        report.write_prose(
            author,
            year=YEAR,
            slot=data.slot,
            text=data.text,
            expected_version=0,
            claims=claims,
            today=CHECKED_AT.date(),
        )


def load_organisations() -> dict[str, Organisation]:
    """The four organisations of the set, by slug."""
    return {
        data.slug: found_organisation(slug=data.slug, name=data.name, kind=ORGANISATION_KINDS[data.kind])
        for data in structure_data.ORGANISATIONS
    }


def load_accounts(organisations: dict[str, Organisation]) -> dict[str, Account]:
    """The demo persons' accounts by key, with their roles and grants."""
    accounts = {data.key: _account(organisations, data) for data in roles.DEMO_PERSONS}
    for given in roles.GRANTS:
        _grant(organisations, given, accounts)
    _grant_claims(organisations)
    return accounts


def _account(organisations: dict[str, Organisation], data: DemoPerson) -> Account:
    home = organisations[data.organisation]
    account = Account(email=f"{data.key}@example.org", name=f"{home.full_name}: {data.label}", is_demo=True)
    account.set_unusable_password()
    account.save()
    _link(home, data, account)
    return account


def _grant_claims(organisations: dict[str, Organisation]) -> None:
    """Duo+ lets its participants count in its structure, for their own chapters."""
    duo = organisations[structure_data.DUO]
    for participant in organisations.values():
        if participant != duo:
            grant(
                system_actor(duo),
                grantee=participant,
                label=f"Tellingen voor {participant.name}",
                permissions=("structure.view",),
                valid_from=structure_data.FOUNDED,
                decision="Gemeenschappelijke regeling Duo+",
            )


def _link(home: Organisation, data: DemoPerson, account: Account) -> None:
    """The employee of the data set, found by function, gets the account and the roles."""
    system = system_actor(home)
    with reading(home.pk):
        person = Person.objects.get(name=_label(home.slug, data.person))
    person = link_account(system, person_id=person.pk, expected_version=person.version, account=account)
    for role in data.roles:
        assign_role(system, person=person, role=role, valid_from=ROLES_FROM)


def _grant(organisations: dict[str, Organisation], data: GrantData, accounts: dict[str, Account]) -> None:
    """A Duo+ employee works in the named registers of a participant; the chapter and the structure may be read."""
    where = organisations[data.organisation]
    holder = next(person for person in roles.DEMO_PERSONS if person.person == data.person)
    bundle = {key for role in data.roles for key in standard_bundle(role)}
    registers = tuple(register.partition(".")[0] for register in data.registers)
    grant(
        system_actor(where),
        grantee=organisations[holder.organisation],
        account=accounts[holder.key],
        label=f"{holder.label} voor {where.name}",
        permissions={key for key in bundle if key.startswith(registers) or key in HELD_BY_GUESTS},
        may_write=data.may_write,
        valid_from=data.valid_from,
        decision=data.decision,
    )


def _at_work(account: Account, organisation: Organisation) -> Actor:
    with reading(organisation.pk):
        actor = actor_for(account, organisation, timezone.localdate())
    assert actor is not None
    return actor


def load_structure(organisations: dict[str, Organisation]) -> None:
    """Units, functions, posts, people and appointments of all four organisations, one action each."""
    for slug, organisation in organisations.items():
        structure_actions.load(system_actor(organisation), structure=_structure(slug))


def _structure(slug: str) -> Structure:
    def mine(rows: Iterable[T]) -> Iterator[T]:
        return (row for row in rows if row.organisation == slug)

    return Structure(
        units=tuple(
            UnitRow(
                code=row.key,
                name=row.name,
                kind=UNIT_KINDS[row.kind],
                parent=row.parent,
                order=place,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                decision=structure_data.decision_of(row.valid_from),
            )
            for place, row in enumerate(mine(structure_data.UNITS))
        ),
        functions=tuple(
            FunctionRow(
                code=row.key,
                name=row.name,
                kind=FUNCTION_KINDS.get(row.key, FunctionKind.STAFF),
                tasks="\n".join(row.tasks),
                competences="\n".join(row.competences),
                mandates="\n".join(row.mandates),
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in mine(structure_data.FUNCTIONS)
        ),
        posts=tuple(
            PostRow(
                code=row.key,
                function=row.function,
                unit=row.unit,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in mine(structure_data.POSTS)
        ),
        persons=tuple(PersonRow(key=row.key, name=row.label) for row in mine(structure_data.PERSONS)),
        appointments=tuple(
            AppointmentRow(
                post=row.post,
                person=row.person,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                decision=f"{row.decision}, {row.decided_on:%d-%m-%Y}",
            )
            for row in mine(structure_data.APPOINTMENTS)
        ),
        deputies=tuple(
            DeputyRow(
                person=_holder(slug, row.post, row.valid_from),
                deputy=_holder(slug, row.deputy_post, row.valid_from),
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in mine(structure_data.DEPUTIES)
        ),
    )


def _holder(slug: str, post: str, day: date) -> str:
    """Who is appointed to the post on that day, or first after it."""
    held = [row for row in structure_data.APPOINTMENTS if (row.organisation, row.post) == (slug, post)]
    current = [row for row in held if row.valid_until is None or row.valid_until > day]
    return min(current, key=lambda row: row.valid_from).person


def load_versions(organisations: dict[str, Organisation], accounts: dict[str, Account]) -> None:
    """Diemen's structure of 2021 with all that carried it through, and the model of the board of Duo+."""
    diemen, duo = (organisations[slug] for slug in (structure_data.DIEMEN, structure_data.DUO))
    author, checker = (_at_work(accounts[f"diemen-{role}"], diemen) for role in ("director", "administrator"))
    version = _version(author, transition_data.DIEMENS_VERSION)
    with reading(diemen.pk):
        posts = dict(Post.objects.values_list("code", "pk"))
        people = dict(Person.objects.values_list("name", "pk"))
    for data in transition_data.TRANSITION:
        done = structure.EndedAction(
            data.what,
            data.due_on,
            data.done_on,
            data.evidence,
            posts[data.post] if data.post else None,
            people[_label(diemen.slug, data.person)] if data.person else None,
        )
        structure.ended_action(author, version, done)
    milestone = structure.reached_milestone(
        author,
        version,
        closed_on=transition_data.MILESTONE_CLOSED,
        name=transition_data.MILESTONE,
        due_on=transition_data.MILESTONE_DUE,
    )
    structure.proved(author, milestone, transition_data.PROOF, checker=checker, at=CHECKED_AT)
    _version(_at_work(accounts["duo-director"], duo), transition_data.BOARD_MODEL)


def _version(author: Actor, data: VersionData) -> StructureVersion:
    return structure.adopted_version(
        author,
        kind=data.kind,
        name=data.name,
        effective_on=data.effective_on,
        decided_on=data.decided_on,
        decided_by=data.decided_by,
        decision=data.decision,
        advice=data.advice,
        advised_on=data.advised_on,
        advice_note=data.advice_note,
    )


def _label(slug: str, person: str) -> str:
    return next(p.label for p in structure_data.PERSONS if (p.organisation, p.key) == (slug, person))


def load_registers(organisations: dict[str, Organisation], accounts: dict[str, Account]) -> None:
    """Incidents and breaches of all four organisations, by the people who handle them there."""
    for slug, here in organisations.items():
        team = security.Team(
            employee=_at_work(accounts[f"{SHORT.get(slug, slug)}-employee"], here),
            ciso=_at_work(accounts["duo-ciso"], here),
            privacy_officer=_at_work(accounts["duo-privacy-officer"], here),
            director=_at_work(accounts[f"{SHORT.get(slug, slug)}-director"], here),
        )
        security.load(
            team,
            [row for row in security_data.INCIDENTS if row.organisation == slug],
            [row for row in security_data.BREACHES if row.organisation == slug],
        )


def load_round(diemen: Organisation, accounts: dict[str, Account]) -> None:
    """A round for the chapter of the next year, with days from today on: two sections asked, one through."""
    now = timezone.now()
    today, year = timezone.localdate(now), YEAR + 1
    players = {part: _at_work(accounts[f"diemen-{key}"], diemen) for part, key in round_data.CAST.items()}
    cast = rounds.Cast(diemen, players)
    sections = [data.section for data in round_data.SECTIONS]
    plan = replace(
        cast.plan(*sections),
        board_on=today + timedelta(days=round_data.BOARD_AFTER),
        college_on=today + timedelta(days=round_data.COLLEGE_AFTER),
        council_on=today + timedelta(days=round_data.COUNCIL_AFTER),
    )
    assignments = tuple(
        replace(one, due_on=today + timedelta(days=data.due_after))
        for one, data in zip(plan.assignments, round_data.SECTIONS, strict=True)
    )
    report.open_round_of(
        players[Part.EDITOR], year=year, plan=replace(plan, assignments=assignments), today=today
    )
    for data in round_data.SECTIONS:
        for act in data.acts:
            cast.does(act, year, data.section, at=now, today=today)
    found = cast.desk(year, today)
    for section, part, text in round_data.COMMENTS:
        authoring.comment(players[part], found=found, section=section, text=text, at=now)


def load_trajectory(author: Actor) -> None:
    """Diemen ’22 with its phases, what was held for it, and what came from outside."""
    with reading(author.organisation.pk):
        owner = Post.objects.get(code=trajectory_data.OWNER)
    made = trajectory.begin_trajectory(
        author,
        name=trajectory_data.NAME,
        goal=trajectory_data.GOAL,
        owner_post_id=owner.pk,
        start=trajectory_data.START,
    )
    of = {"trajectory_id": made.pk}
    trajectory.set_motto(author, **of, text=trajectory_data.MOTTO, valid_from=trajectory_data.MOTTO_FROM)
    trajectory.add_condition(author, **of, text=trajectory_data.CONDITION, indicator="", document="")
    phases = [
        trajectory.add_phase(author, **of, name=row.name, goal="", start=row.start, end=row.end, overlap="")
        for row in trajectory_data.PHASES
    ]
    for row in trajectory_data.ACTIVITIES:
        trajectory.add_activity(
            author,
            **of,
            name=row.name,
            phase_id=phases[row.phase - 1].pk,
            theme=row.theme,
            mode=row.mode,
            start=row.start,
        )
    reached = trajectory.add_milestone(
        author,
        **of,
        name=trajectory_data.MILESTONE,
        phase_id=phases[1].pk,
        due_on=trajectory_data.MILESTONE_ON,
    )
    trajectory.close_milestone(
        author,
        part_id=reached.pk,
        expected_version=reached.version,
        closed_on=trajectory_data.MILESTONE_ON,
        document=trajectory_data.MILESTONE_PROOF,
        document_on=trajectory_data.MILESTONE_PROVED,
        today=CHECKED_AT.date(),
    )
    trajectory.add_circumstance(
        author,
        **of,
        name=trajectory_data.CIRCUMSTANCE,
        effect=trajectory_data.EFFECT,
        starts_on=trajectory_data.AWAY_FROM,
        ends_on=trajectory_data.AWAY_UNTIL,
    )


def load_commitments(author: Actor, organisation: Organisation) -> None:
    """What the chapter of the year says that will be done, quoted from its text."""
    with reading(organisation.pk):
        texts = {section.key: section.text for section in chapter(organisation, YEAR).sections}
        posts = dict(Post.objects.values_list("code", "pk"))
        people = dict(Person.objects.values_list("name", "pk"))
    for data in commitments_data.COMMITMENTS:
        row = commitments.record_commitment(
            author,
            year=YEAR,
            entry=commitments.CommitmentEntry(
                section=data.section,
                kind=data.kind,
                text=data.text,
                quote=data.quote,
                settlement=data.settlement,
                owner_post_id=posts[data.owner_post] if data.owner_post else None,
                owner_person_id=people[_label(organisation.slug, data.owner_person)]
                if data.owner_person
                else None,
                term=data.term,
            ),
            section_text=texts[data.section],
            today=CHECKED_AT.date(),
        )
        if data.stand is not None:
            commitments.tell_stand(
                author,
                commitment_id=row.pk,
                expected_version=row.version,
                stand=data.stand,
                today=CHECKED_AT.date(),
            )


def load() -> None:
    """Everything, in the order in which it refers to each other."""
    with seeded_uids("diemen-2021"):
        organisations = load_organisations()
        diemen = organisations[structure_data.DIEMEN]
        with example_data():
            load_structure(organisations)
            accounts = load_accounts(organisations)
            load_registers(organisations, accounts)
            with seeded_uids("diemen-2021 structuurversies"):
                load_versions(organisations, accounts)
        author, checker = (_at_work(accounts[f"diemen-{role}"], diemen) for role in ("editor", "controller"))
        load_values(_at_work(accounts["diemen-director"], diemen))
        load_outline(author)
        with seeded_uids("diemen-2021 ontwikkeltraject"):
            load_trajectory(author)
        load_facts(author, checker)
        load_prose(author, diemen)
        with seeded_uids("diemen-2021 voornemens"), example_data():
            load_commitments(author, diemen)
    with seeded_uids("diemen-2021 ronde"), example_data():
        accounts |= {data.key: _account(organisations, data) for data in roles.ROUND_PERSONS}
        load_round(diemen, accounts)
