"""Fields at the end of a path over references."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.constants import LOOKUP_SEP


def field_at(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    """The field at the end of a path (`incident__uid`); raises FieldDoesNotExist."""
    *references, last = path.split(LOOKUP_SEP)
    for name in references:
        related = model._meta.get_field(name).related_model
        assert isinstance(related, type)
        model = related
    found = model._meta.get_field(last)
    assert isinstance(found, models.Field)
    return found
