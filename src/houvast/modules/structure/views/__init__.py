"""Screens of the structure."""

from houvast.modules.structure.views.appointments import (
    appoint,
    correct_appointment,
    end_appointment,
    end_leader,
    withdraw_appointment,
)
from houvast.modules.structure.views.functions import (
    add_function,
    change_function,
    correct_function,
    end_function,
    function,
    functions,
)
from houvast.modules.structure.views.imports import import_confirm, import_template, import_workbook
from houvast.modules.structure.views.organogram import organogram, organogram_svg, vacancies
from houvast.modules.structure.views.people import (
    add_person,
    end_absence,
    end_deputy,
    people,
    person,
    register_absence,
    set_deputy,
)
from houvast.modules.structure.views.posts import add_post, change_post, correct_post, end_post, post
from houvast.modules.structure.views.units import add_unit, change_unit, correct_unit, end_unit, unit

__all__ = [
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
    "function",
    "functions",
    "import_confirm",
    "import_template",
    "import_workbook",
    "organogram",
    "organogram_svg",
    "people",
    "person",
    "post",
    "register_absence",
    "set_deputy",
    "unit",
    "vacancies",
    "withdraw_appointment",
]
