"""Prose passes the guard or is refused; a fact counts only after somebody else has checked it."""

from datetime import UTC, date, datetime

import pytest

from houvast.core.access.four_eyes import SamePerson
from houvast.core.access.permissions import NotPermitted
from houvast.core.administration import factories
from houvast.core.audit.queries import history, verify
from houvast.core.orgs.base import Conflict
from houvast.core.orgs.scope import reading
from houvast.core.report import actions
from houvast.core.report.claims import Kind
from houvast.core.report.models import Prose, SourcedFact
from houvast.core.report.queries import all_claims, context_for

AT = datetime(2022, 3, 1, 9, tzinfo=UTC)
TODAY = AT.date()


def entry(**given):
    facts = {
        "key": "plans.teams",
        "label": "Teams met een plan",
        "kind": Kind.COUNT,
        "value": 3,
        "singular": "team",
        "plural": "teams",
        "source_title": "Jaarverslag",
    }
    return actions.FactEntry(**{**facts, **given})


@pytest.fixture
def editor(diemen):
    return factories.actor(diemen, "editor", name="Redacteur")


@pytest.fixture
def controller(diemen):
    return factories.actor(diemen, "controller", name="Controller")


def claims_of(organisation):
    with reading(organisation.pk):
        return all_claims(context_for(organisation, 2021))


def write(actor, text, *, version=0, claims=None):
    return actions.write_prose(
        actor,
        year=2021,
        slot="values.use",
        text=text,
        expected_version=version,
        claims=claims or {},
        today=TODAY,
    )


def test_prose_without_a_figure_is_kept(editor, diemen):
    write(editor, "De organisatie leert.")
    with reading(diemen.pk):
        assert list(Prose.objects.values_list("year", "slot", "text")) == [
            (2021, "values.use", "De organisatie leert."),
        ]


@pytest.mark.parametrize(
    "text", ["Er zijn 9 plannen.", "Alle teams leren.", "Dat begon in april.", "Drie teams."]
)
def test_prose_with_an_unbound_figure_is_refused_and_nothing_is_kept(editor, diemen, text):
    with pytest.raises(actions.Refused) as refused:
        write(editor, text)
    assert [finding.severity for finding in refused.value.findings] == ["error"]
    with reading(diemen.pk):
        assert not Prose.objects.exists()


def test_the_same_figure_bound_to_a_claim_is_kept(editor, diemen):
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    prose = write(editor, "Er zijn [[plans.teams|telling]].", claims=claims_of(diemen))
    assert prose.version == 1


def test_writing_over_somebody_elses_text_is_a_conflict(editor, controller):
    first = write(editor, "Eerder.")
    write(controller, "Intussen.", version=first.version)
    with pytest.raises(Conflict) as refused:
        write(editor, "Te laat.", version=first.version)
    assert refused.value.current.text == "Intussen."


def test_an_employee_writes_nothing(diemen):
    with pytest.raises(NotPermitted):
        write(factories.actor(diemen, "employee"), "Iets.")


def test_a_fact_is_checked_by_somebody_else(editor, controller):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    with pytest.raises(SamePerson):
        actions.check_fact(editor, fact_id=fact.pk, expected_version=1, at=AT)
    checked = actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    assert (checked.checked_by_id, checked.checked_at) == (controller.account_id, AT)


def test_a_changed_fact_has_to_be_checked_again(editor, controller, diemen):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    actions.change_fact(editor, fact_id=fact.pk, expected_version=2, entry=entry(value=4))
    with reading(diemen.pk):
        again = SourcedFact.objects.get()
    assert (again.value, again.checked_by_id, again.checked_at) == (4, None, None)


def test_changing_a_fact_that_somebody_else_changed_is_a_conflict(editor):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=4))
    with pytest.raises(Conflict):
        actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=5))


def test_what_a_fact_counted_are_its_rows(editor, diemen):
    actions.enter_fact(
        editor, year=2021, today=TODAY, entry=entry(items=("A", "B", "C"), as_of=date(2021, 12, 31))
    )
    claim = claims_of(diemen)["plans.teams"]
    assert (claim.value, claim.rows, claim.items, claim.sourced) == (3, 3, ("A", "B", "C"), True)
    assert claim.text == "drie"


def test_the_digest_of_a_fact_follows_its_value(editor, diemen):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    before = claims_of(diemen)["plans.teams"].digest
    assert claims_of(diemen)["plans.teams"].digest == before
    actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=4))
    assert claims_of(diemen)["plans.teams"].digest != before


def test_a_fact_that_named_nothing_it_counted_is_one_row(editor, diemen):
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry(value=2_000_000))
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry(key="plans.none", value=0))
    claims = claims_of(diemen)
    assert [(claims[key].value, claims[key].rows) for key in ("plans.teams", "plans.none")] == [
        (2_000_000, 1),
        (0, 1),
    ]


def test_a_key_is_of_one_fact_a_year(editor):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    actions.enter_fact(editor, year=2020, today=TODAY, entry=entry())
    with pytest.raises(actions.Refusal, match="al een feit met deze sleutel"):
        actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    changed = actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=4))
    assert changed.value == 4


def test_a_claim_knows_whether_a_second_person_checked_it(editor, controller, diemen):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    assert claims_of(diemen)["plans.teams"].unchecked
    actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    assert not claims_of(diemen)["plans.teams"].unchecked


# Withdrawing


def withdraw(actor, fact, *, version=1, reason="Verkeerde bron."):
    return actions.withdraw_fact(actor, fact_id=fact.pk, expected_version=version, reason=reason, at=AT)


def test_a_withdrawn_fact_is_no_claim_and_stays_with_its_reason(editor, diemen):
    fact = withdraw(editor, actions.enter_fact(editor, year=2021, today=TODAY, entry=entry()))
    assert "plans.teams" not in claims_of(diemen)
    with reading(diemen.pk):
        kept = SourcedFact.objects.get()
        assert (kept.withdrawn_by_id, kept.withdrawn_at, kept.withdrawal_reason) == (
            editor.account_id,
            AT,
            "Verkeerde bron.",
        )
        assert [line.action for line in history(fact)] == ["report.withdraw_fact", "report.enter_fact"]
        assert history(fact)[0].changes["withdrawal_reason"] == "gewijzigd"
        assert list(verify(diemen)) == []


def test_the_key_of_a_withdrawn_fact_is_free_again(editor, diemen):
    withdraw(editor, actions.enter_fact(editor, year=2021, today=TODAY, entry=entry()))
    actions.enter_fact(editor, year=2021, today=TODAY, entry=entry(value=5))
    assert claims_of(diemen)["plans.teams"].value == 5


def test_a_withdrawn_fact_is_neither_changed_nor_checked_nor_withdrawn_again(editor, controller):
    fact = withdraw(editor, actions.enter_fact(editor, year=2021, today=TODAY, entry=entry()))
    with pytest.raises(actions.Refusal, match="Dit feit is ingetrokken"):
        actions.change_fact(editor, fact_id=fact.pk, expected_version=2, entry=entry())
    with pytest.raises(actions.Refusal, match="Dit feit is ingetrokken"):
        actions.check_fact(controller, fact_id=fact.pk, expected_version=2, at=AT)
    with pytest.raises(actions.Refusal, match="Dit feit is ingetrokken"):
        withdraw(editor, fact, version=2)


def test_a_fact_is_not_withdrawn_without_a_reason(editor):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    with pytest.raises(actions.Refusal, match="Zeg waarom"):
        withdraw(editor, fact, reason="  ")


@pytest.mark.parametrize(
    "text", ["Er zijn [[plans.teams|telling]].", "[[als plans.teams]]Er zijn plannen.[[einde]]"]
)
def test_a_fact_is_not_withdrawn_while_a_text_uses_it(editor, diemen, text):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    write(editor, text, claims=claims_of(diemen))
    with pytest.raises(actions.Refusal, match="Organisatievisie en kernwaarden"):
        withdraw(editor, fact)
    write(editor, "Zonder.", version=1)
    assert withdraw(editor, fact).withdrawn_at == AT


def test_a_default_text_that_does_without_a_fact_does_not_keep_it(editor):
    given = entry(key="security.capacity_change", kind=Kind.JUDGEMENT, value="meer", singular="", plural="")
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=given)
    assert withdraw(editor, fact).withdrawn_at == AT


def test_a_text_that_cannot_be_read_keeps_the_facts_it_names(editor, diemen):
    from houvast.core.report.chapter import Text
    from houvast.core.report.queries import _uses, headings_with

    assert _uses(Text("[[plans.teams en [[als"), "plans.teams")
    assert not _uses(Text("[[als"), "plans.teams")
    with reading(diemen.pk):
        assert headings_with(2021, "security.incidents") == ()


def test_what_two_people_vouched_for_one_does_not_withdraw_alone(editor, controller):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    actions.check_fact(controller, fact_id=fact.pk, expected_version=1, at=AT)
    with pytest.raises(SamePerson):
        withdraw(editor, fact, version=2)
    actions.change_fact(editor, fact_id=fact.pk, expected_version=2, entry=entry(value=4))
    with pytest.raises(SamePerson):
        withdraw(editor, fact, version=3)
    assert withdraw(controller, fact, version=3).withdrawn_by_id == controller.account_id


def test_withdrawing_a_fact_that_somebody_changed_is_a_conflict(editor):
    fact = actions.enter_fact(editor, year=2021, today=TODAY, entry=entry())
    actions.change_fact(editor, fact_id=fact.pk, expected_version=1, entry=entry(value=4))
    with pytest.raises(Conflict):
        withdraw(editor, fact)
