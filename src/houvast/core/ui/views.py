"""Switching language, and the page that shows every component in its states."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import i18n
from django.views.decorators.http import require_GET, require_POST

from houvast.core.ui import charts
from houvast.core.ui.clocks import days_left, hours_left
from houvast.core.ui.conflicts import Difference
from houvast.core.ui.forms import AmountField, DayField, MomentField, TileRadioSelect
from houvast.core.ui.markup import Badge
from houvast.core.ui.tables import Column, FilterForm, Kind, Table, heading_row

_TODAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 9, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language of the screens and go back to the page one was on."""
    return i18n.set_language(request)


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label=gettext_lazy("Naam van het contract"), max_length=80)
    holder = forms.ChoiceField(
        label=gettext_lazy("Budgethouder"), choices=[("ict", "ICT en informatie"), ("or", "Openbare ruimte")]
    )
    amount = AmountField(
        label=gettext_lazy("Totale contractwaarde (€)"),
        help_text=gettext_lazy("Zonder btw, bijvoorbeeld 1.140.000,00"),
    )
    ends_on = DayField(label=gettext_lazy("Einddatum"))
    starts_at = MomentField(label=gettext_lazy("Ingang"), required=False)
    personal_data = forms.ChoiceField(
        label=gettext_lazy("Gaat het om gegevens van mensen?"),
        choices=[
            ("yes", gettext_lazy("Ja")),
            ("no", gettext_lazy("Nee")),
            ("unknown", gettext_lazy("Weet ik niet")),
        ],
        widget=TileRadioSelect(icons={"yes": "users", "unknown": "question-mark"}),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe is het gemeld?"),
        choices=[("phone", gettext_lazy("Telefoon")), ("mail", gettext_lazy("E-mail"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Onderwerpen"),
        required=False,
        choices=[("a", gettext_lazy("Aanbesteding")), ("b", gettext_lazy("Verlenging"))],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=gettext_lazy("Onderbouwing van de afwijking"), widget=forms.Textarea, required=False
    )
    checked = forms.BooleanField(
        label=gettext_lazy("Ik heb dit met de concerncontroller besproken"), required=False
    )


class SampleFilters(FilterForm):
    """A filter that filters nothing: the sample rows are no register."""

    q = forms.CharField(label=gettext_lazy("Zoekwoord"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("Alle statussen")), ("open", "Open")],
    )

    def apply(self, queryset: Any) -> Any:
        """Nothing."""
        return queryset


class SamplePage(NamedTuple):
    """What `<c-table>` asks of a page, filled by hand."""

    table: Table
    rows: list[tuple[Any, ...]]
    head_html: str
    body_html: str
    summary: str
    filters: FilterForm | None
    filtered: bool = False
    order: str = "-ends_on"
    clear_url: str = ""
    xlsx_url: str = "?formaat=xlsx"
    csv_url: str = "?formaat=csv"
    first_url: str = ""
    previous_url: str = ""
    next_url: str = "?na=voorbeeld"
    has_other: bool = True


class Step(NamedTuple):
    """A step for `<c-steps>`."""

    label: str
    detail: str
    state: str


def _table(name: str) -> Table:
    statuses = {
        "soon": Badge(_("Verloopt binnenkort"), "let-op"),
        "fine": Badge(_("In orde"), "goed"),
        "over": Badge(_("Drempel overschreden"), "fout"),
    }
    return Table(
        name=name,
        columns=(
            Column(key="name", label=_("Contract"), head=True),
            Column(key="holder", label=_("Budgethouder")),
            Column(key="ends_on", label=_("Einddatum"), kind=Kind.DATE, sortable=True),
            Column(key="amount", label=_("Jaarwaarde (€)"), kind=Kind.NUMBER, sortable=True),
            Column(key="status", label=_("Status"), choices=statuses),
        ),
    )


_ROWS: list[tuple[Any, ...]] = [
    ("Wmo-hulpmiddelen", "Sociaal domein", date(2026, 12, 31), 4_210_000, "soon"),
    ("Onderhoud openbaar groen", "Openbare ruimte", date(2028, 6, 30), 1_865_500, "fine"),
    ("Inhuur ICT-specialisten", "ICT en informatie", date(2027, 2, 28), 1_140_000, "over"),
]


def _sample_page(name: str, rows: list[tuple[Any, ...]], filters: FilterForm | None = None) -> SamplePage:
    table = _table(name)
    summary = ngettext("{number} rij", "{number} rijen", len(rows)).format(number=len(rows))
    head = heading_row(table.columns, "-ends_on")
    return SamplePage(table, rows, head, table.render_rows(rows), summary, filters, has_other=bool(rows))


def _charts() -> dict[str, charts.Chart]:
    quarters = (_("1e kwartaal"), _("2e kwartaal"), _("3e kwartaal"), _("4e kwartaal"))
    this, last = charts.Series("2021", (3, 5, 4, 5)), charts.Series("2020", (4, 3, 4, 3))
    teams = ("Vergunningen", "Zorg en Wmo", "Beheer openbare ruimte")
    return {
        "grouped": charts.grouped_bars(_("Datalekken per kwartaal"), quarters, this, last),
        "stacked": charts.stacked_bars(_("Meldingen naar uitkomst"), quarters, this, last),
        "horizontal": charts.horizontal_bars(
            _("Formatie per team"), teams, charts.Series("2026", (10.9, 14.1, 21.3)), unit="fte"
        ),
        "line": charts.line_chart(
            _("Verzuim in procenten"), quarters, charts.Series("2026", (4.8, 4.6, None, 5.1)), last
        ),
    }


def _steps() -> list[Step]:
    return [
        Step(_("Uitvraag"), _("klaar, 12 jan."), "done"),
        Step(_("Concept"), _("nu bij u"), "current"),
        Step(_("Akkoord"), _("daarna: directielid"), "next"),
        Step(_("Raad"), _("6 juli"), "next"),
    ]


_BECAUSE = (
    "Ontvangen op 12 oktober 2026 (Awb art. 9:11 lid 1).",
    "Zes weken later is maandag 23 november 2026.",
)


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in its states. Only in a demo: it shows no data and asks no query."""
    faulty = SampleForm(
        {"name": "Inhuur ICT-specialisten", "holder": "ict", "amount": "veel", "ends_on": "2027-02-31"},
        auto_id="fout_%s",
    )
    context = {
        "form": SampleForm(auto_id="goed_%s"),
        "faulty": faulty,
        "filled_table": _sample_page(_("Contracten"), _ROWS, SampleFilters({})),
        "empty_table": _sample_page(_("Overeenkomsten"), []),
        "charts": _charts(),
        "spark": charts.sparkline([12, 14, 13, 17, 18, 21]),
        "steps": _steps(),
        "because": _BECAUSE,
        "late": days_left(_TODAY - timedelta(days=3), _TODAY),
        "near": hours_left(_NOW + timedelta(hours=28, minutes=28), _NOW),
        "calm": days_left(_TODAY + timedelta(days=9), _TODAY),
        "facts": [(_("Peildatum"), "31 december 2021"), (_("Bron"), _("Register Datalekken, 17 rijen"))],
        "differences": [
            Difference(_("Onderwerp"), "Mail aan verkeerde persoon", "Mail aan een verkeerde ontvanger"),
            Difference(_("Ontdekt op"), "21-10-2021", "21-10-2021"),
        ],
        "open_drawer": "lade" in request.GET,
    }
    return render(request, "ui/components.html", context)


@login_not_required
@require_GET
def components_drawer(request: HttpRequest) -> HttpResponse:
    """The drawer alone, as htmx swaps it in."""
    return render(request, "ui/components_drawer.html")
