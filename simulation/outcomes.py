"""Outcomes: what is measured every week of clients, teams and money, with units."""

from typing import NamedTuple

from simulation.behaviour.referral import further_plans
from simulation.compiled import compiled
from simulation.levers.team import TASKS
from simulation.money import KINDS
from simulation.rows import CLOSED, GUIDED, MAPPING, N_TASKS, OUTSIDE, WAITING


class Outcome(NamedTuple):
    """One outcome: name, unit, what it is, and whether it is a mean or a total over clients."""

    name: str
    unit: str
    about: str
    aggregate: str = "mean"
    dutch: str = ""


# In the order in which `record` books them.
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
)
NAMES = tuple(outcome.name for outcome in OUTCOMES)
UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


@compiled
def record(client, books):
    """Add one client to the week's books, in the order of `OUTCOMES`."""
    in_care = client.stage in (MAPPING, GUIDED)
    books[0] += 1.0
    books[1] += client.problems
    books[2] += client.severity
    books[3] += client.mapped
    books[4] += client.supporters
    books[5] += 1.0 if client.supporters == 0 else 0.0
    books[6] += client.professionals
    books[7] += client.network_help
    books[8] += 1.0 if client.cooperation else 0.0
    books[9] += 1.0 if client.stage == WAITING else 0.0
    books[10] += 1.0 if in_care else 0.0
    books[11] += client.hours_professional
    books[12] += client.hours_mapped
    books[13] += client.hours_network
    books[14] += client.solved
    books[15] += client.cost
    books[16] += 1.0 if client.stage == OUTSIDE else 0.0
    books[17] += 1.0 if client.stage == CLOSED else 0.0
    books[18] += client.waited
    books[19] += client.returns
    books[20] += client.refused
    books[21] += plans(client)
    books[22] += 1.0 if client.in_group else 0.0
    books[23] += 1.0 if client.placed_until >= 0 else 0.0


@compiled
def plans(client):
    """Plans that stand beside each other: one, and one for each agency where none is shared."""
    if client.stage != GUIDED:
        return 0.0
    return 1.0 if client.one_plan else 1.0 + further_plans(client)


# What is booked of the municipality, in the order of `record_team`; money comes first.
MONEY = tuple(
    Outcome(f"spent_{kind}", "EUR", f"spent on {kind} in the week", "total") for kind in KINDS
)
MUNICIPAL = (
    *MONEY,
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
    *(Outcome(f"wanted_{t}", "hours", f"hours wanted for {t}", "total") for t in TASKS),
    *(Outcome(f"given_{t}", "hours", f"hours given to {t}", "total") for t in TASKS),
)
MUNICIPAL_NAMES = tuple(outcome.name for outcome in MUNICIPAL)
# Their places, behind the money.
(WAITING_LIST, CASES, HOURS_HERE, HOURS_PAID, WORKERS, DOUBT, SKILL, PLACES, FOUND_EARLY,
 STAFF_COST, WANTED) = range(len(MONEY), len(MONEY) + 11)  # fmt: skip
GIVEN = WANTED + N_TASKS


@compiled
def record_team(world, team, books):
    """Add one team to the week's books, in the order of `MUNICIPAL`."""
    books[WAITING_LIST] += team.waiting
    books[PLACES] += team.places
    for row in range(team.first_professional, team.first_coordinator):
        worker = world.professionals[row]
        books[CASES] += worker.held
        books[HOURS_HERE] += worker.here
        books[HOURS_PAID] += worker.hours
        books[WORKERS] += 1.0
        books[DOUBT] += worker.doubt
        books[SKILL] += worker.skill
        books[STAFF_COST] += worker.hours * worker.rate
        for task in range(N_TASKS):
            books[WANTED + task] += worker.wanted[task]
            books[GIVEN + task] += worker.wanted[task] * worker.share[task]
