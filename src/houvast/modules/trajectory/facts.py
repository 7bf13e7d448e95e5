"""What trajectories tell the chapter, the first page, the calendar and the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.orgs.base import known
from houvast.core.registry import Dated, Figure, Indexed, RecordName, Reminded, Task, Texts
from houvast.core.report.claims import ClaimSource, Kind, Noun, Period, ReportContext, SlotText
from houvast.core.report.judged import Finding, Judge, Line, judged
from houvast.core.report.sources import Columns
from houvast.modules.trajectory import permissions, queries
from houvast.modules.trajectory.models import (
    Activity,
    Circumstance,
    Condition,
    Motto,
    Phase,
    TrajectoryMilestone,
)

MOST = 5
"""So many lines of each kind on the first page."""


def page(actor: Actor, name: str, *args: Any) -> str:
    """The address of a page of trajectories."""
    return reverse(f"trajectory:{name}", args=[actor.organisation.slug, *args])


# The chapter


def _list(context: ReportContext) -> str:
    return reverse("trajectory:index", args=[context.organisation])


def _trajectory(context: ReportContext) -> Any:
    return queries.trajectory_on(context.as_of)


def _phases(context: ReportContext) -> Any:
    return queries.phases_on(context.as_of)


def _name(_context: ReportContext, lines: list[Line]) -> Finding | None:
    return Finding(lines[0][0]) if lines else None


def _start(_context: ReportContext, lines: list[Line]) -> Finding | None:
    if not lines:
        return None
    begun = Period(*lines[0])
    return Finding([begun.start.isoformat(), begun.until.isoformat()], period=begun)


def _count(_context: ReportContext, lines: list[Line]) -> Finding | None:
    named = tuple(f"Fase {order}: {name}" for order, name in sorted(lines))
    return Finding(len(lines), named) if lines else None


def _called(_context: ReportContext, lines: list[Line]) -> Finding | None:
    """What a phase is called in a sentence."""
    return Finding(f"fase {lines[0][0]}") if lines else None


def _numbered(order: int) -> Callable[[ReportContext], Any]:
    """The phase of that number."""
    return lambda context: queries.phases_on(context.as_of).filter(order=order)


_WHICH = "Van meer trajecten telt het traject dat het laatst is begonnen."


def _claim(  # noqa: PLR0913  as `judged`
    key: str,
    label: str,
    kind: Kind,
    judge: Judge,
    explanation: str,
    *,
    rows: Callable[[ReportContext], Any],
    fields: tuple[str, ...],
    columns: Columns,
    unit: Noun | None = None,
) -> ClaimSource:
    return judged(
        f"trajectory.{key}",
        label,
        kind,
        rows=rows,
        fields=fields,
        judge=judge,
        explanation=f"{explanation} {_WHICH}",
        columns=columns,
        permission=permissions.VIEW,
        list_url=_list,
        unit=unit,
    )


_OF_TRAJECTORY: dict[str, Any] = {
    "rows": _trajectory,
    "columns": (
        (gettext_lazy("Traject"), "name"),
        (gettext_lazy("Begonnen"), "start"),
        (gettext_lazy("Afgerond op"), "ended_on"),
    ),
}
_OF_PHASES: dict[str, Any] = {
    "fields": ("order", "name"),
    "columns": (
        (gettext_lazy("Nummer"), "order"),
        (gettext_lazy("Fase"), "name"),
        (gettext_lazy("Begint"), "start"),
        (gettext_lazy("Eindigt"), "end"),
    ),
}
CLAIMS: tuple[ClaimSource, ...] = (
    _claim(
        "name",
        "Naam van het ontwikkeltraject",
        Kind.NAME,
        _name,
        "De naam staat zo in het register van ontwikkeltrajecten.",
        fields=("name",),
        **_OF_TRAJECTORY,
    ),
    _claim(
        "start",
        "Start van het ontwikkeltraject",
        Kind.PERIOD,
        _start,
        "Het begin is zo precies als het in het register staat: een dag, een maand of een kwartaal.",
        fields=("start_on", "start_until"),
        **_OF_TRAJECTORY,
    ),
    _claim(
        "motto",
        "Motto van het ontwikkeltraject",
        Kind.NAME,
        _name,
        "Het motto dat op de peildatum gold, letterlijk zoals het is vastgelegd.",
        rows=lambda context: queries.mottos_on(context.as_of),
        fields=("text", "valid_from"),
        columns=(
            (gettext_lazy("Motto"), "text"),
            (gettext_lazy("Vanaf"), "valid_from"),
            (gettext_lazy("Tot"), "valid_until"),
        ),
    ),
    _claim(
        "phases",
        "Fasen van het ontwikkeltraject",
        Kind.COUNT,
        _count,
        "Geteld zijn alle fasen van het traject, ook die nog moeten beginnen.",
        unit=Noun("fase", "fasen"),
        rows=_phases,
        **_OF_PHASES,
    ),
    _claim(
        "phase_one",
        "De eerste fase",
        Kind.NAME,
        _called,
        "Zo heet de eerste fase.",
        rows=_numbered(1),
        **_OF_PHASES,
    ),
    _claim(
        "phase_two",
        "De tweede fase",
        Kind.NAME,
        _called,
        "Zo heet de tweede fase.",
        rows=_numbered(2),
        **_OF_PHASES,
    ),
)
SLOTS = (
    SlotText(
        "trajectory.phases",
        "[[als trajectory.phases]]Het traject bestaat uit [[trajectory.phases|telling-woord]]:\n\n"
        "[[trajectory.phases|lijst]][[einde]]",
    ),
)


# The first page


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Milestones of a trajectory that one owns, and for who decides the phases that wait for a decision."""
    if not actor.may(permissions.VIEW):
        return ()
    today = timezone.localdate()
    return (*_milestones(actor, today), *_gates(actor, today))


def _milestones(actor: Actor, today: date) -> Iterator[Task]:
    if not actor.may_write(permissions.VIEW):
        return
    rows = queries.open_milestones(actor)
    if not actor.may_write(permissions.MANAGE):
        rows = rows.filter(queries.owned_by(actor, today))
    for row in rows[:MOST]:
        yield Task(
            row.name,
            page(actor, "trajectory", row.trajectory_id),
            _("Mijlpaal van {name}").format(name=row.trajectory.name),
            row.due_on,
            act=_("Bekijk het traject"),
            because=_aimed(row),
        )


def _aimed(row: TrajectoryMilestone) -> tuple[str, ...]:
    if row.due_on is None:
        return ()
    return (_("Streefdag van de mijlpaal: {day}.").format(day=date_format(row.due_on, "j F Y")),)


def _gates(actor: Actor, today: date) -> Iterator[Task]:
    if not actor.may_write(permissions.DECIDE):
        return
    for row in queries.waiting_gates(actor, today)[:MOST]:
        yield Task(
            _("Mag fase {order} van {name} beginnen?").format(order=row.order, name=row.trajectory.name),
            page(actor, "gate", row.pk),
            row.name,
            act=_("Leg het besluit vast"),
        )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """For who keeps trajectories: how many milestones are still to be reached, and how many of them are late."""
    if not actor.may_write(permissions.MANAGE):
        return ()
    rows = list(queries.open_milestones(actor).values_list("due_on", flat=True))
    if not rows:
        return ()
    today = timezone.localdate()
    late = sum(1 for due in rows if due is not None and due < today)
    note = ngettext("{number} te laat", "{number} te laat", late).format(number=late) if late else ""
    label = _("Mijlpalen te bereiken")
    return (Figure(label, str(len(rows)), page(actor, "index"), note=note, tone="let-op" if late else ""),)


def _of_trajectory(
    table: Any, kind: Any, name: str, *texts: str, rows: Callable[[Actor], Any] | None = None
) -> Indexed:
    """A part of trajectories that can be found: by `name`, and by what else it says."""

    def said(row: Any) -> Texts:
        return Texts(
            title=getattr(row, name), body="\n".join(filter(None, (getattr(row, one) for one in texts)))
        )

    def hit(actor: Actor, row: Any) -> RecordName:
        return RecordName(getattr(row, name), page(actor, "trajectory", row.trajectory_id))

    return Indexed(
        table._meta.label_lower,
        kind,
        permissions.VIEW,
        said,
        rows or (lambda actor: queries.visible(actor, table)),
        hit,
    )


INDEXED = (
    Indexed(
        "trajectory.trajectory",
        gettext_lazy("Ontwikkeltraject"),
        permissions.VIEW,
        lambda row: Texts(title=row.name, body=row.goal),
        queries.visible_trajectories,
        lambda actor, row: RecordName(row.name, page(actor, "trajectory", row.pk)),
    ),
    _of_trajectory(
        Motto, gettext_lazy("Motto"), "text", rows=lambda actor: queries.visible(actor, Motto).filter(known())
    ),
    _of_trajectory(Phase, gettext_lazy("Fase"), "name", "goal"),
    _of_trajectory(Condition, gettext_lazy("Voorwaarde"), "text", "indicator", "document"),
    _of_trajectory(Activity, gettext_lazy("Activiteit"), "name", "theme"),
    _of_trajectory(
        TrajectoryMilestone, gettext_lazy("Mijlpaal van een ontwikkeltraject"), "name", "document"
    ),
    _of_trajectory(Circumstance, gettext_lazy("Omstandigheid"), "name", "effect"),
)


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """Milestones by the day to aim for, and activities; two queries."""
    if not actor.may(permissions.VIEW):
        return ()
    aimed = queries.open_milestones(actor).filter(due_on__gte=start, due_on__lt=until)
    held = queries.visible(actor, Activity).filter(start_on__lt=until, start_until__gt=start)
    return (
        *(_dated(actor, row, _("Mijlpaal"), row.due_on) for row in aimed),
        *(_dated(actor, row, _("Activiteit"), row.start_on, row.start_until) for row in held),
    )


def _dated(actor: Actor, row: Any, kind: str, on: date, until: date | None = None) -> Dated:
    longer = until if until is not None and until > on + timedelta(days=1) else None
    url = page(actor, "trajectory", row.trajectory_id)
    return Dated(
        key=f"trajectory.{row._meta.model_name}:{row.uid}",
        label=kind,
        on=on,
        url=url,
        kind=kind,
        until=longer,
        about=row.name,
        version=row.version,
    )


def due(actor: Actor) -> Iterator[Reminded]:
    """The milestones with a day to aim for, to who holds the function that owns the trajectory."""
    rows = list(queries.open_milestones(actor).filter(due_on__isnull=False))
    for_whom = queries.responsible(rows, timezone.localdate())
    for row in rows:
        for person in sorted(for_whom[row.pk]):
            yield Reminded(
                row.uid, person, row.name, row.due_on, page(actor, "trajectory", row.trajectory_id)
            )
