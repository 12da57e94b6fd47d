"""For extensions: what a mechanism of one's own is written with.

``Extension`` declares; the rest can be used within its behaviour: keyed luck, the states that rows
have, and acts of the people of the week.
"""

from kring.simulation.behaviour.network import begin_to_help as begin_to_help
from kring.simulation.behaviour.network import end_help as end_help
from kring.simulation.behaviour.network import somebody_comes_to_help as somebody_comes_to_help
from kring.simulation.behaviour.problem import set_level as set_level
from kring.simulation.calendar import is_turn_of as is_turn_of
from kring.simulation.draws import normal as normal
from kring.simulation.draws import uniform as uniform
from kring.simulation.extensions import Extension as Extension
from kring.simulation.extensions import load as load
from kring.simulation.extensions import unload as unload
from kring.simulation.extensions.acts import happened as happened
from kring.simulation.extensions.checked import helper as helper
from kring.simulation.extensions.loading import find as find
from kring.simulation.field import DISCIPLINES as DISCIPLINES
from kring.simulation.field import DOMAINS as DOMAINS
from kring.simulation.field import PROVISIONS as PROVISIONS
from kring.simulation.field import TIE_KINDS as TIE_KINDS
from kring.simulation.money import CAMPAIGN as CAMPAIGN
from kring.simulation.money import NEIGHBOURHOOD as NEIGHBOURHOOD
from kring.simulation.money import PROVISION as PROVISION
from kring.simulation.money import book as book
from kring.simulation.money import spend as spend
from kring.simulation.rows import ASKED as ASKED
from kring.simulation.rows import CLOSED as CLOSED
from kring.simulation.rows import GONE as GONE
from kring.simulation.rows import GUIDED as GUIDED
from kring.simulation.rows import MAPPED as MAPPED
from kring.simulation.rows import MAPPING as MAPPING
from kring.simulation.rows import NETWORK_PLAN as NETWORK_PLAN
from kring.simulation.rows import NO_PLAN as NO_PLAN
from kring.simulation.rows import NOT_YET as NOT_YET
from kring.simulation.rows import OUTSIDE as OUTSIDE
from kring.simulation.rows import STOPPED as STOPPED
from kring.simulation.rows import SUPPORTING as SUPPORTING
from kring.simulation.rows import UNMAPPED as UNMAPPED
from kring.simulation.rows import WAITING as WAITING
from kring.simulation.rows import WORKER_PLAN as WORKER_PLAN

__all__ = [name for name in globals() if not name.startswith("_")]
