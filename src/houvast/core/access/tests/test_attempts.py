"""Attempts to sign in are counted for the installation: another process knows what this one saw."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from houvast.core.administration import factories

PASSWORD = "een lange zin als wachtwoord"
ELSEWHERE = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
print(Client().post("/account/login/", {"login": %r, "password": %r}).status_code)
"""


def sign_in(email, password=PASSWORD):
    return Client().post("/account/login/", {"login": email, "password": password})


def address_of_database():
    """The database of the tests, as HOUVAST_DATABASE_URL."""
    used = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{used['NAME']}"
    who = f"{quote(used['USER'])}:{quote(used['PASSWORD'])}" if used["PASSWORD"] else quote(used["USER"])
    host = used["HOST"] if not used["HOST"].startswith("/") else ""
    port = f":{used['PORT']}" if used["PORT"] else ""
    socket = f"?host={quote(used['HOST'])}" if used["HOST"].startswith("/") else ""
    return f"postgresql://{who}@{host}{port if host else ''}/{used['NAME']}{socket}" + (
        f"&port={used['PORT']}" if socket and used["PORT"] else ""
    )


def sign_in_elsewhere(email):
    """The status that another process answers with; none of this one's memory is in it."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "houvast.project.settings_for_tests",
        "HOUVAST_DATABASE_URL": address_of_database(),
        "HOUVAST_DATA": str(settings.DATA),
    }
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE % (email, PASSWORD)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return int(done.stdout)


@pytest.fixture
def email(transactional_db):
    """An account whose password is known, and no attempt counted yet, now or afterwards."""
    cache.clear()
    account = factories.account()
    account.set_password(PASSWORD)
    account.save()
    yield account.email
    cache.clear()


def test_another_process_lets_in_who_has_not_failed_too_often(email):
    for _ in range(4):
        assert sign_in(email, "fout").status_code == 200
    assert sign_in_elsewhere(email) == 302


def test_another_process_knows_who_failed_too_often(email):
    for _ in range(5):
        assert sign_in(email, "fout").status_code == 200
    assert sign_in_elsewhere(email) == 200
    assert "Te veel" in sign_in(email).content.decode()


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM sign_in_attempts")
        return cursor.fetchall()


def test_the_counts_stand_in_the_database_under_no_name_and_are_no_code(email):
    sign_in(email, "fout")
    assert len(rows()) == 3
    for key, value in rows():
        assert re.fullmatch("[0-9a-f]{64}", key)
        assert len(json.loads(value)) == 1


def test_a_value_holds_until_its_time_is_over(db, monkeypatch):
    cache.set("a", [1.5], timeout=60)
    assert cache.get("a") == [1.5]
    assert cache.get("b", "niets") == "niets"
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert cache.get("a") is None


def test_what_is_over_is_removed_when_something_is_kept(db, monkeypatch):
    cache.set("a", 1, timeout=60)
    cache.set("b", 2, timeout=None)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    cache.set("c", 3)
    assert sorted(json.loads(value) for _key, value in rows()) == [2, 3]


def test_only_one_adds_a_value_until_it_is_over_or_gone(db, monkeypatch):
    assert cache.add("a", 1, timeout=60)
    assert not cache.add("a", 2, timeout=60)
    assert cache.get("a") == 1
    assert cache.delete("a")
    assert not cache.delete("a")
    assert cache.add("a", 3, timeout=60)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert cache.add("a", 4, timeout=60)
    assert cache.get("a") == 4


def test_clearing_forgets_everything(db):
    cache.set("a", 1)
    cache.clear()
    assert rows() == []


def test_migrate_makes_the_table(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE sign_in_attempts")
    call_command("migrate", verbosity=0, interactive=False)
    cache.set("a", 1)
    assert cache.get("a") == 1


@pytest.mark.django_db
def test_counting_begins_anew_when_the_time_is_over_and_forgets_what_is_over(monkeypatch):
    from houvast.core.access import attempts

    begin = timezone.now()
    until = begin + timedelta(seconds=60)
    monkeypatch.setattr(attempts.timezone, "now", lambda: begin)
    assert [cache.count("wie", 60) for _time in range(3)] == [(1, until), (2, until), (3, until)]
    assert cache.count("een ander", 60) == (1, until)
    later = begin + timedelta(seconds=61)
    monkeypatch.setattr(attempts.timezone, "now", lambda: later)
    assert cache.count("een derde", 60)[0] == 1
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {settings.CACHES['default']['LOCATION']}")
        assert cursor.fetchone() == (1,)
    assert cache.count("wie", 60) == (1, later + timedelta(seconds=60))
