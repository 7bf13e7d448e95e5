"""Structure versions (structuurversies): what must be known of one, and when it is "doorgevoerd".

The statuses are Dutch, as the chapter prints them; what stops a version is told to who reads the screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.report import dutch as words
from houvast.law.terms import last_day
from houvast.law.wor import WOR_25_6
from houvast.modules.structure.rules.spans import NotPossible, told_day


class VersionKind(TextChoices):
    """What is laid down: the structure of the whole organisation, or how its board divides the work."""

    ORGANISATION = "organisation", gettext_lazy("Organisatiestructuur")
    BOARD_MODEL = "board_model", gettext_lazy("Directiemodel")


class Advice(TextChoices):
    """What the works council (ondernemingsraad) advised (WOR art. 25)."""

    POSITIVE = "positive", gettext_lazy("Positief")
    CONDITIONAL = "conditional", gettext_lazy("Positief, met voorwaarden")
    NEGATIVE = "negative", gettext_lazy("Negatief")
    NOT_ASKED = "not_asked", gettext_lazy("Niet gevraagd")


class EvidenceKind(TextChoices):
    """What a milestone is proved by."""

    EVALUATION = "evaluation", gettext_lazy("Evaluatie")
    COUNCIL_LETTER = "council_letter", gettext_lazy("Brief van de ondernemingsraad")


class Blocker(TextChoices):
    """What keeps a version from being carried through (doorgevoerd)."""

    NOT_ADOPTED = "not_adopted", gettext_lazy("Het besluit is nog niet genomen of niet vastgelegd.")
    NOT_IN_EFFECT = "not_in_effect", gettext_lazy("De versie is nog niet ingegaan.")
    NO_ADVICE = "no_advice", gettext_lazy("Het advies van de ondernemingsraad is niet vastgelegd.")
    OPEN_ACTIONS = "open_actions", gettext_lazy("Er staan overgangsacties open.")


@dataclass(frozen=True)
class VersionState:
    """A version as far as its status depends on it. `open_actions` are those open on the day it is judged."""

    effective_on: date
    decided_on: date | None
    advice: str
    advised_on: date | None
    open_actions: int

    def is_adopted(self, day: date) -> bool:
        """Whether the decision had been taken."""
        return self.decided_on is not None and self.decided_on <= day

    def is_in_effect(self, day: date) -> bool:
        """Whether it was adopted and its day had come."""
        return self.is_adopted(day) and self.effective_on <= day

    def has_advice(self, day: date) -> bool:
        """Whether there was advice, or a reason why none was asked."""
        return bool(self.advice) and (self.advised_on is None or self.advised_on <= day)

    def blockers(self, day: date) -> tuple[Blocker, ...]:
        """Everything that kept it from being carried through on that day; empty when nothing did."""
        found = {
            Blocker.NOT_ADOPTED: not self.is_adopted(day),
            Blocker.NOT_IN_EFFECT: self.effective_on > day,
            Blocker.NO_ADVICE: not self.has_advice(day),
            Blocker.OPEN_ACTIONS: self.open_actions > 0,
        }
        return tuple(blocker for blocker, holds in found.items() if holds)

    def is_carried_through(self, day: date) -> bool:
        """Whether it was carried through (doorgevoerd)."""
        return not self.blockers(day)


EXPLANATION = (
    "Een structuurversie heet doorgevoerd als zij is vastgesteld en ingegaan, het advies van de "
    "ondernemingsraad is vastgelegd en op de peildatum geen overgangsactie openstaat. Anders zegt het feit "
    "wat er nog ontbreekt. Gekozen is de versie die op de peildatum als laatste had moeten ingaan; is er nog "
    "geen, dan de eerste die komt. De rijen zijn de overgangsacties die toen waren afgesproken."
)


def status_words(state: VersionState, day: date) -> str:
    """What stands after "Die nieuwe structuur is": "doorgevoerd", or in good Dutch what is not."""
    if not state.is_adopted(day):
        return "nog niet vastgesteld"
    if not state.is_in_effect(day):
        return "vastgesteld, maar nog niet ingegaan"
    missing = []
    if state.open_actions:
        number = words.number_word(state.open_actions)
        verb, noun = ("staat", "actie") if state.open_actions == 1 else ("staan", "acties")
        missing.append(f"er {verb} nog {number} overgangs{noun} open")
    if not state.has_advice(day):
        missing.append("het advies van de ondernemingsraad ontbreekt nog")
    return f"nog niet doorgevoerd: {' en '.join(missing)}" if missing else "doorgevoerd"


def moment_words(day: date) -> str:
    """The part of the year that a day lies in: "begin", "medio" or "eind", each four months."""
    return f"{('begin', 'medio', 'eind')[(day.month - 1) // 4]} {day.year}"


@dataclass(frozen=True)
class ActionDays:
    """When a transition action was agreed, done or dropped."""

    agreed_on: date
    done_on: date | None = None
    lapsed_on: date | None = None

    def is_agreed(self, day: date) -> bool:
        """Whether it had been agreed."""
        return self.agreed_on <= day

    def is_open(self, day: date) -> bool:
        """Whether it had been agreed, and was neither done nor dropped."""
        ends = [end for end in (self.done_on, self.lapsed_on) if end is not None]
        return self.is_agreed(day) and all(end > day for end in ends)


def check_not_later(day: date, today: date) -> None:
    """Raise NotPossible for a day that is still to come: what did not happen yet is not recorded as done."""
    if day > today:
        raise NotPossible(
            _("{day} ligt nog in de toekomst. Vul de dag in waarop het is gebeurd.").format(day=told_day(day))
        )


def check_decision(effective_on: date, decided_on: date | None) -> None:
    """Raise NotPossible for a version that would take effect before its decision."""
    if decided_on is not None and effective_on < decided_on:
        raise NotPossible(
            _("De versie gaat in op {effective} en dat is voor het besluit van {decided}. Pas een van beide aan.")
            .format(effective=told_day(effective_on), decided=told_day(decided_on))
        )  # fmt: skip


def check_advice(advice: str, advised_on: date | None, note: str) -> None:
    """Raise NotPossible for advice without its day, or without what makes it understood."""
    if advice == Advice.NOT_ASKED:
        if advised_on is not None:
            raise NotPossible(_("Is er geen advies gevraagd, laat dan de dag van het advies leeg."))
        if not note:
            raise NotPossible(_("Vul in waarom de ondernemingsraad niet om advies is gevraagd."))
        return
    if advised_on is None:
        raise NotPossible(_("Vul de dag van het advies in."))
    if advice == Advice.CONDITIONAL and not note:
        raise NotPossible(_("Vul de voorwaarden van de ondernemingsraad in."))
    if advice == Advice.NEGATIVE and not note:
        raise NotPossible(_("Vul in waarom het besluit van het advies afwijkt."))


def check_suspension(
    advice: str, decided_on: date | None, told_on: date | None, *, waived: bool, effective_on: date
) -> None:
    """Raise NotPossible for a version that departs from the advice and takes effect before the wait is over.

    WOR art. 25 lid 6: the decision waits until a month after the day on which the council was told of it, unless
    the council does without. While that day is not known the month is counted from the decision: the council
    was not told before. `told_on` and `waived` mean nothing with other advice and are refused there.
    """
    if advice != Advice.NEGATIVE:
        if told_on is not None or waived:
            raise NotPossible(
                _("Alleen na een negatief advies wordt een besluit opgeschort. Laat dat deel leeg."),
                "council_told_on" if told_on is not None else "suspension_waived",
            )
        return
    if told_on is not None and decided_on is not None and told_on < decided_on:
        raise NotPossible(
            _(
                "Het besluit is van {day}; de ondernemingsraad kan er niet eerder van in kennis zijn gesteld."
            ).format(day=told_day(decided_on)),
            "council_told_on",
        )
    start = told_on or decided_on
    if waived or start is None or not WOR_25_6.in_force_on(start):
        return
    last = last_day(WOR_25_6, start)
    if effective_on <= last:
        raise NotPossible(
            _(
                "Na een negatief advies wacht het besluit tot en met {last}, een maand nadat de ondernemingsraad ervan "
                "hoorde (WOR art. 25 lid 6). De versie gaat in op {day}. Kies een latere dag, of leg vast dat de "
                "ondernemingsraad van de opschorting afziet."
            ).format(last=told_day(last), day=told_day(effective_on))
        )


def check_owner(owner_post_id: int | None, owner_person_id: int | None) -> None:
    """Raise NotPossible unless exactly one owns the action: a post or a person."""
    if (owner_post_id is None) is (owner_person_id is None):
        raise NotPossible(_("Kies één verantwoordelijke: een formatieplaats of een medewerker."))


def check_due(agreed_on: date, due_on: date) -> None:
    """Raise NotPossible for an action that would have been due before it was agreed."""
    if due_on < agreed_on:
        raise NotPossible(
            _("De uiterste dag ligt voor {day}, de dag van de afspraak. Kies een latere dag.").format(
                day=told_day(agreed_on)
            )
        )


def check_ended(agreed_on: date, on: date) -> None:
    """Raise NotPossible for an action that would have ended before it was agreed."""
    if on < agreed_on:
        raise NotPossible(
            _("De actie is pas op {day} afgesproken. Kies die dag of een latere.").format(
                day=told_day(agreed_on)
            )
        )


def check_open(days: ActionDays) -> None:
    """Raise NotPossible for an action that was done or dropped before."""
    if days.done_on or days.lapsed_on:
        raise NotPossible(_("Deze actie staat niet meer open. Heropen haar eerst."))


def check_has_ended(days: ActionDays) -> None:
    """Raise NotPossible for an action that is still open."""
    if not days.done_on and not days.lapsed_on:
        raise NotPossible(_("Deze actie staat nog open. Er is niets te heropenen."))


def check_closing(state: VersionState, on: date) -> None:
    """Raise NotPossible for a milestone that would be reached while the version was not carried through."""
    blockers = state.blockers(on)
    if blockers:
        raise NotPossible(
            _("Op {day} was de structuur nog niet doorgevoerd. {why}").format(
                day=told_day(on), why=" ".join(str(blocker.label) for blocker in blockers)
            )
        )


def check_words(manner: str, meaning: str) -> None:
    """Raise NotPossible for evidence that supports no word at all."""
    if not manner and not meaning:
        raise NotPossible(
            _("Vul in welke woorden dit stuk onderbouwt: hoe het ging, wat het betekent, of beide.")
        )
