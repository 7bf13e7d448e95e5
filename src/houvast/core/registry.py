"""The one door between the core and its modules: what a module contributes, in typed form.

A module describes itself in `module.py` with one frozen `Module`; its `AppConfig.ready()` hands that to
`register()`. The core asks `modules()` and never names a module.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import AppConfig
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from houvast.core.access.actor import Actor
    from houvast.core.access.permissions import Permission
    from houvast.core.configuration.rules import Setting
    from houvast.core.events.rules import Reaction
    from houvast.core.jobs.rules import JobKind, Turn
    from houvast.core.report.claims import ClaimSource, ReportContext, SlotText


@dataclass(frozen=True)
class NavItem:
    """A line in the side navigation. `url_name` is reversed with the organisation's slug.

    writes: it leads to a form, so who has the permission by a grant to read does not see it.
    """

    label: StrOrPromise
    url_name: str
    icon: str
    group: StrOrPromise
    permission: Permission | None = None
    order: int = 100
    writes: bool = False


@dataclass(frozen=True)
class Shortcut:
    """Something a person can begin here. `about` is one sentence; `prominent` ones are buttons on the first page.

    Who may write by the permission may begin it; for a page to read, `to_read` asks no more than that.
    """

    label: StrOrPromise
    url_name: str
    icon: str
    about: StrOrPromise
    permission: Permission
    order: int = 100
    prominent: bool = False
    to_read: bool = False


@dataclass(frozen=True)
class Task:
    """Something a person has to do now. Addresses are complete.

    url: what it is about. act, act_url: the name of the act and where it is done; without them one looks at `url`.
    due: the last day or moment; it makes the task a clock. because: how that was reckoned, step by step.
    """

    label: StrOrPromise
    url: str
    detail: StrOrPromise = ""
    due: date | datetime | None = None
    act: StrOrPromise = ""
    act_url: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number on somebody's first page, with what it is measured against. `tone` only repeats the words."""

    label: StrOrPromise
    value: str
    url: str
    unit: StrOrPromise = ""
    note: StrOrPromise = ""
    tone: str = ""


@dataclass(frozen=True)
class SearchHit:
    """Something that matches what somebody typed in the header.

    of: how many of its kind match, where only the first are given; 0 where these are all.
    snippet: the place in the text where it was found, in pieces; True marks what matches.
    """

    label: StrOrPromise
    url: str
    kind: StrOrPromise
    of: int = 0
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class RecordName:
    """What people call a record, and its page."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Records:
    """The rows of a table as the trail calls them.

    label: what one row is. named: the names of rows by their uid as text, in one query; it leaves out what the
    actor may not see. sensitive: who opens one, or has a file of one, is written in the log of views.
    """

    table: str
    label: StrOrPromise
    named: Callable[[Actor, Collection[str]], Mapping[str, RecordName]]
    sensitive: bool = False

    @property
    def key(self) -> str:
        return self.table


@dataclass(frozen=True)
class FileOwner:
    """Who may have the files of a table's rows: `may` is asked with the actor and the row's uid."""

    table: str
    may: Callable[[Actor, UUID], bool]

    @property
    def key(self) -> str:
        return self.table


@dataclass(frozen=True)
class YearRows:
    """Rows of which each year of the column `day` has a chapter, as the claims of the module count them."""

    rows: Callable[[], QuerySet[Any]]
    day: str


@dataclass(frozen=True)
class Obstacle:
    """Why the chapter of a year cannot be adopted yet, in one sentence, and the page where that is mended.

    section: the key of the section it is about, where it is about one.
    """

    sentence: StrOrPromise
    url: str
    section: str = ""


@dataclass(frozen=True)
class Dated:
    """Something with a date (agendapunt), for the calendar of who may see it.

    key: `<module>.<kind>:<uid>`, stable and unique within the organisation, so that a calendar program knows it
    again; what stands before the colon is the kind by which one filters.
    label: what it is, without anybody's name and without free text, since it leaves the application in the feed.
    until: the exclusive end, where it lasts longer than its day or moment.
    about: whom or what it is about, for the screen alone. version: how often it was changed, where that is known.
    """

    key: str
    label: StrOrPromise
    on: date | datetime
    url: str
    kind: StrOrPromise
    until: date | datetime | None = None
    about: str = ""
    version: int = 0


@dataclass(frozen=True)
class Reminded:
    """Somebody (a person's number) to whom something falls due: the row it is about, and the page."""

    subject: UUID
    person: int
    label: str
    due: date
    url: str


@dataclass(frozen=True)
class ReminderKind:
    """A kind of reminder (herinnering) that a module can send, by a rule that the organisation may change.

    days: how long before the day it falls due, in days, by default; a negative number is after it.
    due: what falls due, to whom, as far as it is not done yet; it names nobody who may not open it.
    """

    key: str
    label: StrOrPromise
    due: Callable[[Actor], Iterable[Reminded]]
    days: tuple[int, ...] = (7, 1, -1)


@dataclass(frozen=True)
class Api:
    """What programs can ask of a module.

    router: dotted path of the django-ninja router, so that only who serves addresses loads it.
    reads, writes: the permissions that its operations ask to look and to record; these a token can hold.
    """

    router: str
    reads: tuple[Permission, ...] = ()
    writes: tuple[Permission, ...] = ()


@dataclass(frozen=True)
class SectionAct:
    """Something that one can do from a section of the chapter, for who may write by the permission.

    url_name is reversed with the organisation's slug and the year; the address gets `?onderdeel=` with the section.
    """

    label: StrOrPromise
    url_name: str
    icon: str
    permission: Permission


@dataclass(frozen=True)
class Annex:
    """A table at the end of the chapter (bijlage), in Dutch: each row begins with what it is about."""

    key: str
    heading: str
    lead: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cards(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each row with the name of the column beside each cell."""
        return tuple(tuple(zip(self.header, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Texts:
    """What a record can be found by: its reference number, its name, and the rest of what it says."""

    reference: str = ""
    title: str = ""
    body: str = ""


@dataclass(frozen=True)
class Indexed:
    """The rows of a table that people can search (vindbaar) by the words in them.

    kind: what one is called. texts: the words of a row; it asks no query. permission: without it nobody finds one.
    rows: those that the actor may see, newest or most important first; the index never decides that.
    hit: the line of a row and its page. group: the column by which several rows are one thing, as the periods of a
    unit are; only the first of those is shown.
    """

    table: str
    kind: StrOrPromise
    permission: Permission
    texts: Callable[[Any], Texts]
    rows: Callable[[Actor], QuerySet[Any]]
    hit: Callable[[Actor, Any], RecordName]
    group: str = ""

    @property
    def key(self) -> str:
        return self.table


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice (melding) that a module can give; a person chooses per kind how it is mailed.

    key: stable, `module.what`. label: what it is about in general, since a mail says no more than that.
    """

    key: str
    label: StrOrPromise


@dataclass(frozen=True)
class RetainedPart:
    """Rows that hang on a record and go with it, when its time is over.

    table: as in `Records`. owner: the column that points to the record: a reference, or a `subject_uid`.
    redact: the columns that lose their content; without any, the row is removed.
    """

    table: str
    owner: str
    redact: tuple[str, ...] = ()


@dataclass(frozen=True)
class RetentionClass:
    """A retention class (bewaarcategorie): how long a kind of record is kept, from when, and what goes then.

    source: the article, the number of the selection list, or whose choice it is. years: None is for ever.
    rows: the records of the class. counts_from: their column with the day or moment from which the years count;
    a record in which it is empty is not due. end_of_year: they count from the end of that year.
    redact: the columns that lose their content; without any, the row is removed. parts: what goes with it.
    files: whether the files of the record go too. to_confirm: a jurist or archivist has not confirmed the term.
    kept: why nothing is ever destroyed here, for a class that stands in the overview for that.
    """

    key: str
    label: StrOrPromise
    source: StrOrPromise
    years: int | None
    rows: Callable[[], QuerySet[Any]] | None = None
    counts_from: str = ""
    counts_from_label: StrOrPromise = ""
    end_of_year: bool = False
    redact: tuple[str, ...] = ()
    parts: tuple[RetainedPart, ...] = ()
    files: bool = True
    to_confirm: bool = True
    kept: StrOrPromise = ""


def _always() -> bool:
    return True


@dataclass(frozen=True)
class PublicPage:
    """An address in an organisation that is open to somebody without an account, on purpose.

    permission: the one thing a visitor may do there; without one, nothing is written. listed: it stands in the list of
    public pages. privacy: what is kept of who uses it, and how long, in a sentence. is_open: whether the organisation
    has it open; asked in its scope.
    """

    url_name: str
    label: StrOrPromise
    about: StrOrPromise = ""
    permission: Permission | None = None
    listed: bool = True
    privacy: StrOrPromise = ""
    is_open: Callable[[], bool] = _always

    @property
    def key(self) -> str:
        return self.url_name


def _nothing(*_: object) -> tuple[()]:
    return ()


def _none(_uids: Collection[UUID]) -> frozenset[UUID]:
    return frozenset()


@dataclass(frozen=True)
class Module:
    """The index card of a module.

    key: stable name, the first part of its permissions, claims and addresses.
    permissions: what one may do in it, with the standard roles that hold each.
    claims: the claims it can compute, by stable key (`<module>.<name>`).
    slots: default prose for the report's named slots.
    years: the rows that give a year its chapter, before anybody wrote a word of it.
    shortcuts: what one can begin in it, from the first page.
    tasks, figures, search: functions that take the actor (and what was typed).
    labels: Dutch names of its audited actions, for the history in words.
    settings: what an organisation may set, with the words for the effect of a change.
    records: for its tables, what a row is called in the trail.
    file_owners: for each table whose rows own files, who may have the files of a row.
    reactions: what it does when something happened elsewhere.
    daily: what the worker does for it once a day; a job that was done twice has done nothing more.
    dates: what it has in the calendar from a day up to another, for the actor.
    obstacles: why the chapter of a year cannot be adopted yet, as far as it knows.
    reminders: of what it can remind people.
    retention: how long its records are kept, and what is destroyed then.
    public: its addresses that are open to somebody without an account.
    destroyed: which of some rows, by uid, lost their content or are gone because their retention term was over.
    api: what programs can ask of it.
    section_acts: what one can do from a section of the chapter.
    annexes: tables at the end of the chapter, for its context; none where there is nothing to tell.
    indexed: which of its rows can be searched by the words in them.
    jobs: what can be started in it that the worker then does.
    turns: what the worker does for it at set times; each may be done twice.
    notices: of what it tells people, besides reminders.
    """

    key: str
    name: StrOrPromise
    permissions: tuple[Permission, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    claims: tuple[ClaimSource, ...] = ()
    slots: tuple[SlotText, ...] = ()
    years: tuple[YearRows, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    tasks: Callable[[Actor], tuple[Task, ...]] = _nothing
    figures: Callable[[Actor], tuple[Figure, ...]] = _nothing
    search: Callable[[Actor, str], tuple[SearchHit, ...]] = _nothing
    labels: tuple[tuple[str, StrOrPromise], ...] = ()
    settings: tuple[Setting, ...] = ()
    records: tuple[Records, ...] = ()
    file_owners: tuple[FileOwner, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    daily: tuple[Callable[[], object], ...] = ()
    dates: Callable[[Actor, date, date], tuple[Dated, ...]] = _nothing
    obstacles: Callable[[Actor, int], tuple[Obstacle, ...]] = _nothing
    reminders: tuple[ReminderKind, ...] = ()
    api: Api | None = None
    section_acts: tuple[SectionAct, ...] = ()
    annexes: Callable[[ReportContext], tuple[Annex, ...]] = _nothing
    indexed: tuple[Indexed, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    turns: tuple[Turn, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    retention: tuple[RetentionClass, ...] = ()
    public: tuple[PublicPage, ...] = ()
    destroyed: Callable[[Collection[UUID]], frozenset[UUID]] = _none


class DuplicateModuleError(RuntimeError):
    """Two modules claim the same key, permission, claim, contribution."""


_MODULES: dict[str, Module] = {}


def register(module: Module) -> None:
    """Add a module. Raises DuplicateModuleError when its key or one of its contributions is taken."""
    if module.key in _MODULES:
        raise DuplicateModuleError(module.key)
    for kind in (
        "permissions",
        "claims",
        "slots",
        "settings",
        "records",
        "file_owners",
        "reactions",
        "reminders",
        "retention",
        "public",
        "indexed",
        "jobs",
        "turns",
        "notices",
    ):
        taken = {item.key for other in _MODULES.values() for item in getattr(other, kind)}
        mine = [item.key for item in getattr(module, kind)]
        if len(set(mine)) != len(mine) or taken & set(mine):
            raise DuplicateModuleError(f"{module.key}: {kind}")
    _MODULES[module.key] = module


def modules() -> Iterator[Module]:
    """All modules, in a stable order."""
    return iter(sorted(_MODULES.values(), key=lambda module: module.key))


def action_labels() -> dict[str, StrOrPromise]:
    """The Dutch name of every audited action."""
    return dict(pair for module in modules() for pair in module.labels)


def indexed() -> dict[str, Indexed]:
    """Every table that can be searched, by its name."""
    return {one.table: one for module in modules() for one in module.indexed}


class ModuleConfig(AppConfig):
    """Registers `<app>.module.MODULE` when Django is ready. Core packages that contribute use it too."""

    # Django looks for one AppConfig in `apps.py` and silently takes none when it finds this one there too.
    default = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.default = True

    def ready(self) -> None:
        register(import_string(f"{self.name}.module.MODULE"))
