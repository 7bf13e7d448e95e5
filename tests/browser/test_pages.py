"""Every page can be read by everybody: no fault that axe sees, nothing beside the screen, at both widths."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
YEAR = "/diemen/verantwoording/2021"

PAGES = {
    "Redacteur": (
        "/diemen/",
        "/diemen/zoeken/?q=de",
        f"{YEAR}/",
        f"{YEAR}/?feit=structure.directors",
        f"{YEAR}/redactie/team_plans.purpose/",
        f"{YEAR}/feiten/",
        f"{YEAR}/feiten/nieuw/",
        f"{YEAR}/feiten/1/",
        "/diemen/bestaat-niet/",
        "/account/2fa/",
    ),
    "Gemeentesecretaris": (
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
        "/diemen/publiek/",
        "/diemen/publiek/privacy/",
        "/diemen/publiek/kwetsbaarheid/",
    ],
)
def test_a_page_for_strangers_is_for_everybody(visitor, path):
    visitor.go(path)
    visitor.check()


@pytest.mark.parametrize(
    ("function", "path"), [(who, path) for who, paths in PAGES.items() for path in paths]
)
def test_a_page_is_for_everybody(visitor, function, path):
    visitor.sign_in(function)
    visitor.go(path)
    visitor.check()
