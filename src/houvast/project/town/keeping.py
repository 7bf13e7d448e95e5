"""What the town keeps and destroys: reports from outside, terms, holds, destruction lists; and who looked."""

from __future__ import annotations

from datetime import date, datetime, time
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import make_aware

from houvast.core.access.actor import Actor, public_actor
from houvast.core.agenda.actions import note_look
from houvast.core.audit.actions import PUBLIC, request_origin
from houvast.core.configuration import actions as configuration
from houvast.core.notices import actions as notices
from houvast.core.notices.delivery import remind
from houvast.core.notices.rules import Frequency
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.retention import actions as retention
from houvast.core.retention.queries import items_of
from houvast.core.viewlog.actions import note_all
from houvast.core.viewlog.rules import Manner
from houvast.core.workbooks.rules.plans import Sent, Tally
from houvast.modules.security import actions as security
from houvast.modules.security import permissions
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.rules import IncidentFacts, PersonalData, Severity
from houvast.modules.values import actions as values
from houvast.modules.values.models import Instrument
from houvast.modules.values.rules import CountRow
from houvast.project.town.plan import Size

CONTACTS = "security.contacts"


def _at(day: date, hour: int = 10) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def settings(people: dict[str, Actor], size: Size) -> None:
    """The public form is open, whoever is away is not mailed, and people are reminded in time."""
    administrator, since = people["administrator"], date(size.first, 1, 1)
    for key, value in (
        ("security.public_reports", True),
        ("security.public_promise", "U hoort binnen drie werkdagen van ons."),
    ):
        configuration.change(
            administrator, key=key, value=value, valid_from=since, decision=f"Collegebesluit {size.first}-01"
        )
    notices.set_rule(administrator, kind="commitments.due", days=(60, 14, -1), is_on=True, expected_version=0)
    notices.choose(people["director"], usual=Frequency.WEEKLY, weekday=0, kinds={}, expected_version=0)


def reported_from_outside(here: Organisation, ciso: Actor, year: int) -> Incident:
    """A weakness that a visitor of the website reported, handled and closed within two weeks."""
    visitor = public_actor(here, permissions.REPORT_VULNERABILITY)
    reported, closed = date(year, 5, 12), date(year, 5, 26)
    with request_origin(PUBLIC):
        row = security.report_vulnerability(
            visitor,
            at=_at(reported),
            where="Het afsprakenformulier op de website",
            description="Na verzenden is in het adres het nummer van een andere afspraak te lezen.",
            contact=f"melder-{year}@example.org",
        )
    facts = IncidentFacts(
        kind=row.kind,
        discovered_at=row.discovered_at,
        description=row.description,
        personal_data=PersonalData.NO,
        severity=Severity.LOW,
        measure="Het nummer staat niet meer in het adres.",
    )
    row = security.change_incident(
        ciso, incident_id=row.pk, expected_version=row.version, at=_at(reported, 14), facts=facts
    )
    return security.close_incident(
        ciso, incident_id=row.pk, expected_version=row.version, at=_at(closed), on=closed
    )


def destruction(people: dict[str, Actor], outside: list[Incident], size: Size) -> None:
    """A list that was carried out in the third year, a hold, and a list that waits for its second person.

    What goes are the addresses of who reported from outside, a year after the report was closed.
    """
    administrator, director = people["administrator"], people["director"]
    since = date(size.first, 1, 1)
    retention.deviate(
        administrator,
        key="security.incidents",
        years=7,
        decision=f"Besluit informatiebeheer {size.first}",
        valid_from=since,
        at=_at(since),
    )
    if size.years < 3:
        return
    day = date(size.first + 2, 1, 15)
    listed = retention.make_list(administrator, day=day, today=day)
    listed = retention.propose(
        administrator, list_id=listed.pk, expected_version=listed.version, at=_at(day, 11)
    )
    listed = retention.approve(director, list_id=listed.pk, expected_version=listed.version, at=_at(day, 15))
    retention.execute(director, list_id=listed.pk, at=_at(day, 15), today=day)
    held, left = outside[1], date(size.first + size.years, 1, 15)
    retention.hold(
        people["privacy-officer"],
        reason="Over deze melding loopt een klacht.",
        valid_from=date(size.first + 2, 1, 1),
        subject=held,
    )
    if size.years < 4:
        return
    waits = retention.make_list(administrator, day=left, today=left)
    with reading(administrator.organisation.pk):
        last = list(items_of(waits))[-1]
    retention.exclude(
        administrator,
        item_id=last.pk,
        expected_version=last.version,
        reason="De melder heeft nog een vraag openstaan.",
    )
    retention.propose(administrator, list_id=waits.pk, expected_version=waits.version, at=_at(left, 11))


def counts_from_a_workbook(
    director: Actor, instruments: list[Instrument], counted: dict[int, int], year: int
) -> None:
    """The counts of a year, read in at once. counted: how many talks there were, by the instrument's number."""
    rows = [
        CountRow(
            instrument_id=one.pk, kind=one.kind, year=year, total=counted[one.pk], covered=counted[one.pk]
        )
        for one in instruments
    ]
    name = f"Waarden {year}.xlsx"
    sent = Sent(
        key=uuid5(NAMESPACE_URL, f"{director.organisation.uid} {name}"),
        at=_at(date(year, 12, 31)),
        workbook="values.counts",
        file_name=name,
        sha256=sha256(name.encode()).hexdigest(),
        tally=Tally(made=len(rows)),
    )
    values.import_counts(director, rows=rows, today=date(year, 12, 31), sent=sent)


def looked(people: dict[str, Actor], here: Organisation, today: date) -> None:
    """Who looked at breaches and reports of late, who read what changed, and who was reminded."""
    with reading(here.pk):
        breaches = list(Breach.objects.order_by("-registered_on", "-pk").values_list("uid", flat=True)[:3])
        incidents = list(Incident.objects.order_by("-registered_on", "-pk").values_list("uid", flat=True)[:2])
    for who in ("ciso", "privacy-officer"):
        note_all(people[who], [("security.breach", uid) for uid in breaches], Manner.PAGE)
    note_all(people["ciso"], [("security.incident", uid) for uid in incidents], Manner.PAGE)
    note_look(people["director"], number=500, at=_at(today))
    remind(here, today)
