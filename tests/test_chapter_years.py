"""The list of years: a year has a chapter from the first row of a register on, before anybody wrote of it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.core.report import actions
from houvast.core.report.queries import years_with_chapter
from houvast.modules.security import factories as security
from houvast.modules.security.actions import dismiss_breach
from houvast.modules.security.models import Breach


def url(name, *args):
    return reverse(f"report:{name}", args=["diemen", *args])


@pytest.fixture
def editor(diemen, client):
    actor = people.actor(diemen, "editor", name="Redacteur")
    client.force_login(Account.objects.get(pk=actor.account_id))
    return actor


@pytest.fixture
def text(editor):
    return actions.write_prose(
        editor,
        year=2021,
        slot="values.use",
        text="Een zin.",
        expected_version=0,
        claims={},
        today=date(2022, 1, 1),
    )


def breaches_of(diemen, *years):
    """A register with one breach of each of these years, and nothing written about any."""
    team = security.team(diemen)
    for year in years:
        security.breach(team, at=datetime(year, 3, 1, 9, tzinfo=UTC))
    return team


def years_listed(client, year):
    page = client.get(url("chapter", year)).content.decode()
    bar = page.partition('class="rp-years"')[2].partition("</ul>")[0]
    return re.findall(r">(\d{4})</a>", bar)


def test_a_year_of_which_a_register_has_rows_is_in_the_list_of_years(client, text, diemen):
    breaches_of(diemen, 2019, 2020)
    assert years_listed(client, 2021) == ["2019", "2020", "2021"]
    assert years_listed(client, 2019) == ["2019", "2020", "2021"]


def test_a_year_of_which_everything_was_dismissed_is_not_in_the_list(client, text, diemen):
    team = breaches_of(diemen, 2019)
    with reading(diemen.pk):
        breach = Breach.objects.get()
    dismiss_breach(
        team.ciso,
        breach_id=breach.pk,
        expected_version=1,
        at=datetime(2019, 3, 2, 9, tzinfo=UTC),
        on=date(2019, 3, 2),
        motive="Geen persoonsgegevens.",
    )
    assert years_listed(client, 2021) == ["2021"]
    assert client.get(url("chapter", 2019)).status_code == 404


def test_rows_of_before_there_were_chapters_give_no_year(client, text, diemen):
    team = breaches_of(diemen, 2019)
    security.incident(team, at=datetime(2003, 3, 1, 9, tzinfo=UTC))
    assert years_listed(client, 2021) == ["2019", "2021"]


def test_a_register_of_before_there_were_chapters_alone_leads_nowhere(diemen):
    security.incident(security.team(diemen), at=datetime(2003, 3, 1, 9, tzinfo=UTC))
    with reading(diemen.pk):
        assert years_with_chapter() == []


def test_without_any_text_the_index_leads_to_the_newest_year_of_the_registers(client, editor, diemen):
    breaches_of(diemen, 2019, 2020)
    assert client.get(url("index")).url == url("chapter", 2020)


@pytest.mark.parametrize("years", [(2020,), (2019, 2020, 2023)])
def test_listing_the_years_takes_five_queries(diemen, years):
    breaches_of(diemen, *years)
    with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
        assert years_with_chapter() == sorted(years, reverse=True)
    assert len([query for query in asked if query["sql"].startswith("SELECT")]) == 5


def test_an_empty_section_invites_who_may_write_it(client, editor, diemen):
    breaches_of(diemen, 2020)
    page = client.get(url("chapter", 2020)).content.decode()
    link = f'<a href="{url("edit", 2020, "complaints.handling")}">'
    assert "Schrijf dit onderdeel" in page.partition(link)[2].partition("</a>")[0]
    parts = f'<a href="{url("edit", 2020, "housing.aspects")}">'
    assert "Schrijf deel 2 van 3 van dit onderdeel" in page.partition(parts)[2].partition("</a>")[0]
    assert client.get(url("edit", 2020, "values.vision")).status_code == 200
