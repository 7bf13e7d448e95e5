"""Text for a cell of a spreadsheet, that no program takes for a formula. Knows no Django."""

from __future__ import annotations

import re
from typing import Final

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})*(,\d+)?%?|[+-]?\d+([.,]\d+)?%?")
# What a spreadsheet may skip before it looks for a formula: spaces, quotes, invisible characters.
_SKIPPED: Final = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u2060\ufeff\"'`´‘’“”„«»"
_TRIGGERS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\u2212")
_LEADING: Final = ("\t", "\r", "\n", "\x00")


def safe_text(text: str) -> str:
    """Text that stays text in a spreadsheet: what could start a formula gets an apostrophe before it.

    A number written as text (`-5`, `-1.234,56`) keeps its shape; what a file cannot hold is left out.
    """
    clean = _UNPRINTABLE.sub("", text)
    if _NUMBER.fullmatch(clean):
        return clean
    risky = text.startswith(_LEADING) or clean.lstrip(_SKIPPED).startswith(_TRIGGERS)
    return f"'{clean}" if risky else clean
