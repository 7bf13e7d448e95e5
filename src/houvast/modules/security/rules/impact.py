"""How grave the consequences of breaches were, and the words that follow from the whole."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Impact(TextChoices):
    """How grave the consequences for people were (gevolgen), from none to grave."""

    NIL = "nil", _("Nihil")
    LIMITED = "limited", _("Beperkt")
    CONSIDERABLE = "considerable", _("Aanzienlijk")
    SERIOUS = "serious", _("Ernstig")


MILD_TO_GRAVE = ("nihil", "zeer beperkt", "overwegend beperkt", "wisselend", "aanzienlijk", "ernstig")
"""All words the rule can give, mild to grave."""

EXPLANATION = (
    "Van elk datalek is vastgelegd hoe zwaar de gevolgen waren: nihil, beperkt, aanzienlijk of ernstig. Het "
    "woord volgt uit de verdeling. Zijn alle gevolgen nihil, dan is het woord ‘nihil’; zijn ze hoogstens "
    "beperkt, dan ‘zeer beperkt’. Is een deel aanzienlijk, maar niet meer dan de helft, dan ‘overwegend "
    "beperkt’, en anders ‘aanzienlijk’. Is een deel ernstig, dan ‘wisselend’ zolang niet meer dan de helft "
    "aanzienlijk of ernstig is, en anders ‘ernstig’. Is een datalek nog niet beoordeeld, dan volgt er geen "
    "woord."
)


def impact_words(tally: Mapping[str, int]) -> str | None:
    """The word for a distribution, a count per impact class; None while one is unrated or there is none."""
    total = sum(tally.values())
    if not total or tally.get("", 0):
        return None
    grave = tally.get(Impact.SERIOUS, 0) + tally.get(Impact.CONSIDERABLE, 0)
    mostly_mild = 2 * grave <= total
    if tally.get(Impact.SERIOUS, 0):
        return "wisselend" if mostly_mild else "ernstig"
    if grave:
        return "overwegend beperkt" if mostly_mild else "aanzienlijk"
    return "zeer beperkt" if tally.get(Impact.LIMITED, 0) else "nihil"
