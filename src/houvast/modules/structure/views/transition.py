"""The forms of transition actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.modules.structure import actions, forms
from houvast.modules.structure.models import TransitionAction
from houvast.modules.structure.queries import versions as queries
from houvast.modules.structure.views.changing import FormPage, address, respond

_FIELDS = ("what", "owner_post_id", "owner_person_id", "agreed_on", "due_on")


def add_transition_action(request: Request, pk: int) -> HttpResponse:
    """Something that must be done for this version."""
    found = get_object_or_404(queries.visible_versions(request.actor), pk=pk)
    today = timezone.localdate()
    page = FormPage(
        title=_("Overgangsactie toevoegen"),
        lead=_("Zolang een actie openstaat, is de structuur niet doorgevoerd."),
        form=forms.AddTransition,
        call=lambda actor, **data: actions.add_transition_action(actor, version_id=pk, today=today, **data),
        back=address(request, "version", found.pk),
        done=_("De actie is toegevoegd."),
        submit=_("Voeg toe"),
        initial={"agreed_on": today},
        everywhere=True,
    )
    return respond(request, page)


def _page(request: Request, pk: int, **page: Any) -> HttpResponse:
    """A form about an action; the page goes back to its version."""
    found = get_object_or_404(queries.visible_transition_actions(request.actor), pk=pk)
    call = page.pop("call")
    initial = page.pop("initial", lambda _found: {})(found)
    page.setdefault("lead", found.what)
    return respond(
        request,
        FormPage(
            **page,
            call=lambda actor, **data: call(actor, action_id=pk, **data),
            back=address(request, "version", found.version_of_id),
            initial={"expected_version": found.version, **initial},
            stored=lambda: vars(TransitionAction.objects.get(pk=pk)),
            everywhere=True,
            is_own=page.get("form") is forms.FinishTransition
            and queries.is_owner(request.actor, found, timezone.localdate()),
        ),
    )


def change_transition_action(request: Request, pk: int) -> HttpResponse:
    """What, who or when is otherwise."""
    return _page(
        request,
        pk,
        title=_("Overgangsactie wijzigen"),
        lead="",
        form=forms.ChangeTransition,
        call=lambda actor, **data: actions.change_transition_action(
            actor, today=timezone.localdate(), **data
        ),
        done=_("De actie is gewijzigd."),
        submit=_("Wijzig"),
        initial=lambda found: {name: getattr(found, name) for name in _FIELDS},
    )


def finish_transition_action(request: Request, pk: int) -> HttpResponse:
    """It is done: for who may change the structure, and for its owner."""
    return _page(
        request,
        pk,
        title=_("Actie gereedmelden"),
        form=forms.FinishTransition,
        call=lambda actor, **data: actions.finish_transition_action(
            actor, today=timezone.localdate(), **data
        ),
        done=_("De actie is gereed."),
        submit=_("Meld gereed"),
        initial=lambda _found: {"on": timezone.localdate()},
    )


def lapse_transition_action(request: Request, pk: int) -> HttpResponse:
    """It need not be done any more."""
    return _page(
        request,
        pk,
        title=_("Actie laten vervallen"),
        form=forms.LapseTransition,
        call=lambda actor, **data: actions.lapse_transition_action(actor, today=timezone.localdate(), **data),
        done=_("De actie is vervallen."),
        submit=_("Laat vervallen"),
        initial=lambda _found: {"on": timezone.localdate()},
    )


def reopen_transition_action(request: Request, pk: int) -> HttpResponse:
    """It was not done after all."""
    return _page(
        request,
        pk,
        title=_("Actie heropenen"),
        form=forms.Confirm,
        call=actions.reopen_transition_action,
        done=_("De actie staat weer open."),
        submit=_("Heropen"),
    )
