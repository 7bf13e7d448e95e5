"""The outgoing post of the organisation: what went, when, by which way, and what came back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.post import queries
from houvast.core.post.rules import Channel, DispatchState
from houvast.core.registry import modules
from houvast.core.ui.tables import Column, Kind, Table


def index(request: Request) -> HttpResponse:
    """Every piece, newest first, without addressee and subject: those are for who works on the record."""
    registers = {records.table: str(records.label) for module in modules() for records in module.records}
    table = Table(
        name=_("Uitgaande post"),
        columns=(
            Column(key="drafted_on", label=_("Opgesteld op"), kind=Kind.DATE, head=True, sortable=True),
            Column(key="subject_table", label=_("Bij"), choices=registers),
            Column(key="kind", label=_("Soort bericht")),
            Column(key="channel", label=_("Kanaal"), choices=_words(Channel.choices)),
            Column(key="state", label=_("Stand"), choices=_words(DispatchState.choices)),
            Column(key="dispatched_on", label=_("Verzonden op"), kind=Kind.DATE, sortable=True),
            Column(key="reference", label=_("Kenmerk")),
            Column(key="returned_on", label=_("Teruggekomen op"), kind=Kind.DATE),
        ),
        order="-drafted_on",
    )
    page = table.page(request, queries.all_post(request.actor), None)
    return page if isinstance(page, HttpResponse) else render(request, "post/index.html", {"page": page})


def _words(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {str(key): str(label) for key, label in choices}
