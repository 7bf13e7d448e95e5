"""What people fill in about commitments. Whether something can be is judged by the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from houvast.core.commitments import queries
from houvast.core.commitments.actions import CommitmentEntry
from houvast.core.commitments.rules import (
    FINAL,
    LONGEST_QUOTE,
    CommitmentKind,
    Settlement,
    Stand,
    Status,
)
from houvast.core.orgs.refusal import Refusal
from houvast.core.post.rules import Channel
from houvast.core.report.outline import walk
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR
from houvast.core.report.spoken import parse_term
from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.once import OnceForm
from houvast.core.ui.tables import FilterForm

EMPTY = [("", "–")]
RUNNING = "lopend"


def section_choices() -> list[tuple[str, str]]:
    """The sections of the chapter that hold text, by their headings."""
    return [(section.key, section.heading) for _depth, section in walk() if section.slots]


def headings() -> dict[str, str]:
    """Every section's heading by its key."""
    return {section.key: section.heading for _depth, section in walk()}


def _owner(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, coerce=int, empty_value=None, required=False, choices=()
    )


class CommitmentForm(forms.Form):
    """A commitment. Made per page: its choices belong to the organisation in scope."""

    section = forms.ChoiceField(
        label=_("Onderdeel van de paragraaf"), choices=(), widget=forms.Select(attrs={"lang": "nl"})
    )
    quote = forms.CharField(
        label=_("Zoals het in de paragraaf staat"),
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "nl"}),
        help_text=_("Neem de zin of het zinsdeel letterlijk over uit de tekst van het onderdeel."),
    )
    text = forms.CharField(
        label=_("In eigen woorden"),
        max_length=200,
        help_text=_("Kort: wat er gaat gebeuren. Zo heet het in lijsten en in de bijlage van de paragraaf."),
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=CommitmentKind.choices)
    settlement = forms.ChoiceField(
        label=_("Afgedaan met"),
        choices=Settlement.choices,
        help_text=_("Een toegezegde brief is pas afgedaan als het stuk is verzonden."),
    )
    owner_unit_id = _owner(
        _("Eigenaar: onderdeel"), _("Kies één eigenaar: een onderdeel, een functie of een persoon.")
    )
    owner_post_id = _owner(_("Eigenaar: functie"))
    owner_person_id = _owner(_("Eigenaar: persoon"))
    term = forms.CharField(
        label=_("Termijn"),
        required=False,
        max_length=60,
        help_text=_(
            "Zoals het er staat: Q1-2022, eind 2022, maart 2022, 2022 of 31-3-2022. Leeg: geen termijn."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = localdate()
        for name, found in (
            ("owner_unit_id", queries.units_on(today)),
            ("owner_post_id", queries.posts_on(today)),
            ("owner_person_id", queries.people()),
        ):
            self._offer(name, list(found.items()))
        self._offer("section", section_choices())

    def _offer(self, name: str, choices: list[Any]) -> None:
        """What is recorded stays a choice, also where it ended since."""
        field = self.fields[name]
        now = self.initial.get(name)
        known = {value for value, _label in choices}
        if now and now not in known:
            choices = [(now, str(self.initial.get(f"{name}_name") or "–")), *choices]
        field.choices = [*EMPTY, *choices] if name.startswith("owner") else choices  # type: ignore[attr-defined]  # a choice field

    def entry(self) -> CommitmentEntry:
        """What was filled in, for the action."""
        return CommitmentEntry(
            **{name: self.cleaned_data[name] for name in CommitmentEntry.__dataclass_fields__}
        )


class RecordForm(OnceForm, CommitmentForm):
    """A new commitment."""


class ChangeForm(CommitmentForm):
    """What is recorded otherwise."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


_SHOWN = "started|partly|done"
WHEN = {
    "document": _SHOWN,
    "document_on": _SHOWN,
    "place": _SHOWN,
    "claim_key": _SHOWN,
    "decided_by": "lapsed|postponed",
    "decision": "lapsed|postponed",
    "postponed_to": "postponed",
}
"""Beside which stands a field is asked."""


class StandForm(forms.Form):
    """How it stands; what a status does not need may stay empty."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Hoe staat het ervoor?"), choices=Status.choices)
    moment = forms.CharField(
        label=_("Sinds"),
        max_length=60,
        help_text=_("Een dag, of zo precies als bekend: 14-3-2022, oktober 2021 of Q1-2022."),
    )
    note = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Wat is er gedaan, of waarom niet? Dit staat in de bijlage van de paragraaf. Noem geen namen."
        ),
    )
    answers = WholeNumberField(
        label=_("Antwoord in de paragraaf van"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_(
            "Vul het verslagjaar in als dit het antwoord in die paragraaf is. Iemand anders controleert het dan."
        ),
    )
    document = forms.CharField(
        label=_("Stuk dat het aantoont"),
        required=False,
        max_length=200,
        help_text=_("De titel, bijvoorbeeld: Raadsinformatiebrief huisvesting."),
    )
    document_on = DayField(label=_("Datum of dag van verzending"), required=False)
    place = forms.CharField(
        label=_("Registratienummer of vindplaats"),
        required=False,
        max_length=200,
    )
    claim_key = forms.ChoiceField(label=_("Of een feit uit de paragraaf"), required=False, choices=())
    decided_by = forms.CharField(
        label=_("Besloten door"),
        required=False,
        max_length=120,
        help_text=_("Alleen bij vervallen of doorgeschoven."),
    )
    decision = forms.CharField(label=_("Besluit"), required=False, max_length=200)
    postponed_to = WholeNumberField(
        label=_("Doorgeschoven naar"), required=False, min_value=FIRST_YEAR, max_value=2099
    )

    def __init__(self, *args: Any, facts: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, when in WHEN.items():
            self.fields[name].widget.attrs["data-hv-when"] = f"status={when}"
        self.fields["claim_key"].choices = [*EMPTY, *(facts or [])]  # type: ignore[attr-defined]  # a choice field

    def clean_moment(self) -> Any:
        """Its days, from what was typed."""
        try:
            return parse_term(self.cleaned_data["moment"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def stand(self) -> Stand:
        """What was filled in, for the action; what only goes with another status is left out."""
        given = self.cleaned_data
        status = Status(given["status"])
        ended, put_off = status in {Status.LAPSED, Status.POSTPONED}, status is Status.POSTPONED
        shown = status in {Status.STARTED, Status.PARTLY, Status.DONE}
        typed = " ".join(self.data["moment"].split())
        return Stand(
            status=status,
            on=given["moment"].start,
            said=typed,
            note=given["note"],
            decided_by=given["decided_by"] if ended else "",
            decision=given["decision"] if ended else "",
            postponed_to=given["postponed_to"] if put_off else None,
            document=given["document"] if shown else "",
            document_on=given["document_on"] if shown else None,
            place=given["place"] if shown else "",
            claim_key=given["claim_key"] if shown else "",
            answers=given["answers"],
        )


class ConfirmForm(forms.Form):
    """Yes or no; it carries the version that its reader saw."""

    expected_version = WholeNumberField(widget=forms.HiddenInput)


class WithdrawForm(ConfirmForm):
    """Why it counts no more."""

    reason = forms.CharField(
        label=_("Reden van intrekking"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


def _with_all(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class CommitmentFilter(FilterForm):
    """Above the list."""

    jaar = WholeNumberField(
        label=_("Paragraaf van"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    antwoord = WholeNumberField(
        label=_("Te beantwoorden in"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=_with_all(_("Elke stand"), [(RUNNING, _("Alles wat loopt")), *Status.choices]),
    )
    soort = forms.ChoiceField(
        label=_("Soort"), required=False, choices=_with_all(_("Alle soorten"), CommitmentKind.choices)
    )
    bevinding = forms.ChoiceField(
        label=_("Bevinding"),
        required=False,
        choices=[
            ("", _("Alle")),
            ("laat", _("Te laat")),
            ("termijn", _("Geen termijn")),
            ("wens", _("Wens zonder actie")),
        ],
    )

    def apply(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The commitments that match."""
        asked = self.cleaned_data
        filters = {"year": asked.get("jaar"), "kind": asked.get("soort")}
        rows = queryset.filter(**{path: value for path, value in filters.items() if value})
        if answered := asked.get("antwoord"):
            rows = rows.filter(pk__in=queries.to_answer(answered).filter(told="").values("pk"))
        if stand := asked.get("stand"):
            rows = rows.exclude(status__in=FINAL) if stand == RUNNING else rows.filter(status=stand)
        return rows.filter(*self._finding(asked.get("bevinding")))

    def _finding(self, which: str | None) -> tuple[Q, ...]:
        found = {
            "laat": Q(due_until__lte=localdate()) & ~Q(status__in=FINAL),
            "termijn": Q(term=""),
            "wens": Q(kind=CommitmentKind.WISH, owner_unit=None, owner_post=None, owner_person=None),
        }
        return (found[which],) if which else ()


CHANNELS = [(one.value, one.label) for one in (Channel.LETTER, Channel.EMAIL)]


class LetterForm(forms.Form):
    """A letter that is put ready: to whom, where, and by which way."""

    title = forms.CharField(label=_("Onderwerp"), max_length=200)
    addressee = forms.CharField(label=_("Geadresseerde"), max_length=200)
    channel = forms.ChoiceField(label=_("Kanaal"), choices=CHANNELS, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Adres"),
        max_length=300,
        help_text=_("Het postadres, of het e-mailadres waarop de geadresseerde bereikbaar wil zijn."),
    )


class SendForm(ConfirmForm):
    """That it went out, with what proves it."""

    on = DayField(label=_("Verzonden op"))
    reference = forms.CharField(
        label=_("Kenmerk van de verzending"),
        max_length=100,
        help_text=_(
            "Het registratienummer of het nummer van de vervoerder, waaraan u de verzending terugvindt."
        ),
    )


class ConsentForm(forms.Form):
    """That somebody made known to be reachable by e-mail for this."""

    address = forms.EmailField(label=_("E-mailadres"), max_length=300)
    given_on = DayField(label=_("Kenbaar gemaakt op"))
    how = forms.CharField(
        label=_("Hoe is dat kenbaar gemaakt?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: in de brief van 3 maart."),
    )
