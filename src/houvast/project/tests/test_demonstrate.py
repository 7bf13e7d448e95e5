"""The demo makes its own database, keeps it, and leaves every other one alone."""

from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from houvast.project import demonstrate
from houvast.project.errors import CliError


def use(monkeypatch, folder, engine, name):
    """Let the demo see these settings and no others."""
    database = {"ENGINE": engine, "NAME": name}
    seen = SimpleNamespace(
        DATA=folder,
        ROOT=folder,
        DATABASES={"default": database},
        DATABASE_NAME=f"{engine}  {name}",
        DEMO_MARK=folder / "demo-database",
        TRAIL_HEADS=folder / "trail-heads.json",
    )
    monkeypatch.setattr(demonstrate, "settings", seen)


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """A data folder with an SQLite file, and the commands that are called on it."""
    called = []
    database = tmp_path / "houvast.sqlite3"
    monkeypatch.setattr(demonstrate, "call_command", lambda *command, **_: called.append(command[0]))
    monkeypatch.setattr(demonstrate, "empty", lambda: not database.exists())
    use(monkeypatch, tmp_path, "x.sqlite3", str(database))
    return called, database


def test_an_empty_database_is_loaded_and_marked(demo):
    called, _ = demo
    demonstrate.prepare(fresh=False)
    assert called == ["migrate", "load_demo", "load_town"]
    assert demonstrate.marked() == "loaded"


def test_a_database_of_the_demo_is_kept(demo):
    called, database = demo
    demonstrate.set_mark("loaded")
    database.write_text("rows")
    demonstrate.prepare(fresh=False)
    assert called == ["migrate"]
    assert database.read_text() == "rows"


def test_fresh_builds_the_demo_again(demo):
    called, database = demo
    demonstrate.set_mark("loaded")
    database.write_text("rows")
    database.with_name("houvast.sqlite3-wal").write_text("more")
    heads = database.with_name("trail-heads.json")
    heads.write_text("of the chains before")
    demonstrate.prepare(fresh=True)
    assert called == ["migrate", "load_demo", "load_town"]
    assert not database.exists()
    assert not database.with_name("houvast.sqlite3-wal").exists()
    assert not heads.exists()


def test_fresh_on_nothing_is_a_first_time(demo):
    called, _ = demo
    demonstrate.prepare(fresh=True)
    assert called == ["migrate", "load_demo", "load_town"]


def test_a_load_that_was_broken_off_starts_again(demo):
    called, database = demo
    demonstrate.set_mark("loading")
    database.write_text("half")
    demonstrate.prepare(fresh=False)
    assert called == ["migrate", "load_demo", "load_town"]
    assert demonstrate.marked() == "loaded"


@pytest.mark.parametrize("fresh", [False, True])
def test_somebody_elses_database_is_left_alone(demo, fresh):
    _, database = demo
    database.write_text("real")
    with pytest.raises(CliError, match=r"HOUVAST_DATA|left alone") as refused:
        demonstrate.prepare(fresh=fresh)
    assert refused.value.code == 2
    assert database.read_text() == "real"


def test_a_mark_of_another_database_does_not_count(demo, tmp_path, monkeypatch):
    demonstrate.set_mark("loaded")
    use(monkeypatch, tmp_path, "x.postgresql", "houvast")
    assert demonstrate.marked() == ""


def test_fresh_never_empties_a_server(demo, tmp_path, monkeypatch):
    use(monkeypatch, tmp_path, "x.postgresql", "houvast")
    with pytest.raises(CliError, match="only throws away the demo's own SQLite database"):
        demonstrate.throw_away()


@pytest.mark.django_db
def test_a_database_without_organisations_is_empty():
    assert demonstrate.empty()


@pytest.mark.django_db
def test_a_database_with_an_organisation_is_not(diemen):
    assert not demonstrate.empty()


def test_every_form_of_the_chapter_is_named(demo, tmp_path, capsys):
    called, _ = demo
    files, code = demonstrate.write_chapter(tmp_path)
    assert code == 0
    assert [file.name for file in files] == [
        *("diemen-2021.html", "diemen-2021.pdf", "diemen-2021.docx", "diemen-2021.odt", "diemen-2021.json")
    ]
    assert called == ["chapter"]
    assert "Writing the chapter: done after" in capsys.readouterr().err


@pytest.mark.parametrize("code", [1, 2])
def test_findings_do_not_hide_the_chapter_and_no_chapter_is_told(demo, tmp_path, monkeypatch, capsys, code):
    def end(*_, **__):
        raise SystemExit(code)

    monkeypatch.setattr(demonstrate, "call_command", end)
    if code == 1:
        assert demonstrate.write_chapter(tmp_path)[1] == 1
        return
    assert demonstrate.write_chapter(tmp_path) == ([], 2)
    assert "The chapter could not be written: code 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"), [(CommandError("Geen jaar.", returncode=2), 2), (OSError("disk full"), 1)]
)
def test_a_chapter_that_cannot_be_written_is_told_and_the_demo_goes_on(
    demo, tmp_path, monkeypatch, capsys, error, code
):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(demonstrate, "call_command", fail)
    assert demonstrate.write_chapter(tmp_path) == ([], code)
    assert f"The chapter could not be written: {error}" in capsys.readouterr().err


@pytest.fixture
def prepared(monkeypatch):
    """A demo whose work is done."""
    monkeypatch.setattr(demonstrate, "prepare", lambda **_: None)
    monkeypatch.setattr(demonstrate, "write_chapter", lambda out: ([out / "diemen-2021.pdf"], 1))
    monkeypatch.setenv("HOUVAST_DEMO", "0")
    monkeypatch.setattr(demonstrate.serving, "stop_on_terminate", lambda: None)


def test_no_serve_prints_the_paths_and_stops_with_the_chapters_own_code(prepared, settings, capsys):
    assert demonstrate.run(["--no-serve"]) == 1
    assert capsys.readouterr().out == f"{settings.ROOT}/out/diemen-2021.pdf\n"


def test_the_address_is_printed_with_how_to_sign_in(prepared, monkeypatch, capsys):
    served = []
    monkeypatch.setattr(demonstrate.serving, "worker_command", lambda: ["sleep", "60"])
    monkeypatch.setattr(demonstrate.serving, "serve", served.append)
    assert demonstrate.run(["--port", "0"]) == 1
    assert "choose a role there to sign in" in capsys.readouterr().out
    served[0].close()
