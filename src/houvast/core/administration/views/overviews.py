"""Who may what, and what was done."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.administration import queries
from houvast.core.administration.forms import DayForm, TrailFilter
from houvast.core.audit.actions import CHANGED
from houvast.core.audit.queries import account_labels, guest_name, people_by_uid
from houvast.core.http import Request
from houvast.core.registry import action_labels
from houvast.core.ui.tables import Column, Kind, Table


def rights(request: Request) -> HttpResponse:
    """For every permission who holds it, on a day that can be chosen."""
    form = DayForm(request.GET or None, initial={"dag": timezone.localdate()})
    day = timezone.localdate()
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["dag"] or day
    given = {"groups": queries.rights(request.actor, day), "day": day, "form": form}
    return render(request, "administration/rights.html", given)


def trail(request: Request) -> HttpResponse:
    """The trail, newest first, a hundred entries a page."""
    names: dict[str, str] = {}
    labels: dict[int, str] = {}

    def who(uid: str, account_id: int | None, home: str) -> str:
        if account_id is None:
            return _("Systeem")
        return names.get(uid) or guest_name(labels.get(account_id, ""), home)

    table = Table(
        name=_("Logboek"),
        columns=(
            Column(key="number", label=_("Nummer"), kind=Kind.NUMBER, head=True),
            Column(key="at", label=_("Moment"), kind=Kind.MOMENT),
            Column(
                key="action",
                label=_("Handeling"),
                choices={key: str(label) for key, label in action_labels().items()},
            ),
            Column(key="actor_uid", label=_("Door"), needs=("account_id", "home__name"), render=who),
            Column(key="table", label=_("Register")),
            Column(key="changes", label=_("Wijzigingen"), needs=("table",), render=_changes),
        ),
        order="-number",
        size=100,
        exports=False,
    )
    page = table.page(request, queries.trail(request.actor), TrailFilter(request.GET))
    uid, account = map(table.fetched.index, ("actor_uid", "account_id"))
    names |= people_by_uid(row[uid] for row in page.rows)
    labels |= account_labels(row[account] for row in page.rows if not row[uid])
    return render(request, "administration/trail.html", {"page": page})


def _changes(changes: dict[str, Any], table: str) -> str:
    return "; ".join(f"{_field(table, name)}: {_shown(value)}" for name, value in changes.items())


def _field(table: str, name: str) -> str:
    """What a field is called on screen; a change that is no field keeps its own name."""
    try:
        return str(getattr(apps.get_model(table)._meta.get_field(name), "verbose_name", name))
    except (LookupError, FieldDoesNotExist):
        return name


def _shown(value: Any) -> str:
    match value:
        case None | "":
            return "–"
        case str() if value == CHANGED:
            return _("gewijzigd")
        case bool():
            return _("ja") if value else _("nee")
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
