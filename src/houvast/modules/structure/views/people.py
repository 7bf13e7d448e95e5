"""People: the list, a person's page, deputies and absences."""

from __future__ import annotations

from django import forms as django_forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.http import Request
from houvast.core.people.models import Absence, Deputy
from houvast.core.ui.markup import link
from houvast.core.ui.tables import Column, FilterForm, Table
from houvast.modules.structure import actions, forms
from houvast.modules.structure.queries import registers
from houvast.modules.structure.queries.history import history
from houvast.modules.structure.views.changing import FormPage, address, asked_day, may_change, respond
from houvast.modules.structure.views.labels import told


class PeopleFilters(FilterForm):
    """Find somebody by name, function or unit, as of a day."""

    q = django_forms.CharField(label=gettext_lazy("Naam, functie of onderdeel"), required=False)

    def apply(self, queryset: QuerySet) -> QuerySet:  # type: ignore[type-arg]  # annotated rows
        """Everybody whose name, function or unit holds what was typed."""
        typed = self.cleaned_data.get("q")
        if not typed:
            return queryset
        return queryset.filter(
            Q(name__icontains=typed) | Q(function__icontains=typed) | Q(unit__icontains=typed)
        )


def _table(slug: str) -> Table:
    def person_link(name: str, pk: int) -> str:
        return link(reverse("structure:person", args=[slug, pk]), name)

    return Table(
        name=_("Medewerkers"),
        columns=(
            Column(key="name", label=_("Naam"), sortable=True, head=True, render=person_link, needs=("pk",)),
            Column(key="function", label=_("Functie")),
            Column(key="unit", label=_("Onderdeel")),
            Column(key="posts", label=_("Plaatsen"), sortable=True, nullable=False, minor=True),
        ),
        order="name",
    )


def people(request: Request) -> HttpResponse:
    """Everybody, with the function they have on a day."""
    _form, day = asked_day(request)
    rows = registers.people_with_functions(request.actor, day)
    filters = PeopleFilters(request.GET) if request.GET.get("q") else PeopleFilters()
    found = _table(request.actor.organisation.slug).respond(request, rows, filters)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "structure/people.html", {"page": found, "may_change": may_change(request)})


def person(request: Request, pk: int) -> HttpResponse:
    """Posts held, who stands in, when away."""
    found = get_object_or_404(registers.visible_people(request.actor), pk=pk)
    given = {
        "page": registers.person_page(request.actor, found),
        "history": told(history(request.actor, found)),
        "may_change": may_change(request),
    }
    return render(request, "structure/person.html", given)


def add_person(request: Request) -> HttpResponse:
    """Somebody new."""
    page = FormPage(
        title=_("Medewerker toevoegen"),
        form=forms.AddPerson,
        call=actions.add_person,
        back=address(request, "people"),
        of=_("Medewerkers"),
        done=_("De medewerker is toegevoegd."),
        submit=_("Voeg toe"),
    )
    return respond(request, page)


def set_deputy(request: Request, pk: int) -> HttpResponse:
    """Who stands in for this person."""
    found = get_object_or_404(registers.visible_people(request.actor), pk=pk)
    page = FormPage(
        title=_("Vervanger van %(name)s") % {"name": found.name},
        form=forms.SetDeputy,
        call=lambda actor, **data: actions.set_deputy(actor, person_id=pk, **data),
        back=address(request, "person", pk),
        of=found.name,
        done=_("De vervanger is vastgelegd."),
        submit=_("Leg vast"),
        initial={"valid_from": timezone.localdate()},
    )
    return respond(request, page)


def register_absence(request: Request, pk: int) -> HttpResponse:
    """When this person is away."""
    found = get_object_or_404(registers.visible_people(request.actor), pk=pk)
    page = FormPage(
        title=_("Afwezigheid van %(name)s") % {"name": found.name},
        lead=_("Alleen data. Een reden wordt nergens vastgelegd."),
        form=forms.RegisterAbsence,
        call=lambda actor, **data: actions.register_absence(actor, person_id=pk, **data),
        back=address(request, "person", pk),
        of=found.name,
        done=_("De afwezigheid is vastgelegd."),
        submit=_("Leg vast"),
        initial={"valid_from": timezone.localdate()},
    )
    return respond(request, page)


def end_deputy(request: Request, pk: int) -> HttpResponse:
    """Somebody no longer stands in."""
    found = get_object_or_404(registers.visible_deputies(request.actor), pk=pk)
    page = FormPage(
        title=_("Vervanging door %(name)s beëindigen") % {"name": found.deputy.name},
        form=forms.End,
        call=lambda actor, **data: actions.end_deputy(actor, deputy_id=pk, **data),
        back=address(request, "person", found.person_id),
        of=found.person.name,
        done=_("De vervanging is beëindigd."),
        submit=_("Beëindig"),
        danger=True,
        initial={"expected_version": found.version},
        stored=lambda: {"on": Deputy.objects.get(pk=pk).valid_until},
    )
    return respond(request, page)


def end_absence(request: Request, pk: int) -> HttpResponse:
    """Somebody is back."""
    found = get_object_or_404(registers.visible_absences(request.actor), pk=pk)
    page = FormPage(
        title=_("%(name)s is weer aanwezig") % {"name": found.person.name},
        form=forms.End,
        call=lambda actor, **data: actions.end_absence(actor, absence_id=pk, **data),
        back=address(request, "person", found.person_id),
        of=found.person.name,
        done=_("De afwezigheid is beëindigd."),
        submit=_("Leg vast"),
        initial={"expected_version": found.version},
        stored=lambda: {"on": Absence.objects.get(pk=pk).valid_until},
    )
    return respond(request, page)
