"""What an organisation may set about files."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from houvast.core.configuration.rules import Kind, Setting
from houvast.core.files.models import StoredFile

MEGABYTE = 1024 * 1024


def _effect(old: int, new: int, day: date) -> str:
    """Files that are there stay, whatever their size."""
    del old, day
    larger = StoredFile.objects.filter(size__gt=new * MEGABYTE).count()
    return ngettext(
        "%(number)s bewaard bestand is groter dan %(new)s MB; het blijft bewaard.",
        "%(number)s bewaarde bestanden zijn groter dan %(new)s MB; ze blijven bewaard.",
        larger,
    ) % {"number": larger, "new": new}


LARGEST = Setting(
    key="files.largest",
    label=_("Grootste bestand"),
    kind=Kind.NUMBER,
    default=25,
    explanation=_("Tot en met welke grootte een bestand bij een dossier kan worden bewaard."),
    lowest=1,
    highest=200,
    unit="MB",
    preview=_effect,
)
