"""The bench measures what it says: the same rows on both sides, and a verdict for every limit. No clock is judged."""

import json
import sqlite3

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from houvast.core.audit.queries import verify
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.modules.security.models import Breach, Incident, Notification
from houvast.project.bench import chapter, imports, pages, stages, verdicts
from houvast.project.bench.measure import Cost, compare, compared, machine, peak_memory
from houvast.project.bench.place import BASE, environment, place
from houvast.project.bench.verdicts import Plan, Report, Verdict
from houvast.project.errors import CliError


@pytest.fixture(scope="module")
def _example(kept):
    """What every step of the bench begins with, made once."""
    kept.fill("bench", lambda: stages.example({}))
    with kept.opened("bench"):
        yield


@pytest.fixture
def prepared(_example, db):
    return Organisation.objects.get(slug=chapter.HERE)


def test_registers_of_any_size_lie_in_their_years_and_are_the_same_every_time(prepared):
    assert stages.fill_all({"rows": 36, "years": 2})["written"] == 15 + 18 + 3 * 3
    with reading(prepared.pk):
        made = Breach.objects.filter(reference__startswith="DL-G-")
        assert sorted({day.year for day in made.values_list("registered_on", flat=True)}) == [2020, 2021]
        assert made.exclude(notified_at=None).count() == 3
        assert Incident.objects.filter(reference__startswith="VI-G-").count() == 15
        assert Notification.objects.filter(authority_reference__startswith="AP-G-").count() == 3
        assert set(made.values_list("is_example", flat=True)) == {True}
        assert len(list(verify(prepared))) == 15 + 18 + 3 * 3


def test_the_chapter_and_the_driver_read_the_same_rows(prepared):
    stages.fill_all({"rows": 24, "years": 1})
    with reading(prepared.pk):
        statements = chapter.statements(prepared)
        with connection.cursor() as cursor:
            read = 0
            for one in statements:
                cursor.execute(one.sql, one.parameters)
                read += len(cursor.fetchall())
    claims = chapter.build(prepared).claims
    counted = ("security.incidents", "security.breaches", "security.notifier")
    assert read == sum(claims[key].rows for key in counted) == 9 + 17 + 2 + 24
    assert len(statements) == 3


def test_the_steps_of_the_chapter_answer_figures(prepared):
    once = stages.chapter_once({})
    assert once["queries"] <= 80
    assert once["problems"] == []
    assert once["peak_mb"] >= once["before_mb"] > 0
    found = stages.chapter_measured({"repetitions": 1})
    assert set(found) == {"rows_read", "subject", "reference", "wall_ratio", "cpu_ratio"}


@pytest.fixture
def _kept_connection():
    """A request would close the connection of the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_kept_connection")
def test_the_page_and_the_table_made_by_hand_show_the_same_rows(prepared):
    stages.fill_list({"rows": 60})
    visitor = pages.Visitor()
    visitor.sign_in("here")
    page = visitor.page("here")().decode()
    with reading(Organisation.objects.get(slug=pages.HERE).pk):
        table = visitor.table()().decode()
    assert page.count('<th scope="row">') == table.count('<th scope="row">') == pages.ROWS
    for text in ("DL-G-0000059", "DL-G-0000010", "01-11-2021 13.00"):
        assert text in page
        assert text in table


@pytest.mark.usefixtures("_kept_connection")
def test_a_page_that_is_no_answer_stops_the_bench(prepared):
    visitor = pages.Visitor()
    visitor._cookies["here"] = "sessionid=unknown"
    with pytest.raises(RuntimeError, match="302"):
        visitor.page("here")()


def test_a_workbook_is_judged_as_a_whole_and_recorded_in_part(prepared):
    found = imports.measured({"rows": 3, "recorded": 2})
    assert found["recorded_rows"] == 2
    with reading(Organisation.objects.get(slug=pages.HERE).pk):
        assert Incident.objects.count() == 2


def test_a_search_of_the_bench_finds_the_record_that_it_looks_up(prepared):
    stages.fill_list({"rows": 30})
    found = stages.search_measured({"repetitions": 1})
    # The thirty, and the director.
    assert found["records"] == 31
    assert found["queries"] == 5
    assert set(found["one"]) == set(found["all"]) == {"subject", "reference", "wall_ratio", "cpu_ratio"}


def test_the_median_is_that_of_the_pairs():
    pairs = [(Cost(4, 4), Cost(2, 1)), (Cost(9, 6), Cost(3, 3)), (Cost(5, 5), Cost(5, 1))]
    found = compared(pairs)
    assert (found.wall_ratio, found.cpu_ratio) == (2, 4)
    assert (found.subject, found.reference) == (Cost(5, 5), Cost(3, 1))
    turns = []
    compare(lambda: turns.append("a"), lambda: turns.append("b"), repetitions=2)
    assert turns == ["b", "a", "a", "b", "b", "a"]
    assert peak_memory() > 0
    assert "cores" in machine()


def test_a_place_makes_copies_and_leaves_nothing(tmp_path):
    with place(None, str(tmp_path)) as here:
        with sqlite3.connect(here.name(BASE)) as made:
            made.execute("CREATE TABLE t (a)")
        here.copy(BASE, "other")
        assert sqlite3.connect(here.name("other")).execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
        here.drop("other")
        assert not list(here.folder.glob("other*"))
        given = environment(here, BASE)
        assert given["HOUVAST_DATABASE_URL"] == f"sqlite:///{here.folder}/base.sqlite3"
        assert "HOUVAST_DEMO" not in given
    assert not list(tmp_path.iterdir())


def test_another_kind_of_database_is_wrong_input():
    with pytest.raises(CliError, match="postgresql"):
        place("mysql://localhost/x")


def test_every_limit_has_a_verdict(monkeypatch, tmp_path, capsys):
    answers = {
        "fill_all": {"written": 14, "seconds": 1.0},
        "chapter_once": {"queries": 26, "peak_mb": 90.0},
        "chapter_measured": {"wall_ratio": 2.5, "cpu_ratio": 1.5, "rows_read": 12},
        "pages_measured": {
            "queries": {"1": 11, "1000": 11, "100": 11, "10000": 12},
            "slope": {"wall": 1.0, "cpu": 1.1},
            "comparison": {"cpu_ratio": 2.9},
        },
        "imports_measured": {"judged_ratio": 6.5, "peak_mb": 160.0},
        "search_measured": {"one": {"cpu_ratio": 9.0}, "queries": 7},
    }
    monkeypatch.setattr(verdicts, "run", lambda _at, _name, step, **_options: answers.get(step, {}))
    monkeypatch.setattr("houvast.project.bench.place.SqlitePlace.copy", lambda *_names: None)
    call_command("bench", "--rows=12", "--list-rows=1000", "--json", f"--folder={tmp_path}")
    told = json.loads(capsys.readouterr().out)
    assert {one["key"]: one["met"] for one in told["verdicts"]} == {
        "chapter_ratio": False,
        "chapter_queries": True,
        "chapter_memory": True,
        "list_ratio": True,
        "list_queries": True,
        "list_queries_grow": False,
        "list_slope": True,
        "import_ratio": False,
        "import_memory": True,
    }
    call_command("bench", "--only=search", "--list-rows=10", "--json", f"--folder={tmp_path}")
    told = json.loads(capsys.readouterr().out)
    assert {one["key"]: one["met"] for one in told["verdicts"]} == {
        "search_ratio": True,
        "search_queries": False,
    }
    call_command("bench", "--only=chapter", f"--folder={tmp_path}")
    assert "NOT   chapter against fetching the same rows: 2.5x (limit 2x)" in capsys.readouterr().out


def test_figures_are_told_in_lines():
    report = Report({"list": {"pages": {"1": {"cpu": 1.234}}}}, [Verdict("k", "Vragen", 11, 12)])
    assert list(report.lines()) == ["list:", "  pages: 1 cpu 1.23", "ok    Vragen: 11 (limit 12)"]


def test_a_step_that_fails_says_why(tmp_path):
    with place(None, str(tmp_path)) as here, pytest.raises(CliError, match=r"chapter_once .*no such table"):
        stages.run(here, BASE, "chapter_once")


def test_a_plan_says_which_part(monkeypatch):
    done = []
    monkeypatch.setattr(verdicts, "run", lambda _at, _name, step, **_options: done.append(step))
    monkeypatch.setattr(verdicts, "_chapter", lambda *_given: done.append("chapter"))
    monkeypatch.setattr(verdicts, "_list", lambda *_given: done.append("list"))
    monkeypatch.setattr(verdicts, "_import", lambda *_given: done.append("import"))
    monkeypatch.setattr(verdicts, "_search", lambda *_given: done.append("search"))
    for only in (None, "chapter", "list", "import", "search"):
        verdicts.measure(None, Plan(12, 1, 100, 1, only), lambda _line: None)
    assert done == [
        *("prepare", "chapter", "list", "import"),
        *("prepare", "chapter", "prepare", "list", "prepare", "import", "prepare", "search"),
    ]
