"""Files with a record: who handles an incident, and who notifies a breach, may add one and withdraw one."""

from houvast.core.files.actions import attaching
from houvast.modules.security import permissions
from houvast.modules.security.actions.common import require_unit
from houvast.modules.security.models import Breach, Incident

attach_to_incident = attaching(
    "security.attach_to_incident",
    Incident,
    permissions.HANDLE,
    require_unit,
    withdrawing="security.withdraw_from_incident",
)
attach_to_breach = attaching(
    "security.attach_to_breach",
    Breach,
    permissions.NOTIFY,
    require_unit,
    withdrawing="security.withdraw_from_breach",
)
