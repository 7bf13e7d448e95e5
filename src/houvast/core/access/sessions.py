"""Sessions in the database, found by a query that is worded once: every page begins with it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from houvast.core.orgs.prepared import Prepared


def _valid(key: str, now: datetime) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


_find = Prepared(_valid, "session key", datetime(1, 1, 2, tzinfo=UTC))


class SessionStore(db.SessionStore):
    """Django's own, but for how it finds a session."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing for one that is unknown or over."""
        found = _find(self.session_key, timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0][0])
        return held
