"""How often somebody tried to sign in, counted for all processes of the installation together.

A cache of Django's kind, because that is what allauth counts with. Django's own in the database keeps pickles,
which would let whoever writes in the database run code beside the signing key; this one keeps JSON. Its keys
are digests, so no address of a person or a machine stands in the table, and what is over is removed.
"""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection
from django.utils import timezone

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class Attempts(BaseDatabaseCache):
    """Values that JSON knows, in one table that `migrate` makes (`createcachetable`). Each step is one statement."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self._table_name = table

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` where there is none or its time is over."""
        sql = f"SELECT value FROM {self._name} WHERE cache_key = %s AND expires > %s"  # noqa: S608  our own name
        with connection.cursor() as cursor:
            cursor.execute(sql, [self._digest(key, version), _stored(timezone.now())])
            found = cursor.fetchone()
        return default if found is None else json.loads(found[0])

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value, and remove what is over."""
        self._put(key, value, timeout, version, only="")
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._name} WHERE expires <= %s", [_stored(timezone.now())])  # noqa: S608  our own name

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; whether it was kept. Of two at once one succeeds."""
        return self._put(key, value, timeout, version, only=f" WHERE {self._name}.expires <= %s") == 1

    def count(self, key: str, seconds: int) -> tuple[int, datetime]:
        """Count one more within so many seconds since the first; how many by now, and when it begins anew.

        One statement, so that of two at once each is counted. What is over is removed.
        """
        now = timezone.now()
        sql = (
            f"INSERT INTO {self._name} AS known (cache_key, value, expires) VALUES (%s, '1', %s)"  # noqa: S608  our own name
            " ON CONFLICT (cache_key) DO UPDATE SET"
            " value = CASE WHEN known.expires <= %s THEN '1'"
            " ELSE CAST(CAST(known.value AS INTEGER) + 1 AS TEXT) END,"
            " expires = CASE WHEN known.expires <= %s THEN excluded.expires ELSE known.expires END"
            " RETURNING value, expires"
        )
        given = [
            self._digest(key, None),
            _stored(now + timedelta(seconds=seconds)),
            _stored(now),
            _stored(now),
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            value, until = cursor.fetchone()
            number = int(value)
            if number == 1:
                cursor.execute(f"DELETE FROM {self._name} WHERE expires <= %s", [_stored(now)])  # noqa: S608  our own name
        return number, _read(until)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; whether there was one."""
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {self._name} WHERE cache_key = %s"  # noqa: S608  our own name
            cursor.execute(sql, [self._digest(key, version)])
            return bool(cursor.rowcount)

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._name}")  # noqa: S608  our own name

    @property
    def _name(self) -> str:
        return connection.ops.quote_name(self._table_name)

    def _digest(self, key: str, version: int | None) -> str:
        made = self.make_key(key, version=version)
        return hmac.digest(settings.SECRET_KEY.encode(), f"attempts:{made}".encode(), "sha256").hex()

    def _put(self, key: str, value: Any, timeout: float | None, version: int | None, *, only: str) -> int:
        now = timezone.now()
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        until = FOR_EVER if seconds is None else now + timedelta(seconds=seconds)
        sql = (
            f"INSERT INTO {self._name} (cache_key, value, expires) VALUES (%s, %s, %s)"  # noqa: S608  our own name
            " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires" + only
        )
        given = [self._digest(key, version), json.dumps(value), _stored(until)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*given, _stored(now)] if only else given)
            return int(cursor.rowcount)


def _stored(moment: datetime) -> Any:
    """A moment as the database compares it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _read(moment: Any) -> datetime:
    """A moment as the database gave it."""
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    found: datetime = read if read.tzinfo else read.replace(tzinfo=UTC)
    return found
