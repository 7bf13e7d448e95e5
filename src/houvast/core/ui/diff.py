"""Two texts beside each other: which words went and which came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houvast.core.ui.markup import safe

_TOKENS = re.compile(r"\s+|[^\s\w]|\w+")


def _marked(tag: str, text: str, said: str) -> str:
    """Colour and line for the eye, a hidden word for the ear."""
    return f'<{tag}><span class="hv-hidden">{escape(said)} </span>{escape(text)}</{tag}>' if text else ""


def word_diff(old: str, new: str) -> SafeString:
    """The new text as HTML with `<ins>` and `<del>` around what differs from the old one."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    parts: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape("".join(after[j1:j2])))
            continue
        parts += [
            _marked("del", "".join(before[i1:i2]), _("verwijderd:")),
            _marked("ins", "".join(after[j1:j2]), _("toegevoegd:")),
        ]
    return safe("".join(parts))
