from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import Permission, StandardRole

CALCULATE = Permission("terms.calculate", _("Termijnen uitrekenen"), frozenset(StandardRole), guests=True)
