"""Put the town in the database, through the actions that people use."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.administration.actions import assign_role, found_organisation, link_account
from houvast.core.orgs.marks import example_data, seeded_uids
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report import actions as report
from houvast.core.report.queries import all_claims, context_for
from houvast.modules.security import factories as security
from houvast.modules.structure import factories as structure
from houvast.modules.values import actions as values_actions
from houvast.modules.values import factories as values
from houvast.modules.values.rules import InstrumentKind
from houvast.project.progress import Progress
from houvast.project.town import plan, prose
from houvast.project.town.plan import Size


def load(size: Size, progress: Progress | None = None) -> Organisation:
    """The whole town; the same rows for the same size. Everything is marked as example data."""
    with seeded_uids(f"{plan.SLUG} {size}"), example_data():
        here = found_organisation(
            slug=plan.SLUG, name=plan.NAME, kind=Organisation.Kind.MUNICIPALITY, is_example=True
        )
        structure.load_structure(system_actor(here), plan.structure(size))
        people = _accounts(here, size)
        _values(people["director"], size)
        report.arrange(
            people["editor"],
            year=size.first,
            sections=prose.SECTIONS,
            expected_stamp="",
            today=date(size.first, 12, 1),
        )
        for year in size.span:
            _registers(people, size, year)
            _chapter(people, here, size, year)
            if progress is not None:
                progress.say(str(year))
    return here


def _accounts(here: Organisation, size: Size) -> dict[str, Actor]:
    """The people one may sign in as, with their roles."""
    system, found = system_actor(here), {}
    for key, name, roles in plan.accounts():
        account = Account(
            email=f"{plan.SLUG}-{key}@example.org", name=f"{here.full_name}: {name}", is_demo=True
        )
        account.set_unusable_password()
        account.save()
        with reading(here.pk):
            person = Person.objects.get(name=name)
        person = link_account(system, person_id=person.pk, expected_version=person.version, account=account)
        for role in roles:
            assign_role(system, person=person, role=role, valid_from=date(size.first, 1, 1))
        with reading(here.pk):
            actor = actor_for(account, here, date(size.first, 6, 1))
        assert actor is not None
        found[key] = actor
    return found


def _values(director: Actor, size: Size) -> None:
    """A set of values, one more in the third year, with examples, guides, and a count for every year."""
    since = date(size.first, 1, 1)
    made = values.value_set(
        director,
        ("Dichtbij", "Helder", "Samen"),
        origin="Stad in zicht",
        since=since,
        review_on=date(size.first + 5, 1, 1),
    )
    values.vision(director, made, "Voor de hele stad.", ("luisteren én doen", "vandaag én later"))
    held = values.values_of(director, made)
    for value in held:
        values_actions.add_behaviour(
            director, value_id=value.pk, text="Vraagt eerst wat iemand nodig heeft.", shows=True
        )
    if size.years > 2:
        values_actions.add_value(
            director, set_id=made.pk, name="Moedig", valid_from=date(size.first + 2, 1, 1)
        )
    names = (
        ("de evaluatiegesprekken", InstrumentKind.EVALUATION),
        ("de sollicitatiegesprekken", InstrumentKind.INTERVIEW),
        ("de introductiedag", InstrumentKind.INTRODUCTION),
    )
    for place, (name, kind) in enumerate(names):
        one = values.instrument(director, name, kind, since=since)
        values.guide(director, one, held, since=since)
        for year in size.span:
            told = plan.account(size, year)
            total = max(1, told.trained // (place + 1))
            values_actions.count(
                director,
                instrument_id=one.pk,
                year=year,
                total=total,
                covered=max(0, total - year % 4),
                today=date(year, 12, 31),
            )


def _registers(people: dict[str, Actor], size: Size, year: int) -> None:
    team = security.Team(
        employee=people["employee"],
        ciso=people["ciso"],
        privacy_officer=people["privacy-officer"],
        director=people["director"],
    )
    security.load(team, plan.incidents(size, year), plan.breaches(size, year))


def _chapter(people: dict[str, Actor], here: Organisation, size: Size, year: int) -> None:
    """The facts of the year, checked by a second person, and its texts."""
    at = make_aware(datetime.combine(date(year + 1, 2, 1), time(9)))
    for entry in prose.facts(plan.account(size, year), year):
        fact = report.enter_fact(people["editor"], year=year, entry=entry, today=at.date())
        report.check_fact(people["controller"], fact_id=fact.pk, expected_version=fact.version, at=at)
    with reading(here.pk):
        claims = all_claims(context_for(here, year))
    for slot, text in prose.TEXTS.items():
        report.write_prose(
            people["editor"],
            year=year,
            slot=slot,
            text=text,
            expected_version=0,
            claims=claims,
            today=at.date(),
        )
