"""What a round asks of people: tasks, days in the calendar, reminders, and what keeps a chapter from the college."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.registry import Dated, Obstacle, Reminded, ReminderKind, Task
from houvast.core.report.authoring.queries import Desk, Entry, desk, entries, open_rounds, readiness
from houvast.core.report.authoring.rules import HOLDERS, Part, Stage
from houvast.core.report.outline import walk
from houvast.core.report.permissions import CONTRIBUTE, COORDINATE
from houvast.core.report.queries import NoChapter, chapter, headings_of_years

Told = Callable[[str, int], str]
"""What a section is called in a year, by its key."""


def _headings() -> Told:
    """One query for all sections and years."""
    sections, heading = {section.key: section for _depth, section in walk()}, headings_of_years()
    return lambda key, year: heading(sections[key], year) if key in sections else key


WRITING = frozenset({Stage.REQUESTED, Stage.DRAFT})
# From here on the rows may have changed beneath an agreement, so that the chapter itself has to be read.
AGREED_ON = frozenset({Stage.CONTROL, Stage.READY})
LOOKING = (Part.APPROVER, Part.CONTROLLER, Part.BOARD)


def section_url(actor: Actor, year: int, section: str) -> str:
    """The page on which a section is handed on."""
    return reverse("report:section", args=[actor.organisation.slug, year, section])


def round_url(actor: Actor, year: int) -> str:
    """The page of a year's round."""
    return reverse("report:round", args=[actor.organisation.slug, year])


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Everything of which it is the actor's turn in an open round; as many queries however many sections there are."""
    if actor.person_id is None or not actor.may_write(CONTRIBUTE):
        return ()
    found, told = entries(timezone.localdate()), _headings()
    return tuple(
        task
        for year in dict.fromkeys(entry.round.year for entry in found)
        for task in _tasks_of(actor, year, [entry for entry in found if entry.round.year == year], told)
    )


def _tasks_of(actor: Actor, year: int, found: list[Entry], told: Told) -> Iterator[Task]:
    for entry in found:
        if entry.stage not in AGREED_ON and entry.plays(actor, HOLDERS[entry.stage]):
            yield _task(actor, entry, HOLDERS[entry.stage], told)
    looks = any(
        entry.stage in AGREED_ON and any(entry.plays(actor, part) for part in LOOKING) for entry in found
    )
    at_desk = _desk(actor, year) if looks else None
    if at_desk is None:
        return
    for place in at_desk.places:
        part = place.turn.part
        if place.stage in AGREED_ON and part in {Part.APPROVER, Part.CONTROLLER} and place.plays(actor, part):
            yield _task(actor, place, part, told, again=place.turn.again)
    if at_desk.waits_for_board and at_desk.signs_for_board(actor):
        yield Task(
            label=_("Akkoord van de directie op de paragraaf van %(year)s") % {"year": year},
            url=round_url(actor, year),
            detail=_("Elk onderdeel is door de redactie."),
            due=at_desk.round.board_on,
            act=_("Bekijk de paragraaf"),
            because=(_because(at_desk.round.board_on),),
        )


def _desk(actor: Actor, year: int) -> Desk | None:
    return desk(chapter(actor.organisation, year), timezone.localdate())


_WORDS = {
    Part.AUTHOR: (gettext_lazy("Uw bijdrage: %(section)s"), gettext_lazy("Schrijf")),
    Part.APPROVER: (gettext_lazy("Uw akkoord: %(section)s"), gettext_lazy("Geef akkoord")),
    Part.CONTROLLER: (gettext_lazy("Te controleren: %(section)s"), gettext_lazy("Controleer")),
    Part.EDITOR: (gettext_lazy("Redactie van: %(section)s"), gettext_lazy("Redigeer")),
}


def _task(actor: Actor, entry: Entry, part: Part, told: Told, *, again: bool = False) -> Task:
    label, act = _WORDS[part]
    row = entry.contribution
    due = row.due_on if entry.stage in WRITING else entry.round.board_on
    year = _("Paragraaf Bedrijfsvoering %(year)s") % {"year": entry.round.year}
    return Task(
        label=label % {"section": told(row.section, entry.round.year)},
        url=section_url(actor, entry.round.year, row.section),
        detail=_("%(year)s; opnieuw te bekijken") % {"year": year} if again else year,
        due=due,
        act=str(act),
        because=(_asked(due) if entry.stage in WRITING else _because(due),),
    )


def _asked(due: date) -> str:
    return _("De ronde vraagt deze bijdrage voor %(day)s.") % {"day": date_format(due, "j F Y")}


def _because(due: date) -> str:
    return _("De directie beslist op %(day)s.") % {"day": date_format(due, "j F Y")}


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The last days of the contributions that the actor has a part in, and the days of the chapter."""
    if not actor.may(CONTRIBUTE):
        return ()
    found = [*_chapter_days(actor), *_contribution_days(actor)]
    return tuple(sorted((one for one in found if start <= one.on < until), key=lambda one: (one.on, one.key)))


def _chapter_days(actor: Actor) -> Iterator[Dated]:
    for round_ in open_rounds():
        for name, label, day in (
            ("board", _("Directie beslist over de paragraaf van %(year)s"), round_.board_on),
            ("college", _("College beslist over de paragraaf van %(year)s"), round_.college_on),
            ("council", _("Raad stelt de jaarstukken van %(year)s vast"), round_.council_on),
        ):
            yield Dated(
                key=f"report.round:{round_.uid}.{name}",
                label=label % {"year": round_.year},
                on=day,
                url=reverse("report:chapter", args=[actor.organisation.slug, round_.year]),
                kind=_("Paragraaf"),
            )


def _contribution_days(actor: Actor) -> Iterator[Dated]:
    told = _headings()
    for entry in entries(timezone.localdate()):
        if actor.may(COORDINATE) or entry.parts(actor):
            row = entry.contribution
            yield Dated(
                key=f"report.contribution:{row.uid}",
                label=_("Bijdrage aan de paragraaf van %(year)s: %(section)s")
                % {"year": entry.round.year, "section": told(row.section, entry.round.year)},
                on=row.due_on,
                url=section_url(actor, entry.round.year, row.section),
                kind=_("Bijdrage"),
            )


def reminded(actor: Actor) -> Iterable[Reminded]:
    """Every contribution that is not handed on, to its author, or to who is there in the author's place."""
    told = _headings()
    return tuple(
        Reminded(
            subject=entry.contribution.uid,
            person=entry.first(Part.AUTHOR).pk,
            label=_("Uw bijdrage: %(section)s")
            % {"section": told(entry.contribution.section, entry.round.year)},
            due=entry.contribution.due_on,
            url=section_url(actor, entry.round.year, entry.contribution.section),
        )
        for entry in entries(timezone.localdate())
        if entry.stage in WRITING
    )


REMINDERS = (
    ReminderKind("report.contribution", gettext_lazy("Bijdrage aan de paragraaf Bedrijfsvoering"), reminded),
)


def obstacles(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    """Every section of the open round that is not through, or fell back; and the board that did not agree."""
    try:
        made = chapter(actor.organisation, year)
    except NoChapter:
        return ()
    return tuple(
        Obstacle(
            sentence,
            section_url(actor, year, section) if section else round_url(actor, year),
            section,
        )
        for sentence, section in readiness(made, timezone.localdate()).blocks
    )
