"""The whole site as files by name. Each is made when it is asked for, so that a preview makes only what is looked at.

No clock, no chance, no order of a database: equal material gives equal bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import override

from houvast.core import report, ui
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.files import file_of, frozen_bytes
from houvast.core.report.publication import data, pages, words
from houvast.core.report.publication.data import Listed
from houvast.core.report.publication.queries import Material, Published, PublishedYear

MARKER = "houvast-publicatie.json"
FORMAT = 1
LOOK = "opmaak"
_UI = Path(ui.__file__).parent / "static/houvast"
_OWN = Path(report.__file__).parent / "static/houvast/publication"
SHEETS = (
    _UI / "built/fonts.css",
    _UI / "built/nlds-tokens.css",
    _UI / "built/nlds-components.css",
    _UI / "built/LICENSES.txt",
    _UI / "built/source-sans-3-latin-wght-normal.woff2",
    _UI / "built/source-sans-3-latin-ext-wght-normal.woff2",
    _UI / "houvast.css",
    _UI / "chevron.svg",
    _UI / "favicon.svg",
    _OWN / "site.css",
    _OWN / "lade.js",
    _OWN / "stam.js",
    _OWN / "zoeken.js",
)

Make = Callable[[], bytes]
Known = Callable[[], list[Listed]]


class LooksMissing(RuntimeError):  # noqa: N818  it is an answer, not a fault
    """The style sheets and fonts of the application were not built."""


@dataclass(frozen=True)
class Site:
    """The files of the site by name, in order of name, without the marker."""

    material: Material
    files: Mapping[str, Make]

    def content(self, name: str) -> bytes:
        """One file. Raises KeyError for a name that is none, and LooksMissing."""
        english = name.startswith(f"{pages.OTHER[0]}/")
        with override(pages.OTHER[0] if english else settings.LANGUAGE_CODE):
            return self.files[name]()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its content, the marker last."""
        listed = []
        for name in self.files:
            content = self.content(name)
            listed.append(_listed(name, content))
            yield name, content
        yield MARKER, marker(self.material, listed)


def _listed(name: str, content: bytes) -> Listed:
    return Listed(name, len(content), hashlib.sha256(content).hexdigest())


def manifest_hash(files: list[Listed]) -> str:
    """One SHA-256 over the names, sizes and hashes of all files but the marker."""
    told = [[one.name, one.size, one.sha256] for one in files]
    return hashlib.sha256(orjson.dumps({"format": FORMAT, "files": told})).hexdigest()


def marker(material: Material, files: list[Listed]) -> bytes:
    """The file that tells a folder was made here, and what it holds."""
    return data.written(
        {
            "made_by": "houvast publish",
            "format": FORMAT,
            "organisation": material.slug,
            "years": [one.year for one in material.years],
            "sha256": manifest_hash(files),
            "files": [[one.name, one.size, one.sha256] for one in files],
        }
    )


def site(material: Material) -> Site:
    """The files of the site. In the organisation's scope, while files are made too."""
    made: dict[str, Make] = {path.name: partial(_look, path) for path in SHEETS}
    files: dict[str, Make] = {f"{LOOK}/{name}": make for name, make in made.items()}
    listed: dict[tuple[int, int], Known] = {}
    shown: dict[str, Make] = {}
    for year in material.years:
        for edition in (*year.earlier, year.current):
            made = _data(edition)
            for folder, fixed in _folders(year, edition):
                parts = {f"{folder}{name}": make for name, make in made.items()}
                # The last one is the year's own address, where the edition stands in the list of years.
                known = listed[edition.year, edition.number] = cache(partial(_list, parts))
                files |= parts
                shown[f"{folder}index.html"] = partial(
                    _year_page, material, edition, folder, known, fixed=fixed
                )
        if before := material.of(year.year - 1):
            shown[f"{year.year}/vergelijking/index.html"] = partial(
                pages.comparison_page, material, year, before
            )
    shown["index.html"] = partial(pages.front, material)
    shown["zoeken/index.html"] = partial(pages.search_page, material)
    if material.options.contact:
        shown["toegankelijkheid/index.html"] = partial(pages.accessibility_page, material)
    files |= shown | {f"{pages.OTHER[0]}/{name}": make for name, make in shown.items()}
    files[f"{LOOK}/zoekindex.js"] = partial(_search_index, material)
    files["index.json"] = partial(_index, material, listed)
    files["datapackage.json"] = partial(data.datapackage, material)
    files["claims.schema.json"] = data.claims_schema
    files["robots.txt"] = partial(_robots, material)
    if material.options.address:
        files["sitemap.xml"] = partial(_sitemap, material, sorted(files))
    return Site(material, {name: files[name] for name in sorted(files)})


def _folders(year: PublishedYear, edition: Published) -> list[tuple[str, bool]]:
    """Where an edition stands: at an address of its own for ever, and the one that holds at its year's too."""
    own = [(f"{year.year}/editie/{edition.number}/", True)]
    return [*own, (f"{year.year}/", False)] if edition is year.current else own


def _look(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise LooksMissing(path.name) from error


def _data(edition: Published) -> dict[str, Make]:
    """The files of an edition beside its page, each made once.

    The corrected ones are there before the first correction too, as the frozen bytes: an address that was once there
    would else be gone with the next edition.
    """
    found = edition.found
    made: dict[str, Make] = {
        "claims.csv": partial(data.claims_csv, edition),
        "claims.json": partial(data.claims_json, edition),
        "chapter.json": partial(frozen_bytes, found, frozen.OPEN_DATA),
    }
    for form, _label in pages.FORMS:
        made[f"paragraaf.{form}"] = partial(frozen_bytes, found, frozen.name_of(form))
        made[f"paragraaf-met-correcties.{form}"] = partial(file_of, found, form)
    return {name: cache(make) for name, make in made.items()}


def _list(parts: Mapping[str, Make]) -> list[Listed]:
    return [_listed(name, make()) for name, make in sorted(parts.items())]


def _year_page(material: Material, edition: Published, folder: str, known: Known, *, fixed: bool) -> bytes:
    return pages.year_page(material, edition, folder, known(), fixed=fixed)


def _index(material: Material, listed: Mapping[tuple[int, int], Known]) -> bytes:
    return data.index_json(material, {key: known() for key, known in listed.items()})


def _search_index(material: Material) -> bytes:
    """As a script, since a page that was opened from disk may not fetch data."""
    texts = pages.search_texts(material)
    held = {
        "texts": texts,
        "words": words.postings(f"{year} {heading} {text}" for year, _kind, _at, heading, text in texts),
    }
    return b"window.houvastZoekindex = " + orjson.dumps(held) + b";\n"


def _robots(material: Material) -> bytes:
    """Everything may be read. It is heeded only at the root of a host."""
    lines = ["User-agent: *", "Allow: /"]
    if material.options.address:
        lines.append(f"Sitemap: {material.options.address}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def _sitemap(material: Material, names: list[str]) -> bytes:
    base = material.options.address
    at = [
        f"{base}{name.removesuffix('index.html')}"
        for name in names
        if name.endswith(".html") and "/editie/" not in name
    ]
    lines = "".join(f"<url><loc>{one.replace('&', '&amp;')}</loc></url>\n" for one in at)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n".encode()
