"""The sentences above the organogram, in Dutch as a good official writes it, and translated for who asks."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from houvast.core.report import dutch as words
from houvast.modules.structure.rules.organogram import Organogram
from houvast.modules.structure.rules.spans import told_day


def leaders_sentence(organogram: Organogram) -> str:
    """How many teams have a team leader, with the quantifier that fits; or that it was not recorded yet."""
    if organogram.people_from is not None:
        return _("Voor {day} zijn geen benoemingen vastgelegd; wie toen leidde, staat hier niet.").format(
            day=told_day(organogram.people_from)
        )
    teams, missing = len(organogram.teams), len(organogram.teams_without_leader)
    led = teams - missing
    return _leaders(led, teams).format(led=led, teams=teams)


def _leaders(led: int, teams: int) -> str:
    if not teams:
        return _("Er zijn op deze dag geen teams.")
    if not led:
        return _("Geen enkel team heeft een teamleider: 0 van de {teams}.")
    if led == teams:
        return _("Alle teams hebben een teamleider: {led} van de {teams}.")
    quantifier = words.quantifier(led, teams)
    if quantifier == "de helft":
        return _("De helft van de teams heeft een teamleider: {led} van de {teams}.")
    if quantifier == "de meeste":
        return _("De meeste teams hebben een teamleider: {led} van de {teams}.")
    return ngettext(
        "{led} van de {teams} teams heeft een teamleider.",
        "{led} van de {teams} teams hebben een teamleider.",
        led,
    )


def gaps_sentence(organogram: Organogram) -> str:
    """How many teams lack a leader, and how many posts are vacant."""
    missing, vacant = len(organogram.teams_without_leader), len(organogram.vacancies)
    parts = []
    if missing:
        told = ngettext("{number} team heeft er geen.", "{number} teams hebben er geen.", missing)
        parts.append(told.format(number=words.capitalise(_number(missing))))
    if vacant:
        told = ngettext("Er is {number} vacature.", "Er zijn {number} vacatures.", vacant)
        parts.append(told.format(number=_number(vacant)))
    elif organogram.posts and organogram.people_from is None:
        parts.append(_("Er zijn geen vacatures."))
    return " ".join(parts)


def _number(number: int) -> str:
    """In words where the sentence is Dutch, else in digits."""
    return words.number_word(number) if get_language() == "nl" else str(number)
