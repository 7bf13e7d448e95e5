"""The forms of a round: opening it, handing a section on, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.report.authoring.queries import Choice, askable
from houvast.core.report.authoring.rules import LONGEST_REMARK, Assignment, Plan, plan_faults
from houvast.core.report.models import Contribution, Round
from houvast.core.report.outline import Section
from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.once import OnceForm

PEOPLE_LIST = "mensen"


class PersonField(forms.CharField):
    """Somebody of the organisation, typed and completed from one list on the page: forty lists would be too many.

    Cleans to the number of the person.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"})
        super().__init__(widget=widget, max_length=160, **kwargs)
        self.numbers: Mapping[str, int] = {}
        self.names: Mapping[int, str] = {}

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Who can be named."""
        self.numbers = {name.casefold(): pk for pk, name in choices}
        self.names = dict(choices)

    def prepare_value(self, value: Any) -> Any:
        """A number as the name that stands in the list."""
        return self.names.get(value, "") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError for a name that is not in the list."""
        typed = super().clean(value)
        if not typed:
            return None
        if (found := self.numbers.get(typed.casefold())) is None:
            raise ValidationError(_("Kies iemand uit de lijst: deze naam staat er niet in."))
        return found


def listed(choices: Sequence[Choice]) -> list[tuple[int, str]]:
    """The people as they stand in the list; who shares a name is told apart by a number."""
    names = [one.name.casefold() for one in choices]
    return [
        (one.pk, f"{one.name} ({one.pk})" if names.count(one.name.casefold()) > 1 else one.name)
        for one in choices
    ]


class RoundForm(forms.Form):
    """A round as a whole. A section without an author is left out; what all share is filled in once."""

    controller = PersonField(label=gettext_lazy("Controle door"))
    editor = PersonField(label=gettext_lazy("Redactie door"))
    board = PersonField(label=gettext_lazy("Akkoord namens de directie"))
    board_on = DayField(label=gettext_lazy("Directie beslist op"))
    college_on = DayField(label=gettext_lazy("College beslist op"))
    council_on = DayField(label=gettext_lazy("Raad beslist op"))
    all_approver = PersonField(
        label=gettext_lazy("Akkoord door, waar niets anders staat"),
        required=False,
        help_text=gettext_lazy("Iemand anders dan de schrijver en de vervanger."),
    )
    all_due = DayField(label=gettext_lazy("Uiterlijk, waar niets anders staat"), required=False)
    version = WholeNumberField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = askable(year)
        self.people = listed(choices)
        self.offered = [(name, one.leads) for one, (_pk, name) in zip(choices, self.people, strict=True)]
        for section in self.asked:
            for part, label in (
                ("author", gettext_lazy("Schrijver")),
                ("deputy", gettext_lazy("Vervanger")),
                ("approver", gettext_lazy("Akkoord door")),
            ):
                self.fields[f"{section.key}-{part}"] = PersonField(label=label, required=False)
            self.fields[f"{section.key}-due"] = DayField(label=gettext_lazy("Uiterlijk"), required=False)
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.offer(self.people)

    def shared(self) -> list[BoundField]:
        """What is of the round as a whole."""
        names = ("controller", "editor", "board", "board_on", "college_on", "council_on")
        return [self[name] for name in (*names, "all_approver", "all_due")]

    def sections(self) -> Iterator[tuple[Section, list[BoundField]]]:
        """The fields of each section."""
        for section in self.asked:
            yield (
                section,
                [self[f"{section.key}-{part}"] for part in ("author", "deputy", "approver", "due")],
            )

    def clean(self) -> dict[str, Any]:
        """Tell everything that is wrong at once, each beside its field."""
        given = super().clean() or {}
        assignments = tuple(self._assignments(given))
        if not self.errors:
            self.plan = Plan(
                controller_id=given["controller"],
                editor_id=given["editor"],
                board_id=given["board"],
                board_on=given["board_on"],
                college_on=given["college_on"],
                council_on=given["council_on"],
                assignments=assignments,
            )
            for field, sentence in plan_faults(self.plan, {section.key for section in self.asked}):
                self.refuse(field, sentence)
        return given

    def _assignments(self, given: Mapping[str, Any]) -> Iterator[Assignment]:
        for section in self.asked:
            author = given.get(f"{section.key}-author")
            if author is None:
                continue
            approver = given.get(f"{section.key}-approver") or given.get("all_approver")
            due = given.get(f"{section.key}-due") or given.get("all_due")
            if approver is None:
                told = _("Kies wie akkoord geeft op ‘%(section)s’.") % {"section": section.heading}
                self.refuse(f"{section.key}-approver", told)
            elif due is None:
                told = _("Kies een uiterste dag voor ‘%(section)s’.") % {"section": section.heading}
                self.refuse(f"{section.key}-due", told)
            else:
                yield Assignment(
                    section=section.key,
                    author_id=author,
                    deputy_id=given.get(f"{section.key}-deputy"),
                    approver_id=approver,
                    due_on=due,
                )

    def refuse(self, field: str, sentence: str) -> None:
        """Put a sentence beside the field it is about, else above the form."""
        self.add_error(field if field in self.fields else None, sentence)


def initial_of(round_: Round, rows: Sequence[Contribution]) -> dict[str, Any]:
    """A round as its form shows it."""
    given: dict[str, Any] = {
        "controller": round_.controller_id,
        "editor": round_.editor_id,
        "board": round_.board_id,
        "board_on": round_.board_on,
        "college_on": round_.college_on,
        "council_on": round_.council_on,
        "version": round_.version,
    }
    for row in rows:
        given[f"{row.section}-author"] = row.author_id
        given[f"{row.section}-deputy"] = row.deputy_id
        given[f"{row.section}-approver"] = row.approver_id
        given[f"{row.section}-due"] = row.due_on
    return given


class ReasonField(forms.CharField):
    """A sentence or two that somebody else will read."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REMARK})
        super().__init__(widget=widget, max_length=LONGEST_REMARK, **kwargs)


class ActForm(forms.Form):
    """An act on a section: the version and the content that its reader saw, and the reason where one is asked."""

    version = WholeNumberField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    reason = ReasonField(label=gettext_lazy("Waarom"), required=False)


class StopForm(forms.Form):
    """Stopping a round."""

    version = WholeNumberField(widget=forms.HiddenInput)
    reason = ReasonField(
        label=gettext_lazy("Waarom stopt de ronde?"),
        help_text=gettext_lazy("Wat in deze ronde is afgesproken, telt dan niet meer."),
    )


class CommentForm(OnceForm):
    """A new comment."""

    text = ReasonField(label=gettext_lazy("Nieuwe opmerking"))


class AnswerForm(forms.Form):
    """An answer to a comment, or that it is settled."""

    version = WholeNumberField(widget=forms.HiddenInput)
    answer = ReasonField(label=gettext_lazy("Antwoord"), required=False)


def default_days(year: int, today: date) -> dict[str, date]:
    """Days that fit the yearly order, for a round that is opened in time: the council before 15 July.

    The annual accounts go to the supervisor before 15 July of the next year (Gemeentewet art. 200).
    """
    given = {
        "all_due": date(year + 1, 2, 1),
        "board_on": date(year + 1, 3, 15),
        "college_on": date(year + 1, 4, 15),
        "council_on": date(year + 1, 6, 30),
    }
    return {name: day for name, day in given.items() if day >= today}
