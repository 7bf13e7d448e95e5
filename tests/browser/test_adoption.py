"""Offering, adopting and correcting the chapter of 2021, in a demonstration that nobody else is in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
CHAPTER = "/diemen/verantwoording/2021/"


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
    page.get_by_label("Correctie", exact=True).fill("Het waren er achttien.")
    page.get_by_label("Juiste waarde").fill("18")
    page.get_by_label("Dag van het besluit").fill("2022-10-04")
    page.get_by_label("Kenmerk van het besluit").fill("B&W 2022-301")
    visitor.check()
    page.get_by_role("button", name="Leg de correctie vast").click()

    visitor.sign_in("Concerncontroller")
    visitor.go(f"{CHAPTER}correcties/")
    visitor.check()
    page.get_by_role("button", name=re.compile("^Bevestig")).click()


def test_from_requirements_to_a_correction(own_site, page):
    visitor = Visitor(page, own_site)
    offer(visitor)
    adopt(visitor)
    correct(visitor)
    visitor.go(CHAPTER)
    page.get_by_role("link", name="correctie 1", exact=True).click()
    expect(page.locator("#correctie-1")).to_contain_text("Het waren er achttien.")
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
