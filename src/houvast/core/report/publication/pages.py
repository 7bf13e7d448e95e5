"""The pages of the site: each in Dutch and, below `en/`, in English around the Dutch of the chapter itself.

Which of both is the language that holds when a page is made; no clock, and no link into the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from houvast.core.report.adoption.comparing import SAME, Comparison, Value, compare
from houvast.core.report.adoption.notes import Footnote, by_claim, corrected
from houvast.core.report.adoption.rules import Body
from houvast.core.report.chapter import FilledSection, keys_in
from houvast.core.report.claims import Claim
from houvast.core.report.document import moment
from houvast.core.report.prose import Bullets
from houvast.core.report.publication.data import Listed
from houvast.core.report.publication.queries import Material, Published, PublishedYear

DEEPEST = 4
FORMS = (("pdf", "PDF"), ("docx", "Word"), ("odt", "ODT"))
DATA = (
    ("claims.csv", gettext_lazy("Feiten als CSV")),
    ("claims.json", gettext_lazy("Feiten als JSON")),
    ("chapter.json", gettext_lazy("Open data, zoals vastgesteld")),
)
OWN, OTHER = ("nl", "Nederlands"), ("en", "English")


@dataclass(frozen=True)
class Run:
    """Words, with the claim they stand for and the footnotes at it."""

    text: str
    claim: Claim | None
    notes: tuple[Footnote, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph (`runs`) or a list (`items`)."""

    runs: tuple[Run, ...] = ()
    items: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True)
class Section:
    """A section that reads. level: of its heading in the page."""

    key: str
    number: str
    heading: str
    level: int
    blocks: tuple[Block, ...]
    notes: tuple[Footnote, ...]
    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """The explanation of a claim. places: the sections that state it, as `(key, number)`."""

    claim: Claim
    moment: str
    unit: str
    places: tuple[tuple[str, str], ...]
    notes: tuple[Footnote, ...]
    right: str
    before: Comparison | None


def said(published: Published) -> str:
    """Who adopted it and when, in one sentence."""
    last = published.decisions[-1]
    by = _("de raad") if last.body == Body.RAAD else _("het college")
    return _("Vastgesteld door %(by)s op %(day)s") % {"by": by, "day": _day(last.decided_on)}


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def decided(published: Published) -> list[tuple[str, str, str]]:
    """Each decision: body, day, reference."""
    names = {
        Body.RAAD.value: _("Gemeenteraad"),
        Body.COLLEGE.value: _("College van burgemeester en wethouders"),
    }
    return [(names[row.body], _day(row.decided_on), row.reference) for row in published.decisions]


def sections(published: Published) -> list[Section]:
    """The sections that read, in the chapter's order."""
    made, notes = published.found.chapter, published.found.footnotes
    marks = by_claim(notes)
    return [
        Section(
            section.key,
            section.number,
            section.heading,
            min(section.depth + 2, DEEPEST),
            tuple(_block(block, made.claims, marks) for block in section.blocks),
            tuple(note for note in notes if note.section == section.key),
            section.text,
            section.problems,
        )
        for section in made.sections
        if made.reads(section)
    ]


def _block(block: Any, claims: Mapping[str, Claim], marks: Mapping[str, tuple[Footnote, ...]]) -> Block:
    def runs(given: Any) -> tuple[Run, ...]:
        return tuple(
            Run(run.text, claims[run.key] if run.key else None, marks.get(run.key or "", ())) for run in given
        )

    if isinstance(block, Bullets):
        return Block(items=tuple(map(runs, block.items)))
    return Block(runs=runs(block.runs))


def facts(published: Published, before: PublishedYear | None) -> list[Fact]:
    """The explanation of every claim in the text, in reading order."""
    made, marks = published.found.chapter, by_claim(published.found.footnotes)
    earlier = _values(before.current) if before else {}
    now = _values(published)
    return [
        Fact(
            claim,
            moment(claim),
            str(claim.to_json()["unit"] or ""),
            tuple((s.key, s.number) for s in made.sections if _states(s, claim.key)),
            marks.get(claim.key, ()),
            _right(claim, marks.get(claim.key, ())),
            compare(now[claim.key], earlier[claim.key])
            if claim.key in earlier and not claim.key.startswith("report.")
            else None,
        )
        for claim in made.used
    ]


def _states(section: FilledSection, key: str) -> bool:
    return key in keys_in(section.blocks)


def _right(claim: Claim, notes: tuple[Footnote, ...]) -> str:
    right = corrected(claim, notes)
    return right.text if right != claim else ""


def _values(published: Published) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, claim in published.found.chapter.claims.items():
        right = corrected(claim, published.found.footnotes)
        found[key] = Value(published.year, right, frozen=True, corrected=right != claim)
    return found


def comparisons(now: Published, before: Published) -> list[Comparison]:
    """Every claim that both years have, by its label; the chapter's own claims about its year are left out."""
    first, second = _values(now), _values(before)
    shared = [key for key in first if key in second and not key.startswith("report.")]
    return sorted((compare(first[key], second[key]) for key in shared), key=lambda one: one.label.casefold())


# --- pages ------------------------------------------------------------------------------------------------------


def _page(template: str, material: Material, path: str, *, canonical: bool = True, **given: Any) -> bytes:
    """A page at `path`, counted from the root of the pages in its language."""
    here = OTHER if get_language() == OTHER[0] else OWN
    there = OWN if here is OTHER else OTHER
    home = "../" * path.count("/")
    root = f"{home}../" if here is OTHER else home
    address = f"{OTHER[0]}/{path}" if here is OTHER else path
    base = {
        "lang": here[0],
        "dutch": mark_safe(' lang="nl"') if here is OTHER else "",
        "root": root,
        "home": home,
        "other": f"{root}{path}" if here is OTHER else f"{root}{OTHER[0]}/{path}",
        "other_lang": there[0],
        "other_name": there[1],
        "canonical": address.removesuffix("index.html") if canonical else None,
        "site": material,
        "title": _("Paragraaf Bedrijfsvoering"),
        "same": SAME,
    }
    return render_to_string(f"publication/{template}.html", base | given).encode()


def front(material: Material) -> bytes:
    """The page with all years."""
    years = [(one, said(one.current), material.of(one.year - 1)) for one in material.years]
    return _page("front", material, "index.html", years=years)


def year_page(
    material: Material, published: Published, folder: str, files: list[Listed], *, fixed: bool
) -> bytes:
    """The chapter of an edition in a folder, with the explanation of its claims and the files of that folder.

    fixed: it stands at the address of the edition, not at that of the year.
    """
    year = material.of(published.year)
    if year is None:
        raise LookupError(published.year)
    current = published is year.current
    before = material.of(published.year - 1) if current else None
    found = published.found
    return _page(
        "year",
        material,
        f"{folder}index.html",
        canonical=not fixed,
        published=published,
        chapter=found.chapter,
        current=current,
        fixed=fixed,
        editions=(*year.earlier, year.current),
        said=said(published),
        decided=decided(published),
        sections=sections(published),
        facts=facts(published, before),
        footnotes=found.footnotes,
        before=before,
        downloads=_downloads(files, corrected=bool(found.footnotes)),
    )


def _downloads(files: list[Listed], *, corrected: bool) -> list[tuple[Listed, str]]:
    """The files in the order of the page, each with what it is."""
    named = {one.name.rpartition("/")[2]: one for one in files}
    told = [
        (f"paragraaf.{form}", _("%(form)s, zoals vastgesteld") % {"form": label}) for form, label in FORMS
    ]
    if corrected:
        told += [
            (f"paragraaf-met-correcties.{form}", _("%(form)s, met correcties") % {"form": label})
            for form, label in FORMS
        ]
    told += [(name, str(label)) for name, label in DATA]
    return [(named[name], label) for name, label in told]


def comparison_page(material: Material, now: PublishedYear, before: PublishedYear) -> bytes:
    """A year beside the one before; where the definition of a fact changed, the break is marked."""
    rows = comparisons(now.current, before.current)
    return _page(
        "comparison",
        material,
        f"{now.year}/vergelijking/index.html",
        now=now,
        before=before,
        rows=rows,
        broken=sum(bool(one.breaks) for one in rows),
    )


def search_page(material: Material) -> bytes:
    """The page to search all years; without script it tells how, and lists all contents."""
    years = [(one, sections(one.current)) for one in material.years]
    return _page("search", material, "zoeken/index.html", years=years)


def accessibility_page(material: Material) -> bytes:
    """What was checked of these pages, and where one reports what does not work."""
    return _page("accessibility", material, "toegankelijkheid/index.html")


# --- search -----------------------------------------------------------------------------------------------------


def search_texts(material: Material) -> list[tuple[str, str, str, str, str]]:
    """`(year, kind, address, heading, text)` of what can be found, newest year first; addresses as in one language."""
    found = []
    for one in material.years:
        page, year = f"{one.year}/index.html", str(one.year)
        for section in sections(one.current):
            heading = f"{section.number} {section.heading}"
            found.append((year, "tekst", f"{page}#{section.key}", heading, section.text))
        for fact in facts(one.current, None):
            claim = fact.claim
            value = f"{claim.label}: {claim.text}"
            told = " ".join(filter(None, (claim.explanation, fact.moment)))
            found.append((year, "feit", f"{page}#feit-{claim.key}", value, told))
        for annex in one.current.found.chapter.annexes:
            told = " ".join((annex.lead, *(" ".join(row) for row in annex.rows)))
            found.append((year, "bijlage", f"{page}#bijlage-{annex.key}", annex.heading, told))
        found += [
            (year, "correctie", f"{page}#{note.anchor}", f"Correctie {note.number}", note.text)
            for note in one.current.found.footnotes
        ]
    return found
