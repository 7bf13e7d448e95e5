"""The bench as a whole: its steps in order, and its figures beside their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from houvast.project.bench.place import BASE, Place
from houvast.project.bench.stages import run

Say = Callable[[str], object]
# Requests per measurement of a page: one alone is shorter than the clock is sharp.
REQUESTS = 20
SLOPE = 10


@dataclass(frozen=True)
class Plan:
    """What to measure. `list_rows` is the size of the register; its slope is from a tenth to ten times that."""

    rows: int
    years: int
    list_rows: int
    repetitions: int
    only: str | None = None


@dataclass(frozen=True)
class Verdict:
    """A figure and the most it may be."""

    key: str
    label: str
    value: float
    limit: float
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    def __str__(self) -> str:
        told = f"{self.value:.2f}".rstrip("0").rstrip(".")
        return f"{'ok   ' if self.met else 'NOT  '} {self.label}: {told}{self.unit} (limit {self.limit:g}{self.unit})"


@dataclass
class Report:
    """What was found: figures as they came, and the verdicts on them."""

    figures: dict[str, Any] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Figures and verdicts."""
        told = [{**asdict(verdict), "met": verdict.met} for verdict in self.verdicts]
        return {"figures": self.figures, "verdicts": told}

    def lines(self) -> Iterator[str]:
        """Figures and verdicts for a reader."""
        for name, figures in self.figures.items():
            yield f"{name}:"
            for key, value in figures.items():
                yield f"  {key}: {_told(value)}"
        yield from map(str, self.verdicts)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(item)}" for key, item in value.items())
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def measure(at: Place, plan: Plan, say: Say) -> Report:
    """Everything the plan asks, in databases of the place."""
    report = Report()
    say("Tables and example data ...")
    run(at, BASE, "prepare")
    if plan.only in {None, "chapter"}:
        _chapter(at, plan, say, report)
    if plan.only in {None, "list"}:
        _list(at, plan, say, report)
    if plan.only == "search":
        _search(at, plan, say, report)
    return report


def _search(at: Place, plan: Plan, say: Say, report: Report) -> None:
    """Only when asked: making the index of a large register takes minutes."""
    at.copy(BASE, "search")
    say(f"Making a register of {plan.list_rows} rows ...")
    run(at, "search", "fill_list", rows=plan.list_rows)
    say("Making its index and searching it ...")
    found = run(at, "search", "search_measured", repetitions=plan.repetitions)
    at.drop("search")
    report.figures["search"] = found
    report.verdicts += [
        Verdict(
            "search_ratio", "search for a number against looking it up", found["one"]["cpu_ratio"], 20, "x"
        ),
        Verdict("search_queries", "queries for a search", found["queries"], 6),
    ]


def _chapter(at: Place, plan: Plan, say: Say, report: Report) -> None:
    at.copy(BASE, "chapter")
    say(f"Making {plan.rows} rows ...")
    filled = run(at, "chapter", "fill_all", rows=plan.rows, years=plan.years)
    say("Measuring the chapter ...")
    once = run(at, "chapter", "chapter_once")
    found = run(at, "chapter", "chapter_measured", repetitions=plan.repetitions)
    at.drop("chapter")
    report.figures["chapter"] = {"rows_written": filled["written"], "years": plan.years, **once, **found}
    # Of PostgreSQL this process sees no processor time, of SQLite all: the worse of the two clocks counts.
    ratio = max(found["wall_ratio"], found["cpu_ratio"])
    report.verdicts += [
        Verdict("chapter_ratio", "chapter against fetching the same rows", ratio, 2, "x"),
        Verdict("chapter_queries", "queries for the chapter", once["queries"], 80),
        Verdict("chapter_memory", "most memory while making it", once["peak_mb"], 400, " MB"),
    ]


def _list(at: Place, plan: Plan, say: Say, report: Report) -> None:
    small, large = plan.list_rows // SLOPE, plan.list_rows * SLOPE
    databases = {}
    for rows in (1, small, plan.list_rows, large):
        say(f"Making a register of {rows} rows ...")
        name = f"list{rows}"
        at.copy(BASE, name)
        run(at, name, "fill_list", rows=rows)
        databases[str(rows)] = at.name(name)
    say("Measuring the register page ...")
    found = run(
        at,
        BASE,
        "pages_measured",
        databases=databases,
        beside=str(plan.list_rows),
        slope=[str(small), str(large)],
        repetitions=plan.repetitions,
        times=REQUESTS,
    )
    for made in databases:
        at.drop(f"list{made}")
    report.figures["list"] = found
    queries = found["queries"]
    compared = found["comparison"]
    report.verdicts += [
        Verdict("list_ratio", "register page against a table by hand", compared["cpu_ratio"], 3, "x"),
        Verdict("list_queries", "queries for the page", queries[str(plan.list_rows)], 12),
        Verdict(
            "list_queries_grow",
            "queries more than for one row",
            max(queries.values()) - queries["1"],
            0,
        ),
        Verdict("list_slope", f"page with {large} rows against {small}", found["slope"]["cpu"], 1.2, "x"),
    ]
