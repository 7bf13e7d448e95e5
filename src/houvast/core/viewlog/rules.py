"""In which ways somebody sees a record, and how long that is remembered."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

KEPT_YEARS: Final = 5
"""Years for which the database lets nobody remove who looked: what NEN 7513 asks at least."""


class Manner(TextChoices):
    """How somebody saw it (wijze van inzage)."""

    PAGE = "page", _("Pagina geopend")
    FORM = "form", _("Formulier geopend")
    FILE = "file", _("Bijlage opgehaald")
    API = "api", _("Opgehaald door een programma")
    LOG = "log", _("Inzagelog bekeken")
