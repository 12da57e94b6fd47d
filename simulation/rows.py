"""The rows: what is known of a client, a tie, a member and a professional, column by column.

One table is the truth for all: the compiled week reads and writes it, the Mesa handles point into
it, the results are read from it. Whole numbers have 4 bytes and fractions 8, so that Python and
the compiled code compute alike; levels, states and flags have 1.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from kring.simulation.choices import N_TASKS
from kring.simulation.field import N_DISCIPLINES, N_DOMAINS, N_PROVISIONS

MAX_TIES = 24  # of one client; also the number of bits in `Tie.knows`

# How far a client's case is.
NOT_YET, OUTSIDE, WAITING, MAPPING, GUIDED, CLOSED = range(6)
STAGES = ("no need yet", "not at the team yet", "waiting", "mapping", "guided", "closed")

# What a tie is to the client.
UNMAPPED, MAPPED, ASKED, SUPPORTING, STOPPED, GONE = range(6)
TIE_STATES = ("unmapped", "mapped", "asked", "supporting", "stopped", "gone")

# Who made the plan.
NO_PLAN, WORKER_PLAN, NETWORK_PLAN = range(3)
PLANS = ("none", "worker", "network")

TEAM_ENTRANCE, CONFERENCE_ENTRANCE = range(2)
ENTRANCES = ("team", "conference")

GENERALIST, COORDINATOR, AGENCY = range(3)
ROLES = ("team worker", "coordinator", "agency")

# name, type, unit, what it is; what every week needs comes first, side by side in memory
CLIENT = (
    ("network_help", "f8", "share", "part of the informal need that supporters meet this week"),
    ("professional_help", "f8", "share", "part of the severity that professionals cover this week"),
    ("coming", "f8", "per week", "upper bound of the chance that a problem comes"),
    ("id", "i4", "", "identity, given at creation"),
    ("first_tie", "i4", "row", "first of the client's ties"),
    ("supporting", "i4", "bits", "which of the client's ties give support, by place"),
    ("supporters", "i4", "persons", "members who give support"),
    ("problems", "i4", "problems", "number of problem domains at level 1 or more"),
    ("severity", "i4", "levels", "sum of the levels"),
    ("helpers", ("i4", (N_DISCIPLINES,)), "row", "helper of each discipline, -1 without"),
    ("hidden", "i2", "bits", "problem domains that nobody at the team knows of"),
    ("brewing", "i2", "bits", "problem domains in which a level is still to come"),
    ("passing", "i2", "bits", "problem domains in which the problem would pass by itself"),
    ("had", "i2", "bits", "problem domains in which the client has had a problem"),
    ("entry_week", "i2", "week", "week of entry"),
    ("n_ties", "i1", "persons", "size of the latent network"),
    ("mapped", "i1", "persons", "network size: members mapped and not gone"),
    ("provided", "i1", "bits", "which provisions the client has"),
    ("counted_on", "i1", "persons", "supporters the plan started with"),
    ("helping_at_entry", "i1", "persons", "members who helped when the client came"),
    ("professionals", "i1", "persons", "professional helpers"),
    ("stage", "i1", "stage", "how far the case is"),
    ("entrance", "i1", "entrance", "route of entry"),
    ("plan", "i1", "plan", "who made the plan"),
    ("carried_out", "?", "", "the plan is in use, at least in part"),
    ("cooperation", "?", "", "network and professionals work together"),
    ("conference", "?", "", "an independent coordinator brought the network together"),
    ("at_agency", "i1", "bits", "disciplines in which an agency helps"),
    ("referred", "i1", "bits", "disciplines for which an agency has been asked"),
    ("one_plan", "?", "", "one plan is kept for all who help"),
    ("does", "?", "", "does what (s)he can"),
    ("in_group", "?", "", "has a place in a group"),
    ("outside_guidance", "?", "", "an independent coordinator is (to be) at work beside the team"),
    ("level", ("i1", (N_DOMAINS,)), "level", "severity by domain, 0 none to 4 acute"),
    ("present", ("i1", (N_DOMAINS,)), "domain", "domains with a problem, the first `problems`"),
    ("self_reliance", "f8", "0 to 1", "what the client can do alone"),
    ("hours_professional", "f8", "hours", "time of professionals received, agencies included"),
    ("hours_network", "f8", "hours", "time of supporters received"),
    ("cost", "f8", "EUR", "cost of help, conference and foster care so far"),
    ("credit_network", "f8", "levels", "relief owed to the network"),
    ("credit_professional", "f8", "levels", "relief owed to professionals"),
    ("credit_self", "f8", "levels", "relief owed to neither"),
    ("asking_barrier", "f8", "0 to 1", "reluctance to ask"),
    ("hours_talked", "f8", "hours", "time of the kitchen-table talk so far"),
    ("hours_mapped", "f8", "hours", "time spent on mapping and bringing together the network"),
    ("team", "i4", "row", "neighbourhood team"),
    ("caseworker", "i4", "row", "team worker who holds the case, -1 before"),
    ("coordinator", "i4", "row", "independent coordinator, -1 without"),
    ("policy", "i2", "row", "policy the client meets"),
    ("solved", "i2", "problems", "problems solved since entry"),
    ("plan_week", "i2", "week", "week of the plan, -1 before"),
    ("begins_week", "i2", "week", "week in which what the client said yes to begins or falls off"),
    ("intake_week", "i2", "week", "week from which the team can plan the talk"),
    ("meets_week", "i2", "week", "week for which the network is invited, -1 before"),
    ("lapsed_week", "i2", "week", "week in which the plan first went out of use, -1 before"),
    ("provided_until", ("i2", (N_PROVISIONS,)), "week", "end of each provision, 0 without"),
    ("decision_week", ("i2", (N_PROVISIONS,)), "week", "decision on each provision, 0 not asked"),
    ("left_week", "i2", "week", "week in which the client left the municipality, -1 before"),
    ("closed_week", "i2", "week", "week of the last closing, -1 before"),
    ("comes_week", "i2", "week", "week in which the way to the team ends, -1 unknown"),
    ("opened_week", "i2", "week", "week in which the case was (last) opened"),
    ("left_with", "i2", "levels", "severity when the case was closed"),
    ("with_worker", "i2", "week", "week since which the caseworker holds the case"),
    ("provision_end", "i2", "week", "end of a short provision, -1 without"),
    ("placed_until", "i2", "week", "end of the foster care of a child, -1 without"),
    ("waited", "i2", "weeks", "weeks on the waiting list so far"),
    ("returns", "i1", "times", "times that the client came back after closing, 100 at most"),
    ("refused", "i1", "times", "refusals by agencies"),
    ("children", "i1", "persons", "children at home"),
    ("age", "i1", "years", "age"),
    ("problems_at_entry", "i1", "problems", "number of problems at entry"),
    ("at_table", "i1", "persons", "family and friends at the kitchen-table talk"),
    ("attended", "i1", "persons", "people at the network's meeting, the client included"),
    ("low_education", "?", "", "at most secondary school"),
    ("assistance", "?", "", "on social assistance"),
    ("proposed", "?", "", "network support was proposed"),
    ("accepted", "?", "", "and accepted"),
    ("helped_meanwhile", "?", "", "the team helps while the network is prepared"),
    ("withdrew", "?", "", "and came back on it before the network could meet"),
    ("found_early", "?", "", "found before the problems had all come"),
    ("renewing", "?", "", "a short provision is being renewed"),
    ("self_reliance_asked", "?", "", "self-reliance was asked"),
    ("past", "?", "", "the case was over before week 1, so that outcomes leave it out"),
)

TIE = (
    ("id", "i4", "", "identity: the client's, and the place in the network"),
    ("member", "i4", "row", "the network member"),
    ("knows", "i4", "bits", "which other ties of this client the member knows"),
    ("kind", "i1", "kind", "tie type"),
    ("state", "i1", "state", "what the tie is to the client now"),
    ("in_plan", "?", "", "helped to make the plan"),
    ("at_entry", "?", "", "helped already when the client came"),
    ("closeness", "f8", "0 to 1", "closeness"),
    ("hours", "f8", "hours per week", "help given"),
)

MEMBER = (
    ("id", "i4", "", "identity"),
    ("felt_week", "i4", "week", "week up to which the strain was felt"),
    ("spare_hours", "f8", "hours per week", "time to spare for help"),
    ("load", "f8", "hours per week", "help given, all clients together"),
    ("strain", "f8", "hours per spare hour", "load against spare hours, as it built up"),
)

# What is so of a tie, and of the member behind it.
TIE_AND_MEMBER = (*TIE, *(column for column in MEMBER if column[0] not in ("id", "felt_week")))

PROFESSIONAL = (
    ("id", "i8", "", "identity"),
    ("hours", "f8", "hours per week", "time for clients, when at work"),
    ("contract", "f8", "hours per week", "time for clients at the norm of the town"),
    ("here", "f8", "hours", "time at work this week"),
    ("wanted", ("f8", (N_TASKS,)), "hours", "asked for this week, by task"),
    ("share", ("f8", (N_TASKS,)), "share", "part of it that can be given, by task"),
    ("given", "f8", "hours", "given this week"),
    ("doubt", "f8", "0 to 1", "belief that networks cannot work in multi-problem cases"),
    ("skill", "f8", "0 to 1", "effect of the guidance, against that of a schooled worker"),
    ("complexity_trait", "f8", "0 to 1", "lets complexity decide where below the policy's share"),
    ("knowledge_trait", "f8", "0 to 1", "knows the right where below the policy's share"),
    ("rate", "f8", "EUR per hour", "tariff"),
    ("cases", "i2", "cases", "clients helped now"),
    ("held", "i2", "cases", "of them: held as caseworker"),
    ("back", "i2", "week", "week from which (s)he is at work"),
    ("team", "i4", "row", "team"),
    ("discipline", "i1", "discipline", "discipline"),
    ("trade", "i1", "discipline", "discipline of the place, whoever fills it"),
    ("role", "i1", "role", "team worker, independent coordinator or agency"),
)

TEAM = (
    ("id", "i8", "", "identity"),
    ("first_client", "i8", "row", "first client"),
    ("end_client", "i8", "row", "one past the last client"),
    ("first_professional", "i8", "row", "first professional"),
    ("end_professional", "i8", "row", "one past the last"),
    ("first_coordinator", "i8", "row", "first independent coordinator, after the workers"),
    ("first_agency", "i8", "row", "first agency, after the coordinators; one a discipline"),
    ("first_tie", "i8", "row", "first tie of its first client"),
    ("policy", "i8", "row", "policy by which the team works"),
    ("waiting", "i8", "clients", "on the waiting list"),
    ("waited", "i8", "clients", "on the waiting list when its staff was last looked at"),
    ("in_group", "i8", "clients", "with a place in a group"),
    ("former_clients", "i8", "persons", "former clients ready to support somebody"),
    ("places", "f8", "places", "places in groups"),
    ("collective", "f8", "hours", "collective work this week"),
    ("reached", "f8", "share", "part of the wanted outreach that there were hours for"),
    ("clients_a_week", "f8", "clients", "people who come into need, on average"),
)

EPISODE = (
    ("week", "i4", "week", "week"),
    ("client", "i4", "row", "client"),
    ("amount", "f4", "as its kind says", "size"),
    ("kind", "i1", "kind", "what happened"),
    ("detail", "i1", "as its kind says", "domain, tie type or plan"),
    ("tie", "i1", "place", "place in the client's network of whom it is about, -1 for nobody"),
    ("why", "i1", "bits", "why a supporter stops"),
)


# Of one column: name, type (or type and shape), unit, what it is.
Columns = tuple[tuple[str, str | tuple[str, tuple[int, ...]], str, str], ...]


@cache
def row_type(columns: Columns) -> np.dtype:
    """NumPy's record of a table of columns."""
    fields = [(c[0], *c[1]) if isinstance(c[1], tuple) else (c[0], c[1]) for c in columns]
    return np.dtype(fields, align=True)


def empty_rows(columns: Columns, n: int) -> np.recarray:
    """A table of ``n`` rows of zeros."""
    return np.zeros(n, row_type(columns)).view(np.recarray)


def units(columns: Columns) -> dict[str, str]:
    """Unit of each column."""
    return {column[0]: column[2] for column in columns}


class World(NamedTuple):
    """All that a phase of the week can see: the rows, what it goes by, and what it records."""

    clients: np.recarray
    ties: np.recarray
    members: np.recarray
    professionals: np.recarray
    teams: np.recarray
    policies: np.recarray
    # What the weeks go by and never write: a record each.
    parameters: np.record
    town: np.record
    domains: np.record
    kinds: np.record  # of ties
    provisions: np.record
    extensions: np.record  # what is put beside Kring's own rules, by place (`places`)
    seed: int
    # What they record.
    weekly: np.recarray  # weeks x routes of entry, sums over clients
    spread: np.ndarray  # weeks x routes of entry x numbers of problems
    municipality: np.recarray  # weeks, sums over teams and money
    episodes: np.recarray
    episode_count: np.ndarray  # one number
