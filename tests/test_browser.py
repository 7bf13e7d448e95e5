"""The built style sheets, font and icons reach a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_the_sign_in_page_comes_with_its_styles_and_its_font(live_server, page):
    missing = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    answer = page.goto(f"{live_server.url}/account/login/")
    assert answer.status == 200
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    assert missing == []
