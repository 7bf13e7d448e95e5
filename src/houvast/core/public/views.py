"""Which public pages there are, and what is kept of who uses them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from houvast.core.http import Request
from houvast.core.public.pages import in_language, public_page
from houvast.core.registry import PublicPage, modules


def _open_pages() -> list[PublicPage]:
    """What is open; raises Http404 where nothing is, so that such an organisation is not told to exist."""
    pages = [page for module in modules() for page in module.public if page.is_open()]
    if not any(page.permission for page in pages):
        raise Http404
    return pages


@public_page
def index(request: Request) -> HttpResponse:
    """The public pages of the organisation that are open."""
    slug = request.actor.organisation.slug
    pages = [
        (page, in_language(reverse(page.url_name, args=[slug]))) for page in _open_pages() if page.listed
    ]
    return render(request, "public/index.html", {"pages": pages})


@public_page
def privacy(request: Request) -> HttpResponse:
    """What each form asks and how long it is kept."""
    return render(request, "public/privacy.html", {"pages": [page for page in _open_pages() if page.privacy]})
