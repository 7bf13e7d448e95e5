"""The version of the API. Semantic: a change that breaks programs is a new major, and a new address."""

from typing import Final

VERSION: Final = "1.0.0"
PROGRAMS: Final = "/api/"
"""Where programs ask, whatever the version."""
ROOT: Final = f"/api/v{VERSION.partition('.')[0]}/"
DOCS: Final = f"{ROOT}docs/"
"""A page for people, in the language they chose."""
