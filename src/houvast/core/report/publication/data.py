"""The open data of the site: claims as CSV and JSON, the list of years, and what the columns mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from houvast.core.report.claims import Claim, Kind
from houvast.core.report.publication.queries import Material, Published
from houvast.core.ui.plain_text import safe_text

COLUMNS = (
    ("year", "integer", "Verslagjaar."),
    ("key", "string", "Vaste sleutel van het feit."),
    ("label", "string", "Wat het feit is, in woorden."),
    ("kind", "string", "Soort: count, amount, share, date, period, name, list, quantifier of judgement."),
    (
        "value",
        "string",
        "Ruwe waarde; leeg van een te klein getal. Een lijst, een tijdvak en een n van m staan er als JSON.",
    ),
    ("text", "string", "De waarde zoals de tekst haar schrijft."),
    ("unit", "string", "Waarin wordt geteld; EUR voor een bedrag, % voor een aandeel."),
    ("as_of", "date", "Peildatum; leeg waar een tijdvak geldt."),
    ("period_from", "date", "Eerste dag van het tijdvak."),
    ("period_until", "date", "Dag na de laatste dag van het tijdvak."),
    ("rows", "integer", "Aantal rijen waarop het feit rust; leeg waar dat een te klein getal zou verraden."),
    ("example_rows", "integer", "Hoeveel van die rijen voorbeeldgegevens zijn."),
    ("digest", "string", "Controlegetal van de rijen (HMAC-SHA-256)."),
    ("definition", "integer", "Versie van de definitie."),
    ("explanation", "string", "Wat is geteld en wat niet."),
    ("in_text", "boolean", "Of het feit in de tekst van de paragraaf staat."),
    ("corrected_value", "string", "Juiste waarde volgens een correctie na de vaststelling; anders leeg."),
)


@dataclass(frozen=True)
class Listed:
    """A file with its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def written(value: object) -> bytes:
    """JSON for a file: indented, with a line end, keys in the order given."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"


def claims_json(published: Published) -> bytes:
    """Every claim: the frozen open data's keys and what explains them; then the corrections."""
    found, chapter = published.found, published.found.chapter
    used = {claim.key for claim in chapter.used}
    return written(
        {
            "organisation": chapter.context.organisation,
            "name": chapter.context.full_name,
            "year": published.year,
            "edition": published.number,
            "sha256": found.edition.sha256,
            "claims": [_claim(chapter.claims[key], used) for key in sorted(chapter.claims)],
            "corrections": [note.to_json(chapter.claims) for note in found.footnotes],
        }
    )


def _claim(claim: Claim, used: set[str]) -> dict[str, Any]:
    return claim.to_json() | {
        "explanation": claim.explanation,
        "definition": claim.definition,
        "example_rows": None if claim.is_small else claim.example_rows,
        "in_text": claim.key in used,
    }


def _raw(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def claims_csv(published: Published) -> bytes:
    """The same as CSV (RFC 4180, UTF-8 with a byte order mark). Text that could be a formula gets an apostrophe."""
    chapter = published.found.chapter
    right = {
        note.claim_key: note.told_value(chapter.claims)
        for note in published.found.footnotes
        if note.value is not None
    }
    used = {claim.key for claim in chapter.used}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([name for name, _kind, _means in COLUMNS])
    for key in sorted(chapter.claims):
        one = _claim(chapter.claims[key], used)
        period: Mapping[str, str] = one["period"] or {}
        row = [
            published.year,
            one["key"],
            one["label"],
            one["kind"],
            _raw(one["value"]),
            one["text"],
            one["unit"],
            one["as_of"],
            period.get("from"),
            period.get("until"),
            one["rows"],
            one["example_rows"],
            one["digest"],
            one["definition"],
            one["explanation"],
            "true" if one["in_text"] else "false",
            _raw(right.get(key)),
        ]
        writer.writerow([safe_text(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def decisions(published: Published) -> list[dict[str, str]]:
    """The decisions about an edition."""
    return [
        {"body": row.body, "decided_on": row.decided_on.isoformat(), "reference": row.reference}
        for row in published.decisions
    ]


def index_json(material: Material, files: Mapping[tuple[int, int], list[Listed]]) -> bytes:
    """All years with their editions, decisions, hashes and files; addresses are relative to this file."""
    return written(
        {
            "organisation": material.slug,
            "name": material.name,
            "language": "nl",
            "schema": "claims.schema.json",
            "years": [
                {
                    "year": one.year,
                    "address": f"{one.year}/",
                    "editions": [
                        {
                            "number": edition.number,
                            "current": edition is one.current,
                            "address": f"{one.year}/editie/{edition.number}/",
                            "sha256": edition.found.edition.sha256,
                            "decisions": decisions(edition),
                            "corrections": len(edition.found.footnotes),
                            "files": [
                                {"path": file.name, "bytes": file.size, "sha256": file.sha256}
                                for file in files[one.year, edition.number]
                            ],
                        }
                        for edition in (one.current, *reversed(one.earlier))
                    ],
                }
                for one in material.years
            ],
        }
    )


def datapackage(material: Material) -> bytes:
    """What the columns of every `claims.csv` mean (Frictionless Data Package)."""
    fields = [
        {
            "name": name,
            "type": kind,
            "description": means,
            **({"constraints": {"required": True}} if name in {"year", "key", "label", "kind"} else {}),
        }
        for name, kind, means in COLUMNS
    ]
    resources = [
        {
            "name": f"feiten-{one.year}",
            "path": f"{one.year}/claims.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
            "schema": {"fields": fields, "primaryKey": ["year", "key"]},
        }
        for one in material.years
    ]
    return written(
        {
            "profile": "tabular-data-package",
            "name": f"paragraaf-bedrijfsvoering-{material.slug}",
            "title": f"Paragraaf Bedrijfsvoering van {material.name}: feiten",
            "description": (
                "Feiten uit de vastgestelde paragraaf Bedrijfsvoering. Een tekst die een rekenblad voor een formule "
                "kan houden, begint met een apostrof; claims.json heeft haar zonder."
            ),
            "resources": resources,
        }
    )


def claims_schema() -> bytes:
    """What every `claims.json` holds (JSON Schema 2020-12)."""
    means = {name: text for name, _kind, text in COLUMNS}

    def text(name: str, **more: Any) -> dict[str, Any]:
        return {"type": "string", "description": means[name], **more}

    day = {"type": "string", "format": "date"}
    period = _closed(
        {
            "from": day | {"description": means["period_from"]},
            "until": day | {"description": means["period_until"]},
        }
    )
    claim = _closed(
        {
            "key": text("key"),
            "label": text("label"),
            "kind": text("kind", enum=[kind.value for kind in Kind]),
            "value": {
                "description": "Ruwe waarde; de vorm volgt uit de soort, een bedrag en een aandeel staan als tekst."
            },
            "text": text("text"),
            "unit": _or_null(text("unit")),
            "as_of": _or_null(day | {"description": means["as_of"]}),
            "period": _or_null(period),
            "rows": _or_null({"type": "integer", "minimum": 0, "description": means["rows"]}),
            "digest": text("digest"),
            "explanation": text("explanation"),
            "definition": {"type": "integer", "minimum": 1, "description": means["definition"]},
            "example_rows": _or_null({"type": "integer", "minimum": 0, "description": means["example_rows"]}),
            "in_text": {"type": "boolean", "description": means["in_text"]},
        }
    )
    correction = _closed(
        {
            "number": {"type": "integer", "minimum": 1, "description": "Nummer van de voetnoot."},
            "claim": _or_null({"type": "string", "description": "Sleutel van het feit waar zij over gaat."}),
            "section": _or_null(
                {"type": "string", "description": "Sleutel van het onderdeel waar zij over gaat."}
            ),
            "text": {"type": "string", "description": "De correctie in woorden."},
            "value": {"description": "Juiste ruwe waarde; null waar alleen woorden zijn gecorrigeerd."},
            "reference": {"type": "string", "description": "Kenmerk van het besluit."},
            "decided_on": day | {"description": "Dag van het besluit."},
        }
    )
    whole = _closed(
        {
            "organisation": {"type": "string", "description": "Organisatie, zoals in het adres."},
            "name": {"type": "string", "description": "Volle naam van de organisatie."},
            "year": {"type": "integer", "description": means["year"]},
            "edition": {"type": "integer", "minimum": 1, "description": "Nummer van de editie."},
            "sha256": {
                "type": "string",
                "pattern": "^[0-9a-f]{64}$",
                "description": "Controlegetal van de editie.",
            },
            "claims": {"type": "array", "items": claim},
            "corrections": {"type": "array", "items": correction},
        }
    )
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Feiten van een paragraaf Bedrijfsvoering",
    }
    return written(head | whole)


def _closed(fields: dict[str, Any]) -> dict[str, Any]:
    """An object that has each of these fields and no other."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _or_null(kind: dict[str, Any]) -> dict[str, Any]:
    return kind | {"type": [kind["type"], "null"]}
