"""What is put in a register is read in the chapter: from a report or a departure to the sentence that tells it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
THIS_YEAR = f"/diemen/verantwoording/{date.today().year}/"  # noqa: DTZ011  the clock that the server reads too
SECURITY = "#partnership\\.security"


def choose(page, label):
    """Pick a radio button by its label, tile or not."""
    page.locator("main label", has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")).first.click()


def send(page):
    """Send the form of the page."""
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def open_newest(visitor, function, organisation, step):
    """Sign in, open the newest breach, and the form of a step if one is named."""
    visitor.sign_in(function, organisation)
    visitor.go("/diemen/beveiliging/datalekken/")
    visitor.page.locator("main table tbody a").first.click()
    visitor.check()
    visitor.page.locator(f"main a[href$='/{step}/']").first.click()
    visitor.check()


def report(visitor):
    """An employee reports, in four answers."""
    page = visitor.sign_in("Medewerker (vergunningverlener)").page
    visitor.go("/diemen/beveiliging/melden/")
    visitor.check()
    for answer in ("Verkeerd verstuurd", "Ja", "Net"):
        choose(page, answer)
    page.locator("textarea[name=description]").fill("Een brief ging naar een oud adres.")
    send(page)
    expect(page.locator("main")).to_contain_text(re.compile(r"DL-\d{4}-001"))


def advise(visitor):
    """The data protection officer advises."""
    page = visitor.page
    open_newest(visitor, "Functionaris gegevensbescherming (FG)", "Duo+", "advies")
    choose(page, "Een risico is onwaarschijnlijk")
    page.locator("textarea[name=text]").fill("De ontvanger stuurde de brief ongeopend terug.")
    send(page)
    expect(page.locator("main")).to_contain_text("Uw advies is vastgelegd.")


def weigh(visitor):
    """The CISO says how serious the consequences are."""
    page = visitor.page
    open_newest(visitor, "CISO", "Duo+", "wijzigen")
    page.locator("select[name=impact]").select_option(label="Beperkt")
    send(page)
    expect(page.locator("main")).to_contain_text("De gegevens zijn opgeslagen.")


def decide(visitor):
    """The director decides, with a reason."""
    page = visitor.page
    open_newest(visitor, "Gemeentesecretaris", "Diemen", "besluit")
    choose(page, "Niet melden bij de AP")
    choose(page, "Een risico is onwaarschijnlijk")
    page.locator("textarea[name=motive]").fill("Niemand heeft de brief gelezen.")
    send(page)
    expect(page.locator("main")).to_contain_text("Uw besluit is vastgelegd.")


def test_report_a_breach_decide_and_read_it_in_the_chapter(visitor):
    page, section = visitor.page, visitor.page.locator(SECURITY)
    visitor.sign_in("Medewerker (vergunningverlener)")
    assert visitor.go(THIS_YEAR).status == 404
    report(visitor)
    assert visitor.go(THIS_YEAR).status == 200
    expect(section).to_contain_text("in het register van datalekken 1 datalek vastgelegd")
    expect(section).not_to_contain_text("waarom een melding niet nodig was")
    advise(visitor)
    weigh(visitor)
    decide(visitor)
    visitor.go(THIS_YEAR)
    expect(section).to_contain_text("Voor één datalek is vastgelegd waarom een melding niet nodig was")
    section.locator("a.hv-claim", has_text="1 datalek").first.click()
    expect(page.locator("[data-hv-drawer] tbody tr")).to_have_count(1)
    visitor.check()


def test_a_team_leader_leaves_and_all_becomes_so_many_of_so_many(visitor):
    page = visitor.sign_in("Gemeentesecretaris").page
    visitor.go("/diemen/verantwoording/2021/")
    expect(page.locator("#structure")).to_contain_text("alle teams een teamleider")
    visitor.go("/diemen/structuur/")
    visitor.check()
    page.locator("main a", has_text="Vergunningen").first.click()
    page.get_by_role("link", name="Teamleider vertrekt").click()
    page.locator("input[name=on]").fill("2021-12-01")
    visitor.check()
    send(page)
    visitor.go("/diemen/verantwoording/2021/")
    expect(page.locator("#structure")).to_contain_text(re.compile(r"\d+ van de \d+ teams een teamleider"))
    expect(page.locator("#structure")).not_to_contain_text("alle teams een teamleider")
