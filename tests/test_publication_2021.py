"""The site of Diemen 2021: nothing private in it, every link leads somewhere, and how the command ends."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import orjson
import pytest
from django.core.management import CommandError, call_command

from houvast.core.access.actor import system_actor
from houvast.core.configuration import actions as configuration
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.people.models import Person
from houvast.core.report.adoption import actions as adoption
from houvast.core.report.models import SourcedFact
from houvast.core.report.publication import folder, site
from houvast.core.report.publication.models import Publication
from houvast.core.report.tests.adopting import adopt, adopted, answer, correct, offer, people
from houvast.modules.security import factories
from houvast.modules.security.models import Incident
from houvast.project.errors import ExitCode
from houvast.project.management.commands import publish as command
from tests.published import adopted_words, content_of, leaks, private
from tests.undoing import undone

SECRET = "Zwaluwstaart had het dossier Kievitsbloem op de bus laten liggen"


@pytest.fixture(scope="module")
def _adopted(demo):
    """The example data with a breach of its own, the chapter of 2021 adopted by the raad and corrected."""
    with undone():
        diemen = Organisation.objects.get(slug="diemen")
        who = people(diemen)
        factories.incident(
            factories.team(diemen), at=datetime(2021, 8, 9, 10, tzinfo=UTC), description=SECRET
        )
        for key in ("bbv-14:stand", "bbv-14:voornemens"):
            answer(who.editor, key)
        offer(who.editor)
        adopt(who.director)
        adopt(who.director, body="raad")
        row = correct(who.editor, claim_key="security.breaches", value=18)
        adoption.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")
        today = row.recorded_at.date()
        for key, value in (
            ("accessibility_contact", "toegankelijk@diemen.nl"),
            ("publication_address", "https://diemen.nl/bedrijfsvoering"),
        ):
            configuration.change(system_actor(diemen), key=f"report.{key}", value=value, valid_from=today)
        yield diemen, who


@pytest.fixture
def diemen(_adopted, db):
    return _adopted[0]


@pytest.fixture
def who(_adopted):
    return _adopted[1]


def publish(target, *more, **given):
    told, errors = io.StringIO(), io.StringIO()
    call_command(
        "publish", *more, organisation="diemen", out=str(target), stdout=told, stderr=errors, **given
    )
    return told.getvalue(), errors.getvalue()


@pytest.fixture
def out(diemen, tmp_path):
    target = tmp_path / "site"
    publish(target)
    return target


# --- nothing private --------------------------------------------------------------------------------------------


def test_no_person_identity_or_value_of_a_row_is_in_any_file(diemen, out):
    secrets = private(diemen)
    with reading(diemen.pk):
        persons = set(Person.objects.values_list("name", flat=True))
        uids = {str(uid) for uid in Incident.objects.values_list("uid", flat=True)}
        sources = set(SourcedFact.objects.values_list("source_title", flat=True))
        public = adopted_words()
    # People of the example are called by their function, and the adopted text speaks of some functions.
    assert {one for one in persons if one.casefold() not in public} <= set(secrets)
    assert uids <= set(secrets)
    assert SECRET in secrets
    assert len(sources & set(secrets)) > 0
    assert len(secrets) > 2000
    assert leaks(out, secrets) == []


def test_no_link_leads_into_the_application(diemen, out):
    for name, content in content_of(out).items():
        assert b"/verantwoording/" not in content, name
        assert b"127.0.0.1" not in content, name


# --- structure --------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page has: headings, landmarks, anchors, links, and whatever would be inline."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.headings, self.tags, self.ids, self.links, self.inline = [], [], [], [], []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.lang = given.get("lang")
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)


def pages(target):
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(target.rglob("*.html"))}


def test_every_page_has_one_title_landmarks_a_language_and_nothing_inline(out):
    found = pages(out)
    assert len(found) == 10
    for path, page in found.items():
        assert page.lang == ("en" if path.is_relative_to(out / "en") else "nl"), path
        assert page.tags.count("table") == page.tags.count("caption"), path
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        jumps = [(a, b) for a, b in zip(page.headings, page.headings[1:], strict=False) if b > a + 1]
        assert jumps == [], path
        assert {"header", "main", "nav", "footer"} <= set(page.tags), path
        assert len(page.ids) == len(set(page.ids)), path
        assert page.inline == [], path
        text = path.read_text(encoding="utf-8")
        assert 'http-equiv="Content-Security-Policy" content="default-src \'self\'' in text, path


def test_every_link_leads_to_a_file_and_a_place_in_it(out):
    found = pages(out)
    index = orjson.loads(
        (out / "opmaak/zoekindex.js").read_bytes().removeprefix(b"window.houvastZoekindex = ")[:-2]
    )
    links = [(path, link) for path, page in found.items() for link in page.links]
    links += [(out / "index.html", address) for _year, _kind, address, _heading, _text in index["texts"]]
    data = orjson.loads((out / "index.json").read_bytes())
    links += [
        (out / "index.html", one["path"])
        for year in data["years"]
        for edition in year["editions"]
        for one in edition["files"]
    ]
    css = [
        (path, link.strip("\"'"))
        for path in out.rglob("*.css")
        for link in re.findall(r"url\(([^)]*)\)", path.read_text(encoding="utf-8"))
    ]
    outside = set()
    for path, link in (*links, *css):
        if re.match("[a-z]+:", link):
            outside.add(link)
            continue
        address, place = urldefrag(unquote(link))
        target = (path.parent / address).resolve() if address else path.resolve()
        assert target.is_relative_to(out.resolve()), (path, link)
        assert target.is_file(), (path, link)
        if place:
            assert place in found[out / target.relative_to(out.resolve())].ids, (path, link)
    assert outside == {"mailto:toegankelijk@diemen.nl"} | {
        link for link in outside if link.startswith("https://diemen.nl/")
    }


def test_every_claim_of_the_text_leads_to_its_explanation_without_script(out):
    page = (out / "2021/index.html").read_text(encoding="utf-8")
    claims = orjson.loads((out / "2021/claims.json").read_bytes())["claims"]
    linked = set(re.findall(r'class="hv-claim" href="#feit-([^"]+)"', page))
    assert linked == {one["key"] for one in claims if one["in_text"]}
    assert {key for key in linked if f'id="feit-{key}"' not in page} == set()
    assert "Vastgesteld door de raad op 7 juli 2022." in page
    assert "17, waarvan 17 met voorbeeldgegevens" in page


# --- the command ------------------------------------------------------------------------------------------------


def test_twice_gives_the_same_bytes_and_the_second_time_records_nothing(diemen, out, tmp_path):
    told, errors = publish(out)
    assert told == f"{out}/index.html\n"
    assert "The folder holds this very site already." in errors
    publish(tmp_path / "another")
    assert content_of(tmp_path / "another") == content_of(out)
    with reading(diemen.pk):
        assert [row.medium for row in Publication.objects.order_by("pk")] == ["folder", "folder"]
        assert Publication.objects.first().published_by is None


def test_a_site_that_was_changed_is_put_right_again(out):
    (out / "index.html").write_text("gewijzigd")
    publish(out)
    publish(out, check=True)
    assert "gewijzigd" not in (out / "index.html").read_text(encoding="utf-8")


def test_old_years_stay_when_a_new_one_is_added(diemen, who, out):
    with undone():
        adopted(who, year=2020)
        adopt(who.director, body="raad", year=2020)
        publish(out, year=[2020])
        assert sorted(path.name for path in out.glob("20*")) == ["2020", "2021"]
        assert "vergelijking/index.html" in (out / "2021/index.html").read_text(encoding="utf-8")


def test_an_interrupted_run_leaves_the_old_site_whole(out, monkeypatch):
    before = content_of(out)
    (out / "robots.txt").write_bytes(b"User-agent: *\nDisallow: /\n")
    before["robots.txt"] = b"User-agent: *\nDisallow: /\n"

    def full(_path, _content):
        raise OSError("schijf vol")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="schijf vol"):
        publish(out)
    monkeypatch.undo()
    assert content_of(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def refused(target, *more, **given):
    with pytest.raises(CommandError) as error:
        publish(target, *more, **given)
    return str(error.value), error.value.returncode


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2020, "De paragraaf van 2020 is niet vastgesteld"),
        (1999, "Een verslagjaar ligt tussen"),
        (99999, "Een verslagjaar ligt tussen"),
    ],
)
def test_a_year_that_may_not_be_published_is_wrong_input(diemen, tmp_path, year, sentence):
    told, code = refused(tmp_path / "site", year=[year])
    assert told.startswith(sentence)
    assert code == ExitCode.WRONG_INPUT
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_ours_is_wrong_input_and_stays_as_it_is(diemen, tmp_path):
    (tmp_path / "foto.jpg").write_bytes(b"foto")
    told, code = refused(tmp_path)
    assert "was not made by publish" in told
    assert code == ExitCode.WRONG_INPUT
    assert refused(tmp_path / "foto.jpg/site")[1] == ExitCode.WRONG_INPUT
    assert [path.name for path in tmp_path.iterdir()] == ["foto.jpg"]


def test_an_unknown_organisation_and_the_site_of_another_are_wrong_input(diemen, out):
    with pytest.raises(CommandError, match="There is no organisation ‘nergens’") as error:
        call_command("publish", organisation="nergens", out=str(out))
    assert error.value.returncode == ExitCode.WRONG_INPUT
    with pytest.raises(CommandError, match="holds the site of ‘diemen’") as error:
        call_command("publish", organisation="uithoorn", out=str(out))
    assert error.value.returncode == ExitCode.WRONG_INPUT


def test_an_organisation_without_an_adopted_year_is_wrong_input(diemen, tmp_path):
    with pytest.raises(CommandError, match="a chapter has to be adopted first") as error:
        call_command("publish", organisation="uithoorn", out=str(tmp_path / "site"), stderr=io.StringIO())
    assert error.value.returncode == ExitCode.WRONG_INPUT


def test_a_year_in_the_folder_that_may_no_longer_be_published_is_wrong_input(diemen, out):
    marker = out / site.MARKER
    told = orjson.loads(marker.read_bytes())
    marker.write_bytes(orjson.dumps(told | {"years": [2021, 2019]}))
    assert refused(out) == ("2019 is no longer known.", ExitCode.WRONG_INPUT)


def test_styles_that_were_not_built_are_a_lack_of_the_machine(diemen, tmp_path, monkeypatch):
    monkeypatch.setattr(site, "SHEETS", (tmp_path / "fonts.css",))
    told, code = refused(tmp_path / "site")
    assert told.startswith("fonts.css is missing")
    assert code == ExitCode.ENVIRONMENT


def test_checking_a_folder_tells_what_was_changed_and_ends_with_1(out, capsys):
    told, _errors = publish(out, check=True)
    assert "files are as they were published" in told
    (out / "2021/claims.csv").write_text("iets anders")
    with pytest.raises(SystemExit) as ended:
        publish(out, check=True)
    assert ended.value.code == ExitCode.FAULTS


def test_checking_where_nothing_was_published_is_wrong_input(diemen, tmp_path):
    assert refused(tmp_path, check=True)[1] == ExitCode.WRONG_INPUT


def test_the_marker_holds_every_file_of_the_folder(out):
    found = folder.found_in(out)
    assert {*found.files, site.MARKER} == {
        path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()
    }
    assert command.Command.help
