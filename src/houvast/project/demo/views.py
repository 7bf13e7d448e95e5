"""Signing in as a demo person, without a password. These addresses exist in demo mode only."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from houvast.core.access.models import Account

BACKEND = "houvast.core.access.backends.AuthenticationBackend"


@login_not_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The demo persons by organisation; a choice signs in as that person."""
    if request.method == "POST":
        account = get_object_or_404(Account, pk=request.POST.get("account"), is_demo=True, is_active=True)
        login(request, account, backend=BACKEND)
        return redirect("home")
    groups: dict[str, list[tuple[int, str]]] = {}
    for account in Account.objects.filter(is_demo=True, is_active=True).order_by("pk"):
        organisation, _separator, function = account.name.partition(": ")
        groups.setdefault(organisation, []).append((account.pk, function))
    return render(request, "project/demo.html", {"groups": groups})
