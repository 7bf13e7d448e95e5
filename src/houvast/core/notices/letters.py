"""The words of a mail: what kinds of things wait, with links. Never what stands in a record, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from houvast.core.notices.models import Notice
from houvast.core.notices.queries import kind_labels
from houvast.core.orgs.models import Organisation


@dataclass(frozen=True)
class Waiting:
    """How many tasks somebody has: late, due soon, and in all."""

    late: int = 0
    soon: int = 0
    all: int = 0


@dataclass(frozen=True)
class Line:
    """Something that a mail tells: what kind of thing, until when, and where to look."""

    label: str
    until: str
    url: str


@dataclass(frozen=True)
class Letter:
    """A mail as it will be sent."""

    subject: str
    text: str
    html: str


def address(path: str) -> str:
    """A page of the application as one can open it from a mail."""
    return f"{settings.PUBLIC_URL}{path}"


def letter(
    organisation: Organisation,
    language: str,
    notices: Sequence[Notice],
    waiting: Waiting = Waiting(),
) -> Letter:
    """A mail about these notices and tasks, in the reader's language for the screens."""
    with override(language or settings.LANGUAGE_CODE):
        labels = kind_labels()
        lines = tuple(_line(notice, str(labels.get(notice.kind, _("Melding")))) for notice in notices)
        given = {
            "organisation": organisation.full_name,
            "lines": lines,
            "tasks": _tasks(waiting),
            "day_url": address(reverse("my_day", args=[organisation.slug])),
            "preferences_url": address(reverse("notices:preferences", args=[organisation.slug])),
            "language": language or settings.LANGUAGE_CODE,
        }
        return Letter(
            _subject(organisation, lines, waiting),
            render_to_string("notices/mail.txt", given),
            render_to_string("notices/mail.html", given),
        )


def _line(notice: Notice, label: str) -> Line:
    return Line(label, _until(notice.due_on) if notice.due_on else "", address(notice.url))


def _until(day: date) -> str:
    return _("uiterlijk %(day)s") % {"day": date_format(day, "j F Y")}


def _subject(organisation: Organisation, lines: Sequence[Line], waiting: Waiting) -> str:
    if len(lines) == 1 and not waiting.all:
        return f"{organisation.full_name}: {lines[0].label}"
    told = []
    if lines:
        told.append(ngettext("%(n)s melding", "%(n)s meldingen", len(lines)) % {"n": len(lines)})
    if waiting.late:
        told.append(ngettext("%(n)s taak te laat", "%(n)s taken te laat", waiting.late) % {"n": waiting.late})
    if waiting.soon:
        told.append(
            ngettext("%(n)s taak deze week", "%(n)s taken deze week", waiting.soon) % {"n": waiting.soon}
        )
    return f"{organisation.full_name}: {', '.join(told)}"


def _tasks(waiting: Waiting) -> tuple[str, ...]:
    told = []
    if waiting.late:
        told.append(
            ngettext("%(n)s taak is te laat.", "%(n)s taken zijn te laat.", waiting.late)
            % {"n": waiting.late}
        )
    if waiting.soon:
        told.append(
            ngettext(
                "%(n)s taak moet binnen zeven dagen klaar zijn.",
                "%(n)s taken moeten binnen zeven dagen klaar zijn.",
                waiting.soon,
            )
            % {"n": waiting.soon}
        )
    return tuple(told)
