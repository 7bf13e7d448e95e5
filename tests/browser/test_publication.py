"""The published site, opened from disk and from a plain web server: reading, opening a claim, searching."""

from __future__ import annotations

import random
import subprocess
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from houvast.core.report.publication import words
from tests.browser.conftest import NARROW, WIDE, Visitor, cli, seen_by_axe, serving
from tests.browser.test_adoption import adopt, correct, offer

pytestmark = [pytest.mark.browser, pytest.mark.long]
PUBLICATION = "/diemen/verantwoording/2021/publicatie/"
SITE = "diemen-paragraaf-bedrijfsvoering"
PAGES = (
    "index.html",
    "2021/index.html",
    "2021/editie/1/index.html",
    "zoeken/index.html#q=klacht",
    "en/index.html",
    "en/2021/index.html",
    "en/zoeken/index.html#q=klacht",
)


@pytest.fixture(scope="module")
def demonstration(demo_environment):
    """The address of the application that the site comes from."""
    with serving(demo_environment) as address:
        yield address


@pytest.fixture(scope="module")
def published(demonstration, demo_environment, browser, tmp_path_factory):
    """The folder that somebody gets who adopts, corrects, and presses the button; and the page of that."""
    page = browser.new_page(locale="nl-NL", viewport=WIDE)
    visitor = Visitor(page, demonstration)
    offer(visitor)
    adopt(visitor)
    correct(visitor)
    visitor.sign_in("Redacteur")
    visitor.go(PUBLICATION)
    visitor.check()
    page.get_by_role("button", name="Maak de site (zip)").click()
    subprocess.run(
        cli("db_worker", "--batch", "--no-startup-delay", "-v0"),
        env=demo_environment,
        cwd=demo_environment["HOUVAST_DATA"],
        check=True,
        timeout=120,
    )
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Haal het bestand op").click()
    folder = tmp_path_factory.mktemp("published")
    downloading.value.save_as(folder / "site.zip")
    visitor.go(PUBLICATION)
    expect(page.get_by_text("Sindsdien is geen editie of correctie bijgekomen")).to_be_visible()
    visitor.check()
    page.get_by_role("link", name="Bekijk het voorbeeld").click()
    page.get_by_role("link", name="Paragraaf Bedrijfsvoering 2021").click()
    page.locator("a.hv-claim[href='#feit-security.breaches']").first.click()
    expect(page.locator("#lade")).to_contain_text("Geregistreerde datalekken")
    assert visitor.complaints == []
    page.close()
    with zipfile.ZipFile(folder / "site.zip") as packed:
        packed.extractall(folder)
    return folder / SITE


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that tells nothing."""

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture(scope="module")
def addresses(published):
    """The site as it is opened: from disk, and in a sub-folder of a web server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=published.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"disk": published.as_uri(), "server": f"http://127.0.0.1:{server.server_port}/{SITE}"}
        server.shutdown()


@pytest.fixture(params=["disk", "server"])
def site(request, addresses):
    return addresses[request.param]


@pytest.fixture
def reader(page):
    """A page, in which neither a script failed nor the policy of the site stopped anything."""
    complaints = []
    page.set_default_timeout(10_000)
    page.set_viewport_size(WIDE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda told: complaints.append(told.text) if "Content Security Policy" in told.text else None,
    )
    yield page
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_no_fault_that_axe_sees_and_nothing_beside_a_phone(reader, addresses, path):
    site = addresses["disk"]  # a page is the same from a server
    reader.goto(f"{site}/{path}")
    for width in (WIDE, NARROW):
        reader.set_viewport_size(width)
        found = seen_by_axe(reader)
        assert found.violations_count == 0, found.generate_report()
        beside = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.evaluate(beside) <= 0


def test_styles_and_font_come_along(reader, site):
    reader.goto(f"{site}/2021/index.html")
    reader.evaluate("document.fonts.ready")
    assert reader.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    loaded = "() => [...document.fonts].some((font) => font.status === 'loaded')"
    assert reader.evaluate(loaded)
    assert (
        reader.locator(".hv-header").evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(18, 84, 106)"
    )


def test_a_claim_opens_beside_the_text_and_closing_leads_back(reader, site):
    reader.goto(f"{site}/2021/index.html")
    claim = reader.locator("a.hv-claim[href='#feit-security.breaches']").first
    claim.focus()
    reader.keyboard.press("Enter")
    drawer = reader.locator("#lade")
    expect(drawer.get_by_role("heading", name="Geregistreerde datalekken: 17")).to_be_focused()
    expect(drawer).to_contain_text("17, waarvan 17 met voorbeeldgegevens")
    for width in (WIDE, NARROW):
        reader.set_viewport_size(width)
        assert seen_by_axe(reader, "#lade").violations_count == 0
    reader.keyboard.press("Escape")
    expect(drawer).to_be_empty()
    expect(claim).to_be_focused()


def test_a_footnote_leads_to_its_correction(reader, site):
    reader.goto(f"{site}/2021/index.html")
    reader.get_by_role("link", name="[correctie 1]").click()
    expect(reader.locator("#correctie-1")).to_contain_text("Het waren er negentien.")
    expect(reader.locator("#correctie-1")).to_be_in_viewport()


def search(reader, typed):
    reader.get_by_label("Zoek op").fill(typed)
    reader.keyboard.press("Enter")
    return reader.locator("#gevonden > li")


@pytest.mark.parametrize("typed", ["klacht", "KLACHTEN", "klachtenregelingen"])
def test_search_finds_a_word_in_another_form(reader, site, typed):
    reader.goto(f"{site}/zoeken/index.html")
    found = search(reader, typed)
    expect(found.first).to_contain_text("Klachtenregeling")
    expect(reader.locator("#aantal")).to_contain_text(f"gevonden voor ‘{typed}’")
    found.first.get_by_role("link").click()
    expect(reader.locator("#complaints")).to_be_in_viewport()


def test_search_takes_every_word_folds_the_ij_and_keeps_to_what_was_chosen(reader, site):
    reader.goto(f"{site}/zoeken/index.html")
    expect(search(reader, "wĳze").first).to_be_visible()
    found = search(reader, "datalekken informatieveiligheid")
    assert found.count() > 0
    reader.get_by_label("Waarin").select_option("correctie")
    expect(search(reader, "negentien")).to_have_count(1)
    expect(reader.locator("#aantal")).to_have_text("1 plaats gevonden voor ‘negentien’.")
    expect(search(reader, "xyzzy")).to_have_count(0)
    expect(reader.locator("#aantal")).to_contain_text("Niets gevonden voor ‘xyzzy’")
    expect(search(reader, "<img src=x onerror=alert(1)>")).to_have_count(0)


def test_in_english_the_page_speaks_english_and_finds_the_same(reader, site):
    reader.goto(f"{site}/zoeken/index.html")
    places = search(reader, "klacht").count()
    reader.get_by_role("link", name="English").click()
    reader.get_by_label("Search for").fill("klacht")
    reader.keyboard.press("Enter")
    expect(reader.locator("#aantal")).to_have_text(f"{places} places found for ‘klacht’.")
    reader.locator("#gevonden a").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Operational management chapter 2021")
    reader.locator("a.hv-claim").first.click()
    reader.get_by_role("button", name="Close").click()
    reader.get_by_role("link", name="Nederlands").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Paragraaf Bedrijfsvoering 2021")


def test_what_was_searched_stands_in_the_address(reader, site):
    reader.goto(f"{site}/zoeken/index.html")
    search(reader, "50% é")
    assert reader.url.endswith("#q=50%25%20%C3%A9")
    reader.goto(f"{site}/index.html")
    reader.go_back()
    expect(reader.get_by_label("Zoek op")).to_have_value("50% é")


def test_without_script_the_claims_lead_down_and_the_search_page_says_how(browser, site):
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/zoeken/index.html")
    expect(plain.get_by_text("Zoeken heeft JavaScript nodig")).to_be_visible()
    expect(plain.locator("#zoekformulier")).to_be_hidden()
    plain.get_by_role("link", name="4 Klachtenregeling").click()
    expect(plain.locator("#complaints")).to_be_in_viewport()
    plain.locator("a.hv-claim[href='#feit-security.breaches']").first.click()
    expect(plain.locator("[id='feit-security.breaches']")).to_be_in_viewport()
    plain.context.close()


def made_up(count):
    """Words of Dutch parts, of which most are none: they pass through every step of the stemmer."""
    chance = random.Random(1)  # noqa: S311  the same words each time, no secret
    vowels = ["y", "i", "ij", "oei", "aa", "ee", "oo", "uu", "a", "e", "o", "u"]
    others = ["b", "k", "kk", "dd", "tt", "gem", "c", "r", "n", "s", "j", "l", "v"]
    ends = [
        "",
        "e",
        "en",
        "ene",
        "s",
        "se",
        "heden",
        "heid",
        "end",
        "ing",
        "ig",
        "lijk",
        "baar",
        "bar",
        "bare",
    ]
    for _number in range(count):
        parts = [chance.choice(others if at % 2 else vowels) for at in range(chance.randint(0, 5))]
        yield "".join([*parts, chance.choice(ends), chance.choice(["", chance.choice(ends)])])


def test_the_browser_stems_as_the_index_was_made(reader, site):
    reader.goto(f"{site}/zoeken/index.html")
    known = reader.evaluate("window.houvastZoekindex.words.map(([word]) => word)")
    asked = sorted({*known, *made_up(20_000)} - {""})
    told = reader.evaluate("(words) => words.map(window.houvastStam.stem)", asked)
    assert [(word, stem) for word, stem in zip(asked, told, strict=True) if stem != words.stem(word)] == []
    texts = ["Eén ĳsbaan, CAFÉS & ’s-Gravenhage 1.234", "ﬁets Ǆ ½"]
    assert reader.evaluate("(texts) => texts.map(window.houvastStam.words)", texts) == [
        *map(words.words, texts)
    ]
