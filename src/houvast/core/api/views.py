"""The OpenAPI document, and the same for people: both for everybody, since they tell nothing of anybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from houvast.core.api.building import openapi


@login_not_required
@require_GET
def openapi_document(_request: HttpRequest) -> HttpResponse:
    """The document. Other sites may read it from a browser, as the API Design Rules ask; nothing else."""
    answer = JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@login_not_required
@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The document as a page."""
    found = openapi()
    operations = [
        _told(path, method, operation)
        for path, item in found["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]
    return render(request, "api/docs.html", {"api": found, "operations": operations})


def _told(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    asked = [scope for one in operation.get("security", ()) for scope in one["token"]]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": operation["parameters"],
        "body": operation.get("requestBody"),
        "scopes": asked,
        "statuses": [status for status in operation["responses"] if status[0] == "2"],
    }
