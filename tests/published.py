"""What a published site may hold of an organisation's rows: nothing but what was adopted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import orjson
from django.apps import apps
from django.db import models

from houvast.core.access.models import Account
from houvast.core.orgs.base import ScopedModel
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.adoption.models import FrozenPart
from houvast.core.report.document import TITLE

SHORTEST = 4
"""Signs that a value has at least before it tells something: "1" and "x" stand everywhere."""
MEANT = {
    # The decisions, the hashes that prove them, and what was corrected since.
    "report.adoption.reference",
    "report.edition.sha256",
    "report.frozenpart.sha256",
    "report.frozenpart.name",
    "report.publication.sha256",
    "report.correction.text",
    "report.correction.reference",
    "report.correction.claim_key",
    # What a fact counts, with the words of its label and its unit.
    "report.sourcedfact.explanation",
    "report.sourcedfact.key",
    "report.sourcedfact.label",
    "report.sourcedfact.singular",
    "report.sourcedfact.plural",
    "report.sourcedfact.style",
    # "Jaarstukken 2022": where every chapter stands.
    "report.requirementanswer.document",
    # What the page about accessibility says, and the address of the site.
    "configuration.settingperiod.value",
    # Keys that are one English word ("management"), which also names a section, a style or a column.
    "access.role.key",
    "orgs.unit.code",
    "orgs.function.code",
    "orgs.post.code",
}


def content_of(target: Path) -> dict[str, bytes]:
    """Every file by name; office files as the texts inside them."""
    found = {}
    for path in sorted(target.rglob("*")):
        if path.is_file():
            found[path.relative_to(target).as_posix()] = path.read_bytes()
            if path.suffix in {".docx", ".odt"}:
                with zipfile.ZipFile(path) as packed:
                    found |= {f"{path.name}!{name}": packed.read(name) for name in packed.namelist()}
    return found


def _values(model: type[ScopedModel], field: models.Field) -> set[str]:
    values = {str(one) for one in model.objects.values_list(field.name, flat=True) if one}
    return (
        values | {one.replace("-", "") for one in values} if isinstance(field, models.UUIDField) else values
    )


def adopted_words() -> str:
    """The title and words of every adopted chapter, its open data, and how its facts were counted; in lower case."""
    rows = FrozenPart.objects.filter(name__in=("chapter.txt", "chapter.json")).values_list(
        "content", flat=True
    )
    told = [TITLE, *(bytes(one).decode() for one in rows)]
    for one in FrozenPart.objects.filter(name="claims.json").values_list("content", flat=True):
        told += [f"{claim['explanation']} {claim['definition_change']}" for claim in orjson.loads(bytes(one))]
    return "\n".join(told).casefold()


def private(organisation: Organisation) -> dict[str, str]:
    """Every text and identity in any row of an organisation, and every account, by where it comes from.

    Left out is what was adopted: the words of the chapter and its open data, and the few columns of `MEANT`.
    """
    found: dict[str, str] = {}
    with reading(organisation.pk):
        # The site names the organisation and who decided.
        named = f"{organisation.full_name}\nCollege van burgemeester en wethouders\n"
        public = named.casefold() + adopted_words()
        for model in apps.get_models():
            if not issubclass(model, ScopedModel):
                continue
            for field in model._meta.concrete_fields:
                name = f"{model._meta.label_lower}.{field.name}"
                wanted = isinstance(
                    field, (models.CharField, models.TextField, models.UUIDField, models.JSONField)
                )
                if not wanted or field.choices or name in MEANT:
                    continue
                found |= dict.fromkeys(_values(model, field), name)
        prints = FrozenPart.objects.filter(name__startswith="rows/").values_list("name", flat=True)
        found |= {one.removeprefix("rows/"): "the prints of rows" for one in prints}
    for account in Account.objects.all():
        found |= {account.email: "account", account.name: "account"}
    return {
        value: name
        for value, name in found.items()
        if len(value) >= SHORTEST and value.casefold() not in public
    }


def leaks(target: Path, secrets: dict[str, str]) -> list[tuple[str, str, str]]:
    """`(file, where the value comes from, value)` for each private value that stands in a file of the site."""
    files = {name: content.decode(errors="replace") for name, content in content_of(target).items()}
    return [
        (file, name, value)
        for file, text in files.items()
        for value, name in secrets.items()
        if value in text
    ]
