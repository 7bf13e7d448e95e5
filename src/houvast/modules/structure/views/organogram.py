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
from houvast.modules.structure.queries.happenings import happenings
from houvast.modules.structure.queries.organogram import change_days, snapshot
from houvast.modules.structure.rules import difference as differences
from houvast.modules.structure.rules.drawing import draw, spine
from houvast.modules.structure.rules.happenings import happened
from houvast.modules.structure.rules.organogram import Organogram
from houvast.modules.structure.rules.spans import told_day
from houvast.modules.structure.rules.wording import gaps_sentence, leaders_sentence
from houvast.modules.structure.views.changing import may_change

JUMPS = 8
"""So many days are offered to jump to: the newest on which something changed."""


@dataclass(frozen=True)
class Slider:
    """The months from the first change on, as a range input."""

    first: date
    value: int
    last: int

    @property
    def label(self) -> str:
        """The month at hand."""
        return _month(self.first, self.value)

    @property
    def first_label(self) -> str:
        """The month at the left end."""
        return _month(self.first, 0)

    @property
    def last_label(self) -> str:
        """The month at the right end."""
        return _month(self.first, self.last)


def _month(first: date, place: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
    return date_format(date(year, month + 1, 1), "F Y")


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _slider(days: Sequence[date], day: date, today: date) -> Slider | None:
    if not days:
        return None
    last = max(_months(days[0], max(days[-1], today)), 1)
    return Slider(days[0], min(max(_months(days[0], day), 0), last), last)


def _day(form: OrganogramDay, days: Sequence[date], today: date) -> date:
    """The day that was typed; the first of the month when only the slider was moved."""
    asked: date = form.cleaned_data.get("dag") or today
    month, shown = form.cleaned_data.get("maand"), form.cleaned_data.get("van")
    if not days or month is None or shown is None or asked != shown or month == _months(days[0], shown):
        return asked
    year, place = divmod(days[0].year * 12 + days[0].month - 1 + month, 12)
    return date(year, place + 1, 1) if date.min.year <= year <= date.max.year else asked


def _asked(request: Request) -> tuple[OrganogramDay, date, Sequence[date]]:
    form = OrganogramDay(request.GET)
    form.full_clean()
    days = change_days(request.actor)
    day = _day(form, days, timezone.localdate())
    if not form.errors:
        other = form.cleaned_data.get("vergelijk")
        form = OrganogramDay({"dag": day.isoformat(), "vergelijk": other.isoformat() if other else ""})
        form.full_clean()
    return form, day, days


def organogram(request: Request) -> HttpResponse:
    """The chart of a day, with the difference from another day when one is asked."""
    form, day, days = _asked(request)
    shown = snapshot(request.actor, day)
    other = form.cleaned_data.get("vergelijk")
    found = _difference(request, shown, other) if other else None
    above, branches = spine(shown)
    given = {
        "form": form,
        "organogram": shown,
        "day": told_day(day),
        "sentence": leaders_sentence(shown),
        "gaps": gaps_sentence(shown),
        "above": above,
        "branches": branches,
        "slider": _slider(days, day, timezone.localdate()),
        "jumps": _jumps(request, days[-JUMPS:]),
        "rows": [(node, UnitKind(node.kind).label, shown.name_of(node.parent_id)) for node in shown.nodes],
        "found": found,
        "compared": f"{told_day(found.earlier)} → {told_day(found.later)}" if found else "",
        "parts": parts_of(found) if found else (),
        "other": other,
        "new_units": found.new_units if found and other and other < day else frozenset(),
        "may_change": may_change(request),
    }
    return render(request, "structure/organogram.html", given, status=422 if form.errors else 200)


def _jumps(request: Request, days: Sequence[date]) -> list[tuple[date, str]]:
    """The days to jump to, each with what happened on it."""
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
    _form, day, _days = _asked(request)
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
    form, day, _ignored = _asked(request)
    shown = snapshot(request.actor, day)
    given = {
        "form": form,
        "organogram": shown,
        "day": told_day(day),
        "vacant": [(post, shown.name_of(post.unit_id)) for post in shown.vacancies],
        "units": [node for node in shown.nodes if node.posts],
        "sentence": leaders_sentence(shown),
        "gaps": gaps_sentence(shown),
    }
    return render(request, "structure/vacancies.html", given, status=422 if form.errors else 200)
