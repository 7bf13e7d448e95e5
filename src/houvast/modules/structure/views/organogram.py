"""The organogram of any day, what differs from another day, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.orgs.rules import UnitKind
from houvast.modules.structure.forms import OrganogramDay
from houvast.modules.structure.queries.happenings import happenings, version_days
from houvast.modules.structure.queries.organogram import change_days, snapshot
from houvast.modules.structure.rules import difference as differences
from houvast.modules.structure.rules.drawing import chart, draw
from houvast.modules.structure.rules.happenings import happened
from houvast.modules.structure.rules.organogram import Organogram
from houvast.modules.structure.rules.spans import told_day
from houvast.modules.structure.rules.timeline import Timeline, jumps, timeline
from houvast.modules.structure.rules.wording import gaps_sentence, leaders_sentence
from houvast.modules.structure.views.changing import may_change, may_import

JUMPS = 8
"""So many days are offered to jump to: those around the day at hand on which something changed."""
VERSIONS = 3
"""And beside them the days on which so many of the newest versions of the structure took effect."""


@dataclass(frozen=True)
class Slider:
    """The months of a timeline, as a range input."""

    line: Timeline
    value: int

    @property
    def last(self) -> int:
        """The place of the right end; the left one is 0."""
        return self.line.last

    @property
    def label(self) -> str:
        """The month at hand."""
        return self._month(self.value)

    @property
    def first_label(self) -> str:
        """The month at the left end."""
        return self._month(0)

    @property
    def last_label(self) -> str:
        """The month at the right end."""
        return self._month(self.last)

    def _month(self, place: int) -> str:
        return date_format(self.line.day(place), "F Y")


def _day(form: OrganogramDay, line: Timeline | None, today: date) -> date:
    """The day that was typed; the first of the month when only the slider was moved."""
    asked: date = form.cleaned_data.get("dag") or today
    month, shown = form.cleaned_data.get("maand"), form.cleaned_data.get("van")
    if line is None or month is None or shown is None or asked != shown or month == line.place(shown):
        return asked
    return line.day(month)


@dataclass(frozen=True)
class _Asked:
    """What an address asks for: the form that shows it, the day, and the changes that there are."""

    form: OrganogramDay
    day: date
    changes: Sequence[date]
    slider: Slider | None


def _asked(request: Request) -> _Asked:
    form = OrganogramDay(request.GET)
    form.full_clean()
    changes, today = change_days(request.actor), timezone.localdate()
    line = timeline(changes, today) if changes else None
    day = _day(form, line, today)
    if not form.errors:
        other = form.cleaned_data.get("vergelijk")
        form = OrganogramDay({"dag": day.isoformat(), "vergelijk": other.isoformat() if other else ""})
        form.full_clean()
    return _Asked(form, day, changes, Slider(line, line.place(day)) if line else None)


def organogram(request: Request) -> HttpResponse:
    """The chart of a day, with the difference from another day when one is asked."""
    asked = _asked(request)
    form, day = asked.form, asked.day
    shown = snapshot(request.actor, day)
    other = form.cleaned_data.get("vergelijk")
    found = _difference(request, shown, other) if other else None
    plan = chart(shown)
    given = {
        "form": form,
        "organogram": shown,
        "day": told_day(day),
        "sentence": leaders_sentence(shown),
        "gaps": gaps_sentence(shown),
        "chart": plan,
        "above": [(node, shown.directors_of(node)) for node in plan.above],
        "slider": asked.slider,
        "jumps": _jumps(request, asked),
        "rows": [(node, UnitKind(node.kind).label, shown.name_of(node.parent_id)) for node in shown.nodes],
        "found": found,
        "compared": f"{told_day(found.earlier)} → {told_day(found.later)}" if found else "",
        "parts": parts_of(found) if found else (),
        "other": other,
        "new_units": found.new_units if found and other and other < day else frozenset(),
        "may_change": may_change(request),
        "may_import": may_import(request),
    }
    return render(request, "structure/organogram.html", given, status=422 if form.errors else 200)


def _jumps(request: Request, asked: _Asked) -> list[tuple[date, str]]:
    """The days to jump to, each with what happened on it."""
    always = version_days(request.actor)[-VERSIONS:]
    days = jumps(asked.changes, asked.day, always, JUMPS)
    found = happenings(request.actor, days)
    return [(day, happened(day, found[day])) for day in days]


def parts_of(found: differences.Difference) -> tuple[tuple[str, int, list[differences.Group]], ...]:
    """A difference as headings, how many, and the changes under each."""
    return (
        (_("Erbij"), len(found.added), found.told("added")),
        (_("Weg"), len(found.removed), found.told("removed")),
        (_("Gewijzigd"), len(found.changed), found.told("changed")),
    )


def _difference(request: Request, shown: Organogram, other: date) -> differences.Difference:
    pair = sorted((shown, snapshot(request.actor, other)), key=lambda organogram: organogram.day)
    return differences.difference(*pair)


def organogram_svg(request: Request) -> HttpResponse:
    """The chart of a day as a drawing that stands on its own, with its text alternative."""
    day = _asked(request).day
    shown = snapshot(request.actor, day)
    given = {
        "drawing": draw(shown),
        "title": f"Organogram {request.actor.organisation.name}, {told_day(day)}",
        "description": f"{leaders_sentence(shown)} {gaps_sentence(shown)}",
    }
    response = render(request, "structure/organogram.svg", given, content_type="image/svg+xml")
    name = f"organogram-{request.actor.organisation.slug}-{day.isoformat()}.svg"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def vacancies(request: Request) -> HttpResponse:
    """Posts without anybody appointed, teams without a leader, and how many people each leader leads."""
    asked = _asked(request)
    form, day = asked.form, asked.day
    shown = snapshot(request.actor, day)
    given = {
        "form": form,
        "organogram": shown,
        "day": told_day(day),
        "vacant": [
            (post, shown.name_of(post.unit_id), may_change(request, post.unit_id)) for post in shown.vacancies
        ],
        "leaderless": [
            (node, next(iter(node.leading_vacancies), None), may_change(request, node.unit_id))
            for node in shown.teams_without_leader
        ],
        "units": [node for node in shown.nodes if node.posts],
        "sentence": leaders_sentence(shown),
        "gaps": gaps_sentence(shown),
    }
    return render(request, "structure/vacancies.html", given, status=422 if form.errors else 200)
