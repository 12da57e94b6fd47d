"""Problems: they hold each other in place, ease, worsen, come and come back."""

from typing import TYPE_CHECKING

from kring.experiments.benchmark.plain_mesa import agency, entrance, guidance
from kring.simulation.behaviour.problem import ACUTE, NEW
from kring.simulation.choices import GUIDANCE
from kring.simulation.field import N_DOMAINS, PARENTING, YOUTH
from kring.simulation.rows import GUIDED, NOT_YET

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def can_have(client: "Client", domain: int) -> bool:
    """Whether the domain exists for this household."""
    return client.children > 0 or domain not in (PARENTING, YOUTH)


def is_lasting(client: "Client", domain: int) -> bool:
    """Draw whether a problem in this domain lasts."""
    return client.random.random() < client.model.field.lasting[domain]


def see_what_feeds_what(client: "Client") -> None:
    """Work out what holds a problem of each domain in place."""
    feeds = client.model.field.feeds
    client.held = [sum(feeds[other][d] for other in client.level) for d in range(N_DOMAINS)]


def live_with_problems(client: "Client") -> None:
    """Each problem eases or worsens; now and then one comes."""
    if client.stage == NOT_YET:
        return
    for domain in sorted(client.level, reverse=True):
        move(client, domain)
    coming = what_comes(client)
    if coming is not None:
        meet_with(client, coming)
    if client.brewing:
        entrance.what_brews_comes(client)
    if client.hidden and client.stage == GUIDED:
        entrance.comes_to_light(client)


def move(client: "Client", domain: int) -> None:
    """Let one problem ease, worsen or stay as it is."""
    change = change_of(client, domain, guidance_in(client, domain))
    if change > 0:
        get_heavier(client, domain)
    elif change < 0:
        ease(client, domain)
        if domain not in client.level and client.caseworker:
            client.caseworker.sees_problem_solved(client)


def guidance_in(client: "Client", domain: int) -> float:
    """Effective guidance of a problem, as a share of what is wanted."""
    helper = client.helper(domain)
    if not helper or client.professional_help == 0 or domain in client.hidden:
        return 0.0
    return helper.share[GUIDANCE] * helper.skill * agency.effect_of_tuning(client)


def ease(client: "Client", domain: int) -> None:
    """Let a problem ease by a level; when it is solved, its professional may leave."""
    client.level[domain] -= 1
    if client.level[domain] == 0:
        del client.level[domain]
        client.solved += 1
        client.hidden.discard(domain)
        guidance.see_professionals_off(client)
        see_what_feeds_what(client)


def get_heavier(client: "Client", domain: int) -> None:
    """Let a problem get a level heavier, or come back at the lightest."""
    before = client.level.get(domain, 0)
    if before == ACUTE:
        return
    client.level[domain] = before + 1
    if before == 0:
        client.had.add(domain)
        see_what_feeds_what(client)
    guidance.call_in_if_asked(client, domain)


def change_of(client: "Client", domain: int, guided: float) -> int:
    """Change of one problem this week: -1, 0 or 1."""
    p, table = client.model.parameters, client.model.field
    eases = table.passing[domain] if domain in client.passing else p.lasting_recovery
    eases *= 1 + p.self_recovery * (client.self_reliance - 0.5)
    aimed = 1.0 if client.made_it_together else p.unaimed_help
    eases += p.network_effect * table.network[domain] * client.network_help * aimed
    eases += p.professional_effect * table.professional[domain] * guided
    if client.cooperation:
        eases += p.complementarity * min(client.network_help, guided)
    eases /= 1 + p.persistence * client.held[domain]
    level = client.level[domain]
    if level == ACUTE:
        eases += p.crisis_passes
    luck = client.random.random()
    if luck < eases:
        return -1
    lightness = (ACUTE - level) / (ACUTE - 1)
    worsens = p.worsening * lightness * (1 - max(client.network_help, guided))
    return 1 if luck > 1 - worsens else 0


def what_comes(client: "Client") -> int | None:
    """The domain in which a problem comes this week, from outside, by others, or back."""
    p, weight = client.model.parameters, client.model.field.weight
    luck = client.random.random()
    for domain in range(N_DOMAINS):
        if not can_have(client, domain):
            continue
        luck -= p.onset * weight[domain] / N_DOMAINS + p.feeding * client.held[domain]
        if domain in client.had and domain not in client.level:
            held = max(client.network_help, p.support_holds * client.professional_help)
            luck -= p.relapse * (1 - held)
        if luck < 0:
            return domain
    return None


def meet_with(client: "Client", domain: int) -> None:
    """Get a problem in this domain, or a heavier one if it is there already."""
    if domain not in client.level:
        client.level[domain] = NEW
        client.had.add(domain)
        client.passing.discard(domain)
        if not is_lasting(client, domain):
            client.passing.add(domain)
        see_what_feeds_what(client)
    elif client.level[domain] < ACUTE:
        client.level[domain] += 1
    guidance.call_in_if_asked(client, domain)
