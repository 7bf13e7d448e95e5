"""The test command never passes what did not run, and its gates are the ones in pyproject.toml."""

import json
from pathlib import Path

import check
import coverage_gate
import pytest

ROOT = Path(__file__).resolve().parents[1]


def reached(lines, hit, branches=0, taken=0):
    """What one process says of a file."""
    ways = [[number, number + 1] for number in range(1, branches + 1)]
    said = {
        "executed_lines": list(range(1, hit + 1)),
        "missing_lines": list(range(hit + 1, lines + 1)),
        "executed_branches": ways[:taken],
        "missing_branches": ways[taken:],
    }
    counted = {
        "covered_lines": hit,
        "missing_lines": lines - hit,
        "covered_branches": taken,
        "missing_branches": branches - taken,
        "percent_covered": 100 * (hit + taken) / (lines + branches),
    }
    return said | {"summary": counted}


@pytest.fixture
def report(tmp_path):
    def write(*processes):
        (tmp_path / "pyproject.toml").write_text(
            '[tool.houvast.coverage]\n"src/houvast/*" = 95\n"*/rules.py" = 100\n'
        )
        for number, files in enumerate(processes):
            said = {"meta": {"software": "slipcover", "branch_coverage": True}, "files": files}
            (tmp_path / f"gw{number}.json").write_text(json.dumps(said))
        return coverage_gate.faults(tmp_path, tmp_path)

    return write


def test_a_branch_that_was_not_taken_counts(report):
    files = {"src/houvast/a.py": reached(100, 100), "src/houvast/b/rules.py": reached(10, 10, 2, 1)}
    assert report(files) == [
        "*/rules.py reaches 91.67% and has to reach 100%; least in src/houvast/b/rules.py",
    ]


def test_the_whole_may_miss_one_in_twenty_and_no_more(report):
    assert report({"src/houvast/a.py": reached(100, 95)}) == []
    assert report({"src/houvast/a.py": reached(100, 94)}) == [
        "src/houvast/* reaches 94.00% and has to reach 95%; least in src/houvast/a.py",
    ]


def test_what_one_process_reached_and_another_did_not_is_reached(report):
    half = {"src/houvast/b/rules.py": reached(10, 5, 2, 1)}
    assert report(half, {"src/houvast/b/rules.py": reached(10, 10, 2, 2)}) == []
    assert report(half, half) == [
        "src/houvast/* reaches 50.00% and has to reach 95%; least in src/houvast/b/rules.py",
        "*/rules.py reaches 50.00% and has to reach 100%; least in src/houvast/b/rules.py",
    ]


def test_what_was_not_measured_is_not_enough(report):
    assert report() == ["nothing was measured"]


def test_the_law_and_whatever_judges_or_writes_is_tested_wholly():
    assert {gate.pattern: gate.percentage for gate in coverage_gate.gates(ROOT)} == {
        "src/houvast/*": 95,
        "src/houvast/law/*": 100,
        "*/rules.py": 100,
        "*/rules/*": 100,
        "*/actions.py": 100,
        "*/actions/*": 100,
    }


def part(code):
    return check.Part("part", lambda: 0, code=code)


@pytest.mark.parametrize(
    ("codes", "expected"), [([0, 0], 0), ([0, 1], 1), ([0, 3], 3), ([3, 1], 1), ([0, None], 1), ([5], 1)]
)
def test_what_failed_or_did_not_run_is_a_failure(codes, expected):
    assert check.exit_code([part(code) for code in codes]) == expected


def test_the_last_line_is_the_total():
    good, bad = part(0), part(3)
    assert check.summary([good, good]).splitlines()[-1] == "all 2 parts passed in 0 s"
    assert check.summary([good, bad]).splitlines()[-1] == "1 of 2 parts failed in 0 s"


def test_what_the_machine_lacks_is_told_and_the_next_part_still_runs(capsys):
    def lacking():
        raise check.LackingError("Chromium is missing")

    lacks = check.Part("browser", lacking)
    check.run_part(lacks)
    assert (lacks.code, lacks.closing) == (3, "Chromium is missing")
    assert "browser: could not run" in capsys.readouterr().out


def test_a_module_is_named_by_its_own_name():
    assert check.paths("law") == "src/houvast/law"
    assert check.paths("security") == "src/houvast/modules/security"
    assert check.paths("orgs") == "src/houvast/core/orgs"
    assert check.paths("tests/test_check.py::x") == "tests/test_check.py::x"
    assert check.paths("-k") == "-k"
    assert check.paths("weeks") == "weeks"


def test_the_parts_see_nothing_of_a_persons_own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("HOUVAST_DATABASE_URL", "postgresql://production/houvast")
    monkeypatch.setenv("HOUVAST_DEMO", "1")
    environment = check.Check(tmp_path).environment()
    assert "HOUVAST_DATABASE_URL" not in environment
    assert "HOUVAST_DEMO" not in environment
    assert environment["HOUVAST_DATA"] == str(tmp_path / "data")
