"""A register comes out as a workbook, is filled in, comes back with its faults marked, and is recorded as a whole."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGE = "/diemen/beveiliging/incidenten/werkmap/"
NOTICED = datetime(2018, 3, 12, 9, 30)  # noqa: DTZ001  a cell has no time zone
ROW = [None, date(2018, 3, 12), NOTICED, None, "Verkeerd verstuurd", "Een brief", "Nee", "Laag", "", "", None]


def downloaded(page, role, name, path):
    with page.expect_download() as waiting:
        page.get_by_role(role, name=name).first.click()
    waiting.value.save_as(path)
    return load_workbook(path)


def sent(page, book, path):
    book.save(path)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Lees in").click()
    page.wait_for_load_state()


def test_a_workbook_goes_out_comes_back_marked_and_is_recorded(visitor, tmp_path):
    page = visitor.sign_in("CISO", "Duo+").page
    visitor.go("/diemen/beveiliging/incidenten/")
    page.get_by_role("link", name="Werkmap inlezen").click()
    visitor.check()
    book = downloaded(page, "link", "Leeg sjabloon", tmp_path / "leeg.xlsx")
    book["Incidenten"].append(ROW)
    book["Incidenten"].append([*ROW[:5], "Een tweede", "Misschien", *ROW[7:]])
    sent(page, book, tmp_path / "fout.xlsx")
    visitor.check()
    expect(page.locator("#fouten")).to_contain_text("Incidenten!G3")
    marked = downloaded(page, "button", "Uw werkmap met de fouten gemarkeerd", tmp_path / "gemarkeerd.xlsx")
    assert marked["Incidenten"]["G3"].comment.text.startswith("“Misschien” is niet bekend.")
    marked["Incidenten"]["G3"] = "Nee"
    sent(page, marked, tmp_path / "goed.xlsx")
    visitor.check()
    expect(page.locator("#blad-1")).to_contain_text("Een tweede")
    page.get_by_role("button", name="Leg alles vast").click()
    expect(page.locator("main")).to_contain_text("VI-2018-002")
    visitor.go(PAGE)
    visitor.check()
    expect(page.locator("#eerder")).to_contain_text("goed.xlsx")
