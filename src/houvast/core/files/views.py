"""Handing out a file: to whom the owning record allows, as a download, never as a page."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from houvast.core.files import storage
from houvast.core.files.models import StoredFile
from houvast.core.files.permissions import RELEASE
from houvast.core.files.queries import may_have
from houvast.core.http import Request
from houvast.core.viewlog.actions import note
from houvast.core.viewlog.rules import Manner


def download(request: Request, uid: UUID) -> FileResponse | HttpResponseNotAllowed:
    """The file as an attachment; for who may not see its record it is not there.

    In quarantine, or withdrawn, only who may release files gets it, to look at it.
    """
    file = get_object_or_404(StoredFile, uid=uid)
    if not may_have(request.actor, file):
        raise Http404
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if file.quarantined and not request.actor.may_write(RELEASE):
        raise PermissionDenied(
            _("Dit bestand staat in quarantaine. Vraag de CISO om het te bekijken en vrij te geven.")
        )
    if file.withdrawn_at is not None and not request.actor.may_write(RELEASE):
        raise PermissionDenied(_("Dit bestand is ingetrokken. De CISO kan het nog inzien."))
    try:
        content = (storage.folder(request.actor.organisation.uid) / file.storage_name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    note(request.actor, file.subject_table, file.subject_uid, Manner.FILE)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
