from django.utils.translation import gettext_lazy as _

from houvast.core.privacy.settings import THRESHOLD
from houvast.core.registry import Module

MODULE = Module(key="privacy", name=_("Kleine aantallen"), settings=(THRESHOLD,))
