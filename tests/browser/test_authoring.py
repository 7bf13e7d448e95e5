"""A section of the next chapter, from the request to ready for the college, by five people in turn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.long]
YEAR = "/diemen/verantwoording/2022/"
SECTION = f"{YEAR}onderdeel/structure/"
CONTROL = f"{YEAR}onderdeel/partnership.control/"
APPROVER = "Directielid Inwoners en Samenleving"


def press(visitor, function, page, button):
    """Sign in, open the page, press the button; what the next step says is on the screen."""
    visitor.sign_in(function)
    visitor.go(page)
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.wait_for_load_state()


def write_what_was_asked(visitor):
    """The author finds the request, meets what blocks it and what the guard refuses, and hands the section on."""
    page = visitor.sign_in("Teamleider Vergunningen").page
    page.get_by_role("link", name="Uw bijdrage: Concern control", exact=True).click()
    expect(page).to_have_url(f"{visitor.site}{CONTROL}")
    visitor.check()
    page.get_by_role("button", name="Geef door voor akkoord: eerst een tekst").click()
    expect(page.get_by_role("main")).to_contain_text("Dat is niet gelukt")
    page.get_by_role("link", name="Schrijf dit onderdeel").click()
    field = page.get_by_role("textbox", name="Tekst")
    field.fill("Bij de risicobeheersing waren er 3 zwaartepunten.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("De tekst is nog niet bewaard")
    expect(page.get_by_role("link", name="Naar akkoord: eerst 1 fout")).to_be_visible()
    visitor.check()
    field.fill("De aandacht gaat uit naar de beheersing van risico’s.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page).to_have_url(f"{visitor.site}{CONTROL}")
    page.get_by_role("button", name="Geef door voor akkoord").click()
    expect(page.locator(".hv-steps [aria-current]")).to_contain_text("Akkoord")


def give_back_with_a_reason(visitor):
    """The approver gives a section back; the author reads why and hands it on again."""
    press(visitor, "Teamleider Vergunningen", SECTION, "Geef door voor akkoord")
    page = visitor.sign_in(APPROVER).page
    visitor.go(SECTION)
    page.locator("summary", has_text="Geef terug aan de schrijver").click()
    page.get_by_label("Waarom").fill("Noem ook de vacatures.")
    visitor.check()
    page.get_by_role("button", name="Geef terug aan de schrijver").click()
    visitor.sign_in("Teamleider Vergunningen")
    visitor.go(SECTION)
    expect(page.get_by_role("main")).to_contain_text(f"Teruggegeven door {APPROVER}")
    page.get_by_role("button", name="Geef door voor akkoord").click()


def test_five_people_bring_the_chapter_from_the_request_to_ready_for_the_college(visitor):
    page = visitor.page
    write_what_was_asked(visitor)
    give_back_with_a_reason(visitor)
    for section in (SECTION, CONTROL):
        press(visitor, APPROVER, section, "Geef akkoord")
        press(visitor, "Concerncontroller", section, "Gecontroleerd, naar redactie")
        press(visitor, "Redacteur", section, "Redactie klaar, naar de directie")
        expect(page.get_by_role("main")).to_contain_text("Nu bij: Gemeentesecretaris (directie)")
    visitor.sign_in("Gemeentesecretaris")
    page.get_by_role("link", name="Akkoord van de directie op de paragraaf van 2022", exact=True).click()
    visitor.check()
    page.get_by_role("button", name="De directie is akkoord").click()
    expect(page.get_by_role("main")).to_contain_text("De paragraaf is gereed voor het college")
    visitor.check()
    visitor.go(YEAR)
    expect(page.locator("#structure")).to_contain_text("Akkoord van de directie: Gemeentesecretaris")
    visitor.check()


def test_open_a_round_and_see_it_at_a_glance(visitor):
    page = visitor.sign_in("Redacteur").page
    visitor.go(f"{YEAR.replace('2022', '2023')}ronde/")
    page.get_by_role("link", name="Open een ronde").click()
    visitor.check()
    page.get_by_role("button", name="Vraag uit").click()
    expect(page.get_by_role("main")).to_contain_text("Kies een uiterste dag voor ‘Concern control’.")
    visitor.check()
