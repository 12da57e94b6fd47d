"""What a client comes with: background, problems, and a network that nobody knows yet."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import problem
from kring.experiments.benchmark.plain_mesa.member import Member, Tie
from kring.experiments.benchmark.plain_mesa.numbers import chance, clip
from kring.simulation.behaviour.problem import ACUTE
from kring.simulation.field import N_DOMAINS
from kring.simulation.people import USUAL_SEVERITY
from kring.simulation.rows import MAX_TIES

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def draw_background(client: "Client") -> None:
    """Age, household, self-reliance, asking barrier, week of entry, and lasting opinions."""
    town, p, luck = client.model.town, client.model.parameters, client.random
    entrance, policy = client.entrance, client.policy
    client.low_education = luck.random() < getattr(town, f"school_{entrance}")
    client.assistance = luck.random() < getattr(town, f"assistance_{entrance}")
    has_children = luck.random() < getattr(town, f"children_{entrance}")
    client.children = luck.randint(1, 3) if has_children else 0
    client.age = int(18 + luck.random() * (37 if has_children else 57))
    client.self_reliance = clip(0.5 + 0.2 * luck.gauss(0, 1), 0, 1)
    client.asking_barrier = clip(0.6 + 0.2 * luck.gauss(0, 1), 0, 1)
    client.entry_week = luck.randrange(town.entry_weeks)
    hours = policy.mobilisation_hours
    client.one_plan = luck.random() < client.team.policy.one_plan
    client.asks_for_a_plan = luck.random() < policy.right_known_clients * p.right_to_plan
    client.room_is_seen = hours > 0 and luck.random() < hours / (hours + p.time_gate)


def draw_problems(client: "Client") -> None:
    """How many problems, in which domains, how severe, and which pass by themselves."""
    model, luck = client.model, client.random
    town, table = model.town, model.field
    client.level: dict[int, int] = {}
    client.passing: set[int] = set()
    client.had: set[int] = set()
    heavy = chance(model.log_odds[client.entrance] + town.problems_spread * luck.gauss(0, 1))
    number = 1 + sum(luck.random() < heavy for _ in range(N_DOMAINS - 1))
    waits = {d: luck.expovariate(1) for d in range(N_DOMAINS) if problem.can_have(client, d)}
    for _ in range(min(number, len(waits))):
        soonest = min(
            (d for d in waits if d not in client.level),
            key=lambda d: (
                waits[d] / (table.weight[d] + 0.5 * sum(table.feeds[o][d] for o in client.level))
            ),
        )
        severity = int(town.severity + 0.8 * luck.gauss(0, 1) + 0.5)
        client.level[soonest] = clip(severity, 1, ACUTE)
        if not problem.is_lasting(client, soonest) or luck.random() < model.parameters.entry_peak:
            client.passing.add(soonest)
    client.had.update(client.level)
    problem.see_what_feeds_what(client)


def draw_network(client: "Client") -> None:
    """The latent network, smaller for those with most problems, and who knows whom in it."""
    model, luck, team = client.model, client.random, client.team
    town, p, table = model.town, model.parameters, model.field
    size = town.network * (1 - p.need_repels * (client.severity - USUAL_SEVERITY) / 10)
    if size > 0 and town.network_spread > 0:
        shape = (town.network / town.network_spread) ** 2
        size = luck.gammavariate(shape, size / shape)
    client.ties: list[Tie] = []
    for _ in range(clip(int(size + 0.5), 0, MAX_TIES)):
        kind = luck.choices(range(len(table.tie_share)), table.tie_share)[0]
        closeness = clip(table.tie_closeness[kind] + 0.15 * luck.gauss(0, 1), 0.05, 1)
        member = None
        if team.ties and luck.random() < town.shared_members:
            member = luck.choice(team.ties).member
        if member is None or any(tie.member is member for tie in client.ties):
            member = Member(model)
        client.ties.append(Tie(client, member, kind, closeness, luck.random()))
    team.ties.extend(client.ties)
    for i, one in enumerate(client.ties):
        for other in client.ties[:i]:
            alike = one.kind == other.kind
            if luck.random() < (town.acquainted if alike else town.acquainted / 2):
                one.knows.add(other)
                other.knows.add(one)
