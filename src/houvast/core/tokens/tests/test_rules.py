from datetime import date, timedelta

import pytest

from houvast.core.tokens import rules

TODAY = date(2026, 3, 2)
TOKEN = "hv_" + "aZ09-_" * 7 + "x"


def test_what_is_kept_of_a_token_is_its_sha_256():
    assert rules.digest_of("hv_") == "9c2ca286f90789067eb9794f2aa83896e3fc2149d5aa75bd8f6da75b62f21bb8"
    assert rules.digest_of(TOKEN) != rules.digest_of(TOKEN[:-1] + "y")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (TOKEN, True),
        (TOKEN[:-1], False),
        (TOKEN + "x", False),
        (TOKEN.upper(), False),
        (TOKEN[:-1] + "é", False),
        (TOKEN + "\n", False),
        ("", False),
    ],
)
def test_a_token_is_a_prefix_and_43_signs(text, is_one):
    assert rules.is_token(text) is is_one


@pytest.mark.parametrize("days", [0, 1, 365])
def test_a_token_lasts_a_year_at_most(days):
    rules.require_end(TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_that_is_over_or_lasts_longer_is_refused_at_its_day(days):
    with pytest.raises(rules.Refusal) as refused:
        rules.require_end(TODAY + timedelta(days=days), TODAY)
    assert refused.value.field == "last_day"


@pytest.mark.parametrize("scopes", [[], ["a", "c"]])
def test_a_token_has_a_right_and_none_that_its_maker_cannot_give(scopes):
    with pytest.raises(rules.Refusal) as refused:
        rules.require_scopes(scopes, ["a", "b"])
    assert refused.value.field == "scopes"
    rules.require_scopes(["a"], ["a", "b"])
