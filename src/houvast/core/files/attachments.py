"""The files of a record on its own page: the list, adding one, and letting one out of quarantine.

What a register needs for it: an `attaching(...)` action, a `FileOwner` in its `Module`, `with_attachments(...)`
instead of `render(...)` in the view, and `<c-attachments :attachments="attachments"></c-attachments>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from houvast.core.configuration.queries import value_of
from houvast.core.files.actions import Attach, quarantine
from houvast.core.files.forms import UploadField
from houvast.core.files.models import StoredFile
from houvast.core.files.permissions import RELEASE
from houvast.core.files.queries import attached_by, files_of
from houvast.core.files.rules import FileRefused, accepted
from houvast.core.files.settings import LARGEST
from houvast.core.http import Request
from houvast.core.orgs.base import OrganisationModel
from houvast.core.viewlog.actions import note
from houvast.core.viewlog.rules import Manner

PLACE = "bijlagen"
"""The id of the list on the page: there one lands after sending."""


class AttachForm(forms.Form):
    """One file. Made per page: what it says depends on the language and on the organisation's setting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = _("Ten hoogste %(largest)s MB.") % {"largest": value_of(LARGEST.key, timezone.localdate())}
        warning = _("Zet er geen persoonsgegevens in die niet nodig zijn.")
        self.fields["file"] = UploadField(
            label=_("Bestand toevoegen"), help_text=f"{accepted()} {largest} {warning}"
        )


@dataclass(frozen=True)
class Attachment:
    """A file as the page lists it."""

    file: StoredFile
    who: str
    url: str
    error: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether only who may release files gets it."""
        return self.file.quarantined or self.file.withdrawn_at is not None


@dataclass(frozen=True)
class Attachments:
    """What `c-attachments` shows: `form` only for who may add and withdraw, `may_release` for who lets files out.

    told: what was just done, as level and sentence; the page lands here, out of view of its first lines.
    """

    rows: tuple[Attachment, ...]
    form: AttachForm | None
    may_release: bool
    told: tuple[tuple[str, str], ...] = ()

    @property
    def any_closed(self) -> bool:
        return any(row.file.quarantined for row in self.rows)


def with_attachments(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    subject: OrganisationModel,
    attach: Attach,
) -> HttpResponse:
    """The page of a record with its files; a file that was sent to it is kept, or told why not.

    Raises NotPermitted for who sends one and may not. The record has to be one that the reader may see.
    """
    form, faults = None, dict[str, str]()
    if request.method == "POST":
        if released := request.POST.get("release"):
            return _release(request, subject, released)
        request.actor.require_write(attach.permission)
        if withdrawn := request.POST.get("withdraw"):
            if not (fault := _withdrawn(request, subject, attach, withdrawn)):
                return _back(request)
            form, faults = AttachForm(), {withdrawn: fault}
        else:
            form = AttachForm(request.POST, request.FILES)
            if kept := _kept(request, form, subject, attach):
                _tell(request, kept)
                return _back(request)
    elif attach.allows(request.actor, subject):
        form = AttachForm()
    told = tuple((one.level_tag, str(one)) for one in messages.get_messages(request) if PLACE in one.tags)
    rows = _listed(request, subject, faults)
    shown = Attachments(rows, form, request.actor.may_write(RELEASE), told)
    status = 422 if request.method == "POST" else 200
    page = render(request, template, {**context, "attachments": shown}, status=status)
    note(request.actor, subject._meta.label_lower, subject.uid, Manner.PAGE)
    return page


def _withdrawn(request: Request, subject: OrganisationModel, attach: Attach, uid: str) -> str:
    """Withdraw the file; what is wrong with the reason, else nothing."""
    file = _file(subject, uid)
    try:
        attach.withdraw(
            request.actor,
            uid=subject.uid,
            file_uid=file.uid,
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except FileRefused as refused:
        return str(refused)
    messages.success(request, _("Het bestand is ingetrokken."), extra_tags=PLACE)
    return ""


def _file(subject: OrganisationModel, uid: str) -> StoredFile:
    """The file of this record; raises Http404 for one of another record."""
    file = next((file for file in files_of(subject) if str(file.uid) == uid), None)
    if file is None:
        raise Http404
    return file


def _kept(
    request: Request, form: AttachForm, subject: OrganisationModel, attach: Attach
) -> StoredFile | None:
    """The file as it was kept; None where it was refused, and then the form says why."""
    if not form.is_valid():
        return None
    try:
        return attach.run(request.actor, uid=subject.uid, upload=form.cleaned_data["file"])
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return None


def _tell(request: Request, kept: StoredFile) -> None:
    if kept.quarantined:
        messages.warning(
            request,
            _("Het bestand is bewaard en staat in quarantaine: de CISO bekijkt het eerst."),
            extra_tags=PLACE,
        )
    else:
        messages.success(request, _("Het bestand is toegevoegd."), extra_tags=PLACE)


def _release(request: Request, subject: OrganisationModel, uid: str) -> HttpResponse:
    request.actor.require_write(RELEASE)
    file = _file(subject, uid)
    quarantine(request.actor, file_id=file.pk, expected_version=file.version, quarantined=False)
    messages.success(request, _("Het bestand is vrijgegeven."), extra_tags=PLACE)
    return _back(request)


def _back(request: Request) -> HttpResponse:
    return redirect(f"{request.path}#{PLACE}")


def _listed(
    request: Request, subject: OrganisationModel, faults: Mapping[str, str]
) -> tuple[Attachment, ...]:
    files = files_of(subject)
    who, slug = attached_by(files), request.actor.organisation.slug
    return tuple(
        Attachment(
            file,
            who.get(file.uid, ""),
            reverse("files:download", args=[slug, file.uid]),
            faults.get(str(file.uid), ""),
        )
        for file in files
    )
