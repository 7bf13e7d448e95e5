"""What the chapter may say of a new structure, and which rows it rests on."""

from datetime import date

import pytest
from django.utils import timezone

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.administration.actions import grant
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading
from houvast.core.report.queries import context_for
from houvast.core.report.rows import row_table
from houvast.modules.structure import actions, facts
from houvast.modules.structure.factories import (
    EndedAction,
    Proof,
    adopted_version,
    ended_action,
    proved,
    reached_milestone,
    transition_action,
)
from houvast.modules.structure.rules.versions import Advice, VersionKind

YEAR = 2021
AGREED, DONE, REACHED = date(2021, 1, 19), date(2021, 6, 1), date(2021, 12, 1)
EVALUATION = Proof(
    "Evaluatie", date(2021, 12, 9), "Dossier", manner="in goede harmonie", meaning="een mijlpaal"
)


def carried_through(here, *, done=2):
    """A version with so many actions done, its milestone reached and its evidence checked."""
    author, checker = (people.actor(here, "director") for _place in range(2))
    version = adopted_version(author)
    for place in range(done):
        ended = EndedAction(f"Actie {place}", DONE, DONE, "Besluit", person_id=author.person_id)
        ended_action(author, version, ended)
    milestone = reached_milestone(author, version, closed_on=REACHED)
    piece = proved(author, milestone, EVALUATION, checker=checker)
    return author, version, milestone, piece


def claim(here, name, year=YEAR):
    source = next(one for one in facts.CLAIMS if one.key == f"structure.{name}")
    with reading(here.pk):
        return source.claim(context_for(here, year))


def status(here, year=YEAR):
    return claim(here, "transition_status", year).value


def words(here, year=YEAR):
    found = (claim(here, f"transition_{name}", year) for name in ("manner", "meaning"))
    return tuple(one and one.value for one in found)


def test_a_version_that_is_carried_through_with_checked_evidence_says_so(diemen):
    carried_through(diemen)
    found = claim(diemen, "transition_status")
    assert (found.value, found.rows, found.as_of) == ("doorgevoerd", 2, date(2021, 12, 31))
    assert words(diemen) == ("in goede harmonie", "een mijlpaal")
    assert claim(diemen, "transition_manner").rows == 1


def test_without_a_version_there_is_nothing_to_state(diemen):
    assert claim(diemen, "transition_status") is None
    assert words(diemen) == (None, None)


def test_one_open_action_changes_the_word_and_takes_the_completion_away(diemen):
    author, version, _milestone, _piece = carried_through(diemen)
    transition_action(author, version, person_id=author.person_id, agreed_on=REACHED, due_on=REACHED)
    found = claim(diemen, "transition_status")
    assert (found.value, found.rows) == ("nog niet doorgevoerd: er staat nog één overgangsactie open", 3)
    assert words(diemen) == (None, None)


def test_an_action_done_in_the_next_year_was_open_at_the_end_of_this_one_and_keeps_its_digest(diemen):
    author, version, _milestone, _piece = carried_through(diemen)
    row = transition_action(author, version, person_id=author.person_id, agreed_on=REACHED, due_on=REACHED)
    before = claim(diemen, "transition_status")
    later = date(2022, 3, 1)
    actions.finish_transition_action(
        author, action_id=row.pk, expected_version=row.version, on=later, evidence="Besluit", today=later
    )
    assert claim(diemen, "transition_status") == before
    assert status(diemen, 2022) == "doorgevoerd"
    assert words(diemen, 2022) == ("in goede harmonie", "een mijlpaal")


def test_an_action_agreed_in_the_next_year_says_nothing_of_this_one(diemen):
    author, version, _milestone, _piece = carried_through(diemen)
    before = claim(diemen, "transition_status")
    later = date(2022, 2, 1)
    transition_action(author, version, person_id=author.person_id, agreed_on=later, due_on=later)
    assert claim(diemen, "transition_status") == before
    assert status(diemen, 2022).startswith("nog niet doorgevoerd")


def test_a_version_without_actions_rests_on_itself(diemen):
    adopted_version(system_actor(diemen))
    found = claim(diemen, "transition_status")
    assert (found.value, found.rows) == ("doorgevoerd", 1)


def test_an_action_that_lapsed_is_not_open(diemen):
    author = people.actor(diemen, "director")
    version = adopted_version(author)
    row = transition_action(author, version, person_id=author.person_id)
    actions.lapse_transition_action(
        author, action_id=row.pk, expected_version=row.version, on=DONE, reason="Niet nodig", today=DONE
    )
    assert status(diemen) == "doorgevoerd"


def test_advice_that_came_in_the_next_year_was_missing_at_the_end_of_this_one(diemen):
    system = system_actor(diemen)
    version = adopted_version(system)
    actions.advise_version(
        system,
        version_id=version.pk,
        expected_version=version.version,
        advice=Advice.POSITIVE,
        advised_on=date(2022, 1, 5),
        advice_note="",
        today=date(2022, 1, 5),
    )
    assert status(diemen) == "nog niet doorgevoerd: het advies van de ondernemingsraad ontbreekt nog"
    assert status(diemen, 2022) == "doorgevoerd"


def test_evidence_that_nobody_else_checked_supports_no_word(diemen):
    author = people.actor(diemen, "director")
    milestone = reached_milestone(author, adopted_version(author), closed_on=REACHED)
    proved(author, milestone, EVALUATION)
    assert words(diemen) == (None, None)


def test_changed_evidence_supports_no_word_until_it_is_checked_again(diemen):
    author, _version, _milestone, piece = carried_through(diemen)
    told = {name: getattr(piece, name) for name in ("kind", "title", "dated", "place", "meaning")}
    actions.change_evidence(
        author,
        evidence_id=piece.pk,
        expected_version=piece.version,
        today=EVALUATION.dated,
        manner="vlot",
        **told,
    )
    assert words(diemen) == (None, None)


def test_withdrawn_evidence_and_an_open_milestone_support_no_word(diemen, uithoorn):
    author, _version, _milestone, piece = carried_through(diemen)
    actions.withdraw_evidence(author, evidence_id=piece.pk, expected_version=piece.version, today=REACHED)
    assert words(diemen) == (None, None)
    other, _version, milestone, _piece = carried_through(uithoorn)
    actions.reopen_milestone(other, milestone_id=milestone.pk, expected_version=milestone.version)
    assert words(uithoorn) == (None, None)


def test_of_more_pieces_the_newest_that_has_the_word_counts(diemen):
    author, _version, milestone, _piece = carried_through(diemen)
    letter = Proof("Brief", date(2021, 12, 10), "Dossier", manner="zorgvuldig", kind="council_letter")
    proved(author, milestone, letter, checker=people.actor(diemen, "director"))
    assert words(diemen) == ("zorgvuldig", "een mijlpaal")


def test_a_milestone_reached_after_the_year_says_nothing_of_it(diemen):
    author = people.actor(diemen, "director")
    milestone = reached_milestone(author, adopted_version(author), closed_on=date(2022, 1, 3))
    proved(author, milestone, EVALUATION, checker=people.actor(diemen, "director"))
    assert words(diemen) == (None, None)
    assert words(diemen, 2022) == ("in goede harmonie", "een mijlpaal")


def test_the_version_that_should_have_taken_effect_last_is_judged(diemen):
    system = system_actor(diemen)
    adopted_version(system, effective_on=date(2021, 2, 1))
    actions.add_version(system, kind=VersionKind.ORGANISATION, name="Nieuwer", effective_on=date(2021, 11, 1))
    assert status(diemen) == "nog niet vastgesteld"


def test_a_version_to_come_is_judged_only_where_none_should_have_taken_effect(diemen, uithoorn):
    for here in (diemen, uithoorn):
        adopted_version(system_actor(here), effective_on=date(2022, 7, 1))
    adopted_version(system_actor(uithoorn))
    assert status(diemen) == "vastgesteld, maar nog niet ingegaan"
    assert status(uithoorn) == "doorgevoerd"


def test_a_version_that_was_taken_back_and_a_model_of_the_board_are_not_judged(diemen):
    system = system_actor(diemen)
    adopted_version(system, kind=VersionKind.BOARD_MODEL)
    version = adopted_version(system)
    actions.withdraw_version(
        system, version_id=version.pk, expected_version=version.version, reason="Dubbel", today=REACHED
    )
    assert claim(diemen, "transition_status") is None


@pytest.fixture
def partner(diemen):
    """A joint organisation that lets Diemen look."""
    joint = people.organisation("samen-plus", kind=Organisation.Kind.JOINT)
    grant(
        system_actor(joint),
        grantee=diemen,
        label="Tellingen",
        permissions=("structure.view",),
        valid_from=date(2020, 1, 1),
    )
    return joint


def test_the_model_of_the_partners_board_gives_the_moment(diemen, partner):
    adopted_version(
        system_actor(partner),
        kind=VersionKind.BOARD_MODEL,
        effective_on=date(2021, 1, 1),
        decided_on=date(2020, 12, 15),
        advised_on=date(2020, 12, 1),
    )
    found = claim(diemen, "partner_board_model_moment")
    assert (found.value, found.rows, found.partner) == ("begin 2021", 1, "Samen-Plus")


def test_the_newest_model_in_effect_counts_and_one_to_come_does_not(diemen, partner):
    system = system_actor(partner)
    for effective_on in (date(2021, 2, 1), date(2021, 6, 1), date(2022, 1, 1)):
        adopted_version(system, kind=VersionKind.BOARD_MODEL, effective_on=effective_on)
    found = claim(diemen, "partner_board_model_moment")
    assert (found.value, found.rows) == ("medio 2021", 2)


def test_without_an_adopted_model_there_is_no_moment(diemen, partner):
    actions.add_version(
        system_actor(partner), kind=VersionKind.BOARD_MODEL, name="Plan", effective_on=date(2021, 1, 1)
    )
    assert claim(diemen, "partner_board_model_moment") is None


def test_who_opens_the_status_sees_the_actions_as_they_were(diemen):
    author, version, _milestone, _piece = carried_through(diemen, done=1)
    transition_action(author, version, person_id=author.person_id)
    source = next(one for one in facts.CLAIMS if one.key == "structure.transition_status")
    with reading(diemen.pk):
        table = row_table(source, context_for(diemen, YEAR))
    assert sorted(row[:4] for row in table.rows) == [
        ("Actie 0", "01-06-2021", "01-06-2021", "–"),
        ("Mandaatregeling aanpassen", "30-06-2021", "–", "–"),
    ]


def test_who_opens_any_claim_of_the_structure_gets_its_rows(diemen):
    carried_through(diemen)
    with reading(diemen.pk):
        for source in facts.CLAIMS:
            if source.rows is not None:
                row_table(source, context_for(diemen, timezone.localdate().year))
