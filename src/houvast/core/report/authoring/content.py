"""What a section says now, and how that differs from what somebody agreed on. No query, no clock.

An agreement keeps a `Snapshot`: the prose of each slot as written and as it reads, and every claim that the prose
names, with value, words and digest. Nothing marks a section as changed: whoever reads it compares, so that no way of
changing a row can be forgotten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houvast.core.report import diff, guard
from houvast.core.report.chapter import FilledSection, SlotProse
from houvast.core.report.claims import Claim, Value
from houvast.core.report.manuscript import keys_named
from houvast.core.report.prose import to_text


@dataclass(frozen=True)
class SlotSaid:
    """The prose of a slot: as written, and as it reads."""

    slot: str
    source: str
    text: str


@dataclass(frozen=True)
class ClaimSaid:
    """A claim that the prose names. `value` and the rest are None where there is no such claim."""

    key: str
    label: str
    value: Value | None
    text: str | None
    digest: str | None


@dataclass(frozen=True)
class Snapshot:
    """What a section says: prose and claims."""

    texts: tuple[SlotSaid, ...]
    claims: tuple[ClaimSaid, ...]

    def to_json(self) -> dict[str, Any]:
        """As an agreement keeps it."""
        return {
            "texts": [asdict(text) for text in self.texts],
            "claims": [asdict(one) for one in self.claims],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Snapshot:
        """From what an agreement kept."""
        return cls(
            tuple(SlotSaid(**text) for text in kept["texts"]),
            tuple(ClaimSaid(**claim) for claim in kept["claims"]),
        )

    @property
    def mark(self) -> str:
        """Short and the same for the same content: what a form sends along, to say what its reader saw."""
        written = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True)
class Fault:
    """Why a section cannot go on, in one sentence; in which slot, where it is in one."""

    sentence: str
    slot: str = ""


@dataclass(frozen=True)
class Content:
    """A section as it reads now: its snapshot, how many errors the guard finds, and all that keeps it from going on."""

    snapshot: Snapshot
    errors: int
    faults: tuple[Fault, ...]

    @property
    def blocked(self) -> str:
        """What blocks it, short enough for a button: "eerst 2 fouten"; nothing when nothing does."""
        if self.errors:
            return ngettext("eerst %(n)s fout", "eerst %(n)s fouten", self.errors) % {"n": self.errors}
        return _("eerst een tekst") if self.faults else ""


def content(section: FilledSection, claims: Mapping[str, Claim]) -> Content:
    """Read a section with these claims."""
    texts = tuple(SlotSaid(slot.slot, slot.source, to_text(slot.blocks)) for slot in section.slots)
    keys = sorted({key for slot in section.slots for key in keys_named(slot.source)})
    errors = {slot.slot: _errors(slot, claims) for slot in section.slots}
    return Content(
        Snapshot(texts, tuple(_said(key, claims.get(key)) for key in keys)),
        sum(errors.values()),
        tuple(_faults(section, errors)),
    )


def _errors(slot: SlotProse, claims: Mapping[str, Claim]) -> int:
    """What the guard calls an error; a text that cannot be read is one at least.

    The text that comes with a module is made to do without facts that are not there: what it names in sentences
    that fall away is no error.
    """
    found = sum(
        finding.severity == "error" and (slot.edited or finding.rule is not guard.Rule.CLAIM)
        for finding in guard.check(slot.source, claims)
    )
    return found or int(bool(slot.problem))


def _said(key: str, claim: Claim | None) -> ClaimSaid:
    if claim is None:
        return ClaimSaid(key, key, None, None, None)
    return ClaimSaid(key, claim.label, claim.value, claim.text, claim.digest)


def _faults(section: FilledSection, errors: Mapping[str, int]) -> Iterator[Fault]:
    if not section.blocks and not any(errors.values()):
        yield Fault(_("Dit onderdeel heeft nog geen tekst."))
    for slot in section.slots:
        if slot.problem:
            yield Fault(slot.problem, slot.slot)
        elif number := errors[slot.slot]:
            told = ngettext(
                "Nog %(n)s fout: er staat iets in de tekst dat geen feit bewijst.",
                "Nog %(n)s fouten: er staat iets in de tekst dat geen feit bewijst.",
                number,
            )
            yield Fault(told % {"n": number}, slot.slot)


_ABSENT = (None, None, None)


@dataclass(frozen=True)
class ClaimChange:
    """A claim that is not what it was. `rows_only`: other rows, the same value."""

    key: str
    label: str
    old: str | None
    new: str | None
    rows_only: bool


@dataclass(frozen=True)
class Difference:
    """How a section differs from what was agreed on: its words as they read, and its claims. Empty when it does not."""

    words: tuple[tuple[diff.Change, ...], ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    rewritten: bool = False

    def __bool__(self) -> bool:
        return bool(self.claims) or self.rewritten

    @property
    def told(self) -> str:
        """In one sentence."""
        parts = []
        if self.rewritten:
            parts.append(_("de tekst is veranderd"))
        if number := sum(not change.rows_only for change in self.claims):
            told = ngettext("%(n)s feit is veranderd", "%(n)s feiten zijn veranderd", number)
            parts.append(told % {"n": number})
        if number := sum(change.rows_only for change in self.claims):
            told = ngettext(
                "van %(n)s feit zijn de rijen veranderd, de waarde niet",
                "van %(n)s feiten zijn de rijen veranderd, de waarde niet",
                number,
            )
            parts.append(told % {"n": number})
        return "; ".join(parts)


def difference(then: Snapshot, now: Snapshot) -> Difference:
    """The way from what was agreed on to what stands there now."""
    return Difference(tuple(_words(then, now)), tuple(_claims(then, now)), then.texts != now.texts)


def _words(then: Snapshot, now: Snapshot) -> Iterator[tuple[diff.Change, ...]]:
    old, new = ({text.slot: text for text in one.texts} for one in (then, now))
    for slot in dict.fromkeys([*old, *new]):
        before, after = old.get(slot), new.get(slot)
        if before != after:
            # What reads alike was written otherwise: then the writing itself is what changed.
            alike = before is not None and after is not None and before.text == after.text
            said = [("" if one is None else one.source if alike else one.text) for one in (before, after)]
            yield diff.diff(*said)


def _claims(then: Snapshot, now: Snapshot) -> Iterator[ClaimChange]:
    old, new = ({claim.key: claim for claim in one.claims} for one in (then, now))
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        # What a claim is called says nothing of the year.
        was, is_now = ((one.value, one.text, one.digest) if one else _ABSENT for one in (before, after))
        if was != is_now:
            yield ClaimChange(
                key, (after or before or _said(key, None)).label, was[1], is_now[1], was[:2] == is_now[:2]
            )


def claims_stand(then: Snapshot, now: Snapshot) -> bool:
    """Whether every claim is what it was, whatever the words around it: what a control is about."""
    return not any(True for _change in _claims(then, now))
