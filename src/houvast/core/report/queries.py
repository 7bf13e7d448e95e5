"""Reading the chapter: its claims from the registers and the sourced facts, its prose, the whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from houvast.core.audit.models import AuditEntry
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import current_organisation_id
from houvast.core.registry import Annex, YearRows, modules
from houvast.core.report.chapter import Chapter, Text, compose, reference_day
from houvast.core.report.claims import (
    Claim,
    ClaimSource,
    Kind,
    Noun,
    Period,
    ReportContext,
    SlotText,
    fault,
)
from houvast.core.report.evidence import seal_values, together
from houvast.core.report.models import Prose, Round, SectionPlacing, SourcedFact
from houvast.core.report.outline import OUTLINE, Placing, Section, arranged, walk
from houvast.core.report.prose import ProseError, keys, needed, parse
from houvast.core.report.rules import FIRST_YEAR, LAST_YEAR


class NoChapter(Exception):  # noqa: N818  it is an answer, not a fault
    """There is nothing to make a chapter of for that year."""


def context_for(organisation: Organisation, year: int) -> ReportContext:
    """For whom and when the chapter is made."""
    return ReportContext(
        organisation=organisation.slug,
        name=organisation.name,
        year=year,
        as_of=reference_day(year),
        full_name=organisation.full_name,
        uid=organisation.uid,
    )


def claim_sources() -> dict[str, ClaimSource]:
    """Every claim that modules can compute, by key."""
    return {source.key: source for module in modules() for source in module.claims}


def slot_texts() -> dict[str, SlotText]:
    """The default prose of the modules, by slot."""
    return {slot.key: slot for module in modules() for slot in module.slots}


OWN_LABELS = {
    "report.year": "Verslagjaar",
    "report.next_year": "Volgend jaar",
    "report.organisation": "Organisatie",
}
"""What the chapter knows of itself, by key."""


def computed_keys() -> dict[str, str]:
    """The keys that no sourced fact can take, since their claims are computed; each with its label."""
    return OWN_LABELS | {key: str(source.label) for key, source in claim_sources().items()}


def facts_of(year: int) -> Any:
    """The sourced facts of a year that were not withdrawn."""
    return SourcedFact.objects.filter(year=year, withdrawn_at=None)


def unchecked_facts() -> Any:
    """The facts that no second person has checked, of every year that has a chapter."""
    return SourcedFact.objects.filter(
        checked_by=None, withdrawn_at=None, year__gte=FIRST_YEAR, year__lte=LAST_YEAR
    )


def was_checked(fact: SourcedFact) -> bool:
    """Whether a second person ever checked it, also when it was changed since."""
    checks = AuditEntry.objects.filter(
        table=fact._meta.label_lower, subject_uid=fact.uid, action="report.check_fact"
    )
    return checks.exists()


def placings(year: int) -> dict[str, SectionPlacing]:
    """What holds in a year of the sections that the organisation has in its own way, by key."""
    rows: Any = SectionPlacing.objects.filter(from_year__lte=year).order_by("from_year")
    return {row.section: row for row in rows}


def placings_stamp(year: int) -> str:
    """What changes whenever the outline of that year is changed, for whoever saw it on screen."""
    return ",".join(sorted(f"{row.pk}.{row.version}" for row in placings(year).values()))


def outline_of(year: int) -> tuple[Section, ...]:
    """The sections of the organisation's chapter of that year."""
    own = {key: Placing(row.heading, row.included) for key, row in placings(year).items()}
    return arranged(OUTLINE, own)


def headings_of_years() -> Callable[[Section, int], str]:
    """What a section is called in a year; one query for all of them."""
    rows: Any = SectionPlacing.objects.order_by("from_year").values_list("section", "from_year", "heading")
    known = list(rows)

    def heading(section: Section, year: int) -> str:
        held = [own for key, start, own in known if key == section.key and start <= year]
        return held[-1] if held else section.heading

    return heading


def headings_with(year: int, key: str) -> tuple[str, ...]:
    """The sections whose text of that year uses the claim, by their headings.

    A text that somebody wrote uses each claim it names. The default text of a module is made to do without: it uses
    what it cannot be read without. A claim that is computed is never used as a fact.
    """
    if key in computed_keys():
        return ()
    using = {slot for slot, text in all_texts(year).items() if _uses(text, key)}
    return tuple(
        section.heading for _depth, section in walk(outline_of(year)) if using.intersection(section.slots)
    )


def _uses(text: Text, key: str) -> bool:
    try:
        prose = parse(text.source)
    except ProseError:
        return key in text.source
    return key in (keys(prose) if text.edited else needed(prose))


def own_claims(context: ReportContext) -> Iterator[Claim]:
    """What the chapter knows of itself: its year, the next one, and whose it is. They rest on no row."""
    empty = seal_values(context.uid, []).digest
    years = (
        ("report.year", context.year),
        ("report.next_year", context.year + 1),
    )
    for key, year in years:
        span = Period.year(year)
        value = [span.start.isoformat(), span.until.isoformat()]
        yield Claim(
            key=key,
            label=OWN_LABELS[key],
            kind=Kind.PERIOD,
            value=value,
            rows=0,
            digest=empty,
            period=span,
        )
    yield Claim(
        key="report.organisation",
        label=OWN_LABELS["report.organisation"],
        kind=Kind.NAME,
        value=context.name,
        rows=0,
        digest=empty,
    )


def fact_claim(context: ReportContext, fact: SourcedFact) -> Claim:
    """A sourced fact as a claim. What it counted by name are its rows; any other fact is one row.

    Raises ValueError and the like for a row that no action left so; see `read_facts`.
    """
    counted = fact.items or [None]
    sealed = seal_values(
        context.uid,
        [
            (fact.uid.hex, fact.key, fact.value, place, item, fact.is_example)
            for place, item in enumerate(counted)
        ],
    )
    period = None
    if fact.period_from and fact.period_until:
        period = Period(fact.period_from, fact.period_until)
    return Claim(
        key=fact.key,
        label=fact.label,
        kind=Kind(fact.kind),
        value=fact.value,
        unit=Noun(fact.singular, fact.plural) if fact.singular else None,
        as_of=fact.as_of,
        period=period,
        rows=sealed.count,
        digest=sealed.digest,
        items=tuple(fact.items),
        explanation=fact.explanation,
        style="cijfer" if fact.style == "cijfer" else "woord",
        example_rows=sealed.examples,
        sourced=True,
        unchecked=fact.checked_by_id is None,
    )


def readable(context: ReportContext, fact: SourcedFact) -> Claim | None:
    """The fact as a claim, or None when it cannot be one: a row that was altered, or older than a rule."""
    try:
        claim = fact_claim(context, fact)
        usable = claim.text is not None and ", ".join(claim.names) is not None
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None
    return claim if usable else None


def why_unreadable(fact: SourcedFact) -> str:
    """Which fact cannot be read, and why, in a Dutch sentence."""
    kind = fact.kind if fact.kind in set(Kind) else None
    reason = fault(Kind(kind), fact.value) if kind else None
    return _("Het feit ‘%(label)s’ (%(key)s) kan niet worden gelezen. %(reason)s") % {
        "label": fact.label,
        "key": fact.key,
        "reason": reason or _("Soort, dagen of onderdelen passen niet bij de waarde."),
    }


def _facts(context: ReportContext) -> tuple[dict[str, Claim], dict[str, str]]:
    """The sourced facts as claims; and which cannot be read, by key, with the sentence that says so."""
    claims, unreadable = {}, {}
    for fact in facts_of(context.year).order_by("key"):
        claim = readable(context, fact)
        if claim is None:
            unreadable[fact.key] = why_unreadable(fact)
        else:
            claims[fact.key] = claim
    return claims, unreadable


def all_claims(context: ReportContext) -> dict[str, Claim]:
    """Every claim of the year. Where a register computes a claim, that stands before a sourced fact."""
    return _with_registers(context, _facts(context)[0])


def _with_registers(context: ReportContext, facts: dict[str, Claim]) -> dict[str, Claim]:
    claims = facts | {claim.key: claim for claim in own_claims(context)}
    sources = [source for _key, source in sorted(claim_sources().items())]
    # The chapter is Dutch, in whatever language somebody reads the screens around it.
    with (
        override(settings.LANGUAGE_CODE),
        together(source.reads for source in sources if source.reads is not None),
    ):
        computed = [source.claim(context) for source in sources]
    return claims | {claim.key: claim for claim in computed if claim is not None}


def all_texts(year: int) -> dict[str, Text]:
    """The prose of every slot: what was edited for that year, else the module's default."""
    texts = {key: Text(slot.text) for key, slot in slot_texts().items()}
    edited: Any = Prose.objects.filter(year=year).values_list("slot", "text", "version")
    return texts | {slot: Text(text, edited=True, version=version) for slot, text, version in edited}


def chapter(organisation: Organisation, year: int) -> Chapter:
    """The chapter as it reads now. Raises NoChapter when nothing at all is known of that year."""
    context = context_for(organisation, year)
    facts, unreadable = _facts(context)
    claims = _with_registers(context, facts)
    unreadable = {key: sentence for key, sentence in unreadable.items() if key not in claims}
    texts = all_texts(year)
    known = (
        unreadable
        or any(text.edited for text in texts.values())
        or any(
            # What is told of another period, as when something began, makes no chapter of this year.
            claim.sourced
            or (claim.rows and claim.period == context.period and not claim.key.startswith("report."))
            for claim in claims.values()
        )
        or year in _years_of_rounds()
    )
    if not known:
        told = _("Van {organisation} is over {year} nog niets vastgelegd.")
        raise NoChapter(told.format(organisation=organisation.name, year=year))
    made = compose(context, claims, texts, outline_of(year), unreadable)
    return replace(made, annexes=_annexes(context))


def _annexes(context: ReportContext) -> tuple[Annex, ...]:
    """What modules add at the end of the chapter, in Dutch."""
    with override(settings.LANGUAGE_CODE):
        return tuple(annex for module in modules() for annex in module.annexes(context))


def years_with_chapter() -> list[int]:
    """The years of which there is something to tell, in a text, a fact, a register or a round, newest first.

    Five queries at most, however many years or rows there are.
    """
    return sorted({*years_with_text(), *_years_of_registers(), *_years_of_rounds()}, reverse=True)


def _years_of_rounds() -> frozenset[int]:
    """The years for which somebody was asked to write."""
    return frozenset(Round.objects.filter(stopped_on=None).values_list("year", flat=True))


def _years_of_registers() -> set[int]:
    """The years that registers have rows of, by the outermost days and then a look into each year between."""
    declared = [years for module in modules() for years in module.years]
    here: QuerySet[Any] = Organisation.objects.filter(pk=current_organisation_id())
    outer: dict[str, Any] = {}
    for place, years in enumerate(declared):
        for name, order in (("first", years.day), ("last", f"-{years.day}")):
            outer[f"{name}{place}"] = Subquery(years.rows().order_by(order).values(years.day)[:1])
    found: dict[str, Any] = here.values(**outer).get()
    days = [day for day in found.values() if day is not None]
    if not days:
        return set()
    between = range(max(min(days).year, FIRST_YEAR), min(max(days).year, LAST_YEAR) + 1)
    if not between:
        return set()
    looks: dict[str, Any] = {
        f"y{year}": reduce(or_, (_any_in(years, year) for years in declared)) for year in between
    }
    found = here.values(**looks).get()
    return {year for year in between if found[f"y{year}"]}


def _any_in(years: YearRows, year: int) -> Q:
    return Q(Exists(years.rows().filter(**{f"{years.day}__year": year}).order_by()))


def years_with_text() -> list[int]:
    """The years that have edited prose or sourced facts, newest first."""
    known = {"year__gte": FIRST_YEAR, "year__lte": LAST_YEAR}
    prose = Prose.objects.filter(**known).values_list("year", flat=True).distinct()
    facts = SourcedFact.objects.filter(withdrawn_at=None, **known).values_list("year", flat=True).distinct()
    return sorted({*prose, *facts}, reverse=True)


def destroyed(uids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these rows lost their content, or are gone, by their retention term, as the modules tell."""
    return frozenset[UUID]().union(*(module.destroyed(uids) for module in modules()))
