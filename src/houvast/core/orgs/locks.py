"""What the database itself refuses. Put in place after every `migrate`, by one function, on both engines.

PostgreSQL: forced row-level security on every table of an organisation (a transaction sees and writes only
the organisation it named), and foreign keys that carry the organisation along, since row-level security
does not stop a reference to another organisation's row. Both engines: triggers that keep append-only
tables append-only and undeletable rows undeleted. Altering a table on SQLite drops its triggers, which is
why they are put back rather than migrated.

One thing opens the lock of one row: a line of a certificate of destruction that names it. Such a line is
append-only itself, and the database asks two people for its certificate. And the log of views lets go of
what is older than its term.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from houvast.core.orgs.base import ScopedModel

SETTING = "NULLIF(current_setting('houvast.organisation', true), '')::bigint"
SERVING_ROLE = "houvast_app"
DESTROYED = "retention_destroyed"
"""The table of the lines that open a row's lock. Its own lock, and those of rows without a uid, never open."""


def scoped_models() -> list[type[ScopedModel]]:
    """Every table that belongs to an organisation."""
    return [model for model in apps.get_models() if issubclass(model, ScopedModel)]


def refusals(model: type[ScopedModel]) -> tuple[str, ...]:
    """The statements the database refuses on the model's table."""
    if model.append_only:
        return ("UPDATE", "DELETE")
    return ("DELETE",) if model.never_deleted else ()


def opening(model: type[ScopedModel]) -> str:
    """The column by which a line of a certificate names the model's rows; empty where none opens the lock."""
    of_retention = model._meta.db_table.startswith(DESTROYED.partition("_")[0] + "_")
    return "" if of_retention else model.destroyed_by


def tenant_references(model: type[ScopedModel]) -> Iterator[models.ForeignKey[ScopedModel, ScopedModel]]:
    """The model's foreign keys to tables that belong to an organisation too."""
    for field in model._meta.concrete_fields:
        related = field.related_model
        if (
            isinstance(field, models.ForeignKey)
            and isinstance(related, type)
            and issubclass(related, ScopedModel)
        ):
            yield field


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every lock in place. Safe to run again; each statement replaces what was there."""
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in scoped_models():
            if model._meta.db_table in present:
                for statement in statements(model):
                    cursor.execute(statement)
        if connection.vendor == "postgresql":
            _serve(cursor)


def remove_refusals(connection: BaseDatabaseWrapper) -> None:
    """Lift the triggers, for a test database that is emptied between tests."""
    with connection.cursor() as cursor:
        for model in scoped_models():
            for verb in refusals(model):
                on = "" if connection.vendor == "sqlite" else f' ON "{model._meta.db_table}"'
                cursor.execute(f'DROP TRIGGER IF EXISTS "{_trigger(model, verb)}"{on}')


def _trigger(model: type[ScopedModel], verb: str) -> str:
    return f"{model._meta.db_table}_no_{verb.lower()}"


def _sqlite(model: type[ScopedModel]) -> Iterator[str]:
    table = model._meta.db_table
    for verb in refusals(model):
        name = _trigger(model, verb)
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" {_sqlite_unless_destroyed(model, verb)}'
            f"BEGIN SELECT RAISE(ABORT, '{table}: {verb} refused'); END"
        )


def _sqlite_unless_destroyed(model: type[ScopedModel], verb: str) -> str:
    if model.kept_years and verb == "DELETE":
        return f"WHEN OLD.at >= datetime('now', '-{model.kept_years} years') "
    if not (column := opening(model)):
        return ""
    return (
        f'WHEN NOT EXISTS (SELECT 1 FROM "{DESTROYED}" AS line '  # noqa: S608  our own names
        "WHERE line.organisation_id = OLD.organisation_id "
        f"AND line.subject_table = '{model._meta.label_lower}' AND line.subject_uid = OLD.\"{column}\") "
    )


def _postgresql(model: type[ScopedModel]) -> Iterator[str]:
    table = model._meta.db_table
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS "{table}_scope" ON "{table}"'
    yield (
        f'CREATE POLICY "{table}_scope" ON "{table}" '
        f"USING (organisation_id = {SETTING}) WITH CHECK (organisation_id = {SETTING})"
    )
    for field in tenant_references(model):
        name = f"{table}_{field.column}_org"
        target = field.related_model._meta.db_table
        yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"'
        yield (
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (organisation_id, "{field.column}") '
            f'REFERENCES "{target}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED'
        )
    if refusals(model):
        yield (
            "CREATE OR REPLACE FUNCTION houvast_refuse() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608  our own names
            "$$ DECLARE named boolean := false; BEGIN "
            "IF TG_NARGS = 1 THEN named := OLD.at < now() - make_interval(years => TG_ARGV[0]::int); END IF; "
            "IF TG_NARGS = 2 THEN EXECUTE format("
            f"'SELECT EXISTS (SELECT 1 FROM {DESTROYED} AS line "
            "WHERE line.organisation_id = $1.organisation_id "
            "AND line.subject_table = %L AND line.subject_uid = $1.%I)', TG_ARGV[0], TG_ARGV[1]) "
            "INTO named USING OLD; END IF; "
            "IF named AND TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
            "IF named THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP; END $$"
        )
    for verb in refusals(model):
        name = _trigger(model, verb)
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
        column = opening(model)
        given = f"'{model._meta.label_lower}', '{column}'" if column else ""
        given = f"'{model.kept_years}'" if model.kept_years and verb == "DELETE" else given
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION houvast_refuse({given})"
        )


def _serve(cursor: object) -> None:
    """Let the serving role use the tables, without owning them or emptying them."""
    run = cursor.execute  # type: ignore[attr-defined]  # a Django cursor wrapper
    run("SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [SERVING_ROLE])
    user, exists = cursor.fetchone()  # type: ignore[attr-defined]  # a Django cursor wrapper
    if exists and user != SERVING_ROLE:
        run(f"GRANT USAGE ON SCHEMA public TO {SERVING_ROLE}")
        run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {SERVING_ROLE}")
        run(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {SERVING_ROLE}")
