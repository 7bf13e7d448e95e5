"""The one field of an import: a workbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from houvast.core.files.actions import require_size
from houvast.core.files.rules import ContentType, FileRefused, clean_name, judge
from houvast.core.workbooks import opening


class WorkbookField(forms.FileField):
    """A workbook to read: its list of parts is judged before anything of it is unpacked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx"}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ValidationError with the sentence that the reader needs."""
        upload = super().clean(data, initial)
        try:
            require_size(upload.size)
            opening.check(upload.file)
            kind = judge(upload.file, clean_name(upload.name)).content_type
        except (FileRefused, opening.NotOpened) as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        if kind is not ContentType.XLSX:
            raise ValidationError(
                _("Dit is geen Excel-bestand (.xlsx). Sla de werkmap op als .xlsx."), code="refused"
            )
        return upload


class ImportForm(forms.Form):
    """The workbook that was filled in."""

    workbook = WorkbookField(
        label=_("Werkmap"), help_text=_("Een Excel-bestand (.xlsx) met de bladen van het sjabloon.")
    )
