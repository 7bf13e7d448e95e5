"""In the English interface the screens are English; what stays Dutch on purpose says so in the markup.

The chapter, the definition of a claim, and the explanation of a statutory term are Dutch texts: a screen reader
must read them with a Dutch voice (WCAG 3.1.2).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from tests.undoing import undone
from tests.world import YEAR

# Words that no English sentence has.
DUTCH = re.compile(
    r"\b(het|een|voor|wordt|worden|zijn|niet|geen|deze|bij|naar|ook|dat|die|uit|klacht)\b", re.IGNORECASE
)
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "path", "wbr"}
UNREAD = {"script", "style", "template", "svg", "title"}

pytestmark = pytest.mark.django_db
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in UNREAD for tag, _language in self.open):
            self.texts.append((self.open[-1][1], " ".join(data.split())))


def read(client, path) -> Reading:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    reading = Reading()
    reading.feed(client.get(path).content.decode())
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
