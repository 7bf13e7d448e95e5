"""The addresses of a workbook, to stand among those of its register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from houvast.core.workbooks import views
from houvast.core.workbooks.rules.plans import Workbook

Page = Callable[[Any, Workbook, str], HttpResponse]


def workbook_addresses(route: str, workbook: Workbook, *, name: str, app: str) -> list[URLPattern]:
    """The page under `route` with the given name, and the names `…_template`, `_export`, `_confirm`, `_marked`."""

    def at(page: Page) -> Callable[..., HttpResponse]:
        def view(request: Any) -> HttpResponse:
            return page(request, workbook, f"{app}:{name}")

        view.__name__ = f"{name}_{page.__name__}"
        return view

    return [
        path(route, at(views.show), name=name),
        path(f"{route}vastleggen/", require_POST(at(views.confirm)), name=f"{name}_confirm"),
        path(f"{route}sjabloon.xlsx", require_GET(at(views.template)), name=f"{name}_template"),
        path(f"{route}uitvoer/", require_GET(at(views.export)), name=f"{name}_export"),
        path(f"{route}fouten.xlsx", require_POST(at(views.marked)), name=f"{name}_marked"),
    ]
