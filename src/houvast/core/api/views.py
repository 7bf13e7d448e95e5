"""The OpenAPI document, and the same for people: both for everybody, since they tell nothing of anybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from houvast.core.api.building import openapi
from houvast.core.api.document import MEANS, Json


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
        _told(path, method, operation, found["components"]["schemas"])
        for path, item in found["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]
    return render(
        request, "api/docs.html", {"api": found, "operations": operations, "problems": list(MEANS.items())}
    )


def _told(path: str, method: str, operation: Json, schemas: Json) -> Json:
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "scopes": [scope for one in operation["security"] for scope in one["token"]],
        "parameters": [_line(one["name"], one, one["schema"], schemas) for one in operation["parameters"]],
        "sent": _fields(operation.get("requestBody", {}), schemas),
        "answered": [
            line
            for status, answer in operation["responses"].items()
            if status.startswith("2")
            for line in _fields(answer, schemas)
        ],
    }


def _fields(body: Json, schemas: Json) -> list[Json]:
    """The members of what is sent or answered; of a list, those of one item."""
    if "content" not in body:
        return []
    shape = _shape(body["content"]["application/json"]["schema"], schemas)
    if "items" in shape["properties"] and "next" in shape["properties"]:
        shape = _shape(shape["properties"]["items"]["items"], schemas)
    required = shape.get("required", ())
    return [
        _line(name, {"required": name in required}, found, schemas)
        for name, found in shape["properties"].items()
    ]


def _line(name: str, given: Json, schema: Json, schemas: Json) -> Json:
    options = [_shape(one, schemas) for one in schema.get("anyOf", [schema])]
    return {
        "name": name,
        "required": given.get("required", False),
        "description": given.get("description") or schema.get("description", ""),
        "choices": [choice for one in options for choice in one.get("enum", ())],
    }


def _shape(schema: Json, schemas: Json) -> Json:
    found: Json = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found
