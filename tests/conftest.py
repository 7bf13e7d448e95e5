"""What the tests about the whole share: a world to walk through."""

from __future__ import annotations

import pytest

from tests.undoing import undone


@pytest.fixture(scope="module")
def world(kept):
    """The demonstration with a person for each column of the access table."""
    from tests.world import build

    kept.fill("world", build, on="demo")
    with kept.opened("world") as made:
        yield made


@pytest.fixture
def untouched(world):
    """The world, with whatever this test changes undone."""
    with undone():
        yield world
