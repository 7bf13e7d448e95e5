"""The page "Termijn uitrekenen"."""

from django.http import HttpResponse
from django.shortcuts import render

from houvast.core.http import Request
from houvast.core.terms.forms import TermForm
from houvast.core.terms.permissions import CALCULATE


def calculate(request: Request) -> HttpResponse:
    """When a statutory term ends and why. The question is the address, so that a colleague can be sent it."""
    request.actor.require(CALCULATE)
    form = TermForm(request.GET or None)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "terms/calculate.html", {"form": form, "deadline": form.deadline}, status=status)
