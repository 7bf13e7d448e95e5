"""The editor of a text: facts as chips and findings with their number, in a text that stays a plain text field."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser
EDITOR = "/diemen/verantwoording/2021/redactie/complaints.handling/"
OTHER = "/diemen/verantwoording/2021/redactie/programmes.start/"
FOUND = "Daar waren 14 teams bij, met een uitvoerig verslag."
# Whether a piece of the layer lies where the same words of the field are: both are set alike, so equal heights and
# widths of what they hold mean that every line breaks at the same word.
SAME = """() => {
    const area = document.getElementById("id_text"), layer = document.querySelector(".rp-mirror");
    const [a, b] = [getComputedStyle(area), getComputedStyle(layer)];
    const alike = ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "paddingLeft", "paddingTop",
        "borderLeftWidth", "whiteSpace", "overflowWrap"].filter(name => a[name] !== b[name]);
    return {alike, text: layer.textContent === area.value + "\\n", width: layer.clientWidth - area.clientWidth,
        height: layer.offsetHeight - area.offsetHeight, scroll: layer.scrollTop - area.scrollTop,
        left: layer.getBoundingClientRect().left - area.getBoundingClientRect().left};
}"""
# What follows a scroll or another size has then happened.
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
IN_STEP = {"alike": [], "text": True, "width": 0, "height": 0, "scroll": 0, "left": 0}


@pytest.fixture
def page(page):
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def area(visitor):
    visitor.sign_in("Redacteur")
    visitor.go(EDITOR)
    return visitor.page.get_by_role("textbox", name="Tekst", exact=True)


def chips(page):
    return page.locator(".rp-mirror .rp-chip")


def marks(page):
    return page.locator(".rp-mirror .hv-find")


def test_facts_are_chips_and_findings_carry_the_number_of_the_list(visitor, area):
    page = visitor.page
    area.fill(f"In [[report.year|jaar]] kwam het. {FOUND}")
    expect(page.locator(".rp-findings li")).to_have_count(2)
    expect(chips(page)).to_have_text(["[[report.year|jaar]]"])
    expect(marks(page)).to_have_text(["14", "uitvoerig"])
    assert marks(page).evaluate_all("found => found.map(one => one.dataset.no)") == ["1", "2"]
    expect(page.locator(".rp-findings .hv-finding__no")).to_have_text(["1", "2"])
    expect(page.locator(".rp-marked")).to_be_hidden()
    expect(page.locator("#oordeel")).to_contain_text("In 2021 kwam het.")
    visitor.check()


def test_what_was_found_moves_along_with_what_is_typed_before_it(visitor, area):
    page = visitor.page
    area.fill(FOUND)
    expect(marks(page)).to_have_count(2)
    area.press("Control+Home")
    page.keyboard.type("Nu. ")
    expect(marks(page)).to_have_text(["14", "uitvoerig"])


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_layer_behind_the_text_keeps_step_with_it(visitor, area, size):
    page = visitor.page
    page.set_viewport_size(size)
    area.fill(f"{FOUND} [[report.year]] " * 60)
    expect(chips(page)).to_have_count(60)
    area.press("Control+End")
    assert area.evaluate("field => field.scrollTop") > 0
    page.evaluate(TWO_FRAMES)
    assert page.evaluate(SAME) == IN_STEP
    area.evaluate("field => { field.style.blockSize = '30rem'; }")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate(SAME) == IN_STEP


def test_what_a_fact_says_stands_beside_the_text_while_the_caret_or_the_pointer_is_in_it(visitor, area):
    page = visitor.page
    says = page.locator("#feit-hier")
    area.fill("Het waren [[security.breaches]] en [[no.such]] in totaal")
    expect(says).to_have_text("Zet de cursor in een feit en hier staat wat het zegt.")
    area.press("Control+Home")
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Geregistreerde datalekken: 17")
    expect(page.locator(".rp-chip.is-here")).to_have_text("[[security.breaches]]")
    box = page.locator(".rp-chip--unknown").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(says).to_have_text("no.such: Dit feit bestaat niet of heeft dit jaar geen waarde.")


def test_a_fact_is_found_and_put_in_at_the_caret_with_the_keys_alone(visitor, area):
    page = visitor.page
    area.fill("Er waren  in het jaar.")
    area.press("Control+Home")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    search = page.get_by_role("searchbox", name="Zoek een feit")
    search.focus()
    page.keyboard.type("geregistreerde datalekken")
    offered = page.locator("[data-rp-fact]:visible")
    expect(offered).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.site}{EDITOR}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(area).to_have_value("Er waren [[security.breaches]] in het jaar.")
    expect(area).to_be_focused()
    page.keyboard.press("Control+z")
    expect(area).to_have_value("Er waren  in het jaar.")
    search.fill("zoiets is er niet")
    expect(page.get_by_text("Geen feit past bij deze woorden.")).to_be_visible()


def test_one_press_binds_a_figure_and_one_shows_where_it_stands(visitor, area):
    page = visitor.page
    area.fill("Er waren 17 datalekken.")
    expect(page.locator(".rp-findings li")).to_have_count(1)
    page.get_by_role("link", name="Toon in de tekst 1").press("Enter")
    expect(area).to_be_focused()
    assert area.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "17"
    page.get_by_role("button", name="Koppel aan ‘Geregistreerde datalekken’").press("Enter")
    expect(area).to_have_value("Er waren [[security.breaches|telling]].")
    expect(page.get_by_text("Geen bevindingen")).to_be_visible()
    expect(page.locator("#oordeel")).to_contain_text("Er waren 17 datalekken.")


def test_two_editors_of_one_text_meet_on_a_page_that_shows_both(visitor, browser):
    visitor.sign_in("Redacteur")
    page = visitor.page
    visitor.go(OTHER)
    context = browser.new_context(storage_state=page.context.storage_state(), locale="nl-NL")
    second = context.new_page()
    second.goto(f"{visitor.site}{OTHER}")
    second.locator("#id_text").fill("Wat de ander schreef.")
    second.get_by_role("button", name="Bewaar", exact=True).click()
    expect(second.get_by_text("De tekst is bewaard.")).to_be_visible()
    context.close()
    area = page.locator("#id_text")
    area.fill("Wat ik schreef.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("heading", name="Iemand anders was u voor")).to_be_visible()
    expect(page.locator(".hv-conflict")).to_contain_text("de ander")
    expect(area).to_have_value("Wat ik schreef.")
    visitor.check()


def test_without_script_the_same_form_marks_binds_and_puts_in(visitor, browser):
    visitor.sign_in("Redacteur")
    context = browser.new_context(
        java_script_enabled=False, storage_state=visitor.page.context.storage_state(), locale="nl-NL"
    )
    plain = context.new_page()
    plain.goto(f"{visitor.site}{EDITOR}")
    area = plain.locator("#id_text")
    area.fill("Er waren 17 datalekken.")
    plain.get_by_role("button", name="Controleer", exact=True).click()
    expect(plain.locator(".rp-marked mark")).to_have_text("171")
    expect(plain.locator("#feit-hier")).to_be_hidden()
    plain.get_by_role("button", name="Koppel aan ‘Geregistreerde datalekken’").click()
    expect(area).to_have_value("Er waren [[security.breaches|telling]].")
    search = plain.get_by_role("searchbox", name="Zoek een feit")
    search.fill("verslagjaar")
    search.press("Enter")
    expect(plain.locator("[data-rp-fact]:visible")).to_have_count(1)
    plain.get_by_role("button", name="Voeg in Verslagjaar").click()
    expect(area).to_have_value("Er waren [[security.breaches|telling]]. [[report.year]]")
    context.close()
