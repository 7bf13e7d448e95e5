"""The mail server, as the environment names it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from houvast.project.settings import _mail_server


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 587, True, False),
        ("smtp://mail.example.org:2525", 2525, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp+plain://mail.example.org", 25, False, False),
    ],
)
def test_the_scheme_says_how_the_connection_is_kept_secret(url, port, tls, ssl):
    found = _mail_server(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("", "")


def test_name_and_password_may_hold_any_sign():
    found = _mail_server("smtps://houvast%40example.org:a%3Ab%2Fc@mail.example.org")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("houvast@example.org", "a:b/c")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_what_names_no_mail_server_is_refused_without_repeating_a_password(url):
    with pytest.raises(ImproperlyConfigured, match="HOUVAST_MAIL_URL begins with smtp://"):
        _mail_server(url)
