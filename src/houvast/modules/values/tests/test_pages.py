"""The pages of the vision and the values, as people use them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from houvast.core.access.models import Account
from houvast.core.administration import factories as people
from houvast.core.orgs.scope import reading
from houvast.modules.values import actions, factories
from houvast.modules.values.models import Behaviour, CoreValue, Coverage, Instrument, ValueSet, VisionPart

DAY = date(2021, 1, 1)


@pytest.fixture
def director(diemen, client):
    actor = people.actor(diemen, "director", name="Directielid")
    client.force_login(Account.objects.get(pk=actor.account_id))
    return actor


def url(name, *args):
    return reverse(f"values:{name}", args=["diemen", *args])


def only(organisation, model, **of):
    with reading(organisation.pk):
        return model.objects.filter(**of).order_by("-pk").first()


def test_the_whole_way_from_nothing_to_a_guide_and_a_count(client, diemen, director):
    assert "Op dit moment" not in client.get(url("index")).text
    assert "geldt geen set kernwaarden" in client.get(url("index")).text
    client.post(url("add_set"), {"origin": "Op weg", "valid_from": "2021-01-01", "precision": "year"})
    made = only(diemen, ValueSet)
    for name in ("Met lef", "Leergierig"):
        answer = client.post(url("add_value", made.pk), {"name": name, "valid_from": "2021-01-01"})
        assert answer.status_code == 302
    client.post(
        url("add_part", made.pk), {"kind": "slogan", "text": "Samen verder.", "valid_from": "2021-01-01"}
    )
    value = only(diemen, CoreValue, name="Met lef")
    client.post(url("add_behaviour", value.pk), {"text": "Zegt wat anderen denken.", "shows": "ja"})
    client.post(
        url("add_instrument"),
        {"kind": "interview", "name": "de sollicitatiegesprekken", "valid_from": "2021-01-01"},
    )
    one = only(diemen, Instrument)
    answer = client.post(
        url("write_guide", one.pk),
        {"valid_from": "2021-01-01", "question_1": "Wanneer sprak u iemand tegen?", "value_1": value.pk},
    )
    assert answer.status_code == 302
    client.post(url("count", one.pk), {"year": "2021", "total": "6", "covered": "5"})
    page = client.get(url("index") + "?dag=2021-12-31").text
    for told in ("‘Samen verder.’", "gelden 2 kernwaarden", "Zegt wat anderen denken.", "5 van de 6"):
        assert told in page
    page = client.get(url("instrument", one.pk)).text
    assert "Wanneer sprak u iemand tegen?" in page
    assert "Overige onderdelen" in page


def test_a_refusal_stands_beside_its_field(client, director):
    factories.value_set(director)
    answer = client.post(url("add_set"), {"origin": "Ook", "valid_from": "2022-01-01", "precision": "day"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["valid_from"] == [
        "In deze periode geldt al een andere set kernwaarden. Beëindig die eerst, of kies een latere dag."
    ]


def test_a_question_without_a_value_and_a_value_without_a_question_are_told(client, diemen, director):
    made = factories.value_set(director)
    value = factories.values_of(director, made)[0]
    one = factories.instrument(director)
    given = {"valid_from": "2021-01-01", "question_1": "Wat?", "value_2": value.pk}
    answer = client.post(url("write_guide", one.pk), given)
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["question_2", "value_1"]
    assert client.post(url("write_guide", one.pk), {"valid_from": "2021-01-01"}).status_code == 422


def test_somebody_else_changed_the_set_first(client, diemen, director):
    made = factories.value_set(director)
    page = client.get(url("change_set", made.pk))
    seen = {
        field.html_name: field.value() or "" for field in page.context["form"] if field.name != "review_on"
    }
    actions.change_set(
        director,
        set_id=made.pk,
        expected_version=1,
        origin="Van een ander",
        precision="year",
        today=date(2022, 1, 1),
    )
    answer = client.post(url("change_set", made.pk), {**seen, "origin": "Van mij"})
    assert answer.status_code == 409
    assert "Van een ander" in answer.text
    assert only(diemen, ValueSet).origin == "Van een ander"


@pytest.mark.parametrize(
    ("name", "model", "data"),
    [
        ("end_set", ValueSet, {"on": "2022-01-01"}),
        ("end_value", CoreValue, {"on": "2022-01-01"}),
        ("withdraw_value", CoreValue, {}),
        ("change_value", CoreValue, {"meaning": "Anders.", "place": "2"}),
        ("withdraw_behaviour", Behaviour, {}),
        ("end_part", VisionPart, {"on": "2022-01-01"}),
        ("end_instrument", Instrument, {"on": "2022-01-01"}),
    ],
)
def test_what_is_there_is_changed_ended_or_withdrawn(client, diemen, director, name, model, data):
    made = factories.value_set(director)
    factories.vision(director, made, "Samen verder.")
    value = factories.values_of(director, made)[0]
    actions.add_behaviour(director, value_id=value.pk, text="Vraagt door.", shows=True)
    factories.instrument(director)
    row = only(diemen, model)
    page = client.get(url(name, row.pk))
    assert page.status_code == 200
    answer = client.post(url(name, row.pk), {"expected_version": "1", **data})
    assert answer.status_code == 302
    assert only(diemen, model).version == 2


def test_a_step_is_told_on_the_page_of_the_set(client, diemen, director):
    made = factories.value_set(director)
    given = {"kind": "vision", "title": "Toekomstvisie", "held_on": "2019-05-01", "reference": "Raad 2019-4"}
    client.post(url("add_step", made.pk), given)
    page = client.get(url("set", made.pk)).text
    assert "Toekomstvisie" in page
    assert "Raad 2019-4" in page


def test_a_set_that_is_due_says_so(client, director):
    factories.value_set(director, review_on=date(2021, 6, 1))
    assert "Bekijk of deze kernwaarden nog passen" in client.get(url("index")).text
    assert "Bekijk of deze" not in client.get(url("index") + "?dag=2021-05-31").text
    assert client.get(url("index") + "?dag=geen-dag").status_code == 200


def test_who_only_reads_sees_no_buttons(client, diemen):
    director = people.actor(diemen, "director", name="Directielid")
    made = factories.load(director)
    employee = people.actor(diemen, "employee", name="Medewerker")
    client.force_login(Account.objects.get(pk=employee.account_id))
    page = client.get(url("set", made.pk)).text
    assert url("add_value", made.pk) not in page
    assert client.get(url("add_value", made.pk)).status_code == 403
    one = only(diemen, Instrument)
    assert client.get(url("count", one.pk)).status_code == 403


def test_a_count_about_so_few_is_refused_where_it_is_typed(client, diemen, director, teams):
    team = teams[0].pk
    one = factories.instrument(director)
    answer = client.post(
        url("count", one.pk), {"year": "2021", "unit_id": team, "total": "4", "covered": "4"}
    )
    assert answer.status_code == 422
    assert "herleidbaar" in answer.text
    assert only(diemen, Coverage) is None
    client.post(url("count", one.pk), {"year": "2021", "unit_id": team, "total": "5", "covered": "4"})
    assert "Wonen" in client.get(url("instrument", one.pk)).text


@pytest.mark.parametrize("page", ["index", "set", "instrument"])
def test_a_page_takes_as_many_queries_for_three_values_as_for_one(client, diemen, director, page):
    def asked(*args):
        address = url(page, *args) + "?dag=2021-12-31"
        client.get(address)
        with CaptureQueriesContext(connection) as queried:
            assert client.get(address).status_code == 200
        return len(queried)

    made = factories.load(director)
    args = {"index": (), "set": (made.pk,), "instrument": (only(diemen, Instrument).pk,)}[page]
    few = asked(*args)
    for name in ("Een", "Twee"):
        value = actions.add_value(director, set_id=made.pk, name=name, valid_from=DAY)
        actions.add_behaviour(director, value_id=value.pk, text="Doet iets.", shows=True)
        factories.instrument(director, f"het gesprek {name}")
    assert asked(*args) == few
