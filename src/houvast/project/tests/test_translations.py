"""Translations are compiled when they are out of date, without gettext on the machine."""

import gettext
import os

import pytest

from houvast.project import translations


@pytest.fixture
def catalogue(tmp_path):
    file = tmp_path / "en/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    file.write_text(head + 'msgid "Klacht"\nmsgstr "Complaint"\n')
    return file


def test_a_new_catalogue_is_compiled_once(catalogue, tmp_path):
    assert translations.compile_stale(tmp_path) == [catalogue]
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Klacht") == "Complaint"
    assert translations.compile_stale(tmp_path) == []


def test_a_changed_catalogue_is_compiled_again(catalogue, tmp_path):
    translations.compile_stale(tmp_path)
    later = catalogue.stat().st_mtime + 60
    os.utime(catalogue, (later, later))
    assert translations.compile_stale(tmp_path) == [catalogue]
