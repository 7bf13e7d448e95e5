"""What has to be done once a day, by the worker: every module names its jobs in `Module.daily`.

The turn puts the next one in the database before it begins, so that a worker that dies in the middle loses no day.
Each worker that starts sees to it that one is waiting.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from houvast.core.registry import modules

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)


@task()
def turn() -> None:
    """Do what is to be done once a day; what fails is told in the log and does not stop the others."""
    start_daily(after=EVERY)
    for module in modules():
        for job in module.daily:
            try:
                job()
            except Exception:
                # Whatever went wrong in one job must not stop the others; it has its turn again tomorrow.
                log.exception("The daily job %s failed", job.__qualname__)


def start_daily(*, after: timedelta = timedelta()) -> bool:
    """Put a turn in the database unless one waits; whether it did."""
    if DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=turn.module_path).exists():
        return False
    turn.using(run_after=timezone.now() + after if after else None).enqueue()
    return True
