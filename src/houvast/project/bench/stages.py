"""The steps of the bench, each in a process of its own: `python -m houvast.project.bench.stages <step> <options>`.

A process of its own so that peak memory is that of one step, and so that no connection or setting of the
installation is at hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

from houvast.project.bench.place import Place, environment
from houvast.project.errors import CliError, ExitCode

Options = dict[str, Any]


def prepare(options: Options) -> Options:
    """Tables and locks, and what `example` adds."""
    from django.core.management import call_command  # noqa: PLC0415  after Django is set up

    call_command("migrate", verbosity=0)
    return example(options)


def example(_options: Options) -> Options:
    """The example set, and an organisation with one director who signs in and no register yet."""
    from houvast.core.access.actor import system_actor  # noqa: PLC0415  after Django is set up
    from houvast.core.access.models import Account  # noqa: PLC0415  once Django is set up
    from houvast.core.access.permissions import StandardRole  # noqa: PLC0415  once Django is set up
    from houvast.core.administration import actions  # noqa: PLC0415  once Django is set up
    from houvast.core.orgs.models import Organisation  # noqa: PLC0415  once Django is set up
    from houvast.project.bench import pages  # noqa: PLC0415  once Django is set up
    from houvast.project.demo.load import load  # noqa: PLC0415  once Django is set up

    load()
    here = actions.found_organisation(slug=pages.HERE, name="Bench", kind=Organisation.Kind.MUNICIPALITY)
    account = Account.objects.create_user(pages.ACCOUNT, name="Directielid")
    person = actions.add_person(system_actor(here), name="Directielid", account=account)
    for role in (StandardRole.EMPLOYEE, StandardRole.DIRECTOR):
        actions.assign_role(system_actor(here), person=person, role=role, valid_from=date(2021, 1, 1))
    return {}


def fill_all(options: Options) -> Options:
    """The registers of the chapter."""
    from houvast.core.access.models import Account  # noqa: PLC0415  once Django is set up
    from houvast.core.orgs.models import Organisation  # noqa: PLC0415  once Django is set up
    from houvast.project.bench import chapter  # noqa: PLC0415  once Django is set up
    from houvast.project.town import bulk  # noqa: PLC0415  once Django is set up

    adviser, decider = Account.objects.order_by("pk")[:2]
    span = bulk.Span(chapter.YEAR - options["years"] + 1, chapter.YEAR)
    here = Organisation.objects.get(slug=chapter.HERE)
    begun = time.perf_counter()
    _make_room()
    written = bulk.fill(here, bulk.Officers(adviser, decider), rows=options["rows"], span=span)
    _analyze()
    return {"written": written, "seconds": time.perf_counter() - begun}


def fill_list(options: Options) -> Options:
    """One register of breaches over ten years, for its page."""
    from houvast.core.orgs.models import Organisation  # noqa: PLC0415  once Django is set up
    from houvast.project.bench import chapter, pages  # noqa: PLC0415  once Django is set up
    from houvast.project.town import bulk  # noqa: PLC0415  once Django is set up

    span = bulk.Span(chapter.YEAR - 9, chapter.YEAR)
    _make_room()
    bulk.fill_breaches(Organisation.objects.get(slug=pages.HERE), number=options["rows"], span=span)
    _analyze()
    return {}


def _make_room() -> None:
    """Let SQLite keep the indexes in memory while they grow, and not wait for the disk: nobody's data are here."""
    from django.db import connection  # noqa: PLC0415  once Django is set up

    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")
            cursor.execute("PRAGMA synchronous = OFF")


def _analyze() -> None:
    """PostgreSQL does this by itself after a while; the bench does not wait for that."""
    from django.db import connection  # noqa: PLC0415  once Django is set up

    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def chapter_once(options: Options) -> Options:
    """See `chapter.once`."""
    from houvast.project.bench import chapter  # noqa: PLC0415  once Django is set up

    return chapter.once(options)


def chapter_measured(options: Options) -> Options:
    """See `chapter.measured`."""
    from houvast.project.bench import chapter  # noqa: PLC0415  once Django is set up

    return chapter.measured(options)


def pages_measured(options: Options) -> Options:
    """See `pages.measured`."""
    from houvast.project.bench import pages  # noqa: PLC0415  once Django is set up

    return pages.measured(options)


def search_measured(options: Options) -> Options:
    """See `searching.measured`."""
    from houvast.project.bench import searching  # noqa: PLC0415  once Django is set up

    return searching.measured(options)


STEPS: dict[str, Callable[[Options], Options]] = {
    step.__name__: step
    for step in (
        prepare,
        fill_all,
        fill_list,
        chapter_once,
        chapter_measured,
        pages_measured,
        search_measured,
    )
}


def run(at: Place, database: str, step: str, **options: Any) -> Options:
    """Do a step on one of the place's databases. Raises CliError with the last line of what went wrong."""
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-P", "-W", "ignore", "-m", __name__, step, json.dumps(options)],
        env=environment(at, database),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise CliError(f"The step {step} of the bench failed: {said[-1]}", ExitCode.FAULTS)
    answer: Options = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    django.setup()
    print(json.dumps(STEPS[sys.argv[1]](json.loads(sys.argv[2]))))
