"""When the organisation reminds, and what was sent to whom."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.notices import actions, queries
from houvast.core.notices.forms import RuleForm
from houvast.core.notices.permissions import MANAGE
from houvast.core.notices.rules import BODY_KEPT, MessageState
from houvast.core.orgs.base import Conflict
from houvast.core.ui.markup import link
from houvast.core.ui.tables import Column, Kind, Table


def rules(request: Request) -> HttpResponse:
    """Every kind of reminder with its rule."""
    given = {
        "rules": queries.rules_for(request.actor),
        "may_change": request.actor.may_write(MANAGE),
    }
    return render(request, "notices/rules.html", given)


def rule(request: Request, kind: str) -> HttpResponse:
    """The rule of one kind."""
    found = _rule(request, kind)
    form, status, conflict = RuleForm(found, request.POST or None), 200, False
    if request.method == "POST":
        request.actor.require_write(MANAGE)
        status = 422
        if form.is_valid():
            try:
                actions.set_rule(request.actor, kind=kind, **form.asked())
            except actions.Refusal as refusal:
                form.add_error(None, str(refusal))
            except Conflict as stale:
                typed = {**request.POST.dict(), "version": str(stale.current.version)}
                form, status, conflict = RuleForm(_rule(request, kind), typed), 409, True
            else:
                notes.success(request, _("De regel is vastgelegd."))
                return redirect("notices:rules", request.actor.organisation.slug)
    given = {"form": form, "rule": found, "conflict": conflict}
    return render(request, "notices/rule.html", given, status=status)


def _rule(request: Request, kind: str) -> queries.Rule:
    for found in queries.rules_for(request.actor):
        if found.kind.key == kind:
            return found
    raise Http404


def messages(request: Request) -> HttpResponse:
    """Every message, newest first: to whom, what kind, how it stands."""
    slug = request.actor.organisation.slug
    labels = {key: str(label) for key, label in queries.kind_labels().items()} | {
        "summary": _("Samenvatting")
    }
    states = {str(key): str(label) for key, label in MessageState.choices}
    table = Table(
        name=_("Verzonden berichten"),
        columns=(
            Column(
                key="created_at",
                label=_("Gemaakt op"),
                kind=Kind.MOMENT,
                head=True,
                sortable=True,
            ),
            Column(key="person__name", label=_("Aan")),
            Column(key="kind", label=_("Soort"), choices=labels),
            Column(
                key="state",
                label=_("Stand"),
                needs=("uid",),
                render=lambda state, uid: link(_url(slug, uid), states.get(state, state)),
            ),
            Column(key="attempts", label=_("Pogingen"), kind=Kind.NUMBER),
            Column(key="error", label=_("Fout"), nullable=True),
        ),
        order="-created_at",
        exports=False,
    )
    page = table.page(request, queries.messages_for(request.actor), None)
    given = {"page": page, "has_server": bool(settings.MAIL_URL), "stuck": queries.stuck(timezone.now())}
    return render(request, "notices/messages.html", given)


def _url(slug: str, uid: object) -> str:

    return reverse("notices:message", args=[slug, uid])


def message(request: Request, uid: UUID) -> HttpResponse:
    """One message with its words, as long as they are kept; sending has one that failed tried again."""
    found = get_object_or_404(queries.messages_for(request.actor), uid=uid)
    if request.method == "POST":
        try:
            actions.send_again(request.actor, uid=uid, at=timezone.now())
        except actions.Refusal as refusal:
            notes.error(request, str(refusal))
        else:
            notes.success(request, _("Het bericht wordt binnen een minuut opnieuw geprobeerd."))
        return redirect(request.path)
    labels = {**queries.kind_labels(), "summary": _("Samenvatting")}
    given = {
        "message": found,
        "label": labels.get(found.kind, found.kind),
        "kept_days": BODY_KEPT.days,
        "may_send_again": found.state == MessageState.FAILED
        and found.text
        and request.actor.may_write(MANAGE),
    }
    return render(request, "notices/message.html", given)
