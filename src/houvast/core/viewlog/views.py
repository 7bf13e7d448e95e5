"""The log of views on screen. Looking at it is a view as well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from houvast.core.audit.queries import account_labels, guest_name, people_by_uid, visitor_name
from houvast.core.http import Request
from houvast.core.registry import RecordName, modules
from houvast.core.ui import markup
from houvast.core.ui.tables import Column, Kind, Page, Table
from houvast.core.viewlog import queries
from houvast.core.viewlog.actions import note_look
from houvast.core.viewlog.forms import ViewsFilter
from houvast.core.viewlog.rules import Manner


class _Words:
    """What the rows of a page are called; filled when the page is there, in as many queries for one as for all."""

    def __init__(self, request: Request) -> None:
        self.actor = request.actor
        self.people: dict[str, str] = {}
        self.accounts: dict[int, str] = {}
        self.records: dict[str, RecordName] = {}
        self.labels = {
            records.table: str(records.label) for module in modules() for records in module.records
        }

    def who(self, uid: str, account_id: int | None, home: str) -> str:
        if account_id is None:
            return visitor_name()
        return self.people.get(uid) or guest_name(self.accounts.get(account_id, ""), home)

    def record(self, uid: UUID | None, table: str) -> Any:
        if uid is None:
            return _("Het hele inzagelog")
        label = self.labels.get(table, table)
        if (known := self.records.get(str(uid))) is None:
            return markup.two_lines(label, uid)
        return markup.link(known.url, known.label, label) if known.url else known.label

    def read(self, table: Table, page: Page) -> None:
        at = {
            name: table.fetched.index(name)
            for name in ("actor_uid", "account_id", "subject_uid", "subject_table")
        }
        self.people |= people_by_uid(row[at["actor_uid"]] for row in page.rows)
        self.accounts |= account_labels(
            row[at["account_id"]] for row in page.rows if not row[at["actor_uid"]]
        )
        asked: dict[str, set[str]] = {}
        for row in page.rows:
            asked.setdefault(row[at["subject_table"]], set()).add(str(row[at["subject_uid"]]))
        for module in modules():
            for records in module.records:
                if records.sensitive:
                    self.records |= records.named(self.actor, asked.get(records.table, set()) - {"None"})


@require_safe
def index(request: Request) -> HttpResponse:
    """Who saw what, newest first: of one record, by a person, between two days."""
    words = _Words(request)
    table = Table(
        name=_("Inzagelog"),
        columns=(
            Column(key="at", label=_("Moment"), kind=Kind.MOMENT),
            Column(
                key="actor_uid",
                label=_("Wie"),
                needs=("account_id", "home__name"),
                render=words.who,
                head=True,
            ),
            Column(key="subject_uid", label=_("Stuk"), needs=("subject_table",), render=words.record),
            Column(
                key="manner", label=_("Hoe"), choices={value: str(label) for value, label in Manner.choices}
            ),
            Column(key="id", label=_("Nummer"), sortable=True, minor=True),
        ),
        order="-id",
        exports=False,
    )
    form = ViewsFilter(request.GET)
    page = table.page(request, queries.views(request.actor), form)
    words.read(table, page)
    subject: UUID | None = form.cleaned_data.get("stuk") if form.is_valid() else None
    given = {
        "page": page,
        "subject": words.records.get(str(subject), subject) if subject else None,
        "seen": queries.seen(subject) if subject else None,
    }
    response = render(request, "viewlog/index.html", given)
    note_look(request.actor, "viewlog.viewentry", subject)
    return response
