"""How far the new structure is: its version with the actions, and the words that checked evidence supports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houvast.core.report.claims import Kind, ReportContext
from houvast.core.report.judged import Finding, Line
from houvast.modules.structure.facts.source import source
from houvast.modules.structure.queries import evidence
from houvast.modules.structure.rules.versions import EXPLANATION, VersionState, status_words


def _version(context: ReportContext) -> QuerySet[Any]:
    return evidence.version_on(context.as_of)


def _status(context: ReportContext, lines: list[Line]) -> Finding | None:
    if not lines:
        return None
    _name, effective, adopted, advice = lines[0][:4]
    waiting = sum(1 for *_version, uid, done, dropped in lines if uid and not done and not dropped)
    # What came after the day is left out of the row already, so the day of the advice says no more.
    state = VersionState(effective, adopted, advice, None, waiting)
    return Finding(status_words(state, context.as_of))


TRANSITION_STATUS = source(
    "transition_status",
    "Stand van de nieuwe organisatiestructuur",
    Kind.JUDGEMENT,
    rows=_version,
    fields=("name", "effective_on", "adopted_on", "advice_then", "action_uid", "done", "dropped"),
    judge=_status,
    explanation=EXPLANATION,
    columns=(
        (_("Overgangsactie"), "action"),
        (_("Uiterlijk"), "due"),
        (_("Gereed op"), "done"),
        (_("Vervallen op"), "dropped"),
        (_("Structuurversie"), "name"),
    ),
    page="structure:versions",
)


def _evidence(context: ReportContext) -> QuerySet[Any]:
    return evidence.milestone_evidence(context.as_of)


_OF_VERSION = "milestone__version_of__"
_EVIDENCE_FIELDS = (
    "title",
    "dated",
    "manner",
    "meaning",
    "milestone__closed_on",
    f"{_OF_VERSION}effective_on",
    "adopted_on",
    "advice_then",
    "opened",
)


def _word(place: int) -> Callable[[ReportContext, list[Line]], Finding | None]:
    """The word of the newest piece that has one; none where the version was not carried through after all."""

    def judge(context: ReportContext, lines: list[Line]) -> Finding | None:
        found = [line for line in sorted(lines, key=lambda line: (line[1], line[0])) if line[place]]
        if not found:
            return None
        effective, adopted, advice, opened = found[-1][5:]
        state = VersionState(effective, adopted, advice, None, opened)
        return Finding(found[-1][place]) if state.is_carried_through(context.as_of) else None

    return judge


_EVIDENCE_COLUMNS = (
    (_("Bewijsstuk"), "title"),
    (_("Datum"), "dated"),
    (_("Vindplaats"), "place"),
    (_("Gecontroleerd op"), "checked_at"),
    (_("Soort"), "kind"),
    (_("Mijlpaal"), "milestone__name"),
    (_("Bereikt op"), "milestone__closed_on"),
)
_CHECKED = (
    "Het woord staat in een evaluatie of brief bij een afgesloten mijlpaal van de structuurversie. Een tweede "
    "persoon heeft gecontroleerd dat het stuk het woord onderbouwt. Het feit is er alleen als de structuur op "
    "de peildatum is doorgevoerd; van meer stukken geldt het nieuwste."
)
TRANSITION_MANNER = source(
    "transition_manner",
    "Hoe de overgang is afgerond",
    Kind.JUDGEMENT,
    rows=_evidence,
    fields=_EVIDENCE_FIELDS,
    judge=_word(2),
    explanation=_CHECKED,
    columns=_EVIDENCE_COLUMNS,
    page="structure:versions",
)
TRANSITION_MEANING = source(
    "transition_meaning",
    "Wat de overgang voor de organisatie betekent",
    Kind.JUDGEMENT,
    rows=_evidence,
    fields=_EVIDENCE_FIELDS,
    judge=_word(3),
    explanation=_CHECKED,
    columns=_EVIDENCE_COLUMNS,
    page="structure:versions",
)
