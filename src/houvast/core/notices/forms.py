"""What somebody wants mailed, and when the organisation reminds."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from houvast.core.notices.models import MailPreference
from houvast.core.notices.queries import Rule, kind_labels
from houvast.core.notices.rules import LONGEST_AFTER, LONGEST_BEFORE, USUAL, Frequency
from houvast.core.ui.forms import WholeNumberField

AS_USUAL = ""


class PreferenceForm(forms.Form):
    """How one is mailed usually, on which day of the week, and per kind where that differs."""

    usual = forms.ChoiceField(
        label=_("Meldingen mailen"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "In een dagelijks of wekelijks bericht staat ook hoeveel taken te laat zijn of binnen zeven dagen "
            "klaar moeten zijn. Het komt om zeven uur, en alleen als er iets te melden is."
        ),
    )
    weekday = forms.TypedChoiceField(label=_("Dag van het weekbericht"), choices=WEEKDAYS.items(), coerce=int)
    version = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, row: MailPreference | None, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "usual": row.usual if row else USUAL,
            "weekday": row.weekday if row else 0,
            "version": row.version if row else 0,
        }
        super().__init__(*args, **kwargs)
        choices = [(AS_USUAL, _("Zoals hierboven")), *Frequency.choices]
        self._kinds = kind_labels()
        for kind, label in self._kinds.items():
            self.fields[kind] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=(row.kinds if row else {}).get(kind, AS_USUAL),
            )

    def asked(self) -> dict[str, Any]:
        """What the action is asked to do. For a valid form."""
        told = self.cleaned_data
        return {
            "usual": Frequency(told["usual"]),
            "weekday": told["weekday"],
            "kinds": {kind: told[kind] for kind in self._kinds if told[kind] != AS_USUAL},
            "expected_version": told["version"] or 0,
        }


class DaysField(forms.CharField):
    """Whole numbers of days with commas between them: `7, 1`."""

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(max_length=60, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The numbers. Raises ValidationError."""
        text = str(super().to_python(value) or "")
        parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            raise ValidationError(_("Vul hele getallen in met komma’s ertussen, bijvoorbeeld 7, 1."))
        numbers = [int(part) for part in parts]
        if any(number > self.most for number in numbers):
            raise ValidationError(_("Kies ten hoogste %(most)s dagen."), params={"most": self.most})
        return numbers


class RuleForm(forms.Form):
    """When people are reminded of one kind of thing."""

    is_on = forms.BooleanField(label=_("Herinneringen sturen"), required=False)
    before = DaysField(
        LONGEST_BEFORE,
        label=_("Dagen ervoor"),
        help_text=_("Met komma’s ertussen; 0 is de uiterste dag zelf. Bijvoorbeeld 7, 1."),
    )
    after = DaysField(
        LONGEST_AFTER,
        label=_("Dagen erna"),
        help_text=_("Voor wat te laat is. Leeg: niet meer herinneren na de uiterste dag."),
    )
    version = WholeNumberField(widget=forms.HiddenInput, required=False)

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "is_on": rule.is_on,
            "before": ", ".join(map(str, rule.before)),
            "after": ", ".join(map(str, rule.after)),
            "version": rule.row.version if rule.row else 0,
        }
        super().__init__(*args, **kwargs)

    def clean_after(self) -> Any:
        """After its day is at least one day later."""
        found = self.cleaned_data["after"]
        if 0 in found:
            raise ValidationError(_("0 is de uiterste dag zelf: zet die bij ‘Dagen ervoor’."))
        return found

    def asked(self) -> dict[str, Any]:
        """What the action is asked to do. For a valid form."""
        told = self.cleaned_data
        return {
            "is_on": told["is_on"],
            "days": [*told["before"], *(-day for day in told["after"])],
            "expected_version": told["version"] or 0,
        }
