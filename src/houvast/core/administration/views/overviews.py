"""Who may what, and what was done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.administration import queries
from houvast.core.administration.forms import DayForm, TrailFilter
from houvast.core.administration.wording import Wording
from houvast.core.audit.actions import PUBLIC
from houvast.core.audit.queries import account_labels, guest_name, people_by_uid, visitor_name
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
    """The trail in words, newest first, a hundred entries a page."""
    names: dict[str, str] = {}
    labels: dict[int, str] = {}
    wording = Wording(request.actor)

    def who(uid: str, account_id: int | None, home: str, origin: str) -> str:
        if account_id is None:
            return visitor_name() if origin == PUBLIC else _("Systeem")
        return names.get(uid) or guest_name(labels.get(account_id, ""), home)

    table = Table(
        name=_("Logboek"),
        columns=(
            Column(key="number", label=_("Nummer"), kind=Kind.NUMBER, head=True, sortable=True),
            Column(key="at", label=_("Moment"), kind=Kind.MOMENT),
            Column(
                key="action",
                label=_("Handeling"),
                choices={key: str(label) for key, label in action_labels().items()},
            ),
            Column(
                key="actor_uid", label=_("Door"), needs=("account_id", "home__name", "origin"), render=who
            ),
            Column(
                key="table",
                label=_("Waarover"),
                needs=("subject_uid",),
                render=wording.record,
            ),
            Column(
                key="changes",
                label=_("Wijzigingen"),
                needs=("table",),
                wide=True,
                render=wording.changes,
            ),
        ),
        order="-number",
        size=100,
        exports=False,
    )
    page = table.page(request, queries.trail(request.actor), TrailFilter(request.GET))
    at = {
        name: table.fetched.index(name)
        for name in ("actor_uid", "account_id", "table", "subject_uid", "changes")
    }
    names |= people_by_uid(row[at["actor_uid"]] for row in page.rows)
    labels |= account_labels(row[at["account_id"]] for row in page.rows if not row[at["actor_uid"]])
    entries = ((row[at["table"]], row[at["subject_uid"]], row[at["changes"]]) for row in page.rows)
    wording.read(entries)
    return render(request, "administration/trail.html", {"page": page})
