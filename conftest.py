"""What every test shares: two organisations, the second full of bait, and the locks around the database."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from tests.undoing import undone

from houvast.project.settings_for_tests import OWN_FOLDER


def pytest_addoption(parser):
    """Options of our own tests."""
    parser.addoption(
        "--write-matrix",
        action="store_true",
        help="write tests/access_matrix.csv again instead of checking it",
    )
    parser.addoption(
        "--write-chapter",
        action="store_true",
        help="write tests/chapter_2021.sha256 again instead of checking it",
    )
    parser.addoption(
        "--write-openapi",
        action="store_true",
        help="write docs/openapi.json again instead of checking it",
    )


# No test fails because the machine is busy.
hypothesis_settings.register_profile("houvast", deadline=None)
hypothesis_settings.load_profile("houvast")


def pytest_configure():
    """SQLite is tested as it serves: a file in WAL mode, one for each process of pytest-xdist."""
    database = settings.DATABASES["default"]
    if "sqlite3" in database["ENGINE"]:
        Path(settings.DATA).mkdir(parents=True, exist_ok=True)
        database.setdefault("TEST", {})["NAME"] = str(Path(settings.DATA) / "test.sqlite3")


def pytest_unconfigure():
    """Leave nothing behind."""
    if OWN_FOLDER:
        shutil.rmtree(OWN_FOLDER, ignore_errors=True)


OF_A_DATABASE = {"db", "transactional_db", "django_db_setup"}
OF_A_SCREEN = re.compile(r"test_(\w+_)?(views|pages)\.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What takes long begins first, so that no process waits for it at the end; the rest stays as it was shuffled.

    On another database than SQLite only what asks it something: the rest would say the same twice.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        return
    again = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
    items[:] = again


def _asks_the_database(item):
    """Screens are templates over actions and queries that have tests of their own; the access table asks each once."""
    if item.get_closest_marker("anywhere") or OF_A_SCREEN.fullmatch(item.path.name):
        return False
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("database")
    return bool(marked) or not OF_A_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def browser():
    """A Chromium: the one that the test command found, else the machine's own."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("HOUVAST_CHROMIUM") or shutil.which("chromium")
    # Django sees the event loop of Playwright and would refuse every query of a browser test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A page of a new visitor. Dutch, and wide enough for the whole shell."""
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied_between_tests():
    """A TransactionTestCase empties tables by DELETE on SQLite, which the append-only triggers refuse."""
    from houvast.core.orgs import locks

    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        locks.remove_refusals(connection)
        flush(self)
        locks.install(connection)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _dutch():
    """A request leaves its language active in the thread; the next test begins in Dutch again."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    """Rows that the tests of a module have in common: made once, and undone at its end.

    Each test asks for `db` too, so that what it changes itself is undone after it.
    """
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """Databases that are filled once in a process; the first is that of the demonstration."""
    from tests.elsewhere import Kept, databases

    from houvast.project.demo.load import load

    with django_db_blocker.unblock(), databases(str(tmp_path_factory.mktemp("kept"))) as at:
        made = Kept(at)
        made.fill("demo", load)
        yield made


@pytest.fixture(scope="module")
def demo(kept):
    """The demonstration. Each test asks for `db` too, so that what it changes is undone after it."""
    with kept.opened("demo"):
        yield


@pytest.fixture
def diemen(db):
    """The organisation most tests work in."""
    from houvast.core.administration import factories

    return factories.organisation("diemen")


@pytest.fixture
def uithoorn(db):
    """Another organisation, whose rows nobody of Diemen may ever see."""
    from houvast.core.administration import factories

    return factories.organisation("uithoorn")
