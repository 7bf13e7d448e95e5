"""Every write of the structure. Each refuses (NotPossible) what cannot be so, and says what to do instead.

What happens later ends the running period and starts a new one; what was wrong is withdrawn and replaced, so
that what was believed earlier can still be told.
"""

from houvast.modules.structure.actions.functions import (
    add_function,
    change_function,
    correct_function,
    end_function,
)
from houvast.modules.structure.actions.load import Loaded, load
from houvast.modules.structure.actions.milestones import (
    add_evidence,
    add_milestone,
    change_evidence,
    change_milestone,
    check_evidence,
    close_milestone,
    reopen_milestone,
    withdraw_evidence,
)
from houvast.modules.structure.actions.people import (
    add_person,
    appoint,
    correct_appointment,
    end_absence,
    end_appointment,
    end_deputy,
    end_leader,
    register_absence,
    set_deputy,
    withdraw_appointment,
)
from houvast.modules.structure.actions.posts import add_post, change_post, correct_post, end_post
from houvast.modules.structure.actions.transition import (
    add_transition_action,
    change_transition_action,
    finish_transition_action,
    lapse_transition_action,
    reopen_transition_action,
)
from houvast.modules.structure.actions.units import add_unit, change_unit, correct_unit, end_unit
from houvast.modules.structure.actions.versions import (
    add_version,
    advise_version,
    change_version,
    decide_version,
    withdraw_version,
)

__all__ = [
    "Loaded",
    "add_evidence",
    "add_function",
    "add_milestone",
    "add_person",
    "add_post",
    "add_transition_action",
    "add_unit",
    "add_version",
    "advise_version",
    "appoint",
    "change_evidence",
    "change_function",
    "change_milestone",
    "change_post",
    "change_transition_action",
    "change_unit",
    "change_version",
    "check_evidence",
    "close_milestone",
    "correct_appointment",
    "correct_function",
    "correct_post",
    "correct_unit",
    "decide_version",
    "end_absence",
    "end_appointment",
    "end_deputy",
    "end_function",
    "end_leader",
    "end_post",
    "end_unit",
    "finish_transition_action",
    "lapse_transition_action",
    "load",
    "register_absence",
    "reopen_milestone",
    "reopen_transition_action",
    "set_deputy",
    "withdraw_appointment",
    "withdraw_evidence",
    "withdraw_version",
]
