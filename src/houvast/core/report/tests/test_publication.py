"""Publishing: what may be, what the files say, that a site is put whole or not at all, and the words of search."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import orjson
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from jsonschema import Draft202012Validator

from houvast.core.access.actor import system_actor
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories
from houvast.core.audit.models import AuditEntry
from houvast.core.audit.queries import verify
from houvast.core.configuration import actions as configuration
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading, tell_database
from houvast.core.registry import Annex
from houvast.core.report.adoption import actions as adoption
from houvast.core.report.adoption import frozen
from houvast.core.report.adoption.files import file_of, frozen_bytes
from houvast.core.report.publication import folder, pages, site, words
from houvast.core.report.publication.actions import publish
from houvast.core.report.publication.models import Medium, Publication
from houvast.core.report.publication.names import RECORDS
from houvast.core.report.publication.queries import last_publication, material
from houvast.core.report.publication.rules import Held, Options, numbers_to_publish, options
from houvast.core.report.tests.adopting import (
    TODAY,
    YEAR,
    adopt,
    adopted,
    correct,
    council_edition,
    offer,
    write,
)

COLLEGE, RAAD = frozenset({"college"}), frozenset({"raad"})


@pytest.fixture(scope="module")
def _adopted(django_db_setup, django_db_blocker):
    """Made once; each test runs in a savepoint of its own, and uses 2020 for what is to be otherwise."""
    with django_db_blocker.unblock(), council_edition() as made:
        yield made


@pytest.fixture
def diemen(_adopted, db):
    return _adopted[0]


@pytest.fixture
def who(_adopted):
    return _adopted[1]


@pytest.fixture
def council(_adopted):
    """The edition of the raad, of 2021."""
    return _adopted[2]


def configure(here, key, value):
    configuration.change(system_actor(here), key=f"report.{key}", value=value, valid_from=date(2021, 1, 1))


def read(here, years=None, today=TODAY):
    with reading(here.pk):
        return material(here, today, years)


def files(here, years=None):
    with reading(here.pk):
        return dict(site.site(material(here, TODAY, years)))


def page(here, name="2021/index.html"):
    return files(here)[name].decode()


def confirm(who, **given):
    row = correct(who.editor, **given)
    adoption.decide_correction(who.controller, correction_id=row.pk, outcome="confirmed")


# --- what may be published --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editions", "body", "numbers"),
    [
        ([Held(1, RAAD | COLLEGE)], "raad", (1,)),
        ([Held(1, COLLEGE), Held(2, RAAD)], "raad", (2,)),
        ([Held(1, COLLEGE), Held(2, RAAD)], "college", (1, 2)),
        ([Held(2, RAAD), Held(1, COLLEGE)], "college", (1, 2)),
        ([Held(1, COLLEGE)], "college", (1,)),
    ],
)
def test_the_setting_decides_which_editions_are_published(editions, body, numbers):
    assert numbers_to_publish(YEAR, editions, body) == numbers


@pytest.mark.parametrize("body", ["raad", "college"])
def test_a_year_without_edition_is_refused(body):
    with pytest.raises(Refusal, match="De paragraaf van 2021 is niet vastgesteld"):
        numbers_to_publish(YEAR, [], body)


def test_what_only_the_college_adopted_is_refused_where_the_raad_has_to():
    with pytest.raises(Refusal, match="De raad heeft de paragraaf van 2021 nog niet vastgesteld"):
        numbers_to_publish(YEAR, [Held(1, COLLEGE)], "raad")


def test_addresses_are_used_as_they_are_meant():
    told = options("raad", "https://diemen.nl/jaarstukken", "toegankelijk@diemen.nl", "https://x.nl/v/")
    assert told == Options(
        "raad", "https://diemen.nl/jaarstukken/", "toegankelijk@diemen.nl", "https://x.nl/v/"
    )
    assert told.contact_link == "mailto:toegankelijk@diemen.nl"
    assert options("raad", "", "https://diemen.nl/contact", "").contact_link == "https://diemen.nl/contact"
    assert options("raad", "", "", "") == Options()


@pytest.mark.parametrize(
    "given",
    [
        ("raad", "javascript:alert(1)", "", ""),
        ("raad", "diemen.nl", "", ""),
        ("raad", "", "bel ons", ""),
        ("raad", "", "javascript:alert(1)", ""),
        ("raad", "", "", 'https://x.nl/"><script>'),
    ],
)
def test_what_is_no_address_is_refused(given):
    with pytest.raises(Refusal, match=r"De instelling ‘.*’ is geen"):
        options(*given)


def test_only_years_that_the_raad_adopted_are_on_the_site_and_the_others_say_why(diemen, who, council):
    adopted(who, year=2020)
    made = read(diemen)
    assert [one.year for one in made.years] == [2021]
    assert made.reason(2020).startswith("De raad heeft de paragraaf van 2020 nog niet vastgesteld")
    assert made.reason(2021) == ""
    assert made.of(2020) is None


def test_a_year_that_was_asked_for_and_may_not_be_is_refused(diemen, who, council):
    with pytest.raises(Refusal, match="De paragraaf van 2022 is niet vastgesteld"):
        read(diemen, [2021, 2022])


def test_the_college_alone_is_said_on_the_page(diemen, who):
    adopted(who, year=2020)
    configure(diemen, "publication_body", "college")
    told = page(diemen, "2020/index.html")
    assert "Vastgesteld door het college op 17 mei 2021." in told
    assert "De raad heeft deze paragraaf nog niet vastgesteld." in told


def test_an_amended_edition_is_at_the_address_of_the_year_and_the_earlier_one_below_it(diemen, who):
    adopted(who, year=2020)
    configure(diemen, "publication_body", "college")
    amend(who, lambda: page(diemen, "2020/index.html"))
    made = files(diemen)
    told = made["2020/index.html"].decode()
    assert "Hier staat iets nieuws" in told
    earlier = made["2020/editie/1/index.html"].decode()
    assert "Hier staat iets nieuws" not in earlier
    assert '<meta name="robots" content="noindex">' in earlier
    assert "Dit is editie 1, zoals zij eerder is vastgesteld." in earlier
    for number in (1, 2):
        assert f'<a href="../2020/editie/{number}/index.html">editie {number}</a>' in told
    assert "Dit is het vaste adres van editie 2." in made["2020/editie/2/index.html"].decode()
    assert made["2020/editie/1/chapter.json"] != made["2020/chapter.json"]
    assert made["2020/editie/2/chapter.json"] == made["2020/chapter.json"]


def amend(who, meanwhile=str):
    """The raad amends what the college adopted of 2020."""
    adoption.reopen(who.director, year=2020, reason="Amendement")
    if told := meanwhile():
        assert "De tekst is heropend voor een amendement van de raad." in told
    write(who.editor, "complaints.handling", "Hier staat iets nieuws: [[complaints.received|telling]].", 2020)
    offer(who.editor, 2020)
    adopt(who.director, body="raad", year=2020, amended=True)


def test_no_later_publication_takes_an_address_away(diemen, who):
    configure(diemen, "publication_body", "college")
    before = files(diemen)
    adopted(who, year=2020)
    steps = [files(diemen)]
    confirm(who, year=2020)
    steps.append(files(diemen))
    amend(who)
    steps.append(files(diemen))
    for after in steps:
        assert set(before) - set(after) == set()
        fixed = [
            name for name in before if "/editie/" in name and name.endswith(("paragraaf.pdf", "chapter.json"))
        ]
        assert len(fixed) >= 2
        assert all(before[name] == after[name] for name in fixed)
        before = after


def test_nine_queries_read_what_is_published_however_many_years(diemen, who, council):
    counted = []
    for year in (None, 2020):
        if year:
            adopted(who, year=year)
            adopt(who.director, body="raad", year=year)
        with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
            material(diemen, TODAY)
        counted.append(len([one for one in asked if " FROM " in one["sql"]]))
    assert counted == [9, 9]


# --- what the files say -----------------------------------------------------------------------------------------


def test_the_same_editions_give_the_same_bytes_in_any_language(diemen, council):
    first = files(diemen)
    with override("en"):
        assert files(diemen) == first
    assert settings.LANGUAGE_CODE == "nl"


def test_documents_and_open_data_are_the_frozen_bytes(diemen, who, council):
    confirm(who)
    made = files(diemen)
    with reading(diemen.pk):
        found = material(diemen, TODAY).years[0].current.found
        for form in ("pdf", "docx", "odt"):
            assert made[f"2021/paragraaf.{form}"] == frozen_bytes(found, f"chapter.{form}")
            corrected = made[f"2021/paragraaf-met-correcties.{form}"]
            assert corrected != made[f"2021/paragraaf.{form}"]
            assert corrected == made[f"2021/editie/1/paragraaf-met-correcties.{form}"]
        assert made["2021/chapter.json"] == frozen_bytes(found, frozen.OPEN_DATA)


def test_claims_are_the_frozen_ones_with_what_explains_them(diemen, council):
    made = files(diemen)
    told, data = orjson.loads(made["2021/claims.json"]), orjson.loads(made["2021/chapter.json"])
    more = {"explanation", "definition", "example_rows", "in_text"}
    assert [{k: v for k, v in one.items() if k not in more} for one in told["claims"]] == data["claims"]
    assert all(set(one) >= more for one in told["claims"])
    assert (told["edition"], told["sha256"]) == (1, council.sha256)


def test_a_confirmed_correction_is_a_footnote_and_a_rejected_one_is_nowhere(diemen, who, council):
    confirm(who, text="Het waren er achttien.", value=18)
    rejected = correct(who.editor, text="Toch negentien.")
    adoption.decide_correction(who.controller, correction_id=rejected.pk, outcome="rejected")
    correct(who.editor, text="Wacht nog.")
    made = files(diemen)
    told = made["2021/index.html"].decode()
    assert '<a class="pb-mark" href="#correctie-1">[correctie 1]</a>' in told
    assert 'id="correctie-1"' in told
    assert "Het waren er achttien." in told
    assert "<dt>Gecorrigeerd</dt><dd><span>achttien</span> (" in told
    assert "Besluit <span>B 2022-9, 4 oktober 2022</span>." in told
    whole = b"".join(made.values())
    assert b"negentien" not in whole
    assert b"Wacht nog" not in whole
    assert orjson.loads(made["2021/claims.json"])["corrections"][0]["value"] == 18


def test_a_correction_of_a_section_stands_at_its_heading(diemen, who, council):
    confirm(who, claim_key="", section="complaints", text="Lees: afgehandeld.")
    told = page(diemen)
    assert 'Bij dit onderdeel: <a href="#correctie-1">correctie 1</a>.' in told
    assert '<a href="#complaints">Het onderdeel</a>' in told


def rows(made, name="2021/claims.csv"):
    return list(csv.DictReader(io.StringIO(made[name].decode("utf-8-sig"), newline="")))


def test_the_csv_has_every_claim_once_with_its_correction(diemen, who, council):
    confirm(who, value=18)
    made = files(diemen)
    told = {one["key"]: one for one in rows(made)}
    claims = orjson.loads(made["2021/claims.json"])["claims"]
    assert list(told) == [one["key"] for one in claims]
    one = told["complaints.received"]
    assert [
        one[name] for name in ("year", "kind", "value", "text", "unit", "in_text", "corrected_value")
    ] == [
        "2021",
        "count",
        "17",
        "zeventien",
        "klachten",
        "true",
        "18",
    ]
    assert made["2021/claims.csv"].startswith(b"\xef\xbb\xbfyear,key,label,")
    assert made["2021/claims.csv"].count(b"\r\n") == made["2021/claims.csv"].count(b"\n")


def test_the_csv_is_described_column_by_column(diemen, council):
    made = files(diemen)
    package = orjson.loads(made["datapackage.json"])
    (resource,) = package["resources"]
    assert resource["path"] == "2021/claims.csv"
    assert [one["name"] for one in resource["schema"]["fields"]] == list(rows(made)[0])


def test_a_label_that_looks_like_a_formula_stays_text_in_a_spreadsheet(diemen, who, council, monkeypatch):
    made = read(diemen)
    claims = made.years[0].current.found.chapter.claims
    object.__setattr__(claims["complaints.received"], "label", '=CMD("a","b")')
    object.__setattr__(claims["complaints.received"], "explanation", '@som\n"twee"')
    with reading(diemen.pk):
        told = {"2021/claims.csv": site.site(made).content("2021/claims.csv")}
    one = next(row for row in rows(told) if row["key"] == "complaints.received")
    assert one["label"] == '\'=CMD("a","b")'
    assert one["explanation"] == '\'@som\n"twee"'


def test_two_years_are_compared_and_the_newest_comes_first(diemen, who, council):
    adopted(who, year=2020, value=14)
    adopt(who.director, body="raad", year=2020)
    made = files(diemen)
    assert [one["year"] for one in orjson.loads(made["index.json"])["years"]] == [2021, 2020]
    assert "2020/vergelijking/index.html" not in made
    told = made["2021/vergelijking/index.html"].decode()
    assert (
        '<td data-label="2021"><span>zeventien</span></td><td data-label="2020"><span>veertien</span></td>'
        '<td data-label="Verschil">+3</td>' in told
    )
    assert (
        "<dt>Vorig jaar</dt><dd><span>veertien</span> (verschil: +3)</dd>" in made["2021/index.html"].decode()
    )
    assert (
        '<a href="../2021/vergelijking/index.html">Vergelijk met 2020</a>' in made["2021/index.html"].decode()
    )


def test_the_list_of_years_has_every_file_with_its_hash(diemen, council):
    made = files(diemen)
    (edition,) = orjson.loads(made["index.json"])["years"][0]["editions"]
    for one in edition["files"]:
        assert site._listed(one["path"], made[one["path"]]).sha256 == one["sha256"]
    assert edition["decisions"] == [
        {"body": "college", "decided_on": "2022-05-17", "reference": "B 2022-1"},
        {"body": "raad", "decided_on": "2022-07-07", "reference": "B 2022-1"},
    ]


def test_without_settings_there_is_no_sitemap_and_no_page_about_accessibility(diemen, council):
    made = files(diemen)
    assert not {"sitemap.xml", "toegankelijkheid/index.html"} & set(made)
    assert made["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert "canonical" not in made["index.html"].decode()


def test_settings_give_a_sitemap_and_a_page_about_accessibility(diemen, council):
    configure(diemen, "publication_address", "https://diemen.nl/p")
    configure(diemen, "accessibility_contact", "toegankelijk@diemen.nl")
    configure(diemen, "accessibility_statement", "https://diemen.nl/verklaring")
    made = files(diemen)
    assert b"<url><loc>https://diemen.nl/p/2021/</loc></url>" in made["sitemap.xml"]
    assert b"<url><loc>https://diemen.nl/p/</loc></url>" in made["sitemap.xml"]
    assert made["robots.txt"].endswith(b"Sitemap: https://diemen.nl/p/sitemap.xml\n")
    told = made["toegankelijkheid/index.html"].decode()
    assert '<a href="mailto:toegankelijk@diemen.nl">' in told
    assert '<a href="https://diemen.nl/verklaring">' in told
    assert '<link rel="canonical" href="https://diemen.nl/p/2021/">' in made["2021/index.html"].decode()


def test_a_build_without_style_sheets_is_told(diemen, council, monkeypatch, tmp_path):
    monkeypatch.setattr(site, "SHEETS", (tmp_path / "weg.css",))
    with pytest.raises(site.LooksMissing, match=r"weg\.css"):
        files(diemen)


# --- languages, annexes, and what a text may not do ---------------------------------------------------------------


def test_each_page_is_there_in_english_around_the_dutch_of_the_chapter(diemen, who, council):
    made = files(diemen)
    dutch = {name for name in made if name.endswith(".html") and not name.startswith("en/")}
    assert {name.removeprefix("en/") for name in made if name.startswith("en/")} == dutch
    told = made["en/2021/index.html"].decode()
    assert told.startswith('<!doctype html>\n<html lang="en">')
    assert "Adopted by the council on 7 July 2022." in told
    assert re.search(r'<h2 [^>]*id="complaints" lang="nl">', told)
    assert '<div lang="nl"><p>Er kwamen <a class="hv-claim"' in told
    assert '<a href="../../2021/index.html" lang="nl" hreflang="nl">Nederlands</a>' in told
    assert '<a href="../../2021/claims.csv">Facts as CSV</a>' in told
    assert '<a href="../en/2021/index.html" lang="en" hreflang="en">English</a>' in page(diemen)


def hostile(found, sign):
    """The material with the sign in everything that somebody typed, as a database would give it back."""
    chapter = found.chapter
    for claim in chapter.claims.values():
        for field in ("label", "explanation", "definition_change"):
            object.__setattr__(claim, field, sign)
    for section in chapter.sections:
        object.__setattr__(section, "heading", sign)
    annex = Annex("plan", sign, sign, (sign, "Stand"), ((sign, sign),))
    object.__setattr__(chapter, "annexes", (annex,))
    for note in found.footnotes:
        object.__setattr__(note, "text", sign)
        object.__setattr__(note, "reference", sign)


def test_what_somebody_typed_is_shown_and_never_run(diemen, who, council):
    sign = """</script><script>alert(1)</script><img src=x onerror='alert(1)'>" onclick="alert(1)"""
    confirm(who)
    made = read(diemen)
    hostile(made.years[0].current.found, sign)
    object.__setattr__(made, "name", sign)
    with reading(diemen.pk):
        told = {name: content for name, content in site.site(made) if name.endswith(".html")}
    assert len(told) == 8
    for name, content in told.items():
        text = content.decode()
        assert "alert(1)" in text, name
        assert "<script>" not in text, name
        assert "<img" not in text, name
        assert '" onclick' not in text, name


def test_a_text_with_tags_is_adopted_and_shown_as_it_was_typed(diemen, who):
    adopted(who, year=2020)
    configure(diemen, "publication_body", "college")
    adoption.reopen(who.director, year=2020, reason="Amendement")
    typed = "Er kwamen <b>[[complaints.received|telling]]</b> binnen <script>alert</script>."
    write(who.editor, "complaints.handling", typed, 2020)
    offer(who.editor, 2020)
    adopt(who.director, body="raad", year=2020, amended=True)
    told = page(diemen, "2020/index.html")
    assert "Er kwamen &lt;b&gt;<a" in told
    assert "&lt;script&gt;alert&lt;/script&gt;" in told


def test_an_annex_is_a_table_with_a_caption_in_the_contents_and_in_search(diemen, council):
    made = read(diemen)
    annex = Annex(
        "plan", "Voornemens", "Wat was aangekondigd.", ("Voornemen", "Stand"), (("Uitleg", "Gedaan"),)
    )
    object.__setattr__(made.years[0].current.found.chapter, "annexes", (annex,))
    with reading(diemen.pk):
        told = site.site(made).content("2021/index.html").decode()
    assert '<a href="#bijlage-plan"><span>Voornemens</span></a>' in told
    assert '<caption class="hv-hidden">Voornemens</caption>' in told
    assert '<th scope="row">Uitleg</th><td data-label="Stand">Gedaan</td>' in told
    assert (
        "2021",
        "bijlage",
        "2021/index.html#bijlage-plan",
        "Voornemens",
        "Wat was aangekondigd. Uitleg Gedaan",
    ) in pages.search_texts(made)


def test_a_break_in_the_series_is_marked_and_no_difference_given(diemen, who, council):
    adopted(who, year=2020, value=14)
    adopt(who.director, body="raad", year=2020)
    made = read(diemen)
    claim = made.years[0].current.found.chapter.claims["complaints.received"]
    object.__setattr__(claim, "definition", 2)
    object.__setattr__(claim, "definition_change", "Ook mondelinge klachten.")
    with reading(diemen.pk):
        parts = site.site(made)
        beside = parts.content("2021/vergelijking/index.html").decode()
        told = parts.content("2021/index.html").decode()
    sentence = "Andere definitie (versie 2): Ook mondelinge klachten."
    assert f"<strong>Breuk in de reeks.</strong> {sentence}</td>" in beside
    assert "Bij 1 feit is de reeks onderbroken" in beside
    assert "+3" not in beside
    assert f"<span>veertien</span> (breuk in de reeks: {sentence})" in told


def test_a_number_that_is_too_small_to_tell_is_given_away_nowhere(diemen, who, council):
    adopted(who, year=2020, value=14)
    adopt(who.director, body="raad", year=2020)
    confirm(who, value=18)
    made = read(diemen)
    claim = made.years[0].current.found.chapter.claims["complaints.received"]
    object.__setattr__(claim, "fewer_than", 20)
    with reading(diemen.pk):
        parts = site.site(made)
        told = {
            name: parts.content(name) for name in parts.files if name.endswith((".html", ".csv", ".json"))
        }
    one = next(row for row in rows(told) if row["key"] == "complaints.received")
    assert (one["text"], one["value"], one["rows"], one["example_rows"], one["corrected_value"]) == (
        "minder dan twintig",
        "",
        "",
        "",
        "",
    )
    data = orjson.loads(told["2021/claims.json"])
    found = next(one for one in data["claims"] if one["key"] == "complaints.received")
    assert (found["value"], found["rows"], found["example_rows"]) == (None, None, None)
    assert [note["value"] for note in data["corrections"]] == [None]
    with reading(diemen.pk):
        corrected = orjson.loads(file_of(made.years[0].current.found, "json"))
    assert [note["value"] for note in corrected["corrections"]] == [None]
    beside = told["2021/vergelijking/index.html"].decode()
    assert '<td data-label="Verschil">niet te zeggen</td>' in beside
    assert "+3" not in beside + told["2021/index.html"].decode()
    assert "<dt>Gecorrigeerd</dt><dd><span>minder dan twintig</span>" in told["2021/index.html"].decode()
    assert schema_faults(told, data) == []


def schema_faults(made, told):
    check = Draft202012Validator(orjson.loads(made["claims.schema.json"]))
    return [error.message for error in check.iter_errors(told)]


def test_the_claims_are_as_their_schema_says(diemen, who, council):
    confirm(who, value=18)
    made = files(diemen)
    schema = orjson.loads(made["claims.schema.json"])
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    told = orjson.loads(made["2021/claims.json"])
    assert list(check.iter_errors(told)) == []
    told["claims"][0]["uid"] = "x"
    assert [error.validator for error in check.iter_errors(told)] == ["additionalProperties"]
    assert orjson.loads(made["index.json"])["schema"] == "claims.schema.json"


# --- the words of search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("klacht", "klachten"),
        ("Ĳmeer", "IJmeer"),
        ("jaar", "jaren"),
        ("geval", "gevallen"),
        ("coördinator", "coordinatoren"),
        ("één", "een"),
    ],
)
def test_words_that_mean_the_same_have_one_stem(one, other):
    assert [words.stem(word) for word in words.words(one)] == [
        words.stem(word) for word in words.words(other)
    ]


def test_the_index_tells_where_each_word_stands():
    assert words.postings(["Twee klachten", "Eén klacht, één klacht"]) == [
        ["een", "een", [1]],
        ["klacht", "klacht", [1]],
        ["klachten", "klacht", [0]],
        ["twee", "twee", [0]],
    ]


# --- in a folder ------------------------------------------------------------------------------------------------

MADE = [("index.html", b"nieuw"), ("2021/index.html", b"2021")]


def marked(content=MADE):
    listed = [site._listed(name, data) for name, data in content]
    told = {
        "made_by": "houvast publish",
        "format": 1,
        "organisation": "diemen",
        "years": [2021],
        "sha256": site.manifest_hash(listed),
        "files": [[one.name, one.size, one.sha256] for one in listed],
    }
    return [*content, (site.MARKER, orjson.dumps(told))]


def names(target):
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def test_a_site_is_put_and_found_again(tmp_path):
    target = tmp_path / "site"
    assert folder.found_in(target) is None
    folder.put(marked(), target)
    found = folder.found_in(target)
    assert (found.organisation, found.years) == ("diemen", (2021,))
    assert found.sha256 == folder.hash_of(marked())
    assert folder.faults_in(target, found) == []
    assert names(tmp_path) == ["site/2021/index.html", "site/houvast-publicatie.json", "site/index.html"]


def test_an_empty_folder_is_taken_and_keeps_its_mode(tmp_path):
    target = tmp_path / "site"
    target.mkdir(mode=0o711)
    target.chmod(0o711)
    assert folder.found_in(target) is None
    folder.put(marked(), target)
    assert target.stat().st_mode & 0o777 == 0o711


def broken():
    yield MADE[0]
    raise OSError("schijf vol")


@pytest.mark.parametrize("stops", [OSError, KeyboardInterrupt])
def test_an_interrupted_run_leaves_the_old_site_whole(tmp_path, stops):
    target = tmp_path / "site"
    folder.put(marked(), target)

    def interrupted():
        yield "index.html", b"half"
        raise stops

    with pytest.raises(stops):
        folder.put(interrupted(), target)
    assert folder.faults_in(target, folder.found_in(target)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_run_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="schijf vol"):
        folder.put(broken(), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def in_steps(monkeypatch):
    """A machine whose file system cannot exchange two folders in one step."""
    monkeypatch.setattr(folder.ctypes, "CDLL", lambda *_args, **_more: object())


def test_where_folders_cannot_change_places_at_once_they_do_in_steps(tmp_path, monkeypatch):
    target = tmp_path / "site"
    folder.put(marked(), target)
    in_steps(monkeypatch)
    folder.put(marked([("index.html", b"nieuwer")]), target)
    assert names(target) == ["houvast-publicatie.json", "index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_in_steps_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    target = tmp_path / "site"
    folder.put(marked(), target)
    in_steps(monkeypatch)
    rename, calls = folder.Path.rename, []

    def failing(path, to):
        calls.append(to)
        if len(calls) == 2:
            raise OSError("bezet")
        return rename(path, to)

    monkeypatch.setattr(folder.Path, "rename", failing)
    with pytest.raises(OSError, match="bezet"):
        folder.put(marked([("index.html", b"nieuwer")]), target)
    assert folder.faults_in(target, folder.found_in(target)) == []


def refuse(number):
    class Library:
        @staticmethod
        def renameat2(*_args):
            folder.ctypes.set_errno(number)
            return -1

    return lambda *_args, **_more: Library()


def test_a_file_system_that_says_it_cannot_exchange_is_done_in_steps(tmp_path, monkeypatch):
    target = tmp_path / "site"
    folder.put(marked(), target)
    monkeypatch.setattr(folder.ctypes, "CDLL", refuse(folder.errno.EINVAL))
    folder.put(marked([("index.html", b"nieuwer")]), target)
    assert (target / "index.html").read_bytes() == b"nieuwer"


def test_another_reason_is_told(tmp_path, monkeypatch):
    target = tmp_path / "site"
    folder.put(marked(), target)
    monkeypatch.setattr(folder.ctypes, "CDLL", refuse(folder.errno.EACCES))
    with pytest.raises(PermissionError):
        folder.put(marked([("index.html", b"nieuwer")]), target)
    assert (target / "index.html").read_bytes() == b"nieuw"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"made_by": "iets anders", "format": 1}', b'{"made_by": 1}']
)
def test_a_folder_that_was_not_made_here_is_refused(tmp_path, content):
    (tmp_path / site.MARKER).write_bytes(content)
    with pytest.raises(folder.NotOurs, match="was not made by publish"):
        folder.found_in(tmp_path)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "foto.jpg").write_bytes(b"")
    with pytest.raises(folder.NotOurs, match="was not made by publish"):
        folder.found_in(tmp_path)


def test_a_file_that_somebody_put_into_the_site_is_named(tmp_path):
    target = tmp_path / "site"
    folder.put(marked(), target)
    (target / "2021/foto.jpg").write_bytes(b"")
    with pytest.raises(folder.NotOurs, match=r"also holds 2021/foto\.jpg"):
        folder.found_in(target)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "site").write_bytes(b"")
    with pytest.raises(folder.NotOurs, match="is a file"):
        folder.found_in(tmp_path / "site")


def test_what_is_missing_or_changed_in_a_folder_is_named(tmp_path):
    target = tmp_path / "site"
    folder.put(marked(), target)
    (target / "index.html").write_bytes(b"NIEUW")
    (target / "2021/index.html").unlink()
    assert folder.faults_in(target, folder.found_in(target)) == [
        "2021/index.html: missing",
        "index.html: changed",
    ]


def test_the_archive_is_one_folder_and_the_same_each_time():
    first = folder.archive(marked(), "site")
    assert folder.archive(marked(), "site") == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert packed.namelist() == [
            "site/index.html",
            "site/2021/index.html",
            "site/houvast-publicatie.json",
        ]
        assert packed.testzip() is None


# --- the action -------------------------------------------------------------------------------------------------


def record(actor, here, **given):
    wanted = {"sha256": "a" * 64, "years": read(here).state, "medium": Medium.ARCHIVE, "today": TODAY}
    return publish(actor, **wanted | given)


def test_a_publication_is_recorded_with_years_and_hash(diemen, who, council):
    row = record(who.editor, diemen)
    assert row.years == [[2021, 1, council.sha256, 0]]
    with reading(diemen.pk):
        entry = AuditEntry.objects.get(action="report.publish")
        assert entry.changes["sha256"] == "a" * 64
        assert last_publication() == row
        assert last_publication().published_by_id == who.editor.account_id
        assert list(verify(diemen)) == []
    assert str(row) == "a" * 16


def test_only_who_may_publishes(diemen, who, council):
    reader = factories.actor(diemen, "employee", name="Medewerker")
    with pytest.raises(NotPermitted):
        record(reader, diemen)


def test_a_site_that_is_no_longer_what_it_was_made_of_is_not_recorded(diemen, who, council):
    before = read(diemen).state
    confirm(who)
    with pytest.raises(Refusal, match="Sinds de site is gemaakt"):
        record(who.editor, diemen, years=before)
    with pytest.raises(Refusal, match="Sinds de site is gemaakt"):
        record(who.editor, diemen, years=[])
    with reading(diemen.pk):
        assert not Publication.objects.exists()


def test_the_database_lets_nobody_change_a_publication(diemen, who, council):
    record(who.editor, diemen)
    with transaction.atomic():
        tell_database(diemen.pk)
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE report_publication SET sha256 = 'b'")


def test_a_publication_has_a_name_in_the_trail_for_who_may_see_it(diemen, who, council):
    row = record(who.editor, diemen)
    reader = factories.actor(diemen, "employee", name="Medewerker")
    (records,) = RECORDS
    with reading(diemen.pk):
        (named,) = records.named(who.editor, [str(row.uid)]).values()
        assert (named.label, named.url) == ("Publicatie van 2021", "/diemen/verantwoording/2021/publicatie/")
        assert records.named(reader, [str(row.uid)]) == {}
