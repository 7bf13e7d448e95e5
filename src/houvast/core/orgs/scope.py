"""The organisation one works in, set inside a transaction and nowhere else.

Two ways in. A page, command or job that looks runs in `reading`: a read-only transaction that is always
rolled back. An action runs in `writing`: a durable transaction of its own, for which the page's reading
is paused. The database hears the scope through `set_config(…, true)`, which ends with the transaction,
so a pooler that hands out connections per transaction never mixes organisations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from django.db import connection, transaction


class NoOrganisation(RuntimeError):  # noqa: N818  the name says what is missing
    """A query was made outside an organisation's scope, or a row of another organisation was touched."""


class WriteOutsideAction(RuntimeError):  # noqa: N818  the name says what is wrong
    """A row was saved outside an action, where no audit entry would be made."""


@dataclass
class Writing:
    """What one action has touched so far; the audit trail checks it against what was recorded.

    undo: called, last first, when the action fails: for what the database cannot roll back, as a file.
    """

    touched: dict[tuple[str, int], Any] = field(default_factory=dict)
    deleted: set[tuple[str, int]] = field(default_factory=set)
    undo: list[Callable[[], object]] = field(default_factory=list)

    def roll_back(self, kind: type[BaseException] | None, *_: object) -> None:
        """Undo, when there was an error."""
        while kind is not None and self.undo:
            self.undo.pop()()


_organisation: ContextVar[int | None] = ContextVar("organisation", default=None)
_writing: ContextVar[Writing | None] = ContextVar("writing", default=None)
_page: ContextVar[Reading | None] = ContextVar("page", default=None)


def current_organisation_id() -> int:
    """The organisation in scope. Raises NoOrganisation where there is none."""
    if (organisation_id := _organisation.get()) is None:
        raise NoOrganisation("There is no organisation in scope: use reading() or an action.")
    return organisation_id


def current_writing() -> Writing:
    """The action under way. Raises WriteOutsideAction where there is none."""
    if (writing_now := _writing.get()) is None:
        raise WriteOutsideAction("Rows are written by an @action, which records what changed.")
    return writing_now


def is_writing() -> bool:
    """Whether an action is under way."""
    return _writing.get() is not None


def tell_database(organisation_id: int | None) -> None:
    """Tell PostgreSQL which rows this transaction may see; SQLite has the scoped manager alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            value = "" if organisation_id is None else str(organisation_id)
            cursor.execute("SELECT set_config('houvast.organisation', %s, true)", [value])


@contextmanager
def _sqlite_read_only() -> Iterator[None]:
    """Begin DEFERRED, so that pages do not queue behind writers, and refuse writes meanwhile."""
    mode, connection.transaction_mode = connection.transaction_mode, None  # type: ignore[attr-defined]  # SQLite's own
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]  # SQLite's own


class Reading:
    """A read-only look into one organisation: enter it, or let the middleware do so for a page."""

    def __init__(self, organisation_id: int, *, snapshot: bool = False) -> None:
        self.organisation_id = organisation_id
        self.snapshot = snapshot
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._token = _organisation.set(self.organisation_id)
        self._page_token = _page.set(self)
        try:
            self._begin()
        except BaseException:
            _page.reset(self._page_token)
            _organisation.reset(self._token)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._end()
        finally:
            _page.reset(self._page_token)
            _organisation.reset(self._token)

    def _begin(self) -> None:
        with ExitStack() as stack:
            sqlite = connection.vendor == "sqlite"
            if sqlite:
                stack.enter_context(_sqlite_read_only())
            # A test's own transaction has begun already, and sees nothing of others anyway.
            whole = self.snapshot and not connection.in_atomic_block
            stack.enter_context(transaction.atomic())
            stack.callback(transaction.set_rollback, True)
            with connection.cursor() as cursor:
                if sqlite:
                    cursor.execute("PRAGMA query_only = ON")
                    stack.callback(self._writable)
                else:
                    level = "ISOLATION LEVEL REPEATABLE READ " if whole else ""
                    cursor.execute(f"SET TRANSACTION {level}READ ONLY")
            tell_database(self.organisation_id)
            self._stack = stack.pop_all()

    @staticmethod
    def _writable() -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")

    def _end(self) -> None:
        self._stack.close()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let an action commit in between; afterwards the page reads the new state."""
        self._end()
        try:
            yield
        finally:
            self._begin()


def reading(organisation_id: int, *, snapshot: bool = False) -> Reading:
    """A read-only transaction in the organisation's scope, always rolled back.

    With `snapshot` all queries see one and the same moment, whatever others commit meanwhile. On SQLite they
    always do.
    """
    return Reading(organisation_id, snapshot=snapshot)


@contextmanager
def writing(organisation_id: int) -> Iterator[Writing]:
    """The transaction of one action. Durable: actions do not nest (RuntimeError where they do)."""
    if _writing.get() is not None:
        raise RuntimeError("An action does not call another action; share a private function instead.")
    page = _page.get()
    outer = _organisation.get()
    work = Writing()
    with ExitStack() as stack:
        if page is not None:
            stack.enter_context(page.paused())
            stack.callback(_page.reset, _page.set(None))
        stack.callback(_organisation.reset, _organisation.set(organisation_id))
        stack.callback(_writing.reset, _writing.set(work))
        stack.push(work.roll_back)
        in_test = connection.in_atomic_block
        with transaction.atomic(durable=True):
            tell_database(organisation_id)
            yield work
        if in_test:
            # Inside a test's own transaction a released savepoint keeps the setting: put it back.
            tell_database(outer)


@contextmanager
def scope_of_partner(organisation_id: int) -> Iterator[None]:
    """Look into another organisation within the same transaction. Only `sharing.py` calls this."""
    outer = current_organisation_id()
    token = _organisation.set(organisation_id)
    tell_database(organisation_id)
    try:
        yield
    finally:
        _organisation.reset(token)
        tell_database(outer)


@contextmanager
def scope_for_wording(stand_in: int) -> Iterator[None]:
    """A number in the place of an organisation, while a query is put into words. Only `prepared.py` calls this."""
    token = _organisation.set(stand_in)
    try:
        yield
    finally:
        _organisation.reset(token)
