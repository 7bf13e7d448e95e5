"""The shell, the error pages and every template: complete, within the content policy, no hidden queries."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

import houvast
from houvast.core import registry
from houvast.core.registry import Module, NavItem
from houvast.core.ui import views
from houvast.core.ui.context import Shell, shell

SOURCE = Path(houvast.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
OURS = [file for file in TEMPLATES if "core/ui" in file.as_posix()]
PERMISSION = object()


def nothing(_request, **_names):
    """A page that only has an address."""


urlpatterns = [
    path("", nothing, name="home"),
    path("taal/", views.set_language, name="set_language"),
    path("componenten/", views.components, name="components"),
    path("componenten/lade/", views.components_drawer, name="components_drawer"),
    path("<slug:organisation>/", nothing, name="my_day"),
    path("<slug:organisation>/lekken/", nothing, name="breaches"),
    path("<slug:organisation>/lekken/oud/", nothing, name="old_breaches"),
    path("<slug:organisation>/zoeken/", nothing, name="search"),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def request_in(monkeypatch):
    """A request in an organisation, with a navigation of three lines, one of them not allowed."""
    lines = (
        NavItem("Datalekken", "breaches", "shield-lock", "Registers", order=5),
        NavItem("Mijn dag", "my_day", "home", "Sturen", order=1),
        NavItem("Geheim", "old_breaches", "lock", "Registers", permission=PERMISSION),
    )
    monkeypatch.setattr(registry, "_MODULES", {"x": Module(key="x", name="X", navigation=lines)})

    def make(address, allowed=()):
        request = RequestFactory().get(address)
        organisation = SimpleNamespace(full_name="Gemeente Diemen", slug="diemen")
        request.actor = SimpleNamespace(
            organisation=organisation,
            label="Controller",
            person_id=None,
            may=lambda permission: permission in allowed,
        )
        return request

    return make


def lines(frame):
    return [(group.label, [(link.label, link.current) for link in group.links]) for group in frame.navigation]


def test_the_navigation_shows_what_the_actor_may_open(request_in):
    frame = Shell(request_in("/diemen/lekken/"))
    assert lines(frame) == [("Sturen", [("Mijn dag", "")]), ("Registers", [("Datalekken", "page")])]
    allowed = Shell(request_in("/diemen/lekken/oud/3/", {PERMISSION}))
    assert lines(allowed)[1] == ("Registers", [("Datalekken", ""), ("Geheim", "true")])


def test_the_frame_without_actor_has_no_navigation_and_asks_no_query():
    frame = shell(RequestFactory().get("/x"))["shell"]
    assert (frame.navigation, frame.search_url, frame.home_url, frame.account) == ((), "", "/", None)
    assert [language.code for language in frame.languages] == ["en"]


def test_a_page_in_an_organisation_has_every_landmark_once(request_in):
    html = render_to_string("base.html", {"messages": []}, request_in("/diemen/lekken/"))
    assert html.count("<main") == html.count("<header") == html.count("<footer") == html.count("<nav ") == 1
    assert '<html lang="nl">' in html
    assert 'href="#inhoud">Naar de inhoud' in html
    assert 'action="/diemen/zoeken/"' in html
    assert '<form method="post" action="/taal/">' in html
    assert 'aria-current="page"' in html
    wide = render_to_string("base_wide.html", {"messages": []}, request_in("/diemen/lekken/"))
    assert wide.index("hv-nav") < wide.index("</header>") < wide.index("<main")


def test_a_message_tells_its_tone_in_words(request_in):
    message = SimpleNamespace(level_tag="error", level=constants.ERROR, __str__=lambda _: "Mis")
    html = render_to_string("base.html", {"messages": [message]}, request_in("/diemen/"))
    assert "utrecht-alert--error" in html
    assert "Fout:" in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "422", "500"])
def test_an_error_page_stands_without_request_database_or_actor(code):
    html = get_template(f"{code}.html").render({})
    assert html.count("<h1") == html.count("<main") == 1
    assert "<script" not in html
    assert 'href="/"' in html


def test_the_page_of_components_shows_them_all_without_a_query(client):
    html = client.get("/componenten/").content.decode()
    for name in (
        "hv-kpi",
        "hv-clock--late",
        "hv-timeline",
        "hv-steps",
        "hv-errors",
        "hv-conflict",
        "hv-empty",
        "hv-tile",
        "hv-tabs",
        "hv-task",
        "hv-chart",
        "hv-facts",
        "hv-pages",
        "hv-filters",
        "nl-data-badge",
    ):
        assert f'class="{name}' in html or f" {name}" in html, name
    assert not re.search(r"<c-|\{%|\{\{|\{#", html)
    assert not re.search(r"<h1.*<h1", html, re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_the_language_is_switched_by_post_and_never_to_another_site(client):
    with translation.override("nl"):  # a request leaves its language behind
        answer = client.post("/taal/", {"language": "en", "next": "/diemen/lekken/"})
        assert (answer.status_code, answer["Location"]) == (302, "/diemen/lekken/")
        assert answer.cookies["django_language"].value == "en"
        assert client.post("/taal/", {"language": "en", "next": "https://evil.example/"})["Location"] == "/"
        assert client.get("/taal/").status_code == 405


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_a_template_has_nothing_that_the_content_policy_refuses(file):
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "event handler"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"hx-on|\bjs:|javascript:|hx-vals=.js", text), "code in an attribute"
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "something from elsewhere"


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_a_template_of_the_design_system_compiles(file):
    name = file.as_posix().split("/templates/", 1)[1]
    if name.startswith(("forms/", "django/forms/")):
        from houvast.core.ui.forms import Renderer

        assert Renderer().get_template(name)
    else:
        assert engines["django"].get_template(name)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    names = set((SOURCE.parents[1] / "tools/icons.txt").read_text(encoding="utf-8").split("\n"))
    used = {
        icon
        for file in TEMPLATES
        for icon in re.findall(r'(?:\{% icon |(?<!:)\bicon=)"([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
    }
    assert used - names == set()
