"""Offering, adopting and correcting the chapter of 2021, in a demonstration that nobody else is in."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]
CHAPTER = "/diemen/verantwoording/2021/"


SECTION = f"{CHAPTER}onderdeel/partnership.security/"
AUTHOR, APPROVER = "Teamleider Vergunningen", "Directielid Inwoners en Samenleving"
BREACH = {
    "Vastgelegd op": date(2021, 12, 20),
    "Kennisname op": datetime(2021, 12, 20, 9, 30),  # noqa: DTZ001  a cell has no time zone
    "Wat er is gebeurd": "Een brief is aan een verkeerd adres bezorgd.",
    "Vertrouwelijkheid": "Ja",
    "Integriteit": "Nee",
    "Beschikbaarheid": "Nee",
}


def press(visitor, function, button):
    """Sign in, open the section and press the button; the next one is told of on the screen."""
    visitor.sign_in(function)
    visitor.go(SECTION)
    visitor.page.get_by_role("button", name=button).click()
    expect(visitor.page.get_by_role("status").first).to_contain_text("Nu bij:")


def ask(visitor):
    """Open a round of 2021 that asks for one section."""
    page = visitor.sign_in("Redacteur").page
    visitor.go(f"{CHAPTER}ronde/")
    page.get_by_role("link", name="Open een ronde").click()
    for label, day in (
        ("Directie beslist op", "2027-03-01"),
        ("College beslist op", "2027-04-01"),
        ("Raad beslist op", "2027-06-30"),
    ):
        page.get_by_label(label).fill(day)
    section = page.get_by_role("group", name="Informatieveiligheid")
    section.get_by_label("Schrijver").fill(AUTHOR)
    section.get_by_label("Akkoord door").fill(APPROVER)
    section.get_by_label("Uiterlijk").fill("2027-02-01")
    page.get_by_role("button", name="Vraag uit").click()
    expect(page.get_by_role("main")).to_contain_text(AUTHOR)


def one_breach_more(visitor, path):
    """The CISO of the shared service finds a breach of 2021 that nobody had recorded, and reads it in."""
    page = visitor.sign_in("CISO", "Duo+").page
    visitor.go("/diemen/beveiliging/datalekken/werkmap/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Leeg sjabloon").first.click()
    waiting.value.save_as(path)
    book = load_workbook(path)
    book["Datalekken"].append([BREACH.get(cell.value) for cell in book["Datalekken"][1]])
    book.save(path)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Lees in").click()
    page.get_by_role("button", name="Leg alles vast").click()
    expect(page).to_have_url(re.compile("/beveiliging/datalekken/$"))


def write_and_agree(visitor, path):
    """From hand to hand; a value that changes after the agreement brings the section back, with the difference."""
    page = visitor.page
    press(visitor, AUTHOR, "Geef door voor akkoord")
    press(visitor, APPROVER, "Geef akkoord")
    one_breach_more(visitor, path)
    visitor.sign_in(APPROVER)
    visitor.go(SECTION)
    expect(page.get_by_role("main")).to_contain_text("Opnieuw te bekijken")
    expect(page.get_by_role("row", name="Geregistreerde datalekken 17 18")).to_be_visible()
    visitor.check()
    press(visitor, APPROVER, "Geef opnieuw akkoord")
    press(visitor, "Concerncontroller", "Gecontroleerd, naar redactie")
    press(visitor, "Redacteur", "Redactie klaar, naar de directie")
    visitor.sign_in("Gemeentesecretaris")
    visitor.go(f"{CHAPTER}ronde/")
    page.get_by_role("button", name="De directie is akkoord").click()
    expect(page.get_by_role("main")).to_contain_text("De paragraaf is gereed voor het college")


def decide(visitor, day, reference):
    page = visitor.page
    page.get_by_label("Dag van het besluit").fill(day)
    page.get_by_label("Kenmerk van het besluit").fill(reference)
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("Vastgelegd. Editie 1 is bevroren.")).to_be_visible()


def offer(visitor):
    """Answer what the law asks, and offer the chapter."""
    page = visitor.sign_in("Concerncontroller").page
    visitor.go(f"{CHAPTER}vaststelling/")
    visitor.check()
    for _number in range(2):
        page.get_by_role("link", name=re.compile("^De eis ‘")).first.click()
        visitor.check()
        page.get_by_label("Onderdeel van de paragraaf").select_option("trajectory")
        page.get_by_role("button", name="Bewaar het antwoord").click()
        visitor.go(f"{CHAPTER}vaststelling/")
    page.get_by_role("button", name="Bied aan ter vaststelling").click()
    expect(page.get_by_text("Een ander legt het besluit vast.")).to_be_visible()


def adopt(visitor):
    """First by the college, then by the raad."""
    page = visitor.sign_in("Gemeentesecretaris").page
    page.get_by_role("link", name="Stel vast").first.click()
    decide(visitor, "2022-05-17", "B&W 2022-117")
    decide(visitor, "2022-07-07", "Raad 2022-55")
    visitor.check()
    visitor.go(CHAPTER)
    expect(page.get_by_text("Vastgesteld door de raad op 7 juli 2022")).to_be_visible()
    visitor.check()


def correct(visitor):
    """One enters a correction, another confirms it."""
    page = visitor.sign_in("Redacteur").page
    visitor.go(f"{CHAPTER}?feit=security.breaches")
    page.get_by_role("link", name="Corrigeer dit feit").click()
    page.get_by_label("Correctie", exact=True).fill("Het waren er negentien.")
    page.get_by_label("Juiste waarde").fill("19")
    page.get_by_label("Dag van het besluit").fill("2022-10-04")
    page.get_by_label("Kenmerk van het besluit").fill("B&W 2022-301")
    visitor.check()
    page.get_by_role("button", name="Leg de correctie vast").click()

    visitor.sign_in("Concerncontroller")
    visitor.go(f"{CHAPTER}correcties/")
    visitor.check()
    page.get_by_role("button", name=re.compile("^Bevestig")).click()


def test_2021_from_the_request_to_a_correction_in_one_sitting(site, page, tmp_path):
    visitor = Visitor(page, site)
    ask(visitor)
    write_and_agree(visitor, tmp_path / "datalekken.xlsx")
    offer(visitor)
    adopt(visitor)
    correct(visitor)
    visitor.go(CHAPTER)
    page.get_by_role("link", name="correctie 1", exact=True).click()
    expect(page.locator("#correctie-1")).to_contain_text("Het waren er negentien.")
    visitor.check()
    for path in (
        "?stand=nu",
        "?feit=security.breaches",
        "vergelijking/",
        "vergelijking/feit/?feit=security.breaches",
    ):
        visitor.go(f"{CHAPTER}{path}")
        visitor.check()
    assert visitor.complaints == []
