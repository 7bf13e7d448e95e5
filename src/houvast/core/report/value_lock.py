"""The database's own refusal of numbers that no claim takes, in the words of each database."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Func

# The bounds of `claims.fault`, as far as signs show them: a CHECK may cast nothing that could fail.
_POSTGRESQL = """CASE {kind}
WHEN 'count' THEN jsonb_typeof({value}) = 'number' AND ({value} #>> '{{}}') ~ '^[0-9]{{1,9}}$'
WHEN 'amount' THEN jsonb_typeof({value}) = 'string' AND ({value} #>> '{{}}') ~ '^-?[0-9]{{1,12}}([.][0-9]{{1,2}})?$'
WHEN 'share' THEN jsonb_typeof({value}) = 'string' AND ({value} #>> '{{}}') ~ '^-?[0-9]{{1,4}}([.][0-9]{{1,6}})?$'
ELSE true END"""
# Plain SQLite has no regular expressions, and other programs than ours must be able to write.
_SQLITE = """CASE {kind}
WHEN 'count' THEN JSON_TYPE({value}) = 'integer' AND {value} NOT GLOB '*[^0-9]*' AND LENGTH({value}) <= 9
WHEN 'amount' THEN JSON_TYPE({value}) = 'text' AND LENGTH({value}) BETWEEN 3 AND 18
AND {value} GLOB '*[0-9]"' AND {value} NOT GLOB '*[^0-9."-]*'
WHEN 'share' THEN JSON_TYPE({value}) = 'text' AND LENGTH({value}) BETWEEN 3 AND 14
AND {value} GLOB '*[0-9]"' AND {value} NOT GLOB '*[^0-9."-]*'
ELSE 1 END"""


class ReadableNumber(Func):
    """Whether a value of a kind is a number that can be read: not negative, endless, "NaN" or out of measure."""

    arity = 2
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, *_: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """For a jsonb column."""
        return self._written(_POSTGRESQL, compiler)

    def as_sqlite(self, compiler: Any, *_: Any, **_extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """For a column of JSON text."""
        return self._written(_SQLITE, compiler)

    def _written(self, template: str, compiler: Any) -> tuple[str, tuple[str | int, ...]]:
        kind, value = (compiler.compile(part)[0] for part in self.get_source_expressions())
        return template.format(kind=kind, value=value), ()
