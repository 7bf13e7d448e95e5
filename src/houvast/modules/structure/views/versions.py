"""Versions of the structure: the register, the page of one with what still blocks it, and its own forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.http import Request
from houvast.core.ui.markup import Badge
from houvast.modules.structure import actions, forms
from houvast.modules.structure.models import Milestone, StructureVersion
from houvast.modules.structure.queries import versions as queries
from houvast.modules.structure.queries.history import version_history
from houvast.modules.structure.queries.versions import ActionLine, BeforeAfter, VersionLine
from houvast.modules.structure.rules.organogram import Organogram
from houvast.modules.structure.rules.spans import told_day
from houvast.modules.structure.rules.versions import Blocker
from houvast.modules.structure.rules.wording import leaders_sentence
from houvast.modules.structure.views.changing import FormPage, address, respond
from houvast.modules.structure.views.labels import told
from houvast.modules.structure.views.organogram import parts_of


def badge(row: StructureVersion, blockers: tuple[Blocker, ...]) -> Badge:
    """How far a version is, in a word."""
    if row.withdrawn_on:
        return Badge(_("Ingetrokken"), "rust")
    if not blockers:
        return Badge(_("Doorgevoerd"), "goed")
    if Blocker.NOT_ADOPTED in blockers:
        return Badge(_("Nog niet vastgesteld"), "let-op")
    if Blocker.NOT_IN_EFFECT in blockers:
        return Badge(_("Nog niet ingegaan"), "info")
    return Badge(_("Nog niet doorgevoerd"), "let-op")


def versions(request: Request) -> HttpResponse:
    """The register."""
    lines = queries.version_lines(request.actor, timezone.localdate())
    given = {
        "lines": [(line, badge(line.row, line.blockers)) for line in lines],
        "may_change": queries.may_change_versions(request.actor),
    }
    return render(request, "structure/versions.html", given)


@dataclass(frozen=True)
class Todo:
    """Something that keeps a version from being carried through, and where it is dealt with."""

    text: str
    url: str
    do: str


def version(request: Request, pk: int) -> HttpResponse:
    """One version: what blocks it, decision and advice, actions, milestone, what it changed, what happened."""
    found = get_object_or_404(queries.visible_versions(request.actor), pk=pk)
    today = timezone.localdate()
    line = next(one for one in queries.version_lines(request.actor, today) if one.row.pk == found.pk)
    actions_of = queries.action_lines(request.actor, found, today)
    milestone = queries.visible_milestones(request.actor).filter(version_of=found).first()
    pair = queries.before_after(request.actor, found, today)
    may_change = queries.may_change_versions(request.actor) and not found.withdrawn_on
    evidence = list(queries.visible_evidence(request.actor).filter(milestone__version_of=found))
    given = {
        "row": found,
        "status": badge(found, line.blockers),
        "line": line,
        "todos": [] if found.withdrawn_on else _todos(request, line, actions_of),
        "actions": [(one, _action_badge(one, today)) for one in actions_of],
        "ended": line.agreed - line.open,
        "milestone": milestone,
        "evidence": evidence,
        "steps": _steps(milestone, evidence),
        "days": _days(pair),
        "found": pair.found,
        "compared": f"{told_day(pair.found.earlier)} → {told_day(pair.found.later)}",
        "parts": parts_of(pair.found),
        "history": told(version_history(request.actor, found)),
        "may_change": may_change,
        "own_account": request.actor.account_id,
    }
    return render(request, "structure/version.html", given)


def _todos(request: Request, line: VersionLine, lines: list[ActionLine]) -> list[Todo]:
    """What blocks "doorgevoerd", each with the form that takes it away."""
    row, today = line.row, timezone.localdate()
    does = {
        Blocker.NOT_ADOPTED: ("decide_version", _("Leg het besluit vast")),
        Blocker.NOT_IN_EFFECT: ("change_version", _("Wijzig de dag")),
        Blocker.NO_ADVICE: ("advise_version", _("Leg het advies vast")),
    }
    found = [
        Todo(_text(blocker, row), address(request, does[blocker][0], row.pk), does[blocker][1])
        for blocker in line.blockers
        if blocker in does
    ]
    waiting = [one for one in lines if one.row.is_open(today)]
    return found + [
        Todo(
            _("{what} (uiterlijk {day})").format(what=one.row.what, day=told_day(one.row.due_on)),
            address(request, "finish_transition_action", one.row.pk),
            _("Meld gereed"),
        )
        for one in waiting
    ]


def _text(blocker: Blocker, row: StructureVersion) -> str:
    if blocker is Blocker.NOT_IN_EFFECT:
        return _("De versie gaat in op {day}.").format(day=told_day(row.effective_on))
    return str(blocker.label)


def _action_badge(line: ActionLine, today: date) -> Badge:
    row = line.row
    if row.done_on:
        return Badge(_("Gereed"), "goed")
    if row.lapsed_on:
        return Badge(_("Vervallen"), "rust")
    return Badge(_("Te laat"), "fout") if row.due_on < today else Badge(_("Open"), "let-op")


@dataclass(frozen=True)
class Step:
    """A step on the way to words in the chapter."""

    label: str
    detail: str
    state: str


def _steps(milestone: Milestone | None, evidence: list[Any]) -> list[Step]:
    """Milestone set, reached, proved, checked: what is done, what comes now."""
    counts = [piece for piece in evidence if piece.withdrawn_on is None]
    checked = [piece for piece in counts if piece.checked_at]
    closed = milestone.closed_on if milestone else None
    done = (milestone is not None, closed is not None, bool(counts), bool(checked))
    labels = (
        (_("Mijlpaal vastgelegd"), milestone.name if milestone else ""),
        (_("Bereikt"), told_day(closed) if closed else ""),
        (_("Bewijs vastgelegd"), _pieces(len(counts))),
        (_("Door een tweede persoon gecontroleerd"), _pieces(len(checked))),
    )
    first = done.index(False) if False in done else len(done)
    states = [
        "done" if is_done else "current" if place == first else "next" for place, is_done in enumerate(done)
    ]
    return [Step(label, detail, state) for (label, detail), state in zip(labels, states, strict=True)]


def _pieces(number: int) -> str:
    return ngettext("{number} stuk", "{number} stukken", number).format(number=number) if number else ""


@dataclass(frozen=True)
class Day:
    """The structure of a day in a few figures."""

    label: str
    day: date
    shown: Organogram
    sentence: str


def _days(pair: BeforeAfter) -> list[Day]:
    labels = ((_("De dag ervoor"), pair.before), (_("De eerste dag"), pair.after), (_("Vandaag"), pair.now))
    return [Day(label, shown.day, shown, leaders_sentence(shown)) for label, shown in labels]


def _version_page(request: Request, pk: int, **page: Any) -> HttpResponse:
    """A form about a version."""
    found = get_object_or_404(queries.visible_versions(request.actor), pk=pk)
    initial = {"expected_version": found.version, **page.pop("initial")(found)}
    call = page.pop("call")
    return respond(
        request,
        FormPage(
            **page,
            call=lambda actor, **data: call(actor, version_id=pk, **data),
            back=address(request, "version", pk),
            initial=initial,
            stored=lambda: vars(StructureVersion.objects.get(pk=pk)),
            everywhere=True,
        ),
    )


def add_version(request: Request) -> HttpResponse:
    """A new version."""
    page = FormPage(
        title=_("Nieuwe structuurversie"),
        lead=_(
            "Leg vast wat er komt. Het besluit, het advies en de acties volgen op de pagina van de versie."
        ),
        form=forms.AddVersion,
        call=actions.add_version,
        back=address(request, "versions"),
        done=_("De structuurversie is vastgelegd."),
        submit=_("Leg vast"),
        everywhere=True,
        after=lambda made: address(request, "version", made.pk),
    )
    return respond(request, page)


def change_version(request: Request, pk: int) -> HttpResponse:
    """Another name or day."""
    return _version_page(
        request,
        pk,
        title=_("Structuurversie wijzigen"),
        form=forms.ChangeVersion,
        call=actions.change_version,
        done=_("De structuurversie is gewijzigd."),
        submit=_("Wijzig"),
        initial=lambda found: {"name": found.name, "effective_on": found.effective_on},
    )


def decide_version(request: Request, pk: int) -> HttpResponse:
    """Who adopted it, when and how it is found."""
    return _version_page(
        request,
        pk,
        title=_("Besluit vastleggen"),
        form=forms.DecideVersion,
        call=lambda actor, **data: actions.decide_version(actor, today=timezone.localdate(), **data),
        done=_("Het besluit is vastgelegd."),
        submit=_("Leg vast"),
        initial=lambda found: {
            "decided_on": found.decided_on,
            "decided_by": found.decided_by,
            "decision": found.decision,
        },
    )


def advise_version(request: Request, pk: int) -> HttpResponse:
    """What the works council advised."""
    return _version_page(
        request,
        pk,
        title=_("Advies van de ondernemingsraad"),
        lead=_(
            "Over een belangrijke wijziging van de organisatie adviseert de ondernemingsraad (WOR art. 25)."
        ),
        form=forms.AdviseVersion,
        call=lambda actor, **data: actions.advise_version(actor, today=timezone.localdate(), **data),
        done=_("Het advies is vastgelegd."),
        submit=_("Leg vast"),
        initial=lambda found: {
            "advice": found.advice,
            "advised_on": found.advised_on,
            "advice_note": found.advice_note,
            "council_told_on": found.council_told_on,
            "suspension_waived": found.suspension_waived,
        },
    )


def withdraw_version(request: Request, pk: int) -> HttpResponse:
    """It was recorded wrongly, or will not come."""
    return _version_page(
        request,
        pk,
        title=_("Structuurversie intrekken"),
        lead=_("De versie blijft te lezen, met de reden. Zij telt niet meer mee."),
        form=forms.WithReason,
        call=lambda actor, **data: actions.withdraw_version(actor, today=timezone.localdate(), **data),
        done=_("De structuurversie is ingetrokken."),
        submit=_("Trek in"),
        danger=True,
        initial=lambda _found: {},
    )
