"""Seals: HMACs with the organisation's own key over rows and entries in canonical form."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import Model

from houvast.core.orgs.base import OrganisationModel
from houvast.core.orgs.models import Organisation

OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def organisation_key(organisation_uid: UUID, purpose: str) -> bytes:
    """The key of one organisation for one purpose, derived from the installation's signing key."""
    message = f"{purpose}:{organisation_uid}".encode()
    return hmac.digest(settings.SIGNING_KEY.encode(), message, "sha256")


def installation_key(purpose: str) -> bytes:
    """The key of the installation as a whole for one purpose, derived from its signing key."""
    return hmac.digest(settings.SIGNING_KEY.encode(), purpose.encode(), "sha256")


def canonical(value: Any) -> bytes:
    """The one JSON form of a value: keys sorted, no spaces, moments in UTC, decimals as text."""
    return orjson.dumps(value, default=str, option=OPTIONS)


def seal(key: bytes, value: Any) -> str:
    """The HMAC-SHA-256 of the value's canonical form, in hexadecimals."""
    return hmac.digest(key, canonical(value), "sha256").hex()


def row_fields(model: type[Model]) -> list[str]:
    """The columns a row's seal covers: all but the database's own key."""
    return [field.attname for field in model._meta.concrete_fields if field.attname != "id"]


def row_seals(
    model: type[OrganisationModel], key: bytes, pks: Iterable[int] | None = None
) -> Iterator[tuple[UUID, str]]:
    """`(uid, seal)` of the rows as they stand in the database: all in scope, or those named."""
    fields = row_fields(model)
    place = fields.index("uid")
    rows = model.objects.order_by("pk")
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    for row in rows.values_list(*fields).iterator(chunk_size=2000):
        yield row[place], seal(key, row)


def trail_key(organisation: Organisation) -> bytes:
    """The key that seals the organisation's rows and entries."""
    return organisation_key(organisation.uid, "trail")
