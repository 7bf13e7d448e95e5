"""In the English interface the screens are English; what stays Dutch on purpose says so in the markup.

The chapter, the definition of a claim, and the explanation of a statutory term are Dutch texts: a screen reader
must read them with a Dutch voice (WCAG 3.1.2).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from houvast.core.access.models import Account
from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.scope import reading
from houvast.core.report.outline import walk
from houvast.law.completeness import REQUIREMENTS
from houvast.project import messages
from tests.undoing import undone
from tests.world import YEAR, addresses

# Words that no English sentence has.
DUTCH = re.compile(
    r"\b(het|een|voor|wordt|worden|zijn|niet|geen|deze|bij|naar|ook|dat|die|uit|klacht)\b", re.IGNORECASE
)
# The same, for a screen of which everything that people typed was taken out; no English word is among them.
OURS = re.compile(
    r"\b(de|het|een|van|voor|wordt|worden|zijn|niet|geen|deze|bij|naar|ook|dat|uit|nog|maar|wie|wat|dit|uw|als|heeft"
    r"|hebben|kan|moet|jaar|dag|vanaf|aan|tot|kies|vul|geef|tussen|zonder|wilt|hoe|er|te|om|op)\b",
    re.IGNORECASE,
)
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "path", "wbr"}
UNREAD = {"script", "style", "template", "svg", "title"}

TABLE = Path(__file__).with_name("access_matrix.csv")

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
CHAPTER = f"/diemen/verantwoording/{YEAR}/"
PAGES = {
    "the chapter": CHAPTER,
    "the chapter of a full year": "/diemen/verantwoording/2021/",
    "a claim of a register": "/diemen/verantwoording/2021/?feit=security.breaches",
    "a claim of the structure": "/diemen/verantwoording/2021/?feit=structure.directors",
    "a sourced fact in the margin": "/diemen/verantwoording/2021/?feit=housing.vision_due",
    "the editor": "/diemen/verantwoording/2021/redactie/team_plans.purpose/",
    "the facts": "/diemen/verantwoording/2021/feiten/",
    "the form of a term": "/diemen/termijn/",
    "a term": "/diemen/termijn/?term=awb-9:11&start=2026-02-02",
    "a term with a warning": "/diemen/termijn/?term=avg-33&start=2026-10-25&time=02:30",
    "a term that cannot be": "/diemen/termijn/?term=awb-9:8&start=2026-02-02&extend_weeks=1",
}


class Reading(HTMLParser):
    """The texts of a page, each with the language it is read in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []
        # What a screen reader says besides: names of buttons, descriptions of pictures.
        self.told: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        if tag not in VOID:
            self.open.append((tag, language))
        for name in READ_ALOUD:
            if given.get(name):
                self.told.append((language, " ".join(str(given[name]).split())))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in UNREAD for tag, _language in self.open):
            self.texts.append((self.open[-1][1], " ".join(data.split())))


def read(client, path) -> Reading:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    reading = Reading()
    answer = client.get(path)
    if answer.headers["Content-Type"].startswith("text/html"):
        reading.feed(answer.content.decode())
    return reading


@pytest.fixture
def director(world):
    """Somebody who may open the rows of every register, with English screens."""
    with undone():
        yield world.client("director")


@pytest.fixture
def editor(world):
    with undone():
        yield world.client("editor")


@pytest.mark.parametrize("page", PAGES)
def test_what_stays_dutch_is_marked_as_dutch(director, editor, page):
    reading = read(editor if page in {"the editor", "the facts"} else director, PAGES[page])
    assert reading.texts
    assert {language for language, _text in reading.texts} <= {"en", "nl"}
    assert [text for language, text in reading.texts if language != "nl" and DUTCH.search(text)] == []


def test_the_chapters_own_text_is_read_in_dutch_and_the_screen_around_it_in_english(director):
    texts = read(director, PAGES["a claim of a register"]).texts
    assert ("nl", "17 datalekken") in texts
    assert ("nl", "Geregistreerde datalekken: 17") in texts
    assert ("en", "Rows") in texts
    assert ("en", "Reference") in texts


def test_the_explanation_of_a_term_is_read_in_dutch(director):
    texts = read(director, PAGES["a term"]).texts
    steps = [(language, text) for language, text in texts if "is de laatste dag." in text]
    assert steps == [("nl", "Maandag 16 maart 2026 is de laatste dag.")]


def test_what_the_law_refuses_is_told_in_english_at_its_field(director):
    texts = read(director, PAGES["a term that cannot be"]).texts
    refused = [language for language, text in texts if "cannot be extended" in text]
    assert refused
    assert set(refused) == {"en"}


def test_roles_are_called_by_their_english_names(world):
    with undone():
        texts = read(world.client("administrator"), "/diemen/beheer/wie-mag-wat/").texts
    assert any("(Director)" in text for _language, text in texts)
    assert not any("Directielid)" in text for _language, text in texts)


def typed(organisations) -> re.Pattern[str]:
    """What people typed in the registers, and the chapter's own headings and requirements: these are Dutch anywhere."""
    found = {account.name for account in Account.objects.all()}
    for organisation in organisations:
        found |= {organisation.name, organisation.full_name}
        with reading(organisation.pk):
            for model in apps.get_models():
                if issubclass(model, ScopedModel):
                    found.update(texts_of(model))
    found |= {section.heading for _depth, section in walk()}
    found |= {said for one in REQUIREMENTS for said in (one.name, one.source)}
    lines = {" ".join(line.split()).strip(" -") for text in found for line in text.split("\n")}
    words = [re.escape(line) for line in sorted(lines, key=len, reverse=True) if len(line) > 2]
    # And what the editor's own notation is made of.
    return re.compile("|".join((r"\[\[[^\]]*\]\]", *words)), re.IGNORECASE)


def texts_of(model) -> Iterator[str]:
    """Every text in the rows of a table, without the words that code gives it."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    names = [one.name for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices]
    for row in model.objects.values_list(*names) if names else ():
        yield from inside(row)


def inside(value) -> Iterator[str]:
    """The texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from inside(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from inside(one)


def pair(text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def first_who_may_open() -> dict[str, str]:
    """For each address the first of these roles that gets it, by the table of access."""
    roles = ("administrator", "editor", "ciso", "controller", "director")
    with TABLE.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "GET"]
    found = {row["address"]: next((role for role in roles if row[role] == "200"), "") for row in rows}
    return {address: role for address, role in found.items() if role}


def read_everywhere(world) -> dict[str, str]:
    """Every text that is not in Dutch on purpose, at every address, with one address where it stands."""
    found: dict[str, str] = {}
    who = first_who_may_open()
    for role in set(who.values()):
        with undone():
            client = world.client(role)
            for address in addresses():
                if who.get(address.name or address.route) == role:
                    with undone():
                        reading_ = read(client, address.url(world.diemen))
                    told = (*reading_.texts, *reading_.told)
                    found |= {text: address.name for language, text in told if language != "nl"}
    return found


def test_no_screen_says_anything_of_its_own_in_dutch(world):
    """At every address: texts, names of buttons and pictures, without what people typed."""
    translated = [
        (" ".join(said.split()), english)
        for message in messages.catalogue("en")
        for said, english in zip(pair(message.id), pair(message.string), strict=False)
    ]
    english = {said for _dutch, said in translated}
    dutch = {said for said, other in translated if said != other} - english
    found = read_everywhere(world)
    assert len(set(found.values())) > 100
    suspect = {
        text: name
        for text, name in found.items()
        if text not in english and (text in dutch or OURS.search(text))
    }
    known = typed(world.organisations.values())
    # A word of the screen that somebody also typed, as the name of a role, is theirs.
    ours = {text: known.sub("", text) for text in suspect}
    wrong = [
        f"{name}: {text}"
        for text, name in suspect.items()
        if OURS.search(ours[text]) or (text in dutch and ours[text].strip())
    ]
    assert wrong == []
