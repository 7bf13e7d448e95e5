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
from houvast.modules.structure.actions.units import add_unit, change_unit, correct_unit, end_unit

__all__ = [
    "Loaded",
    "add_function",
    "add_person",
    "add_post",
    "add_unit",
    "appoint",
    "change_function",
    "change_post",
    "change_unit",
    "correct_appointment",
    "correct_function",
    "correct_post",
    "correct_unit",
    "end_absence",
    "end_appointment",
    "end_deputy",
    "end_function",
    "end_leader",
    "end_post",
    "end_unit",
    "load",
    "register_absence",
    "set_deputy",
    "withdraw_appointment",
]
