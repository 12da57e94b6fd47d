"""For extensions: what a mechanism of one's own is written with.

``Extension`` declares; the rest can be used within its behaviour: keyed luck, the states that rows
have, and acts of the people of the week.
"""

from simulation.behaviour.network import begin_to_help as begin_to_help
from simulation.behaviour.network import end_help as end_help
from simulation.behaviour.network import somebody_comes_to_help as somebody_comes_to_help
from simulation.behaviour.problem import set_level as set_level
from simulation.calendar import is_turn_of as is_turn_of
from simulation.draws import normal as normal
from simulation.draws import uniform as uniform
from simulation.extensions import Extension as Extension
from simulation.extensions import load as load
from simulation.extensions import unload as unload
from simulation.extensions.acts import happened as happened
from simulation.extensions.loading import find as find
from simulation.money import CAMPAIGN as CAMPAIGN
from simulation.money import NEIGHBOURHOOD as NEIGHBOURHOOD
from simulation.money import PROVISION as PROVISION
from simulation.money import book as book
from simulation.money import spend as spend
from simulation.rows import ASKED as ASKED
from simulation.rows import CLOSED as CLOSED
from simulation.rows import GONE as GONE
from simulation.rows import GUIDED as GUIDED
from simulation.rows import MAPPED as MAPPED
from simulation.rows import MAPPING as MAPPING
from simulation.rows import NETWORK_PLAN as NETWORK_PLAN
from simulation.rows import NO_PLAN as NO_PLAN
from simulation.rows import NOT_YET as NOT_YET
from simulation.rows import OUTSIDE as OUTSIDE
from simulation.rows import STOPPED as STOPPED
from simulation.rows import SUPPORTING as SUPPORTING
from simulation.rows import UNMAPPED as UNMAPPED
from simulation.rows import WAITING as WAITING
from simulation.rows import WORKER_PLAN as WORKER_PLAN

__all__ = [name for name in globals() if not name.startswith("_")]
