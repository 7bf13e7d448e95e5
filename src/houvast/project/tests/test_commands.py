"""`verify` names every broken row and says so by its exit code; example data only goes into an empty demo."""

import io
import json
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from houvast.core.administration import factories
from houvast.core.audit import heads
from houvast.core.audit.heads import Head
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


@pytest.fixture(autouse=True)
def copy(settings, tmp_path):
    """Where the ends of the chains are copied to."""
    settings.TRAIL_HEADS = tmp_path / "trail-heads.json"
    return settings.TRAIL_HEADS


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


def test_the_first_verify_makes_the_copy_of_the_ends_and_says_so(diemen, uithoorn, copy):
    said = io.StringIO()
    call_command("verify", stdout=io.StringIO(), stderr=said)
    assert said.getvalue() == (
        f"Er is nog geen kopie van de uiteinden: {copy} wordt nu gemaakt en de volgende keer vergeleken.\n"
    )
    assert {(head.slug, head.number) for head in heads.read(copy).values()} == {
        ("diemen", 9),
        ("uithoorn", 9),
    }
    said = io.StringIO()
    call_command("verify", stdout=io.StringIO(), stderr=said)
    assert said.getvalue() == ""


def test_the_copy_follows_a_chain_that_is_good(diemen, copy):
    run("verify")
    factories.person(diemen)
    assert run("verify")[1] == 0
    assert heads.read(copy)[diemen.uid].number == 10


def test_an_end_that_was_there_before_is_asked_for_until_it_is_back(diemen, copy):
    run("verify")
    before = heads.read(copy)
    later = {diemen.uid: replace(before[diemen.uid], number=12, seal="a" * 64)}
    heads.write(copy, later)
    for _ in range(2):
        printed, code = run("verify")
        assert code == 1
        assert printed == (
            "diemen: audit.auditentry 12: einde van de keten afgeknipt: deze regel was er bij de vorige "
            "controle (laatste goede regel: 9)\n"
        )
    assert heads.read(copy) == later


def test_an_organisation_that_is_gone_is_named(diemen, copy):
    gone = UUID(int=1)
    heads.write(copy, {gone: Head("uithoorn", 12, "a" * 64)})
    printed, code = run("verify")
    assert code == 1
    assert printed == (
        f"uithoorn: orgs.organisation {gone}: organisatie verdwenen (laatste goede regel: 12)\n"
    )
    assert heads.read(copy).keys() == {gone, diemen.uid}


def test_the_copy_stays_where_it_was_while_something_is_wrong(diemen, copy):
    run("verify")
    before = heads.read(copy)
    person = factories.person(diemen)
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(diemen.pk)
        cursor.execute("UPDATE people_person SET name = 'Iemand anders' WHERE id = %s", [person.pk])
    assert run("verify")[1] == 1
    assert heads.read(copy) == before


def test_a_copy_that_was_altered_is_a_fault_and_is_left_as_it_is(diemen, copy):
    copy.write_text("{}")
    printed, code = run("verify")
    assert (printed, code) == (
        (
            "installatie: trail-heads.json -: kopie van de uiteinden gewijzigd: of een keten is afgeknipt, is "
            "hiermee niet te zien (laatste goede regel: geen)\n"
        ),
        1,
    )
    assert copy.read_text() == "{}"


def test_the_copy_may_lie_elsewhere(diemen, copy, tmp_path):
    elsewhere = tmp_path / "elders.json"
    assert run("verify", heads=elsewhere)[1] == 0
    assert heads.read(elsewhere).keys() == {diemen.uid}
    assert not copy.exists()


def test_a_copy_in_a_folder_that_does_not_exist_is_wrong_input(diemen, tmp_path):
    with pytest.raises(CommandError, match="bestaat niet") as refused:
        call_command("verify", heads=tmp_path / "nergens" / "elders.json")
    assert refused.value.returncode == 2


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
