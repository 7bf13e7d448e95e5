"""The feed itself, for a calendar program that cannot sign in: the secret in the address says whose it is."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from houvast.core.agenda import actions, ical, queries
from houvast.core.agenda.limits import HOUR, may_fetch
from houvast.core.agenda.queries import Owner
from houvast.core.orgs.models import Organisation
from houvast.core.orgs.scope import reading

TYPE = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def show(request: HttpRequest, of: str, token: str) -> HttpResponse:
    """The calendar as its owner may see it now. 404 for every address that opens nothing, whatever the reason."""
    now = timezone.now()
    organisation = Organisation.objects.filter(slug=of).first()
    if organisation is None:
        raise Http404
    with reading(organisation.pk):
        owner = queries.owner_of(organisation, token, timezone.localdate(now))
    if owner is None:
        raise Http404
    if not may_fetch(owner.feed.digest, now):
        return HttpResponse(status=429, headers={"Retry-After": str(HOUR)})
    with reading(organisation.pk):
        content = _content(request, owner, now)
    actions.note_fetch(owner.actor, feed=owner.feed, at=now)
    return _answer(request, content, organisation.slug)


def _content(request: HttpRequest, owner: Owner, now: datetime) -> bytes:
    today, organisation = timezone.localdate(now), owner.actor.organisation
    account = owner.feed.person.account
    with override((account.language if account else "") or settings.LANGUAGE_CODE):
        found = queries.points(owner.actor, today - queries.FEED_BACK, today + queries.FEED_AHEAD)
        return ical.calendar(
            f"Houvast {organisation.name}",
            [point.dated for point in found],
            uid=organisation.uid,
            stamp=datetime.combine(today, time(), timezone.get_current_timezone()).astimezone(UTC),
            address=request.build_absolute_uri,
        )


def _answer(request: HttpRequest, content: bytes, slug: str) -> HttpResponse:
    etag = ical.etag(content)
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    answer["ETag"] = etag
    # Nobody between here and the program keeps what only its owner may see.
    answer["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def address_of(request: HttpRequest, organisation: Organisation, token: str) -> str:
    """The full address of a feed."""
    return request.build_absolute_uri(reverse("calendar_feed", args=[organisation.slug, token]))
