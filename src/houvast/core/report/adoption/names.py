"""What is called what in the trail, and who may have the file of a decision."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.access.actor import Actor
from houvast.core.registry import RecordName, Records
from houvast.core.report.adoption.models import (
    Adoption,
    Correction,
    CorrectionDecision,
    CouncilRequirement,
    Edition,
    Offer,
    Reopening,
    RequirementAnswer,
)
from houvast.core.report.adoption.rules import Body
from houvast.core.report.permissions import VIEW
from houvast.law.completeness import REQUIREMENTS

Named = Callable[[Any], tuple[str, int | None]]
LAW = {one.key: one.name for one in REQUIREMENTS}


def _names(
    model: Any, page: str, named: Named, *related: str
) -> Callable[[Actor, Collection[str]], dict[str, RecordName]]:
    """Rows of the model by `named`, each with its year's page; one query."""

    def names(actor: Actor, uids: Collection[str]) -> dict[str, RecordName]:
        if not actor.may(VIEW):
            return {}
        found = {}
        for row in model.objects.filter(uid__in=uids).select_related(*related):
            label, year = named(row)
            url = reverse(f"report:{page}", args=[actor.organisation.slug, year]) if year else ""
            found[str(row.uid)] = RecordName(label, url)
        return found

    return names


def _edition(row: Any) -> tuple[str, int | None]:
    return _("Paragraaf %(year)s, editie %(number)s") % {"year": row.year, "number": row.number}, row.year


def _offer(row: Any) -> tuple[str, int | None]:
    return _("Paragraaf %(year)s, ter vaststelling") % {"year": row.year}, row.year


def _adoption(row: Any) -> tuple[str, int | None]:
    label = _("Vaststelling %(year)s door %(body)s") % {
        "year": row.edition.year,
        "body": Body(row.body).label,
    }
    return label, row.edition.year


def _reopening(row: Any) -> tuple[str, int | None]:
    return _("Heropening %(year)s") % {"year": row.edition.year}, row.edition.year


def _correction(row: Any) -> tuple[str, int | None]:
    label = _("Correctie %(number)s op %(year)s") % {"number": row.number, "year": row.edition.year}
    return label, row.edition.year


def _decision(row: Any) -> tuple[str, int | None]:
    return _correction(row.correction)


def _answer(row: Any) -> tuple[str, int | None]:
    return f"{LAW.get(row.key, row.key)} ({row.year})", row.year


def _requirement(row: Any) -> tuple[str, int | None]:
    return row.name, row.first_year


RECORDS = (
    Records("report.offer", gettext_lazy("aanbieding"), _names(Offer, "adoption", _offer)),
    Records("report.edition", gettext_lazy("editie"), _names(Edition, "adoption", _edition)),
    Records(
        "report.adoption", gettext_lazy("vaststelling"), _names(Adoption, "adoption", _adoption, "edition")
    ),
    Records(
        "report.reopening", gettext_lazy("heropening"), _names(Reopening, "adoption", _reopening, "edition")
    ),
    Records(
        "report.correction",
        gettext_lazy("correctie"),
        _names(Correction, "corrections", _correction, "edition"),
    ),
    Records(
        "report.correctiondecision",
        gettext_lazy("oordeel over een correctie"),
        _names(CorrectionDecision, "corrections", _decision, "correction__edition"),
    ),
    Records(
        "report.requirementanswer",
        gettext_lazy("antwoord op een eis"),
        _names(RequirementAnswer, "checklist", _answer),
    ),
    Records(
        "report.councilrequirement",
        gettext_lazy("eis van de raad"),
        _names(CouncilRequirement, "checklist", _requirement),
    ),
)


def may_have_file(actor: Actor, _uid: UUID) -> bool:
    """A decision about the chapter is for whoever may read the chapter."""
    return actor.may(VIEW)
