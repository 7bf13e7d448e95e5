"""What the pages share: one way to handle a form, clocks, badges and history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Choices
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.files.queries import files_of
from houvast.core.http import Request
from houvast.core.orgs.base import Conflict, OrganisationModel
from houvast.core.orgs.once import AlreadyDone
from houvast.core.registry import modules
from houvast.core.ui.clocks import hours_left
from houvast.core.ui.conflicts import differences, merged
from houvast.core.ui.markup import Badge, Tone
from houvast.core.viewlog.actions import note
from houvast.core.viewlog.permissions import VIEW as SEE_VIEWS
from houvast.core.viewlog.rules import Manner
from houvast.modules.security import queries
from houvast.modules.security.forms import FactsForm, RefusableForm
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries import Event
from houvast.modules.security.queries.steps import Step, steps_of
from houvast.modules.security.rules import ClockState, Refusal, clock_of
from houvast.modules.security.rules.breaches import OPEN

Words = str | Promise
Saved = TypeVar("Saved", bound=OrganisationModel)
Answer = Callable[[Any], str]
"""Where to go with the record that was saved."""


@dataclass(frozen=True)
class FormPage:
    """A page around a form: its words, where it comes from, and what it says when the form was saved.

    row, action, check: for a step with a record, that record, the action's key, and what raises Refusal while
    the step cannot be taken.
    """

    title: Words
    lead: Words
    submit: Words
    done: Words
    back: str
    trail: tuple[tuple[str, Words], ...] = ()
    template: str = "security/form.html"
    extra: dict[str, Any] = field(default_factory=dict)
    row: Incident | Breach | None = None
    action: str = ""
    check: Callable[[Any], object] | None = None

    def refusal(self, row: Incident | Breach) -> Refusal | None:
        """Why this step cannot be taken with the record as it is now; None where it can."""
        try:
            if self.check is not None:
                self.check(row)
        except Refusal as refusal:
            return refusal
        return None


def handle(
    request: Request,
    page: FormPage,
    form: RefusableForm,
    save: Callable[[], Saved],
    answer: Answer | None = None,
) -> HttpResponse:
    """Show the form; when it was sent, save it and go on. A refusal or a conflict keeps what was typed."""
    context: dict[str, Any] = {"page": page, "form": form, **page.extra}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except Refusal as refusal:
            form.refuse(refusal)
        except Conflict as conflict:
            status = 409
            context |= _after_conflict(request, page, form, conflict)
        except AlreadyDone as earlier:
            told = _("U had dit al verzonden: er is geen tweede van gemaakt.")
            messages.success(request, f"{page.done} {told}")
            return redirect(answer(earlier.first) if answer else page.back)
        else:
            messages.success(request, str(page.done))
            return redirect(answer(saved) if answer else page.back)
    elif request.method != "POST" and page.row is not None and (no := page.refusal(page.row)):
        context |= _not_now(request, page.row, str(no))
    response = render(request, page.template, context, status=status)
    if page.row is not None:
        note(request.actor, page.row._meta.label_lower, page.row.uid, Manner.FORM)
    return response


def _not_now(request: Request, row: Incident | Breach, sentence: str) -> dict[str, Any]:
    """Instead of the form: why not, and which step has its turn."""
    return {"form": None, "not_now": sentence, "next": next_steps(request, steps_of(row), row)}


def _after_conflict(
    request: Request, page: FormPage, form: RefusableForm, conflict: Conflict
) -> dict[str, Any]:
    row = conflict.current
    assert isinstance(row, (Incident, Breach))
    newer = queries.events(row)[: row.version - form.cleaned_data["expected_version"]]
    own = bool(newer) and all(event.account_id == request.actor.account_id for event in newer)
    if isinstance(form, FactsForm):
        return {**_both_versions(form, row), "last": newer[0] if newer else None, "own": own}
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data["expected_version"] = str(row.version)
    context: dict[str, Any] = {"happened": [(_did(event), event.changes) for event in newer], "own": own}
    refusal = page.refusal(row)
    if refusal or any(event.action == page.action for event in newer):
        # Gone on without this step, or with it: nothing typed is lost, and nothing is asked a second time.
        context |= _not_now(request, row, str(refusal or ""))
        context["typed"] = differences(form, dict.fromkeys(form.fields))
    return context


def _both_versions(form: RefusableForm, row: Incident | Breach) -> dict[str, Any]:
    """What was typed beside what is stored now; what the reader left alone is taken over from what is stored."""
    stored = {name: getattr(row, name) for name in form.fields if hasattr(row, name)}
    found = differences(form, stored)
    form.data = merged(form, stored)
    form.data["expected_version"] = str(row.version)
    return {"conflict": True, "differences": found}


DID: dict[str, Words] = {
    "security.change_incident": gettext_lazy("{who} wijzigde op {at} uur de gegevens."),
    "security.close_incident": gettext_lazy("{who} sloot het incident op {at} uur af."),
    "security.change_breach": gettext_lazy("{who} wijzigde op {at} uur de gegevens."),
    "security.advise": gettext_lazy("{who} gaf op {at} uur advies."),
    "security.decide": gettext_lazy("{who} nam op {at} uur een besluit."),
    "security.notify": gettext_lazy("{who} legde op {at} uur de melding bij de AP vast."),
    "security.close_breach": gettext_lazy("{who} sloot het datalek op {at} uur af."),
    "security.dismiss_breach": gettext_lazy("{who} legde op {at} uur vast dat dit geen datalek is."),
}
"""What happened to a record while somebody had its form open, by the action's key."""


def _did(event: Event) -> str:
    moment = date_format(localtime(event.at), "j F Y, H.i")
    return str(DID[event.action]).format(who=event.who or _("Iemand"), at=moment)


def this_minute() -> datetime:
    """Now, as exact as people fill in a moment: what was done within one minute stays in order."""
    return now().replace(second=0, microsecond=0)


def page_of(request: Request, name: str, *args: Any) -> str:
    """The address of a page of this module in the organisation at hand."""
    return reverse(f"security:{name}", args=[request.actor.organisation.slug, *args])


def words(choices: type[Choices]) -> dict[Any, Badge | str]:
    """The word for every value."""
    return {value: str(label) for value, label in choices.choices}


def badges(choices: type[Choices], tones: dict[Any, Tone]) -> dict[Any, Badge | str]:
    """A word with an icon and a tone for every value."""
    return {value: Badge(str(label), tones.get(value, "rust")) for value, label in choices.choices}


@dataclass(frozen=True)
class NextStep:
    """The next step as the reader sees it: a button only for who may take it."""

    step: Step
    url: str

    @property
    def who(self) -> Words:
        return self.step.who


def next_steps(request: Request, steps: Iterable[Step], row: Incident | Breach) -> tuple[NextStep, ...]:
    """What to do next with the record, in order, and where, if the reader may and nothing comes first."""
    return tuple(NextStep(step, _address(request, step, row)) for step in steps)


def _address(request: Request, step: Step, row: Incident | Breach) -> str:
    if step.waits_for or not request.actor.may_write(step.permission):
        return ""
    return reverse(step.url_name, args=[request.actor.organisation.slug, row.pk]) + step.place


@dataclass(frozen=True)
class ClockView:
    """A clock for the screen: the largest text is the time left."""

    left: str
    until: str
    urgency: str
    because: tuple[str, ...]


def clock_view(breach: Breach) -> ClockView:
    """The 72 hours of a breach as they stand now, or as they ended."""
    moment = now()
    done_at = None if breach.status in OPEN else breach.notified_at or breach.decided_at
    clock = clock_of(breach.aware_at, moment, done_at=done_at)
    left = hours_left(clock.due_at, moment)
    if clock.runs:
        urgency = {ClockState.EXPIRED: "late", ClockState.NEAR: "near"}.get(clock.state, "")
        return ClockView(left.words, left.until, urgency, clock.because)
    return ClockView(str(clock.state.label), left.until, "", clock.because)


def views_url(request: Request, row: OrganisationModel) -> str:
    """Where stands who saw the record; empty for who may not know that."""
    if not request.actor.may(SEE_VIEWS):
        return ""
    return f"{reverse('viewlog:index', args=[request.actor.organisation.slug])}?stuk={row.uid}"


@dataclass(frozen=True)
class Line:
    """A line of a record's history."""

    title: str
    event: Event


def timeline(row: OrganisationModel) -> tuple[Line, ...]:
    """What happened to the record and its files, newest first, in the words of the index cards."""
    labels = {key: str(label) for module in modules() for key, label in module.labels}
    return tuple(
        Line(labels.get(event.action, event.action), event) for event in queries.events(row, files_of(row))
    )
