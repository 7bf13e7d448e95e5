"""A form field that takes in a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from houvast.core.files.actions import require_size
from houvast.core.files.rules import FileRefused, accepted, accepted_extensions, clean_name, judge


class UploadField(forms.FileField):
    """A file field that says at once when the file will be refused. The action judges it again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accepted_extensions()}))
        super().__init__(**kwargs)
        self.help_text = self.help_text or accepted()

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ValidationError with the sentence that the reader needs."""
        upload = super().clean(data, initial)
        if upload:
            try:
                require_size(upload.size)
                judge(upload.file, clean_name(upload.name))
            except FileRefused as error:
                raise ValidationError(str(error), code="refused") from error
        return upload
