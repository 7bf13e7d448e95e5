"""Fields written in Python are, to the character, what their templates write."""

import pytest
from django import forms
from django.forms.renderers import BaseRenderer

from houvast.core.ui.forms import Renderer
from houvast.core.ui.tables import FilterForm


class Filters(FilterForm):
    year = forms.IntegerField(label="Ja<ar", required=False, min_value=1990)
    kind = forms.ChoiceField(
        label="Soort",
        required=False,
        choices=[("", "Alle"), ("a", "A & b"), ("G", [("q", "Q"), ("r", "<R>")])],
    )
    day = forms.DateField(required=False)
    text = forms.CharField(required=False, widget=forms.Textarea)


class Plain(forms.Form):
    number = forms.IntegerField(required=False)
    name = forms.CharField(max_length=5)
    moment = forms.DateTimeField(required=False)
    mail = forms.EmailField(help_text="Zoals u inlogt")
    agreed = forms.BooleanField(required=False)
    choice = forms.TypedChoiceField(choices=[(1, "een"), (2, "twee")], coerce=int)
    options = forms.ChoiceField(choices=[("x", "X")], widget=forms.RadioSelect)
    hidden = forms.CharField(widget=forms.HiddenInput)


DATA = [
    None,
    {"year": "2021", "kind": "a", "name": "te lang", "choice": "2", "text": "<b>"},
    {"year": "'\"<"},
]


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("form", [Filters, Plain])
def test_a_field_in_python_is_the_field_of_the_template(monkeypatch, form, data):
    written = [str(field) if field.is_hidden else str(field.as_field_group()) for field in form(data)]
    monkeypatch.setattr(Renderer, "render", BaseRenderer.render)
    assert written == [str(field) if field.is_hidden else str(field.as_field_group()) for field in form(data)]
