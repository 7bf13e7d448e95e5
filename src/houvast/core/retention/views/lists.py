"""A destruction list: making, looking at, putting forward, deciding, and the certificate."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.access.actor import Actor
from houvast.core.audit.queries import account_labels, history
from houvast.core.http import Request
from houvast.core.retention import actions, forms, permissions, queries
from houvast.core.retention.models import DestructionItem, DestructionList
from houvast.core.retention.rules import ListStatus, Manner, Result
from houvast.core.retention.views.terms import overview
from houvast.core.ui import markup
from houvast.core.ui.form_page import FormPage, respond
from houvast.core.ui.markup import Badge, Tone
from houvast.core.ui.tables import Column, Kind, Table

STATUS_TONES: dict[Any, Tone] = {
    ListStatus.DRAFT: "let-op",
    ListStatus.PROPOSED: "let-op",
    ListStatus.APPROVED: "info",
    ListStatus.EXECUTED: "goed",
}


def page_of(request: Request, pk: int) -> str:
    """The address of a list."""
    return reverse("retention:list", args=[request.actor.organisation.slug, pk])


def make(request: Request) -> HttpResponse:
    """A list of what is due on a day."""
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Nieuwe vernietigingslijst"),
        lead=_("Op de lijst komt wat op die dag aan de beurt is. Er wordt nog niets vernietigd."),
        submit=_("Maak de lijst"),
        done=_("De lijst is gemaakt. Bekijk haar en leg haar voor."),
        form=forms.ListForm,
        call=partial(actions.make_list, today=timezone.localdate()),
        after=lambda made: page_of(request, made.pk),
        initial={"day": timezone.localdate()},
        **overview(request),
    )
    return respond(request, page)


def _found(request: Request, pk: int) -> DestructionList:
    return get_object_or_404(queries.lists(request.actor).select_related("proposed_by", "decided_by"), pk=pk)


def _table(request: Request, found: DestructionList, called: dict[Any, Any]) -> Table:
    """The records on the list; those that can be left out lead to the page where that is done."""
    slug = request.actor.organisation.slug
    classes = {one.key: str(one.label) for one in queries.declared()}
    can_exclude = found.status == ListStatus.DRAFT and request.actor.may_write(permissions.MANAGE)

    def name(uid: Any) -> Any:
        known = called.get(uid)
        return markup.link(known.url, known.label) if known and known.url else str(uid)

    def state(exclusion: str, pk: int, result: str) -> Any:
        if result:
            return Result(result).label
        words = exclusion or (_("Gaat mee") if not can_exclude else _("Gaat mee: zonder uit"))
        return markup.link(reverse("retention:exclude", args=[slug, pk]), words) if can_exclude else words

    return Table(
        name=_("Stukken op de lijst"),
        columns=(
            Column(key="subject_uid", label=_("Stuk"), head=True, render=name),
            Column(key="retention_class", label=_("Bewaarcategorie"), choices=classes),
            Column(key="starts_on", label=_("Telt vanaf"), kind=Kind.DATE, minor=True),
            Column(key="due_on", label=_("Aan de beurt op"), kind=Kind.DATE, sortable=True),
            Column(key="exclusion", label=_("Wat ermee gebeurt"), needs=("pk", "result"), render=state),
        ),
        order="due_on",
        exports=False,
    )


def show(request: Request, pk: int) -> HttpResponse:
    """The list, and the step that is next."""
    found, actor = _found(request, pk), request.actor
    called: dict[Any, Any] = {}
    table = _table(request, found, called)
    page = table.page(request, queries.items_of(found))
    at = table.fetched.index("subject_uid")
    tables = dict(
        DestructionItem.objects.filter(subject_uid__in=[row[at] for row in page.rows]).values_list(
            "subject_uid", "subject_table"
        )
    )
    called |= queries.names(actor, [(tables[row[at]], row[at]) for row in page.rows])
    excluded = queries.items_of(found).exclude(exclusion="").count()
    may_decide = actor.may_write(permissions.DECIDE)
    given = {
        "row": found,
        "page": page,
        "excluded": excluded,
        "going": found.number - excluded,  # type: ignore[attr-defined]  # annotated by the query
        "status": Badge(
            str(ListStatus(found.status).label), STATUS_TONES.get(ListStatus(found.status), "rust")
        ),
        "may_propose": found.status == ListStatus.DRAFT and actor.may_write(permissions.MANAGE),
        "may_approve": found.status == ListStatus.PROPOSED
        and may_decide
        and actor.account_id != found.proposed_by_id,
        "is_own": found.status == ListStatus.PROPOSED
        and may_decide
        and actor.account_id == found.proposed_by_id,
        "may_stop": (found.status == ListStatus.DRAFT and actor.may_write(permissions.MANAGE))
        or (found.status == ListStatus.PROPOSED and (may_decide or actor.may_write(permissions.MANAGE))),
        "waits": found.status == ListStatus.APPROVED,
        "history": history(found),
    }
    return render(request, "retention/list.html", given)


def exclude(request: Request, pk: int) -> HttpResponse:
    """Leave a record out of the list, with the reason."""
    item = get_object_or_404(queries.item(request.actor, pk))
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Uitzonderen van de lijst"),
        lead=_("Wat u uitzondert, blijft en komt op een volgende lijst terug."),
        submit=_("Leg vast"),
        done=_("De uitzondering is vastgelegd."),
        form=forms.ExclusionForm,
        call=partial(actions.exclude, item_id=pk),
        stored=lambda: {"reason": queries.item(request.actor, pk).get().exclusion},
        initial={"reason": item.exclusion, "expected_version": item.version},
        **_of(request, item.destruction_list),
    )
    return respond(request, page)


def _of(request: Request, found: DestructionList) -> dict[str, Any]:
    return {"back": page_of(request, found.pk), "of": found.reference}


def propose(request: Request, pk: int) -> HttpResponse:
    """Put the list forward."""
    found = _found(request, pk)
    request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Vernietigingslijst voorleggen"),
        lead=_("U verklaart dat u de lijst hebt bekeken. Een ander besluit of zij wordt uitgevoerd."),
        submit=_("Leg voor"),
        done=_("De lijst is voorgelegd. Een ander besluit."),
        form=forms.VersionForm,
        call=partial(actions.propose, list_id=pk, at=timezone.now()),
        initial={"expected_version": found.version},
        **_of(request, found),
    )
    return respond(request, page)


def approve(request: Request, pk: int) -> HttpResponse:
    """Decide that the list is carried out, and do so."""
    found = _found(request, pk)
    request.actor.require_write(permissions.DECIDE)

    def call(actor: Actor, *, expected_version: int) -> None:
        if found.status != ListStatus.APPROVED:
            actions.approve(actor, list_id=pk, expected_version=expected_version, at=timezone.now())
        actions.execute(actor, list_id=pk, at=timezone.now(), today=timezone.localdate())

    number = found.number - queries.items_of(found).exclude(exclusion="").count()  # type: ignore[attr-defined]  # annotated by the query
    page = FormPage(
        title=_("Besluiten over vernietiging"),
        lead=ngettext(
            "%(number)s stuk wordt nu vernietigd. Dat kan niet ongedaan worden gemaakt.",
            "%(number)s stukken worden nu vernietigd. Dat kan niet ongedaan worden gemaakt.",
            number,
        )
        % {"number": number},
        submit=_("Vernietig"),
        danger=True,
        done=_("De lijst is uitgevoerd."),
        form=forms.VersionForm,
        call=call,
        initial={"expected_version": found.version},
        **_of(request, found),
    )
    return respond(request, page)


def stop(request: Request, pk: int) -> HttpResponse:
    """Take the list back, or decide that it is not carried out."""
    found = _found(request, pk)
    decides = found.status == ListStatus.PROPOSED and request.actor.may_write(permissions.DECIDE)
    if not decides:
        request.actor.require_write(permissions.MANAGE)
    page = FormPage(
        title=_("Niet uitvoeren"),
        lead=_("De lijst vervalt en blijft met uw reden bewaard. Er wordt niets vernietigd."),
        submit=_("Trek de lijst in"),
        done=_("De lijst is ingetrokken."),
        form=forms.ReasonForm,
        call=partial(actions.reject if decides else actions.withdraw, list_id=pk),
        initial={"expected_version": found.version},
        **_of(request, found),
    )
    return respond(request, page)


def certificate(request: Request, pk: int) -> HttpResponse:
    """What was destroyed, when, by whom and how much: no content."""
    row = get_object_or_404(queries.certificates(request.actor), pk=pk)
    classes = {one.key: str(one.label) for one in queries.declared()}
    labels = account_labels([row.proposed_account, row.decided_account])
    lines = [
        (classes.get(key, key), queries.register_label(table), Manner(manner).label, number)
        for key, table, manner, number in queries.lines_of(row)
    ]
    given = {
        "row": row,
        "lines": lines,
        "proposed_by": labels.get(row.proposed_account, ""),
        "decided_by": labels.get(row.decided_account, ""),
    }
    return render(request, "retention/certificate.html", given)
