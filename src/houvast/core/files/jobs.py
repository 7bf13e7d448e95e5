"""Tidying up what a killed process left on the disk."""

from houvast.core.files import storage
from houvast.core.files.queries import stored_names
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading


def remove_left_behind() -> int:
    """Remove files older than a day that no row names, in every organisation; how many."""
    removed = 0
    for organisation in Organisation.objects.order_by("pk"):
        with reading(organisation.pk):
            named = set(stored_names())
        for path in storage.left_behind(organisation.uid, named):
            path.unlink(missing_ok=True)
            removed += 1
    return removed
