"""What is remembered of a page never shows more than what it was remembered for."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from houvast.core.ui import table_html
from houvast.core.ui.forms import WholeNumberField
from houvast.core.ui.tables import FilterForm


def test_the_inside_knows_the_named_values_and_nothing_else():
    template = Template(
        "{% load houvast %}{% frozen name=who.name %}{{ name }}{{ secret }}{{ who.name }}{% endfrozen %}"
    )
    assert template.render(Context({"who": {"name": "A"}, "secret": "geheim"})) == "A"
    assert template.render(Context({"who": {"name": "B"}, "secret": "ander"})) == "B"
    assert template.render(Context({"who": {"name": "<A>"}})) == "&lt;A&gt;"


def test_it_is_rendered_once_for_the_same_values_and_language():
    template = Template('{% load houvast i18n %}{% frozen %}{% translate "Afmelden" %}{% endfrozen %}')
    node = template.nodelist[-1]
    with override("nl"):
        assert [template.render(Context()) for _ in range(2)] == ["Afmelden"] * 2
        assert len(node._made) == 1
    with override("en"):
        template.render(Context())
    assert len(node._made) == 2


def test_it_remembers_a_limited_number():
    template = Template("{% load houvast %}{% frozen a=a %}{{ a }}{% endfrozen %}")
    node = template.nodelist[-1]
    assert [template.render(Context({"a": number})) for number in range(600)] == [str(n) for n in range(600)]
    assert len(node._made) <= node.most


def test_it_takes_named_values_only():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load houvast %}{% frozen a %}{% endfrozen %}")


class Fixed(FilterForm):
    year = WholeNumberField(required=False)


class Called(FilterForm):
    kind = forms.ChoiceField(required=False, choices=lambda: [("", "Alle")])


class Made(FilterForm):
    year = WholeNumberField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["more"] = forms.CharField(required=False)


def test_only_filters_that_follow_from_their_class_are_remembered():
    assert [table_html._is_fixed(form({})) for form in (Fixed, Called, Made)] == [True, False, False]
    assert not table_html._is_fixed(Fixed({}, initial={"year": 2021}))
    for year in ("2021", "2022", "fout"):
        assert f'value="{year}"' in table_html._fields(Fixed({"year": year}))
    assert "hv-field--invalid" in table_html._fields(Fixed({"year": "fout"}))
    for number in range(600):
        table_html._fields(Fixed({"year": str(number)}))
    assert len(table_html._known) <= table_html._MOST_KNOWN
