"""Appointing people, ending and correcting appointments, and a team leader who leaves."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.http import Request
from houvast.core.people.models import Appointment
from houvast.modules.structure import actions, forms
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.organogram import snapshot
from houvast.modules.structure.views.changing import FormPage, address, respond


def _unit_of(request: Request, post_id: int) -> int | None:
    period = registers.visible_post_periods(request.actor).filter(post=post_id).last()
    return period.unit_id if period else None


def _values(appointment: Any) -> dict[str, Any]:
    return {
        "person_id": appointment.person_id,
        "acting": appointment.kind == Appointment.Kind.ACTING,
        "valid_from": appointment.valid_from,
        "valid_until": appointment.valid_until,
        "decision": appointment.decision,
    }


def appoint(request: Request, pk: int) -> HttpResponse:
    """Somebody on this post."""
    post = get_object_or_404(registers.visible_posts(request.actor), pk=pk)
    name = registers.name_of_post(post.pk)
    page = FormPage(
        title=_("Benoemen als %(name)s") % {"name": name},
        form=forms.Appoint,
        call=lambda actor, **data: actions.appoint(actor, post_id=pk, **data),
        back=address(request, "post", pk),
        of=name,
        done=_("De benoeming is vastgelegd."),
        submit=_("Benoem"),
        initial={"valid_from": timezone.localdate()},
        unit_id=_unit_of(request, pk),
    )
    return respond(request, page)


def end_appointment(request: Request, pk: int) -> HttpResponse:
    """Somebody leaves a post."""
    found = get_object_or_404(registers.visible_appointments(request.actor), pk=pk)
    page = FormPage(
        title=_("Benoeming van %(name)s beëindigen") % {"name": found.person.name},
        form=forms.End,
        call=lambda actor, **data: actions.end_appointment(actor, appointment_id=pk, **data),
        back=address(request, "post", found.post_id),
        of=registers.name_of_post(found.post_id),
        done=_("De benoeming is beëindigd."),
        submit=_("Beëindig"),
        danger=True,
        initial={"expected_version": found.version},
        stored=lambda: {"on": Appointment.objects.get(pk=pk).valid_until},
        unit_id=_unit_of(request, found.post_id),
    )
    return respond(request, page)


def end_leader(request: Request, pk: int) -> HttpResponse:
    """The team leader of a unit leaves."""
    unit = get_object_or_404(registers.visible_units(request.actor), pk=pk)
    nodes = snapshot(request.actor, timezone.localdate()).nodes
    leader = next((node.leader for node in nodes if node.unit_id == unit.pk), None)
    if leader is None:
        raise Http404
    held = get_object_or_404(registers.visible_appointments(request.actor), pk=leader.appointment_id)
    page = FormPage(
        title=_("%(name)s vertrekt als teamleider") % {"name": leader.name},
        lead=_("Vanaf die dag heeft het team geen teamleider, tot er iemand is benoemd."),
        form=forms.End,
        call=lambda actor, **data: actions.end_leader(actor, unit_id=pk, **data),
        back=address(request, "unit", pk),
        of=registers.names_of_units().get(pk, ""),
        done=_("Het vertrek is vastgelegd."),
        submit=_("Leg het vertrek vast"),
        danger=True,
        initial={"expected_version": held.version},
        stored=lambda: {"on": Appointment.objects.get(pk=held.pk).valid_until},
        unit_id=pk,
    )
    return respond(request, page)


def correct_appointment(request: Request, pk: int) -> HttpResponse:
    """The appointment was recorded wrongly."""
    found = get_object_or_404(registers.visible_appointments(request.actor), pk=pk)
    page = FormPage(
        title=_("Benoeming van %(name)s corrigeren") % {"name": found.person.name},
        lead=_("Wat er stond, blijft bewaard met het moment van de correctie."),
        form=forms.CorrectAppointment,
        call=lambda actor, **data: actions.correct_appointment(actor, appointment_id=pk, **data),
        back=address(request, "post", found.post_id),
        of=registers.name_of_post(found.post_id),
        done=_("De benoeming is gecorrigeerd."),
        submit=_("Corrigeer"),
        initial={**_values(found), "expected_version": found.version},
        stored=lambda: _values(Appointment.objects.get(pk=pk)),
        unit_id=_unit_of(request, found.post_id),
    )
    return respond(request, page)


def withdraw_appointment(request: Request, pk: int) -> HttpResponse:
    """The appointment was never made."""
    found = get_object_or_404(registers.visible_appointments(request.actor), pk=pk)
    page = FormPage(
        title=_("Benoeming van %(name)s intrekken") % {"name": found.person.name},
        lead=_("Alleen als deze benoeming er nooit is geweest. Vertrekt iemand, beëindig de benoeming dan."),
        form=forms.Confirm,
        call=lambda actor, **data: actions.withdraw_appointment(actor, appointment_id=pk, **data),
        back=address(request, "post", found.post_id),
        of=registers.name_of_post(found.post_id),
        done=_("De benoeming is ingetrokken."),
        submit=_("Trek in"),
        danger=True,
        initial={"expected_version": found.version},
        unit_id=_unit_of(request, found.post_id),
    )
    return respond(request, page)
