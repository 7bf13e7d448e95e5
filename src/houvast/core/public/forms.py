"""What every form for the public has: a key that makes it count once, a trap, and a moment it was opened."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from houvast.core.ui.once import OnceForm

TRAP: Final = "website"
"""A box that people do not see and programs fill in."""
QUICKEST: Final = 3
"""Seconds in which nobody reads and fills in a form."""
LONGEST: Final = 24 * 3600
_signer = signing.TimestampSigner(salt="houvast.public.form")


def opened() -> str:
    """That a form is opened now, in a form that only the installation can make."""
    return _signer.sign("open")


class PublicForm(OnceForm):
    """A form for somebody without an account. What a program fills in is told, never silently dropped."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, initial=opened)

    def clean(self) -> dict[str, Any]:
        """Not by a program, and what is in order not quicker than one can read, not of an earlier day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get(TRAP):
            self.add_error(None, _("Laat het veld ‘Laat dit leeg’ leeg en verzend opnieuw."))
        elif not self.errors and (fault := _timing(str(cleaned.get("opened") or ""))) is not None:
            self.add_error(None, fault)
        return cleaned

    def again(self) -> None:
        """After a fault the form goes on with a stamp that will do: what was typed stays."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        try:
            _signer.unsign(str(data.get("opened") or ""), max_age=LONGEST)
        except signing.BadSignature:
            data["opened"] = opened()
        self.data = data


def _timing(stamp: str) -> Any:
    """Why it was not filled in by somebody just now; None where it was."""
    try:
        _signer.unsign(stamp, max_age=LONGEST)
    except signing.BadSignature:
        return _("Dit formulier stond te lang open. Controleer wat u invulde en verzend opnieuw.")
    try:
        _signer.unsign(stamp, max_age=QUICKEST)
    except signing.SignatureExpired:
        return None
    return _("Dat ging te snel. Wacht een paar tellen en verzend opnieuw.")
