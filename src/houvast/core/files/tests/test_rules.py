"""A file is what its content says; what may run is not taken in."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.files import rules
from houvast.core.files.rules import ContentType, FileRefused, clean_name, judge
from houvast.core.files.tests.samples import GOOD, HOSTILE, PDF, SUSPECT, docx

KINDS = {
    "besluit.pdf": ContentType.PDF,
    "foto.png": ContentType.PNG,
    "foto.JPG": ContentType.JPEG,
    "brief.docx": ContentType.DOCX,
    "huisstijl.docx": ContentType.DOCX,
    "grafiek.docx": ContentType.DOCX,
    "lijst.xlsx": ContentType.XLSX,
    "brief.odt": ContentType.ODT,
    "lijst.csv": ContentType.CSV,
    "notitie.txt": ContentType.TEXT,
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_known_by_its_content(name):
    verdict = judge(io.BytesIO(GOOD[name]), name)
    assert (verdict.content_type, verdict.suspect) == (KINDS[name], False)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name):
    with pytest.raises(FileRefused) as refused:
        judge(io.BytesIO(HOSTILE[name]), name)
    assert str(refused.value).endswith(".")


def test_there_are_at_least_forty_hostile_files():
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", SUSPECT)
def test_a_suspect_file_is_kept_closed(name):
    assert judge(io.BytesIO(SUSPECT[name]), name).suspect


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(rules, "UNPACKED", 1000)
    with pytest.raises(FileRefused, match="te groot"):
        judge(io.BytesIO(docx({"word/media/x.png": b"\x00" * 2000})), "brief.docx")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("besluit.pdf", "besluit.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\besluit.pdf", "besluit.pdf"),
        ("besluit\u202efdp.exe", "besluitfdp.exe"),
        ("be\x00sl\r\nuit.pdf", "besluit.pdf"),
        ("besluit.pdf. . ", "besluit.pdf"),
        ("é" * 300 + ".docx", "é" * 190 + ".docx"),
        (".verborgen", "verborgen"),
        ("", ""),
    ],
)
def test_a_name_holds_no_folder_and_no_trick(typed, kept):
    assert clean_name(typed) == kept


@given(st.text(max_size=400))
def test_every_name_becomes_one_that_can_be_kept(typed):
    name = clean_name(typed)
    assert len(name) <= 200
    assert not {"/", "\\", "\x00", "\n"} & set(name)
    assert clean_name(name) == name


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_judged_or_refused(content):
    for name in ("x.pdf", "x.png", "x.docx", "x.txt"):
        with suppress(FileRefused):
            assert judge(io.BytesIO(content), name).content_type in ContentType


@given(st.binary(max_size=200))
def test_a_broken_office_document_is_never_a_fault(content):
    with suppress(FileRefused):
        assert judge(io.BytesIO(b"PK\x03\x04" + content), "x.docx").content_type in ContentType


def test_judging_leaves_the_content_at_its_beginning():
    content = io.BytesIO(PDF)
    judge(content, "x.pdf")
    assert content.tell() == 0
