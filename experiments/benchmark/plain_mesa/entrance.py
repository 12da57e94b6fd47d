"""How people come in: early or late, by themselves or by referral, with what is told."""

import math
from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import case, guidance, problem
from kring.simulation.behaviour.entrance import PER_TEN
from kring.simulation.behaviour.problem import ACUTE
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.rows import NOT_YET, OUTSIDE, WAITING

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def come(client: "Client") -> None:
    """Come to the team: in the week in which the need arises, or later."""
    if client.stage == NOT_YET and client.entry_week == client.model.week:
        client.problems_at_entry = client.problems
        client.stage = OUTSIDE
        if comes_at_once(client):
            enter(client)
    elif client.stage == OUTSIDE and has_come(client):
        enter(client)


def comes_at_once(client: "Client") -> bool:
    """Whether the client comes in in the very week in which the need arises."""
    p, policy, luck = client.model.parameters, client.policy, client.random
    if client.entrance == "conference":
        return True
    if luck.random() < share_found_early(client):
        comes_early(client)
        return True
    if luck.random() < policy.referral_only:
        client.comes_week = client.model.week + 1 + int(luck.random() * p.referral_weeks)
        return False
    town, team = client.model.town, client.team
    usual = town.hesitant * (1 - policy.low_threshold)
    put_off = min(1, town.put_off_by_wait * len(team.queue) / team.clients_a_week)
    return luck.random() >= usual + (1 - usual) * put_off


def share_found_early(client: "Client") -> float:
    """Share of people in need whom outreach and collective work find early."""
    p, team = client.model.parameters, client.team
    per_ten = team.places / p.places_per_hour * PER_TEN / (team.clients_a_week * WEEKS_A_YEAR)
    return min(1, client.policy.outreach * team.reached + p.group_detects * per_ten)


def comes_early(client: "Client") -> None:
    """Come in while part of the problems is still brewing."""
    for domain in list(client.level):
        if client.random.random() < client.model.parameters.brewing:
            client.brewing.add(domain)
            client.level[domain] -= 1
            if client.level[domain] == 0:
                del client.level[domain]
                client.had.discard(domain)  # it has not come yet
    problem.see_what_feeds_what(client)


def what_brews_comes(client: "Client") -> None:
    """What was brewing when a client was found early comes, or help averts it."""
    help_there = max(client.network_help, client.professional_help)
    for domain in list(client.brewing):
        luck = client.random.random() * client.model.parameters.brewing_weeks
        if luck < 1:
            client.brewing.discard(domain)
            if luck >= help_there:
                problem.get_heavier(client, domain)


def has_come(client: "Client") -> bool:
    """Whether who was not at the team yet comes now: the way is over, or it cannot go on."""
    if client.comes_week is not None:
        return client.model.week >= client.comes_week
    return client.heaviest == ACUTE


def enter(client: "Client") -> None:
    """Come in: by the policy's offer straight to mobilisation, else wait for a talk."""
    client.opened_week = client.model.week
    client.problems_at_entry = client.problems
    client.solved = 0
    tell_at_the_door(client)
    wait(client)
    policy = client.policy
    if client.asks_for_a_plan or (
        client.problems >= policy.offer_from and client.random.random() < policy.offer
    ):
        client.answer_proposal()
    if client.accepted and case.independent_convenes(client):
        client.team.queue.remove(client)
        client.is_taken_in(client.team.least_loaded(client.team.workers))


def tell_at_the_door(client: "Client") -> None:
    """Tell the heaviest problem; others may stay hidden."""
    told = max(sorted(client.level), key=client.level.__getitem__, default=None)
    chance = client.model.parameters.hidden_at_door * (1 - client.policy.low_threshold)
    for domain in client.level:
        if domain != told and client.random.random() < chance:
            client.hidden.add(domain)


def wait(client: "Client") -> None:
    """Go to the waiting list: before a talk can be planned, the team's intake takes weeks."""
    takes = client.model.town.intake_weeks / 2 * client.random.gammavariate(2, 1)
    client.intake_week = client.model.week + math.floor(takes + 0.5)
    client.stage = WAITING
    client.team.queue.append(client)


def comes_to_light(client: "Client") -> None:
    """The team comes to know of what was not told at the door."""
    for domain in list(client.hidden):
        if client.random.random() < client.model.parameters.comes_to_light:
            client.hidden.discard(domain)
            guidance.call_in_if_asked(client, domain)
