"""Commitments for tests and the demonstration, made by the actions everybody uses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor
from houvast.core.commitments import actions
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.rules import CommitmentKind, Settlement, Stand, Status
from houvast.core.orgs.scope import reading

YEAR = 2020
TODAY = date(2022, 3, 1)
QUOTE = "De organisatie ontwikkelt een introductiecursus."
SECTION_TEXT = f"Er is een plan. {QUOTE}"
ENTRY = actions.CommitmentEntry(
    section="board_sensitivity",
    kind=CommitmentKind.INTENTION,
    text="Introductiecursus bestuurlijke besluitvorming",
    quote=QUOTE,
    settlement=Settlement.RESULT,
    term="eind 2021",
)
STARTED = Stand(status=Status.STARTED, on=date(2021, 3, 1))
DONE = Stand(status=Status.DONE, on=date(2021, 6, 1), document="Cursusmap", place="Intranet")
OPEN = Stand(status=Status.OPEN, on=date(2021, 12, 31), note="Er was geen tijd.")


def commitment(by: Actor, *, year: int = YEAR, today: date = TODAY, **entry: Any) -> Commitment:
    """A commitment of the chapter of a year; who records it owns it, unless another owner is named."""
    if not any(name.startswith("owner") for name in entry) and entry.get("kind") != CommitmentKind.WISH:
        entry["owner_person_id"] = by.person_id
    return actions.record_commitment(
        by, year=year, entry=replace(ENTRY, **entry), section_text=SECTION_TEXT, today=today
    )


def stand(
    by: Actor, row: Commitment, told: Stand = STARTED, *, today: date = TODAY, **of: Any
) -> CommitmentStand:
    """How a commitment stood."""
    with reading(row.organisation_id):
        version = Commitment.objects.values_list("version", flat=True).get(pk=row.pk)
    return actions.tell_stand(
        by,
        commitment_id=row.pk,
        expected_version=version,
        stand=(told := replace(told, **of)),
        claims={told.claim_key},
        today=today,
    )


def answered(
    by: Actor, checker: Actor | None, row: Commitment, told: Stand = DONE, *, year: int = YEAR + 1, **of: Any
) -> CommitmentStand:
    """The answer in the chapter of a year, checked where a second person is named."""
    answer = stand(by, row, told, answers=year, **of)
    if checker is None:
        return answer
    at = make_aware(datetime.combine(of.get("today", TODAY), time(9)))
    return actions.check_answer(checker, stand_id=answer.pk, expected_version=answer.version, at=at)


def load(by: Actor, checker: Actor, number: int) -> None:
    """So many commitments of each kind, in every state."""
    for place in range(number):
        commitment(by, text=f"De open {place}")
        commitment(by, text=f"De wens {place}", kind=CommitmentKind.WISH)
        stand(by, commitment(by, text=f"De begonnen {place}"))
        answered(by, checker, commitment(by, text=f"De gedane {place}"))
        answered(by, None, commitment(by, text=f"De beantwoorde {place}"), OPEN)
