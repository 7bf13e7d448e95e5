"""Making the site in the background: it takes a second for each year, and longer with corrections."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from houvast.core.jobs.rules import JobKind, JobRefused, Made, Outcome
from houvast.core.jobs.work import Work
from houvast.core.orgs.refusal import Refusal
from houvast.core.orgs.scope import reading
from houvast.core.report.permissions import PUBLISH
from houvast.core.report.publication.actions import publish
from houvast.core.report.publication.folder import archive, hash_of
from houvast.core.report.publication.models import Medium
from houvast.core.report.publication.queries import last_publication, material
from houvast.core.report.publication.site import site

SITE = "report.publication"
STEPS = 3


def make_site(work: Work) -> Outcome:
    """The whole site as an archive, recorded as published. Raises JobRefused where the year may not be."""
    organisation, year, today = work.actor.organisation, int(work.arguments["year"]), timezone.localdate()
    work.progress(0, STEPS, _("De vastgestelde edities worden gelezen en de pagina’s gemaakt."))
    try:
        # One moment of the database: a correction that is confirmed meanwhile is in all of the files or in none.
        with reading(organisation.pk, snapshot=True):
            made = material(organisation, today)
            if made.of(year) is None:
                raise JobRefused(made.reason(year) or _("Dit jaar is niet vastgesteld."))
            files = list(site(made))
            last = last_publication()
        sha256 = hash_of(files)
        work.progress(1, STEPS, _("De bestanden worden samengevoegd."))
        name = f"{organisation.slug}-paragraaf-bedrijfsvoering"
        packed = archive(files, name)
        work.progress(2, STEPS, _("De publicatie wordt vastgelegd."))
        # A worker that died after recording it leaves a row that a second one must not repeat.
        if not (work.begun_before and last and last.sha256 == sha256):
            publish(work.actor, sha256=sha256, years=made.state, medium=Medium.ARCHIVE, today=today)
    except Refusal as refusal:
        raise JobRefused(str(refusal)) from refusal
    return Outcome(
        words=ngettext("De site met %(n)s jaar.", "De site met %(n)s jaren.", len(made.years))
        % {"n": len(made.years)},
        url=reverse("report:publication", args=[organisation.slug, year]),
        file=Made(f"{name}.zip", packed),
    )


KIND = JobKind(SITE, gettext_lazy("De site met de vastgestelde paragrafen maken"), make_site, PUBLISH)
