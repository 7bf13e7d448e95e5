"""A plugin of pytest: which lines and branches the tests of a process reach, by slipcover.

Loaded with `-p measuring`, before anything of Houvast is imported. Each process writes a file into the folder of
MEASURED_IN; `coverage_gate` reads them together.
"""

import json
import os
from pathlib import Path

import slipcover

SOURCE = str(Path(__file__).resolve().parents[1] / "src/houvast")
OMITTED = ["*/migrations/*", "*/tests/*"]

measured = slipcover.Slipcover(branch=True, source=[SOURCE], omit=OMITTED)
slipcover.ImportManager(measured, slipcover.FileMatcher(sources=[SOURCE], omit=OMITTED)).__enter__()


def pytest_sessionfinish() -> None:
    """Write what this process reached."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    report = Path(os.environ["MEASURED_IN"]) / f"{process}.json"
    report.write_text(json.dumps(measured.get_coverage()), encoding="utf-8")
