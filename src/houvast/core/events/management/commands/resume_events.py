"""`resume_events`: what a worker does first, so that nothing waits for a worker that died."""

from typing import Any

from django.core.management.base import BaseCommand

from houvast.core.events.jobs import resume


class Command(BaseCommand):
    """Put a job for every organisation where an event still waits."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say for how many organisations, where there are any."""
        if woken := resume():
            self.stdout.write(f"Events are taken up again for {woken} organisation(s).")
