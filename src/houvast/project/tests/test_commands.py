"""`verify` names every broken row and says so by its exit code; example data only goes into an empty demo."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from houvast.core.administration import factories
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import tell_database


def run(name, **options):
    """What the command prints, and its exit code."""
    out = io.StringIO()
    try:
        call_command(name, stdout=out, **options)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


@pytest.fixture
def altered(diemen):
    """A person whose name somebody changed in the database itself."""
    person = factories.person(diemen)
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(diemen.pk)
        cursor.execute("UPDATE people_person SET name = 'Iemand anders' WHERE id = %s", [person.pk])
    return person


def test_verify_is_content_with_rows_as_they_were_recorded(diemen):
    assert run("verify") == ("Alles klopt: elke rij is zoals zij is vastgelegd.\n", 0)


def test_verify_names_table_uid_and_last_good_entry(altered):
    printed, code = run("verify")
    assert code == 1
    assert printed.startswith(f"diemen: people.person {altered.uid}: rij gewijzigd buiten de toepassing om")
    assert "(laatste goede regel: " in printed


def test_verify_tells_a_machine_the_same(altered):
    printed, code = run("verify", json=True)
    assert code == 1
    assert [(row["table"], row["uid"]) for row in json.loads(printed)] == [
        ("people.person", str(altered.uid))
    ]


def test_example_data_is_for_the_demo_alone(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="in the demo alone") as refused:
        call_command("load_demo")
    assert refused.value.returncode == 2


def test_example_data_never_mixes_with_real_rows(diemen, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="not empty") as refused:
        call_command("load_demo")
    assert refused.value.returncode == 2


NEW = {"admin_email": "Beheer@example.org", "admin_name": "Beheerder"}


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("HOUVAST_ADMIN_PASSWORD", "een lange zin als wachtwoord")


def test_a_real_installation_begins_with_an_organisation_and_its_administrator(db, password, client):
    call_command("add_organisation", "ergens", "Ergens", stdout=io.StringIO(), **NEW)
    assert client.login(email="beheer@example.org", password="een lange zin als wachtwoord")
    assert client.get("/ergens/beheer/mensen/").status_code == 200


@pytest.mark.parametrize(
    ("slug", "given", "sentence"),
    [
        ("diemen", {}, "There is already an organisation at the address ‘diemen’."),
        ("demo", {}, "‘demo’ is an address of Houvast itself; choose another."),
        ("geen adres", {}, "Enter a valid “slug”"),
        ("ergens", {"admin_email": "geen adres"}, "Enter a valid email address."),
    ],
)
def test_a_faulty_start_is_one_sentence_and_makes_nothing(diemen, password, slug, given, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("add_organisation", slug, "Ergens", **{**NEW, **given})
    assert refused.value.returncode == 2
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["diemen"]


def test_a_weak_password_makes_nothing(db, monkeypatch):
    monkeypatch.setenv("HOUVAST_ADMIN_PASSWORD", "kort")
    with pytest.raises(CommandError, match="too short"):
        call_command("add_organisation", "ergens", "Ergens", **NEW)
    assert not Organisation.objects.exists()
