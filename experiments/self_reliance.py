"""Self-reliance: what to ask of a client who could and doesn't, and of one who can't?"""

from functools import lru_cache, partial

import numpy as np
import pandas as pd

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import mean_of
from simulation.behaviour.problem import ABLE
from simulation.parameters import Parameters
from simulation.result import Result
from simulation.town import Town
from simulation.world import settle

TOWN = "going_concern"
GROUPS = {"could": (True, False), "does": (True, True), "cannot": (False, None)}  # can, did
LITERATURE = (
    "the law expects teams to look first at what people can do themselves and with their network; "
    "self-reliance is what somebody can do alone and whether (s)he does it (domain, entities). "
    "Problems that are left alone feed others (M12). The evidence has no figure for how many could "
    "and don't, how many begin when asked, or how much help is left out: all three are "
    "assumptions, as is what it adds to recovery to do what one can."
)


@lru_cache(maxsize=4)
def did_at_first(clients: int, parameters: Parameters, seed: int) -> np.ndarray:
    """Who did what (s)he can before anything was asked: as the people of the town were drawn."""
    town = Town.preset(TOWN, clients=clients)
    return settle(town, parameters, seed).clients["does"].copy()


def members(result: Result, group: str) -> np.ndarray:
    """Clients of a group: those who could and did, those who could and didn't, those who can't.

    Groups are as people came, so that they are the same under every policy. Whether who can't
    "does" makes no difference: there is nothing that (s)he can do.
    """
    rows = result.client_rows
    can, did = GROUPS[group]
    there = (rows["stage"] > 0) & ((rows["self_reliance"] >= ABLE) == can)
    if did is not None:
        there &= did_at_first(len(rows), result.parameters, result.seed) == did
    return rows[there]


def taken_up(result: Result) -> float:
    """Share of those who could and didn't who do what they can now."""
    return float(members(result, "could")["does"].mean())


def asked_in_vain(result: Result) -> float:
    """Share of those who can't of whom it was asked all the same."""
    return float(members(result, "cannot")["self_reliance_asked"].mean())


WORDS = {
    "could": ("could, didn't", "kon, deed het niet"),
    "does": ("could and did", "kon en deed het"),
    "cannot": ("can't", "kan niet"),
}
OWN = {
    **{f"problems_{g}": Measure("problems", f"problems: {en}", f"problemen: {nl}",
                                mean_of("problems", partial(members, group=g)))
       for g, (en, nl) in WORDS.items()},
    **{f"hours_{g}": Measure("hours", f"hours of the team: {en}", f"uren van het team: {nl}",
                             mean_of("hours_professional", partial(members, group=g)))
       for g, (en, nl) in WORDS.items()},
    "taken_up": Measure("share", "of those who could and didn't, do now",
                        "van wie kon en niet deed: doet het nu", taken_up),
    "in_vain": Measure("share", "of those who can't, asked all the same",
                       "van wie niet kan: toch gevraagd", asked_in_vain),
}  # fmt: skip
QUESTION = Question(
    name="self_reliance",
    question="What comes of asking clients to do themselves what they can, of who could and "
    "doesn't and of who can't?",
    arms=(
        arm("nothing asked", "niets gevraagd"),
        arm("asked of all", "van allen gevraagd", self_reliance_asked=1),
        arm("asked of half", "van de helft gevraagd", self_reliance_asked=0.5),
        arm("asked of who can, told apart", "gevraagd van wie kan, uitgezocht",
            self_reliance_asked=1, self_reliance_told_apart=1),
        arm("asked of all, half told apart", "van allen, de helft uitgezocht",
            self_reliance_asked=1, self_reliance_told_apart=0.5),
    ),
    measures=(*OWN, "problems", "spent_guidance"),
    own=OWN,
    literature=LITERATURE,
    town=TOWN,
)  # fmt: skip


def verdict(row: pd.Series) -> str:
    """More, fewer, or perhaps as many."""
    if row["low"] > 0:
        return "more"
    return "fewer" if row["high"] < 0 else "perhaps as many"


def in_short(table: pd.DataFrame) -> str:
    """What each answer does to the problems of each group, in words."""
    found = table.set_index(["arm", "measure"])
    said = []
    for one in QUESTION.arms[1:]:
        parts = [f"{verdict(found.loc[one.en, f'problems_{g}'])} for who {en}"
                 for g, (en, _) in WORDS.items()]  # fmt: skip
        began, vain = (found.loc[(one.en, name), "value"] for name in ("taken_up", "in_vain"))
        said.append(
            f"- {one.en}: " + "; ".join(parts) + f". Of those who could and didn't {began:.0%} "
            f"began to; of those who can't {vain:.0%} were asked all the same."
        )
    return "\n".join(["", "In short, problems against 'nothing asked':", *said])


EXPERIMENT = arms(QUESTION, in_short)
