"""Supporters: they divide the need among them, go on, stop, or step in for another."""

from typing import TYPE_CHECKING

from kring.simulation.calendar import QUARTER
from kring.simulation.rows import ASKED, GONE, SUPPORTING, UNMAPPED

if TYPE_CHECKING:
    from kring.experiments.benchmark.plain_mesa.client import Client


def be_helped(client: "Client") -> None:
    """Receive the week's help: supporters divide the need by what each can spare, or not."""
    client.network_help = 0.0
    if not client.helping:
        return
    need = client.model.parameters.need_per_level * max(client.severity, 1)
    if client.made_it_together:
        weights = [tie.member.spare_hours for tie in client.helping]
    else:
        weights = [tie.closeness**2 for tie in client.helping]
    total = sum(weights)
    given = sum(
        tie.member.gives_hours(tie, need * weight / total)
        for tie, weight in zip(client.helping, weights, strict=True)
    )
    client.hours_network += given
    client.network_help = min(1.0, given / need) if need > 0 else 0.0


def reconsider(client: "Client") -> None:
    """Supporters go on, stop or step in for another; once a quarter some ties end."""
    supporters = set(client.helping)
    for tie in list(client.helping):
        tie.member.feels_strain()
        if client.random.random() < tie.chance_to_stop(supporters):
            tie.stops()
    if client.made_it_together:
        fill_gaps(client)
    if not client.helping:
        client.cooperation = False  # nobody is left to work with
    if client.network > 0 and (client.model.week + client.unique_id) % QUARTER == 0:
        wear(client)


def fill_gaps(client: "Client") -> None:
    """While fewer help than the plan counted on, others who made it may step in."""
    for tie in client.ties:
        if len(client.helping) >= client.counted_on:
            return
        if tie.in_plan and tie.state == ASKED:
            steps_in = client.model.parameters.steps_in * tie.chance_to_say_yes()
            if client.random.random() < steps_in:
                tie.begins()


def wear(client: "Client") -> None:
    """Look through the ties: some end."""
    for tie in client.ties:
        if tie.state in (UNMAPPED, GONE):
            continue
        if client.random.random() < tie.chance_to_end():
            if tie.state == SUPPORTING:
                tie.stops()
            tie.state = GONE
            client.network -= 1
