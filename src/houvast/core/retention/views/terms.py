"""The overview of classes, lists and holds, and another term for a class."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.http import Request
from houvast.core.registry import RecordName
from houvast.core.retention import actions, forms, permissions, queries
from houvast.core.retention.models import Hold
from houvast.core.ui.form_page import FormPage, respond


def home_of(request: Request) -> str:
    """The address of the overview."""
    return reverse("retention:index", args=[request.actor.organisation.slug])


def index(request: Request) -> HttpResponse:
    """Per class what is due and when the next is; the lists, the certificates and the holds."""
    today, actor = timezone.localdate(), request.actor
    states = queries.overview(actor, today)
    known = {one.key: str(one.label) for one in queries.declared()}
    holds = list(queries.holds(actor)[:100])
    called = queries.names(
        actor, [(row.subject_table, row.subject_uid) for row in holds if row.subject_uid is not None]
    )
    given = {
        "states": states,
        "today": today,
        "lists": list(queries.lists(actor)[:50]),
        "certificates": list(queries.certificates(actor)[:50]),
        "holds": [
            (row, *_held(row, known, called), row.valid_until is None or row.valid_until > today)
            for row in holds
        ],
        "may_manage": actor.may_write(permissions.MANAGE),
        "due": sum(one.due for one in states),
    }
    return render(request, "retention/index.html", given)


def _held(row: Hold, known: dict[str, str], called: dict[UUID, RecordName]) -> tuple[str, str]:
    """What a hold holds, and its address: a class, a record, or a record that the reader may not see."""
    if row.subject_uid is None:
        return known.get(row.retention_class, ""), ""
    if name := called.get(row.subject_uid):
        return str(name.label), name.url
    return _("Een stuk uit: %(register)s") % {"register": queries.register_label(row.subject_table)}, ""


def deviate(request: Request, class_key: str) -> HttpResponse:
    """Another term for a class, from a day on."""
    request.actor.require_write(permissions.MANAGE)
    try:
        one = queries.declaration(class_key)
    except queries.UnknownClass:
        raise Http404 from None
    if one.rows is None:
        raise Http404
    page = FormPage(
        title=_("Bewaartermijn van %(name)s") % {"name": one.label},
        lead=_("Zonder besluit geldt: %(term)s. %(source)s.")
        % {"term": term_words(one.years), "source": one.source},
        submit=_("Leg vast"),
        done=_("De bewaartermijn is vastgelegd."),
        form=forms.DeviationForm,
        call=partial(actions.deviate, key=class_key, at=timezone.now()),
        initial={"valid_from": timezone.localdate()},
        **overview(request),
    )
    return respond(request, page)


def overview(request: Request) -> dict[str, Any]:
    """Where the forms of the overview lead back to."""
    return {"back": home_of(request), "of": _("Bewaren en vernietigen")}


def term_words(years: int | None) -> str:
    """`5 jaar`, or for ever."""
    if years is None:
        return _("blijvend")
    return ngettext("%(years)s jaar", "%(years)s jaar", years) % {"years": years}
