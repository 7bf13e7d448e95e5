"""The forms of the milestone of a version and of its evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.modules.structure import actions, forms
from houvast.modules.structure.models import Milestone, MilestoneEvidence
from houvast.modules.structure.queries import versions as queries
from houvast.modules.structure.views.changing import FormPage, address, respond

_FIELDS = ("kind", "title", "dated", "place", "manner", "meaning")


def add_milestone(request: Request, pk: int) -> HttpResponse:
    """The end of the way to this version."""
    found = get_object_or_404(queries.visible_versions(request.actor), pk=pk)
    page = FormPage(
        title=_("Mijlpaal vastleggen"),
        form=forms.MilestoneFields,
        call=lambda actor, **data: actions.add_milestone(actor, version_id=pk, **data),
        back=address(request, "version", found.pk),
        done=_("De mijlpaal is vastgelegd."),
        submit=_("Leg vast"),
        everywhere=True,
    )
    return respond(request, page)


def _page(request: Request, pk: int, **page: Any) -> HttpResponse:
    """A form about a milestone."""
    found = get_object_or_404(queries.visible_milestones(request.actor), pk=pk)
    call = page.pop("call")
    initial = page.pop("initial", lambda _found: {})(found)
    page.setdefault("lead", found.name)
    return respond(
        request,
        FormPage(
            **page,
            call=lambda actor, **data: call(actor, milestone_id=pk, **data),
            back=address(request, "version", found.version_of_id),
            initial={"expected_version": found.version, **initial},
            stored=lambda: vars(Milestone.objects.get(pk=pk)),
            everywhere=True,
        ),
    )


def change_milestone(request: Request, pk: int) -> HttpResponse:
    """Another name or day to aim for."""
    return _page(
        request,
        pk,
        title=_("Mijlpaal wijzigen"),
        form=forms.ChangeMilestone,
        call=actions.change_milestone,
        done=_("De mijlpaal is gewijzigd."),
        submit=_("Wijzig"),
        initial=lambda found: {"name": found.name, "due_on": found.due_on},
    )


def close_milestone(request: Request, pk: int) -> HttpResponse:
    """It was reached."""
    return _page(
        request,
        pk,
        title=_("Mijlpaal afsluiten"),
        form=forms.CloseMilestone,
        call=lambda actor, **data: actions.close_milestone(actor, today=timezone.localdate(), **data),
        done=_("De mijlpaal is afgesloten."),
        submit=_("Sluit af"),
        initial=lambda _found: {"on": timezone.localdate()},
    )


def reopen_milestone(request: Request, pk: int) -> HttpResponse:
    """It was not reached after all."""
    return _page(
        request,
        pk,
        title=_("Mijlpaal heropenen"),
        form=forms.Confirm,
        call=actions.reopen_milestone,
        done=_("De mijlpaal staat weer open."),
        submit=_("Heropen"),
    )


def add_evidence(request: Request, pk: int) -> HttpResponse:
    """An evaluation or a letter, with the words it supports."""
    found = get_object_or_404(queries.visible_milestones(request.actor), pk=pk)
    page = FormPage(
        title=_("Bewijsstuk vastleggen"),
        lead=_("Het telt mee zodra iemand anders heeft gecontroleerd dat het stuk deze woorden onderbouwt."),
        form=forms.EvidenceFields,
        call=lambda actor, **data: actions.add_evidence(
            actor, milestone_id=pk, today=timezone.localdate(), **data
        ),
        back=address(request, "version", found.version_of_id),
        done=_("Het bewijsstuk is vastgelegd. Iemand anders moet het nog controleren."),
        submit=_("Leg vast"),
        everywhere=True,
    )
    return respond(request, page)


def _evidence_page(request: Request, pk: int, **page: Any) -> HttpResponse:
    """A form about a piece of evidence."""
    found = get_object_or_404(queries.visible_evidence(request.actor), pk=pk)
    call = page.pop("call")
    initial = page.pop("initial", lambda _found: {})(found)
    lead = page.pop("lead", lambda found: found.title)(found)
    return respond(
        request,
        FormPage(
            **page,
            lead=lead,
            call=lambda actor, **data: call(actor, evidence_id=pk, **data),
            back=address(request, "version", found.milestone.version_of_id),
            initial={"expected_version": found.version, **initial},
            stored=lambda: vars(MilestoneEvidence.objects.get(pk=pk)),
            everywhere=True,
        ),
    )


def change_evidence(request: Request, pk: int) -> HttpResponse:
    """It was recorded otherwise; it must then be checked again."""
    return _evidence_page(
        request,
        pk,
        title=_("Bewijsstuk wijzigen"),
        lead=lambda _found: _("Na een wijziging moet iemand anders het stuk opnieuw controleren."),
        form=forms.ChangeEvidence,
        call=lambda actor, **data: actions.change_evidence(actor, today=timezone.localdate(), **data),
        done=_("Het bewijsstuk is gewijzigd. Iemand anders moet het opnieuw controleren."),
        submit=_("Wijzig"),
        initial=lambda found: {name: getattr(found, name) for name in _FIELDS},
    )


def _question(found: MilestoneEvidence) -> str:
    words = _("’ en ‘").join(word for word in (found.manner, found.meaning) if word)
    return _("Lees ‘{title}’ ({place}). Onderbouwt het stuk: ‘{words}’?").format(
        title=found.title, place=found.place, words=words
    )


def check_evidence(request: Request, pk: int) -> HttpResponse:
    """A second person confirms."""
    return _evidence_page(
        request,
        pk,
        title=_("Bewijsstuk controleren"),
        lead=_question,
        form=forms.Confirm,
        call=lambda actor, **data: actions.check_evidence(actor, at=timezone.now(), **data),
        done=_("Het bewijsstuk is gecontroleerd."),
        submit=_("Ja, het klopt"),
    )


def withdraw_evidence(request: Request, pk: int) -> HttpResponse:
    """It does not count any more."""
    return _evidence_page(
        request,
        pk,
        title=_("Bewijsstuk intrekken"),
        form=forms.Confirm,
        call=lambda actor, **data: actions.withdraw_evidence(actor, today=timezone.localdate(), **data),
        done=_("Het bewijsstuk is ingetrokken."),
        submit=_("Trek in"),
        danger=True,
    )
