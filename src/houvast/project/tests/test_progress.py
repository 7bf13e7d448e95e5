"""A command that takes long says on stderr how far it is; a quick one says nothing."""

import io

from houvast.project.progress import LIVE, PATIENCE, QUIET, Progress


class Script:
    """Waits as long as the script says, without waiting."""

    def __init__(self, *lasts):
        self.lasts, self.waited = list(lasts), []

    def wait(self, timeout):
        self.waited.append(timeout)
        return not self.lasts or self.lasts.pop(0)

    def set(self):
        pass


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told(out, script):
    with Progress("Controle", out=out, done=script) as progress:
        progress.say("diemen: 1.000 regels")
        progress._teller.join()
    return out.getvalue()


def test_a_quick_command_says_nothing():
    script = Script()
    assert told(io.StringIO(), script) == ""
    assert script.waited == [PATIENCE]


def test_in_a_log_each_line_stands_alone():
    script = Script(False, False)
    lines = told(io.StringIO(), script).splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Controle ... ") and line.endswith(" s") for line in lines)
    assert script.waited == [PATIENCE, QUIET, QUIET]


def test_at_a_terminal_one_line_is_renewed_and_taken_away_at_the_end():
    script = Script(False)
    said = told(Terminal(), script)
    assert said.startswith("\r\x1b[2KControle ... ")
    assert said.endswith(" s\r\x1b[2K")
    assert script.waited == [PATIENCE, LIVE]


def test_what_the_work_is_busy_with_is_told():
    progress = Progress("Controle", out=io.StringIO(), done=Script(False))
    progress.say("diemen: 1.000 regels")
    progress._tell()
    assert progress._out.getvalue() == "Controle ... diemen: 1.000 regels ... 0 s\n"
