"""Destroying by two people, and reporting a vulnerability without an account or script, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HERE = "/diemen/beheer/bewaren/"


def test_two_people_look_at_a_list_decide_and_keep_a_certificate(visitor):
    page = visitor.sign_in("Functioneel beheerder").page
    visitor.go(f"{HERE}lijsten/nieuw/")
    page.get_by_label("Aan de beurt op").fill("2099-01-01")
    page.get_by_role("button", name="Maak de lijst").click()
    expect(page.get_by_role("main")).to_contain_text("Kies vandaag of een eerdere dag")
    visitor.check()
    page.get_by_label("Aan de beurt op").fill("2026-01-01")
    page.get_by_role("button", name="Maak de lijst").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vernietigingslijst VL-")
    visitor.check()
    address = page.url.removeprefix(visitor.site)
    number = page.locator("tbody tr").count()
    page.get_by_role("link", name="Gaat mee: zonder uit").first.click()
    page.get_by_label("Reden om dit stuk niet te vernietigen").fill("Er loopt een onderzoek")
    visitor.check()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("main")).to_contain_text("1 uitgezonderd")
    page.get_by_role("link", name="Leg voor").click()
    page.get_by_role("button", name="Leg voor").click()
    expect(page.get_by_role("link", name="Besluit", exact=True)).to_have_count(0)

    page.context.clear_cookies()
    visitor.sign_in("Gemeentesecretaris")
    visitor.go(address)
    page.get_by_role("link", name="Besluit", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Dat kan niet ongedaan worden gemaakt.")
    visitor.check()
    page.get_by_role("button", name="Vernietig").click()
    expect(page.locator("tbody")).to_contain_text("Uitgezonderd")
    if number > 1:
        expect(page.locator("tbody")).to_contain_text("Vernietigd")
        visitor.go(HERE)
        page.get_by_role("link", name=re.compile("^VV-")).first.click()
        expect(page.get_by_role("main")).to_contain_text("Van de inhoud staat hier niets.")
    visitor.check()


def test_who_may_not_see_what_is_destroyed_is_told_so(visitor):
    page = visitor.sign_in("Redacteur").page
    visitor.go(HERE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    visitor.check()


def test_report_a_vulnerability_by_keyboard_and_without_script(browser, site):
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/diemen/publiek/")
    page.get_by_role("link", name="Meld een kwetsbaarheid").click()
    page.get_by_label("Waar vond u het?").fill("https://example.org/zoeken")
    page.get_by_role("button", name="Verzend de melding").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Dit veld is verplicht")
    expect(page.get_by_label("Waar vond u het?")).to_have_value("https://example.org/zoeken")
    page.get_by_label("Wat vond u, en hoe kunnen wij dat nadoen?").fill("Het zoekveld 🐟 toont code.")
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Verzend de melding").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw melding is ontvangen")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"VI-\d{4}-\d{3}"))
    assert {cookie["name"] for cookie in context.cookies()} == {"csrftoken"}
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report was received")
    context.close()


def test_the_faults_of_the_public_form_are_for_everybody(visitor):
    page = visitor.page
    visitor.go("/diemen/publiek/kwetsbaarheid/")
    page.get_by_role("button", name="Verzend de melding").click()
    expect(page.get_by_role("main")).to_contain_text("Dit veld is verplicht")
    visitor.check()
