"""The list of commitments, the page of one, and the forms to record, follow and answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from html import escape
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from houvast.core.access.permissions import NotPermitted
from houvast.core.audit.queries import history
from houvast.core.commitments import actions, facts, forms, permissions, queries
from houvast.core.commitments.models import Commitment, CommitmentStand
from houvast.core.commitments.rules import FINAL, CommitmentKind, Settlement, Status, is_late
from houvast.core.files.attachments import with_attachments
from houvast.core.files.queries import files_of
from houvast.core.http import NotHere, Request
from houvast.core.post.models import Dispatch
from houvast.core.post.queries import consents_of, post_of
from houvast.core.post.rules import DispatchState
from houvast.core.report.chapter import Chapter
from houvast.core.report.queries import NoChapter, chapter
from houvast.core.report.rules import last_year as newest_year
from houvast.core.ui import markup
from houvast.core.ui.charts import Chart, Series, horizontal_bars
from houvast.core.ui.form_page import FormPage, respond
from houvast.core.ui.markup import Badge, Tone
from houvast.core.ui.tables import Column, Kind, Table, dutch_date

TONES: dict[str, Tone] = {
    Status.STARTED: "info",
    Status.PARTLY: "info",
    Status.DONE: "goed",
    Status.POSTPONED: "let-op",
}


def badge(status: str) -> Badge:
    """The status as word, icon and colour."""
    return Badge(str(Status(status).label), TONES.get(status, "rust"))


def kind_badges() -> dict[Any, Badge | str]:
    """The kinds; a pledge to the council stands out."""
    return {kind.value: str(kind.label) for kind in CommitmentKind}


@lru_cache(maxsize=128)
def _table(base: str, _language: str | None) -> Table:
    """The table, made once per address and language."""
    headings = forms.headings()
    return Table(
        name=str(_("Voornemens")),
        order="due_until",
        columns=(
            Column(
                key="text",
                label=str(_("Voornemen")),
                head=True,
                sortable=True,
                needs=("pk", "section"),
                render=lambda text, pk, section: markup.link(
                    f"{base}{pk}/", text, headings.get(section, section), sub_in="nl"
                ),
                export=lambda text, _pk, _section: text,
            ),
            Column(key="year", label=str(_("Paragraaf van")), sortable=True),
            Column(key="kind", label=str(_("Soort")), choices=kind_badges(), minor=True),
            Column(
                key="owner",
                label=str(_("Eigenaar")),
                needs=("kind",),
                nullable=False,
                render=lambda owner, kind: owner or _no_owner(kind),
                export=lambda owner, _kind: owner,
            ),
            Column(
                key="term",
                label=str(_("Termijn")),
                needs=("due_until", "status"),
                render=_term,
                export=lambda term, _until, _status: term,
            ),
            Column(
                key="due_until",
                label=str(_("Uiterlijk")),
                kind=Kind.DATE,
                sortable=True,
                minor=True,
                render=lambda until: dutch_date(until - timedelta(days=1)),
                export=lambda until: until and until - timedelta(days=1),
            ),
            Column(
                key="status",
                label=str(_("Stand")),
                sortable=True,
                choices={s.value: badge(s) for s in Status},
            ),
        ),
    )


def _no_owner(kind: str) -> Any:
    return Badge(
        _("wens zonder actie") if kind == CommitmentKind.WISH else _("geen eigenaar"), "let-op"
    ).__html__()


def _term(term: str, due_until: Any, status: str) -> Any:
    if not term:
        return Badge(_("geen termijn"), "let-op").__html__()
    if is_late(status, due_until, timezone.localdate()):
        return markup.safe(f"{escape(term)} {Badge(_('te laat'), 'fout').__html__()}")
    return term


def index(request: Request) -> HttpResponse:
    """The list, with the picture of a year above it."""
    rows = queries.visible_to(request.actor)
    page = _table(facts.page(request.actor, "index"), get_language()).respond(
        request, rows, forms.CommitmentFilter(request.GET)
    )
    if isinstance(page, HttpResponse):
        return page
    years = queries.years()
    year = next((year for year in years if str(year) == request.GET.get("jaar")), years[0] if years else None)
    context = {
        "page": page,
        "year": year,
        "chart": year and _chart(year),
        "record_year": year or timezone.localdate().year,
        "may_record": request.actor.may_write(permissions.RECORD),
        "wishes": list(queries.wishes(request.actor)[:10]),
    }
    return render(request, "commitments/index.html", context)


def _chart(year: int) -> Chart:
    """How the commitments of a chapter stood at the end of its year."""
    counted = facts.position(year)
    title = _("Voornemens uit de paragraaf van {year}, stand op 31 december {year}").format(year=year)
    labels = [str(Status(status).label) for status in counted]
    return horizontal_bars(title, labels, Series(_("Voornemens"), tuple(counted.values())))


@dataclass(frozen=True)
class StandLine:
    """A stand on the page of its commitment."""

    row: CommitmentStand
    badge: Badge
    may_check: bool
    fact: str


def commitment(request: Request, pk: int) -> HttpResponse:
    """All about one commitment."""
    row = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    today, actor = timezone.localdate(), request.actor
    may_tell = queries.may_tell(actor, row, today)
    # Letting a file out of quarantine asks a right of its own.
    if request.method == "POST" and "release" not in request.POST and not may_tell:
        raise NotPermitted(permissions.RECORD)
    stands = list(row.stands.select_related("entered_by", "checked_by").order_by("-on", "-pk"))
    files, consents = files_of(row), consents_of(row)
    pieces = list(post_of(row))
    context = {
        "row": row,
        "heading": forms.headings().get(row.section, row.section),
        "status": badge(row.status),
        "is_late": is_late(row.status, row.due_until, today),
        "last_day": facts.last_day(row),
        "lines": [_stand_line(request, stand) for stand in stands],
        "is_final": row.status in FINAL and any(one.answers and not one.withdrawn_at for one in stands),
        "may_tell": may_tell,
        "may_record": actor.may_write(permissions.RECORD),
        "wish": row.kind == CommitmentKind.WISH and not row.owner,
        # Of a stand only its check: that it was told, or withdrawn, is in the history of the row as well.
        "history": [
            line
            for line in history(row, *stands, *files, *pieces, *consents)
            if line.subject_uid not in {one.uid for one in stands} or line.action == "commitments.check"
        ],
        "next_year": row.year + 1,
        "pieces": [(piece, _way_out(request, piece)) for piece in pieces],
        "may_send": row.settlement == Settlement.DOCUMENT and actor.may_write(permissions.RECORD),
        "consents": consents,
    }
    return with_attachments(
        request, "commitments/commitment.html", context, row, actions.attach_to_commitment
    )


def _stand_line(request: Request, row: CommitmentStand) -> StandLine:
    open_to_check = row.answers is not None and row.checked_at is None and row.withdrawn_at is None
    may = request.actor.may_write(permissions.CHECK) and row.entered_by_id != request.actor.account_id
    return StandLine(row, badge(row.status), open_to_check and may, row.claim_key)


def _made(request: Request, year: int) -> Chapter | None:
    """The chapter of a year, where there is one."""
    try:
        return chapter(request.actor.organisation, year)
    except NoChapter:
        return None


def _section_texts(made: Chapter | None) -> dict[str, str]:
    return {section.key: section.text for section in made.sections} if made else {}


def _crumbs(request: Request, row: Commitment | None = None) -> tuple[tuple[str, str], ...]:
    found = [(_("Voornemens en toezeggingen"), facts.page(request.actor, "index"))]
    if row is not None:
        found.append((row.text, facts.page(request.actor, "commitment", row.pk)))
    return tuple(found)


def record(request: Request, year: int) -> HttpResponse:
    """A commitment from a section of the chapter; the text of that section stands above the form."""
    request.actor.require_write(permissions.RECORD)
    texts = _section_texts(_made(request, year))
    asked = request.POST.get("section") or request.GET.get("onderdeel", "")
    section = asked if asked in dict(forms.section_choices()) else ""

    def call(actor: Any, **_data: Any) -> Commitment:
        return actions.record_commitment(
            actor,
            year=year,
            entry=made[0].entry(),
            section_text=texts.get(made[0].cleaned_data["section"], ""),
            today=timezone.localdate(),
            sent_key=made[0].cleaned_data["sent_key"],
        )

    made: list[forms.RecordForm] = []
    page = FormPage(
        title=_("Voornemen vastleggen uit de paragraaf van {year}").format(year=year),
        lead=_("Wat de paragraaf aankondigt of toezegt, moet de volgende paragraaf beantwoorden."),
        form=partial(_remember, made, forms.RecordForm),
        call=call,
        back=facts.page(request.actor, "index"),
        crumbs=_crumbs(request),
        done=_("Het voornemen is vastgelegd."),
        submit=_("Leg vast"),
        initial={"section": section, "kind": CommitmentKind.INTENTION, "settlement": "result"},
        after=lambda row: facts.page(request.actor, "commitment", row.pk),
        quote=texts.get(section, ""),
        quote_title=_("De tekst van dit onderdeel"),
    )
    return respond(request, page)


def _remember(made: list[Any], form: Any, *args: Any, **kwargs: Any) -> Any:
    """The form, also for who makes the call: it turns its answers into what the action takes."""
    made[:] = [form(*args, **kwargs)]
    return made[0]


def change(request: Request, pk: int) -> HttpResponse:
    """It was recorded otherwise."""
    request.actor.require_write(permissions.RECORD)
    row = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    texts = _section_texts(_made(request, row.year)) if request.method == "POST" else {}
    made: list[forms.ChangeForm] = []

    def call(actor: Any, **_data: Any) -> Commitment:
        entry = made[0].entry()
        same = (entry.quote, entry.section) == (row.quote, row.section)
        return actions.change_commitment(
            actor,
            commitment_id=pk,
            expected_version=made[0].cleaned_data["expected_version"],
            entry=entry,
            # What was quoted once stays true of the text as it was then.
            section_text=row.quote if same else texts.get(entry.section, ""),
        )

    names = [name for name in forms.CommitmentForm.base_fields if hasattr(row, name)]
    owners = {f"{name}_name": row.owner for name in names if name.startswith("owner")}
    page = FormPage(
        title=_("Voornemen wijzigen"),
        form=partial(_remember, made, forms.ChangeForm),
        call=call,
        back=facts.page(request.actor, "commitment", pk),
        crumbs=_crumbs(request, row),
        done=_("Het voornemen is gewijzigd."),
        submit=_("Opslaan"),
        initial={name: getattr(row, name) for name in names} | owners | {"expected_version": row.version},
        stored=lambda: {name: getattr(Commitment.objects.get(pk=pk), name) for name in names},
    )
    return respond(request, page)


def tell(request: Request, pk: int) -> HttpResponse:
    """How it stands, and the answer in the chapter of a year."""
    row = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    today = timezone.localdate()
    request.actor.require_write(permissions.VIEW)
    if not queries.may_tell(request.actor, row, today):
        raise NotPermitted(permissions.RECORD)
    answers = _year(request.POST.get("answers") or request.GET.get("antwoord", ""), newest_year(today))
    claims = (
        {key: claim.label for key, claim in made.claims.items()}
        if answers and (made := _made(request, answers))
        else {}
    )
    kept: list[forms.StandForm] = []

    def call(actor: Any, **_data: Any) -> CommitmentStand:
        return actions.tell_stand(
            actor,
            commitment_id=pk,
            expected_version=kept[0].cleaned_data["expected_version"],
            stand=kept[0].stand(),
            claims=claims,
            today=today,
        )

    facts_to_choose = sorted(claims.items(), key=lambda pair: pair[1].casefold())
    page = FormPage(
        title=_("Vertel hoe het staat"),
        lead=row.text,
        form=partial(_remember, kept, partial(forms.StandForm, facts=facts_to_choose)),
        call=call,
        back=facts.page(request.actor, "commitment", pk),
        crumbs=_crumbs(request, row),
        done=_("De stand is vastgelegd."),
        submit=_("Leg vast"),
        initial={
            "expected_version": row.version,
            "status": row.status,
            "answers": answers,
            "moment": f"31-12-{answers}" if answers and answers < today.year else f"{today:%d-%m-%Y}",
        },
        quote=row.quote,
    )
    return respond(request, page)


def _year(text: str, last: int) -> int | None:
    """A year that somebody's address or form names, where it is one."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
    return found if found is not None and found <= last else None


def _stand_page(request: Request, pk: int, **page: Any) -> HttpResponse:
    row = get_object_or_404(queries.visible_stands(request.actor), pk=pk)
    call = page.pop("call")
    return respond(
        request,
        FormPage(
            **page,
            call=lambda actor, **data: call(actor, stand_id=pk, at=timezone.now(), **data),
            back=facts.page(request.actor, "commitment", row.commitment_id),
            crumbs=_crumbs(request, row.commitment),
            initial={"expected_version": row.version},
        ),
    )


def check(request: Request, pk: int) -> HttpResponse:
    """A second person confirms an answer."""
    request.actor.require_write(permissions.CHECK)
    row = get_object_or_404(queries.visible_stands(request.actor), pk=pk)
    if row.answers is None:
        raise NotHere(_("Dit is geen antwoord dat gecontroleerd kan worden."))
    return _stand_page(
        request,
        pk,
        title=_("Antwoord controleren"),
        lead=_question(row),
        quote=row.commitment.quote,
        form=forms.ConfirmForm,
        call=actions.check_answer,
        done=_("Het antwoord is gecontroleerd."),
        submit=_("Ja, het klopt"),
    )


def _question(row: CommitmentStand) -> str:
    shown = " ".join(filter(None, (row.note, row.document, row.place, row.claim_key)))
    return _(
        "‘{text}’ is volgens het antwoord in de paragraaf van {year}: {status}. {shown} Klopt dat?"
    ).format(text=row.commitment.text, year=row.answers, status=Status(row.status).label, shown=shown)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """It counts no more."""
    request.actor.require_write(permissions.RECORD)
    return _stand_page(
        request,
        pk,
        title=_("Stand intrekken"),
        lead=_("Wat u intrekt, blijft te lezen en telt niet meer mee."),
        form=forms.WithdrawForm,
        call=actions.withdraw_stand,
        done=_("De stand is ingetrokken."),
        submit=_("Trek in"),
    )


def _post_page(request: Request, row: Commitment, **page: Any) -> HttpResponse:
    """A form about what a commitment sends; back on its page afterwards."""
    back = facts.page(request.actor, "commitment", row.pk)
    return respond(request, FormPage(**page, back=f"{back}#post", crumbs=_crumbs(request, row)))


def letter(request: Request, pk: int) -> HttpResponse:
    """Put the promised letter ready."""
    request.actor.require_write(permissions.RECORD)
    row = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return _post_page(
        request,
        row,
        title=_("Brief klaarzetten"),
        lead=row.text,
        form=forms.LetterForm,
        call=lambda actor, **data: actions.draft_letter(
            actor, commitment_id=pk, on=timezone.localdate(), **data
        ),
        done=_("De brief staat klaar. Leg vast wanneer hij is verzonden."),
        submit=_("Zet klaar"),
        initial={"channel": "letter"},
    )


def consent(request: Request, pk: int) -> HttpResponse:
    """Who the letter is for may be reached by e-mail."""
    request.actor.require_write(permissions.RECORD)
    row = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return _post_page(
        request,
        row,
        title=_("Bereikbaar per e-mail"),
        lead=_(
            "Een brief mag alleen per e-mail als de geadresseerde voor dit soort bericht kenbaar maakte zo "
            "bereikbaar te zijn."
        ),
        form=forms.ConsentForm,
        call=lambda actor, **data: actions.note_consent(actor, commitment_id=pk, **data),
        done=_("De instemming is vastgelegd."),
        submit=_("Leg vast"),
    )


def sent(request: Request, pk: int) -> HttpResponse:
    """A letter went out, with what proves it."""
    request.actor.require_write(permissions.RECORD)
    piece = get_object_or_404(queries.letters(), pk=pk)
    row = get_object_or_404(queries.visible_to(request.actor), uid=piece.subject_uid)
    return _post_page(
        request,
        row,
        title=_("Brief verzonden"),
        lead=piece.title,
        form=forms.SendForm,
        call=lambda actor, **data: actions.send_letter(
            actor, commitment_id=row.pk, dispatch_id=pk, today=timezone.localdate(), **data
        ),
        done=_("De verzending is vastgelegd. Geef haar als bewijs bij het antwoord op de toezegging."),
        submit=_("Leg vast"),
        initial={"on": timezone.localdate(), "expected_version": piece.version},
    )


def _way_out(request: Request, piece: Dispatch) -> str:
    """Where the sending of a piece that is ready is recorded, for who may do that; else empty."""
    is_ready = piece.state == DispatchState.DRAFT and request.actor.may_write(permissions.RECORD)
    return facts.page(request.actor, "sent", piece.pk) if is_ready else ""
