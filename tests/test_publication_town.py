"""The site of a town with several adopted years: one index, each year beside the one before, nothing private."""

from __future__ import annotations

import io
import re

import orjson
import pytest
from django.core.management import call_command

from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report.adoption.models import Edition, FrozenPart
from houvast.project.town.plan import SLUG
from tests.published import content_of, leaks, private


@pytest.fixture(scope="module")
def town(kept, tmp_path_factory):
    """The town with two adopted years and two that are not, and the folder that was published of it."""
    with kept.town() as here:
        out = tmp_path_factory.mktemp("town") / "site"
        call_command("publish", organisation=SLUG, out=str(out), stdout=io.StringIO(), stderr=io.StringIO())
        yield here, out


@pytest.fixture
def here(town, db):
    return town[0]


@pytest.fixture
def out(town):
    return town[1]


def test_every_adopted_year_is_on_one_site_and_no_other(here, out):
    with reading(here.pk):
        adopted = sorted(Edition.objects.values_list("year", flat=True), reverse=True)
    assert adopted == [2022, 2021]
    told = orjson.loads((out / "index.json").read_bytes())
    assert [one["year"] for one in told["years"]] == adopted
    front = (out / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="(20\d\d)/index.html">', front) == ["2022", "2021"]
    assert {path.name for path in out.glob("20*")} == {"2021", "2022"}
    beside = (out / "2022/vergelijking/index.html").read_text(encoding="utf-8")
    assert '<h1 class="nl-heading nl-heading--level-1">2022 naast 2021</h1>' in beside
    assert not (out / "2021/vergelijking").exists()


def test_no_person_identity_or_value_of_a_row_is_in_any_file(here, out):
    secrets = private(here)
    with reading(here.pk):
        persons = set(Person.objects.values_list("name", flat=True))
    assert len(persons) > 20
    assert len(persons & set(secrets)) > 15
    assert leaks(out, secrets) == []


def test_the_annex_of_a_year_is_on_its_page_as_it_was_frozen(here, out):
    with reading(here.pk):
        content = FrozenPart.objects.get(edition__year=2022, name="chapter.json").content
    (annex,) = orjson.loads(bytes(content))["annexes"]
    page = (out / "2022/index.html").read_text(encoding="utf-8")
    assert f'id="bijlage-{annex["key"]}">{annex["heading"]}</h2>' in page
    for row in annex["rows"]:
        assert f'<th scope="row">{row[0]}</th>' in page


def test_the_page_the_word_file_and_the_odt_say_the_same(here, out):
    """The PDF is made of the same tree; its text is set in glyphs and is read in the tests of the writers."""
    with reading(here.pk):
        chapter = bytes(FrozenPart.objects.get(edition__year=2022, name="chapter.txt").content).decode()
    words = re.findall(r"\w+", chapter)
    whole = content_of(out)
    for name in ("2022/index.html", "paragraaf.docx!word/document.xml", "paragraaf.odt!content.xml"):
        text = re.sub("<[^>]+>", "", whole[name].decode())
        assert [word for word in dict.fromkeys(words) if word not in text] == [], name


def test_a_second_run_makes_the_very_same_files(here, out, tmp_path):
    call_command(
        "publish", organisation=SLUG, out=str(tmp_path / "site"), stdout=io.StringIO(), stderr=io.StringIO()
    )
    assert content_of(tmp_path / "site") == content_of(out)
