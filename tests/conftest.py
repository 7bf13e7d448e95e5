"""What the tests about the whole share: one world for a module."""

from __future__ import annotations

import pytest

from tests.undoing import undone


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The demonstration with a person for each column of the access table, undone at the end."""
    from tests.world import build

    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def untouched(world):
    """The world, with whatever this test changes undone."""
    with undone():
        yield world
