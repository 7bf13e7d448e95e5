"""The translations of the screens: find every Dutch source string, and keep the catalogues in step.

Does what Django's `makemessages` does, without GNU gettext on the machine: Django turns a template into
something like Python, and Babel finds the calls in that and in the Python files.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1]
LOCALE = SOURCE / "locale"
# Which arguments of each call hold text: 1 the only one, (1, 2) singular and plural, (1, "c") context first.
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    name: places
    for stem, places in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for name in (stem, f"{stem}_lazy", f"{stem}_noop")
} | {"_": None}
# The other languages that the screens exist in, with the header that their catalogue opens with.
LANGUAGES = {"en": "nplurals=2; plural=(n != 1);"}
HEADER = """# {language}: the translation of Houvast's screens. The source strings are Dutch.
# `./houvast messages` adds what is new and drops what is gone.
msgid ""
msgstr ""
"Project-Id-Version: Houvast\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")


@dataclass(frozen=True)
class Text:
    """A source string: what is translated, its plural where it has one, and where it stands."""

    id: str | tuple[str, str]
    context: str | None
    place: str


def texts(source: Path = SOURCE) -> Iterator[Text]:
    """Every source string of the application, in the order of the files."""
    for file in sorted(source.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            code = file.read_text(encoding="utf-8")
            yield from _found(code, file.relative_to(source))
            yield from _found(_inside_strings(code), file.relative_to(source))
    for folder in sorted(source.rglob("templates")):
        for file in sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.txt")):
            name = str(file.relative_to(source))
            likeness = templatize(file.read_text(encoding="utf-8"), origin=name)
            # Without indentation, which means nothing in a template and much in Python.
            plain = "\n".join(line.lstrip() for line in likeness.splitlines())
            yield from _found(plain, Path(name))


def _inside_strings(code: str) -> str:
    """The calls inside f-strings, each on a line; up to Python 3.11 those are one token to Babel."""
    strings = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.JoinedStr))
    calls = (
        node
        for string in strings
        for node in ast.walk(string)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
    )
    return "\n".join(ast.unparse(call) for call in calls)


def _found(code: str, place: Path) -> Iterator[Text]:
    found: Iterator[Any] = extract_python(io.BytesIO(code.encode()), KEYWORDS, (), {})
    for line, call, given, _comments in found:
        arguments = given if isinstance(given, tuple | list) else (given,)
        kept: list[str] = [argument for argument in arguments if isinstance(argument, str)]
        where = f"{place}:{line}"
        context = kept.pop(0) if "pgettext" in str(call) and len(kept) > 1 else None
        if not kept or not kept[0]:
            continue
        plural = "ngettext" in str(call) or "npgettext" in str(call)
        yield Text((kept[0], kept[1]) if plural and len(kept) > 1 else kept[0], context, where)


def catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language as it stands; empty where there is none yet."""
    file = locale / language / "LC_MESSAGES" / "django.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def renewed(language: str, source: Path = SOURCE, locale: Path = LOCALE) -> Catalog:
    """The catalogue with every source string of today and no other; what was translated is kept."""
    before, after = catalogue(language, locale), Catalog(locale=language)
    for text in texts(source):
        known = before.get(text.id, text.context)
        kept = known is not None and isinstance(known.id, tuple) == isinstance(text.id, tuple)
        string = known.string if known is not None and kept else None
        flags = {"fuzzy"} if known is not None and known.fuzzy else set()
        after.add(text.id, string, context=text.context, flags=flags)
    return after


def written(language: str, found: Catalog) -> str:
    """The catalogue as the text that git holds: sorted, without places and dates, so it changes little."""
    body = io.BytesIO()
    write_po(body, found, width=110, omit_header=True, no_location=True, sort_output=True)
    return HEADER.format(language=language, plural=LANGUAGES[language]) + body.getvalue().decode()


def renew(locale: Path = LOCALE) -> list[Path]:
    """Bring the catalogues in step with the sources and return those that changed."""
    changed = []
    for language in LANGUAGES:
        file = locale / language / "LC_MESSAGES" / "django.po"
        text = written(language, renewed(language, locale=locale))
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            changed.append(file)
    return changed


@dataclass(frozen=True)
class Fault:
    """A source string whose translation is not as it should be."""

    language: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.language}: {self.problem}: {self.text!r}"


def faults(source: Path = SOURCE, locale: Path = LOCALE) -> list[Fault]:
    """Every string that is untranslated, uncertain, or that lost or gained a placeholder."""
    return [
        Fault(language, str(message.id), problem)
        for language in LANGUAGES
        for message in renewed(language, source, locale)
        if message.id and (problem := _problem(message))
    ]


def _problem(message: Message) -> str:
    given = message.string if isinstance(message.string, tuple | list) else (message.string,)
    wanted = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if message.fuzzy:
        return "uncertain"
    if len(given) < len(wanted) or not all(given):
        return "not translated"
    # A singular may leave its number out ("one fault"); what it names must exist in the source.
    names = [_placeholders(text or "") for text in given]
    if not all(found <= _placeholders(" ".join(wanted)) for found in names) or names[-1] != _placeholders(
        wanted[-1]
    ):
        return "other placeholders"
    return ""


def _placeholders(text: str) -> set[str]:
    return {found.group() for found in PLACEHOLDER.finditer(text.replace("%%", ""))}
