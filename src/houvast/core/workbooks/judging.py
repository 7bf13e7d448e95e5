"""From a file to a plan: opened, read, and judged beside the register. Writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.workbooks import opening, reading
from houvast.core.workbooks.rules.faults import Fault, in_order
from houvast.core.workbooks.rules.plans import Plan, Workbook


def judged(actor: Actor, workbook: Workbook, path: Path, now: datetime) -> Plan:
    """What a workbook would do, with every fault in order. Raises NotOpened. In the scope of the organisation."""
    found = reading.content(opening.read(path), workbook.sheets, workbook.known(actor))
    plan = workbook.plan(actor, found, now)
    faults = [*found.faults, *plan.faults]
    if not faults and not plan.outcomes:
        faults.append(Fault(_("Er staan geen regels in dit bestand. Vul het sjabloon in.")))
    return replace(plan, shown=found.rows, faults=in_order(faults, workbook.names))
