"""Jobs with their progress, notices under the bell and the choice of mail, in a browser, without and with script."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import cli

pytestmark = pytest.mark.browser
TELL = """
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, writing
from houvast.core.people.models import Person
from houvast.core.notices.actions import notify
from houvast.core.notices import delivery
from django.utils import timezone
here = Organisation.objects.get(slug="diemen")
with reading(here.pk):
    person = Person.objects.get(account__email="diemen-administrator@example.org")
with writing(here.pk):
    for number in range(2):
        notify(person.pk, "structure.transition_action", f"Mandaatregeling {number} aanpassen", "/diemen/termijn/")
delivery.summarise(here, timezone.localdate())
delivery.deliver(here)
"""


@pytest.fixture
def run(demo_environment):
    """A command in the demonstration that is served."""

    def run(*arguments):
        folder = demo_environment["HOUVAST_DATA"]
        subprocess.run(
            cli(*arguments), env=demo_environment, cwd=folder, check=True, timeout=120, capture_output=True
        )

    return run


def test_a_job_is_started_followed_and_its_file_fetched(visitor, run):
    page = visitor.sign_in("Functioneel beheerder").page
    visitor.go("/diemen/achtergrond/")
    expect(page.locator("main")).to_contain_text("Er is nog nooit een werker gezien.")
    visitor.check()
    visitor.go("/diemen/verantwoording/2021/")
    page.get_by_role("button", name="Alles in één zip").click()
    expect(page.get_by_role("progressbar", name="Voortgang")).to_be_visible()
    visitor.check()
    # The page refreshes itself while the worker does the job.
    run("db_worker", "--batch", "--no-startup-delay", "-v0")
    fetch = page.get_by_role("link", name="Haal het bestand op")
    expect(fetch).to_be_visible()
    with page.expect_download() as fetched:
        fetch.click()
    assert fetched.value.suggested_filename == "diemen-2021.zip"
    visitor.check()
    visitor.go("/diemen/achtergrond/")
    expect(page.locator("#voorbij")).to_contain_text("De paragraaf van 2021 in 5 vormen.")
    visitor.check()


def test_notices_are_counted_read_and_mailed_as_one_chooses(visitor, run):
    run("shell", "-c", TELL)
    page = visitor.sign_in("Functioneel beheerder").page
    expect(page.get_by_role("link", name="Meldingen 2 ongelezen")).to_be_visible()
    visitor.go("/diemen/meldingen/")
    visitor.check()
    page.get_by_role("button", name="Mandaatregeling 1 aanpassen", exact=True).click()
    page.wait_for_url("**/diemen/termijn/")
    expect(page.get_by_role("link", name="Meldingen 1 ongelezen")).to_be_visible()
    visitor.go("/diemen/meldingen/")
    page.get_by_role("button", name="Markeer alles als gelezen").click()
    expect(page.locator("main")).to_contain_text("U hebt alles gelezen.")
    visitor.check()
    visitor.go("/diemen/meldingen/voorkeuren/")
    page.get_by_label("Eén bericht per week").check()
    page.get_by_label("Dag van het weekbericht").select_option(label="woensdag")
    visitor.check()
    page.get_by_role("button", name="Sla op").click()
    expect(page.locator("main")).to_contain_text("Uw voorkeuren zijn opgeslagen.")
    visitor.go("/diemen/meldingen/verzonden/")
    visitor.check()
    # Others got a message too, so this person's own row is opened.
    mine = page.get_by_role("row").filter(has_text="Functioneel beheerder").first
    mine.get_by_role("link", name="Bewaard, niet verzonden").click()
    expect(page.locator("#tekst")).to_contain_text("Overgangsactie van de structuur gereed melden")
    visitor.check()
    for address in ("herinneringen/", "herinneringen/structure.transition_action/"):
        visitor.go(f"/diemen/meldingen/{address}")
        visitor.check()
    visitor.go("/diemen/post/")
    visitor.check()
