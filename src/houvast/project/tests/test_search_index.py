"""Records are found by who may open them, from the moment that the action is done until they are gone."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houvast.core.access.actor import system_actor
from houvast.core.administration import factories as people
from houvast.core.audit.actions import ACTIONS, action, record
from houvast.core.orgs.models import Unit
from houvast.core.orgs.scope import reading, writing
from houvast.core.people.models import Person
from houvast.core.search.index import forget, rebuild
from houvast.core.search.models import SearchEntry, SearchTerm
from houvast.core.search.queries import records
from houvast.core.search.rules import Query
from houvast.modules.security import actions, factories
from houvast.modules.security.factories import AWARE
from houvast.modules.security.models import Breach, Incident
from houvast.modules.security.queries import incident_facts
from houvast.modules.structure import factories as structure


@pytest.fixture
def team(diemen):
    return factories.team(diemen)


def found(actor, typed):
    with reading(actor.organisation.pk):
        return [str(hit.label) for hit in records(actor, Query(typed))]


def written(here):
    """Every entry with its words, as the database holds them."""
    with reading(here.pk):
        names = dict(SearchEntry.objects.values_list("pk", "subject_uid"))
        rows = SearchTerm.objects.values_list("entry_id", "term", "weight")
        return sorted((str(names[entry]), bytes(term).decode(), weight) for entry, term, weight in rows)


def test_what_an_action_wrote_is_found_at_once_and_what_it_changed_no_longer_by_its_old_words(team):
    incident = factories.incident(team, description="Een tas bleef liggen.")
    assert found(team.ciso, "tassen") == ["VI-2021-001 · Iets kwijt of gestolen"]
    facts = incident_facts(incident)
    changed = type(facts)(**{**vars(facts), "description": "Een laptop bleef liggen."})
    actions.change_incident(
        team.ciso, incident_id=incident.pk, expected_version=incident.version, at=AWARE, facts=changed
    )
    assert found(team.ciso, "tas") == []
    assert found(team.ciso, "laptops") == ["VI-2021-001 · Iets kwijt of gestolen"]


def test_an_incident_is_found_by_who_may_open_it_and_by_nobody_else(team, diemen, uithoorn):
    factories.incident(team, description="Een geheimzinnige tas.")
    elsewhere = people.actor(uithoorn, "ciso")
    assert found(team.director, "geheimzinnige") != []
    assert found(team.employee, "geheimzinnige") == []
    assert found(people.actor(diemen), "geheimzinnige") == []
    assert found(elsewhere, "geheimzinnige") == []


def test_who_sees_the_register_of_some_units_finds_those_of_them_alone(diemen, team):
    structure.small(diemen, structure.DAY)
    with reading(diemen.pk):
        unit = Unit.objects.order_by("pk").first()
    incident = factories.incident(team, description="Een zeldzame tas.")
    facts = incident_facts(incident)
    actions.change_incident(
        team.ciso,
        incident_id=incident.pk,
        expected_version=incident.version,
        at=AWARE,
        facts=facts,
        unit=unit,
    )
    factories.incident(team, description="Een zeldzame koffer.")
    of_unit = people.actor(diemen, "ciso", unit=unit)
    assert len(found(team.ciso, "zeldzame")) == 2
    assert len(found(of_unit, "zeldzame")) == 1
    assert found(of_unit, "koffer") == []


def test_a_number_stands_before_a_name_and_a_name_before_the_rest(team):
    factories.incident(team, description="Zie VI-2021-002.")
    factories.incident(team, description="Een brief.")
    assert found(team.ciso, "vi 2021 002") == [
        "VI-2021-002 · Iets kwijt of gestolen",
        "VI-2021-001 · Iets kwijt of gestolen",
    ]


def test_a_hit_shows_the_sentence_in_which_the_word_stands(team):
    factories.breach(team, description="Niets aan de hand. Een lijst met inkomens lag op straat.")
    with reading(team.ciso.organisation.pk):
        (hit,) = records(team.ciso, Query("inkomen"))
    assert hit.snippet == (
        ("Een lijst met ", False),
        ("inkomens", True),
        (" lag op straat.", False),
    )


def test_what_is_removed_is_found_no_more_and_forgetting_leaves_no_word_behind(diemen, team):
    @action("test.remove_person", permission=None)
    def remove(actor, *, person):
        person.delete()
        record(person, removed=True)

    try:
        one = people.person(diemen, "Wethouder Financiën", signs_in=False)
        assert found(team.employee, "financien") == ["Wethouder Financiën"]
        with reading(diemen.pk):
            one = Person.objects.get(pk=one.pk)
        remove(system_actor(diemen), person=one)
        assert found(team.employee, "financien") == []
    finally:
        del ACTIONS["test.remove_person"]
    breach = factories.breach(team)
    with writing(diemen.pk):
        forget("security.breach", [breach.uid])
    uids = {uid for uid, _term, _weight in written(diemen)}
    assert str(breach.uid) not in uids


def test_an_action_that_fails_leaves_the_words_as_they_were(team, diemen):
    incident = factories.incident(team, description="Een tas bleef liggen.")
    before = written(diemen)
    facts = incident_facts(incident)
    with pytest.raises(Exception, match="Iemand anders"):
        actions.change_incident(
            team.ciso, incident_id=incident.pk, expected_version=99, at=AWARE, facts=facts
        )
    assert written(diemen) == before


def test_making_the_index_anew_gives_the_same_words_and_mends_what_is_missing(team, diemen, uithoorn):
    factories.incident(team)
    factories.breach(team)
    before = written(diemen)
    told = []
    with reading(diemen.pk):
        number = SearchEntry.objects.count()
    assert rebuild(diemen, told.append) == number
    assert told[-1] == number
    assert written(diemen) == before
    with writing(diemen.pk):
        SearchTerm.across_organisations.filter(organisation_id=diemen.pk).delete()
        SearchEntry.across_organisations.filter(organisation_id=diemen.pk, table="security.breach").delete()
        entry = SearchEntry(table="security.breach", subject_uid=diemen.uid)
        entry._claim_scope()
        entry.save()
        entry = SearchEntry.objects.get(table="security.incident")
        entry.reference = "anders"
        entry.save()
    rebuild(diemen, told.append)
    assert written(diemen) == before
    with reading(diemen.pk):
        uid = Incident.objects.get().uid
    with reading(uithoorn.pk):
        assert not SearchEntry.objects.filter(subject_uid=uid).exists()


def test_the_command_tells_how_many_records_can_be_found(team, diemen, capsys):
    factories.incident(team)
    call_command("index", organisation="diemen")
    with reading(diemen.pk):
        number = SearchEntry.objects.count()
    assert capsys.readouterr().out == f"diemen: {number} vindbare stukken\n"
    call_command("index")
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("index", organisation="nergens")


def test_a_search_asks_as_many_queries_for_three_records_as_for_one(team, diemen):
    counts = []
    for _ in range(2):
        factories.breach(team, description="Een tas.")
        factories.incident(team, description="Een tas.")
        with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
            assert len(records(team.ciso, Query("tas"))) == 2 * (len(counts) + 1)
        counts.append(len(asked))
    # How rare the word is, in which tables, and two for each of those.
    assert counts == [6, 6]


def test_nothing_typed_finds_nothing_without_a_query(team, diemen):
    with reading(diemen.pk), CaptureQueriesContext(connection) as asked:
        assert records(team.ciso, Query("?!")) == ()
    assert len(asked) == 0


def test_of_more_than_are_counted_the_newest_stand_first(team, diemen, monkeypatch):
    monkeypatch.setattr("houvast.core.search.queries.COUNTED", 1)
    for _ in range(3):
        factories.breach(team, description="Een tas.")
    with reading(diemen.pk):
        labels = [hit.label.partition(" ")[0] for hit in records(team.ciso, Query("tas"))]
    assert labels == ["DL-2021-003", "DL-2021-002", "DL-2021-001"]


def test_no_word_of_a_register_stands_in_the_index_of_another_organisation(team, diemen, uithoorn):
    factories.breach(team)
    with reading(uithoorn.pk):
        assert set(SearchEntry.objects.values_list("table", flat=True)) <= {
            "orgs.unitperiod",
            "people.person",
        }
    with reading(diemen.pk):
        assert SearchEntry.objects.filter(subject_uid=Breach.objects.get().uid).count() == 1


def test_the_words_of_an_entry_read_as_words(team, diemen):
    factories.breach(team)
    with reading(diemen.pk):
        entry = SearchEntry.objects.get(table="security.breach")
        assert str(entry) == f"security.breach {entry.subject_uid}"
        assert "dl" in {str(term) for term in SearchTerm.objects.filter(entry=entry)}
