"""People who handle breaches, in the organisation most tests work in."""

import pytest

from houvast.modules.security import factories


@pytest.fixture
def team(diemen):
    """An employee, the CISO, the FG and a director of Diemen."""
    return factories.team(diemen)
