"""What a behaviour of one's own can ask for by name, and the function that finds it."""

from collections.abc import Sequence

from kring.simulation.behaviour.places import TABLES

EACH = ("client", "tie", "professional", "team")

# What a behaviour can ask for: how it is found, and what must be known for that.
COMMON = {
    "world": ("", ()),
    "week": ("", ()),
    "chance": ("", ()),
    "seed": ("world.seed", ()),
    "parameters": ("world.parameters", ()),
    "town": ("world.town", ()),
    "domains": ("world.domains", ()),
    "kinds": ("world.kinds", ()),
    "strengths": ("strengths_[0]", ("strengths_",)),
    "codes": ("kinds_[0]", ("kinds_",)),
}
OF_CLIENT = COMMON | {
    "team": ("world.teams[client.team]", ("client",)),
    "own_team": ("team_[client.team]", ("team_", "client")),
    "client_row": ("", ()),
    "client": ("world.clients[client_row]", ("client_row",)),
    "own_client": ("client_[client_row]", ("client_", "client_row")),
    "policy": ("world.policies[client.policy]", ("client",)),
    "levers": ("levers_[client.policy]", ("levers_", "client")),
}
OF_TIE = OF_CLIENT | {
    "tie_row": ("", ()),
    "tie": ("world.ties[tie_row]", ("tie_row",)),
    "own_tie": ("tie_[tie_row]", ("tie_", "tie_row")),
    "member": ("world.members[tie.member]", ("tie",)),
    "own_member": ("member_[tie.member]", ("member_", "tie")),
}
OF_TEAM = COMMON | {
    "team": ("world.teams[team_row]", ()),
    "own_team": ("team_[team_row]", ("team_",)),
    "policy": ("world.policies[team.policy]", ("team",)),
    "levers": ("levers_[team.policy]", ("levers_", "team")),
}
OF_PROFESSIONAL = OF_TEAM | {
    "professional_row": ("", ()),
    "professional": ("world.professionals[professional_row]", ("professional_row",)),
    "own_professional": ("professional_[professional_row]", ("professional_", "professional_row")),
}
CAN_ASK = dict(zip(EACH, (OF_CLIENT, OF_TIE, OF_PROFESSIONAL, OF_TEAM), strict=True))
TABLE_OF = {
    "client": "len(world.clients)", "tie": "len(world.ties)", "member": "len(world.members)",
    "professional": "len(world.professionals)", "team": "len(world.teams)",
    "levers": "len(world.policies)", "strengths": "1", "kinds": "1", "sums": "",
}  # fmt: skip


def all_of(asked: Sequence[str], each: str) -> list[str]:
    """All that must be found for what is asked, in the order in which it is found."""
    can, order = CAN_ASK[each], list[str]()

    def add(name: str) -> None:
        if name not in order:
            for needed in can[name][1] if name in can else ():
                add(needed)
            order.append(name)

    for name in asked:
        add(f"own_{each}" if name == "own" else name)
    return order


def around(symbol: str, asked: Sequence[str], each: str, *, is_chance: bool) -> str:
    """The source of a function that finds what is asked, and calls ``act`` with it.

    Parameters
    ----------
    symbol : str
        Its name.
    asked : sequence of str
        Names of what ``act`` asks for, in its order.
    each : str
        For whom it is called.
    is_chance : bool
        Whether it gives back a chance, of one client or tie; else it goes over those of a team.
    """
    can, wanted = CAN_ASK[each], all_of(asked, each)
    lines = [f"def {symbol}(world, extension, row, tie_row, week, chance):"]
    lines += ["    own = world.extensions.own"]
    for table in (name[:-1] for name in wanted if name.endswith("_")):
        where = f"own[extension, {TABLES.index(table)}], {TABLE_OF[table]}, {table}_row_"
        lines.append(f"    {table}_ = rows_at({where})")
    found = [f"{name} = {can[name][0]}" for name in wanted if name in can and can[name][0]]
    given = ", ".join(f"own_{each}" if name == "own" else name for name in asked)
    if is_chance:
        body = ["client_row = row", *found, f"return 1.0 * act({given})"]
    else:
        body = [*loops(each, found, f"act({given})"), "return chance"]
    return "\n".join([*lines, *indented(body)]) + "\n"


def indented(lines: Sequence[str]) -> list[str]:
    """Lines of source, one step in."""
    return [f"    {line}" for line in lines]


def loops(each: str, found: list[str], act: str) -> list[str]:
    """Go over a team's clients, ties or professionals, or take the team itself."""
    team = ["team_row = row", "here = world.teams[row]"]
    if each == "team":
        return [*team, *found, act]
    if each == "professional":
        over = "for professional_row in range(here.first_professional, here.end_professional):"
        return [*team, over, *indented([*found, act])]
    over = "for client_row in range(here.first_client, here.end_client):"
    if each == "client":
        return [*team, over, *indented([*found, act])]
    ties = [
        "one = world.clients[client_row]",
        "for tie_row in range(one.first_tie, one.first_tie + one.n_ties):",
        *indented([*found, act]),
    ]
    return [*team, over, *indented(ties)]
