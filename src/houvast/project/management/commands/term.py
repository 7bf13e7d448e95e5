"""`./houvast term awb-9:11 --start 2026-02-02`: when does a statutory term end, and why."""

import sys
from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from houvast.law.errors import LawError
from houvast.project.term_command import FOUND_FAULT, HELP, UsageError, add_arguments, answer, main


class Command(BaseCommand):
    """Hands over to `houvast.project.term_command`; needs neither database nor checks."""

    help = HELP
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the same options for `help term` and for `call_command`."""
        add_arguments(parser)

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line, where a wrong question is one sentence and exit code 2."""
        sys.exit(main(argv[2:]))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run from `call_command`; raises CommandError for a wrong question."""
        try:
            self.stdout.write(answer(Namespace(**options)))
        except (LawError, UsageError) as error:
            raise CommandError(str(error), returncode=FOUND_FAULT) from error
