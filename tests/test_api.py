"""What holds for the API as a whole: the document, every error, pages, conditions, limits, and any input at all."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from jsonschema import Draft202012Validator

from houvast.core.access.actor import system_actor
from houvast.core.access.models import RoleAssignment
from houvast.core.access.permissions import StandardRole
from houvast.core.administration import actions as administration
from houvast.core.administration import factories as people
from houvast.core.api import middleware
from houvast.core.api.building import openapi
from houvast.core.api.version import ROOT, VERSION
from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.scope import reading
from houvast.core.report import api as report_api
from houvast.core.tokens import actions as token_actions
from houvast.core.tokens import factories as tokens
from houvast.core.tokens.models import Token, TokenUse
from houvast.modules.security import factories as security
from houvast.modules.security.models import Breach, Incident
from houvast.modules.structure import factories as structure
from tests.programs import INCIDENT, KEY, faults, operations, program

pytestmark = [pytest.mark.django_db]
SNAPSHOT = Path(__file__).resolve().parents[1] / "docs/openapi.json"
HERE = f"{ROOT}organisations/diemen/"
TODAY = localdate()
OPERATIONS = sorted(operations(), key=lambda one: one.id)


@pytest.fixture(autouse=True)
def _never_too_many():
    """Limits are tested with limits of their own."""
    with override_settings(API_PER_MINUTE=100_000), patch.object(middleware, "REFUSED_A_MINUTE", 100_000):
        yield


@pytest.fixture
def everything(diemen):
    """A person who holds every role, and a program with all that person can give it, free text too."""
    actor = people.actor(diemen, *StandardRole.values, name="Alles", today=TODAY)
    return actor, program(tokens.token(actor, texts=True).secret)


def send(client, method, path, body, **headers):
    """Send JSON."""
    data = body if isinstance(body, str) else json.dumps(body)
    return client.generic(method, HERE + path, data, content_type="application/json", headers=headers)


def report(client, key=KEY, **changes):
    """Report an incident."""
    body = {"kind": "phishing", "personal_data": "no", "description": "Een vreemde mail."} | changes
    return send(client, "POST", "incidents", body, **({"Idempotency-Key": str(key)} if key else {}))


# The document


def test_the_document_is_as_it_was_published(request):
    made = json.dumps(openapi(), indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--write-openapi"):
        SNAPSHOT.write_text(made)
    assert SNAPSHOT.read_text() == made, "programs rely on it: raise the version, then --write-openapi"


def test_the_document_is_openapi_3_1_and_every_reference_in_it_leads_somewhere():
    told = openapi()
    assert told["openapi"].startswith("3.1.")
    assert told["info"]["version"] == VERSION
    assert told["servers"] == [{"url": "/api/v1", "description": "Deze installatie"}]
    for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(told)):
        found = told
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_names_in_addresses_follow_the_design_rules():
    assert len({operation.id for operation in OPERATIONS}) == len(OPERATIONS)
    for operation in OPERATIONS:
        for segment in operation.path.strip("/").split("/"):
            assert re.fullmatch(r"\{[a-z]+\}|[a-z0-9]+(-[a-z0-9]+)*", segment), operation.path
        assert not operation.path.endswith("/")
        for parameter in operation.told["parameters"]:
            if parameter["in"] == "query":
                assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"])
        assert operation.told["summary"]
        assert operation.method in {"GET", "POST", "PUT"}


def test_every_operation_tells_its_errors_and_the_version():
    for operation in OPERATIONS:
        answers = operation.told["responses"]
        assert {"401", "403", "404", "429", "default"} <= set(answers)
        for answer in answers.values():
            told = answer
            if "$ref" in answer:
                told = openapi()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            assert "API-Version" in told["headers"]


def test_everybody_may_read_the_document_from_any_site_and_nothing_else():
    answer = program().get(f"{ROOT}openapi.json", headers={"Origin": "https://example.org"})
    assert answer.status_code == 200
    assert answer.json() == openapi()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in program().get(f"{ROOT}docs/").headers
    assert "Access-Control-Allow-Origin" not in program().get(f"{HERE}chapters").headers


def test_the_page_for_people_tells_every_operation_and_fetches_nothing_elsewhere():
    text = program().get(f"{ROOT}docs/").content.decode()
    for operation in OPERATIONS:
        assert f'id="{operation.id}"' in text
        assert f"{operation.method} {operation.path}" in text
    assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []


def test_the_page_for_people_is_in_the_language_they_chose(client):
    client.post("/taal/", {"language": "en", "next": f"{ROOT}docs/"})
    assert "What programs can ask" in client.get(f"{ROOT}docs/").content.decode()


# Errors


def test_every_kind_of_error_is_a_problem(everything, diemen):
    actor, client = everything
    row = security.incident(security.team(diemen))
    stranger = program("hv_" + "x" * 43)
    less = program(tokens.token(actor, ["terms.calculate"]).secret)
    other = program(
        tokens.token(people.actor(diemen, "ciso", "administrator", name="Ander", today=TODAY)).secret
    )
    report(other)
    address = f"incidents/{row.reference}"
    with patch.object(report_api, "years_with_chapter", side_effect=RuntimeError("geheim van de smid")):
        broken = client.get(f"{HERE}chapters")
    assert "geheim" not in broken.content.decode()
    found = {
        "a parameter": (400, client.get(f"{HERE}breaches?limit=0")),
        "a cursor": (400, client.get(f"{HERE}breaches?after=onzin")),
        "a choice": (400, client.get(f"{HERE}breaches?status=nee")),
        "a year that is no day": (400, client.get(f"{HERE}units?on=0000-00-00")),
        "no JSON": (400, send(client, "POST", "incidents", "{", **{"Idempotency-Key": str(KEY)})),
        "no key": (400, report(client, key=None)),
        "a host": (400, client.get(f"{HERE}chapters", headers={"Host": "example.org"})),
        "no version": (428, send(client, "PUT", address, INCIDENT)),
        "a version that is none": (400, send(client, "PUT", address, INCIDENT, **{"If-Match": "3"})),
        "a token": (401, stranger.get(f"{HERE}chapters")),
        "a right": (403, less.get(f"{HERE}chapters")),
        "a row": (404, client.get(f"{HERE}breaches/DL-1900-001")),
        "a year": (404, client.get(f"{HERE}chapters/1900")),
        "a large year": (404, client.get(f"{HERE}chapters/{'9' * 30}")),
        "a claim": (404, client.get(f"{HERE}chapters/{TODAY.year}/claims/geen")),
        "a resource": (404, client.get(f"{HERE}geen")),
        "a slash": (404, client.get(f"{HERE}breaches/")),
        "an API": (404, client.get("/api/v2/openapi.json")),
        "nothing": (404, client.get("/api/v1/")),
        "a method": (405, client.delete(f"{HERE}breaches")),
        "a method that asks": (405, client.options(f"{HERE}breaches")),
        "a document that is sent": (405, client.post(f"{ROOT}openapi.json")),
        "a stale version": (409, send(client, "PUT", address, INCIDENT, **{"If-Match": '"9"'})),
        "another's key": (409, report(client)),
        "too much": (413, report(client, description="x" * 6_000_000)),
        "a rule": (422, client.get(f"{HERE}terms/awb-9:11/deadline?start=morgen")),
        "a day to come": (422, report(client, key=KEY.hex[:-1] + "2", discovered_at="2090-01-01T00:00:00Z")),
        "a unit": (422, send(client, "PUT", address, INCIDENT | {"unit": "x"}, **{"If-Match": '"1"'})),
        "a fault": (500, broken),
    }
    assert {name: answer.status_code for name, (_code, answer) in found.items()} == {
        name: code for name, (code, _answer) in found.items()
    }
    assert {name: faults(answer) for name, (_code, answer) in found.items() if faults(answer)} == {}
    assert {answer.headers["API-Version"] for _code, answer in found.values()} == {VERSION}
    assert {answer.headers["Cache-Control"] for _code, answer in found.values()} == {"no-store"}
    assert found["a method"][1].headers["Allow"] == "GET"
    assert found["a stale version"][1].json()["version"] == 1


def test_all_that_is_wrong_is_told_at_once(everything):
    _actor, client = everything
    answer = send(client, "POST", "incidents", {"kind": "x", "personal_data": "y", "description": " "})
    assert [(one["in"], one["name"]) for one in answer.json()["errors"]] == [
        ("body", "kind"),
        ("body", "personal_data"),
        ("body", "description"),
        ("header", "Idempotency-Key"),
    ]


def test_a_sentence_is_dutch_unless_the_program_asks_for_english(everything):
    _actor, client = everything
    dutch = client.get(f"{HERE}breaches/x").json()["title"]
    english = client.get(f"{HERE}breaches/x", headers={"Accept-Language": "en"}).json()["title"]
    assert (dutch, english) == ("Dit bestaat hier niet", "This does not exist here")


# Conditions


def test_what_did_not_change_is_not_sent_again(everything):
    _actor, client = everything
    url = f"{HERE}chapters/2021/claims/report.year"
    first = client.get(url)
    if first.status_code == 404:  # nothing is known of that year yet
        security.breach(security.team(_actor.organisation))
        first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["API-Version"] == VERSION
    assert client.get(url, headers={"If-None-Match": '"x"'}).content == first.content


def test_a_chapter_is_the_same_json_as_its_file(everything, client):
    actor, asks = everything
    security.breach(security.team(actor.organisation))
    client.force_login(people.Account.objects.get(pk=actor.account_id))
    file = client.get("/diemen/verantwoording/2021/bestand/json/")
    assert asks.get(f"{HERE}chapters/2021").json() == file.json()


# Pages


@pytest.fixture
def many(everything, diemen):
    """Seven breaches on three days."""
    team = security.team(diemen)
    for place in range(7):
        security.breach(team, at=security.AWARE + timedelta(days=place // 3))
    return everything[1]


def test_pages_hold_every_row_once_in_order(many):
    seen, url = [], f"{HERE}breaches?limit=2"
    while url:
        answer = many.get(url)
        seen += [row["reference"] for row in answer.json()["items"]]
        url = answer.json()["next"]
        assert answer.headers.get("Link") == (f'<{url}>; rel="next"' if url else None)
        url = url and urlsplit(url)._replace(scheme="", netloc="").geturl()
    assert seen == [f"DL-2021-{number:03}" for number in range(7, 0, -1)]


def test_a_row_that_came_meanwhile_shifts_no_page(many, diemen):
    first = many.get(f"{HERE}breaches?limit=3").json()
    security.breach(security.team(diemen), at=security.AWARE + timedelta(days=9))
    second = many.get(first["next"]).json()
    assert [row["reference"] for row in second["items"]] == ["DL-2021-004", "DL-2021-003", "DL-2021-002"]


def test_filters_stay_on_the_next_page(many):
    answer = many.get(f"{HERE}breaches?limit=2&since=2021-03-02&until=2021-03-03").json()
    assert [row["reference"] for row in answer["items"]] == ["DL-2021-006", "DL-2021-005"]
    rest = many.get(answer["next"]).json()
    assert [row["reference"] for row in rest["items"]] == ["DL-2021-004"]
    assert rest["next"] is None


def test_the_hundredth_page_asks_the_database_no_more_than_the_first(many):
    """By place in an index, not by counting rows that are skipped."""
    deep = many.get(f"{HERE}breaches?limit=5").json()["next"]
    asked = {}
    for name, url in (("first", f"{HERE}breaches?limit=1"), ("deep", deep)):
        with CaptureQueriesContext(connection) as found:
            many.get(url)
        asked[name] = [one["sql"] for one in found if 'FROM "security_breach"' in one["sql"]]
    assert len(asked["first"]) == len(asked["deep"]) == 1
    assert "OFFSET" not in asked["deep"][0]
    assert '"registered_on" <= ' in asked["deep"][0]


LISTS = ["incidents", "breaches", "units", "functions", "posts", "appointments", "audit-entries"]


@pytest.mark.parametrize("path", [*LISTS, "organogram", "chapters/2021/claims/security.breaches/rows"])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(path):
    counts = {}
    for number, slug in ((1, "klein"), (3, "groter")):
        here = people.organisation(slug)
        team = security.team(here)
        structure.small(here, *[structure.DAY] * number, directors=number)
        for _place in range(number):
            security.incident(team)
            security.breach(team)
        actor = people.actor(here, *StandardRole.values, today=TODAY)
        client = program(tokens.token(actor, texts=True).secret)
        url = f"{ROOT}organisations/{slug}/{path}"
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts[number] = len([one for one in asked if "SELECT " in one["sql"] and " FROM " in one["sql"]])
    assert counts[1] == counts[3]


# Free text and names


def test_free_text_and_names_are_for_a_token_that_asks_for_them(everything, diemen):
    actor, with_texts = everything
    row = security.incident(security.team(diemen))
    without = program(tokens.token(actor).secret)
    told = with_texts.get(f"{HERE}incidents/{row.reference}").json()
    assert told["texts"]["description"] == row.description
    silent = without.get(f"{HERE}incidents/{row.reference}").json()
    assert silent["texts"] is None
    assert {**told, "texts": None} == silent
    structure.small(diemen, structure.DAY, directors=1)
    for path in ("appointments", "organogram"):
        said = without.get(f"{HERE}{path}").content.decode()
        names = set(re.findall(r'"name": "([^"]+)"', with_texts.get(f"{HERE}appointments").content.decode()))
        assert names
        assert not any(name in said for name in names), path


def test_who_cannot_read_the_text_cannot_replace_it(everything, diemen):
    actor, _client = everything
    row = security.incident(security.team(diemen))
    without = program(tokens.token(actor).secret)
    answer = send(without, "PUT", f"incidents/{row.reference}", INCIDENT, **{"If-Match": '"1"'})
    assert answer.status_code == 403


# Recording


def test_a_report_becomes_an_incident_and_the_trail_says_that_a_program_made_it(everything, diemen):
    actor, client = everything
    answer = report(client)
    assert answer.status_code == 201
    assert answer.json()["collection"] == "incidents"
    with reading(diemen.pk):
        row = Incident.objects.get(reference=answer.json()["reference"])
        entry = AuditEntry.objects.get(subject_uid=row.uid)
    assert (row.kind, row.description, row.reporter_id) == ("phishing", "Een vreemde mail.", actor.person_id)
    assert (entry.action, entry.origin, entry.account_id) == (
        "security.report_incident",
        "programma",
        actor.account_id,
    )
    assert client.get(answer.headers["Location"]).json()["reference"] == row.reference


def test_a_report_about_peoples_data_starts_the_clock_of_a_breach_as_on_screen(everything, diemen):
    _actor, client = everything
    answer = report(client, personal_data="yes", discovered_at="2026-03-02T09:00:00+01:00")
    assert answer.status_code == 201
    assert answer.json()["collection"] == "breaches"
    assert answer.json()["due_at"] == "2026-03-05T08:00:00Z"
    with reading(diemen.pk):
        assert Breach.objects.count() == 1
        assert Incident.objects.count() == 0


def test_a_report_sent_twice_is_made_once_and_answered_alike(everything, diemen):
    _actor, client = everything
    first, second = report(client), report(client)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    with reading(diemen.pk):
        assert Incident.objects.count() == 1


def test_a_guests_program_may_send_again_as_well(diemen, uithoorn):
    guest = people.guest(diemen, "ciso", home=uithoorn, may_write=True, today=TODAY)
    client = program(tokens.token(guest).secret)
    first, second = report(client), report(client)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


def test_a_change_names_the_version_it_was_based_on(everything, diemen):
    _actor, client = everything
    row = security.incident(security.team(diemen))
    address = f"incidents/{row.reference}"
    read = client.get(HERE + address)
    done = send(client, "PUT", address, INCIDENT, **{"If-Match": read.headers["ETag"]})
    assert done.status_code == 200
    assert (done.json()["version"], done.json()["status"]) == (2, "in_handling")
    assert done.headers["ETag"] == '"2"'
    again = send(client, "PUT", address, INCIDENT, **{"If-Match": read.headers["ETag"]})
    assert (again.status_code, again.json()["version"]) == (409, 2)
    assert client.get(HERE + address).json()["version"] == 2


# Tokens at each use


@pytest.fixture
def held(diemen):
    """A token of a controller, with the row of their role."""
    actor = people.actor(diemen, "controller", today=TODAY)
    made = tokens.token(actor)
    with reading(diemen.pk):
        role = RoleAssignment.objects.get(person=actor.person_id)
    return actor, made, role


def test_a_right_that_is_lost_is_lost_for_the_program_too(held, diemen):
    actor, made, role = held
    client = program(made.secret)
    assert client.get(f"{HERE}audit-entries").status_code == 200
    editor = administration.assign_role(
        system_actor(diemen), person=role.person, role="editor", valid_from=people.DAY
    )
    administration.end_role(
        system_actor(diemen), assignment_id=role.pk, expected_version=role.version, valid_until=TODAY
    )
    assert client.get(f"{HERE}audit-entries").status_code == 403
    assert client.get(f"{HERE}chapters").status_code == 200
    administration.end_role(
        system_actor(diemen), assignment_id=editor.pk, expected_version=editor.version, valid_until=TODAY
    )
    assert client.get(f"{HERE}chapters").status_code == 401
    assert actor.person_id


def test_who_left_or_was_blocked_takes_the_program_along(held, diemen):
    actor, made, role = held
    client = program(made.secret)
    account = people.Account.objects.get(pk=actor.account_id)
    account.is_active = False
    account.save()
    assert client.get(f"{HERE}chapters").status_code == 401
    account.is_active = True
    account.save()
    assert client.get(f"{HERE}chapters").status_code == 200
    administration.link_account(
        system_actor(diemen), person_id=actor.person_id, expected_version=role.person.version, account=None
    )
    assert client.get(f"{HERE}chapters").status_code == 401


def test_a_token_stops_after_its_last_day_and_when_it_is_withdrawn(held):
    actor, made, _role = held
    client = program(made.secret)
    with patch("houvast.core.api.access.localdate", return_value=made.token.last_day):
        assert client.get(f"{HERE}chapters").status_code == 200
    with patch("houvast.core.api.access.localdate", return_value=made.token.last_day + timedelta(days=1)):
        assert client.get(f"{HERE}chapters").status_code == 401
    token_actions.withdraw_token(actor, token_id=made.token.pk, expected_version=1, at=made.token.recorded_at)
    assert client.get(f"{HERE}chapters").status_code == 401


def test_a_day_of_use_is_kept_once(held, diemen):
    _actor, made, _role = held
    for _time in range(3):
        program(made.secret).get(f"{HERE}chapters")
    with reading(diemen.pk):
        assert [(use.token_id, use.day) for use in TokenUse.objects.all()] == [(made.token.pk, TODAY)]
        assert Token.objects.get().version == 1


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer hv_", "Basic {}", "{}", "Bearer {} ", "Bearer {}x", "Bearer  {}\x00"]
)
def test_what_is_no_bearer_token_opens_nothing(held, header):
    _actor, made, _role = held
    answer = program().get(f"{HERE}chapters", headers={"Authorization": header.format(made.secret)})
    assert answer.status_code == 401


def test_the_word_bearer_may_be_written_in_any_way(held):
    _actor, made, _role = held
    answer = program().get(f"{HERE}chapters", headers={"Authorization": f"bEARER  {made.secret}"})
    assert answer.status_code == 200


# Limits


def test_a_token_that_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up(held, diemen):
    _actor, made, _role = held
    other = tokens.token(people.actor(diemen, "controller", name="Ander", today=TODAY))
    with override_settings(API_PER_MINUTE=2), patch.object(time, "time", return_value=1_800_000_015.0):
        codes = [program(made.secret).get(f"{HERE}chapters").status_code for _time in range(3)]
        late = program(made.secret).get(f"{HERE}chapters")
        assert codes == [200, 200, 429]
        assert late.headers["Retry-After"] == "45"
        assert faults(late) == []
        assert program(other.secret).get(f"{HERE}chapters").status_code == 200
    with override_settings(API_PER_MINUTE=2), patch.object(time, "time", return_value=1_800_000_061.0):
        assert program(made.secret).get(f"{HERE}chapters").status_code == 200


def test_who_guesses_is_told_to_wait_and_holds_up_nobody_with_a_token(held):
    _actor, made, _role = held
    guess = program("hv_" + "x" * 43)
    with (
        patch.object(middleware, "REFUSED_A_MINUTE", 2),
        patch.object(time, "time", return_value=1_800_000_000.0),
    ):
        codes = [guess.get(f"{HERE}chapters").status_code for _time in range(4)]
        assert codes == [401, 401, 429, 429]
        assert program(made.secret).get(f"{HERE}chapters").status_code == 200


def test_the_log_of_the_server_tells_a_refusal_and_no_token(caplog):
    program("hv_" + "x" * 43).get(f"{HERE}chapters")
    told = [record.getMessage() for record in caplog.records if record.name == "houvast.access"]
    assert told == [f"no valid token for '{HERE}chapters'"]
