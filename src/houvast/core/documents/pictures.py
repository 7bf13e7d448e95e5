"""The size of a drawing, and the drawing as a picture of dots for word processors."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import typst

from houvast.core.documents.errors import DocumentError, MissingFontError

FONT_FAMILY = "Source Sans 3"
FONT_FOLDER = Path(__file__).with_name("fonts")
TEXT_WIDTH = 453.5
"""Points between the margins of 25 mm of an A4 page."""
_POINTS_PER_PIXEL = 0.75
_DOTS_PER_INCH = 200
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
_MEASURE = re.compile(r"""\s(width|height|viewBox)=["']([^"']+)["']""")
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Source Sans 3")
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt, alt: "")"""


@lru_cache(maxsize=1)
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def fonts() -> typst.Fonts:
    """The fonts of the installation and no others, so that every machine draws the same.

    Raises MissingFontError when the family is not there: typst would leave the words out without a word.
    """
    if not FONT_FOLDER.is_dir() or FONT_FAMILY not in _fonts(FONT_FOLDER).families():
        _fonts.cache_clear()
        raise MissingFontError(
            f"Het lettertype {FONT_FAMILY} ontbreekt in {FONT_FOLDER}; voer de installatie opnieuw uit."
        )
    return _fonts(FONT_FOLDER)


def size(svg: str) -> tuple[float, float]:
    """Width and height in points, made to fit between the margins. Raises DocumentError without a size."""
    head = re.search(r"<svg\b[^>]*>", svg)
    found = dict(_MEASURE.findall(head[0])) if head else {}
    box = [float(part) for part in re.findall(r"-?[\d.]+", found.get("viewBox", ""))]
    width, height = _points(found.get("width", "")), _points(found.get("height", ""))
    if len(box) == 4:
        width = width or box[2] * _POINTS_PER_PIXEL
        height = width * box[3] / box[2] if box[2] else 0
    if not width or not height:
        raise DocumentError("Een tekening heeft een breedte en een hoogte nodig.")
    factor = min(1.0, TEXT_WIDTH / width)
    return width * factor, height * factor


def _points(length: str) -> float:
    match = re.fullmatch(r"([\d.]+)\s*([a-z]*)", length.strip())
    return float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else 0.0


def png(svg: str) -> bytes:
    """The drawing as PNG at its printed size. Raises DocumentError when it is not a drawing."""
    width, _ = size(svg)
    try:
        made = typst.compile(
            _PICTURE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=_DOTS_PER_INCH,
            sys_inputs={"svg": svg, "width": str(width)},
        )
    except typst.TypstError as error:
        raise DocumentError(f"Een tekening is niet te lezen: {error.message}.") from error
    return made
