"""Four organisations full of rows, and one person for each way in which somebody can stand before a page.

The rows are those of the demonstration, made once for a test module and undone at its end; each test runs in
a savepoint of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.module_loading import module_has_submodule

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account, Grant, RoleAssignment
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories
from houvast.core.audit.actions import ACTIONS, Action
from houvast.core.audit.models import AuditEntry, AuditHead
from houvast.core.commitments import actions as pledges
from houvast.core.commitments import factories as commitments
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.files.models import StoredFile
from houvast.core.jobs.actions import start
from houvast.core.jobs.models import Job
from houvast.core.notices import delivery
from houvast.core.notices.actions import notify
from houvast.core.notices.models import Notice, OutgoingMessage
from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.models import (
    Function,
    FunctionPeriod,
    Organisation,
    Post,
    PostPeriod,
    Unit,
    UnitPeriod,
)
from houvast.core.orgs.rules import FunctionKind
from houvast.core.orgs.scope import reading, writing
from houvast.core.people.models import Absence, Appointment, Deputy, Person
from houvast.core.post.models import Dispatch
from houvast.core.registry import modules
from houvast.core.report import actions as report
from houvast.core.report.authoring import actions as authoring
from houvast.core.report.authoring.factories import Cast
from houvast.core.report.authoring.rules import Part
from houvast.core.report.claims import Kind
from houvast.core.report.models import Comment, SourcedFact
from houvast.core.retention import actions as retention
from houvast.core.retention.models import DestructionCertificate, DestructionItem, DestructionList, Hold
from houvast.core.tokens import factories as tokens
from houvast.core.tokens.models import Token
from houvast.modules.security import actions as security
from houvast.modules.security.models import Breach, Incident
from houvast.modules.structure import actions as structure
from houvast.modules.structure import factories as structure_rows
from houvast.modules.structure.models import (
    Milestone,
    MilestoneEvidence,
    StructureVersion,
    TransitionAction,
)
from houvast.modules.trajectory import factories as trajectories
from houvast.modules.trajectory.models import (
    Activity,
    Circumstance,
    Condition,
    Phase,
    Trajectory,
    TrajectoryMilestone,
)
from houvast.modules.values import actions as values
from houvast.modules.values import factories as value_rows
from houvast.modules.values.models import Behaviour, CoreValue, Instrument, ValueSet, VisionPart
from houvast.project.demo import load

# A year of which little is known, so that its chapter is quickly made.
YEAR = 2020
FROM = date(2021, 1, 1)
LONG_AGO = datetime(2019, 1, 1, 12, tzinfo=UTC)
MOMENT = datetime(2021, 1, 1, 12, tzinfo=UTC)
ON = date(2021, 6, 1)

ANONYMOUS, NO_ROLE, GUEST, ELSEWHERE = "anonymous", "no_role", "guest_to_read", "elsewhere"
COLUMNS = (ANONYMOUS, ELSEWHERE, GUEST, NO_ROLE, *StandardRole.values)

# What stands in an address in the place of a parameter, where that is the same everywhere.
VALUES = {
    "year": YEAR,
    "form": "json",
    "slot": "structure.organisation",
    "section": "structure",
    "act": "submit",
    # Of the sign-in package: none of these exists, so that each answers as to a stranger's guess.
    "key": "geen-sleutel",
    "uidb36": "1",
    "provider_id": "geen",
    # The feed of a calendar, and what a visitor sent: no secret opens anything but its own.
    "of": "diemen",
    "token": "geen-geheim",
    "class_key": "security.incidents",
}
# Whose row a number or a reference in an address names: by what stands before it.
ROWS: dict[str, type[ScopedModel]] = {
    "verantwoording/<report_year:year>/feiten/": SourcedFact,
    "verantwoording/opmerkingen/": Comment,
    "beveiliging/incidenten/": Incident,
    "beveiliging/datalekken/": Breach,
    "beveiliging/gemeld/": Breach,
    "structuur/functies/": Function,
    "structuur/functies/periode/": FunctionPeriod,
    "structuur/onderdelen/": Unit,
    "structuur/onderdelen/periode/": UnitPeriod,
    "structuur/formatieplaatsen/": Post,
    "structuur/formatieplaatsen/periode/": PostPeriod,
    "structuur/benoemingen/": Appointment,
    "structuur/medewerkers/": Person,
    "structuur/vervanging/": Deputy,
    "structuur/afwezigheid/": Absence,
    "structuur/versies/": StructureVersion,
    "structuur/versies/acties/": TransitionAction,
    "structuur/versies/mijlpalen/": Milestone,
    "structuur/versies/bewijs/": MilestoneEvidence,
    "kernwaarden/sets/": ValueSet,
    "kernwaarden/kernwaarde/": CoreValue,
    "kernwaarden/voorbeeld/": Behaviour,
    "kernwaarden/onderdeel/": VisionPart,
    "kernwaarden/instrumenten/": Instrument,
    "trajecten/": Trajectory,
    "trajecten/voorwaarden/": Condition,
    "trajecten/fasen/": Phase,
    "trajecten/activiteiten/": Activity,
    "trajecten/mijlpalen/": TrajectoryMilestone,
    "trajecten/omstandigheden/": Circumstance,
    "voornemens/": Commitment,
    "voornemens/standen/": CommitmentStand,
    "voornemens/brieven/": Dispatch,
    "bestanden/": StoredFile,
    "achtergrond/": Job,
    "meldingen/": Notice,
    "meldingen/verzonden/": OutgoingMessage,
    "beheer/mensen/": Person,
    "beheer/rollen/": RoleAssignment,
    "beheer/toegang/": Grant,
    "beheer/bewaren/lijsten/": DestructionList,
    "beheer/bewaren/regels/": DestructionItem,
    "beheer/bewaren/verklaringen/": DestructionCertificate,
    "beheer/bewaren/stops/": Hold,
    "beheer/programma/": Token,
}
NAMES_A_ROW = ("pk", "reference", "uid")
OF_PROGRAMS = "api/v1/organisations/"
# Pages that exist only for a team with a leader.
OF_A_LED_TEAM = ("structure:end_leader",)
# A parameter whose value depends on the page.
SPECIAL: dict[tuple[str, str], object] = {
    ("configuration:change", "key"): "files.largest",
    ("report:publication_preview", "name"): "index.html",
    # The year of which the demonstration has a round open.
    **{
        (f"report:{name}", "year"): load.YEAR + 1
        for name in ("round", "plan_round", "stop_round", "board", "section", "comment", "act")
    },
    ("notices:rule", "kind"): "structure.transition_action",
}


class UnknownAddressError(LookupError):
    """An address takes a parameter of which nobody said what stands for it: add it to VALUES or ROWS."""


@dataclass(frozen=True)
class Address:
    """An address as the resolver knows it: its name, its route, and the parameters it takes."""

    name: str
    route: str
    parameters: tuple[str, ...]
    asks_to_sign_in: bool = True

    @property
    def in_organisation(self) -> bool:
        """Whether it is a page in an organisation."""
        return "organisation" in self.parameters

    @property
    def names_a_row(self) -> bool:
        """Whether somebody could put another row's number in it."""
        return any(name in NAMES_A_ROW for name in self.parameters)

    def row(self, parameter: str, organisation: Organisation) -> object:
        """What stands for the parameter: the first row of the organisation. Raises UnknownAddressError."""
        before = self.route.partition("/")[2].partition(f":{parameter}>")[0].rpartition("<")[0]
        if before not in ROWS:
            raise UnknownAddressError(f"{self.name}: {self.route} ({parameter})")
        with reading(organisation.pk):
            in_year = {"year": YEAR} if "year" in self.parameters else {}
            found = ROWS[before].objects.filter(**in_year).order_by("pk").first()
            if self.name == "commitments:check":
                found = CommitmentStand.objects.exclude(answers=None).order_by("pk").first()
            if self.name in OF_A_LED_TEAM:
                led = PostPeriod.objects.filter(function__periods__kind=FunctionKind.TEAM_LEADER)
                found = Unit.objects.filter(pk__in=led.values("unit")).order_by("pk").first() or found
            assert found is not None, f"the data set holds no {ROWS[before].__name__} of {organisation}"
            return getattr(found, parameter)

    def url(self, organisation: Organisation, rows_of: Organisation | None = None) -> str:
        """The address in an organisation, with its own rows or (to see that refused) those of another."""
        if not self.name:
            return f"/{self.route}"
        known = {"organisation": organisation.slug, **VALUES}
        given = {
            name: self.row(name, rows_of or organisation)
            if self.in_organisation and name in NAMES_A_ROW
            else SPECIAL.get((self.name, name), known.get(name))
            for name in self.parameters
        }
        if missing := [name for name, value in given.items() if value is None]:
            raise UnknownAddressError(f"{self.name}: {self.route} ({', '.join(missing)})")
        return reverse(self.name, kwargs=given)


def own_actions() -> list[Action]:
    """The actions of the application, without those that tests made."""
    for config in apps.get_app_configs():
        if config.name.startswith("houvast.") and module_has_submodule(config.module, "actions"):
            import_module(f"{config.name}.actions")
    return [found for key, found in sorted(ACTIONS.items()) if not key.startswith("test.")]


def addresses() -> list[Address]:
    """Every address for people, from the resolver itself. What programs ask is in `tests/test_api_access.py`."""
    found = (one for one in _walk(get_resolver(), "", "", ()) if not one.route.startswith(OF_PROGRAMS))
    return sorted(found, key=lambda one: (one.route, one.name))


def _walk(resolver: URLResolver, spaces: str, route: str, parameters: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = entry.pattern
        taken = (*parameters, *(pattern.converters or pattern.regex.groupindex))
        here = f"{route}{pattern}"
        if isinstance(entry, URLPattern):
            closed = getattr(entry.callback, "login_required", True)
            yield Address(f"{spaces}{entry.name}" if entry.name else "", here, taken, closed)
        else:
            below = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _walk(entry, below, here, taken)


@dataclass
class World:
    """The organisations and the accounts of the columns; `none` for who is not signed in."""

    organisations: dict[str, Organisation]
    accounts: dict[str, Account | None] = field(default_factory=dict)

    @property
    def diemen(self) -> Organisation:
        """Where everybody tries to get in."""
        return self.organisations["diemen"]

    @property
    def uithoorn(self) -> Organisation:
        """Whose rows nobody of Diemen may see."""
        return self.organisations["uithoorn"]

    def client(self, column: str) -> Client:
        """A browser in which that column's person is signed in. A fault in a page is an answer 500 here."""
        client = Client(raise_request_exception=False)
        if (account := self.accounts[column]) is not None:
            client.force_login(account)
        return client


def build() -> World:
    """Load the demonstration and add the people of the columns."""
    world = World({one.slug: one for one in Organisation.objects.all()})
    for organisation in world.organisations.values():
        _complete(organisation)
    system = system_actor(world.diemen)
    world.accounts[ANONYMOUS] = None
    for column in (NO_ROLE, *StandardRole.values):
        person = factories.person(world.diemen, column)
        world.accounts[column] = person.account
        if column != NO_ROLE:
            administration.assign_role(system, person=person, role=column, valid_from=FROM)
    for column in (ELSEWHERE, GUEST):
        person = factories.person(world.uithoorn, column)
        world.accounts[column] = person.account
        for role in StandardRole.values:
            administration.assign_role(
                system_actor(world.uithoorn), person=person, role=role, valid_from=FROM
            )
    administration.grant(
        system,
        grantee=world.uithoorn,
        account=world.accounts[GUEST],
        label="Mag alles zien en niets vastleggen",
        permissions=[permission.key for module in modules() for permission in module.permissions],
        valid_from=FROM,
    )
    return world


def _keep_file(actor: Actor) -> None:
    """A file of an incident."""
    with reading(actor.organisation.pk):
        incident = Incident.objects.order_by("pk").first()
    assert incident is not None
    security.attach_to_incident.run(
        actor, uid=incident.uid, upload=SimpleUploadedFile("notitie.txt", b"Een notitie.")
    )


def _destroy_a_file(organisation: Organisation) -> None:
    """A list that was carried out, with its certificate, and one that waits; a hold."""
    system = system_actor(organisation)
    manager = factories.actor(organisation, StandardRole.ADMINISTRATOR, name="Archivaris")
    decider = factories.actor(organisation, StandardRole.DIRECTOR, name="Besluitvormer")
    with reading(organisation.pk):
        incident = Incident.objects.order_by("pk").first()
    assert incident is not None
    for carried_out in (True, False):
        file = security.attach_to_incident.run(
            system, uid=incident.uid, upload=SimpleUploadedFile("oud.txt", b"Een oude notitie.")
        )
        security.attach_to_incident.withdraw(
            system, uid=incident.uid, file_uid=file.uid, at=LONG_AGO, reason="Verkeerd stuk"
        )
        made = retention.make_list(manager, day=FROM, today=FROM)
        if carried_out:
            made = retention.propose(manager, list_id=made.pk, expected_version=made.version, at=MOMENT)
            retention.approve(decider, list_id=made.pk, expected_version=made.version, at=MOMENT)
            retention.execute(decider, list_id=made.pk, at=MOMENT, today=FROM)
    retention.hold(manager, reason="Onderzoek", valid_from=FROM, retention_class="files.withdrawn")


def _tell_somebody(actor: Actor) -> None:
    """A job of the installation itself, a notice to somebody, and the mail about it."""
    start(actor, "report.chapter_files", year=YEAR)
    with reading(actor.organisation.pk):
        person = Person.objects.filter(account__isnull=False).order_by("pk").first()
    assert person is not None
    with writing(actor.organisation.pk):
        notify(
            person.pk, "structure.transition_action", "Nog gereed te melden", f"/{actor.organisation.slug}/"
        )
    delivery.summarise(actor.organisation, FROM)


def _complete(organisation: Organisation) -> None:
    """What the demonstration has only in Diemen, or not at all, so that every address has a row."""
    system = system_actor(organisation)
    with reading(organisation.pk):
        granted = Grant.objects.exists()
    if not granted:
        other = Organisation.objects.exclude(pk=organisation.pk).order_by("slug")[0]
        administration.grant(
            system, grantee=other, label="Telt hier", permissions=["report.view"], valid_from=FROM
        )
    entry = report.FactEntry(
        key="complaints.received", label="Klachten", kind=Kind.COUNT, value=3, source_title="Jaarverslag"
    )
    report.enter_fact(system, year=YEAR, entry=entry, today=FROM)
    _keep_file(system)
    _destroy_a_file(organisation)
    _tell_somebody(system)
    with reading(organisation.pk):
        one, two = Person.objects.order_by("pk")[:2]
        missing = {model for model in ROWS.values() if not model.objects.exists()}
    if Absence in missing:
        structure.register_absence(system, person_id=one.pk, valid_from=FROM, valid_until=date(2021, 2, 1))
    if StructureVersion in missing or TransitionAction in missing:
        version = structure_rows.adopted_version(system, name="Structuur van de tabel")
        structure_rows.transition_action(system, version, person_id=one.pk)
        milestone = structure.add_milestone(system, version_id=version.pk, name="Bereikt", due_on=None)
        structure_rows.proved(
            system,
            milestone,
            structure_rows.Proof(title="Evaluatie", dated=FROM, place="Dossier", manner="goed"),
        )
    _complete_more(organisation, missing)
    if Deputy in missing:
        structure.set_deputy(system, person_id=one.pk, deputy_id=two.pk, valid_from=FROM)


def _complete_more(organisation: Organisation, missing: set[type[ScopedModel]]) -> None:
    """The rows of the core and of the modules that came later."""
    system = system_actor(organisation)
    with reading(organisation.pk):
        one = Person.objects.order_by("pk")[0]
    if Trajectory in missing:
        trajectories.load(system, 1)
    row = commitments.commitment(system, owner_person_id=one.pk)
    commitments.answered(system, None, row)
    if Dispatch in missing:
        with reading(organisation.pk):
            promised = Commitment.objects.order_by("pk")[0]
        told = {"title": "Brief aan de raad", "addressee": "Griffie", "address": "Plein 1", "on": ON}
        pledges.draft_letter(system, commitment_id=promised.pk, **told)
    if ValueSet in missing:
        value_rows.load(system)
    elif Behaviour in missing:
        with reading(organisation.pk):
            value = CoreValue.objects.order_by("pk").first()
        assert value is not None
        values.add_behaviour(system, value_id=value.pk, text="Vraagt door.", shows=True)
    if Token in missing:
        tokens.token(factories.actor(organisation, StandardRole.ADMINISTRATOR, name="Sleutelhouder"))
    if Comment in missing:
        players = {part: factories.actor(organisation, *StandardRole.values, today=ON) for part in Part}
        cast = Cast(organisation, players)
        cast.opened(YEAR, "structure")
        authoring.comment(
            players[Part.AUTHOR],
            found=cast.desk(YEAR),
            section="structure",
            text="Klopt dit?",
            at=datetime(2021, 6, 1, tzinfo=UTC),
        )


@dataclass(frozen=True)
class State:
    """How much there is: rows of each table, and how far each organisation's trail goes."""

    rows: tuple[tuple[str, int], ...]
    heads: tuple[int, ...]


def heads(organisations: dict[str, Organisation]) -> tuple[int, ...]:
    """How far each organisation's trail goes; nothing is written without adding to it."""
    found = []
    for organisation in organisations.values():
        with reading(organisation.pk):
            found.append(AuditHead.objects.get().number)
    return tuple(found)


@contextmanager
def trail_watched() -> Iterator[list[str]]:
    """Every statement inside that adds to a trail; nothing is written without one. Asks no query of its own."""
    added: list[str] = []
    told = f'INSERT INTO "{AuditEntry._meta.db_table}"'

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(told):
            added.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield added


def state(organisations: dict[str, Organisation]) -> State:
    """Count everything in the named organisations."""
    counted: dict[str, int] = {}
    for organisation in organisations.values():
        with reading(organisation.pk):
            for model in apps.get_models():
                if issubclass(model, ScopedModel):
                    label = model._meta.label
                    counted[label] = counted.get(label, 0) + model.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM access_account")
        counted["accounts"] = cursor.fetchone()[0]
    return State(tuple(sorted(counted.items())), heads(organisations))
