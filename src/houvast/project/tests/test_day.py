"""What somebody finds on the first page: late first then nearest, counted in words, and what one can begin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from houvast.core.access.actor import system_actor
from houvast.core.access.models import Account
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.registry import Task, modules
from houvast.core.report import actions as report
from houvast.modules.security import factories
from houvast.project.day import Day, in_order, starts

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def task(label, due=None):
    return Task(label, "/diemen/", due=due)


def day(*tasks):
    clocks, others = in_order(tasks, NOW)
    return Day(clocks, others, (), (), NOW)


def test_what_is_late_comes_first_then_what_ends_nearest_also_when_days_and_moments_mix():
    found = day(
        task("overmorgen", date(2026, 11, 25)),
        task("over een uur", NOW + HOUR),
        task("vandaag", date(2026, 11, 23)),
        task("te laat", date(2026, 11, 20)),
        task("b"),
        task("a"),
    )
    assert [clock.task.label for clock in found.clocks] == [
        "te laat",
        "over een uur",
        "vandaag",
        "overmorgen",
    ]
    assert [one.label for one in found.tasks] == ["a", "b"]


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "Er wacht niets op u."),
        ([task("a")], "Er wacht één taak op u."),
        ([task("a")] * 13, "Er wachten 13 taken op u."),
        ([task("a", NOW - HOUR)], "Eén termijn is verlopen."),
        (
            [task("a", date(2026, 11, 20)), task("b", NOW + 25 * HOUR)],
            "Eén termijn is verlopen en één loopt morgen af.",
        ),
        (
            [
                task("a", NOW - HOUR),
                task("b", NOW - HOUR),
                task("c", NOW + HOUR),
                task("d", date(2026, 11, 24)),
            ],
            "Twee termijnen zijn verlopen, één loopt vandaag af en één loopt morgen af.",
        ),
        ([task("a", NOW + HOUR)] * 2, "Twee termijnen lopen vandaag af."),
        ([task("a", NOW + 24 * HOUR), task("b")], "Eén termijn loopt morgen af. Daarnaast wacht één taak."),
        (
            [task("a", NOW + 72 * HOUR), task("b", NOW + 96 * HOUR), task("c"), task("d")],
            "Er lopen twee termijnen; de eerste eindigt op donderdag 26 november. Daarnaast wachten twee taken.",
        ),
    ],
)
def test_one_sentence_counts_what_waits(tasks, sentence):
    with override("nl"):
        assert day(*tasks).sentence == sentence


@pytest.mark.parametrize("role", StandardRole.values)
def test_every_role_is_told_three_things_to_begin_and_the_way_to_report_an_incident(diemen, role):
    actor = people.actor(diemen, role, today=date(2021, 6, 1))
    begun = Day((), (), (), starts(actor), NOW)
    assert len(begun.useful) == 3
    assert [start.label for start in begun.buttons] == ["Meld een incident"]


def test_what_one_does_most_stands_first(diemen):
    first = {
        role: Day((), (), (), starts(people.actor(diemen, role, today=date(2021, 6, 1))), NOW).useful[0].label
        for role in ("privacy_officer", "editor", "administrator", "employee")
    }
    assert first == {
        "privacy_officer": "Register van datalekken",
        "editor": "Schrijf aan de paragraaf",
        "administrator": "Mensen en rollen",
        "employee": "Lees de paragraaf Bedrijfsvoering",
    }


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def test_the_day_shows_the_clock_with_its_act_its_reasons_and_its_last_day_once(diemen, client):
    team = factories.team(diemen)
    breach = factories.breach(team)
    page = signed_in(client, team.privacy_officer).get("/diemen/").content.decode()
    assert "Eén termijn is verlopen." in page
    assert f'href="/diemen/beveiliging/datalekken/{breach.pk}/advies/"' in page
    assert "Hoe is dit berekend?" in page
    assert "dagen te laat" in page
    assert page.count("4 maart 2021") <= 2  # in the clock, and in the steps of how it was reckoned


def test_who_holds_no_role_is_told_whom_to_ask(diemen, client):
    page = signed_in(client, people.actor(diemen, today=date(2021, 6, 1))).get("/diemen/").content.decode()
    assert "Er wacht niets op u." in page
    assert "U hebt hier nog geen rol" in page


@pytest.mark.parametrize("path", ["/diemen/", "/diemen/zoeken/?q=dl"])
def test_the_day_and_the_search_ask_as_many_queries_for_three_rows_as_for_one(diemen, client, path):
    team = factories.team(diemen)
    actor = people.actor(diemen, *StandardRole.values)
    signed_in(client, actor)
    counts = []
    for _ in range(2):
        factories.breach(team)
        factories.incident(team)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_first_page_stands_first_in_the_navigation_and_is_current_only_on_itself(diemen, client):
    signed_in(client, people.actor(diemen, "employee"))
    page = client.get("/diemen/")
    assert page.context["shell"].navigation[0].links[0].label == "Mijn dag"
    assert page.context["shell"].navigation[0].links[0].current == "page"
    assert client.get("/diemen/zoeken/").context["shell"].navigation[0].links[0].current == ""


def test_the_navigation_counts_what_waits_behind_each_line_on_the_first_page_alone(diemen, client):
    team = factories.team(diemen)
    factories.breach(team)
    factories.breach(team)

    def waiting(path):
        groups = client.get(path).context["shell"].navigation
        return {link.label: link.waiting for group in groups for link in group.links if link.waiting}

    signed_in(client, team.privacy_officer)
    assert waiting("/diemen/") == {"Beveiliging en datalekken": 2}
    assert '2<span class="hv-hidden"> taken' in client.get("/diemen/").content.decode()
    assert waiting("/diemen/beveiliging/") == {}


def test_a_day_has_a_few_figures_of_each_module(diemen):
    actor = people.actor(diemen, *StandardRole.values, today=date(2021, 6, 1))
    with reading(diemen.pk):
        numbers = {module.key: len(module.figures(actor)) for module in modules()}
    assert max(numbers.values()) <= 3


def test_a_joined_page_of_the_day_shows_the_next_date_and_the_way_to_the_calendar(diemen, client):
    page = signed_in(client, people.actor(diemen, "employee")).get("/diemen/")
    assert 'href="/diemen/agenda/"' in page.content.decode()
    assert "Binnenkort" in page.content.decode()


# Search


def labels(client, query):
    groups = client.get("/diemen/zoeken/", {"q": query}).context["groups"]
    return {group.kind: [str(hit.label) for hit in group.hits] for group in groups}


def test_pages_are_found_by_name_as_far_as_one_may_open_them(diemen, client):
    team = factories.team(diemen)
    assert labels(signed_in(client, team.ciso), "datalek") == {
        "Pagina": ["Beveiliging en datalekken", "Register van datalekken"]
    }
    assert labels(signed_in(client, team.employee), "datalek") == {"Pagina": ["Beveiliging en datalekken"]}


def test_search_tells_when_it_shows_the_first_ten_only(diemen, client):
    team = factories.team(diemen)
    for _ in range(11):
        factories.breach(team, description="Een lijst met inkomens.")
    page = signed_in(client, team.ciso).get("/diemen/zoeken/", {"q": "inkomens"}).content.decode()
    assert "de eerste 10 van 11; verfijn uw zoekopdracht" in page
    assert "11 resultaten" in page


def test_search_shows_one_kind_when_asked_and_an_exact_number_before_all_else(diemen, client):
    team = factories.team(diemen)
    factories.breach(team, description="Zie VI-2021-001.")
    factories.incident(team)
    signed_in(client, team.ciso)
    assert next(iter(labels(client, "vi-2021-001"))) == "Incident"
    only = client.get("/diemen/zoeken/", {"q": "vi-2021-001", "soort": "Datalek"}).context["groups"]
    assert [group.kind for group in only] == ["Datalek"]


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "😀😀", "%%", "\x00\x00", "' OR 1=1 --", "[[security.breaches]]"]
)
def test_whatever_is_typed_is_answered(diemen, client, query):
    team = factories.team(diemen)
    answer = signed_in(client, team.ciso).get("/diemen/zoeken/", {"q": query})
    assert answer.status_code == 200


def test_a_search_marks_the_words_in_the_text_of_the_chapter(diemen, client):
    team = factories.team(diemen)
    factories.breach(team)
    author = people.actor(diemen, "editor")
    report.write_prose(
        author,
        year=2021,
        slot="team_plans.purpose",
        text="Wij maken een jaarplan.",
        expected_version=0,
        claims={},
        today=date(2022, 1, 1),
    )
    page = signed_in(client, team.employee).get("/diemen/zoeken/", {"q": "jaarplannen"}).content.decode()
    assert "Wij maken een <mark>jaarplan</mark>." in page


# Choosing an organisation


def test_who_works_for_several_sees_what_waits_in_each(diemen, uithoorn, client):
    team = factories.team(diemen)
    factories.breach(team)
    account = Account.objects.get(pk=team.privacy_officer.account_id)
    somebody = people.person(uithoorn, signs_in=False)
    administration.link_account(
        system_actor(uithoorn), person_id=somebody.pk, expected_version=1, account=account
    )
    page = signed_in(client, team.privacy_officer).get("/").content.decode()
    assert page.index("Er wacht 1 taak op u.") < page.index("Er wacht niets op u.")
    assert "dagen te laat" in page
