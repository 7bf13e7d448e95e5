"""A tree as canonical JSON and back, so that an adopted chapter can be stored exactly as it was.

Fields with their default are left out, keys are sorted and nothing is escaped that need not be: equal trees
give equal bytes. A tree stored before a field existed still reads, for the field then takes its default.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from houvast.core.documents import tree
from houvast.core.documents.errors import DocumentError
from houvast.core.documents.tree import BLOCKS, Document

VERSION = 1
_HINTS = {cls: get_type_hints(cls, vars(tree)) for cls in tree.Node.__subclasses__()}
_NAMES = {cls.__name__: cls for cls in BLOCKS}


def encode(value: object) -> Any:
    """A node as plain dictionaries and lists; a block carries its `type`."""
    if is_dataclass(value) and not isinstance(value, type):
        result = {
            field.name: encode(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
        return {"type": type(value).__name__, **result} if isinstance(value, BLOCKS) else result
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def to_json(document: Document) -> str:
    """Canonical JSON of a document; equal documents give equal text."""
    data = {"version": VERSION, **encode(document)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(stored: str) -> Document:
    """The document that `to_json` stored. Raises DocumentError when it is something else."""
    try:
        data = json.loads(stored)
        if data.pop("version") != VERSION:
            raise DocumentError("Dit document is opgeslagen door een andere versie van Houvast.")
        document: Document = _node(Document, data)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise DocumentError("Dit is geen opgeslagen document.") from error
    return document


def _node(cls: type[Any], data: dict[str, Any]) -> Any:
    hints = _HINTS[cls]
    return cls(**{name: _decode(hints[name], value) for name, value in data.items()})


def _decode(hint: Any, value: Any) -> Any:
    if get_origin(hint) in {UnionType, Union}:
        return _decode_union(get_args(hint), value)
    if get_origin(hint) is tuple:
        return _decode_tuple(get_args(hint), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _node(hint, {name: item for name, item in value.items() if name != "type"})
    if hint is date:
        return date.fromisoformat(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is not {hint}")
    return value


def _decode_union(choices: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in choices:
        return None
    if isinstance(value, dict) and "type" in value:
        return _decode(_NAMES[value["type"]], value)
    return _decode(next(choice for choice in choices if choice is not type(None)), value)


def _decode_tuple(members: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    if members[-1] is Ellipsis:
        return tuple(_decode(members[0], item) for item in value)
    return tuple(_decode(member, item) for member, item in zip(members, value, strict=True))
