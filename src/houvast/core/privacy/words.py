"""What a reader sees in the place of a hidden number."""

from django.utils.translation import gettext as _

from houvast.core.privacy.rules import Hidden, Shown


def words(shown: Shown, threshold: int) -> str:
    """The number, or why there is none."""
    if shown is Hidden.SMALL:
        return _("minder dan %(number)s") % {"number": threshold}
    return _("niet getoond") if isinstance(shown, Hidden) else str(shown)
