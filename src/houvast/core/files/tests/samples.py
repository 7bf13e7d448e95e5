"""Files made in memory: one of each kind that is taken in, and the hostile ones."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + PNG_END
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"
OFFICE = "application/vnd.openxmlformats-officedocument."


def package(parts: dict[str, bytes]) -> bytes:
    """A zip with these parts, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def docx(
    extra: dict[str, bytes] | None = None, types: str = f"{OFFICE}wordprocessingml.document.main+xml"
) -> bytes:
    """A Word document."""
    return package(
        {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>", **(extra or {})}
    )


def xlsx(
    types: str = f"{OFFICE}spreadsheetml.sheet.main+xml", extra: dict[str, bytes] | None = None
) -> bytes:
    """A workbook."""
    return package(
        {"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<workbook/>", **(extra or {})}
    )


def odt(
    extra: dict[str, bytes] | None = None, mimetype: bytes = b"application/vnd.oasis.opendocument.text"
) -> bytes:
    """An OpenDocument text."""
    return package({"mimetype": mimetype, "content.xml": b"<office:document/>", **(extra or {})})


def encrypted(content: bytes) -> bytes:
    """A zip whose parts say that they are encrypted."""
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


FETCHED = (
    b'<Relationships><Relationship Id="r1" TargetMode="External" Target="https://voorbeeld.example/x.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
OWN_TEMPLATE = FETCHED.replace(b"https://voorbeeld.example/", b"file:///C:\\Sjablonen\\")

GOOD: dict[str, bytes] = {
    "besluit.pdf": PDF,
    "foto.png": PNG,
    "foto.JPG": JPEG,
    "brief.docx": docx(),
    "huisstijl.docx": docx({"word/_rels/settings.xml.rels": OWN_TEMPLATE}),
    "grafiek.docx": docx({"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"PK"}),
    "lijst.xlsx": xlsx(),
    "brief.odt": odt(),
    "lijst.csv": "\ufeffnaam;aantal\r\nÉén < twee;3\r\n".encode(),
    "notitie.txt": b"Er waren < 3 meldingen & dat is meer dan 2.\n",
}

HOSTILE: dict[str, bytes] = {
    "leeg.pdf": b"",
    "tekening.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg-als-png.png": b'<svg onload="alert(1)"/>',
    "svg-als-tekst.txt": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "pagina.html": b"<!doctype html><script>alert(1)</script>",
    "pagina-als-tekst.txt": b"<html><body>hallo</body></html>",
    "pagina-na-wit.txt": b"\n\n   \t<HTML>",
    "pagina-na-tekst.csv": b"naam;aantal\n<script src=//x></script>;3",
    "pagina-met-bom.txt": b"\xef\xbb\xbf<iframe src=x>",
    "pagina-utf16.txt": "<html>".encode("utf-16"),
    "gesloten-script.txt": b"</x><  script>alert(1)</script>",
    "plaatje-met-fout.txt": b"<img src=x onerror=alert(1)>",
    "php.txt": b"<?php system($_GET['c']); ?>",
    "asp.txt": b"<% eval request('c') %>",
    "programma.exe": b"MZ\x90\x00\x03" + b"\x00" * 60,
    "programma-als-pdf.pdf": b"MZ\x90\x00\x03" + b"\x00" * 60,
    "programma-als-tekst.txt": b"MZ dit is een programma",
    "linux.txt": b"\x7fELF\x02\x01\x01",
    "macos.png": b"\xcf\xfa\xed\xfe\x07\x00\x00\x01",
    "script.txt": b"#!/bin/sh\nrm -rf /\n",
    "opmaak.txt": b"{\\rtf1\\ansi{\\object\\objocx}}",
    "besluit.pdf.exe": PDF,
    "besluit.html": PDF,
    "besluit.docx": PDF,
    "besluit": PDF,
    "rommel-voor-pdf.pdf": b"<script></script>%PDF-1.7\n",
    "oud-word.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    "oud-word-als-docx.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    "macro.docm": docx(
        {"word/vbaProject.bin": b"x"}, "application/vnd.ms-word.document.macroEnabled.main+xml"
    ),
    "macro-als-docx.docx": docx({"word/vbaProject.bin": b"x"}),
    "macro-in-soort.docx": docx(types=f"{OFFICE}wordprocessingml.document.main+xml macroEnabled"),
    "macro-als-xlsx.xlsx": xlsx(extra={"xl/vbaProject.bin": b"x"}),
    "excel4.xlsx": xlsx(extra={"xl/macrosheets/sheet1.xml": b"<x/>"}),
    "activex.docx": docx({"word/activeX/activeX1.bin": b"x"}),
    "ingesloten-programma.docx": docx({"word/embeddings/oleObject1.bin": b"x"}),
    "sjabloon-van-buiten.docx": docx({"word/_rels/settings.xml.rels": FETCHED}),
    "macro.odt": odt(extra={"Basic/Standard/Module1.xml": b"Sub x"}),
    "script.odt": odt(extra={"Scripts/python/x.py": b"import os"}),
    "rekenblad-als-odt.odt": odt(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "java.docx": package({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}),
    "gewoon-archief.docx": package({"lees-mij.txt": b"hallo"}),
    "svg-in-archief.docx": docx({"word/media/x.svg": b"<svg/>"}),
    "te-veel-delen.docx": package({f"word/{number}": b"" for number in range(5001)}),
    "met-wachtwoord.docx": encrypted(docx()),
    "afgebroken.docx": docx()[:-40],
    "afgebroken.png": PNG[:-6],
    "afgebroken.jpg": JPEG[:-1],
    "bewegend.gif": b"GIF89a=1;/*" + b"\x00" * 20,
    "archief.7z": b"7z\xbc\xaf\x27\x1c",
    "gegevens.csv": b"a;b\x00;c",
    "latin1.txt": "één".encode("latin-1"),
    "snelkoppeling.txt": b"L\x00\x00\x00\x01\x14\x02\x00",
}

SUSPECT: dict[str, bytes] = {
    "javascript.pdf": PDF + b"2 0 obj<</S/JavaScript/JS(app.alert\\(1\\))>>endobj",
    "start-programma.pdf": PDF + b"2 0 obj<</S/Launch/F(cmd.exe)>>endobj",
    "bijlage.pdf": PDF + b"2 0 obj<</Type/EmbeddedFile >>endobj",
    "laat.pdf": b"%PDF-1.7\n" + b" " * ((1 << 20) - 12) + b"/JavaScript (x)",
    "archief-achter-foto.jpg": JPEG + package({"x.html": b"<html>"}),
    "pagina-achter-foto.png": PNG + b"<script>alert(1)</script>",
}
