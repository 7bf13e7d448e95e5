"""The overview of classes, lists and holds, and another term for a class."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.administration.views.common import answer
from houvast.core.http import Request
from houvast.core.retention import actions, forms, permissions, queries


def home_of(request: Request) -> str:
    """The address of the overview."""
    return reverse("retention:index", args=[request.actor.organisation.slug])


def index(request: Request) -> HttpResponse:
    """Per class what is due and when the next is; the lists, the certificates and the holds."""
    today, actor = timezone.localdate(), request.actor
    states = queries.overview(actor, today)
    known = {one.key: one.label for one in queries.declared()}
    holds = [
        (row, known.get(row.retention_class, ""), row.valid_until is None or row.valid_until > today)
        for row in queries.holds(actor)[:100]
    ]
    called = queries.names(
        actor, [(row.subject_table, row.subject_uid) for row, *_rest in holds if row.subject_uid]
    )
    given = {
        "states": states,
        "today": today,
        "lists": list(queries.lists(actor)[:50]),
        "certificates": list(queries.certificates(actor)[:50]),
        "holds": [(*one, one[0].subject_uid and called.get(one[0].subject_uid)) for one in holds],
        "may_manage": actor.may_write(permissions.MANAGE),
        "due": sum(one.due for one in states),
    }
    return render(request, "retention/index.html", given)


def deviate(request: Request, class_key: str) -> HttpResponse:
    """Another term for a class, from a day on."""
    request.actor.require_write(permissions.MANAGE)
    try:
        one = queries.declaration(class_key)
    except queries.UnknownClass:
        raise Http404 from None
    if one.rows is None:
        raise Http404
    return answer(
        request,
        forms.DeviationForm,
        lambda form: actions.deviate(
            request.actor,
            key=class_key,
            years=form.cleaned_data["years"],
            decision=form.cleaned_data["decision"],
            valid_from=form.cleaned_data["valid_from"],
            at=timezone.now(),
        ),
        words={
            "title": _("Bewaartermijn van %(name)s") % {"name": one.label},
            "lead": _("Zonder besluit geldt: %(term)s. %(source)s.")
            % {"term": term_words(one.years), "source": one.source},
            "submit": _("Leg vast"),
            "done": _("De bewaartermijn is vastgelegd."),
        },
        back=home_of(request),
        of=_("Bewaren en vernietigen"),
        initial={"valid_from": timezone.localdate()},
    )


def term_words(years: int | None) -> str:
    """`5 jaar`, or for ever."""
    if years is None:
        return _("blijvend")
    return ngettext("%(years)s jaar", "%(years)s jaar", years) % {"years": years}
