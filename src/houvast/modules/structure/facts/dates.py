"""The dates of the structure in the calendar: appointments, versions, transition actions, milestones, absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.registry import Dated
from houvast.modules.structure import permissions
from houvast.modules.structure.queries import registers, versions

DAY = timedelta(days=1)


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """What begins, ends or falls due on a day from `start` up to `until`; eight queries."""
    if not actor.may(permissions.VIEW):
        return ()
    found = (_appointments, _versions, _transition_actions, _milestones, _absences)
    return tuple(dated for of_kind in found for dated in of_kind(actor, start, until))


def _appointments(actor: Actor, start: date, until: date) -> Iterator[Dated]:
    begins = Q(valid_from__gte=start, valid_from__lt=until)
    # The day that is told is the last one held, a day before the exclusive end.
    ends = Q(valid_until__gt=start, valid_until__lte=until)
    rows = list(registers.visible_appointments(actor).filter(begins | ends))
    posts = registers.names_of_posts()
    for row in rows:
        url = _page(actor, "person", row.person_id)
        about = f"{row.person.name}: {posts.get(row.post_id, row.post.code)}"
        if start <= row.valid_from < until:
            yield Dated(
                f"structure.appointment_start:{row.uid}",
                _("Benoeming gaat in"),
                row.valid_from,
                url,
                _("Begin van een benoeming"),
                about=about,
                version=row.version,
            )
        if row.valid_until is not None and start < row.valid_until <= until:
            yield Dated(
                f"structure.appointment_end:{row.uid}",
                _("Laatste dag van een benoeming"),
                row.valid_until - DAY,
                url,
                _("Einde van een benoeming"),
                about=about,
                version=row.version,
            )


def _versions(actor: Actor, start: date, until: date) -> Iterator[Dated]:
    rows = versions.visible_versions(actor).filter(
        withdrawn_on__isnull=True, effective_on__gte=start, effective_on__lt=until
    )
    for row in rows:
        yield Dated(
            f"structure.version:{row.uid}",
            _("Structuurversie gaat in"),
            row.effective_on,
            _page(actor, "version", row.pk),
            _("Structuurversie"),
            about=row.name,
            version=row.version,
        )


def _transition_actions(actor: Actor, start: date, until: date) -> Iterator[Dated]:
    for row in versions.open_actions_of_all(actor).filter(due_on__gte=start, due_on__lt=until):
        yield Dated(
            f"structure.transition_action:{row.uid}",
            _("Overgangsactie uiterlijk gereed"),
            row.due_on,
            _page(actor, "version", row.version_of_id),
            _("Overgangsactie"),
            about=row.what,
            version=row.version,
        )


def _milestones(actor: Actor, start: date, until: date) -> Iterator[Dated]:
    rows = versions.visible_milestones(actor).filter(
        closed_on__isnull=True,
        version_of__withdrawn_on__isnull=True,
        due_on__gte=start,
        due_on__lt=until,
    )
    for row in rows:
        yield Dated(
            f"structure.milestone:{row.uid}",
            _("Streefdag van een mijlpaal"),
            row.due_on,
            _page(actor, "version", row.version_of_id),
            _("Mijlpaal"),
            about=row.name,
            version=row.version,
        )


def _absences(actor: Actor, start: date, until: date) -> Iterator[Dated]:
    """Who may change the structure sees everybody's; anybody else sees one's own."""
    rows: QuerySet[Any] = registers.visible_absences(actor).filter(valid_from__lt=until)
    rows = rows.filter(Q(valid_until__gt=start) | Q(valid_until__isnull=True, valid_from__gte=start))
    if not versions.may_change_versions(actor):
        rows = rows.filter(person_id=actor.person_id)
    for row in rows:
        yield Dated(
            f"structure.absence:{row.uid}",
            _("Afwezig"),
            row.valid_from,
            _page(actor, "person", row.person_id),
            _("Afwezigheid"),
            until=row.valid_until,
            about=row.person.name,
            version=row.version,
        )


def _page(actor: Actor, name: str, pk: int) -> str:
    return reverse(f"structure:{name}", args=[actor.organisation.slug, pk])
