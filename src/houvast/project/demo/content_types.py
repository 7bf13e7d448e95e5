"""The shapes of the example data. Pure and frozen; validity ends (`until`) are exclusive everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from houvast.core.commitments.rules import Stand
from houvast.core.report.claims import Kind, Noun, Period, Style, Value


@dataclass(frozen=True)
class Source:
    """Where a fact was read.

    dated: the last day of the year the document accounts for; the document itself bears no date.
    """

    title: str
    place: str
    dated: date


FactValue: TypeAlias = int | str | date | Decimal | Period | None


@dataclass(frozen=True)
class FactData:
    """A sourced fact (feit met bron): what no register holds yet.

    value: an int for a count, a Decimal in percent for a share, text for a name and for a judgement, None for
        a list. A quantifier of which the source gives only the word ("alle teams") is a judgement too: the
        source vouches for it, not a count.
    items: what was counted or listed, in the source's order.
    items_are_example: the source gives the number but names nothing; the items stand in for the rows.
    as_of, period: the day or the stretch of time the fact is about; exactly one of the two is set.
    """

    key: str
    label: str
    kind: Kind
    value: FactValue
    source: Source
    explanation: str
    items: tuple[str, ...] = ()
    unit: Noun | None = None
    style: Style = "woord"
    as_of: date | None = None
    period: Period | None = None
    items_are_example: bool = False

    @property
    def raw(self) -> Value:
        """The value in the shape that a claim of this kind holds."""
        if self.kind is Kind.LIST:
            return list(self.items)
        if isinstance(self.value, Period):
            return [self.value.start.isoformat(), self.value.until.isoformat()]
        if isinstance(self.value, date):
            return self.value.isoformat()
        return self.value if isinstance(self.value, int) else str(self.value)


@dataclass(frozen=True)
class ProseData:
    """The text of one slot, in the chapter's prose grammar."""

    slot: str
    text: str


def prose(slot: str, text: str) -> ProseData:
    """The text of a slot from a wrapped source text: an empty line parts paragraphs, other ends are spaces.

    Only for texts whose lists come from claims; a line that starts with "- " would join the one before.
    """
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return ProseData(slot, "\n\n".join(paragraphs))


@dataclass(frozen=True)
class OrganisationData:
    """An organisation (organisatie) of the set; `slug` stands in its addresses."""

    slug: str
    name: str
    kind: str


@dataclass(frozen=True)
class FunctionData:
    """A function (functie) in an organisation's register of functions."""

    key: str
    organisation: str
    name: str
    tasks: tuple[str, ...]
    mandates: tuple[str, ...]
    competences: tuple[str, ...]
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class UnitData:
    """An organisational unit (organisatieonderdeel); `parent` is a unit key of the same organisation."""

    key: str
    organisation: str
    name: str
    kind: str
    parent: str | None
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class PostData:
    """A post (formatieplaats): one function in one unit, for one person at a time."""

    key: str
    organisation: str
    unit: str
    function: str
    title: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class PersonData:
    """An employee, called by function: no real person's data."""

    key: str
    organisation: str
    label: str


@dataclass(frozen=True)
class AppointmentData:
    """The appointment (benoeming) of a person to a post, with the decision it rests on."""

    organisation: str
    person: str
    post: str
    valid_from: date
    decided_on: date
    decision: str
    valid_until: date | None = None


@dataclass(frozen=True)
class DeputyData:
    """Who stands in (vervanger) for the holder of a post."""

    organisation: str
    post: str
    deputy_post: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True)
class VersionData:
    """A structure version (structuurversie) with its decision and the works council's advice on it."""

    organisation: str
    kind: str
    name: str
    effective_on: date
    decided_on: date
    decided_by: str
    decision: str
    advice: str
    advised_on: date
    advice_note: str = ""


@dataclass(frozen=True)
class TransitionData:
    """A transition action (overgangsactie) that was done; its owner is a post, or a person by key."""

    what: str
    due_on: date
    done_on: date
    evidence: str
    post: str = ""
    person: str = ""


@dataclass(frozen=True)
class IncidentData:
    """A security incident (veiligheidsincident). Moments are in Amsterdam time and aware."""

    key: str
    organisation: str
    registered_on: date
    discovered_at: datetime
    occurred_on: date
    kind: str
    severity: str
    description: str
    measure: str
    status: str
    closed_on: date | None


@dataclass(frozen=True)
class BreachData:
    """A personal data breach (datalek, AVG art. 4 onder 12 and art. 33 lid 5).

    aware_at: the moment of becoming aware, from which the 72 hours run.
    notified_at: the moment of notification to the Autoriteit Persoonsgegevens, None when not notified.
    motive: why it was notified, or why not.
    subjects, records: approximate numbers of people and of records.
    incident: key of the incident it came from, when it came from one.
    """

    key: str
    organisation: str
    registered_on: date
    aware_at: datetime
    occurred_on: date
    nature: str
    description: str
    data_categories: tuple[str, ...]
    subject_categories: tuple[str, ...]
    subjects: int
    records: int
    impact: str
    measure: str
    motive: str
    decided_on: date
    notified_at: datetime | None
    subjects_informed: bool
    status: str
    incident: str | None = None


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as; `person` is the key of an employee of the set."""

    key: str
    organisation: str
    person: str
    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class GrantData:
    """A dated bundle of permissions in another organisation (machtiging), by role and for named registers."""

    person: str
    organisation: str
    roles: tuple[str, ...]
    registers: tuple[str, ...]
    may_write: bool
    valid_from: date
    decision: str
    valid_until: date | None = None


@dataclass(frozen=True)
class CommitmentData:
    """A commitment (voornemen) of the chapter, owned by a post or a person by key; and how it stood, where it began."""

    section: str
    text: str
    quote: str
    owner_post: str = ""
    term: str = ""
    kind: str = "intention"
    settlement: str = "result"
    stand: Stand | None = None
    owner_person: str = ""
