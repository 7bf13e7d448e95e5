"""What a command says when it cannot do what was asked: one plain sentence and an exit code."""

from argparse import ArgumentParser
from enum import IntEnum
from typing import NoReturn


class ExitCode(IntEnum):
    """The exit codes of every command."""

    GOOD = 0
    FAULTS = 1
    WRONG_INPUT = 2
    ENVIRONMENT = 3
    INTERRUPTED = 130


class CliError(Exception):
    """A command cannot go on. The message is for the person at the terminal."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code


class Parser(ArgumentParser):
    """A parser that tells a wrong option in one sentence, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Raise CliError instead of printing how the command is used."""
        raise CliError(f"{message} (see {self.prog} --help)", ExitCode.WRONG_INPUT)
