"""What somebody does with the mouse or the keys alone, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
CHAPTER = "/diemen/verantwoording/2021/"
EDITOR = f"{CHAPTER}redactie/team_plans.purpose/"


def test_choose_a_role_and_arrive_in_the_organisation(visitor):
    page = visitor.page
    visitor.go("/")
    expect(page).to_have_url(re.compile("/demo/"))
    visitor.sign_in("Concerncontroller")
    expect(page).to_have_url(f"{visitor.site}/diemen/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn dag")
    expect(page.get_by_role("banner")).to_contain_text("Diemen")


def test_sign_out_and_be_a_stranger_again(visitor):
    page = visitor.sign_in("Redacteur").page
    page.get_by_role("button", name="Afmelden").click()
    visitor.go("/diemen/")
    expect(page).to_have_url(re.compile(r"/demo/\?next="))


def test_read_the_chapter_open_a_claim_and_return_to_where_one_was(visitor):
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(CHAPTER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paragraaf Bedrijfsvoering 2021")
    claim = page.locator("#partnership\\.security a.hv-claim", has_text="17 datalekken").first
    claim.click()
    drawer = page.locator("[data-hv-drawer]")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text("17")
    expect(drawer).to_be_focused()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(claim).to_be_focused()


def test_open_a_claim_of_the_structure_and_see_its_rows(visitor):
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(CHAPTER)
    page.locator("#structure a.hv-claim", has_text="vier directieleden").first.click()
    drawer = page.locator("[data-hv-drawer]")
    expect(drawer.locator("tbody tr")).to_have_count(4)


BREACHES = f"{CHAPTER}?feit=security.breaches"


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 320, "height": 800}])
def test_the_rows_of_a_register_are_read_in_the_margin_without_scrolling_sideways(visitor, size):
    page = visitor.sign_in("Gemeentesecretaris").page
    page.set_viewport_size(size)
    visitor.go(BREACHES)
    drawer = page.locator("[data-hv-drawer]")
    rows = drawer.locator("tbody tr")
    expect(rows).to_have_count(17)
    expect(rows.first.get_by_role("rowheader")).to_have_text("DL-2021-017")
    beyond = """place => [...place.querySelectorAll("*"), place].some(
        part => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible"
            && part.clientWidth > 1)"""
    assert page.locator("#feit").evaluate(beyond) is False
    cells = """rows => rows.every(row => row.getBoundingClientRect().right
        <= row.closest("[data-hv-drawer]").getBoundingClientRect().right)"""
    assert rows.locator("th, td").evaluate_all(cells) is True
    visitor.check(size)


def test_the_text_stays_in_view_beside_an_opened_claim(visitor):
    page = visitor.sign_in("Gemeentesecretaris").page
    visitor.go(CHAPTER)
    claim = page.locator("#partnership\\.security a.hv-claim", has_text="17 datalekken").first
    claim.click()
    drawer = page.locator("[data-hv-drawer]")
    expect(drawer).to_be_in_viewport()
    expect(claim).to_be_in_viewport()
    text, margin = page.locator(".rp-text").bounding_box(), drawer.bounding_box()
    assert text["x"] + text["width"] <= margin["x"]
    page.get_by_role("link", name="Sluiten").click()
    expect(drawer).to_have_count(0)
    expect(claim).to_be_focused()


def test_a_claim_opens_without_script_too(visitor, browser):
    page = visitor.sign_in("Concerncontroller").page
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{visitor.site}{CHAPTER}")
    plain.locator("#structure a.hv-claim", has_text="vier directieleden").first.click()
    assert "?feit=structure.directors" in plain.url
    assert plain.locator("[data-hv-drawer] tbody tr").count() == 4
    context.close()


def test_a_typed_figure_is_refused_then_bound_by_one_click_and_saved(visitor):
    page = visitor.sign_in("Redacteur").page
    visitor.go(EDITOR)
    area = page.get_by_role("textbox", name="Tekst", exact=True)
    before = area.input_value()
    # The guard follows while one writes, and asks before one leaves a text that was not saved.
    area.fill(f"{before}\n\nIn het jaar maakten 14 teams een plan.")
    findings = page.locator(".rp-findings li")
    expect(findings).to_have_count(1)
    expect(findings.first).to_contain_text("14")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("De tekst is nog niet bewaard")).to_be_visible()
    visitor.check()
    assert "14 teams" in page.get_by_role("textbox", name="Tekst", exact=True).input_value()
    page.locator(".rp-findings li button").first.click()
    expect(page.locator(".rp-findings li")).to_have_count(0)
    assert (
        "[[" in page.get_by_role("textbox", name="Tekst", exact=True).input_value().rpartition("maakten")[2]
    )
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("De tekst is bewaard.")).to_be_visible()
    expect(page.locator("#team_plans")).to_contain_text("maakten 14 teams een plan")


def test_a_typed_quantifier_is_refused_and_nothing_typed_is_lost(visitor):
    page = visitor.sign_in("Redacteur").page
    visitor.go(f"{CHAPTER}redactie/structure.completion/")
    area = page.get_by_role("textbox", name="Tekst", exact=True)
    area.fill("Nu hebben alle 12 teams een teamleider.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("De tekst is nog niet bewaard")).to_be_visible()
    expect(page.locator(".rp-marked mark").first).to_contain_text("alle")
    expect(page.get_by_role("textbox", name="Tekst", exact=True)).to_have_value(
        "Nu hebben alle 12 teams een teamleider."
    )


def test_the_screens_speak_the_language_one_chose(visitor):
    page = visitor.sign_in("Teamleider Vergunningen").page
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn dag")


def test_with_the_keys_alone_from_the_first_page_to_the_rows_of_a_claim(visitor):
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(CHAPTER)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#inhoud")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()
    for _ in range(120):
        page.keyboard.press("Tab")
        if "hv-claim" in (page.locator(":focus").get_attribute("class") or ""):
            break
    opened = page.locator(":focus")
    name = opened.inner_text()
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    drawer = page.locator("[data-hv-drawer]")
    expect(drawer).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('[data-hv-drawer]').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_text(name)


def test_another_organisation_does_not_exist(visitor):
    page = visitor.sign_in("Medewerker (beleid wonen)", "Uithoorn").page
    answer = visitor.go(CHAPTER)
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")
    visitor.check()


@pytest.mark.parametrize("form", ["pdf", "docx", "odt", "html", "json"])
def test_download_the_chapter(visitor, form):
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(CHAPTER)
    with page.expect_download() as download:
        page.locator(f"a[download][href$='/bestand/{form}/']").click()
    assert download.value.suggested_filename == f"diemen-2021.{form}"
    assert download.value.path().stat().st_size > 5_000
