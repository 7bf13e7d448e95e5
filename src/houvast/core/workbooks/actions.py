"""What every action that reads in a workbook does first and last. The actions themselves belong to the registers."""

from __future__ import annotations

from houvast.core.audit.actions import record
from houvast.core.orgs.once import require_first
from houvast.core.workbooks.models import WorkbookImport
from houvast.core.workbooks.rules.plans import Sent


def begin(sent: Sent) -> None:
    """Raise AlreadyDone, with the earlier import, where the same preview was confirmed before."""
    require_first(sent.key, WorkbookImport)


def finish(sent: Sent) -> WorkbookImport:
    """Record that the workbook was read in. To be called in the action that wrote its rows."""
    tally = sent.tally
    done = WorkbookImport(
        workbook=sent.workbook,
        file_name=sent.file_name,
        sha256=sent.sha256,
        made=tally.made,
        changed=tally.changed,
        left=tally.left,
        sent_key=sent.key,
    )
    done.save()
    record(
        done,
        workbook=sent.workbook,
        file_name=sent.file_name,
        sha256=sent.sha256,
        made=tally.made,
        changed=tally.changed,
        left=tally.left,
    )
    return done
