"""The pages of a workbook: download, upload, look at what will happen, record all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from houvast.core.access.permissions import NotPermitted
from houvast.core.files import storage
from houvast.core.files.rules import clean_name
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.once import AlreadyDone
from houvast.core.viewlog.actions import note_all
from houvast.core.viewlog.rules import Manner
from houvast.core.workbooks import opening, queries, reading, writing
from houvast.core.workbooks.forms import ImportForm
from houvast.core.workbooks.judging import judged
from houvast.core.workbooks.opening import NotOpened
from houvast.core.workbooks.rules.columns import Column, Sheet, Values, told
from houvast.core.workbooks.rules.faults import Fault
from houvast.core.workbooks.rules.plans import Outcome, Plan, Refused, Sent, Workbook

SALT = "houvast.workbooks"
A_DAY = 86_400
SHOWN_ROWS, SHOWN_FAULTS = 25, 200


@dataclass(frozen=True)
class Held:
    """An upload that waits for its confirmation, carried in the form as signed text. It is kept for a day.

    stored: its name among the files, where no row names it; so the daily cleaning takes it away.
    """

    workbook: str
    organisation: str
    account: int | None
    stored: str
    name: str
    sha256: str
    key: str
    stamp: str = ""

    def seal(self) -> str:
        """As text for a hidden field."""
        return signing.dumps(list(vars(self).values()), salt=SALT)


def unseal(text: str, request: Request, workbook: Workbook) -> tuple[Held, Path]:
    """What was held, and where its bytes lie. Raises NotOpened when it is not this reader's, altered, or gone."""
    gone = NotOpened(_("Deze gegevens zijn niet meer geldig. Lees de werkmap opnieuw in."))
    try:
        held = Held(*signing.loads(text, salt=SALT, max_age=A_DAY))
    except (signing.BadSignature, ValueError, TypeError):
        raise gone from None
    here = request.actor.organisation
    if (held.workbook, held.organisation, held.account) != (
        workbook.key,
        here.slug,
        request.actor.account_id,
    ):
        raise NotOpened(
            _("Deze werkmap is ergens anders of door iemand anders ingelezen. Lees haar hier opnieuw in.")
        )
    path = storage.folder(here.uid) / held.stored
    if not path.is_file():
        raise gone
    return held, path


def require(request: Request, workbook: Workbook) -> None:
    """Raise NotPermitted for who may not read it in."""
    request.actor.require_write(workbook.permission)
    if workbook.everywhere and request.actor.units(workbook.permission) is not None:
        raise NotPermitted(workbook.permission)


def show(request: Request, workbook: Workbook, addresses: str) -> HttpResponse:
    """The page of a workbook; an upload is read and judged. Nothing is recorded yet."""
    require(request, workbook)
    form = ImportForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile[Any] = form.cleaned_data["workbook"]
        written = storage.write(request.actor.organisation.uid, upload)
        held = Held(
            workbook.key,
            request.actor.organisation.slug,
            request.actor.account_id,
            written.storage_name,
            clean_name(upload.name or ""),
            written.sha256,
            str(uuid4()),
        )
        try:
            given |= _judged(request, workbook, held)
        except NotOpened as refusal:
            storage.remove(request.actor.organisation.uid, written.storage_name)
            form.add_error("workbook", str(refusal))
    return _page(request, workbook, addresses, given)


def _path(request: Request, held: Held) -> Path:
    return storage.folder(request.actor.organisation.uid) / held.stored


def _judged(request: Request, workbook: Workbook, held: Held) -> dict[str, Any]:
    plan = judged(request.actor, workbook, _path(request, held), timezone.now())
    held = replace(held, stamp=_stamp(plan))
    return {"plan": plan, "name": held.name, "sealed": held.seal()}


def _stamp(plan: Plan) -> str:
    """What the reader saw would happen: row by row, and the versions it starts from."""
    seen = "\n".join(f"{place}={outcome}" for place, outcome in plan.outcomes.items())
    return hashlib.sha256(f"{plan.stamp}\n{seen}".encode()).hexdigest()


def confirm(request: Request, workbook: Workbook, addresses: str) -> HttpResponse:
    """Record everything that the preview showed, in one action; or show what changed since."""
    require(request, workbook)
    given: dict[str, Any] = {"form": ImportForm()}
    try:
        held, path = unseal(request.POST.get("sealed", ""), request, workbook)
        given |= _judged(request, workbook, held)
        plan: Plan = given["plan"]
        if not plan.faults and plan.tally.work and _stamp(plan) == held.stamp:
            return _record(request, workbook, plan, held, path)
        given["refusal"] = _(
            "Het register is intussen veranderd. Kijk opnieuw wat er gebeurt en leg het dan vast."
        )
    except (NotOpened, Refused, Conflict) as refusal:
        given["refusal"] = str(refusal)
    except AlreadyDone:
        messages.success(request, _("U had dit al verzonden: er is niets dubbel vastgelegd."))
        return redirect(workbook.page, request.actor.organisation.slug)
    return _page(request, workbook, addresses, given, status=422)


def _record(request: Request, workbook: Workbook, plan: Plan, held: Held, path: Path) -> HttpResponse:
    sent = Sent(UUID(held.key), timezone.now(), workbook.key, held.name, held.sha256, plan.tally)
    workbook.record(request.actor, plan.rows, sent)
    path.unlink(missing_ok=True)
    told = ngettext(
        "De werkmap is vastgelegd: %(number)s regel.",
        "De werkmap is vastgelegd: %(number)s regels.",
        plan.tally.work,
    )
    messages.success(request, f"{told % {'number': plan.tally.work}} {workbook.done}".strip())
    return redirect(workbook.page, request.actor.organisation.slug)


def marked(request: Request, workbook: Workbook, addresses: str) -> HttpResponse:
    """The workbook that was sent, with its faults marked."""
    require(request, workbook)
    try:
        held, path = unseal(request.POST.get("sealed", ""), request, workbook)
        plan = judged(request.actor, workbook, path, timezone.now())
        content = opening.mark(path, plan.faults[: reading.MOST_FAULTS])
    except NotOpened as refusal:
        return _page(
            request, workbook, addresses, {"form": ImportForm(), "refusal": str(refusal)}, status=422
        )
    stem = Path(held.name).stem or "werkmap"
    return _file(content, f"{stem}-fouten.xlsx", writing.XLSX)


def template(request: Request, workbook: Workbook, _addresses: str) -> HttpResponse:
    """The empty workbook to fill in."""
    require(request, workbook)
    return _file(writing.template(workbook), f"{_stem(workbook)}-sjabloon.xlsx", writing.XLSX)


def export(request: Request, workbook: Workbook, _addresses: str) -> HttpResponse:
    """The register in the same columns, as far as the reader may see it, filtered as the list would be."""
    request.actor.require(workbook.sees)
    with override("nl"):
        rows = {name: list(found) for name, found in workbook.rows(request.actor, request.GET).items()}
        seen = [row["record"] for found in rows.values() for row in found if "record" in row]
        note_all(request.actor, seen, Manner.EXPORT)
        if request.GET.get("formaat") == "csv" and len(workbook.sheets) == 1:
            (sheet,) = workbook.sheets
            return _file(writing.write_csv(sheet, rows[sheet.name]), f"{_stem(workbook)}.csv", writing.CSV)
        return _file(writing.xlsx(workbook, rows), f"{_stem(workbook)}.xlsx", writing.XLSX)


def _stem(workbook: Workbook) -> str:
    with override("nl"):
        return slugify(str(workbook.label)) or "werkmap"


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in name)
    response["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response


@dataclass(frozen=True)
class Cell:
    """A cell of a preview: what will be recorded, and what is recorded now where that differs."""

    heading: str
    text: str
    was: str | None = None


@dataclass(frozen=True)
class Line:
    """A row of a preview, with its number in the sheet."""

    number: int
    label: str
    tone: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shown:
    """The rows of a sheet that will be recorded: the first of them, what changes on top, and how many."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int


def shown(workbook: Workbook, plan: Plan, rows: Mapping[str, Sequence[Values]]) -> tuple[Shown, ...]:
    """The preview, sheet by sheet; nothing is told of rows that stay as they are, nor of a sheet without others."""
    found = (_shown(sheet, plan, rows[sheet.name]) for sheet in workbook.sheets)
    return tuple(sheet for sheet in found if sheet.lines)


def _shown(sheet: Sheet, plan: Plan, rows: Sequence[Values]) -> Shown:
    order = list(Outcome)
    found = sorted(
        (row for row in rows if plan.outcomes[row["place"]] is not Outcome.LEFT),
        key=lambda row: order.index(plan.outcomes[row["place"]]),
    )
    return Shown(
        name=sheet.name,
        headings=tuple(column.header for column in sheet.columns),
        lines=tuple(_line(sheet.columns, plan, row) for row in found[:SHOWN_ROWS]),
        total=len(found),
    )


def _line(columns: Sequence[Column], plan: Plan, row: Values) -> Line:
    is_new = plan.outcomes[row["place"]] is Outcome.MADE
    was = plan.was.get(row["place"], {})
    return Line(
        Fault("", row["place"]).row,
        _("Nieuw") if is_new else _("Wijzigt"),
        "goed" if is_new else "let-op",
        tuple(
            Cell(
                column.header,
                told(column, row[column.name]),
                told(column, was[column.name]) if column.name in was else None,
            )
            for column in columns
        ),
    )


def _page(
    request: Request, workbook: Workbook, addresses: str, given: dict[str, Any], status: int = 200
) -> HttpResponse:
    plan: Plan | None = given.get("plan")
    wrong = bool(given["form"].errors) or bool(plan and plan.faults)
    filters: QueryDict = request.GET
    context = {
        "workbook": workbook,
        "one_sheet": len(workbook.sheets) == 1,
        "sees": request.actor.may(workbook.sees),
        "filters": filters.urlencode(),
        "earlier": queries.earlier(workbook.key),
        "most": reading.MOST_ROWS,
        "urls": {name: f"{addresses}_{name}" for name in ("confirm", "template", "export", "marked")},
        "page_url": addresses,
        "sheets": shown(workbook, plan, plan.shown) if plan and not plan.faults else (),
        "faults": plan.faults[:SHOWN_FAULTS] if plan else (),
        "hidden": max(0, len(plan.faults) - SHOWN_FAULTS) if plan else 0,
        "cells": sum("!" in fault.place for fault in plan.faults) if plan else 0,
        **given,
    }
    return render(request, "workbooks/workbook.html", context, status=422 if wrong else status)
