"""A chapter that nothing stands in the way of, and the people who offer, adopt and correct it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from tests.undoing import undone

from houvast.core.access.actor import Actor
from houvast.core.access.models import Account
from houvast.core.administration import factories
from houvast.core.orgs import locks
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, tell_database
from houvast.core.report import actions as report
from houvast.core.report.adoption import actions
from houvast.core.report.adoption.rules import CorrectionEntry
from houvast.core.report.claims import Kind
from houvast.core.report.queries import all_claims, all_texts, chapter, context_for

YEAR = 2021
TODAY = date(2022, 12, 1)
COLLEGE_DAY, RAAD_DAY = date(2022, 5, 17), date(2022, 7, 7)
SLOT = "complaints.handling"
BASE = f"/diemen/verantwoording/{YEAR}"
DECISION = {"do": "adopt", "body": "college", "decided_on": COLLEGE_DAY.isoformat(), "reference": "B 1"}


@dataclass(frozen=True)
class People:
    """Who does what: the editor writes and offers, the director adopts, the controller checks."""

    editor: Actor
    controller: Actor
    director: Actor


def people(here: Organisation) -> People:
    return People(
        factories.actor(here, "editor", name="Redacteur"),
        factories.actor(here, "controller", name="Controller"),
        factories.actor(here, "director", name="Secretaris"),
    )


def entry(**changed) -> report.FactEntry:
    given = {
        "key": "complaints.received",
        "label": "Klachten",
        "kind": Kind.COUNT,
        "value": 17,
        "singular": "klacht",
        "plural": "klachten",
        "source_title": "Klachtenjaarverslag",
    }
    return report.FactEntry(**given | changed)


def write(who: Actor, slot: str, text: str, year: int = YEAR):
    with reading(who.organisation.pk):
        claims = all_claims(context_for(who.organisation, year))
    version = _version(who, slot, year)
    return report.write_prose(
        who, year=year, slot=slot, text=text, expected_version=version, claims=claims, today=TODAY
    )


def _version(who: Actor, slot: str, year: int) -> int:
    with reading(who.organisation.pk):
        text = all_texts(year).get(slot)
    return text.version if text else 0


def complete(who: People, year: int = YEAR, value: int = 17) -> None:
    """A checked fact in the text, words under every heading, and an answer to what the law asks here."""
    fact = report.enter_fact(who.editor, year=year, entry=entry(value=value), today=TODAY)
    report.check_fact(who.controller, fact_id=fact.pk, expected_version=1, at=_at())
    write(who.editor, SLOT, "Er kwamen [[complaints.received|telling]] binnen.", year)
    here = who.editor.organisation
    with reading(here.pk):
        made = chapter(here, year)
        bare = [section for section in made.sections if not made.reads(section)]
    for section in bare:
        slot = [*(one.slot for one in section.slots), *(one.slot for one in section.empty)][0]
        # Words without facts: nothing to compute for each.
        report.write_prose(
            who.editor,
            year=year,
            slot=slot,
            text="Hier is aan gewerkt.",
            expected_version=0,
            claims=made.claims,
            today=TODAY,
        )
    for key in ("bbv-14:stand", "bbv-14:voornemens"):
        answer(who.editor, key, year=year)


def answer(who: Actor, key: str, year: int = YEAR, **given):
    return actions.answer_requirement(
        who,
        year=year,
        key=key,
        **{"answer": "done", "section": "complaints", "expected_version": 0} | given,
    )


def _at():
    return datetime(2022, 3, 1, 9, 0, tzinfo=UTC)


def offer(who: Actor, year: int = YEAR):
    return actions.offer(who, year=year, today=TODAY)


def adopt(who: Actor, body: str = "college", year: int = YEAR, **given):
    day = COLLEGE_DAY if body == "college" else RAAD_DAY
    wanted = {"decided_on": day.replace(year=year + 1), "reference": "B 2022-1", "today": TODAY}
    return actions.adopt(who, year=year, body=body, **wanted | given)


def adopted(who: People, year: int = YEAR, value: int = 17):
    """The college's edition of a complete chapter."""
    complete(who, year, value)
    offer(who.editor, year)
    return adopt(who.director, year=year).edition


def correct(who: Actor, year: int = YEAR, **given):
    wanted = {
        "text": "Het waren er achttien.",
        "claim_key": "complaints.received",
        "reference": "B 2022-9",
        "decided_on": date(2022, 10, 4),
    }
    return actions.correct(who, year=year, entry=CorrectionEntry(**wanted | given), today=TODAY)


@contextmanager
def council_edition() -> Iterator[tuple[Organisation, People, Any]]:
    """An organisation of which the raad adopted the chapter, made once for a module of tests and undone at its end."""
    with undone():
        here = factories.organisation("diemen")
        who = people(here)
        adopted(who)
        yield here, who, adopt(who.director, body="raad").edition


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Somebody who owns the database can lift the triggers; the hashes have to tell."""
    _settle()
    locks.remove_refusals(connection)
    try:
        yield
    finally:
        _settle()
        locks.install(connection)


def _settle() -> None:
    """PostgreSQL alters no table of which a constraint still has to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def execute(here, statement, given=()):
    """Past every action, as who has the database would."""
    with transaction.atomic():
        tell_database(here.pk)
        with connection.cursor() as cursor:
            cursor.execute(statement, list(given))


def page(client, actor, path, data=None, follow=False):
    enter(client, actor)
    url = f"{BASE}/{path}"
    answered = client.get(url) if data is None else client.post(url, data, follow=follow)
    return answered, answered.content.decode()


def enter(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
