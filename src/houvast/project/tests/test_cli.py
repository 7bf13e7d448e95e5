"""Every command ends with the agreed exit code and, when it fails, one plain sentence."""

import os
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from houvast.project import cli
from houvast.project.errors import CliError, ExitCode

OUTDATED = "The database is not up to date; run ./houvast migrate first."


@pytest.fixture(autouse=True)
def _connections_stay_open(monkeypatch):
    """A command closes its connections, which a test still needs."""
    monkeypatch.setattr(cli.connections, "close_all", lambda: None)


def test_the_list_names_every_command_in_one_line(capsys):
    assert cli.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in (*cli.COMMANDS, "verify", "migrate", "term", "chapter", "load_demo"):
        assert sum(line.startswith(f"  {name} ") for line in lines) == 1, name
    assert not any(line.startswith("  _worker") for line in lines)


DUTCH = re.compile(r"\b(de|het|een|van|voor|zoals|en|niet|met|wat)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name, app in get_commands().items() if "houvast" in str(app)])
def test_every_command_explains_itself_in_english(name):
    parser = load_command_class(get_commands()[name], name).create_parser("./houvast", name)
    told = parser.format_help()
    assert not DUTCH.findall(told), told


def test_no_command_at_all_is_wrong_input(capsys):
    assert cli.main([]) == 2
    assert "Usage: ./houvast COMMAND" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_input_and_names_the_nearest(capsys):
    assert cli.main(["chapters"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("houvast: there is no command 'chapters'. Did you mean chapter")
    assert error.count("\n") == 1


def test_a_command_like_no_other_is_wrong_input_in_one_line(capsys):
    assert cli.main(["qqqq"]) == 2
    told = "houvast: there is no command 'qqqq'. `./houvast help` lists them all.\n"
    assert capsys.readouterr().err == told


def test_the_help_of_a_command_leaves_out_what_django_gives_to_all(capsys):
    with pytest.raises(SystemExit):
        cli.main(["verify", "--help"])
    told = capsys.readouterr().out
    assert "--json" in told
    for option in ("--settings", "--pythonpath", "--traceback", "--no-color", "--verbosity", "--skip-checks"):
        assert option not in told


@pytest.mark.parametrize("command", [["verify", "--nope"], ["serve", "--port", "many"], ["worker", "--nope"]])
def test_a_wrong_option_is_wrong_input_in_one_sentence(capsys, command):
    assert cli.main(command) == 2
    error = capsys.readouterr().err
    assert error.startswith("houvast: ")
    assert error.count("\n") == 1
    assert f"(see ./houvast {command[0]} --help)" in error


@pytest.mark.django_db
def test_a_management_command_runs(capsys):
    assert cli.main(["check"]) == 0
    assert "no issues" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (CliError("Port 8000 is taken.", ExitCode.ENVIRONMENT), "Port 8000 is taken.", 3),
        (CommandError("Unknown year.", returncode=2), "Unknown year.", 2),
        (ImproperlyConfigured("no name"), "A setting is wrong: no name", 2),
        (OperationalError("no such table: x"), OUTDATED, 3),
        (ProgrammingError('relation "x" does not exist'), OUTDATED, 3),
        (OperationalError("connection\n refused"), "The database cannot be used: connection refused", 3),
        (PermissionError(13, "Permission denied", "/var/x"), "Permission denied: /var/x", 3),
        (OSError("odd"), "odd: file system", 3),
        (ValueError("odd"), "This should not happen: ValueError: odd (HOUVAST_DEBUG=1 tells where).", 1),
    ],
)  # fmt: skip
def test_an_error_is_a_sentence_and_a_code(monkeypatch, capsys, error, sentence, code):
    def fail(_arguments):
        raise error

    monkeypatch.setattr(cli, "dispatch", fail)
    assert cli.main(["verify"]) == code
    assert capsys.readouterr().err == f"houvast: {sentence}\n"


def test_who_looks_for_the_cause_sees_it(monkeypatch):
    def fail(_arguments):
        raise ValueError("odd")

    monkeypatch.setattr(cli, "dispatch", fail)
    monkeypatch.setenv("HOUVAST_DEBUG", "1")
    with pytest.raises(ValueError, match="odd"):
        cli.main(["verify"])


def test_an_interrupt_is_no_error(monkeypatch, capsys):
    def interrupt(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "dispatch", interrupt)
    assert cli.main(["verify"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_who_has_enough_is_no_error(monkeypatch, tmp_path):
    def broken(_arguments):
        raise BrokenPipeError

    monkeypatch.setattr(cli, "dispatch", broken)
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(cli.sys, "stdout", out)
        assert cli.main(["verify"]) == 0


def test_a_command_that_does_not_load_keeps_its_line(monkeypatch):
    def fail(*_):
        raise ImportError("no module named x")

    monkeypatch.setattr(cli, "load_command_class", fail)
    assert cli.one_line("verify", "houvast.project") == "cannot be loaded: no module named x"


def test_a_tool_of_the_repository_takes_over_this_process(monkeypatch):
    taken = []
    monkeypatch.setattr(os, "execv", lambda program, command: taken.append((program, command)))
    cli.COMMANDS["test"].run(["law"])
    assert taken == [(cli.sys.executable, [cli.sys.executable, str(cli.ROOT / "tools/check.py"), "law"])]


def test_a_released_package_has_no_tools(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    assert cli.main(["test"]) == 3
    assert capsys.readouterr().err == "houvast: This command needs a clone of the repository.\n"


def test_serving_tells_its_address_and_stops_on_an_interrupt(monkeypatch, capsys):
    def interrupted(_socket):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.serving, "serve", interrupted)
    monkeypatch.setattr(cli.serving, "stop_on_terminate", lambda: None)
    assert cli.main(["serve", "--port", "0"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Houvast is at http://127.0.0.1:")
    assert out[1] == "Houvast stopped."


def test_the_worker_ends_with_its_supervisor(monkeypatch):
    done = []

    class Interrupted(cli.serving.Supervisor):
        def start(self):
            done.append("start")

        def wait(self):
            raise KeyboardInterrupt

        def stop(self):
            done.append("stop")

    monkeypatch.setattr(cli.serving, "Supervisor", Interrupted)
    monkeypatch.setattr(cli.serving, "stop_on_terminate", lambda: None)
    assert cli.main(["worker"]) == 0
    assert done == ["start", "stop"]


def test_one_worker_takes_every_queue(monkeypatch):
    ran = []
    monkeypatch.setattr(cli.serving, "stop_when_orphaned", lambda: ran.append("watch"))
    monkeypatch.setattr(cli, "run_management", lambda name, arguments: ran.append((name, arguments)) or 0)
    monkeypatch.setattr("houvast.core.jobs.heart.Heart.start", lambda _heart: ran.append("heart"))
    assert cli.main(["_worker"]) == 0
    assert ran == [
        "watch",
        ("resume_events", []),
        "heart",
        ("db_worker", ["--queue-name", "*", "--no-reload"]),
    ]
