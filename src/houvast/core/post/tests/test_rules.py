"""When something may go out electronically, and when a day of dispatch may stand."""

from datetime import date

import pytest

from houvast.core.orgs.refusal import Refusal
from houvast.core.post.rules import (
    Consent,
    consent_source,
    require_consent,
    require_dispatch,
    require_return,
)

DRAFTED, TODAY = date(2026, 5, 1), date(2026, 5, 20)
GIVEN = Consent("email", date(2026, 5, 5))
ENDED = Consent("email", date(2026, 5, 5), date(2026, 5, 10))


@pytest.mark.parametrize(
    ("channel", "consent", "day", "allowed"),
    [
        ("letter", None, 6, True),
        ("email", None, 6, False),
        ("portal", None, 6, False),
        ("email", GIVEN, 4, False),
        ("email", GIVEN, 5, True),
        ("portal", GIVEN, 6, False),
        ("email", ENDED, 9, True),
        ("email", ENDED, 10, False),
    ],
)
def test_electronically_only_to_who_made_known_to_be_reachable_so_by_then(channel, consent, day, allowed):
    if allowed:
        require_consent(channel, consent, date(2026, 5, day))
        return
    with pytest.raises(Refusal, match=r"niet kenbaar gemaakt .* \(Awb art. 2:8\)"):
        require_consent(channel, consent, date(2026, 5, day))


@pytest.mark.parametrize(
    ("day", "article"),
    [(date(2025, 12, 31), "Awb art. 2:14 lid 1"), (date(2026, 1, 1), "Awb art. 2:8")],
)
def test_the_article_is_the_one_of_the_day(day, article):
    assert consent_source(day) == article


@pytest.mark.parametrize(
    ("day", "has_proof", "told"),
    [
        (date(2026, 5, 1), True, None),
        (TODAY, True, None),
        (date(2026, 5, 21), True, "ligt in de toekomst"),
        (date(2026, 4, 30), True, "voor de dag van het concept"),
        (TODAY, False, "Zonder bewijs geen dag van verzending"),
    ],
)
def test_a_day_of_dispatch_stands_beside_its_proof_and_not_in_the_future(day, has_proof, told):
    given = {"day": day, "drafted_on": DRAFTED, "today": TODAY, "has_proof": has_proof}
    if told is None:
        require_dispatch(**given)
        return
    with pytest.raises(Refusal, match=told):
        require_dispatch(**given)


@pytest.mark.parametrize(
    ("day", "reason", "told"),
    [
        (date(2026, 5, 10), "Onbekend", None),
        (TODAY, "Onbekend", None),
        (date(2026, 5, 9), "Onbekend", "vanaf de verzending"),
        (date(2026, 5, 21), "Onbekend", "tot en met vandaag"),
        (TODAY, "  ", "Geef de reden"),
    ],
)
def test_what_comes_back_does_so_after_it_went_and_for_a_reason(day, reason, told):
    given = {"day": day, "dispatched_on": date(2026, 5, 10), "today": TODAY, "reason": reason}
    if told is None:
        require_return(**given)
        return
    with pytest.raises(Refusal, match=told):
        require_return(**given)
