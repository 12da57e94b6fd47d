"""Outcomes: what is measured every week of clients, teams and money, with units."""

from typing import NamedTuple

import numpy as np

from kring.simulation.behaviour.referral import further_plans
from kring.simulation.choices import N_TASKS, TASKS
from kring.simulation.compiled import compiled, compiled_and_kept
from kring.simulation.money import KINDS
from kring.simulation.rows import CLOSED, GUIDED, MAPPING, NETWORK_PLAN, OUTSIDE, WAITING


class Outcome(NamedTuple):
    """One outcome: name, unit, what it is, and whether it is a mean or a total over clients."""

    name: str
    unit: str
    about: str
    aggregate: str = "mean"
    dutch: str = ""


OUTCOMES = (
    Outcome("entered", "clients", "people whose need has arisen", "total", "ingestroomd"),
    Outcome("problems", "problems", "problems per client", dutch="problemen per cliënt"),
    Outcome("severity", "levels", "sum of severity levels per client", dutch="ernst"),
    Outcome("network", "persons", "network members mapped", dutch="netwerk in kaart"),
    Outcome("supporters", "persons", "persons giving support", dutch="steungevers"),
    Outcome("alone", "share", "clients without any supporter", dutch="zonder steungever"),
    Outcome("professionals", "persons", "professional helpers", dutch="professionals"),
    Outcome("network_help", "share", "informal need met", dutch="hulpvraag door netwerk gedekt"),
    Outcome("cooperation", "share", "network and professional work together", dutch="samenwerking"),
    Outcome("waiting", "share", "clients waiting for a talk", dutch="wachtend"),
    Outcome("in_care", "share", "cases open, talk held", dutch="in zorg"),
    Outcome("hours_professional", "hours", "team professionals' time so far", dutch="uren team"),
    Outcome("hours_mapped", "hours", "time for the network so far", dutch="uren netwerk"),
    Outcome("hours_network", "hours", "supporters' time so far", dutch="uren steungevers"),
    Outcome("solved", "problems", "problems solved since entry", dutch="opgeloste problemen"),
    Outcome("cost", "EUR", "cost so far", dutch="kosten"),
    Outcome("outside", "share", "in need, not at the team yet", dutch="nog niet bij het team"),
    Outcome("closed", "share", "cases closed", dutch="afgesloten"),
    Outcome("weeks_waited", "weeks", "weeks on the waiting list so far", dutch="weken gewacht"),
    Outcome("returns", "times", "returns after closing so far", dutch="keren teruggekomen"),
    Outcome("refused", "times", "refusals by agencies so far", dutch="keren geweigerd"),
    Outcome("plans", "plans", "plans in the household beside each other", dutch="plannen"),
    Outcome("in_group", "share", "with a place in a group", dutch="in een groep"),
    Outcome("placed", "share", "with a child in foster care", dutch="kind in pleegzorg"),
    Outcome("helped_already", "persons", "who helped when the client came", dutch="hielpen al"),
    Outcome("plan_in_use", "share", "network's plan in use", dutch="netwerkplan in gebruik"),
    Outcome("provided", "share", "clients with a provision", dutch="met een voorziening"),
)
NAMES = tuple(outcome.name for outcome in OUTCOMES)
UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


# One route of entry in one week: a sum over clients for each outcome, by its name.
CLIENT_SUMS = np.dtype([(name, "f8") for name in NAMES])


@compiled
def record(client, sums):
    """Add one client to the week's sums."""
    sums.entered += 1.0
    sums.problems += client.problems
    sums.severity += client.severity
    sums.network += client.mapped
    sums.supporters += client.supporters
    sums.alone += 1.0 if client.supporters == 0 else 0.0
    sums.professionals += client.professionals
    sums.network_help += client.network_help
    sums.cooperation += 1.0 if client.cooperation else 0.0
    sums.waiting += 1.0 if client.stage == WAITING else 0.0
    sums.in_care += 1.0 if client.stage in (MAPPING, GUIDED) else 0.0
    sums.hours_professional += client.hours_professional
    sums.hours_mapped += client.hours_mapped
    sums.hours_network += client.hours_network
    sums.solved += client.solved
    sums.cost += client.cost
    sums.outside += 1.0 if client.stage == OUTSIDE else 0.0
    sums.closed += 1.0 if client.stage == CLOSED else 0.0
    sums.weeks_waited += client.waited
    sums.returns += client.returns
    sums.refused += client.refused
    sums.plans += plans(client)
    sums.in_group += 1.0 if client.in_group else 0.0
    sums.placed += 1.0 if client.placed_until >= 0 else 0.0
    sums.helped_already += client.helping_at_entry
    sums.plan_in_use += 1.0 if client.plan == NETWORK_PLAN and client.carried_out else 0.0
    sums.provided += 1.0 if client.provided else 0.0


@compiled_and_kept
def add_up(clients, sums):
    """Add each of these clients to the sums of his or her route of entry."""
    for c in range(len(clients)):
        record(clients[c], sums[clients[c].entrance])


@compiled
def plans(client):
    """Plans that stand beside each other: one, and one for each agency where none is shared."""
    if client.stage != GUIDED:
        return 0.0
    return 1.0 if client.one_plan else 1.0 + further_plans(client)


MONEY = tuple(
    Outcome(f"spent_{kind}", "EUR", f"spent on {kind} in the week", "total") for kind in KINDS
)
OF_TEAMS = (
    Outcome("waiting_list", "clients", "clients on the waiting list", "total"),
    Outcome("cases", "cases", "cases held by team workers", "total"),
    Outcome("hours_here", "hours", "hours of team workers at work", "total"),
    Outcome("hours_paid", "hours", "hours of team workers, those away included", "total"),
    Outcome("workers", "persons", "team workers, vacant places included", "total"),
    Outcome("doubt", "0 to 1", "belief that networks cannot work, sum over workers", "total"),
    Outcome("skill", "0 to 1", "effect of guidance, sum over workers", "total"),
    Outcome("places", "places", "places in groups", "total"),
    Outcome("found_early", "clients", "people found early in the week", "total"),
    Outcome("staff_cost", "EUR", "team workers' hours at the tariff, used or not", "total"),
)
BY_TASK = (
    *(Outcome(f"wanted_{t}", "hours", f"hours wanted for {t}", "total") for t in TASKS),
    *(Outcome(f"given_{t}", "hours", f"hours given to {t}", "total") for t in TASKS),
)
MUNICIPAL = (*MONEY, *OF_TEAMS, *BY_TASK)
MUNICIPAL_NAMES = tuple(outcome.name for outcome in MUNICIPAL)
# One week of the municipality: the same sums in the same order, money and hours side by side.
MUNICIPAL_SUMS = np.dtype(
    [
        ("spent", "f8", (len(MONEY),)),
        *((outcome.name, "f8") for outcome in OF_TEAMS),
        ("wanted", "f8", (N_TASKS,)),
        ("given", "f8", (N_TASKS,)),
    ]
)


@compiled
def record_team(world, team, sums):
    """Add one team to the week's sums."""
    sums.waiting_list += team.waiting
    sums.places += team.places
    for row in range(team.first_professional, team.first_coordinator):
        worker = world.professionals[row]
        sums.cases += worker.held
        sums.hours_here += worker.here
        sums.hours_paid += worker.hours
        sums.workers += 1.0
        sums.doubt += worker.doubt
        sums.skill += worker.skill
        sums.staff_cost += worker.hours * worker.rate
        for task in range(N_TASKS):
            sums.wanted[task] += worker.wanted[task]
            sums.given[task] += worker.wanted[task] * worker.share[task]


def no_weeks(sums: np.dtype, *each_week: int) -> np.recarray:
    """Weekly sums of no weeks yet, with so many records a week."""
    return np.zeros((0, *each_week), sums).view(np.recarray)


def numbers(sums: np.recarray) -> np.ndarray:
    """The same memory as plain numbers: the last axis goes over the outcomes, in their order."""
    return sums.view(np.float64, np.ndarray).reshape(*sums.shape, sums.dtype.itemsize // 8)
