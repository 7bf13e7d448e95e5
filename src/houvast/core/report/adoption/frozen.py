"""The frozen format: what an edition holds, part by part, and the way back to a chapter.

Everything is bytes with a name. JSON is canonical (keys sorted, no spaces), so equal content gives equal bytes on every
machine and database. The edition's own hash covers the manifest: each part's name, size and SHA-256.
`docs/modules/adoption.md` describes each part for whoever publishes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from houvast.core.documents import encode, writers
from houvast.core.registry import Annex
from houvast.core.report.chapter import Chapter, EmptySlot, FilledSection, SlotProse
from houvast.core.report.claims import Claim, Kind, Noun, Period, ReportContext
from houvast.core.report.document import document
from houvast.core.report.prints import Prints
from houvast.core.report.typeset import Block, Bullets, Paragraph, Run

FORMAT = 1
DOCUMENTS = ("html", "pdf", "docx", "odt")
OPEN_DATA, TREE, CLAIMS, SECTIONS, TEXT, CHECKLIST = (
    "chapter.json",
    "document.json",
    "claims.json",
    "sections.json",
    "chapter.txt",
    "checklist.json",
)
ROWS = "rows/"
CANONICAL = orjson.OPT_SORT_KEYS


@dataclass(frozen=True)
class Part:
    """A named part of an edition, ready to be stored."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def listed(self) -> Listed:
        return Listed(self.name, len(self.content), self.sha256)


@dataclass(frozen=True)
class Listed:
    """A part as the manifest lists it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Source:
    """The document that a sourced fact comes from."""

    title: str
    place: str
    dated: date | None


def name_of(form: str) -> str:
    """The part that holds a file: `chapter.pdf`; open data too."""
    return f"chapter.{form}"


def manifest_hash(parts: Iterable[Listed]) -> str:
    """The one SHA-256 over everything: of the canonical manifest, in the order of the names."""
    listed = sorted([one.name, one.size, one.sha256] for one in parts)
    return hashlib.sha256(_json({"format": FORMAT, "parts": listed})).hexdigest()


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=CANONICAL)


def open_data(data: object) -> bytes:
    """Open data as it is written to a file, indented, with a line end."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"


def offered_hash(chapter: Chapter) -> str:
    """A hash of all that a body would decide about: text, values, digests of the rows."""
    told = _json({"tree": encode.to_json(document(chapter)), "data": chapter.to_json()})
    return hashlib.sha256(told).hexdigest()


def freeze(
    chapter: Chapter,
    prints: Mapping[str, Prints],
    sources: Mapping[str, Source],
    checklist: object,
) -> tuple[Part, ...]:
    """Every part of the edition. prints: by digest. sources: of the sourced facts, by key.

    Claims that rest on the same rows share one part. Raises what the writers raise.
    """
    packed = {digest: found.packed for digest, found in prints.items()}
    rows = {
        claim.digest: f"{ROWS}{hashlib.sha256(packed[claim.digest]).hexdigest()[:32]}"
        for claim in chapter.claims.values()
        if packed.get(claim.digest)
    }
    made = document(chapter)
    files = [Part(name_of(form), writers.write(made, form)) for form in DOCUMENTS]
    data = [
        Part(OPEN_DATA, open_data(chapter.to_json())),
        Part(TREE, encode.to_json(made).encode()),
        Part(CLAIMS, _json([_claim(chapter.claims[key], rows, sources) for key in sorted(chapter.claims)])),
        Part(SECTIONS, _json(_chapter(chapter))),
        Part(TEXT, _text(chapter).encode()),
        Part(CHECKLIST, _json(checklist)),
    ]
    prints_of = {name: packed[digest] for digest, name in rows.items()}
    return (*files, *data, *(Part(name, content) for name, content in sorted(prints_of.items())))


def _text(chapter: Chapter) -> str:
    """The chapter as plain text, heading by heading."""
    told = (f"{s.number} {s.heading}\n\n{s.text}".strip() for s in chapter.sections if chapter.reads(s))
    return "\n\n".join(told) + "\n"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _claim(claim: Claim, rows: Mapping[str, str], sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(claim.key)
    # Also a number that is not told is kept as it was: what is shown of it, `fewer_than` decides.
    return claim.to_json() | {
        "value": claim.value,
        "rows": claim.rows,
        "fewer_than": claim.fewer_than,
        "unit": [claim.unit.singular, claim.unit.plural] if claim.unit else None,
        "items": list(claim.items),
        "explanation": claim.explanation,
        "style": claim.style,
        "example_rows": claim.example_rows,
        "partner": claim.partner,
        "sourced": claim.sourced,
        "unchecked": claim.unchecked,
        "definition": claim.definition,
        "definition_change": claim.definition_change,
        "prints": rows.get(claim.digest),
        "source": [source.title, source.place, _day(source.dated)] if source else None,
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    context = chapter.context
    return {
        "organisation": context.organisation,
        "name": context.name,
        "full_name": context.full_name,
        "uid": context.uid.hex,
        "year": context.year,
        "as_of": context.as_of.isoformat(),
        "sections": [_section(section) for section in chapter.sections],
        "annexes": [asdict(annex) for annex in chapter.annexes],
    }


def _section(section: FilledSection) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "number": section.number,
        "depth": section.depth,
        "slots": [
            {
                "slot": slot.slot,
                "source": slot.source,
                "edited": slot.edited,
                "version": slot.version,
                "blocks": [_block(block) for block in slot.blocks],
            }
            for slot in section.slots
        ],
        "empty": [[one.slot, one.place, one.of] for one in section.empty],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Bullets):
        return {"items": [_runs(item) for item in block.items]}
    return {"runs": _runs(block.runs)}


def _runs(runs: tuple[Run, ...]) -> list[list[str | None]]:
    return [[run.text, run.key] for run in runs]


# --- and back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FrozenClaim:
    """A claim as it was frozen, with the part that holds the prints of its rows, and its source."""

    claim: Claim
    prints: str
    source: Source | None


def read_claims(content: bytes) -> dict[str, FrozenClaim]:
    """The claims of an edition by key, in the order of the keys."""
    return {data["key"]: _read_claim(data) for data in orjson.loads(content)}


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_claim(data: dict[str, Any]) -> FrozenClaim:
    period, source = data["period"], data["source"]
    claim = Claim(
        key=data["key"],
        label=data["label"],
        kind=Kind(data["kind"]),
        value=data["value"],
        rows=data["rows"],
        digest=data["digest"],
        unit=Noun(*data["unit"]) if data["unit"] else None,
        as_of=_read_day(data["as_of"]),
        period=Period(date.fromisoformat(period["from"]), date.fromisoformat(period["until"]))
        if period
        else None,
        items=tuple(data["items"]),
        explanation=data["explanation"],
        style=data["style"],
        example_rows=data["example_rows"],
        partner=data["partner"],
        sourced=data["sourced"],
        unchecked=data["unchecked"],
        fewer_than=data["fewer_than"],
        definition=data["definition"],
        definition_change=data["definition_change"],
    )
    where = Source(source[0], source[1], _read_day(source[2])) if source else None
    return FrozenClaim(claim, data["prints"] or "", where)


def read_chapter(sections: bytes, claims: Mapping[str, FrozenClaim]) -> Chapter:
    """The chapter as it was frozen: it asks no register and reads the same for ever."""
    data = orjson.loads(sections)
    context = ReportContext(
        organisation=data["organisation"],
        name=data["name"],
        year=data["year"],
        as_of=date.fromisoformat(data["as_of"]),
        uid=UUID(data["uid"]),
        full_name=data["full_name"],
    )
    return Chapter(
        context,
        {key: one.claim for key, one in claims.items()},
        tuple(_read_section(section) for section in data["sections"]),
        annexes=tuple(_read_annex(annex) for annex in data["annexes"]),
    )


def _read_annex(data: dict[str, Any]) -> Annex:
    rows = tuple(tuple(row) for row in data["rows"])
    return Annex(data["key"], data["heading"], data["lead"], tuple(data["header"]), rows)


def _read_section(data: dict[str, Any]) -> FilledSection:
    slots = tuple(
        SlotProse(
            slot["slot"],
            slot["source"],
            tuple(_read_blocks(slot["blocks"])),
            slot["edited"],
            slot["version"],
        )
        for slot in data["slots"]
    )
    empty = tuple(EmptySlot(*one) for one in data["empty"])
    return FilledSection(data["key"], data["heading"], data["number"], data["depth"], slots, empty)


def _read_blocks(blocks: list[dict[str, Any]]) -> Iterator[Block]:
    for block in blocks:
        if "items" in block:
            yield Bullets(tuple(tuple(Run(*run) for run in item) for item in block["items"]))
        else:
            yield Paragraph(tuple(Run(*run) for run in block["runs"]))
