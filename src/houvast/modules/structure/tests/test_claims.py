"""What the structure tells the chapter, at several days, with the rows that prove it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.administration.actions import grant
from houvast.core.administration.factories import organisation
from houvast.core.orgs.marks import example_data
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.rules import FunctionKind, UnitKind
from houvast.core.orgs.scope import reading
from houvast.core.report.claims import ReportContext
from houvast.core.report.prose import parse, render, to_text
from houvast.modules.structure import actions, facts
from houvast.modules.structure.factories import DAY, adopted_version, load_structure, small, structure_of
from houvast.modules.structure.rules.rows import (
    AppointmentRow,
    FunctionRow,
    PersonRow,
    PostRow,
    Structure,
    UnitRow,
)
from houvast.modules.structure.rules.versions import VersionKind
from houvast.modules.structure.tests.test_transition_claims import carried_through

APRIL, JUNE, OCTOBER = date(2021, 4, 12), date(2021, 6, 1), date(2021, 10, 1)
FOURTEEN = [APRIL] * 10 + [JUNE] * 3 + [OCTOBER]


def context(here, day=date(2021, 12, 31)):
    return ReportContext(
        organisation=here.slug,
        name=here.name,
        full_name=here.full_name,
        year=day.year,
        as_of=day,
        uid=here.uid,
    )


def claims(here, day=date(2021, 12, 31)):
    with reading(here.pk):
        found = (source.claim(context(here, day)) for source in facts.CLAIMS)
        return {claim.key.removeprefix("structure."): claim for claim in found if claim is not None}


def values(here, day=date(2021, 12, 31)):
    return {key: claim.value for key, claim in claims(here, day).items()}


def text(here, day=date(2021, 12, 31)):
    from houvast.core.report.queries import own_claims

    with reading(here.pk):
        known = {claim.key: claim for claim in own_claims(context(here, day))}
    known |= {claim.key: claim for claim in claims(here, day).values()}
    return to_text(render(parse(facts.SLOTS[0].text), known))


def test_the_claims_of_a_year_in_which_every_team_got_its_leader(diemen):
    small(diemen, *FOURTEEN, directors=4)
    assert values(diemen) == {
        "directors": 4,
        "director_vacancies": 0,
        "teams": 14,
        "teams_with_leader": {"n": 14, "m": 14},
        "teams_without_leader": 0,
        "leader_function": "teamleider",
        "leader_function_since": "2021-02-01",
        "first_leader_month": ["2021-04-01", "2021-05-01"],
        "leaders_appointed_first_month": {"n": 10, "m": 14},
        "all_teams_led_since": "2021-10-01",
    }


def test_the_prose_of_that_year(diemen):
    small(diemen, *FOURTEEN, directors=4)
    assert text(diemen) == (
        "De organisatie wordt geleid door een directieteam van vier directieleden. "
        "Nieuw is de functie van teamleider. "
        "In april 2021 werden de meeste teamleiders benoemd. "
        "Vanaf oktober 2021 hebben alle teams een teamleider."
    )


@pytest.mark.parametrize(
    ("day", "led", "word"),
    [
        (date(2021, 2, 1), 0, "geen"),
        (date(2021, 4, 12), 10, "de meeste"),
        (date(2021, 9, 30), 13, "13 van de 14"),
        (date(2021, 10, 1), 14, "alle"),
    ],
)
def test_the_quantifier_follows_the_day(diemen, day, led, word):
    small(diemen, *FOURTEEN)
    claim = claims(diemen, day)["teams_with_leader"]
    assert (claim.value, claim.text) == ({"n": led, "m": 14}, word)


def test_before_the_structure_there_is_nothing_to_state(diemen):
    small(diemen, *FOURTEEN)
    assert values(diemen, date(2021, 1, 31)) == {
        "directors": 0,
        "director_vacancies": 0,
        "teams": 0,
        "teams_without_leader": 0,
    }


def test_a_leader_who_leaves_turns_all_into_13_of_the_14(diemen):
    loaded = small(diemen, *FOURTEEN)
    with reading(diemen.pk):
        held = loaded.posts["leader-3"].appointments.get()
    actions.end_appointment(
        system_actor(diemen), appointment_id=held.pk, expected_version=1, on=date(2021, 12, 1)
    )
    after = claims(diemen)
    assert after["teams_with_leader"].text == "13 van de 14"
    assert after["teams_without_leader"].items == ("Team 03",)
    assert "all_teams_led_since" not in after
    assert text(diemen).endswith("Eind 2021 hadden 13 van de 14 teams een teamleider.")
    assert claims(diemen, date(2021, 11, 30))["all_teams_led_since"].value == "2021-10-01"


def test_an_acting_leader_is_no_team_leader(diemen):
    loaded = small(diemen, APRIL, None)
    person = loaded.persons["leader-1"]
    post = loaded.posts["leader-2"]
    actions.appoint(system_actor(diemen), post_id=post.pk, person_id=person.pk, valid_from=JUNE, acting=True)
    assert claims(diemen)["teams_with_leader"].value == {"n": 1, "m": 2}


def test_half_of_the_teams_reads_as_good_dutch(diemen):
    small(diemen, APRIL, None)
    assert text(diemen).endswith("Eind 2021 hadden de helft van de teams een teamleider.")


def test_a_director_who_leaves_leaves_a_vacancy(diemen):
    loaded = small(diemen, APRIL, directors=4)
    with reading(diemen.pk):
        held = loaded.posts["director-2"].appointments.get()
    actions.end_appointment(
        system_actor(diemen), appointment_id=held.pk, expected_version=1, on=date(2021, 12, 1)
    )
    after = claims(diemen)
    assert (after["directors"].value, after["director_vacancies"].value) == (3, 1)
    assert after["directors"].items == ("Directielid 1", "Directielid 3", "Directielid 4")
    assert after["director_vacancies"].items == ("directielid",)
    assert text(diemen).startswith(
        "De organisatie wordt geleid door een directieteam van drie directieleden en één vacature."
    )


def test_the_next_year_no_longer_calls_the_function_new(diemen):
    small(diemen, *FOURTEEN)
    after = values(diemen, date(2022, 12, 31))
    assert {"leader_function", "first_leader_month", "leaders_appointed_first_month"}.isdisjoint(after)
    assert after["leader_function_since"] == "2021-02-01"
    assert after["all_teams_led_since"] == "2021-10-01"


def test_a_digest_changes_with_its_rows_and_only_then(diemen):
    loaded = small(diemen, *FOURTEEN)
    before = claims(diemen)
    assert claims(diemen) == before
    with reading(diemen.pk):
        held = loaded.posts["leader-3"].appointments.get()
    actions.end_appointment(
        system_actor(diemen), appointment_id=held.pk, expected_version=1, on=date(2022, 5, 1)
    )
    after = claims(diemen)
    unchanged = {key for key in before if key != "all_teams_led_since"}
    assert {key for key in unchanged if after[key].digest != before[key].digest} == set()
    assert after["teams_with_leader"].rows == 14


def test_example_rows_are_counted(diemen):
    with example_data():
        small(diemen, APRIL, JUNE)
    assert claims(diemen)["teams"].example_rows == 2
    assert claims(diemen)["directors"].example_rows == 2


def board_of_three():
    since = date(2021, 1, 1)
    posts = {
        "a-general": ("Algemeen directeur", "one"),
        "b-operations": ("Directeur Bedrijfsvoering", "one"),
        "c-neighbourhood": ("Directeur Buurt en Burger", "two"),
        "d-controller": ("Concerncontroller", "three"),
    }
    return Structure(
        units=(UnitRow(code="board", name="Directie", kind=UnitKind.BOARD, valid_from=since),),
        functions=tuple(
            FunctionRow(code=code, name=name, kind=FunctionKind.DIRECTOR, valid_from=since)
            for code, (name, _person) in posts.items()
        ),
        posts=tuple(PostRow(code=code, function=code, unit="board", valid_from=since) for code in posts),
        persons=tuple(PersonRow(key=key, name=key.title()) for key in ("one", "two", "three")),
        appointments=tuple(
            AppointmentRow(post=code, person=person, valid_from=since)
            for code, (_name, person) in posts.items()
        ),
    )


@pytest.fixture
def partner(db):
    joint = organisation("samen-plus", kind=Organisation.Kind.JOINT)
    load_structure(system_actor(joint), board_of_three())
    return joint


def let_look(partner, diemen, valid_from=date(2021, 1, 1)):
    grant(
        system_actor(partner),
        grantee=diemen,
        label="Verantwoording",
        permissions=["structure.view"],
        valid_from=valid_from,
    )


def test_the_partners_board_is_three_persons_in_four_posts(diemen, partner):
    let_look(partner, diemen)
    found = claims(diemen)
    persons, posts = found["partner_board_persons"], found["partner_board_posts"]
    assert (persons.value, persons.rows, persons.partner) == (3, 4, "Samen-Plus")
    assert persons.items == ("One", "Three", "Two")
    assert (posts.value, posts.rows) == (4, 4)
    assert posts.items == (
        "algemeen directeur",
        "concerncontroller",
        "directeur Bedrijfsvoering",
        "directeur Buurt en Burger",
    )


def test_without_a_grant_nothing_is_told_of_a_partner(diemen, partner):
    assert {"partner_board_persons", "partner_board_posts"}.isdisjoint(claims(diemen))


def test_a_grant_that_starts_later_does_not_reach_back(diemen, partner):
    let_look(partner, diemen, valid_from=date(2022, 1, 1))
    assert "partner_board_posts" not in claims(diemen)


def test_of_two_partners_the_text_cannot_say_which(diemen, partner):
    other = organisation("anders-plus", kind=Organisation.Kind.JOINT)
    load_structure(system_actor(other), board_of_three())
    let_look(partner, diemen)
    let_look(other, diemen)
    assert "partner_board_posts" not in claims(diemen)


def test_all_claims_take_few_queries_however_many_teams_there_are(diemen, uithoorn, partner):
    small(diemen, APRIL)
    small(uithoorn, *FOURTEEN)
    let_look(partner, diemen)
    let_look(partner, uithoorn)
    adopted_version(system_actor(partner), kind=VersionKind.BOARD_MODEL, name="Directiemodel")
    for here in (diemen, uithoorn):
        carried_through(here)
    counted = []
    for here in (diemen, uithoorn):
        with (
            reading(here.pk),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            for source in facts.CLAIMS:
                assert source.claim(context(here)) is not None
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 2 * len(facts.CLAIMS)


def test_the_rows_of_a_claim_can_be_shown(diemen):
    small(diemen, APRIL, None)
    with reading(diemen.pk):
        for source in facts.CLAIMS:
            if source.rows is not None:
                list(source.rows(context(diemen)).values_list(*(path for _label, path in source.columns)))
    with reading(diemen.pk):
        team = facts.TEAMS_WITH_LEADER
        shown = list(team.rows(context(diemen)).values_list(*(path for _label, path in team.columns)))
    assert sorted(shown) == [("Team 01", "Teamleider 01", APRIL), ("Team 02", None, None)]


def test_the_same_rows_have_the_same_digest_on_every_database(diemen):
    from houvast.core.orgs.marks import seeded_uids

    with seeded_uids("digest"):
        load_structure(system_actor(diemen), structure_of([APRIL, None], since=DAY))
    with reading(diemen.pk):
        fixed = context(diemen)
        first = facts.TEAMS_WITH_LEADER.claim(fixed)
        assert len(first.digest) == 64
        assert first.digest == facts.TEAMS_WITH_LEADER.claim(fixed).digest
