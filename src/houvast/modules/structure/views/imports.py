"""Reading a structure from a workbook: upload, look at what it holds, record all of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from houvast.core.access.permissions import NotPermitted
from houvast.core.http import Request
from houvast.modules.structure import actions, imports, permissions
from houvast.modules.structure.forms import ImportWorkbook
from houvast.modules.structure.rules.spans import NotPossible

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require(request: Request) -> None:
    request.actor.require_write(permissions.CHANGE)
    if request.actor.units(permissions.CHANGE) is not None:
        raise NotPermitted(permissions.CHANGE)


def import_workbook(request: Request) -> HttpResponse:
    """Upload a workbook and see what it holds, with every fault at its cell. Nothing is recorded yet."""
    _require(request)
    form = ImportWorkbook(request.POST or None, request.FILES or None)
    given: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            preview = imports.read(form.cleaned_data["workbook"])
        except NotPossible as refusal:
            form.add_error("workbook", str(refusal))
        else:
            given |= {"preview": preview, "name": form.cleaned_data["workbook"].name}
            if not preview.faults:
                given["sealed"] = imports.seal(preview.structure, request.actor.organisation.slug)
    wrong = bool(form.errors) or ("preview" in given and "sealed" not in given)
    return render(request, "structure/import.html", given, status=422 if wrong else 200)


@require_POST
def import_confirm(request: Request) -> HttpResponse:
    """Record everything that the preview showed, in one action."""
    _require(request)
    try:
        structure = imports.unseal(request.POST.get("sealed", ""), request.actor.organisation.slug)
        actions.load(request.actor, structure=structure, persons=imports.people_by_name(structure))
    except NotPossible as refusal:
        form = ImportWorkbook()
        return render(request, "structure/import.html", {"form": form, "refusal": str(refusal)}, status=422)
    told = ngettext(
        "De structuur is vastgelegd: %(number)s regel.",
        "De structuur is vastgelegd: %(number)s regels.",
        structure.size,
    )
    messages.success(request, told % {"number": structure.size})
    return redirect("structure:organogram", request.actor.organisation.slug)


def import_template(request: Request) -> HttpResponse:
    """The empty workbook to fill in."""
    _require(request)
    response = HttpResponse(imports.template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="structuur-sjabloon.xlsx"'
    return response
