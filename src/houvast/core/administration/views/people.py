"""People, who signs in as them, and their roles."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.administration import actions, queries
from houvast.core.administration.forms import EmailForm, EndForm, PeopleFilter, PersonForm, RoleForm
from houvast.core.administration.rules import require_everywhere
from houvast.core.audit.queries import history
from houvast.core.http import Request
from houvast.core.people.models import Person
from houvast.core.ui.form_page import FormPage, respond
from houvast.core.ui.markup import link
from houvast.core.ui.tables import Column, Table


def _person_url(request: Request, pk: int) -> str:
    return reverse("administration:person", args=[request.actor.organisation.slug, pk])


def index(request: Request) -> HttpResponse:
    """Everybody, with the account and the roles of today."""
    held: dict[int, list[str]] = {}
    table = Table(
        name=_("Mensen"),
        columns=(
            Column(
                key="name",
                label=_("Naam"),
                sortable=True,
                head=True,
                needs=("pk",),
                render=lambda name, pk: link(_person_url(request, pk), name),
            ),
            Column(key="account__email", label=_("Meldt zich aan als"), nullable=True),
            Column(key="id", label=_("Rollen vandaag"), render=lambda pk: ", ".join(held.get(pk, ["–"]))),
        ),
        order="name",
        exports=False,
    )
    page = table.page(request, queries.people(request.actor), PeopleFilter(request.GET))
    at = table.fetched.index("id")
    held |= queries.roles_held((row[at] for row in page.rows), timezone.localdate())
    return render(request, "administration/people.html", {"page": page})


def add(request: Request) -> HttpResponse:
    """A new person."""
    page = FormPage(
        title=_("Nieuwe persoon"),
        lead=_("Wie niet in deze lijst staat, kan geen rol krijgen en zich hier niet aanmelden."),
        submit=_("Voeg toe"),
        done=_("De persoon is toegevoegd."),
        form=PersonForm,
        call=actions.add_person,
        require=require_everywhere,
        back=reverse("administration:people", args=[request.actor.organisation.slug]),
        of=_("Mensen en rollen"),
    )
    return respond(request, page)


def show(request: Request, pk: int) -> HttpResponse:
    """One person: account, roles, and what happened."""
    person = get_object_or_404(queries.people(request.actor), pk=pk)
    today = timezone.localdate()
    units = queries.unit_names(today)
    rows = [
        (row, units.get(row.unit_id or 0, row.unit.code if row.unit else ""), _state(row, today))
        for row in queries.assignments(request.actor).filter(person=person)
    ]
    given = {"person": person, "rows": rows, "history": history(person)}
    return render(request, "administration/person.html", given)


def _state(row: Any, today: Any) -> tuple[str, str]:
    if row.valid_from > today:
        return "info", _("Gaat nog in")
    if row.valid_until is not None and row.valid_until <= today:
        return "rust", _("Voorbij")
    return "goed", _("Geldt nu")


def account(request: Request, pk: int) -> HttpResponse:
    """Who signs in as the person."""
    person = get_object_or_404(queries.people(request.actor), pk=pk)
    page = FormPage(
        title=_("Account van %(name)s") % {"name": person.name},
        lead=_("Een nieuw adres krijgt een account zonder wachtwoord; de eigenaar vraagt er zelf een aan."),
        submit=_("Koppel"),
        done=_("Het account is gewijzigd."),
        form=EmailForm,
        call=partial(actions.link_email, person_id=pk),
        stored=lambda: {"email": _email(queries.people(request.actor).get(pk=pk))},
        initial={"email": _email(person), "expected_version": person.version},
        **_of(request, person),
    )
    return respond(request, page)


def _email(person: Person) -> str:
    return person.account.email if person.account else ""


def _of(request: Request, person: Person) -> dict[str, Any]:
    return {"back": _person_url(request, person.pk), "of": person.name}


def assign(request: Request, pk: int) -> HttpResponse:
    """A role for the person."""
    person = get_object_or_404(queries.people(request.actor), pk=pk)
    today = timezone.localdate()
    page = FormPage(
        title=_("Rol voor %(name)s") % {"name": person.name},
        lead=_("Rollen tellen op: wie er twee heeft, mag wat in elk van beide mag."),
        submit=_("Ken toe"),
        done=_("De rol is toegekend."),
        form=partial(RoleForm, units=queries.unit_names(today)),
        call=partial(actions.assign_role, person=person),
        initial={"valid_from": today},
        **_of(request, person),
    )
    return respond(request, page)


def end(request: Request, pk: int) -> HttpResponse:
    """The end of a role."""
    row = get_object_or_404(queries.assignments(request.actor), pk=pk)
    called = {"role": row.role.label, "name": row.person.name}
    page = FormPage(
        title=_("Rol %(role)s van %(name)s beëindigen") % called,
        lead=_("Wat er met deze rol is gedaan, blijft in het logboek staan."),
        submit=_("Beëindig"),
        done=_("De rol is beëindigd."),
        form=partial(EndForm, row=row),
        call=partial(actions.end_role, assignment_id=pk),
        stored=lambda: {"valid_until": queries.assignments(request.actor).get(pk=pk).valid_until},
        initial={"valid_until": row.valid_until or timezone.localdate(), "expected_version": row.version},
        **_of(request, row.person),
    )
    return respond(request, page)
