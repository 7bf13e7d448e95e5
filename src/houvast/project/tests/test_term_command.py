"""The command `term`: what it prints, and one sentence with exit code 2 for a question it cannot answer."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from houvast.project.management.commands.term import Command
from houvast.project.term_command import main


def run(line):
    out, err = StringIO(), StringIO()
    return main(line.split(), out, err), out.getvalue(), err.getvalue()


def test_json_holds_the_agreed_names_in_order():
    code, out, err = run("awb-9:11 --start 2026-01-10 --extend-weeks 4 --json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["key", "source", "start", "nominal_end", "last_day", "warnings", "because"]
    assert found["nominal_end"] == "2026-03-21"
    assert found["last_day"] == "2026-03-23"
    assert list(found["because"][0]) == ["day", "step", "source"]


def test_a_term_in_hours_gives_a_last_moment():
    code, out, _ = run("avg-33 --start 2026-03-27T12:00 --json")
    assert code == 0
    assert json.loads(out)["last_moment"] == "2026-03-30T13:00:00+02:00"
    assert "Uiterlijk: maandag 30 maart 2026 om 13.00 uur" in run("avg-33 --start 2026-03-27T12:00")[1]


def test_without_json_it_is_a_text_for_an_official():
    code, out, _ = run("awb-9:11 --start 2026-02-02")
    assert code == 0
    assert out == (
        "Een klacht afhandelen (awb-9:11, Awb art. 9:11 lid 1)\n"
        "Begin:     maandag 2 februari 2026\n"
        "Uiterlijk: maandag 16 maart 2026\n"
        "\n"
        "Zo is gerekend:\n"
        "1. De termijn begint met de ontvangst van de klacht: maandag 2 februari 2026. "
        "Die dag zelf telt niet mee. (Awb art. 9:11 lid 1)\n"
        "2. 6 weken later is het maandag 16 maart 2026. (Awb art. 9:11 lid 1)\n"
        "3. Maandag 16 maart 2026 is de laatste dag. (Awb art. 9:11 lid 1)\n"
    )


def test_warnings_stand_below_the_reckoning():
    _, out, _ = run("awb-9:11 --start 2026-05-02 --advisory-committee --extend-weeks 4")
    assert "\n\nLet op:\n- De termijn en de verlenging duren samen 14 weken" in out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "awb-9:8, awb-9:11, awb-9:24, avg-33"),
        ("awb-9:12 --start 2026-02-02", "kies awb-9:8, awb-9:11, awb-9:24, avg-33 of wor-25:6"),
        ("awb-9:12", "kies awb-9:8, awb-9:11, awb-9:24, avg-33 of wor-25:6"),
        ("awb-9:11", "Geef met --start het begin van awb-9:11: de ontvangst van de klacht."),
        ("awb-9:11 --start", "Geef met --start"),
        ("awb-9:11 --start 2026-02-30", "2026-02-30 bestaat niet"),
        ("awb-9:11 --start 2026-02-02T12:00", "geef alleen de dag"),
        ("avg-33 --start 2026-03-27", "geef ook het tijdstip"),
        ("avg-33 --start 2026-03-29T02:30", "bestaat niet"),
        ("avg-33 --start 2026-03-27T12:00 --extend-weeks 1", "kan niet worden verlengd"),
        ("avg-33 --start 2026-03-27T12:00 --advisory-committee", "laat de adviescommissie weg"),
        ("awb-9:8 --start 2026-02-02 --advisory-committee", "laat de adviescommissie weg"),
        ("awb-9:24 --start 2026-02-02 --extend-weeks 1", "kan niet worden verlengd"),
        ("awb-9:11 --start 2026-02-02 --extend-weeks 5", "geef 1, 2, 3 of 4"),
        ("awb-9:11 --start 2026-02-02 --extend-weeks -1", "geef 1, 2, 3 of 4"),
        ("awb-9:11 --start 2026-02-02 --extend-weeks vier", "een heel aantal weken"),
        ("awb-9:11 --start 2026-02-02 --extend-weeks", "een heel aantal weken"),
        ("awb-9:11 --start 1999-06-30", "geldt vanaf 1 juli 1999"),
        ("awb-9:24 --start 9999-02-02", "9999"),
        ("awb-9:11 --start 2026-02-02 --colour", "Onbekend: --colour"),
        ("awb-9:11 --begin 2026-02-02", "Onbekend: --begin"),
        ("awb-9:11 --start 2026-02-02 --json=ja", "Dit is niet te lezen"),
    ],
)
def test_a_wrong_question_is_one_sentence_and_exit_code_two(line, says):
    code, out, err = run(line)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert err.endswith(".\n")


def test_nothing_but_the_question_decides_the_answer():
    question = "awb-9:11 --start 2026-04-02 --json"
    assert run(question) == run(question)


def test_the_management_command_asks_neither_checks_nor_database():
    assert Command.requires_system_checks == []
    out = StringIO()
    call_command("term", "awb-9:24", "--start", "2026-03-16", "--json", stdout=out)
    assert json.loads(out.getvalue())["last_day"] == "2027-03-16"
    with pytest.raises(CommandError, match="geef alleen de dag") as caught:
        call_command("term", "awb-9:24", "--start", "2026-03-16T10:00")
    assert caught.value.returncode == 2


def test_from_the_command_line_it_leaves_with_the_exit_code(capsys):
    for line, code in [("awb-9:8 --start 2026-02-02", 0), ("awb-9:8", 2)]:
        with pytest.raises(SystemExit) as left:
            Command().run_from_argv(["manage.py", "term", *line.split()])
        assert left.value.code == code
    assert "Geef met --start" in capsys.readouterr().err
