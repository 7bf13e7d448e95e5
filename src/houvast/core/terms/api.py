"""Statutory terms, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from houvast.core.api.access import ApiRequest, asks
from houvast.core.api.pages import Page
from houvast.core.api.problems import Problem
from houvast.core.api.schemas import Text
from houvast.core.http import NotHere
from houvast.core.terms.permissions import CALCULATE
from houvast.law import catalogue
from houvast.law.errors import LawError, UnknownTermError

ROUTER = Router()


class TermOut(Schema):
    """Een wettelijke termijn, zoals die nu geldt."""

    key: str
    name: str
    source: str
    starts_with: str = Field(description="Waarmee de termijn begint.")
    length: int
    unit: str
    valid_from: date
    valid_until: date | None


class StepOut(Schema):
    """Een stap van de berekening."""

    day: str
    step: str
    source: str


class DeadlineOut(Schema):
    """Wanneer een termijn eindigt, en waarom. Eén van ‘last_day’ en ‘last_moment’ is gevuld."""

    key: str
    source: str
    start: str
    nominal_end: str = Field(description="Waar de telling eindigt, vóór de Algemene termijnenwet.")
    last_day: date | None = None
    last_moment: str | None = Field(None, description="Een moment met het verschil met UTC.")
    warnings: list[str]
    because: list[StepOut]


class Question(Schema):
    """Vanaf wanneer, en wat de termijn langer maakt."""

    start: Annotated[
        Text,
        Field(max_length=40, description="Een dag (2026-02-02), of een moment voor een termijn in uren."),
    ]
    advisoryCommittee: Annotated[bool, Field(description="Een adviescommissie brengt advies uit.")] = False  # noqa: N815  API Design Rules
    extendWeeks: Annotated[int, Field(ge=0, le=99, description="Weken verdaging.")] = 0  # noqa: N815  API Design Rules


@ROUTER.get(
    "/terms",
    response=Page[TermOut],
    operation_id="listTerms",
    summary="De wettelijke termijnen",
    openapi_extra=asks(CALCULATE),
)
def list_terms(request: ApiRequest) -> dict[str, Any]:
    request.actor.require(CALCULATE)
    return {"items": [_told(versions[-1]) for _key, versions in sorted(catalogue.TERMS.items())]}


def _told(term: Any) -> dict[str, Any]:
    return {name: getattr(term, name) for name in TermOut.model_fields if name != "unit"} | {
        "unit": term.unit.value
    }


@ROUTER.get(
    "/terms/{key}/deadline",
    response=DeadlineOut,
    operation_id="getDeadline",
    summary="Wanneer een termijn eindigt",
    openapi_extra=asks(CALCULATE),
)
def get_deadline(request: ApiRequest, key: str, question: Query[Question]) -> dict[str, Any]:
    request.actor.require(CALCULATE)
    try:
        found = catalogue.calculate(
            key,
            question.start,
            advisory_committee=question.advisoryCommittee,
            extend_weeks=question.extendWeeks,
        )
    except UnknownTermError as error:
        raise NotHere(str(error)) from error
    except LawError as error:
        raise Problem(422, str(error)) from error
    return found.as_json()
