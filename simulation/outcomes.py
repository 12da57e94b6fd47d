"""Outcomes: what is measured every week, with unit and the way it adds up."""

from typing import NamedTuple

from simulation.compiled import compiled
from simulation.rows import GUIDED, MAPPING, WAITING


class Outcome(NamedTuple):
    """One outcome: name, unit, what it is, and whether it is a mean or a total over clients."""

    name: str
    unit: str
    about: str
    aggregate: str = "mean"
    dutch: str = ""


# In the order in which `record` books them.
OUTCOMES = (
    Outcome("entered", "clients", "clients who have entered", "total", "ingestroomd"),
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
