"""What is filled in to let a program in, or to stop it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission
from houvast.core.tokens.rules import Refusal, latest_day
from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.once import OnceForm

Offer = tuple[str, Permission, bool]
USUAL_DAYS = 90


class RefusableForm(forms.Form):
    """A form that shows what a rule refused beside the answer it is about."""

    def refuse(self, refusal: Refusal) -> None:
        """Show the sentence at the field it names, or else on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class TokenForm(OnceForm, RefusableForm):
    """A new token: what for, what it may, until when. To look is offered ticked, to record is not."""

    mark_optional = False  # of what it may, one thing is needed, whichever

    name = forms.CharField(
        label=_("Waarvoor is de sleutel?"),
        max_length=80,
        help_text=_("Bijvoorbeeld ‘Dashboard directie’, zodat u later weet welke u kunt intrekken."),
    )
    reads = forms.MultipleChoiceField(
        label=_("Wat mag het programma lezen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    texts = forms.BooleanField(
        label=_("Ook vrije tekst en namen van mensen"),
        required=False,
        help_text=_(
            "Alleen als het programma die nodig heeft. Zonder krijgt het aantallen, soorten en dagen."
        ),
    )
    writes = forms.MultipleChoiceField(
        label=_("Wat mag het programma vastleggen?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offers: Iterable[Offer], today: date, **kwargs: Any) -> None:
        offers = list(offers)
        reads = [_choice(offer) for offer in offers if not offer[2]]
        super().__init__(*args, **kwargs)
        self.initial["reads"] = [key for key, _label in reads]
        self.initial["last_day"] = today + timedelta(days=USUAL_DAYS)
        self._offer("reads", reads)
        self._offer("writes", [_choice(offer) for offer in offers if offer[2]])
        self.fields["last_day"] = DayField(
            label=_("Werkt tot en met"),
            earliest=today,
            latest=latest_day(today),
            help_text=_("Ten hoogste een jaar. Daarna maakt u een nieuwe."),
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def clean(self) -> None:
        """A program that may nothing is a mistake."""
        super().clean()
        asked = [*self.cleaned_data.get("reads", ()), *self.cleaned_data.get("writes", ())]
        self.cleaned_data["scopes"] = asked
        if not asked and not self.errors:
            self.add_error(
                next(iter({"reads", "writes"} & self.fields.keys()), None),
                _("Kies ten minste één recht. Zonder recht kan het programma niets."),
            )


def _choice(offer: Offer) -> tuple[str, str]:
    module, permission, _writes = offer
    return permission.key, f"{module}: {permission.label}"


class WithdrawForm(RefusableForm):
    """Stopping a token."""

    version = WholeNumberField(widget=forms.HiddenInput)
