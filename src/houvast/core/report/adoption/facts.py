"""What adoption asks of people: what stands in the way, what waits for whom, and the days it has in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Dated, Obstacle, Task
from houvast.core.report.adoption.checklist import checklist
from houvast.core.report.adoption.models import Adoption
from houvast.core.report.adoption.queries import (
    standing_of,
    waiting_corrections,
)
from houvast.core.report.adoption.rules import Body
from houvast.core.report.chapter import Chapter
from houvast.core.report.permissions import ADOPT, ANSWER, CONFIRM, OFFER, VIEW
from houvast.core.report.queries import NoChapter, chapter, years_with_text


def _address(actor: Actor, name: str, year: int) -> str:
    return reverse(f"report:{name}", args=[actor.organisation.slug, year])


def obstacles(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    """What this package knows: slots that cannot be read, sections without text, unchecked facts, open requirements."""
    try:
        made = chapter(actor.organisation, year)
    except NoChapter as error:
        return (Obstacle(str(error), _address(actor, "facts", year)),)
    missing = _missing(actor, year)
    return (*_of_text(actor, made), *_of_facts(actor, made), *missing)


def _of_text(actor: Actor, made: Chapter) -> Iterator[Obstacle]:
    slug, year = actor.organisation.slug, made.context.year
    for section in made.sections:
        for slot in section.slots:
            if slot.problem:
                url = reverse("report:edit", args=[slug, year, slot.slot])
                sentence = _("‘%(section)s’ kan niet worden gelezen: %(why)s") % {
                    "section": section.heading,
                    "why": slot.problem,
                }
                yield Obstacle(sentence, url, section.key)
        if not made.reads(section):
            slots = [*(one.slot for one in section.slots), *(one.slot for one in section.empty)]
            page = f"{reverse('report:chapter', args=[slug, year])}#{section.key}"
            url = reverse("report:edit", args=[slug, year, slots[0]]) if slots else page
            yield Obstacle(
                _("‘%(section)s’ heeft geen tekst.") % {"section": section.heading}, url, section.key
            )


def _of_facts(actor: Actor, made: Chapter) -> Iterator[Obstacle]:
    url = f"{_address(actor, 'facts', made.context.year)}?stand=open"
    for key in sorted(made.unchecked):
        yield Obstacle(
            _("Het feit ‘%(fact)s’ is nog niet door een ander gecontroleerd.")
            % {"fact": made.claims[key].label},
            url,
        )


def _missing(actor: Actor, year: int) -> tuple[Obstacle, ...]:
    page = _address(actor, "checklist", year)
    return tuple(
        Obstacle(
            _("De eis ‘%(name)s’ (%(source)s) is nog niet nagegaan.")
            % {"name": one.name, "source": one.source},
            f"{page}?eis={one.key}#eis",
        )
        for one in checklist(year)
        if one.blocks
    )


def tasks(actor: Actor) -> tuple[Task, ...]:
    """Adopting what was offered, going through the requirements, confirming corrections. At most eleven queries."""
    wants = [actor.may_write(ADOPT), actor.may_write(OFFER), actor.may_write(ANSWER)]
    waiting = tuple(_corrections(actor)) if actor.may_write(CONFIRM) else ()
    if not any(wants) or not (years := years_with_text()):
        return waiting
    year = years[0]
    standing = standing_of(year)
    found: list[Task] = []
    if actor.may_write(ADOPT) and standing.next_body and (standing.closed or standing.offered_sha256):
        body = _("het college") if standing.next_body == Body.COLLEGE else _("de raad")
        found.append(
            Task(
                label=_("Paragraaf Bedrijfsvoering %(year)s: vaststelling door %(body)s vastleggen")
                % {"year": year, "body": body},
                url=_address(actor, "adoption", year),
                act=_("Stel vast"),
                act_url=_address(actor, "adoption", year),
            )
        )
    if actor.may_write(ANSWER) and not standing.closed:
        missing = sum(one.missing for one in checklist(year))
        if missing:
            found.append(
                Task(
                    label=_("Eisen aan de paragraaf van %(year)s nagaan") % {"year": year},
                    url=_address(actor, "checklist", year),
                    detail=_("%(n)s nog open") % {"n": missing},
                    act=_("Ga de eisen na"),
                )
            )
    return (*found, *waiting)


def _corrections(actor: Actor) -> Iterator[Task]:
    rows = waiting_corrections().exclude(entered_by_id=actor.account_id)
    years = sorted(rows.values_list("edition__year", flat=True))
    for year in dict.fromkeys(years):
        yield Task(
            label=_("Correcties op de paragraaf van %(year)s bevestigen") % {"year": year},
            url=_address(actor, "corrections", year),
            detail=_("%(n)s van een ander") % {"n": years.count(year)},
            act=_("Beoordeel"),
        )


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The days of decisions; one query."""
    if not actor.may(VIEW):
        return ()
    rows = Adoption.objects.filter(decided_on__gte=start, decided_on__lt=until).select_related("edition")
    return tuple(
        Dated(
            key=f"report.adoption:{row.uid}",
            label=_("Paragraaf Bedrijfsvoering %(year)s vastgesteld door %(body)s")
            % {"year": row.edition.year, "body": Body(row.body).label},
            on=row.decided_on,
            url=_address(actor, "adoption", row.edition.year),
            kind=_("Besluit"),
        )
        for row in rows.order_by("decided_on", "pk")
    )
