"""What one may do with the calendar beside looking, which needs no more than being let in."""

from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

FEED = Permission("agenda.feed", _("De eigen agenda in een ander programma lezen"), frozenset(StandardRole))
