"""The board of the partner: a joint organisation that granted this one to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from houvast.core.access.permissions import NotPermitted
from houvast.core.access.sharing import in_partner
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.rules import FunctionKind
from houvast.core.report.claims import Claim, ClaimSource, Evidence, Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Judge, Line, RowsOf, computed
from houvast.modules.structure import permissions
from houvast.modules.structure.facts.board import DIRECTOR_FIELDS, directors
from houvast.modules.structure.queries import evidence
from houvast.modules.structure.rules.organogram import in_sentence
from houvast.modules.structure.rules.versions import moment_words

Seek = Callable[[ReportContext], tuple[str, Evidence] | None]
"""Finds a partner's name, and what its rows prove."""


@dataclass(frozen=True, kw_only=True)
class PartnerSource(ClaimSource):
    """A claim computed in a partner's registers, under its grant. The claim says whose they are."""

    seek: Seek

    def claim(self, context: ReportContext, *, partner: str | None = None) -> Claim | None:
        """The claim with the partner's name, or None without a partner that granted a look."""
        found = self.seek(context)
        if found is None:
            return None
        name, evidence = found
        return ClaimSource.claim(
            replace(self, compute=lambda _context: evidence), context, partner=partner or name
        )


def _in_partner(rows: RowsOf, fields: Sequence[str], judge: Judge) -> Seek:
    """Look with the one joint organisation that allows it; None where there are several, or none."""
    compute = computed(rows, fields, judge)

    def seek(context: ReportContext) -> tuple[str, Evidence] | None:
        joint = Organisation.objects.filter(kind=Organisation.Kind.JOINT).exclude(slug=context.organisation)
        found = []
        for partner in joint.order_by("slug"):
            with suppress(NotPermitted), in_partner(partner, permissions.VIEW, context.as_of):
                evidence = compute(context)
                found += [] if evidence is None else [(partner.name, evidence)]
        return found[0] if len(found) == 1 else None

    return seek


def _partner_source(
    name: str, label: str, unit: Noun | None, explanation: str, look: Seek, kind: Kind = Kind.COUNT
) -> PartnerSource:
    def compute(context: ReportContext) -> Evidence | None:
        found = look(context)
        return None if found is None else found[1]

    return PartnerSource(
        key=f"structure.{name}",
        label=label,
        kind=kind,
        unit=unit,
        explanation=explanation,
        compute=compute,
        seek=look,
    )


def _board_persons(context: ReportContext, lines: list[Line]) -> Finding | None:
    return directors(context, lines) if lines else None


def _board_posts(context: ReportContext, lines: list[Line]) -> Finding | None:
    del context
    return (
        Finding(
            len(lines), tuple(in_sentence(line[1]) for line in sorted(lines, key=lambda at: at[1].casefold()))
        )
        if lines
        else None
    )


_GRANTED = "Berekend in de registers van die organisatie, die daarvoor toegang heeft verleend."
PARTNER_BOARD_PERSONS = _partner_source(
    "partner_board_persons",
    "Personen in de directie van de samenwerkingsorganisatie",
    Noun("persoon", "personen"),
    f"Geteld zijn de benoemde directieleden; wie twee plaatsen heeft, telt één keer. {_GRANTED}",
    _in_partner(
        lambda context: evidence.appointments_on(context.as_of, FunctionKind.DIRECTOR),
        DIRECTOR_FIELDS,
        _board_persons,
    ),
)
PARTNER_BOARD_POSTS = _partner_source(
    "partner_board_posts",
    "Functies in de directie van de samenwerkingsorganisatie",
    Noun("functie", "functies"),
    f"Geteld zijn de formatieplaatsen met een functie van de soort directielid. {_GRANTED}",
    _in_partner(
        lambda context: evidence.posts_on(context.as_of, FunctionKind.DIRECTOR),
        ("post__uid", "function__periods__name", "post__code"),
        _board_posts,
    ),
)


def _board_model(context: ReportContext, lines: list[Line]) -> Finding | None:
    del context
    newest = max((line[1] for line in lines), default=None)
    return None if newest is None else Finding(moment_words(newest))


PARTNER_BOARD_MODEL_MOMENT = _partner_source(
    "partner_board_model_moment",
    "Moment waarop het directiemodel van de samenwerkingsorganisatie is ingegaan",
    None,
    "Het nieuwste directiemodel dat op de peildatum was vastgesteld en ingegaan. Januari tot en met april heet "
    f"begin, mei tot en met augustus medio en september tot en met december eind. {_GRANTED}",
    _in_partner(
        lambda context: evidence.board_models(context.as_of),
        ("name", "effective_on", "decided_on", "decided_by", "decision"),
        _board_model,
    ),
    Kind.NAME,
)
