"""Whether everything frozen is still what it was: each part by its hash, each edition by the hash of its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from houvast.core.audit.queries import Fault
from houvast.core.orgs.models import Organisation
from houvast.core.report.adoption.frozen import Listed, manifest_hash
from houvast.core.report.adoption.models import Edition, FrozenPart

PART, EDITION = FrozenPart._meta.label_lower, Edition._meta.label_lower


def frozen_faults(organisation: Organisation) -> Iterator[Fault]:
    """Every part that was altered, and every edition that is not made of its parts, in the scope.

    The edition's own row is a row of a register: the trail tells when that was altered.
    """
    for edition in Edition.objects.order_by("year", "number"):
        listed = []
        parts = FrozenPart.objects.filter(edition=edition).order_by("name")
        for name, size, sha256, content in parts.values_list("name", "size", "sha256", "content").iterator(
            chunk_size=1
        ):
            made = hashlib.sha256(content).hexdigest()
            listed.append(Listed(name, len(content), made))
            if (len(content), made) != (size, sha256):
                where = f"{edition.uid} {name}"
                yield Fault(organisation.slug, PART, where, "bevroren inhoud gewijzigd", None)
        if manifest_hash(listed) != edition.sha256:
            problem = "de delen zijn niet die waarvan de editie is gemaakt"
            yield Fault(organisation.slug, EDITION, str(edition.uid), problem, None)
