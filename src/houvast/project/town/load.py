"""Put the town in the database, through the actions that people use."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account
from houvast.core.access.queries import actor_for
from houvast.core.administration.actions import assign_role, found_organisation, link_account
from houvast.core.commitments import actions as commitment_actions
from houvast.core.commitments import factories as commitments
from houvast.core.commitments.models import Commitment
from houvast.core.commitments.queries import to_answer
from houvast.core.commitments.rules import CommitmentKind, Settlement, Stand, Status
from houvast.core.orgs.marks import example_data, seeded_uids
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.post.models import Dispatch
from houvast.core.post.rules import Channel
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions as adoption
from houvast.core.report.adoption.checklist import Origin, checklist
from houvast.core.report.adoption.rules import Answer, Body, CorrectionEntry, Outcome
from houvast.core.report.queries import all_claims, chapter, context_for
from houvast.core.search.index import rebuild
from houvast.modules.security import factories as security
from houvast.modules.security.models import Incident
from houvast.modules.structure import factories as structure
from houvast.modules.values import actions as values_actions
from houvast.modules.values import factories as values
from houvast.modules.values.rules import InstrumentKind, StepKind
from houvast.project.progress import Progress
from houvast.project.town import bulk, course, keeping, plan, prose
from houvast.project.town import round as asked
from houvast.project.town.plan import Size


def load(
    size: Size, progress: Progress | None = None, *, today: date | None = None, rows: int = 0
) -> Organisation:
    """The whole town; the same rows for the same size. Everything is marked as example data.

    today: the day from which the round under way counts its days; a fixed one unless it is given. rows: how many rows
    to write in bulk besides, sealed in the trail as the others are.
    """
    last = size.first + size.years - 1
    day = max(today or date.min, date(last + 1, 2, 1))
    with seeded_uids(f"{plan.SLUG} {size}"), example_data():
        here = found_organisation(
            slug=plan.SLUG, name=plan.NAME, kind=Organisation.Kind.MUNICIPALITY, is_example=True
        )
        structure.load_structure(system_actor(here), plan.structure(size))
        people = _accounts(here, size)
        if rows:
            bulk.grow(here, _officers(people), rows=rows, span=bulk.Span(size.first, last), progress=progress)
        with _apart(size, "course"):
            keeping.settings(people, size)
            course.run(people, size)
        _values(people["director"], size)
        report.arrange(
            people["editor"],
            year=size.first,
            sections=prose.SECTIONS,
            expected_stamp="",
            today=date(size.first, 12, 1),
        )
        with _apart(size, "requirement"):
            _asked_by_the_council(people["editor"], size.first)
        outside = []
        for year in size.span:
            outside.append(_year(people, here, size, year))
            if progress is not None:
                progress.say(str(year))
        with _apart(size, "keeping"):
            if size.years > 2:
                _correction(people, size.first)
            keeping.destruction(people, outside, size)
        with _apart(size, "round"):
            asked.under_way(people, here, year=last + 1, today=day)
            keeping.looked(people, here, day)
    if rows:
        # What an action writes can be found at once; what was written in bulk only after this.
        rebuild(here, lambda number: progress.say(f"{number} vindbaar") if progress else None)
    return here


def _year(people: dict[str, Actor], here: Organisation, size: Size, year: int) -> Incident:
    """The registers and the chapter of a year, adopted but for the last two; the report that came from outside."""
    _registers(people, size, year)
    with _apart(size, f"outside {year}"):
        reported = keeping.reported_from_outside(here, people["ciso"], year)
    _chapter(people, here, size, year)
    _intentions(people, here, size, year)
    _requirements(people["editor"], year)
    if year < size.first + size.years - 2:
        _adopt(people, year)
    return reported


def _apart(size: Size, part: str) -> AbstractContextManager[None]:
    """A series of uids of its own: what is added to a part leaves the rows of the others as they are."""
    return seeded_uids(f"{plan.SLUG} {size} {part}")


def _officers(people: dict[str, Actor]) -> bulk.Officers:
    pair = [people[key].account_id for key in ("privacy-officer", "director")]
    accounts = Account.objects.in_bulk([pk for pk in pair if pk is not None])
    adviser, decider = (accounts[pk] for pk in pair if pk is not None)
    return bulk.Officers(adviser, decider)


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
    instruments = []
    for name, kind in names:
        one = values.instrument(director, name, kind, since=since)
        values.guide(director, one, held, since=since)
        instruments.append(one)
    for year in size.span:
        trained = plan.account(size, year).trained
        totals = {one.pk: max(1, trained // (place + 1)) for place, one in enumerate(instruments)}
        if year % 2:
            for one in instruments:
                values_actions.count(
                    director,
                    instrument_id=one.pk,
                    year=year,
                    total=totals[one.pk],
                    covered=max(0, totals[one.pk] - year % 4),
                    today=date(year, 12, 31),
                )
        else:
            keeping.counts_from_a_workbook(director, instruments, totals, year)
    values_actions.add_step(
        director,
        set_id=made.pk,
        kind=StepKind.PARTICIPATION,
        title="Gesprekken over de kernwaarden",
        held_on=date(size.first - 1, 10, 6),
        result="Elk team noemde wat het van een collega verwacht.",
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
    done = Stand(status=Status.DONE, on=date(year, 11, 1), document="Voortgangsbericht", place="Dossier")
    for row in waiting[1:] if last else waiting:
        told = done
        if row.settlement == Settlement.DOCUMENT:
            with _apart(size, f"letter {year}"):
                told = _by_letter(people["editor"], row, year)
        commitments.answered(
            people["editor"], people["controller"], row, told, year=year, today=date(year + 1, 2, 1)
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
        _recorded(people["editor"], entry, texts, year)
    with _apart(size, f"pledge {year}"):
        section, text, quote = prose.PLEDGE
        pledge = commitment_actions.CommitmentEntry(
            section=section,
            kind=CommitmentKind.PLEDGE,
            text=f"{text} ({year + 1})",
            quote=quote.format(next_year=year + 1),
            settlement=Settlement.DOCUMENT,
            owner_person_id=people["director"].person_id,
            term=f"eind {year + 1}",
        )
        promised = _recorded(people["editor"], pledge, texts, year)
        if last:
            _drafted(people["editor"], promised, year + 1)


def _recorded(
    editor: Actor, entry: commitment_actions.CommitmentEntry, texts: dict[str, str], year: int
) -> Commitment:
    return commitment_actions.record_commitment(
        editor, year=year, entry=entry, section_text=texts[entry.section], today=date(year + 1, 2, 1)
    )


def _drafted(editor: Actor, row: Commitment, year: int, *, by_mail: bool = False) -> Dispatch:
    """A letter to the council, put ready in the year that it was promised for."""
    return commitment_actions.draft_letter(
        editor,
        commitment_id=row.pk,
        title=f"Gebruik van het stadskantoor in {year}",
        addressee="Griffie van de gemeenteraad",
        address="griffie@example.org" if by_mail else "Raadhuisplein 1, Voorbeeldstad",
        channel=Channel.EMAIL if by_mail else Channel.LETTER,
        on=date(year, 1, 20),
    )


def _by_letter(editor: Actor, row: Commitment, year: int) -> Stand:
    """The promised letter goes out: in even years as a letter, else by e-mail, to which the addressee agreed.

    What was sent is kept where it went by e-mail; a letter has the number under which it was posted.
    """
    by_mail, sent, number = bool(year % 2), date(year, 10, 12), f"VST-{year}-0412"
    if by_mail:
        commitment_actions.note_consent(
            editor,
            commitment_id=row.pk,
            address="griffie@example.org",
            given_on=date(year, 1, 10),
            how="Bericht van de griffie",
        )
    letter = _drafted(editor, row, year, by_mail=by_mail)
    content = f"Aan de raad.\n\nHet stadskantoor is in {year} gebruikt zoals afgesproken.\n".encode()
    commitment_actions.send_letter(
        editor,
        commitment_id=row.pk,
        dispatch_id=letter.pk,
        expected_version=letter.version,
        on=sent,
        today=sent,
        reference=number,
        upload=SimpleUploadedFile(f"brief-{year}.txt", content) if by_mail else None,
    )
    return Stand(status=Status.DONE, on=sent, document=letter.title, document_on=sent, place=number)


def _asked_by_the_council(editor: Actor, year: int) -> None:
    """The council wants one thing more in every chapter from the first on."""
    adoption.add_requirement(
        editor,
        name="Hoe de organisatie het stadskantoor gebruikt",
        first_year=year,
        reference=f"Motie {year}-07",
        decided_on=date(year, 6, 24),
        today=date(year, 7, 1),
    )


def _correction(people: dict[str, Actor], year: int) -> None:
    """Something in the first chapter had to be said otherwise; a second person confirmed that."""
    day = date(year + 1, 9, 14)
    entry = CorrectionEntry(
        text="De introductiedag was in de oude raadzaal, niet in het stadskantoor.",
        section="housing",
        reference=f"Collegebesluit {year + 1}-37",
        decided_on=day,
    )
    made = adoption.correct(people["editor"], year=year, entry=entry, today=day)
    adoption.decide_correction(people["controller"], correction_id=made.pk, outcome=Outcome.CONFIRMED)


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
