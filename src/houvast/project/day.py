"""What somebody's day looks like: the clocks that run, the tasks, the figures, and what one can begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone, localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.registry import Figure, Task, modules
from houvast.core.ui.clocks import TimeLeft, days_left, hours_left

MOST_STARTS = 3
_WORDS = (
    gettext_lazy("nul"),
    gettext_lazy("één"),
    gettext_lazy("twee"),
    gettext_lazy("drie"),
    gettext_lazy("vier"),
    gettext_lazy("vijf"),
    gettext_lazy("zes"),
    gettext_lazy("zeven"),
    gettext_lazy("acht"),
    gettext_lazy("negen"),
    gettext_lazy("tien"),
    gettext_lazy("elf"),
    gettext_lazy("twaalf"),
)


@dataclass(frozen=True)
class Clock:
    """A task with a last day or moment, and the time that is left."""

    task: Task
    ends_at: datetime
    left: TimeLeft


@dataclass(frozen=True)
class Start:
    """Something the person can begin, with its address."""

    label: str
    url: str
    icon: str
    about: str
    prominent: bool


@dataclass(frozen=True)
class Waiting:
    """What waits in an organisation: how many tasks, and the clock that ends first."""

    tasks: int
    nearest: Clock | None


@dataclass(frozen=True)
class Day:
    """Everything on the page. Clocks stand late first, then nearest; tasks without a date by name."""

    clocks: tuple[Clock, ...]
    tasks: tuple[Task, ...]
    figures: tuple[Figure, ...]
    starts: tuple[Start, ...]
    now: datetime

    @property
    def addresses(self) -> tuple[str, ...]:
        """The page of each task."""
        return tuple(task.url for task in (*(clock.task for clock in self.clocks), *self.tasks))

    @property
    def buttons(self) -> tuple[Start, ...]:
        """What is at hand at the top of the page."""
        return tuple(start for start in self.starts if start.prominent)

    @property
    def useful(self) -> tuple[Start, ...]:
        """The three that say most about what this person does here; what is a button already comes last."""
        return tuple(sorted(self.starts, key=lambda start: start.prominent))[:MOST_STARTS]

    @property
    def sentence(self) -> str:
        """What waits, counted in words: `Eén termijn is verlopen en één loopt morgen af.`"""
        return " ".join(filter(None, (clocks_told(self.clocks, self.now), self._tasks_told)))

    @property
    def _tasks_told(self) -> str:
        number = len(self.tasks)
        if not number:
            return "" if self.clocks else _("Er wacht niets op u.")
        if self.clocks:
            told = ngettext("Daarnaast wacht {n} taak.", "Daarnaast wachten {n} taken.", number)
        else:
            told = ngettext("Er wacht {n} taak op u.", "Er wachten {n} taken op u.", number)
        return told.format(n=word(number))


def word(number: int) -> str:
    """A number in a sentence: in letters up to twelve."""
    return str(_WORDS[number]) if number < len(_WORDS) else str(number)


def clocks_told(clocks: Sequence[Clock], now: datetime) -> str:
    """How many terms have expired, end today and end tomorrow; or else when the first one ends."""
    if not clocks:
        return ""
    today = localdate(now)
    running = [clock for clock in clocks if clock.ends_at > now]
    parts = [_late(len(clocks) - len(running))]
    ends = [last_day(clock.task.due) for clock in running if clock.task.due is not None]
    parts.append(_ending(ends.count(today), _("vandaag"), first=not parts[0]))
    parts.append(_ending(ends.count(today + timedelta(days=1)), _("morgen"), first=not any(parts)))
    if told := [part for part in parts if part]:
        return f"{_sentence(told)}."
    number = word(len(clocks))
    told_number = ngettext("Er loopt {n} termijn", "Er lopen {n} termijnen", len(clocks)).format(n=number)
    return _("{terms}; de eerste eindigt op {day}.").format(
        terms=capfirst(told_number), day=date_format(ends[0], "l j F")
    )


def _late(number: int) -> str:
    told = ngettext("{n} termijn is verlopen", "{n} termijnen zijn verlopen", number)
    return told.format(n=word(number)) if number else ""


def _ending(number: int, when: str, *, first: bool) -> str:
    if not number:
        return ""
    if first:
        told = ngettext("{n} termijn loopt {when} af", "{n} termijnen lopen {when} af", number)
    else:
        told = ngettext("{n} loopt {when} af", "{n} lopen {when} af", number)
    return told.format(n=word(number), when=when)


def _sentence(parts: Sequence[str]) -> str:
    *before, last = parts
    told = _("{before} en {last}").format(before=", ".join(before), last=last) if before else last
    return f"E{told[1:]}" if told.startswith("éé") else capfirst(told)


def last_day(due: date | datetime) -> date:
    """The day on which it ends, here."""
    return localtime(due).date() if isinstance(due, datetime) else due


def ends_at(due: date | datetime) -> datetime:
    """The moment after which it is late: of a day, its midnight."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(), get_current_timezone())


def clock(task: Task, due: date | datetime, now: datetime) -> Clock:
    """A task with a last day or moment as a clock."""
    left = hours_left(due, now) if isinstance(due, datetime) else days_left(due, localdate(now))
    return Clock(task, ends_at(due), left)


def in_order(tasks: Sequence[Task], now: datetime) -> tuple[tuple[Clock, ...], tuple[Task, ...]]:
    """The clocks, nearest end first, so that what is late comes before the rest; and the tasks without one."""
    clocks = [clock(task, task.due, now) for task in tasks if task.due is not None]
    clocks.sort(key=lambda one: (one.ends_at, str(one.task.label)))
    return tuple(clocks), tuple(sorted((t for t in tasks if t.due is None), key=lambda task: str(task.label)))


def starts(actor: Actor) -> tuple[Start, ...]:
    """What the actor can begin in any module, in order; asks no query."""
    cuts = [
        cut
        for module in modules()
        for cut in module.shortcuts
        if (actor.may if cut.to_read else actor.may_write)(cut.permission)
    ]
    cuts.sort(key=lambda cut: (cut.order, str(cut.label)))
    slug = actor.organisation.slug
    return tuple(
        Start(str(cut.label), reverse(cut.url_name, args=[slug]), cut.icon, str(cut.about), cut.prominent)
        for cut in cuts
    )


def tasks_of(actor: Actor) -> list[Task]:
    """What waits for the actor in every module."""
    return [task for module in modules() for task in module.tasks(actor)]


def day_of(actor: Actor, now: datetime) -> Day:
    """The day of the actor at that moment."""
    clocks, tasks = in_order(tasks_of(actor), now)
    figures = tuple(figure for module in modules() for figure in module.figures(actor))
    return Day(clocks, tasks, figures, starts(actor), now)


def waiting(actor: Actor, now: datetime) -> Waiting:
    """What waits for the actor here, for who has to choose between organisations."""
    tasks = tasks_of(actor)
    clocks, _other = in_order(tasks, now)
    return Waiting(len(tasks), clocks[0] if clocks else None)
