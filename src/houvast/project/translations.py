"""Compiles the translations that git holds as text. Needs no gettext on the machine."""

from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def stale(locale: Path) -> list[Path]:
    """The catalogues whose compiled form is missing or older."""
    return [
        text
        for text in sorted(locale.glob("*/LC_MESSAGES/*.po"))
        if not text.with_suffix(".mo").exists()
        or text.with_suffix(".mo").stat().st_mtime < text.stat().st_mtime
    ]


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile what is stale and return it. A compiled file appears whole or not at all."""
    catalogues = stale(locale)
    if not catalogues:
        return []
    from babel.messages.mofile import write_mo  # noqa: PLC0415  # slow to import and seldom needed
    from babel.messages.pofile import read_po  # noqa: PLC0415  # as above

    for text in catalogues:
        with text.open("rb") as source:
            catalogue = read_po(source, locale=text.parts[-3])
        unfinished = text.with_suffix(".mo.new")
        with unfinished.open("wb") as target:
            write_mo(target, catalogue)
        unfinished.replace(text.with_suffix(".mo"))
    return catalogues
