"""What a file is, judged by its content, and which files are not taken in."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_NAME = 200
"""How many characters of a name are kept."""

UNPACKED = 500 * 1024 * 1024
"""The most an office document may unpack to, in bytes; more is taken for a zip bomb."""

ENTRIES = 5000
"""The most parts that an office document may have."""


class ContentType(TextChoices):
    """The kinds of files (bestanden) that are taken in; the value is the media type."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument"
    CSV = "text/csv", "CSV"
    TEXT = "text/plain", gettext_lazy("Tekst")
    # Made by the application itself, never taken in.
    ZIP = "application/zip", "Zip"


EXTENSIONS: dict[ContentType, tuple[str, ...]] = {
    ContentType.PDF: (".pdf",),
    ContentType.PNG: (".png",),
    ContentType.JPEG: (".jpg", ".jpeg"),
    ContentType.DOCX: (".docx",),
    ContentType.XLSX: (".xlsx",),
    ContentType.ODT: (".odt",),
    ContentType.CSV: (".csv",),
    ContentType.TEXT: (".txt",),
}

_MAIN_PARTS = {"word/document.xml": ContentType.DOCX, "xl/workbook.xml": ContentType.XLSX}
_MAIN_TYPES = {
    ContentType.DOCX: b"wordprocessingml.document.main+xml",
    ContentType.XLSX: b"spreadsheetml.sheet.main+xml",
}
# Parts that run or fetch something: macros, ActiveX, packed-in programs, Excel 4 macros, ODF scripts.
_ACTIVE_PART = re.compile(
    r"vbaproject|vbadata|activex|(^|/)macrosheets/|(^|/)embeddings/.*\.bin$|\.(exe|dll|js|vbs|ps1|bat|cmd|jar|class|svg|html?)$"
    r"|^(basic|scripts|dialogs)/",
    re.IGNORECASE,
)
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)[\s/<(\[]")
_MARKUP = re.compile(
    r"<\s*(!doctype|!--|\?xml|\?php|html|head|body|svg|script|iframe|object|embed|img|meta|link|form|math|x:|v:|%)",
    re.IGNORECASE,
)
_HEAD = 64
_PICTURE_TAIL = 1 << 20
# A template that Word fetches from elsewhere each time the document is opened, and whose macros it runs.
_FETCHED_TEMPLATE = re.compile(
    rb"<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*Target\s*=\s*[\"'](https?:|\\\\|file:/{4,}))",
    re.IGNORECASE,
)


class FileRefused(ValueError):  # noqa: N818  it is an answer, not a fault
    """The file is not taken in; the sentence says why and what to do instead."""


@dataclass(frozen=True)
class Verdict:
    """What a file turned out to be. `suspect`: kept, but closed until somebody looked."""

    content_type: ContentType
    suspect: bool = False


def clean_name(name: str) -> str:
    """The name without folders, control or direction characters, and not longer than can be kept."""
    base = PurePath(name.replace("\\", "/")).name
    seen = "".join(char for char in base if unicodedata.category(char)[0] != "C")
    plain = unicodedata.normalize("NFC", seen).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME].strip(" .")
    return f"{stem[: LONGEST_NAME - 10].rstrip(' .')}.{extension[:9]}".strip(" .")


def judge(content: IO[bytes], name: str) -> Verdict:
    """What the file is by its content. Raises FileRefused for anything that is not taken in.

    The name only has to agree: a file whose extension says something else than its content is refused.
    """
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise FileRefused(_("Het bestand is leeg. Kies een bestand met inhoud."))
    verdict = _by_content(content, head, PurePath(name).suffix.lower())
    content.seek(0)
    if PurePath(name).suffix.lower() not in EXTENSIONS[verdict.content_type]:
        raise FileRefused(
            _("De inhoud is %(kind)s, maar de naam zegt iets anders. Geef het bestand een passende naam.")
            % {"kind": verdict.content_type.label},
        )
    return verdict


def _by_content(content: IO[bytes], head: bytes, extension: str) -> Verdict:
    if head.startswith(b"%PDF-"):
        return Verdict(ContentType.PDF, suspect=_is_active_pdf(content))
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole_picture(content, ContentType.PNG, b"IEND\xaeB`\x82")
    if head.startswith(b"\xff\xd8\xff"):
        return _whole_picture(content, ContentType.JPEG, b"\xff\xd9")
    if head.startswith(b"PK\x03\x04"):
        return Verdict(_office(content))
    return Verdict(_text(content, extension))


def _is_active_pdf(content: IO[bytes]) -> bool:
    content.seek(0)
    tail = b""
    while chunk := content.read(1 << 20):
        if _ACTIVE_PDF.search(tail + chunk):
            return True
        tail = chunk[-32:]
    return False


def _whole_picture(content: IO[bytes], kind: ContentType, end: bytes) -> Verdict:
    """A picture ends where its format says. What comes behind may be another file, or a phone's own notes."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _PICTURE_TAIL))
    tail = content.read()
    if end not in tail:
        raise FileRefused(_("De afbeelding is niet compleet. Sla haar opnieuw op en probeer het nog eens."))
    return Verdict(kind, suspect=not tail.endswith(end))


def _office(content: IO[bytes]) -> ContentType:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            infos = package.infolist()
            _require_harmless(infos)
            _require_own_template(package)
            return _office_kind(package, {info.filename for info in infos})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, KeyError) as error:
        raise FileRefused(
            _("Het bestand is beschadigd of heeft een wachtwoord. Sla het opnieuw op zonder wachtwoord.")
        ) from error


def _require_harmless(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > ENTRIES or sum(info.file_size for info in infos) > UNPACKED:
        raise FileRefused(_("Het bestand wordt uitgepakt te groot. Maak het kleiner of splits het."))
    if any(info.flag_bits & 1 for info in infos):
        raise RuntimeError("encrypted")
    if active := _first(info.filename for info in infos if _ACTIVE_PART.search(info.filename)):
        raise FileRefused(
            _("Het document bevat macro’s of ingesloten delen (%(part)s). Sla het op zonder die delen.")
            % {"part": active[:80]},
        )


def _require_own_template(package: zipfile.ZipFile) -> None:
    part = "word/_rels/settings.xml.rels"
    if part in package.namelist() and _FETCHED_TEMPLATE.search(package.read(part)):
        raise FileRefused(
            _("Het document haalt een sjabloon van internet. Sla het op met een gewoon sjabloon.")
        )


def _first(names: Iterable[str]) -> str | None:
    return next(iter(names), None)


def _office_kind(package: zipfile.ZipFile, names: set[str]) -> ContentType:
    if "mimetype" in names:
        if package.read("mimetype")[:100].decode("ascii", "replace").strip() == ContentType.ODT:
            return ContentType.ODT
    elif "[Content_Types].xml" in names:
        types = package.read("[Content_Types].xml")
        for part, kind in _MAIN_PARTS.items():
            if part in names and _MAIN_TYPES[kind] in types and b"macroEnabled" not in types:
                return kind
    raise FileRefused(_("Dit soort bestand wordt niet aangenomen. %(kinds)s") % {"kinds": accepted()})


def _text(content: IO[bytes], extension: str) -> ContentType:
    content.seek(0)
    try:
        text = content.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("Dit soort bestand wordt niet aangenomen. %(kinds)s") % {"kinds": accepted()}
        ) from error
    binary = any(unicodedata.category(char) == "Cc" and char not in "\t\r\n\f" for char in text)
    if binary or _MARKUP.search(text) or text.lstrip().startswith(("#!", "{\\rtf", "MZ")):
        raise FileRefused(_("Dit soort bestand wordt niet aangenomen. %(kinds)s") % {"kinds": accepted()})
    return ContentType.CSV if extension == ".csv" else ContentType.TEXT


def accepted() -> str:
    """Which files are taken in, as a sentence."""
    return _("Kies PDF, PNG, JPEG, Word (docx), Excel (xlsx), OpenDocument (odt), CSV of tekst.")


def accepted_extensions() -> str:
    """For the `accept` of a file field: a help in choosing, not a check."""
    return ",".join(extension for extensions in EXTENSIONS.values() for extension in extensions)
