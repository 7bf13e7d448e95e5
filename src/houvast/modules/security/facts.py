"""What the module tells the rest: claims for the chapter, its default text, tasks, figures and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.access.actor import Actor
from houvast.core.access.queries import people_holding
from houvast.core.registry import (
    Dated,
    Figure,
    Indexed,
    RecordName,
    Reminded,
    ReminderKind,
    RetainedPart,
    RetentionClass,
    Task,
    Texts,
    YearRows,
)
from houvast.core.report import sources
from houvast.core.report.claims import Kind, Noun, ReportContext, SlotText
from houvast.modules.security import permissions, queries
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries.steps import BREACH_STEPS, RATE, Step, breach_steps, incident_steps
from houvast.modules.security.rules import (
    Capacity,
    Controller,
    IncidentStatus,
    Outcome,
    impact_words,
)
from houvast.modules.security.rules import breaches as breach_rules
from houvast.modules.security.rules import impact as impact_rules
from houvast.modules.security.rules import incidents as incident_rules
from houvast.modules.security.rules.clock import clock_of

BREACH = Noun("datalek", "datalekken")
BREACH_FIELDS = ("reference", "registered_on", "aware_at", "impact", "status", "outcome", "notified_at")
BREACH_COLUMNS = (
    (gettext_lazy("Kenmerk"), "reference"),
    (gettext_lazy("Vastgelegd op"), "registered_on"),
    (gettext_lazy("Kennisname"), "aware_at"),
    (gettext_lazy("Gevolgen"), "impact"),
    (gettext_lazy("Besluit"), "outcome"),
    (gettext_lazy("Gemeld op"), "notified_at"),
    (gettext_lazy("Status"), "status"),
)


def _list_url(name: str, query: str = "") -> Callable[[ReportContext], str]:
    def url(context: ReportContext) -> str:
        return f"{reverse(name, args=[context.organisation])}?jaar={context.year}{query}"

    return url


def _incidents(context: ReportContext) -> QuerySet[Any]:
    return queries.incidents_of(context.year)


def _breaches(context: ReportContext) -> QuerySet[Any]:
    return queries.breaches_of(context.year)


def _notifications(context: ReportContext) -> QuerySet[Any]:
    return queries.notifications_of(context.year)


def _only(words: Mapping[str, Any]) -> Callable[[Mapping[Any, int]], str | None]:
    """The one word that holds for all notifications of the year; None where they differ or there is none."""

    def word(tally: Mapping[Any, int]) -> str | None:
        return str(words[next(iter(tally))]) if len(tally) == 1 else None

    return word


_OF_BREACHES: dict[str, Any] = {
    "when": "period",
    "rows": _breaches,
    "fields": BREACH_FIELDS,
    "columns": BREACH_COLUMNS,
    "permission": permissions.VIEW_BREACHES,
}
_OF_NOTIFICATIONS: dict[str, Any] = {
    "when": "period",
    "rows": _notifications,
    "fields": ("breach__reference", "submitted_at", "capacity", "controller", "authority_reference"),
    "columns": (
        (gettext_lazy("Datalek"), "breach__reference"),
        (gettext_lazy("Gemeld op"), "submitted_at"),
        (gettext_lazy("Gemeld door"), "capacity"),
        (gettext_lazy("Namens"), "controller"),
        (gettext_lazy("Nummer van de AP"), "authority_reference"),
    ),
    "permission": permissions.VIEW_BREACHES,
    "list_url": _list_url("security:breaches", "&besluit=gemeld"),
}

CLAIMS = (
    sources.count(
        "security.incidents",
        "Geregistreerde veiligheidsincidenten",
        when="period",
        rows=_incidents,
        fields=("reference", "registered_on", "kind", "severity", "status"),
        columns=(
            (gettext_lazy("Kenmerk"), "reference"),
            (gettext_lazy("Vastgelegd op"), "registered_on"),
            (gettext_lazy("Soort"), "kind"),
            (gettext_lazy("Ernst"), "severity"),
            (gettext_lazy("Status"), "status"),
        ),
        permission=permissions.VIEW_INCIDENTS,
        explanation=incident_rules.DEFINITION,
        unit=Noun("veiligheidsincident", "veiligheidsincidenten"),
        style="cijfer",
        list_url=_list_url("security:incidents"),
    ),
    sources.count(
        "security.breaches",
        "Geregistreerde datalekken",
        explanation=breach_rules.DEFINITION,
        unit=BREACH,
        style="cijfer",
        list_url=_list_url("security:breaches", "&status=telt"),
        **_OF_BREACHES,
    ),
    sources.count(
        "security.breaches_notified",
        "Datalekken gemeld bij de Autoriteit Persoonsgegevens",
        part=Q(notified_at__isnull=False),
        explanation=(
            "Geteld zijn de datalekken uit het register van dit jaar waarvan een melding bij de "
            "Autoriteit Persoonsgegevens is vastgelegd (AVG art. 33 lid 1), ook als die in een volgend "
            "jaar is gedaan."
        ),
        unit=Noun("geval", "gevallen"),
        list_url=_list_url("security:breaches", "&besluit=gemeld"),
        **_OF_BREACHES,
    ),
    sources.count(
        "security.breaches_not_notified",
        "Datalekken waarvan is besloten ze niet te melden",
        part=Q(outcome=Outcome.NOT_NOTIFY),
        explanation=(
            "Geteld zijn de datalekken uit het register van dit jaar waarvoor is besloten dat een melding "
            "niet nodig is. Bij elk besluit staat de reden (AVG art. 33 lid 5). Een datalek waarover nog "
            "niet is besloten, telt hier niet mee."
        ),
        unit=BREACH,
        list_url=_list_url("security:breaches", "&besluit=niet"),
        **_OF_BREACHES,
    ),
    sources.tallied(
        "security.breach_impact",
        "Gevolgen van de datalekken",
        Kind.JUDGEMENT,
        tally="impact",
        value=impact_words,
        explanation=impact_rules.EXPLANATION,
        list_url=_list_url("security:breaches", "&status=telt"),
        **_OF_BREACHES,
    ),
    sources.tallied(
        "security.notifier",
        "Wie de datalekken heeft gemeld",
        Kind.NAME,
        tally="capacity",
        value=_only(dict(Capacity.choices)),
        explanation=(
            "De hoedanigheid waarin de meldingen bij de Autoriteit Persoonsgegevens zijn gedaan. Zij "
            "staat er alleen als die bij elke melding dezelfde was."
        ),
        **_OF_NOTIFICATIONS,
    ),
    sources.tallied(
        "security.controller",
        "Namens wie de datalekken zijn gemeld",
        Kind.NAME,
        tally="controller",
        value=_only(dict(Controller.choices)),
        explanation=(
            "De verwerkingsverantwoordelijke namens wie is gemeld: op haar rust de plicht (AVG art. 33 "
            "lid 1). Zij staat er alleen als die bij elke melding dezelfde was."
        ),
        **_OF_NOTIFICATIONS,
    ),
)

SLOTS = (
    SlotText(
        "security.framework",
        """[[als security.framework]]Sinds [[security.framework_since]] geldt de [[security.framework]] als
gezamenlijk normenkader voor informatieveiligheid. Daarmee wil de overheid haar
informatiebeveiliging verder professionaliseren en uiteindelijk komen tot een veilige digitale
overheid.[[einde]]
[[als security.policies]]Door de overgang naar dit normenkader zijn [[security.policies]]
aangepast en vastgesteld.[[einde]]

[[als security.capacity_change]]De professionalisering heeft in [[report.year|jaar]] geleid tot
[[security.capacity_change]].[[einde]]
[[als security.liaison_officers]]Om de vakafdelingen te ondersteunen
[[security.liaison_officers?is/zijn]] binnen [[security.liaison_organisation]]
[[security.liaison_officers|telling-woord]] aangesteld. Medewerkers krijgen zo hulp om zich
bewuster te worden van informatieveiligheid en om maatregelen door te voeren.[[einde]]""",
    ),
    SlotText(
        "security.registers",
        """\
In [[report.year|jaar]] [[security.incidents?is/zijn]] voor [[report.organisation]]
[[security.incidents|telling]] geregistreerd: gebeurtenissen die de beschikbaarheid, de integriteit
of de vertrouwelijkheid van informatie hebben geschaad of hadden kunnen schaden. Los daarvan
[[security.breaches?is/zijn]] in het register van datalekken [[security.breaches|telling]] vastgelegd.
Een datalek gaat over persoonsgegevens en ontstaat ook buiten de systemen, bijvoorbeeld door een brief
aan een verkeerd adres. Wat in het ene register staat, hoeft dus niet in het andere te staan.

[[als security.breach_impact]]De gevolgen van [[security.breaches?het datalek/de datalekken]] waren
[[security.breach_impact]].[[einde]]
[[als security.breaches_notified]]In [[security.breaches_notified|woord]]
[[security.breaches_notified?geval/gevallen]]
[[als security.notifier]]heeft [[security.notifier]]
[[als security.controller]]namens [[security.controller]][[einde]] melding gedaan
[[anders]]is melding gedaan[[einde]]
bij de Autoriteit Persoonsgegevens (AP).[[einde]]
[[als security.breaches_not_notified]]Voor [[security.breaches_not_notified|telling-woord]] is
vastgelegd waarom een melding niet nodig was.[[einde]]
[[als security.incidents]]Ook het melden van incidenten draagt eraan bij dat medewerkers zich bewuster
worden van informatieveiligheid.[[einde]]
""",
    ),
)


YEARS = (
    YearRows(queries.counted_incidents, "registered_on"),
    YearRows(queries.counted_breaches, "registered_on"),
)


def tasks(actor: Actor) -> tuple[Task, ...]:
    """What the actor has to do now, most urgent first."""
    return (*_breach_tasks(actor), *_incident_tasks(actor))


def _breach_tasks(actor: Actor) -> Iterator[Task]:
    if not actor.may(permissions.VIEW_BREACHES):
        return
    mine = [status for status, step in BREACH_STEPS.items() if actor.may_write(step.permission)]
    if not mine:
        return
    waiting = Q(status__in=mine)
    if actor.may_write(RATE.permission):
        waiting |= Q(status__in=breach_rules.UNDECIDED, impact="")
    rows = queries.breaches_visible_to(actor).filter(waiting).order_by("due_at", "pk")
    # What has a term comes first; the sort keeps the order within each.
    for breach in sorted(rows, key=lambda row: row.status not in breach_rules.OPEN):
        for step in breach_steps(breach):
            if actor.may_write(step.permission):
                yield _breach_task(actor, breach, step)


def _breach_task(actor: Actor, breach: Breach, step: Step) -> Task:
    runs, detail = breach.status in breach_rules.OPEN, ""
    if runs:
        detail = f"{step.waits_for} {_('AVG art. 33 lid 1 · 72 uur')}".strip()
    elif missing := queries.breach_facts(breach).missing:
        detail = _("Nog aan te vullen: {what}").format(what=", ".join(map(str, missing)))
    return Task(
        label=str(step.task).format(reference=breach.reference),
        url=_page("security:breach", actor, breach.pk),
        detail=detail or str(breach.get_status_display()),
        due=breach.due_at if runs else None,
        act=str(step.button),
        act_url=_page(step.url_name, actor, breach.pk),
        because=clock_of(breach.aware_at, breach.due_at).because if runs else (),
    )


def _incident_tasks(actor: Actor) -> Iterator[Task]:
    if not (actor.may_write(permissions.HANDLE) and actor.may(permissions.VIEW_INCIDENTS)):
        return
    for incident in queries.incidents_visible_to(actor).exclude(status=IncidentStatus.CLOSED):
        for step in incident_steps(incident):
            yield Task(
                label=str(step.task).format(reference=incident.reference),
                url=_page("security:incident", actor, incident.pk),
                detail=str(incident.get_kind_display()),
                act=str(step.button),
                act_url=_page(step.url_name, actor, incident.pk),
            )


def figures(actor: Actor) -> tuple[Figure, ...]:
    """Who sees the registers: this year's incidents and breaches, and the running clocks. Others: own reports."""
    seen = (actor.may(permissions.VIEW_INCIDENTS), actor.may(permissions.VIEW_BREACHES))
    if not any(seen):
        return _own_figure(actor)
    year = localdate().year
    this, last = queries.tally(year), queries.tally(year - 1)
    told: list[Figure] = []
    if seen[0]:
        before = _("vorig jaar {number}").format(number=last.incidents)
        url = f"{_list('security:incidents', actor)}?jaar={year}"
        told.append(
            Figure(
                _("Veiligheidsincidenten"), str(this.incidents), url, _("in {year}").format(year=year), before
            )
        )
    if seen[1]:
        before = _("vorig jaar {number}").format(number=last.breaches)
        url = f"{_list('security:breaches', actor)}?jaar={year}"
        told.append(
            Figure(_("Datalekken"), str(this.breaches), url, _("in {year}").format(year=year), before)
        )
        told.append(_clocks_figure(actor))
    return tuple(told)


def _clocks_figure(actor: Actor) -> Figure:
    running = queries.running(actor, now())
    late = ngettext("{number} is verlopen", "{number} zijn verlopen", running.late).format(
        number=running.late
    )
    note, tone = (late, "fout") if running.late else (_("geen is verlopen"), "goed")
    url = _list("security:overview", actor)
    return Figure(_("Lopende termijnen van 72 uur"), str(running.all), url, note=note, tone=tone)


def _own_figure(actor: Actor) -> tuple[Figure, ...]:
    if not actor.may(permissions.REPORT) or actor.person_id is None:
        return ()
    number = queries.own_incidents(actor).count() + queries.own_breaches(actor).count()
    return (Figure(_("Wat u zelf meldde"), str(number), _list("security:overview", actor)),)


def dates(actor: Actor, start: date, until: date) -> tuple[Dated, ...]:
    """The running clocks of 72 hours that end on a day from `start` up to `until`; one query."""
    if not actor.may(permissions.VIEW_BREACHES):
        return ()
    zone = get_current_timezone()
    first, end = (datetime.combine(day, time(), zone) for day in (start, until))
    return tuple(
        Dated(
            f"security.clock:{breach.uid}",
            _("{reference}: einde van de 72 uur om te melden (AVG art. 33 lid 1)").format(
                reference=breach.reference
            ),
            breach.due_at,
            _page("security:breach", actor, breach.pk),
            _("Termijn van een datalek"),
            version=breach.version,
        )
        for breach in queries.open_clocks(actor).filter(due_at__gte=first, due_at__lt=end)
    )


def _page(name: str, actor: Actor, pk: int) -> str:
    return reverse(name, args=[actor.organisation.slug, pk])


def _list(name: str, actor: Actor) -> str:
    return reverse(name, args=[actor.organisation.slug])


# What is kept how long: the row with its number, days and outcome stays and is counted; what people wrote goes.
RETENTION = (
    RetentionClass(
        key="security.incidents",
        label=gettext_lazy("Veiligheidsincidenten"),
        source=gettext_lazy("BIO 5.24 en 5.27 noemen geen termijn; keuze van de organisatie"),
        years=5,
        rows=queries.counted_incidents,
        counts_from="closed_on",
        counts_from_label=gettext_lazy("vanaf de afsluiting"),
        end_of_year=True,
        redact=("description", "measure", "reporter", "contact"),
    ),
    RetentionClass(
        key="security.contacts",
        label=gettext_lazy("E-mailadressen van melders zonder account"),
        source=gettext_lazy("AVG art. 5 lid 1 onder e; keuze van de organisatie"),
        years=1,
        rows=queries.outside_contacts,
        counts_from="closed_on",
        counts_from_label=gettext_lazy("vanaf de afsluiting"),
        redact=("contact",),
        files=False,
    ),
    RetentionClass(
        key="security.breaches",
        label=gettext_lazy("Datalekken"),
        source=gettext_lazy(
            "AVG art. 33 lid 5 vraagt documentatie en noemt geen termijn; keuze van de organisatie"
        ),
        years=5,
        rows=queries.all_breaches,
        counts_from="closed_on",
        counts_from_label=gettext_lazy("vanaf de afsluiting"),
        end_of_year=True,
        redact=(
            "description",
            "data_subjects",
            "records",
            "consequences",
            "measures",
            "dismissal",
            "reporter",
        ),
        parts=(
            RetainedPart("security.notification", "breach", ("late_motive",)),
            RetainedPart("security.breachdecision", "breach", ("motive",)),
            RetainedPart("security.breachadvice", "breach", ("text",)),
        ),
    ),
)


def _incident_texts(row: Incident) -> Texts:
    return Texts(row.reference, str(row.get_kind_display()), f"{row.description}\n{row.measure}")


def _incident_hit(actor: Actor, row: Incident) -> RecordName:
    label = f"{row.reference} · {row.get_kind_display()}"
    return RecordName(label, _page("security:incident", actor, row.pk))


def _breach_texts(row: Breach) -> Texts:
    said = (
        row.description,
        row.data_subjects,
        row.records,
        row.consequences,
        row.measures,
        row.dismissal,
    )
    return Texts(row.reference, body="\n".join(filter(None, said)))


def _breach_hit(actor: Actor, row: Breach) -> RecordName:
    label = f"{row.reference} · {row.get_status_display()}"
    return RecordName(label, _page("security:breach", actor, row.pk))


INDEXED = (
    Indexed(
        "security.incident",
        gettext_lazy("Incident"),
        permissions.VIEW_INCIDENTS,
        _incident_texts,
        queries.incidents_visible_to,
        _incident_hit,
    ),
    Indexed(
        "security.breach",
        gettext_lazy("Datalek"),
        permissions.VIEW_BREACHES,
        _breach_texts,
        queries.breaches_visible_to,
        _breach_hit,
    ),
)


def _open_clocks(actor: Actor) -> Iterator[Reminded]:
    """Each breach on its clock to whoever has the next step, and may see it."""
    rows = queries.breaches_visible_to(actor).filter(status__in=breach_rules.OPEN).order_by("due_at", "pk")
    held = people_holding(localdate())
    sees = held.get(permissions.VIEW_BREACHES.key, {})
    for breach in rows:
        for step in breach_steps(breach):
            for person, units in held.get(step.permission.key, {}).items():
                if person in sees and all(_reaches(where, breach.unit_id) for where in (units, sees[person])):
                    label = str(step.task).format(reference=breach.reference)
                    due = localdate(breach.due_at)
                    yield Reminded(breach.uid, person, label, due, _page("security:breach", actor, breach.pk))


def _reaches(units: frozenset[int] | None, unit_id: int | None) -> bool:
    return units is None or unit_id in units


REMINDERS = (
    ReminderKind(
        "security.notification_clock",
        gettext_lazy("Termijn voor het melden van een datalek (AVG art. 33)"),
        _open_clocks,
        days=(1, 0, -1),
    ),
)
