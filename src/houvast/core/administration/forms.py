"""Forms for people, roles and grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from houvast.core.access.models import Account
from houvast.core.access.sharing import works_at
from houvast.core.administration import queries
from houvast.core.orgs.models import Organisation, Unit
from houvast.core.registry import action_labels, modules
from houvast.core.ui.forms import DayField, WholeNumberField
from houvast.core.ui.tables import FilterForm


class PersonForm(forms.Form):
    """A new person."""

    name = forms.CharField(label=_("Naam"), max_length=120)


class EmailForm(forms.Form):
    """Who signs in as a person."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_("Wie dit adres heeft, meldt zich aan als deze persoon. Leeg: niemand."),
    )
    expected_version = WholeNumberField(widget=forms.HiddenInput)


class PeriodForm(forms.Form):
    """A beginning and, perhaps, an end after it."""

    valid_from = DayField(label=_("Vanaf"))
    valid_until = DayField(
        label=_("Tot"), required=False, help_text=_("De eerste dag waarop het niet meer geldt.")
    )

    def clean(self) -> None:
        """An end lies after its beginning."""
        start, until = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and until and until <= start:
            self.add_error("valid_until", _("Kies een dag na het begin."))


class RoleForm(PeriodForm):
    """A role for a person, everywhere or in one unit."""

    field_order = ("role", "unit", "valid_from", "valid_until")

    def __init__(self, *args: Any, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Rol"), choices=[(role.key, role.label) for role in queries.roles()]
        )
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Onderdeel"),
            choices=[("", _("De hele organisatie")), *((pk, name) for pk, name in units.items())],
            coerce=lambda pk: Unit.objects.get(pk=pk),
            empty_value=None,
            required=False,
        )
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """The end of a role or a grant."""

    valid_until = DayField(label=_("Eindigt op"), help_text=_("De eerste dag waarop het niet meer geldt."))
    expected_version = WholeNumberField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_valid_until(self) -> Any:
        """Raises ValidationError for a day that does not lie after the beginning."""
        day = self.cleaned_data["valid_until"]
        if day <= self.row.valid_from:
            raise ValidationError(_("Kies een dag na het begin."))
        return day


class GrantForm(PeriodForm):
    """Access for another organisation, or for one person of it."""

    label = forms.CharField(label=_("Omschrijving"), max_length=120)
    grantee = forms.ModelChoiceField(label=_("Voor organisatie"), queryset=Organisation.objects.none())
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_(
            "Van wie daar hier mag werken. Leeg: die organisatie mag tellen voor haar eigen verantwoording."
        ),
    )
    permissions = forms.MultipleChoiceField(label=_("Rechten"), widget=forms.CheckboxSelectMultiple)
    may_write = forms.BooleanField(label=_("Mag ook vastleggen"), required=False)
    decision = forms.CharField(label=_("Besluit"), max_length=200, required=False)

    field_order = (
        "label",
        "grantee",
        "email",
        "permissions",
        "may_write",
        "valid_from",
        "valid_until",
        "decision",
    )

    def __init__(self, *args: Any, here: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grantee, permissions = self.fields["grantee"], self.fields["permissions"]
        assert isinstance(grantee, forms.ModelChoiceField)
        assert isinstance(permissions, forms.MultipleChoiceField)
        grantee.queryset = Organisation.objects.exclude(pk=here.pk)
        permissions.choices = [
            (permission.key, f"{module.name}: {permission.label}")
            for module in modules()
            for permission in module.permissions
        ]

    def clean(self) -> None:
        """Somebody who is let in works at that organisation; an organisation that counts writes nothing."""
        super().clean()
        data = self.cleaned_data
        data["account"] = None
        if data.get("email") and data.get("grantee"):
            account = Account.objects.filter(email=data["email"].lower()).first()
            if account is None or not works_at(account, data["grantee"]):
                self.add_error("email", _("Bij die organisatie meldt niemand zich met dit adres aan."))
            data["account"] = account
        if data.get("may_write") and not data.get("email"):
            self.add_error("may_write", _("Alleen een persoon kan vastleggen. Vul een e-mailadres in."))
        data.pop("email", None)


class PeopleFilter(FilterForm):
    """People by a part of their name."""

    name = forms.CharField(label=_("Naam"), max_length=120, required=False)

    def apply(self, queryset: Any) -> Any:
        """The people whose name holds the text."""
        wanted = self.cleaned_data.get("name")
        return queryset.filter(name__icontains=wanted) if wanted else queryset


class TrailFilter(FilterForm):
    """Entries of one kind."""

    action = forms.ChoiceField(label=_("Handeling"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["action"]
        assert isinstance(field, forms.ChoiceField)
        labels = sorted(
            ((key, str(label)) for key, label in action_labels().items()), key=lambda pair: pair[1]
        )
        field.choices = [("", _("Alle")), *labels]

    def apply(self, queryset: Any) -> Any:
        """The entries of that action."""
        wanted = self.cleaned_data.get("action")
        return queryset.filter(action=wanted) if wanted else queryset


class DayForm(forms.Form):
    """On which day."""

    dag = DayField(label=_("Op"), required=False)
    mark_optional = False
