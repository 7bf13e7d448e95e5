"""The values of settings through time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from houvast.core.orgs.base import PeriodModel, table_rules


class SettingPeriod(PeriodModel):
    """The value of a setting (instelling) during a period, with the decision it rests on."""

    never_deleted = True

    key = models.CharField(_("instelling"), max_length=80)
    value = models.JSONField(_("waarde"))
    decision = models.CharField(_("besluit"), max_length=200, blank=True)
    unrecorded_fields = frozenset({"decision"})

    class Meta:
        constraints, _indexes = table_rules("settingperiod", period=True)
        indexes = [
            *_indexes,
            models.Index(fields=["organisation", "key", "valid_from"], name="settingperiod_setting"),
        ]

    def __str__(self) -> str:
        return self.key
