"""Whose views, or of which record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houvast.core.ui.forms import DayField
from houvast.core.ui.tables import FilterForm
from houvast.core.viewlog.queries import by_name


class ViewsFilter(FilterForm):
    """Above the log."""

    stuk = forms.UUIDField(required=False, widget=forms.HiddenInput)
    door = forms.CharField(label=_("Naam van wie keek"), required=False, max_length=100)
    vanaf = DayField(label=_("Vanaf"), required=False)
    tot = DayField(label=_("Tot"), required=False)

    def apply(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The views that match."""
        asked = self.cleaned_data
        given = {"subject_uid": asked.get("stuk"), "at__date__gte": asked.get("vanaf")}
        given["at__date__lt"] = asked.get("tot")
        rows = queryset.filter(**{path: value for path, value in given.items() if value})
        return by_name(rows, asked["door"]) if asked.get("door") else rows
