"""Whether the tests reach enough branches. The thresholds: `[tool.houvast.coverage]` in pyproject.toml."""

import fnmatch
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import slipcover


@dataclass(frozen=True)
class Gate:
    """The least percentage of lines and branches together, over all files that match a pattern."""

    pattern: str
    percentage: float


def gates(root: Path) -> list[Gate]:
    """The thresholds of the project."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [Gate(pattern, least) for pattern, least in settings["tool"]["houvast"]["coverage"].items()]


def together(folder: Path) -> dict[str, Any]:
    """What the processes reached, file by file. Empty when none was measured."""
    reports = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    if not reports:
        return {}
    whole, *others = reports
    for other in others:
        slipcover.merge_coverage(whole, other)
    files: dict[str, Any] = whole["files"]
    return files


def reached(files: dict[str, Any], pattern: str) -> tuple[float, list[str]]:
    """The percentage over the files that match, and those of them that are not wholly reached."""
    matching = {name: file["summary"] for name, file in files.items() if fnmatch.fnmatch(name, pattern)}
    hit = sum(found["covered_lines"] + found["covered_branches"] for found in matching.values())
    missed = sum(found["missing_lines"] + found["missing_branches"] for found in matching.values())
    missing = [
        name for name, found in matching.items() if found["missing_lines"] or found["missing_branches"]
    ]
    return (100 * hit / (hit + missed) if hit + missed else 100.0), sorted(missing)


def faults(root: Path, folder: Path) -> list[str]:
    """One sentence for each threshold that is not met, by what `measuring` wrote in the folder."""
    files = together(folder)
    if not files:
        return ["nothing was measured"]
    found = []
    for gate in gates(root):
        percentage, missing = reached(files, gate.pattern)
        if percentage < gate.percentage:
            worst = sorted(missing, key=lambda name: files[name]["summary"]["percent_covered"])[:8]
            found.append(
                f"{gate.pattern} reaches {percentage:.2f}% and has to reach {gate.percentage}%; "
                f"least in {', '.join(worst)}"
            )
    return found
