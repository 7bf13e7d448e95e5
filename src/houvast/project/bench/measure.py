"""What something costs, beside something else in the same run; and on which machine that was."""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

Work = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """Milliseconds, as a clock on the wall and as this process' own processor time."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Comparison:
    """Medians over the repetitions, and the median of the ratios within each repetition."""

    subject: Cost
    reference: Cost
    wall_ratio: float
    cpu_ratio: float

    def to_json(self) -> dict[str, Any]:
        """As numbers that can be read back."""
        return asdict(self)


def cost(work: Work, times: int = 1) -> Cost:
    """What one execution of the work costs, as the mean of so many."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _turn in range(times):
        work()
    spent = time.process_time() - cpu
    return Cost((time.perf_counter() - wall) / times * 1000, spent / times * 1000)


def compare(subject: Work, reference: Work, *, repetitions: int, times: int = 1) -> Comparison:
    """Both in turn, once more than asked: the first turn warms up. Who goes first changes each turn."""
    pairs: list[tuple[Cost, Cost]] = []
    for turn in range(repetitions + 1):
        if turn % 2:
            first, second = cost(subject, times), cost(reference, times)
        else:
            second, first = cost(reference, times), cost(subject, times)
        pairs.append((first, second))
    return compared(pairs[1:])


def compared(pairs: list[tuple[Cost, Cost]]) -> Comparison:
    """The medians of measured pairs (subject, reference)."""
    return Comparison(
        subject=middle([mine for mine, _other in pairs]),
        reference=middle([other for _mine, other in pairs]),
        wall_ratio=median(mine.wall / other.wall for mine, other in pairs),
        cpu_ratio=median(mine.cpu / other.cpu for mine, other in pairs),
    )


def middle(costs: list[Cost]) -> Cost:
    """The median of each clock."""
    return Cost(median(one.wall for one in costs), median(one.cpu for one in costs))


def peak_memory() -> float:
    """The most memory this process held at once, in MB of 1,000,000 bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def machine() -> str:
    """The machine in one line."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = models[0].partition(":")[2].strip() if models else name
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({name}), load {load:.1f} at the start, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )
