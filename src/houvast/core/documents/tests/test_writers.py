import pytest

from houvast.core.documents import writers
from houvast.core.documents.errors import DocumentError, UnknownFormatError
from houvast.core.documents.office import widths
from houvast.core.documents.tests.samples import chapter
from houvast.core.documents.tree import Document, Paragraph, Run, table, text
from houvast.core.documents.writers import CONTENT_TYPES, FORMATS, write, write_all_or_nothing

STARTS = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-1.7", "docx": b"PK", "odt": b"PK"}


def test_every_format_is_written():
    assert FORMATS.keys() == CONTENT_TYPES.keys() == STARTS.keys()
    for name, start in STARTS.items():
        assert write(chapter(), name).startswith(start)


def test_an_unknown_format_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UnknownFormatError, match="html, pdf, docx, odt"):
        write(chapter(), "rtf")


def test_all_files_are_written_under_one_name(tmp_path):
    paths = write_all_or_nothing(chapter(), ["html", "odt"], tmp_path / "out", "diemen-2021", {"json": b"{}"})
    assert [path.name for path in paths] == ["diemen-2021.html", "diemen-2021.odt", "diemen-2021.json"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in paths)
    assert paths[0].read_bytes() == write(chapter(), "html")


def test_a_document_that_cannot_be_written_leaves_what_was_there(tmp_path):
    (tmp_path / "a.html").write_text("oud")
    broken = Document("x", blocks=(Paragraph(text(Run("x", link="#nergens"))),))
    with pytest.raises(DocumentError):
        write_all_or_nothing(broken, ["html"], tmp_path, "a")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.html", "oud")]


def test_a_writer_that_fails_halfway_leaves_no_file(tmp_path, monkeypatch):
    def fail(_):
        raise DocumentError("kapot")

    monkeypatch.setitem(writers.FORMATS, "odt", fail)
    with pytest.raises(DocumentError):
        write_all_or_nothing(chapter(), ["html", "odt"], tmp_path / "out", "a")
    assert not (tmp_path / "out").exists()


def test_column_widths_fill_the_line_and_a_figure_gets_less_than_a_sentence():
    made = widths(
        table("T", ["Naam", "Uitleg", "€"], [["Slot", "een lange zin " * 9, "1.250"]], numeric=[2]), 9070
    )
    assert sum(made) == 9070
    assert made[1] > 5 * made[2] > 0


def test_many_columns_still_fit():
    made = widths(table("T", [f"Kolom {number}" for number in range(20)], []), 9070)
    assert sum(made) == 9070
    assert min(made) > 0
