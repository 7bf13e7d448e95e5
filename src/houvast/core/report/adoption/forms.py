"""The forms of adopting, correcting, and going through the requirements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houvast.core.files.forms import UploadField
from houvast.core.files.rules import accepted
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption.rules import LONGEST_REFERENCE, LONGEST_TEXT, Answer, CorrectionEntry
from houvast.core.report.chapter import Chapter
from houvast.core.report.entry_forms import READ
from houvast.core.report.rules import FIRST_YEAR
from houvast.core.ui.forms import DayField, WholeNumberField


class Refusing(forms.Form):
    """A form that says beside its field why an action refused."""

    def refuse(self, refusal: Refusal) -> None:
        """Beside the field it is about, else on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def _reference() -> forms.CharField:
    return forms.CharField(
        label=_("Kenmerk van het besluit"),
        max_length=LONGEST_REFERENCE,
        help_text=_("Zoals het in het besluitenregister staat."),
    )


class AdoptForm(Refusing):
    """The decision of the body that is next. `body` is what the reader saw, so that a second send is told apart."""

    body = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int, today: date, reopened: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = max(today, date(year + 1, 1, 1))
        self.fields["decided_on"] = DayField(
            label=_("Dag van het besluit"), earliest=date(year + 1, 1, 1), latest=latest
        )
        self.fields["reference"] = _reference()
        if reopened:
            self.fields["amended"] = forms.BooleanField(
                label=_("De tekst is gewijzigd vastgesteld"),
                required=False,
                help_text=_("Dan ontstaat een nieuwe editie. Zonder vinkje geldt de editie van het college."),
            )
        self.fields["upload"] = UploadField(
            label=_("Het besluit als bestand"), required=False, help_text=accepted()
        )


class ReopenForm(Refusing):
    """Why the text is opened again."""

    reason = forms.CharField(
        label=_("Welk amendement wijzigt de tekst?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


FACT, SECTION = "feit:", "onderdeel:"


class CorrectionForm(Refusing):
    """A correction: what it is about, what should have been there, and the decision behind it."""

    def __init__(self, *args: Any, chapter: Chapter, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chapter = chapter
        facts = [(f"{FACT}{claim.key}", f"{claim.label}: {claim.text}"[:120]) for claim in chapter.used]
        sections = [
            (f"{SECTION}{section.key}", f"{section.number} {section.heading}")
            for section in chapter.sections
            if chapter.reads(section)
        ]
        self.fields["about"] = forms.ChoiceField(
            label=_("Waarover"),
            choices=[("", "–"), (_("Feit"), facts), (_("Onderdeel"), sections)],
            widget=forms.Select(attrs={"lang": "nl"}),
        )
        self.fields["text"] = forms.CharField(
            label=_("Correctie"),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "Zo komt zij als voetnoot in elke vorm van de paragraaf. Zet er geen namen van personen in."
            ),
        )
        self.fields["value"] = forms.CharField(
            label=_("Juiste waarde"),
            max_length=200,
            required=False,
            help_text=_(
                "Alleen als het feit zelf fout was; de vergelijking met volgend jaar gaat dan hiervan uit."
            ),
        )
        earliest = date(chapter.context.year + 1, 1, 1)
        self.fields["decided_on"] = DayField(
            label=_("Dag van het besluit"), earliest=earliest, latest=max(today, earliest + timedelta(days=1))
        )
        self.fields["reference"] = _reference()

    def clean(self) -> dict[str, Any]:
        """Read the value by the kind of the claim that it is about."""
        data = super().clean() or self.cleaned_data
        about, typed = str(data.get("about", "")), str(data.get("value", "")).strip()
        data["raw"] = None
        if not typed:
            return data
        claim = self.chapter.claims.get(about.removeprefix(FACT)) if about.startswith(FACT) else None
        if claim is None or claim.kind not in READ:
            self.add_error("value", _("Bij dit onderwerp past geen waarde; beschrijf haar in de correctie."))
            return data
        try:
            data["raw"] = READ[claim.kind](typed)
        except Refusal as refusal:
            self.add_error("value", str(refusal))
        except ValueError:
            self.add_error("value", _("Vul een dag in als dag-maand-jaar, bijvoorbeeld 1-10-2021."))
        return data

    def entry(self) -> CorrectionEntry:
        """What is to be recorded."""
        data = self.cleaned_data
        about = data["about"]
        return CorrectionEntry(
            text=data["text"],
            claim_key=about.removeprefix(FACT) if about.startswith(FACT) else "",
            section=about.removeprefix(SECTION) if about.startswith(SECTION) else "",
            value=data["raw"],
            reference=data["reference"],
            decided_on=data["decided_on"],
        )


class AnswerForm(Refusing):
    """The answer to one requirement."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    version = WholeNumberField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, always: bool = False, headings: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [pair for pair in Answer.choices if not (always and pair[0] == Answer.NOT_APPLICABLE)]
        self.fields["answer"] = forms.ChoiceField(label=_("Antwoord"), choices=choices)
        sections = (headings or {}).items()
        self.fields["section"] = forms.ChoiceField(
            label=_("Onderdeel van de paragraaf"),
            choices=[("", "–"), *sections],
            required=False,
            widget=forms.Select(attrs={"lang": "nl"}),
        )
        self.fields["document"] = forms.CharField(
            label=_("Of een document"),
            max_length=200,
            required=False,
            help_text=_("Waar het elders in de jaarstukken staat."),
        )
        if not always:
            self.fields["reason"] = forms.CharField(
                label=_("Waarom niet van toepassing"), max_length=500, required=False
            )


class RequirementForm(Refusing):
    """A requirement of the council."""

    name = forms.CharField(label=_("Wat vraagt de raad?"), max_length=200)
    reference = _reference()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_year"] = WholeNumberField(
            label=_("Vanaf verslagjaar"), min_value=FIRST_YEAR, max_value=today.year + 1
        )
        self.fields["decided_on"] = DayField(label=_("Dag van het besluit"), latest=today)
