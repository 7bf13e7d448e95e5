"""What imports cannot show: files, references, tables, indexes and words that hold for the whole project."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from houvast.core.access.permissions import StandardRole
from houvast.core.orgs.base import ScopedModel
from houvast.core.registry import modules

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/houvast"
MODULES = SOURCE / "modules"

# The files of a module. A long one becomes a package of the same name.
FILES = frozenset(
    [
        "__init__",
        "actions",
        "api",
        "apps",
        "documents",
        "facade",
        "facts",
        "factories",
        "forms",
        "imports",
        "jobs",
        "models",
        "module",
        "permissions",
        "queries",
        "rules",
        "urls",
        "views",
    ]
)
FOLDERS = frozenset({"locale", "migrations", "static", "templates", "tests"})
NO_PACKAGE = frozenset({"__init__", "apps", "module", "permissions", "urls"})
WRITES = frozenset(["save", "create", "update", "delete", "bulk_create", "get_or_create", "update_or_create"])

# Tables that belong to no organisation, each with its reason.
WITHOUT_ORGANISATION = {
    "orgs_organisation": "the organisations themselves; no name in it is secret between participants",
    "access_account": "an account is global: one sign-in for whoever works for several organisations",
    "django_session": "a session belongs to an account, before any organisation is entered",
    "sign_in_attempts": "counts of whoever tries to sign in, before anybody knows who that is; digests only",
    "django_content_type": "Django's own list of tables; holds no rows of anybody",
    "auth_permission": "Django's own; empty of meaning here, rights hang on roles of an organisation",
    "auth_group": "as auth_permission",
    "auth_group_permissions": "as auth_permission",
    "account_emailaddress": "belongs to an account",
    "account_emailconfirmation": "belongs to an account",
    "mfa_authenticator": "belongs to an account",
    "socialaccount_socialaccount": "belongs to an account",
    "socialaccount_socialapp": "the sign-in service of the installation",
    "socialaccount_socialapp_sites": "as socialaccount_socialapp",
    "socialaccount_socialtoken": "belongs to an account",
    "django_tasks_database_dbtaskresult": "the queue of the worker; a job names its organisation",
    "jobs_scheduledturn": "when the worker does what it does for the installation as a whole",
    "jobs_workerbeat": "the last sign of life of each worker; nothing of anybody",
    "django_migrations": "which migrations were run",
}


def sources(folder: Path = SOURCE, *, tests: bool = False, migrations: bool = False) -> list[Path]:
    """The Python files under a folder."""
    return [
        file
        for file in sorted(folder.rglob("*.py"))
        if (tests or "tests" not in file.parts) and (migrations or "migrations" not in file.parts)
    ]


def committed() -> list[Path]:
    """Every text file of the project that is written by people: what git holds, without the locks."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    generated = re.compile(r"requirements.*\.txt$|package-lock\.json$|\.(png|mo|ttf|woff2?|ico|pdf)$")
    return [ROOT / name for name in listed if not generated.search(name) and (ROOT / name).is_file()]


def names_in(tree: ast.AST) -> set[str]:
    """Every name and attribute that a file uses."""
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def imported_by(tree: ast.AST) -> set[str]:
    """Every module and name that a file imports, in full."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def module_of(model: type[models.Model]) -> str:
    """`houvast.modules.security` for a model of a module, `houvast.core` for one of the core."""
    return ".".join(model.__module__.split(".")[: 3 if ".modules." in model.__module__ else 2])


def own_models() -> list[type[models.Model]]:
    """The models of the project, without those of Django and packages."""
    return [model for model in apps.get_models() if model.__module__.startswith("houvast.")]


@pytest.mark.parametrize(
    "folder", sorted(p for p in MODULES.iterdir() if p.is_dir() and p.name != "__pycache__")
)
def test_a_module_has_the_agreed_files_and_no_others(folder):
    entries = [entry for entry in folder.iterdir() if entry.name != "__pycache__"]
    files = {entry.stem for entry in entries if entry.is_file()}
    folders = {entry.name for entry in entries if entry.is_dir()}
    assert {entry.suffix for entry in entries if entry.is_file()} <= {".py"}
    assert files - FILES == set()
    assert folders - FOLDERS - (FILES - NO_PACKAGE) == set()
    assert {"__init__", "apps", "module", "permissions", "urls"} - files == set()
    assert files & folders == set(), "a file and a package of the same name"


@pytest.mark.parametrize(
    "folder", sorted(p for p in MODULES.iterdir() if p.is_dir() and p.name != "__pycache__")
)
def test_templates_and_static_files_stand_under_the_name_of_their_module(folder):
    templates = folder / "templates"
    assert not templates.exists() or {entry.name for entry in templates.iterdir()} <= {folder.name, "cotton"}
    static = folder / "static"
    assert not static.exists() or {entry.name for entry in static.iterdir()} <= {folder.name, "houvast"}


def test_a_module_refers_only_to_itself_and_to_the_core():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        if module_of(field.related_model) not in {module_of(model), "houvast.core"}
    ]
    assert wrong == []


def test_nothing_reaches_back_from_the_core_into_a_module():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        if module_of(field.related_model) != module_of(model) and not field.remote_field.hidden
    ]
    assert wrong == []


def test_every_table_without_organisation_is_known_with_its_reason():
    found = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, ScopedModel)
    }
    assert found - set(WITHOUT_ORGANISATION) == set()
    assert all(WITHOUT_ORGANISATION.values())


@pytest.mark.django_db
def test_every_table_in_the_database_is_one_of_a_model_or_known():
    scoped = {model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedModel)}
    assert set(connection.introspection.table_names()) - scoped - set(WITHOUT_ORGANISATION) == set()


@pytest.mark.django_db
def test_every_key_and_index_of_a_table_starts_with_the_organisation():
    wrong = []
    with connection.cursor() as cursor:
        for model in own_models():
            if not issubclass(model, ScopedModel):
                continue
            table = model._meta.db_table
            for name, found in connection.introspection.get_constraints(cursor, table).items():
                is_key = (found["unique"] or found["index"]) and not found["primary_key"]
                if is_key and found["columns"][:1] != ["organisation_id"]:
                    wrong.append(f"{table}: {name} {found['columns']}")
    assert wrong == []


@pytest.mark.django_db
def test_every_reference_to_a_table_of_an_organisation_can_carry_the_organisation_along():
    wrong = []
    with connection.cursor() as cursor:
        for model in own_models():
            if issubclass(model, ScopedModel):
                keys = connection.introspection.get_constraints(cursor, model._meta.db_table).values()
                if not any(
                    found["unique"] and found["columns"] == ["organisation_id", "id"] for found in keys
                ):
                    wrong.append(model._meta.label)
    assert wrong == []


def test_only_the_core_looks_across_organisations():
    outside = [file for file in sources() if SOURCE / "core" not in file.parents]
    wrong = [str(file) for file in outside if "across_organisations" in names_in(ast.parse(file.read_text()))]
    assert wrong == []


def test_no_module_finds_a_model_by_its_name():
    banned = {"get_model", "get_models", "get_registered_model"}
    wrong = [str(file) for file in sources(MODULES) if banned & names_in(ast.parse(file.read_text()))]
    assert wrong == []


def test_no_signal_does_what_an_action_should_say():
    wrong = [
        str(file)
        for file in sources()
        if any(
            name == "django.dispatch" or name.startswith(("django.dispatch.", "django.db.models.signals"))
            for name in imported_by(ast.parse(file.read_text()))
        )
    ]
    assert wrong == []


def test_only_actions_write():
    wrong = []
    for file in sources(MODULES):
        if "actions" in (file.stem, file.parent.name):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                called = ast.unparse(node.func.value)
                wrong += [f"{file.name}: {called}.{node.func.attr}"] if "objects" in called else []
    assert wrong == []


def test_the_law_and_the_rules_never_ask_the_clock():
    clock = {"now", "today", "localdate", "localtime", "utcnow"}
    judging = [file for file in sources(MODULES) if "rules" in (file.stem, file.parent.name)]
    wrong = [
        f"{file}: {node.func.attr}"
        for file in [*sources(SOURCE / "law"), *judging]
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clock
    ]
    assert wrong == []


def test_whoever_silences_a_checker_says_why():
    silenced = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?"
        r"|type:\s*ignore(?:\[[\w\-, ]+\])?|pragma:\s*no cover)"
        r"(?P<reason>.*)$"
    )
    wrong = []
    folders = (SOURCE, ROOT / "tests", ROOT / "tools")
    for file in [*(f for folder in folders for f in sources(folder, tests=True)), ROOT / "conftest.py"]:
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            found = silenced.search(line)
            if found and file.name != Path(__file__).name and not re.search(r"\w", found["reason"]):
                wrong.append(f"{file.relative_to(ROOT)}:{number}")
    assert wrong == []


def test_the_project_speaks_of_itself_only():
    # Addresses that packages are fetched from, folders of somebody's machine, a tracker's numbers, put-off work.
    told = re.compile(
        r"https?://[^\s)\"']*(?:/simple/|\.whl|\.tgz)|/(?:home|root|work|Users)/[a-z]"
        r"|\bissue\s*#?\d|\(#\d+\)|\b(?:TODO|FIXME|XXX)\b"
    )
    wrong = []
    for file in committed():
        if file != Path(__file__):
            for number, line in enumerate(file.read_text(errors="replace").splitlines(), start=1):
                if told.search(line):
                    wrong.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert wrong == []


def unbounded_fields(text: str) -> list[str]:
    """The fields for a day, a moment or a visible number that a file makes without their bounds."""
    bare = re.compile(
        r"\b(?:forms\.)?(?:Date|DateTime)Field\(|\bforms\.IntegerField\((?!\s*widget=forms\.HiddenInput)"
    )
    return bare.findall(re.sub(r"\bmodels\.\w+\(", "", text))


def test_a_form_asks_for_days_moments_and_numbers_with_bounds():
    assert unbounded_fields("day = forms.DateField()") == ["forms.DateField("]
    assert unbounded_fields("at = DateTimeField()") == ["DateTimeField("]
    assert unbounded_fields("order = forms.IntegerField(\n    required=False)") == ["forms.IntegerField("]
    assert unbounded_fields("seen = forms.IntegerField(widget=forms.HiddenInput)") == []
    assert unbounded_fields("on = models.DateField()") == []
    own = SOURCE / "core/ui/forms.py"
    wrong = [
        str(file.relative_to(ROOT))
        for file in sources()
        if file != own and unbounded_fields(file.read_text())
    ]
    assert wrong == []


# The glossary: which English identifier stands for which Dutch term.


def glossary() -> dict[str, tuple[str, ...]]:
    """The rows of the table: identifier to (Dutch term, source, do not use)."""
    rows = {}
    for line in (ROOT / "docs/glossary.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            for name in re.findall(r"`([^`]+)`", cells[0]):
                assert name not in rows, f"{name} stands twice in the glossary"
                rows[name] = tuple(cells[1:])
    return rows


def test_every_model_stands_in_the_glossary():
    names = {model.__name__ for model in own_models()}
    assert sorted(names - set(glossary())) == []


def test_every_role_and_permission_stands_in_the_glossary():
    nouns = {permission.key.partition(".")[0] for module in modules() for permission in module.permissions}
    assert sorted(({role.value for role in StandardRole} | nouns) - set(glossary())) == []


def test_every_module_stands_in_the_glossary():
    assert sorted({module.key for module in modules()} - set(glossary())) == []


def test_every_row_of_the_glossary_has_a_dutch_term():
    assert [name for name, (dutch, *_) in glossary().items() if not dutch] == []


def test_the_docstring_of_a_model_says_the_dutch_term_that_the_glossary_gives():
    wrong = []
    for model in own_models():
        words = glossary()[model.__name__][0].casefold()
        told = (inspect.getdoc(model) or "").casefold()
        if not any(word.strip() in told for word in re.split(r"[,;/]", words)):
            wrong.append(f"{model.__name__}: {words}")
    assert wrong == []
