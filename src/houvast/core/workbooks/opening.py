"""Opening a workbook that somebody sent: judged by its list of parts, then read in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from houvast.core.workbooks import child
from houvast.core.workbooks.rules.faults import Fault

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of older Office programs begin, and encrypted ones of newer."""
BEGIN = 4096


class NotOpened(ValueError):  # noqa: N818  it is an answer, not a fault
    """The workbook is not read; the Dutch sentence says why and what to do instead."""


def _too_large() -> NotOpened:
    return NotOpened(_("Dit bestand is uitgepakt te groot. Verwijder wat er niet in hoort, of splits het."))


def _unreadable() -> NotOpened:
    return NotOpened(_("Dit bestand kan niet worden gelezen. Sla het opnieuw op als .xlsx."))


def check(file: IO[bytes]) -> None:
    """Look at the list of what is packed; nothing is unpacked. Raises NotOpened."""
    size = file.seek(0, 2)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            child.look(packed, size)
    except zipfile.BadZipFile:
        raise NotOpened(_no_workbook(file)) from None
    except child.TooLarge as reason:
        if str(reason) == "entries":
            raise NotOpened(_("Dit bestand bestaat uit te veel onderdelen. Gebruik het sjabloon.")) from None
        raise _too_large() from None
    finally:
        file.seek(0)


def _no_workbook(file: IO[bytes]) -> str:
    """What the file is instead of a workbook, as far as its begin tells."""
    file.seek(0)
    begin = file.read(BEGIN)
    if begin.startswith(OLE):
        # The names of its parts may stand anywhere; how large a file can be is judged before.
        if "EncryptedPackage".encode("utf-16-le") in begin + file.read():
            return _(
                "Deze werkmap is met een wachtwoord beveiligd. Haal het wachtwoord eraf en bewaar haar opnieuw."
            )
        return _("Dit is een werkmap van een oude Excel (.xls). Open haar en sla haar op als .xlsx.")
    if (
        begin
        and b"\0" not in begin
        and any(sign in begin.partition(b"\n")[0] for sign in (b";", b",", b"\t"))
    ):
        return _(
            "Dit is een tekstbestand (CSV). Open het in Excel, kijk of de kolommen kloppen en sla het op als .xlsx."
        )
    return _("Dit is geen Excel-bestand (.xlsx). Sla de werkmap op als .xlsx.")


def read(path: Path) -> list[dict[str, Any]]:
    """What each sheet holds, see `child.read`. Raises NotOpened."""
    sheets: list[dict[str, Any]] = json.loads(_run("read", path, b""))["sheets"]
    return sheets


def mark(path: Path, faults: Sequence[Fault]) -> bytes:
    """The workbook with its faults marked. Raises NotOpened."""
    words = {"place": _("Cel"), "fault": _("Wat er aan de hand is")}
    asked = {"faults": [(fault.place, fault.text) for fault in faults], "words": words}
    return _run("mark", path, json.dumps(asked).encode())


def _run(what: str, path: Path, given: bytes) -> bytes:
    command = [sys.executable, "-P", "-m", child.__name__, what, str(path)]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a path that we made
            command, input=given, capture_output=True, check=False, timeout=child.SECONDS
        )
    except subprocess.TimeoutExpired:
        raise NotOpened(_("Het lezen van dit bestand duurt te lang. Splits het.")) from None
    if done.returncode == 0:
        return done.stdout
    # A library that is out of memory or time does not return: a signal ends the process.
    raise _too_large() if done.returncode == child.TOO_LARGE or done.returncode < 0 else _unreadable()
