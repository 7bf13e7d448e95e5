"""What the structure tells the chapter: its claims, and the default prose of its slot."""

from houvast.core.report.claims import ClaimSource, SlotText
from houvast.modules.structure.facts.board import DIRECTOR_VACANCIES, DIRECTORS
from houvast.modules.structure.facts.daily import figures, tasks
from houvast.modules.structure.facts.dates import dates
from houvast.modules.structure.facts.leaders import (
    ALL_TEAMS_LED_SINCE,
    FIRST_LEADER_MONTH,
    LEADER_FUNCTION,
    LEADER_FUNCTION_SINCE,
    LEADERS_FIRST_MONTH,
)
from houvast.modules.structure.facts.partner import (
    PARTNER_BOARD_MODEL_MOMENT,
    PARTNER_BOARD_PERSONS,
    PARTNER_BOARD_POSTS,
)
from houvast.modules.structure.facts.reminders import REMINDERS
from houvast.modules.structure.facts.searched import INDEXED
from houvast.modules.structure.facts.teams import TEAMS, TEAMS_WITH_LEADER, TEAMS_WITHOUT_LEADER
from houvast.modules.structure.facts.transition import (
    TRANSITION_MANNER,
    TRANSITION_MEANING,
    TRANSITION_STATUS,
)

__all__ = ["CLAIMS", "INDEXED", "REMINDERS", "SLOTS", "TEAMS_WITH_LEADER", "dates", "figures", "tasks"]
CLAIMS: tuple[ClaimSource, ...] = (
    DIRECTORS,
    DIRECTOR_VACANCIES,
    TEAMS,
    TEAMS_WITH_LEADER,
    TEAMS_WITHOUT_LEADER,
    LEADER_FUNCTION,
    LEADER_FUNCTION_SINCE,
    FIRST_LEADER_MONTH,
    LEADERS_FIRST_MONTH,
    ALL_TEAMS_LED_SINCE,
    PARTNER_BOARD_PERSONS,
    PARTNER_BOARD_POSTS,
    PARTNER_BOARD_MODEL_MOMENT,
    TRANSITION_STATUS,
    TRANSITION_MANNER,
    TRANSITION_MEANING,
)

_BOARD = (
    "[[als structure.directors]]De organisatie wordt geleid door een directieteam van "
    "[[structure.directors|telling-woord]][[als structure.director_vacancies]] en "
    "[[structure.director_vacancies|telling-woord]][[einde]].[[einde]]"
)
_FUNCTION = "[[als structure.leader_function]]Nieuw is de functie van [[structure.leader_function]].[[einde]]"
_APPOINTED = (
    "[[als structure.leaders_appointed_first_month]]In [[structure.first_leader_month|maand]] werden "
    "[[structure.leaders_appointed_first_month]] teamleiders benoemd.[[einde]]"
)
_LED = (
    "[[als structure.teams]][[als structure.all_teams_led_since]]Vanaf "
    "[[structure.all_teams_led_since|maand]] hebben [[structure.teams_with_leader]] teams een teamleider."
    "[[anders]]Eind [[report.year|jaar]] hadden [[structure.teams_with_leader]] teams een teamleider."
    "[[einde]][[einde]]"
)
SLOTS = (SlotText("structure.organisation", f"{_BOARD} {_FUNCTION} {_APPOINTED} {_LED}"),)
