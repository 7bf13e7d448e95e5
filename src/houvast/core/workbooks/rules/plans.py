"""What a workbook will do to a register, before anybody said yes; and what is declared of each workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from houvast.core.workbooks.rules.columns import Letters, Sheet, Values
from houvast.core.workbooks.rules.faults import Fault

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from houvast.core.access.actor import Actor
    from houvast.core.access.permissions import Permission
    from houvast.core.workbooks.models import WorkbookImport


class Outcome(StrEnum):
    """What happens to the record that a row is about."""

    CHANGED = "changed"
    MADE = "made"
    LEFT = "left"


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """The action refused what the plan still thought possible. The sentence says why."""


@dataclass(frozen=True)
class Tally:
    """How many records will be made, changed and left as they are."""

    made: int = 0
    changed: int = 0
    left: int = 0

    @property
    def work(self) -> int:
        """How many will be written."""
        return self.made + self.changed


@dataclass(frozen=True)
class Content:
    """What could be read: by sheet the whole rows, and of the others the cells that could be read."""

    rows: Mapping[str, Sequence[Values]]
    broken: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    letters: Letters = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What will be recorded, and what is wrong with it. Only one without faults can be.

    rows: what the workbook's `record` takes. shown: the rows of the workbook by sheet, for the preview.
    outcomes: by the place of a row. was: of changed rows, by place and column, what is recorded now. more: what
    else comes of it, as a heading with names. stamp: differs as soon as somebody changed a record that the plan
    changes.
    """

    rows: Any
    shown: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    was: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()
    stamp: str = ""

    @property
    def tally(self) -> Tally:
        """The outcomes, counted."""
        counted = Counter(self.outcomes.values())
        return Tally(counted[Outcome.MADE], counted[Outcome.CHANGED], counted[Outcome.LEFT])


@dataclass(frozen=True)
class Sent:
    """A confirmed import: the key of the preview it came from, the moment, the file and what was promised."""

    key: UUID
    at: datetime
    workbook: str
    file_name: str
    sha256: str
    tally: Tally


Known = Mapping[str, Iterable[str]]


def nothing_known(_actor: Actor) -> Known:
    """For a workbook whose columns refer to nothing."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A register as a workbook: how it is written out, and how one that was filled in is read.

    key: stable, `module.register`. permission: to read it in; sees: to write it out. everywhere: only who holds the
    permission for the whole organisation. known: the codes that exist, by what columns refer to. plan: judges what
    was read beside the register, and writes nothing. record: the call of the one action that records a plan's
    rows; raises Refused. rows: the register by sheet, as the filters of its list would show it. page: the
    register's own address. done: what has to happen after it was recorded.
    """

    key: str
    label: StrOrPromise
    about: StrOrPromise
    permission: Permission
    sees: Permission
    sheets: tuple[Sheet, ...]
    plan: Callable[[Actor, Content, datetime], Plan]
    record: Callable[[Actor, Any, Sent], WorkbookImport]
    rows: Callable[[Actor, QueryDict], Mapping[str, Iterable[Values]]]
    page: str
    done: StrOrPromise = ""
    known: Callable[[Actor], Known] = nothing_known
    everywhere: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sheets, in order."""
        return tuple(sheet.name for sheet in self.sheets)
