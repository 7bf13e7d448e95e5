"""Programs before the API: for each operation of the document a question that can be answered, and who asks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate
from jsonschema import Draft202012Validator

from houvast.core.access.actor import Actor, system_actor
from houvast.core.access.models import Account, Role, RoleAssignment
from houvast.core.access.queries import actor_for
from houvast.core.api.building import openapi
from houvast.core.audit.actions import action, record
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.tokens import factories as tokens
from houvast.core.tokens.permissions import MAKE
from houvast.modules.security.models import Breach, Incident
from tests.world import FROM, YEAR

ROOT = "/api/v1"
KEY = UUID("0190f0f0-0000-7000-8000-000000000001")
# What stands for a parameter of an address, and what an operation needs besides.
VALUES = {"year": YEAR, "terms/{key}": "awb-9:11", "claims/{key}": "security.breaches"}
ROWS = {"incidents/{reference}": Incident, "breaches/{reference}": Breach}
QUERIES = {"getDeadline": {"start": "2026-02-02"}}
INCIDENT = {
    "kind": "phishing",
    "discovered_at": "2021-03-01T10:00:00+01:00",
    "description": "Een mail die niet deugt.",
    "personal_data": "no",
    "severity": "low",
}
BODIES = {
    "reportIncident": {name: INCIDENT[name] for name in ("kind", "personal_data", "description")},
    "changeIncident": INCIDENT,
}


class UnknownParameterError(LookupError):
    """An address takes a parameter of which nobody said what stands for it: add it to VALUES or ROWS."""


@dataclass(frozen=True)
class Operation:
    """An operation as the document tells it."""

    id: str
    method: str
    path: str
    told: dict[str, Any] = field(compare=False, hash=False)

    @property
    def names_a_row(self) -> bool:
        """Whether somebody could put another row's reference in the address."""
        return any(place in self.path for place in ROWS)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The permissions that the document says it asks."""
        return tuple(scope for one in self.told["security"] for scope in one["token"])

    def url(self, here: Organisation, rows_of: Organisation | None = None) -> str:
        """Its address in an organisation, with its own rows or those of another."""
        path = self.path.replace("{organisation}", here.slug)
        for place, model in ROWS.items():
            if place in path:
                row = first(model, rows_of or here)
                path = path.replace("{reference}", row.reference)
        for place, value in VALUES.items():
            name = place.rpartition("{")[2].rstrip("}")
            if place in path or f"{{{place}}}" in path:
                path = path.replace(f"{{{name}}}", str(value))
        if "{" in path:
            raise UnknownParameterError(path)
        return ROOT + path

    def headers(self, here: Organisation) -> dict[str, str]:
        """What it needs beside the token."""
        named = {parameter["name"] for parameter in self.told["parameters"]}
        found = {"Idempotency-Key": str(KEY)} if "Idempotency-Key" in named else {}
        return found | ({"If-Match": f'"{first(Incident, here).version}"'} if "If-Match" in named else {})

    def ask(self, client: Client, here: Organisation, rows_of: Organisation | None = None) -> HttpResponse:
        """The answer to a question that is right."""
        url, headers = self.url(here, rows_of), self.headers(rows_of or here)
        if self.method == "GET":
            return client.get(url, QUERIES.get(self.id, {}), headers=headers)
        return client.generic(
            self.method,
            url,
            json.dumps(BODIES[self.id]),
            content_type="application/json",
            headers=headers,
        )


def first(model: Any, here: Organisation) -> Any:
    """The first row of the organisation."""
    with reading(here.pk):
        return model.objects.order_by("pk").first()


def operations() -> Iterator[Operation]:
    """Every operation of the document."""
    for path, item in openapi()["paths"].items():
        for method, told in item.items():
            if method != "parameters":
                yield Operation(told["operationId"], method.upper(), path, told)


def program(secret: str = "") -> Client:
    """A program that sends this token, or none. A fault is an answer 500 here."""
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client(raise_request_exception=False, headers=headers)


@action("test.let_programs_in", permission=None)
def let_programs_in(_actor: Actor, *, person_id: int) -> RoleAssignment:
    """A role with the right to make tokens and nothing else, so that what a token gives is told apart from it."""
    role = Role.objects.filter(key="programs").first()
    if role is None:
        role = Role(key="programs", name="Programma’s", permissions=[MAKE.key])
        role.save()
        record(role, key=role.key)
    held = RoleAssignment(person_id=person_id, role=role, valid_from=FROM)
    held.save()
    record(held, role=role)
    return held


def token_of(here: Organisation, account: Account, scopes: list[str] | None = None) -> str:
    """A token of that account here, with all it can have, whatever role it holds; empty where it can have nothing."""
    with reading(here.pk):
        person = Person.objects.filter(account=account).first()
    if person is not None:
        let_programs_in(system_actor(here), person_id=person.pk)
    with reading(here.pk):
        actor = actor_for(account, here, localdate())
        offered = [one.key for _module, one, _writes in tokens.offered(actor)]
    asked = offered if scopes is None else scopes
    return tokens.token(actor, asked, texts=True).secret if asked else ""


def faults(answer: HttpResponse, told: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with an answer by the document: an error is a problem, else it is what is promised."""
    if answer.status_code >= 400:
        if answer.headers["Content-Type"] != "application/problem+json":
            return [f"{answer.status_code} is {answer.headers['Content-Type']}"]
        schema: dict[str, Any] = {"$ref": "#/components/schemas/Problem"}
        if answer.json()["status"] != answer.status_code:
            return ["the status is another"]
    else:
        assert told is not None
        if str(answer.status_code) not in told["responses"]:
            return [f"{answer.status_code} is not in the document"]
        schema = told["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    whole = {**schema, "components": openapi()["components"]}
    checker = Draft202012Validator.FORMAT_CHECKER
    return [
        error.message
        for error in Draft202012Validator(whole, format_checker=checker).iter_errors(answer.json())
    ]
