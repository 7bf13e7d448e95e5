"""Every text on screen is Dutch in the source and has an English translation; the tool for that works."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from houvast.project import messages, translations

pytestmark = pytest.mark.anywhere

SOURCE = messages.SOURCE

# Where a text that was marked for translation elsewhere is translated: the call itself has no literal.
MARKED_ELSEWHERE = {
    "core/terms/words.py": "sentences of the law, which marks them where it refuses",
    "core/ui/context.py": "labels of modules, which mark them in their own module.py",
}

SAMPLE = '''
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

LABEL = gettext_lazy("naam")

def say(n):
    """_("staat in een toelichting")"""
    _("over twee "
      "regels")
    pgettext("van een brief", "kop")
    print(f"{n}: {_('in een f-string')}")
    return ngettext("{n} rij", "{n} rijen", n)
'''
TEMPLATE = """{% load i18n %}
<c-page-head title="{% translate "Kies een rol" %}">
    {% blocktranslate count n=rows|length %}{{ n }} feit{% plural %}{{ n }} feiten{% endblocktranslate %}
  <p>{{ _("in een variabele") }} it's {% translate 'enkel' as word %}</p>
{% blocktranslate trimmed %}
  Eerste regel
  en tweede.
{% endblocktranslate %}
{% comment %}Translators: {% endcomment %}{# {% translate "weg" %} #}
"""


@pytest.fixture
def sources(tmp_path):
    """A small application with one Python file and one template."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "say.py").write_text(SAMPLE)
    (tmp_path / "templates/page.html").write_text(TEMPLATE)
    return tmp_path


def test_no_text_is_untranslated_uncertain_or_loses_what_it_names():
    assert [str(fault) for fault in messages.faults()] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_holds_exactly_the_texts_of_today(language):
    file = messages.LOCALE / language / "LC_MESSAGES" / "django.po"
    assert file.read_text() == messages.written(language, messages.renewed(language)), (
        "run ./houvast messages"
    )


def test_every_language_of_the_header_but_dutch_has_a_catalogue(settings):
    assert {code for code, _name in settings.LANGUAGES} == {settings.LANGUAGE_CODE, *messages.LANGUAGES}


def test_texts_are_found_in_python_and_in_templates(sources):
    found = {(text.id, text.context) for text in messages.texts(sources)}
    assert found == {
        ("naam", None),
        ("in een f-string", None),
        ("over twee regels", None),
        ("kop", "van een brief"),
        (("{n} rij", "{n} rijen"), None),
        ("Kies een rol", None),
        (("%(n)s feit", "%(n)s feiten"), None),
        ("in een variabele", None),
        ("enkel", None),
        ("Eerste regel en tweede.", None),
    }


def test_a_translation_is_kept_and_what_is_gone_goes(sources, tmp_path):
    locale = tmp_path / "locale"
    file = locale / "en/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "naam"\nmsgstr "name"\n\nmsgid "vroeger"\nmsgstr "before"\n')
    found = messages.renewed("en", sources, locale)
    assert found.get("naam").string == "name"
    assert found.get("vroeger") is None
    assert not found.get("enkel").string


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ('msgid "{n} dagen van %(m)s"\nmsgstr "{n} days of %(m)s"', ""),
        ('msgid "{n} dagen van %(m)s"\nmsgstr "{x} days of %(m)s"', "other placeholders"),
        ('msgid "{n} dagen van %(m)s"\nmsgstr "days of %(m)s"', "other placeholders"),
        ('#, fuzzy\nmsgid "{n} dagen van %(m)s"\nmsgstr "{n} days of %(m)s"', "uncertain"),
        ('msgid "{n} dagen van %(m)s"\nmsgstr ""', "not translated"),
    ],
)
def test_a_fault_in_a_translation_is_told(tmp_path, given, problem):
    (tmp_path / "say.py").write_text('_("{n} dagen van %(m)s")')
    file = tmp_path / "locale/en/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text(given + "\n")
    assert [fault.problem for fault in messages.faults(tmp_path, tmp_path / "locale")] == [problem] * bool(
        problem
    )


def test_the_singular_may_leave_its_number_out(tmp_path):
    (tmp_path / "say.py").write_text('ngettext("{n} rij", "{n} rijen", 2)')
    file = tmp_path / "locale/en/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    text = 'msgid "{n} rij"\nmsgid_plural "{n} rijen"\nmsgstr[0] "one row"\nmsgstr[1] "{n} rows"\n'
    file.write_text(text)
    assert messages.faults(tmp_path, tmp_path / "locale") == []
    file.write_text(text.replace("{n} rows", "rows"))
    assert [fault.problem for fault in messages.faults(tmp_path, tmp_path / "locale")] == [
        "other placeholders"
    ]


def test_renewing_twice_changes_nothing(tmp_path):
    shutil.copytree(messages.LOCALE, tmp_path / "locale")
    messages.renew(tmp_path / "locale")
    assert messages.renew(tmp_path / "locale") == []


def test_the_command_says_what_is_missing(capsys, monkeypatch):
    fault = messages.Fault("en", "naam", "not translated")
    monkeypatch.setattr(messages, "faults", lambda: [fault])
    with pytest.raises(SystemExit) as ended:
        call_command("messages", "--check")
    assert ended.value.code == 1
    assert "not translated: 'naam'" in capsys.readouterr().out


def test_the_command_is_content_when_nothing_is_missing(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(messages, "faults", list)
    monkeypatch.setattr(messages, "renew", lambda: [tmp_path / "django.po"])
    call_command("messages")
    assert capsys.readouterr().out == f"{tmp_path / 'django.po'}\nEvery text is translated.\n"


def test_the_screens_speak_english_to_who_asks():
    translations.compile_stale()
    with translation.override("en"):
        assert translation.gettext("Deze pagina bestaat niet") == "This page does not exist"
    with translation.override("nl"):
        assert translation.gettext("Deze pagina bestaat niet") == "Deze pagina bestaat niet"


def test_every_call_that_translates_holds_its_text_where_the_tool_finds_it():
    """`_(label)` with a name in it translates nothing, since nobody ever saw the text."""
    wrong = []
    for file in sorted(SOURCE.rglob("*.py")):
        place = str(file.relative_to(SOURCE))
        if {"tests", "migrations"} & set(file.parts) or place in MARKED_ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in messages.KEYWORDS
            ):
                text = node.args[0] if node.args else None
                if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                    wrong.append(f"{place}:{node.lineno}")
    assert wrong == []


def test_the_folder_of_translations_is_the_one_django_reads(settings):
    assert [Path(folder) for folder in settings.LOCALE_PATHS] == [messages.LOCALE]


def test_no_text_is_asked_for_by_number_in_one_place_and_without_in_another():
    """The catalogue keeps a text with a plural by number: asked for without one, it stays Dutch."""
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    for file in sorted(SOURCE.rglob("*.py")):
        if {"tests", "migrations"} & set(file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                text, name = node.args[0], node.func.id
                if isinstance(text, ast.Constant) and name in {
                    "_",
                    "gettext_lazy",
                    "ngettext",
                    "ngettext_lazy",
                }:
                    asked[name.startswith("n")].add(str(text.value))
    assert asked[True] & asked[False] == set()
