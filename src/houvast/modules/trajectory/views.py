"""Screens of trajectories: the list, the page of one with its picture, and a form for each thing that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.audit.queries import history
from houvast.core.http import Request
from houvast.core.orgs.base import OrganisationModel
from houvast.core.ui.charts import Mark, Span, Timeline
from houvast.core.ui.form_page import FormPage, respond
from houvast.core.ui.markup import Badge, Tone
from houvast.modules.trajectory import actions, forms, permissions, queries
from houvast.modules.trajectory.facts import page as address
from houvast.modules.trajectory.models import (
    Activity,
    Circumstance,
    Condition,
    Phase,
    Trajectory,
    TrajectoryMilestone,
)
from houvast.modules.trajectory.queries import PhaseLine, Whole
from houvast.modules.trajectory.rules import PhaseState

TONES: dict[PhaseState, Tone] = {
    PhaseState.WAITING: "let-op",
    PhaseState.UNGATED: "let-op",
    PhaseState.RUNNING: "info",
    PhaseState.ENDED: "goed",
}


def index(request: Request) -> HttpResponse:
    """The trajectories."""
    given = {
        "rows": list(queries.visible_trajectories(request.actor)),
        "may_manage": request.actor.may_write(permissions.MANAGE),
    }
    return render(request, "trajectory/index.html", given)


def trajectory(request: Request, pk: int) -> HttpResponse:
    """All about one trajectory."""
    row = get_object_or_404(queries.visible_trajectories(request.actor), pk=pk)
    today = timezone.localdate()
    whole = queries.whole(request.actor, row, today)
    given = {
        "whole": whole,
        "row": row,
        "timeline": timeline(whole, today),
        "phases": [
            (line, Badge(str(line.state.label), TONES.get(line.state, "rust"))) for line in whole.phases
        ],
        "may_manage": request.actor.may_write(permissions.MANAGE),
        "may_decide": request.actor.may_write(permissions.DECIDE),
        "history": _history(whole),
    }
    return render(request, "trajectory/trajectory.html", given)


@dataclass(frozen=True)
class Line:
    """A line of the history: what was done, and to what."""

    label: str
    who: str
    at: datetime


def _history(whole: Whole) -> list[Line]:
    """What happened to the trajectory and to each thing that it is made of, newest first."""
    parts: list[OrganisationModel] = [*whole.mottos, *whole.activities, *whole.circumstances]
    parts += [line.row for line in whole.phases]
    parts += [line.gate for line in whole.phases if line.gate is not None]
    parts += [line.row for line in whole.milestones]
    parts += [line.row for line in whole.conditions]
    called: dict[UUID | None, str] = {part.uid: f": {part}" for part in parts}
    return [
        Line(f"{line.label}{called.get(line.subject_uid, '')}", line.who, line.at)
        for line in history(whole.row, *parts)
    ]


def timeline(whole: Whole, today: date) -> Timeline | None:
    """The phases through time, with what came from outside, and the milestones; None where nothing has a day."""
    spans = [*filter(None, (_span(line, whole) for line in whole.phases))]
    around = [
        Span(
            one.name,
            one.starts_on,
            one.ends_on or max(today, one.starts_on) + timedelta(days=1),
            outside=True,
        )
        for one in whole.circumstances
    ]
    marks = [
        Mark(line.row.name, on, reached=line.row.closed_on is not None)
        for line in whole.milestones
        if (on := line.row.closed_on or line.row.due_on) is not None
    ]
    if not spans:
        return None
    title = _("{name}: fasen en mijlpalen").format(name=whole.row.name)
    return Timeline(title, (*spans, *around), tuple(marks), today)


def _span(line: PhaseLine, whole: Whole) -> Span | None:
    """A phase with a beginning; one without an end runs until the next one begins, or is open."""
    row = line.row
    if row.start_on is None:
        return None
    following = [
        other.row.start_on for other in whole.phases if other.row.order > row.order and other.row.start_on
    ]
    until = row.ends_on or min(following, default=None)
    if until is not None and until <= row.start_on:
        until = None
    return Span(queries.phase_name(row), row.start_on, until)


# Forms


def begin(request: Request) -> HttpResponse:
    """A new trajectory."""
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Ontwikkeltraject vastleggen"),
        form=forms.BeginTrajectory,
        call=actions.begin_trajectory,
        back=address(request.actor, "index"),
        crumbs=((_("Ontwikkeltrajecten"), address(request.actor, "index")),),
        done=_("Het traject is vastgelegd."),
        submit=_("Leg vast"),
        after=lambda row: address(request.actor, "trajectory", row.pk),
    )
    return respond(request, page)


def _crumbs(request: Request, row: Trajectory) -> tuple[tuple[str, str], ...]:
    return (
        (_("Ontwikkeltrajecten"), address(request.actor, "index")),
        (row.name, address(request.actor, "trajectory", row.pk)),
    )


def change(request: Request, pk: int) -> HttpResponse:
    """It is otherwise, or has ended."""
    request.actor.require_write(permissions.MANAGE)
    row = get_object_or_404(queries.visible_trajectories(request.actor), pk=pk)
    page = FormPage(
        title=_("Traject wijzigen"),
        form=forms.ChangeTrajectory,
        call=lambda actor, **data: actions.change_trajectory(actor, trajectory_id=pk, **data),
        back=address(request.actor, "trajectory", pk),
        crumbs=_crumbs(request, row),
        done=_("Het traject is gewijzigd."),
        submit=_("Opslaan"),
        initial={**_stored(row, forms.ChangeTrajectory), "expected_version": row.version},
        stored=lambda: _stored(Trajectory.objects.get(pk=pk), forms.ChangeTrajectory),
    )
    return respond(request, page)


def _stored(row: Any, form: type[django_forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}


@dataclass(frozen=True)
class Part:
    """Something that a trajectory is made of: how it is added and changed, and what the pages say."""

    model: Any
    add: Any
    added: type[django_forms.Form]
    title: Any
    done: Any
    change: Any = None
    changed: type[django_forms.Form] | None = None


MOTTO = Part(
    None,
    actions.set_motto,
    forms.MottoFields,
    gettext_lazy("Motto vastleggen"),
    gettext_lazy("Het motto is vastgelegd."),
)
PARTS: dict[str, Part] = {
    "condition": Part(
        Condition,
        actions.add_condition,
        forms.ConditionFields,
        gettext_lazy("Voorwaarde"),
        gettext_lazy("De voorwaarde is vastgelegd."),
        actions.change_condition,
        forms.ChangeCondition,
    ),
    "phase": Part(
        Phase,
        actions.add_phase,
        forms.PhaseFields,
        gettext_lazy("Fase"),
        gettext_lazy("De fase is vastgelegd."),
        actions.change_phase,
        forms.ChangePhase,
    ),
    "activity": Part(
        Activity,
        actions.add_activity,
        forms.ActivityFields,
        gettext_lazy("Activiteit"),
        gettext_lazy("De activiteit is vastgelegd."),
        actions.change_activity,
        forms.ChangeActivity,
    ),
    "milestone": Part(
        TrajectoryMilestone,
        actions.add_milestone,
        forms.MilestoneFields,
        gettext_lazy("Mijlpaal"),
        gettext_lazy("De mijlpaal is vastgelegd."),
        actions.change_milestone,
        forms.ChangeMilestone,
    ),
    "circumstance": Part(
        Circumstance,
        actions.add_circumstance,
        forms.CircumstanceFields,
        gettext_lazy("Omstandigheid"),
        gettext_lazy("De omstandigheid is vastgelegd."),
        actions.change_circumstance,
        forms.ChangeCircumstance,
    ),
}


def _form(form: type[django_forms.Form], trajectory_id: int) -> Any:
    """A form that offers phases is told of which trajectory."""
    return partial(form, trajectory_id=trajectory_id) if issubclass(form, forms.OfPhase) else form


def _add(request: Request, pk: int, part: Part) -> HttpResponse:
    request.actor.require_write(permissions.MANAGE)
    row = get_object_or_404(queries.visible_trajectories(request.actor), pk=pk)
    page = FormPage(
        title=part.title,
        lead=row.name,
        form=_form(part.added, pk),
        call=lambda actor, **data: part.add(actor, trajectory_id=pk, **data),
        back=address(request.actor, "trajectory", pk),
        crumbs=_crumbs(request, row),
        done=part.done,
        submit=_("Leg vast"),
    )
    return respond(request, page)


def motto(request: Request, pk: int) -> HttpResponse:
    """Another motto, from a day on."""
    return _add(request, pk, MOTTO)


def add(request: Request, pk: int, part: str) -> HttpResponse:
    """Something new in a trajectory."""
    return _add(request, pk, PARTS[part])


def _of_part(request: Request, pk: int, model: Any, **page: Any) -> HttpResponse:
    row = get_object_or_404(queries.visible(request.actor, model), pk=pk)
    call = page.pop("call")
    initial = page.pop("initial", {})
    return respond(
        request,
        FormPage(
            **{"lead": queries.phase_name(row) if isinstance(row, Phase) else str(row), **page},
            call=lambda actor, **data: call(actor, part_id=pk, **data),
            back=address(request.actor, "trajectory", row.trajectory_id),
            crumbs=_crumbs(request, row.trajectory),
            initial={**initial, "expected_version": row.version},
        ),
    )


def change_part(request: Request, pk: int, part: str) -> HttpResponse:
    """Something in a trajectory is otherwise."""
    request.actor.require_write(permissions.MANAGE)
    of = PARTS[part]
    assert of.changed is not None
    form = of.changed
    row = get_object_or_404(queries.visible(request.actor, of.model), pk=pk)
    return _of_part(
        request,
        pk,
        of.model,
        title=of.title,
        form=_form(form, row.trajectory_id),
        call=of.change,
        done=of.done,
        submit=_("Opslaan"),
        initial=_stored(row, form),
        stored=lambda: _stored(of.model.objects.get(pk=pk), form),
    )


def gate(request: Request, pk: int) -> HttpResponse:
    """Whether a phase may begin."""
    request.actor.require_write(permissions.DECIDE)
    return _of_part(
        request,
        pk,
        Phase,
        title=_("Mag deze fase beginnen?"),
        form=forms.GateFields,
        call=partial(actions.decide_gate, today=timezone.localdate()),
        done=_("Het poortbesluit is vastgelegd."),
        submit=_("Leg vast"),
        initial={"on": timezone.localdate()},
    )


def close(request: Request, pk: int) -> HttpResponse:
    """A milestone was reached."""
    request.actor.require_write(permissions.MANAGE)
    return _of_part(
        request,
        pk,
        TrajectoryMilestone,
        title=_("Mijlpaal afsluiten"),
        form=forms.CloseFields,
        call=partial(actions.close_milestone, today=timezone.localdate()),
        done=_("De mijlpaal is afgesloten."),
        submit=_("Sluit af"),
        initial={"closed_on": timezone.localdate()},
    )


def reopen(request: Request, pk: int) -> HttpResponse:
    """A milestone was not reached after all."""
    request.actor.require_write(permissions.MANAGE)
    return _of_part(
        request,
        pk,
        TrajectoryMilestone,
        title=_("Mijlpaal heropenen"),
        form=forms.Versioned,
        call=actions.reopen_milestone,
        done=_("De mijlpaal staat weer open."),
        submit=_("Heropen"),
    )
