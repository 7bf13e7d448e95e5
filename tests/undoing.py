"""Rows that more than one test sees: made in a transaction that is never committed, or committed as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that actions may commit in, as in Django's own TestCase, and that is rolled back."""
    with _one_transaction():
        yield
        transaction.set_rollback(True)


@contextmanager
def at_once() -> Iterator[None]:
    """Such a transaction that is committed at its end, without what actions ask to be done after a commit."""
    with _one_transaction():
        yield
        connection.run_on_commit.clear()


@contextmanager
def _one_transaction() -> Iterator[None]:
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
