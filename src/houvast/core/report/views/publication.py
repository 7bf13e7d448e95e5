"""Publishing: what the site would hold, a preview of it, the last time it was made, and having it made."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from houvast.core.http import Request
from houvast.core.jobs.actions import start
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.permissions import PUBLISH
from houvast.core.report.publication.making import SITE
from houvast.core.report.publication.queries import Material, last_publication, material
from houvast.core.report.publication.site import site

TYPES = {".js": "text/javascript", ".json": "application/json", ".woff2": "font/woff2", ".txt": "text/plain"}


def show(request: Request, year: int) -> HttpResponse:
    """What would be published; the button has the zip made in the background, which puts it in the trail."""
    request.actor.require(PUBLISH)
    if request.method == "POST":
        request.actor.require_write(PUBLISH)
        return _publish(request, year)
    return _page(request, year)


def _publish(request: Request, year: int) -> HttpResponse:
    try:
        _require(request, material(request.actor.organisation, timezone.localdate()), year)
    except Refusal as refusal:
        return _page(request, year, refused=refusal)
    job = start(request.actor, SITE, year=year)
    return redirect("jobs:job", request.actor.organisation.slug, job.uid)


def _require(request: Request, made: Material, year: int) -> None:
    if made.of(year) is None:
        raise Refusal(made.reason(year) or _no_edition(request, year))


def _no_edition(request: Request, year: int) -> str:
    """Why a year without any edition is not published."""
    try:
        material(request.actor.organisation, timezone.localdate(), [year])
    except Refusal as refusal:
        return str(refusal)
    return ""


def _page(request: Request, year: int, *, refused: Refusal | None = None) -> HttpResponse:
    made: Material | None = None
    reason = ""
    try:
        made = material(request.actor.organisation, timezone.localdate())
        if made.of(year) is None:
            reason = made.reason(year) or _no_edition(request, year)
    except Refusal as refusal:
        reason = str(refusal)
    last = last_publication()
    given: dict[str, Any] = {
        "year": year,
        "made": made,
        "this": made.of(year) if made else None,
        "reason": reason,
        "refused": refused,
        "last": last,
        "last_of_year": _entry(last.years if last else [], year),
        "fresh": bool(made and last and last.years == made.state),
        "may_publish": request.actor.may_write(PUBLISH),
    }
    return render(request, "report/publication.html", given, status=422 if refused else 200)


def _entry(years: list[list[Any]], year: int) -> list[Any] | None:
    return next((one for one in years if one[0] == year), None)


def preview(request: Request, year: int, name: str) -> HttpResponse:
    """One file of the site as it would be published now. Nothing is recorded."""
    request.actor.require(PUBLISH)
    try:
        made = material(request.actor.organisation, timezone.localdate())
    except Refusal as refusal:
        raise Http404 from refusal
    if made.of(year) is None:
        raise Http404
    try:
        content = site(made).content(f"{name}index.html" if name.endswith("/") or not name else name)
    except KeyError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=_type(name))


def _type(name: str) -> str:
    if not name or name.endswith("/"):
        return "text/html; charset=utf-8"
    ending = name[name.rfind(".") :]
    kind = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
