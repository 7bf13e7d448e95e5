"""Every page can be read by everybody: no fault that axe sees, nothing beside the screen, at both widths."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.long]
YEAR = "/diemen/verantwoording/2021"

PAGES = {
    "Redacteur": (
        "/diemen/",
        "/diemen/zoeken/?q=de",
        "/diemen/zoeken/?q=datalekken",
        "/diemen/zoeken/?q=zzz",
        "/diemen/agenda/",
        "/diemen/agenda/?maand=2021-07",
        "/diemen/agenda/?maand=2021-07&weergave=lijst",
        "/diemen/agenda/abonnement/",
        "/diemen/agenda/veranderd/",
        f"{YEAR}/",
        f"{YEAR}/?feit=structure.directors",
        f"{YEAR}/redactie/team_plans.purpose/",
        f"{YEAR}/feiten/",
        f"{YEAR}/feiten/nieuw/",
        f"{YEAR}/feiten/1/",
        f"{YEAR}/opzet/",
        "/diemen/bestaat-niet/",
        "/account/2fa/",
    ),
    "Gemeentesecretaris": (
        "/diemen/",
        "/diemen/agenda/?maand=2021-04",
        "/diemen/zoeken/?q=brief",
        "/diemen/beveiliging/",
        "/diemen/beveiliging/incidenten/",
        "/diemen/beveiliging/incidenten/1/",
        "/diemen/beveiliging/datalekken/",
        "/diemen/beveiliging/datalekken/1/",
        "/diemen/structuur/",
        "/diemen/structuur/?vergelijk=2021-01-01",
        "/diemen/structuur/openstaand/",
        "/diemen/structuur/functies/",
        "/diemen/structuur/functies/nieuw/",
        "/diemen/structuur/medewerkers/",
        "/diemen/structuur/medewerkers/1/",
        "/diemen/structuur/onderdelen/1/",
        "/diemen/structuur/inlezen/",
        "/diemen/structuur/versies/",
        "/diemen/structuur/versies/1/",
        "/diemen/structuur/versies/1/advies/",
        "/diemen/termijn/",
        "/diemen/kernwaarden/",
        "/diemen/kernwaarden/sets/2/",
        "/diemen/kernwaarden/sets/2/kernwaarde/",
        "/diemen/kernwaarden/instrumenten/2/leidraad/",
    ),
    "Concerncontroller": ("/diemen/beveiliging/per-onderdeel/?jaar=2021",),
    "Functioneel beheerder": (
        "/diemen/beheer/mensen/",
        "/diemen/beheer/mensen/1/",
        "/diemen/beheer/toegang/",
        "/diemen/beheer/wie-mag-wat/",
        "/diemen/beheer/logboek/",
        "/diemen/beheer/instellingen/",
        "/diemen/beheer/bewaren/",
        "/diemen/beheer/bewaren/categorie/security.incidents/",
        "/diemen/beheer/bewaren/lijsten/nieuw/",
        "/diemen/beheer/bewaren/stops/nieuw/",
        "/diemen/beheer/inzage/",
        "/diemen/beheer/programma/",
        "/diemen/beheer/programma/nieuw/",
        "/diemen/beheer/programma/alle/",
    ),
}


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/password/reset/",
        "/demo/",
        "/componenten/",
        "/nergens/",
        "/api/v1/docs/",
        "/diemen/publiek/",
        "/diemen/publiek/privacy/",
        "/diemen/publiek/kwetsbaarheid/",
    ],
)
def test_a_page_for_strangers_is_for_everybody(visitor, path):
    visitor.go(path)
    visitor.check()


def test_the_address_of_a_feed_is_made_shown_once_and_withdrawn(visitor):
    visitor.sign_in("Redacteur")
    visitor.go("/diemen/agenda/")
    visitor.page.get_by_role("link", name="Lees in uw agendaprogramma").click()
    visitor.page.get_by_role("button", name="Maak een adres").click()
    address = visitor.page.get_by_label("Adres", exact=True).input_value()
    visitor.check()
    fetched = visitor.page.request.get(address)
    assert fetched.headers["content-type"] == "text/calendar; charset=utf-8"
    visitor.go("/diemen/agenda/abonnement/")
    assert visitor.page.get_by_label("Adres", exact=True).count() == 0
    visitor.page.get_by_role("button", name="Trek het adres in").click()
    visitor.page.get_by_text("U hebt nu geen adres.").wait_for()
    assert visitor.page.request.get(address).status == 404


def test_somebody_says_to_have_read_what_changed(visitor):
    visitor.sign_in("Redacteur")
    visitor.page.get_by_role("button", name="Alles gelezen").click()
    visitor.page.get_by_text("Niets nieuws").wait_for()
    visitor.check()


@pytest.mark.parametrize(
    ("function", "path"), [(who, path) for who, paths in PAGES.items() for path in paths]
)
def test_a_page_is_for_everybody(visitor, function, path):
    visitor.enter_as(function)
    visitor.go(path)
    visitor.check()
