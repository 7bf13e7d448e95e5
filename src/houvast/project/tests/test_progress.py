"""A step that takes long says so on stderr; a quick one, and one for a machine, says nothing."""

import re

import pytest

from houvast.project.progress import Step

LONG = 3600.0


def test_a_step_that_takes_long_names_itself_and_how_long_it_took(capsys):
    with Step("Writing the PDF", after=0) as step:
        step.timer.join()
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"Writing the PDF \.\.\.\nWriting the PDF: done after \d+\.\d s\n", said.err)


def test_a_step_that_fails_after_a_long_time_says_that_it_stopped(capsys):
    def fail(step):
        step.timer.join()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), Step("Writing", after=0) as step:
        fail(step)
    assert "Writing: stopped after " in capsys.readouterr().err


def test_a_quick_step_says_nothing(capsys):
    with Step("Writing", after=LONG):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_quiet_step_never_says_anything(capsys):
    with Step("Writing", quiet=True, after=0) as step:
        assert step.timer is None
    assert capsys.readouterr() == ("", "")
