"""The form's part of sending once: see `houvast.core.orgs.once`."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms


class OnceForm(forms.Form):
    """A form that carries a key of its own, so that a double click or Back and send again makes one record."""

    sent_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def clean_sent_key(self) -> UUID:
        """The key that was sent; whoever sends none sends something new."""
        given: Any = self.cleaned_data["sent_key"]
        return given if isinstance(given, UUID) else uuid4()
