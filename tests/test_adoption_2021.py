"""The chapter of Diemen 2021 adopted: the same files whatever happens in registers; a claim says what changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houvast.core.access.models import Account
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading, tell_database
from houvast.core.report.adoption.queries import adopted as read
from houvast.core.report.adoption.queries import newest_edition
from houvast.core.report.prints import RowChanges
from houvast.core.report.tests.adopting import YEAR, adopt, answer, correct, offer, people, triggers_lifted
from houvast.core.report.views.shown import Shown, changes_of
from houvast.modules.security import factories
from tests.undoing import undone

CHECKSUMS = Path(__file__).with_name("chapter_2021.sha256")
IN_2021 = datetime(2021, 8, 9, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _adopted(demo):
    """The example data with the chapter of 2021 adopted by the college, once for this file."""
    with undone():
        diemen = Organisation.objects.get(slug="diemen")
        who = people(diemen)
        for key in ("bbv-14:stand", "bbv-14:voornemens"):
            answer(who.editor, key)
        offer(who.editor)
        adopt(who.director)
        yield diemen, who, factories.team(diemen)


@pytest.fixture
def diemen(_adopted, db):
    return _adopted[0]


@pytest.fixture
def who(_adopted):
    return _adopted[1]


@pytest.fixture
def team(_adopted):
    return _adopted[2]


def written(folder, *more, forms="html,json"):
    told = StringIO()
    call_command(
        "chapter", *more, organisation="diemen", year=YEAR, format=forms, out=str(folder), stderr=told
    )
    return told.getvalue()


def sums(folder):
    return "".join(
        f"{sha256((folder / f'diemen-2021.{form}').read_bytes()).hexdigest()}  diemen-2021.{form}\n"
        for form in ("html", "json")
    )


def test_what_is_frozen_is_what_the_command_wrote_before(diemen, tmp_path):
    told = written(tmp_path)
    assert sums(tmp_path) == CHECKSUMS.read_text(encoding="utf-8")
    assert told.startswith("Vastgesteld door het college op 17-05-2022 (B 2022-1), editie 1. SHA-256 ")
    assert written(tmp_path, "--live") == ""
    assert sums(tmp_path) == CHECKSUMS.read_text(encoding="utf-8")


def test_breaches_registered_afterwards_change_the_registers_and_not_what_was_adopted(diemen, team, tmp_path):
    with undone():
        for _number in range(2):
            factories.breach(team, at=IN_2021)
        written(tmp_path / "frozen")
        written(tmp_path / "live", "--live")
        with reading(diemen.pk):
            found = read(newest_edition(YEAR))
            changes = changes_of(Shown(found.chapter, None, found.edition, found), "security.breaches")
    live = json.loads((tmp_path / "live/diemen-2021.json").read_bytes())
    assert sums(tmp_path / "frozen") == CHECKSUMS.read_text(encoding="utf-8")
    assert next(one["value"] for one in live["claims"] if one["key"] == "security.breaches") == 19
    assert changes == RowChanges(was=17, changed=0, gone=0, added=2)


def test_every_claim_with_rows_has_prints_of_them(diemen):
    with reading(diemen.pk):
        found = read(newest_edition(YEAR))
        seen = Shown(found.chapter, None, found.edition, found)
        for key, one in found.claims.items():
            assert bool(one.prints) is bool(one.claim.rows), key
            changes = changes_of(seen, key)
            assert changes is None or not changes.any, key


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["incident", "breach", "correction"]), max_size=3))
def test_whatever_is_registered_afterwards_the_adopted_bytes_stay_the_same(
    diemen, who, team, tmp_path_factory, happened
):
    folder = tmp_path_factory.mktemp("out")
    with undone():
        for what in happened:
            if what == "correction":
                correct(who.editor, claim_key="security.breaches")
            else:
                getattr(factories, what)(team, at=IN_2021)
        written(folder)
    assert sums(folder) == CHECKSUMS.read_text(encoding="utf-8")


def test_all_five_forms_are_written_of_an_adopted_year(diemen, tmp_path):
    written(tmp_path, forms="html,pdf,docx,odt,json")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".json", ".odt", ".pdf"]


def test_verify_names_the_part_that_was_altered(diemen, tmp_path, capsys):
    heads = tmp_path / "heads.json"
    with undone():
        call_command("verify", heads=heads)
        with triggers_lifted():
            with transaction.atomic():
                tell_database(diemen.pk)
                with connection.cursor() as cursor:
                    cursor.execute(
                        "UPDATE report_frozenpart SET content = %s WHERE name = 'claims.json'", [b"[]"]
                    )
            with pytest.raises(SystemExit) as ended:
                call_command("verify", heads=heads)
    assert ended.value.code == 1
    assert "claims.json: bevroren inhoud gewijzigd" in capsys.readouterr().out


@pytest.mark.parametrize("extra", [0, 3])
def test_the_page_of_an_adopted_year_asks_no_register(client, diemen, who, team, extra):
    with undone():
        for _number in range(extra):
            factories.breach(team, at=IN_2021)
        client.force_login(Account.objects.get(pk=who.editor.account_id))
        client.get(f"/diemen/verantwoording/{YEAR}/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/diemen/verantwoording/{YEAR}/").status_code == 200
    registers = [one["sql"] for one in asked if 'FROM "security_breach"' in one["sql"]]
    # Once each for the outermost days and for which years have rows; none for a claim.
    assert len(registers) <= 2
    assert len(asked) <= 40
