"""Who counts as one visitor, and how often a form is taken, over all processes."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from houvast.core.access.tests.test_attempts import address_of_database
from houvast.core.orgs.scope import reading
from houvast.core.public import throttle
from houvast.core.public.throttle import TooMany, count, visitor


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_an_address_stands_for_itself_or_for_its_network_of_64_bits(address, who):
    assert visitor(address) == who


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_whoever_changes_the_last_64_bits_is_the_same_visitor(address, last):
    other = type(address)((int(address) >> 64 << 64) | last)
    if not address.ipv4_mapped and not other.ipv4_mapped:
        assert visitor(str(address)) == visitor(str(other))


def sent(address="192.0.2.7"):
    return RequestFactory().post("/", REMOTE_ADDR=address)


@pytest.fixture
def tight(monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", throttle.Limit(2, 900))
    monkeypatch.setattr(throttle, "PER_FORM", throttle.Limit(3, 3600))


def test_a_form_is_taken_so_often_from_one_address_and_told_when_again(diemen, tight):
    for _time in range(2):
        count(sent(), diemen.pk, "form")
    with pytest.raises(TooMany) as many:
        count(sent(), diemen.pk, "form")
    assert timedelta(0) < many.value.until - timezone.now() <= timedelta(seconds=900)
    count(sent(), diemen.pk, "another form")
    # Of who is stopped nothing counts for all.
    count(sent("192.0.2.8"), diemen.pk, "form")


def test_a_form_is_taken_so_often_in_all_whatever_the_address(diemen, uithoorn, tight):
    for place in range(3):
        count(sent(f"192.0.2.{place}"), diemen.pk, "form")
    with pytest.raises(TooMany):
        count(sent("192.0.2.9"), diemen.pk, "form")
    count(sent("192.0.2.9"), uithoorn.pk, "form")


def test_a_page_that_is_read_only_counts_too(diemen, tight):
    with reading(diemen.pk):
        for _time in range(2):
            count(sent(), diemen.pk, "form")
        with pytest.raises(TooMany):
            count(sent(), diemen.pk, "form")


def test_what_is_over_is_counted_anew(db, monkeypatch):
    now = timezone.now()
    assert cache.count("key", 60)[0] == 1
    assert cache.count("key", 60)[0] == 2
    monkeypatch.setattr("houvast.core.access.attempts.timezone.now", lambda: now + timedelta(seconds=61))
    times, until = cache.count("key", 60)
    assert times == 1
    assert until == now + timedelta(seconds=121)


COUNT = """
import django
django.setup()
from django.core.cache import cache
print(cache.count("of all processes", 60)[0])
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_counts_on():
    assert cache.count("of all processes", 60)[0] == 1
    environment = {
        **os.environ,
        "HOUVAST_DATABASE_URL": address_of_database(),
        "HOUVAST_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "houvast.project.settings",
    }
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True
    )
    assert counted.stdout.strip() == "2"
    assert cache.count("of all processes", 60)[0] == 3
