"""Small pieces of HTML made in Python: for table cells, where a template per cell would be slow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final, Literal

from django.templatetags.static import static
from django.utils.safestring import SafeString

Tone = Literal["goed", "let-op", "fout", "info", "rust"]

TONE_ICONS: Final[dict[str, str]] = {
    "goed": "circle-check",
    "let-op": "alert-triangle",
    "fout": "circle-x",
    "info": "info-circle",
    "rust": "circle-dashed",
}


def safe(html: str) -> SafeString:
    """Mark HTML that this package escaped itself. The one place where that is said."""
    return SafeString(html)


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A drawing from the sprite. Decorative, unless `label` says what it means."""
    classes = f"hv-icon {extra}".strip()
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    source = escape(f"{static('houvast/built/icons.svg')}#{name}")
    return safe(f'<svg class="{escape(classes)}" {meaning} focusable="false"><use href="{source}"/></svg>')


@lru_cache(maxsize=512)
def _badge(label: str, tone: str, drawing: str) -> SafeString:
    mark = icon(drawing or TONE_ICONS.get(tone, "circle-dashed"))
    return safe(f'<span class="nl-data-badge hv-status--{escape(tone)}">{mark}{escape(label)}</span>')


@dataclass(frozen=True)
class Badge:
    """A status as word, icon and colour; the colour only repeats the other two."""

    label: str
    tone: Tone = "rust"
    icon: str = ""

    def __html__(self) -> SafeString:
        return _badge(str(self.label), self.tone, self.icon)

    def __str__(self) -> str:
        return str(self.label)


def link(url: str, label: object, sub: object = "", *, sub_in: str = "") -> SafeString:
    """A link for a table cell, with an optional second line under it; `sub_in` is the language of that."""
    anchor = f'<a class="nl-link" href="{escape(url)}">{escape(str(label))}</a>'
    spoken = f' lang="{escape(sub_in)}"' if sub_in else ""
    return safe(anchor + (f'<span class="hv-sub"{spoken}>{escape(str(sub))}</span>' if sub else ""))


def two_lines(first: object, second: object) -> SafeString:
    """A value with a quieter second line under it."""
    return safe(f'{escape(str(first))}<span class="hv-sub">{escape(str(second))}</span>')
