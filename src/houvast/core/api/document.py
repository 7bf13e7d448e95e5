"""The OpenAPI document: what django-ninja makes of the operations, with what holds for all of them."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from houvast.core.api.problems import PROBLEM
from houvast.core.api.version import ROOT

Json = dict[str, Any]

ALWAYS = (401, 403, 404, 429)
WHEN_ASKED = (400,)
WHEN_WRITTEN = (409, 413, 422)

MEANS: dict[int | str, str] = {
    304: "Niet gewijzigd sinds de ETag die u meestuurde.",
    400: "Wat u meestuurde klopt niet; ‘errors’ noemt alles wat er mis mee is.",
    401: "Er is geen toegangssleutel meegestuurd die in deze organisatie nog werkt.",
    403: "De sleutel, of wie hem maakte, heeft dit recht niet; ‘permission’ zegt welk.",
    404: "Dit bestaat niet, of is niet te zien.",
    409: "De rij is intussen gewijzigd, of het kenmerk van de verzending is van een ander.",
    413: "De verzending is te groot.",
    422: "Een regel laat dit niet toe; ‘detail’ zegt waarom.",
    428: "Deze wijziging vraagt ‘If-Match’ met de ETag van wat u las.",
    429: "Te veel vragen in deze minuut; ‘Retry-After’ zegt hoeveel seconden u moet wachten.",
    "default": "Iets anders ging mis.",
}

PROBLEM_SCHEMA: Json = {
    "title": "Problem",
    "type": "object",
    "description": "Wat er mis is (RFC 9457).",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {"type": "string", "default": "about:blank"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "permission": {"type": "string", "description": "Het recht dat ontbreekt."},
        "version": {"type": "integer", "description": "De versie die de rij nu heeft."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "name", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["path", "query", "header", "body"]},
                    "name": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
VERSION_HEADER: Json = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
ORGANISATION: Json = {
    "name": "organisation",
    "in": "path",
    "required": True,
    "description": "De organisatie, zoals in het adres van de schermen.",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "example": "diemen",
}


class TwoShapesError(RuntimeError):
    """Two shapes or choices have the same name: one would take the other's place in the document."""


class Collected(OpenAPISchema):
    """What django-ninja tells of the operations. Raises TwoShapesError."""

    def add_schema_definitions(self, definitions: Json) -> None:
        """Each name once."""
        for name, found in definitions.items():
            if self.schemas.setdefault(name, found) != found:
                raise TwoShapesError(name)


def document(api: NinjaAPI) -> Json:
    """The whole document; it depends on nothing but the code."""
    made: Json = dict(Collected(api, ""))
    made["servers"] = [{"url": ROOT.rstrip("/"), "description": "Deze installatie"}]
    made["components"] = _components(made["components"])
    made["security"] = [{"token": []}]
    made["paths"] = {path: _path(operations) for path, operations in sorted(made["paths"].items())}
    return made


def _components(found: Json) -> Json:
    return {
        "schemas": dict(sorted({**found["schemas"], "Problem": PROBLEM_SCHEMA}.items())),
        "responses": {str(status): _response(status) for status in MEANS},
        "headers": {
            "API-Version": {"description": "De volledige versie van de API.", "schema": {"type": "string"}},
            "ETag": {
                "description": "Wat u las, voor ‘If-None-Match’ en ‘If-Match’.",
                "schema": {"type": "string"},
            },
            "Link": {
                "description": 'De volgende bladzijde: ‘<adres>; rel="next"’.',
                "schema": {"type": "string"},
            },
            "Retry-After": {"description": "Seconden.", "schema": {"type": "integer"}},
        },
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "Een toegangssleutel (‘hv_…’) van het scherm ‘Toegang voor programma’s’. "
                "Achter een bewerking staan de rechten die hij moet hebben.",
            }
        },
    }


def _response(status: int | str) -> Json:
    headers = dict(VERSION_HEADER)
    if status == 429:
        headers["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
    made: Json = {"description": MEANS[status], "headers": headers}
    if status != 304:
        made["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return made


def _path(operations: Json) -> Json:
    made = {method: _operation(method, found) for method, found in sorted(operations.items())}
    return {"parameters": [ORGANISATION], **made}


def _operation(method: str, found: Json) -> Json:
    made = dict(found)
    responses: Json = {}
    for status, answer in found["responses"].items():
        headers = dict(VERSION_HEADER)
        if status == 200:
            headers["ETag"] = {"$ref": "#/components/headers/ETag"}
        if _is_list(answer):
            headers["Link"] = {"$ref": "#/components/headers/Link"}
        responses[str(status)] = {**answer, "headers": headers}
    for status in _statuses(method, found):
        responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
    made["responses"] = dict(sorted(responses.items()))
    return made


def _is_list(answer: Json) -> bool:
    content = answer.get("content", {}).get("application/json", {})
    return "/Page_" in content.get("schema", {}).get("$ref", "")


def _statuses(method: str, found: Json) -> list[int | str]:
    made: list[int | str] = [*ALWAYS, "default"]
    if found["parameters"] or "requestBody" in found:
        made += WHEN_ASKED
    if method == "get":
        made.append(304)
    else:
        made += WHEN_WRITTEN
    if any(parameter["name"] == "If-Match" for parameter in found["parameters"]):
        made.append(428)
    return made
