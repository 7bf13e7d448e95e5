"""The forms in which people write prose and enter facts with a source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.refusal import Refusal
from houvast.core.report.claims import Claim, Kind, fault
from houvast.core.report.models import SourcedFact
from houvast.core.report.outline import LONGEST_HEADING, Placing, walk
from houvast.core.report.queries import computed_keys, placings, placings_stamp
from houvast.core.report.rules import (
    FactEntry,
    decimal_number,
    entry_faults,
    key_fault,
    whole_number,
)
from houvast.core.ui.forms import DayField, WholeNumberField

LONGEST_TEXT = 20_000

KINDS = (
    (Kind.COUNT, _("Aantal")),
    (Kind.SHARE, _("Percentage")),
    (Kind.AMOUNT, _("Bedrag in euro")),
    (Kind.DATE, _("Dag")),
    (Kind.PERIOD, _("Periode")),
    (Kind.NAME, _("Naam of term")),
    (Kind.LIST, _("Opsomming")),
    (Kind.JUDGEMENT, _("Oordeel uit de bron")),
)


class ProseForm(forms.Form):
    """The text of one slot, and the version the writer started from."""

    text = forms.CharField(
        label=_("Tekst"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        help_text=_("Een lege regel begint een nieuwe alinea; een regel met ‘- ’ wordt een opsommingsteken."),
    )
    version = WholeNumberField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_text(self) -> str:
        """Browsers send line ends their own way; the text has one."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

    def clean_version(self) -> int:
        """Nothing stands for the text that comes with the module."""
        return self.cleaned_data["version"] or 0


def _share(text: str) -> str:
    return decimal_number(text.removesuffix("%").strip(), str(_("Vul een percentage in, bijvoorbeeld 5,5.")))


def _amount(text: str) -> str:
    return decimal_number(text.removeprefix("€").strip(), str(_("Vul een bedrag in, bijvoorbeeld 1.234,50.")))


def _day(text: str) -> str:
    # Raises ValueError, also for a day that does not exist.
    for shape in (r"(\d{4})-(\d{1,2})-(\d{1,2})", r"(\d{1,2})-(\d{1,2})-(\d{4})"):
        if match := re.fullmatch(shape, text):
            parts = [int(part) for part in match.groups()]
            return date(*(parts if parts[0] > 31 else parts[::-1])).isoformat()
    raise ValueError


def _word(text: str) -> str:
    return text


READ: dict[Kind, Callable[[str], object]] = {
    Kind.COUNT: whole_number,
    Kind.SHARE: _share,
    Kind.AMOUNT: _amount,
    Kind.DATE: _day,
    Kind.NAME: _word,
    Kind.JUDGEMENT: _word,
}
# Where a fault in what is to be recorded stands on the form.
PLACES = {"value": {Kind.PERIOD: "period_from", Kind.LIST: "items"}}
NAMES = {"period_until": "period_last"}


class FactForm(forms.Form):
    """A fact with its source. The value is typed as people write it and read according to its kind."""

    label = forms.CharField(
        label=_("Wat is het?"), max_length=160, help_text=_("Bijvoorbeeld: Teams met een teamplan")
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS)
    value = forms.CharField(
        label=_("Waarde"),
        max_length=200,
        required=False,
        help_text=_(
            "Met een komma: 5,5. Een percentage is een deel van een geheel, van 0 tot en met 100; is het groei of een "
            "vergelijking, zeg dan in de toelichting waarmee. Bij een periode en een opsomming vult u dit niet in."
        ),
    )
    items = forms.CharField(
        label=_("Onderdelen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén per regel. Bij een aantal: wat er is geteld."),
    )
    singular = forms.CharField(
        label=_("Enkelvoud"), max_length=60, required=False, help_text=_("Bijvoorbeeld: fase")
    )
    plural = forms.CharField(
        label=_("Meervoud"), max_length=60, required=False, help_text=_("Bijvoorbeeld: fasen")
    )
    period_from = DayField(label=_("Periode vanaf"), required=False)
    period_last = DayField(label=_("Periode tot en met"), required=False)
    as_of = DayField(label=_("Peildatum"), required=False)
    source_title = forms.CharField(label=_("Brondocument"), max_length=200)
    source_place = forms.CharField(
        label=_("Vindplaats"),
        max_length=200,
        required=False,
        help_text=_("Hoofdstuk, bladzijde of onderdeel"),
    )
    source_date = DayField(label=_("Datum van de bron"), required=False)
    explanation = forms.CharField(
        label=_("Toelichting"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat zegt de bron precies?"),
    )
    key = forms.CharField(
        label=_("Sleutel"),
        max_length=80,
        required=False,
        help_text=_(
            "Laat leeg om er een te laten maken. Een feit houdt zijn sleutel, ook in volgende jaren."
        ),
    )
    version = WholeNumberField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, *args: Any, subject: str = "report", taken: frozenset[str] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.taken = subject, taken

    def clean_key(self) -> str:
        """A key that is free, made from the label where none was given."""
        key = self.cleaned_data["key"] or self._made_key()
        if sentence := key_fault(key, computed_keys()):
            raise forms.ValidationError(sentence)
        if key in self.taken:
            raise forms.ValidationError(_("Er is dit jaar al een feit met deze sleutel; kies een andere."))
        return str(key)

    def _made_key(self) -> str:
        stem = slugify(self.cleaned_data.get("label", "")).replace("-", "_").lstrip("0123456789_") or "feit"
        names = (stem, *(f"{stem}_{number}" for number in range(2, 1000)))
        taken = self.taken | set(computed_keys())
        return next(f"{self.subject}.{name}"[:80] for name in names if f"{self.subject}.{name}" not in taken)

    def clean(self) -> dict[str, Any]:
        """Read the value by its kind and tell at which field something is missing."""
        data = super().clean() or self.cleaned_data
        if "kind" not in data:
            return data
        kind = Kind(data["kind"])
        data["names"] = tuple(line.strip() for line in data.get("items", "").splitlines() if line.strip())
        if kind is Kind.PERIOD:
            self._clean_period(data)
        elif kind is Kind.LIST:
            data["raw"] = list(data["names"])
        else:
            self._clean_value(kind, data)
        if not self.errors:
            self._judge()
        return data

    def _clean_period(self, data: dict[str, Any]) -> None:
        start, last = data.get("period_from"), data.get("period_last")
        if not start or not last:
            self.add_error("period_from", _("Vul de eerste en de laatste dag van de periode in."))
        elif last < start:
            self.add_error("period_last", _("De laatste dag ligt voor de eerste."))
        else:
            data["raw"] = [start.isoformat(), _after(last).isoformat()]

    def _clean_value(self, kind: Kind, data: dict[str, Any]) -> None:
        typed = str(data.get("value", "")).strip()
        if not typed:
            self.add_error("value", _("Vul de waarde in."))
            return
        try:
            data["raw"] = READ[kind](typed)
        except Refusal as refusal:
            self.add_error("value", str(refusal))
        except ValueError:
            self.add_error("value", _("Vul een dag in als dag-maand-jaar, bijvoorbeeld 1-10-2021."))

    def _judge(self) -> None:
        """The rule that the action keeps, said beside the field."""
        entry = self.entry()
        for name, sentence in entry_faults(entry, computed_keys()):
            place = PLACES.get(name, {}).get(entry.kind, NAMES.get(name, name))
            self.refuse(place, sentence)

    def refuse(self, name: str, sentence: str) -> None:
        """Say why not, beside the field or, where the form has no such field, beside the value."""
        self.add_error(name if name in self.fields else "value", sentence)

    def entry(self) -> FactEntry:
        """What is to be recorded."""
        data = self.cleaned_data
        last = data.get("period_last")
        return FactEntry(
            key=data["key"],
            label=data["label"],
            kind=Kind(data["kind"]),
            value=data["raw"],
            items=data["names"],
            singular=data.get("singular", ""),
            plural=data.get("plural", ""),
            as_of=data.get("as_of"),
            period_from=data.get("period_from"),
            period_until=_after(last) if last else None,
            source_title=data["source_title"],
            source_place=data.get("source_place", ""),
            source_date=data.get("source_date"),
            explanation=data.get("explanation", ""),
        )


def _after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


class QuickFactForm(FactForm):
    """The same on the spot, while writing: only what cannot be left out."""

    start = WholeNumberField(widget=forms.HiddenInput, min_value=0)
    end = WholeNumberField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            "items",
            "singular",
            "plural",
            "as_of",
            "period_from",
            "period_last",
            "explanation",
            "key",
            "version",
        ):
            del self.fields[name]
        self.fields["kind"].choices = [pair for pair in KINDS if pair[0] not in {Kind.PERIOD, Kind.LIST}]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """As above; the key is always made."""
        self.cleaned_data["key"] = ""
        self.cleaned_data["key"] = self.clean_key()
        return super().clean()


class WithdrawForm(forms.Form):
    """Why a fact is withdrawn, and the version that the reader saw."""

    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        error_messages={"required": _("Zeg waarom dit feit wordt ingetrokken.")},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Het feit blijft met deze reden in de geschiedenis staan."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def initial_of(fact: SourcedFact) -> dict[str, Any]:
    """A recorded fact as the form shows it; what cannot be read comes as it is stored, to be mended."""
    kind = Kind(fact.kind) if fact.kind in set(Kind) else None
    reads = kind is not None and fault(kind, fact.value) is None
    days = [date.fromisoformat(day) for day in fact.value] if reads and kind is Kind.PERIOD else []
    start = days[0] if days else fact.period_from
    until = days[1] if days else fact.period_until
    return {
        "label": fact.label,
        "kind": fact.kind,
        "value": _shown(kind, fact.value) if reads else str(fact.value),
        "items": "\n".join(str(item) for item in fact.items) if isinstance(fact.items, list) else "",
        "singular": fact.singular,
        "plural": fact.plural,
        "period_from": start,
        "period_last": date.fromordinal(until.toordinal() - 1) if until else None,
        "as_of": fact.as_of,
        "source_title": fact.source_title,
        "source_place": fact.source_place,
        "source_date": fact.source_date,
        "explanation": fact.explanation,
        "key": fact.key,
        "version": fact.version,
    }


def _shown(kind: Kind | None, value: object) -> str:
    if kind in {Kind.PERIOD, Kind.LIST}:
        return ""
    if kind is Kind.DATE:
        return f"{date.fromisoformat(str(value)):%d-%m-%Y}"
    return str(value).replace(".", ",") if kind in {Kind.SHARE, Kind.AMOUNT} else str(value)


def guess_kind(typed: str) -> Kind:
    """What sort of fact somebody most likely typed."""
    bare = typed.strip()
    if bare.isdigit():
        return Kind.COUNT
    if bare.endswith("%"):
        return Kind.SHARE
    return Kind.AMOUNT if bare.startswith("€") else Kind.NAME


def fits(claim: Claim, words: str) -> bool:
    """Whether a claim answers to what somebody looks for."""
    haystack = f"{claim.label} {claim.key} {claim.text}".casefold()
    return all(word in haystack for word in words.casefold().split())


class ArrangeForm(forms.Form):
    """The outline of a year: of each section its heading, and whether the chapter has it."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = placings(year)
        self.fields["stamp"].initial = placings_stamp(year)
        for _depth, section in walk():
            row = held.get(section.key)
            self.fields[f"in.{section.key}"] = forms.BooleanField(
                label=_("Opnemen: %(section)s") % {"section": section.heading},
                required=False,
                initial=row is None or row.included,
            )
            self.fields[f"kop.{section.key}"] = forms.CharField(
                label=format_html('<span lang="nl">{}</span>', section.heading),
                max_length=LONGEST_HEADING,
                widget=forms.TextInput(attrs={"lang": "nl"}),
                initial=row.heading if row else section.heading,
            )

    @property
    def rows(self) -> list[SectionFields]:
        """The sections in reading order, each with its depth and its two fields."""
        return [
            SectionFields(depth, section.heading, self[f"in.{section.key}"], self[f"kop.{section.key}"])
            for depth, section in walk()
        ]

    def placings(self) -> dict[str, Placing]:
        """What was asked, by section."""
        given = self.cleaned_data
        return {
            section.key: Placing(given[f"kop.{section.key}"], given[f"in.{section.key}"])
            for _depth, section in walk()
        }


@dataclass(frozen=True)
class SectionFields:
    """A line of the form: the section's own name and depth, and its fields."""

    depth: int
    name: str
    included: forms.BoundField
    heading: forms.BoundField
