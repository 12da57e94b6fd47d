"""The columns of a table of ties: who is in whose network, and what is known of it."""

from kring.simulation.field import TIE_KINDS, dutch
from kring.simulation.own_clients.columns import Column
from kring.simulation.rows import ASKED, GONE, MAPPED, STOPPED, SUPPORTING
from kring.simulation.told import NOT_TOLD

MOST_HOURS = 100

STATES = {
    **dict.fromkeys(("unmapped", "niet in beeld"), NOT_TOLD),
    **dict.fromkeys(("mapped", "known", "no", "in beeld", "bekend", "nee"), MAPPED),
    **dict.fromkeys(("asked", "gevraagd"), ASKED),
    **dict.fromkeys(
        ("supporting", "supports", "helps", "yes", "steunt", "helpt", "ja"), SUPPORTING
    ),
    **dict.fromkeys(("stopped", "gestopt"), STOPPED),
    **dict.fromkeys(("gone", "weg"), GONE),
}
ALSO = {  # what people call those of a kind
    "close kin": ("partner", "parent", "child", "naaste familie", "ouder", "kind"),
    "other family": ("relative", "familielid"),
    "friend": ("friends", "vriendin", "vrienden"),
    "neighbour": ("neighbor", "buurman", "buurvrouw"),
    "other": ("overig", "anders"),
}
KINDS = {
    word: place
    for place, kind in enumerate(TIE_KINDS)
    for word in (kind, dutch("ties", "kind")[kind], *ALSO[kind])
}

CLIENT, MEMBER, KNOWS = "client", "member", "knows"
TIE_COLUMNS: dict[str, Column] = {
    CLIENT: Column(
        "client", "cliënt", ("client number", "cliëntnummer"),
        about="whose network it is: the `id` of a row of the table of clients",
    ),
    MEMBER: Column(
        "person", "netwerklid", ("person", "persoon", "lid"),
        about="any number or name of your own for the person; the same beside two clients is one "
        "person in both networks; it is not kept",
    ),
    "kind": Column(
        "kind", "soort", ("kind of tie", "soort band", "relatie", "relation"), words=KINDS,
        about="close kin (partner, parents, children), other family, friend, neighbour, other",
    ),
    "closeness": Column(
        "closeness", "nabijheid", (), 0, 1, about="how close, 0 to 1", has_decimals=True
    ),
    "spare_hours": Column(
        "spare_hours", "uren over", ("hours to spare", "vrije uren"), 0, MOST_HOURS,
        about="hours a week that the person has to spare for help", has_decimals=True,
    ),
    "state": Column(
        "state", "stand", ("helps", "helpt", "helps already", "helpt al"), words=STATES,
        about="when the client comes: helps (or yes), known and not helping (or no), asked (and "
        "said no), stopped, gone; unmapped, or empty, is drawn",
    ),
    KNOWS: Column(
        "knows", "kent", ("knows whom", "kent wie"),
        about="which others of this network the person knows: their names, parted by ;, or none",
    ),
}  # fmt: skip
