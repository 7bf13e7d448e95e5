"""What commitments tell the chapter, the first page, the calendar and the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.commitments import permissions, queries
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.rules import FINAL, CommitmentKind, Status, is_late
from houvast.core.registry import (
    Annex,
    Dated,
    Figure,
    Indexed,
    Obstacle,
    RecordName,
    Reminded,
    Task,
    Texts,
)
from houvast.core.report import dutch
from houvast.core.report.claims import ClaimSource, Kind, Noun, ReportContext
from houvast.core.report.judged import Finding, Line, judged
from houvast.core.report.outline import walk

MOST = 5
"""So many lines of each kind on the first page."""


def page(actor: Actor, name: str, *args: Any) -> str:
    """The address of a page of commitments."""
    return reverse(f"commitments:{name}", args=[actor.organisation.slug, *args])


# The chapter


def _rows(context: ReportContext) -> Any:
    return queries.to_answer(context.year)


def _list(context: ReportContext) -> str:
    return f"{reverse('commitments:index', args=[context.organisation])}?antwoord={context.year}"


def _answered(_context: ReportContext, lines: list[Line]) -> Finding | None:
    return Finding({"n": sum(1 for line in lines if line[-1]), "m": len(lines)}) if lines else None


def _realised(_context: ReportContext, lines: list[Line]) -> Finding | None:
    done = sum(1 for line in lines if line[-1] == Status.DONE)
    return Finding({"n": done, "m": len(lines)}) if lines else None


_WHICH = (
    "Geteld zijn de voornemens en toezeggingen uit eerdere paragrafen die aan het begin van het verslagjaar niet waren "
    "afgedaan en niet naar een later jaar waren doorgeschoven."
)
_SHARED: dict[str, Any] = {
    "rows": _rows,
    "fields": ("text", "year", "told"),
    "unit": Noun("voornemen", "voornemens"),
    "columns": (
        (gettext_lazy("Voornemen"), "text"),
        (gettext_lazy("Paragraaf van"), "year"),
        (gettext_lazy("Termijn"), "term"),
        (gettext_lazy("Antwoord"), "answer"),
        (gettext_lazy("Gecontroleerd op"), "answer_checked"),
    ),
    "permission": permissions.VIEW,
    "list_url": _list,
}
CLAIMS: tuple[ClaimSource, ...] = (
    judged(
        "commitments.answered",
        "Voornemens uit eerdere paragrafen die zijn beantwoord",
        Kind.QUANTIFIER,
        judge=_answered,
        explanation=f"{_WHICH} Beantwoord is wat een antwoord heeft dat een tweede persoon heeft gecontroleerd.",
        **_SHARED,
    ),
    judged(
        "commitments.realised",
        "Voornemens uit eerdere paragrafen die zijn gerealiseerd",
        Kind.QUANTIFIER,
        judge=_realised,
        explanation=f"{_WHICH} Gerealiseerd is wat volgens een gecontroleerd antwoord gerealiseerd is.",
        **_SHARED,
    ),
)
HEADER = ("Voornemen", "Termijn", "Stand", "Toelichting en bewijs")


def annexes(context: ReportContext) -> tuple[Annex, ...]:
    """What earlier chapters said would be done, with the answer of this one; two queries."""
    rows = sorted(queries.to_answer(context.year), key=_in_order)
    if not rows:
        return ()
    answers = queries.answers_in(context.year)
    lead = (
        "Wat eerdere paragrafen aankondigden en toezegden, en hoe het daarmee stond op "
        f"{dutch.day(context.as_of)}."
    )
    told = tuple(_line(context, row, answers.get(row.pk)) for row in rows)
    return (Annex("commitments", f"Voornemens tot en met {context.year - 1}", lead, HEADER, told),)


_PLACES = {section.key: place for place, (_depth, section) in enumerate(walk())}


def _in_order(row: Commitment) -> tuple[int, int, int]:
    return row.year, _PLACES.get(row.section, len(_PLACES)), row.pk


def _line(context: ReportContext, row: Commitment, answer: CommitmentStand | None) -> tuple[str, ...]:
    """A row of the annex; of a chapter before the last one it says which."""
    text = row.text if row.year == context.year - 1 else f"{row.text} ({row.year})"
    term = row.term or "geen termijn"
    if answer is None:
        return text, term, "Nog niet beantwoord", "–"
    waits = "" if answer.checked_at else " (nog niet gecontroleerd)"
    return (
        text,
        term,
        f"{Status(answer.status).label}{waits}",
        " ".join(_why(answer)) or "–",
    )


def _why(answer: CommitmentStand) -> Iterator[str]:
    if answer.note:
        yield answer.note
    if answer.postponed_to:
        yield f"Doorgeschoven naar {answer.postponed_to} ({answer.decision})."
    if answer.decided_by:
        yield f"Besloten door: {answer.decided_by}."
    if answer.document:
        when = f", {dutch.day(answer.document_on)}" if answer.document_on else ""
        where = f" ({answer.place})" if answer.place else ""
        yield f"Stuk: {answer.document}{when}{where}."


def obstacles(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    """What the chapter of a year has not answered, or nobody checked; two queries."""
    if not actor.may(permissions.VIEW):
        return ()
    answers = queries.answers_in(year)
    rows = sorted(queries.to_answer(year), key=_in_order)
    return tuple(
        Obstacle(
            _obstacle(row, answers.get(row.pk)), _way(actor, row, year, answers.get(row.pk)), row.section
        )
        for row in rows
        if (answer := answers.get(row.pk)) is None or answer.checked_at is None
    )


def _obstacle(row: Commitment, answer: CommitmentStand | None) -> str:
    if answer is None:
        words = (
            _("De toezegging ‘{text}’ uit {year} is nog niet beantwoord.")
            if row.kind == CommitmentKind.PLEDGE
            else _("Het voornemen ‘{text}’ uit {year} is nog niet beantwoord.")
        )
    else:
        words = _("Het antwoord op ‘{text}’ uit {year} is nog niet door een tweede persoon gecontroleerd.")
    return words.format(text=row.text, year=row.year)


def _way(actor: Actor, row: Commitment, year: int, answer: CommitmentStand | None) -> str:
    own = page(actor, "commitment", row.pk)
    if answer is not None or not actor.may_write(permissions.RECORD):
        return own
    return f"{page(actor, 'tell', row.pk)}?antwoord={year}"


# The first page


def tasks(actor: Actor) -> tuple[Task, ...]:
    """What one owns and is not settled; for who records commitments what is to be answered; what waits for a check."""
    if not actor.may(permissions.VIEW):
        return ()
    today = timezone.localdate()
    return (*_own(actor, today), *_to_answer(actor, today), *_to_check(actor))


def _own(actor: Actor, today: date) -> Iterator[Task]:
    if not actor.may_write(permissions.VIEW):
        return
    for row in queries.open_commitments(actor).filter(queries.owned_by(actor, today))[:MOST]:
        yield Task(
            row.text,
            page(actor, "commitment", row.pk),
            _("{kind} uit {year}").format(kind=row.get_kind_display(), year=row.year),
            last_day(row),
            act=_("Vertel hoe het staat"),
            act_url=page(actor, "tell", row.pk),
            because=_agreed(row),
        )


def last_day(row: Commitment) -> date | None:
    """The last day of the term."""
    return row.due_until - timedelta(days=1) if row.due_until else None


def _agreed(row: Commitment) -> tuple[str, ...]:
    if row.due_until is None:
        return ()
    return (_("Termijn in de paragraaf van {year}: {term}.").format(year=row.year, term=row.term),)


def _to_answer(actor: Actor, today: date) -> Iterator[Task]:
    """One line: what the first chapter that can still answer has not answered."""
    if not actor.may_write(permissions.RECORD):
        return
    year = queries.first_to_answer(today)
    if year is None:
        return
    waiting = queries.to_answer(year).filter(answer="").count()
    if waiting:
        told = ngettext("{number} voornemen beantwoorden", "{number} voornemens beantwoorden", waiting)
        yield Task(
            told.format(number=waiting),
            f"{page(actor, 'index')}?antwoord={year}",
            _("voor de paragraaf van {year}").format(year=year),
            act=_("Beantwoord"),
        )


def _to_check(actor: Actor) -> Iterator[Task]:
    if not actor.may_write(permissions.CHECK):
        return
    for row in queries.answers_to_check(actor)[:MOST]:
        yield Task(
            _("Controleer het antwoord op: {text}").format(text=row.commitment.text),
            page(actor, "check", row.pk),
            _("voor de paragraaf van {year}").format(year=row.answers),
            act=_("Controleer"),
        )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """For who records commitments: how many are not settled, and how many of them are late; one query."""
    if not actor.may_write(permissions.RECORD):
        return ()
    today = timezone.localdate()
    rows = list(queries.open_commitments(actor).values_list("status", "due_until"))
    if not rows:
        return ()
    late = sum(1 for status, due in rows if is_late(status, due, today))
    note = ngettext("{number} te laat", "{number} te laat", late).format(number=late) if late else ""
    url = f"{page(actor, 'index')}?stand=lopend"
    return (Figure(_("Lopende voornemens"), str(len(rows)), url, note=note, tone="let-op" if late else ""),)


def _texts(row: Commitment) -> Texts:
    return Texts(title=row.text, body=row.quote)


def _hit(actor: Actor, row: Commitment) -> RecordName:
    return RecordName(f"{row.text} ({row.year})", page(actor, "commitment", row.pk))


INDEXED = (
    Indexed(
        "commitments.commitment",
        gettext_lazy("Voornemen"),
        permissions.VIEW,
        _texts,
        queries.visible_to,
        _hit,
    ),
)


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The last days of terms of what is not settled; one query."""
    if not actor.may(permissions.VIEW):
        return ()
    rows = queries.open_commitments(actor).filter(due_until__gt=start, due_until__lte=until)
    return tuple(
        Dated(
            key=f"commitments.due:{row.uid}",
            label=_("Termijn van een voornemen uit {year}").format(year=row.year),
            on=row.due_until - timedelta(days=1),
            url=page(actor, "commitment", row.pk),
            kind=_("Termijn van een voornemen"),
            about=row.text,
            version=row.version,
        )
        for row in rows
    )


def due(actor: Actor) -> Iterator[Reminded]:
    """What falls due, to whom: the owners who may see it."""
    rows = list(queries.visible_to(actor).exclude(status__in=FINAL).filter(due_until__isnull=False))
    for_whom = queries.responsible(rows, timezone.localdate())
    for row in rows:
        for person in sorted(for_whom[row.pk]):
            yield Reminded(
                row.uid,
                person,
                row.text,
                row.due_until - timedelta(days=1),
                page(actor, "commitment", row.pk),
            )


def position(year: int) -> dict[str, int]:
    """How many commitments of a chapter stood how at the end of its year; one query."""
    counted = dict.fromkeys(Status.values, 0)
    for status in queries.made_in(year).values_list("stood", flat=True):
        counted[status] += 1
    return counted
