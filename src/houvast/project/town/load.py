"""Put the town in the database, through the actions that people use."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.administration.actions import assign_role, found_organisation, link_account
from houvast.core.commitments import actions as commitment_actions
from houvast.core.commitments import factories as commitments
from houvast.core.commitments.queries import to_answer
from houvast.core.commitments.rules import CommitmentKind, Settlement, Stand, Status
from houvast.core.orgs.marks import example_data, seeded_uids
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions as adoption
from houvast.core.report.adoption.checklist import Origin, checklist
from houvast.core.report.adoption.rules import Answer, Body
from houvast.core.report.queries import all_claims, chapter, context_for
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
            _intentions(people, here, size, year)
            _requirements(people["editor"], year)
            if year < size.first + size.years - 2:
                _adopt(people, year)
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


def _intentions(people: dict[str, Actor], here: Organisation, size: Size, year: int) -> None:
    """Answer what the chapter before said that would be done, and record what this one says.

    The last chapter leaves one without an answer: that is what it still waits for.
    """
    last = year == size.first + size.years - 1
    with reading(here.pk):
        texts = {section.key: section.text for section in chapter(here, year).sections}
        waiting = list(to_answer(year).order_by("pk"))
    for row in waiting[1:] if last else waiting:
        commitments.answered(
            people["editor"],
            people["controller"],
            row,
            Stand(status=Status.DONE, on=date(year, 11, 1), document="Voortgangsbericht", place="Dossier"),
            year=year,
            today=date(year + 1, 2, 1),
        )
    for section, text, quote in prose.INTENTIONS:
        entry = commitment_actions.CommitmentEntry(
            section=section,
            kind=CommitmentKind.INTENTION,
            text=f"{text} ({year + 1})",
            quote=quote.format(next_year=year + 1),
            settlement=Settlement.RESULT,
            owner_person_id=people["director"].person_id,
            term=f"eind {year + 1}",
        )
        commitment_actions.record_commitment(
            people["editor"], year=year, entry=entry, section_text=texts[section], today=date(year + 1, 2, 1)
        )


def _requirements(editor: Actor, year: int) -> None:
    """Say of each requirement where it is met."""
    with reading(editor.organisation.pk):
        items = checklist(year)
    for item in items:
        here = item.origin is not Origin.LAW_ELSEWHERE
        adoption.answer_requirement(
            editor,
            year=year,
            key=item.key,
            answer=Answer.DONE,
            expected_version=0,
            section="structure" if here else "",
            document="" if here else f"Jaarstukken {year}",
        )


def _adopt(people: dict[str, Actor], year: int) -> None:
    """College and council adopt the chapter."""
    adoption.offer(people["editor"], year=year, today=date(year + 1, 4, 1))
    for body, day in ((Body.COLLEGE, date(year + 1, 4, 12)), (Body.RAAD, date(year + 1, 6, 28))):
        adoption.adopt(
            people["director"],
            year=year,
            body=body,
            decided_on=day,
            reference=f"{body.upper()}-{year + 1}-01",
            today=day,
        )
