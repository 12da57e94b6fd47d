"""Outside guidance: an independent coordinator for team clients, as the study recommends."""

import numpy as np
import pandas as pd

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import came, mean_of
from simulation.result import Result

MANY = 5  # problems at entry
NONE_YET = {"coordinator_hours": 0}  # but for those that are contracted
LITERATURE = (
    "the study recommends an independent coordinator, who is nobody's helper (M6): a conference "
    "took 30 hours against 2.5 in the team (E16, E17), 0.45 of the families decline an offer "
    "(E45) and 0.87 of the plans are at least partly carried out (E46, M22). Other studies are "
    "mixed: good results without randomisation, no overall effect in 14 controlled studies. The "
    "evidence has no figure for how many coordinators are within reach, nor for what fewer hours "
    "cost: here the price of a conference (E44) is for 30 hours, and by part for fewer. 'Per 100 "
    "clients' means hours a week of coordinators per 100 clients a year, in a town without others."
)


def with_many(result: Result) -> np.ndarray:
    """Those who came with many problems."""
    rows = came(result)
    return rows[rows["problems_at_entry"] >= MANY]


def awaits(result: Result) -> float:
    """Share of those who came who accepted, and for whom no coordinator has had time."""
    rows = came(result)
    there = rows["outside_guidance"] & (rows["coordinator"] < 0)
    return float(there.mean()) if len(rows) else float("nan")


OWN = {
    "problems_many": Measure("problems", f"problems, {MANY} or more at entry",
                             f"problemen, {MANY} of meer bij begin",
                             mean_of("problems", with_many)),
    "supporters_many": Measure("persons", f"supporters, {MANY} or more at entry",
                               f"steungevers, {MANY} of meer bij begin",
                               mean_of("supporters", with_many)),
    "awaits": Measure("share", "accepted, no coordinator had time",
                      "aangenomen, geen coördinator had tijd", awaits),
}  # fmt: skip
QUESTION = Question(
    name="outside_guidance",
    question="What if an independent coordinator were on offer to the clients of teams: to all, "
    "or from 3 or 5 problems on, with few or many coordinators?",
    arms=(
        arm("no outside guidance", "geen onafhankelijke coördinator"),
        arm("offered to all", "aangeboden aan allen", outside_guidance=1),
        arm("from 3 problems on", "vanaf 3 problemen", outside_guidance=1,
            outside_guidance_from=3),
        arm("from 5 problems on", "vanaf 5 problemen", outside_guidance=1,
            outside_guidance_from=5),
        arm("from 5, everybody accepts", "vanaf 5, iedereen neemt het aan", outside_guidance=1,
            outside_guidance_from=5, uptake=1),
        arm("from 5, at 15 hours", "vanaf 5, met 15 uur", outside_guidance=1,
            outside_guidance_from=5, outside_guidance_hours=15),
        arm("from 8 problems on", "vanaf 8 problemen", outside_guidance=1,
            outside_guidance_from=8),
        arm("from 5, scarce: 5 hours per 100 clients",
            "vanaf 5, schaars: 5 uur per 100 cliënten", NONE_YET, outside_guidance=1,
            outside_guidance_from=5, outside_guidance_capacity=5),
        arm("from 5, scarce: 15 hours per 100 clients",
            "vanaf 5, schaars: 15 uur per 100 cliënten", NONE_YET, outside_guidance=1,
            outside_guidance_from=5, outside_guidance_capacity=15),
        arm("from 5, ample: 60 hours per 100 clients",
            "vanaf 5, ruim: 60 uur per 100 cliënten", NONE_YET, outside_guidance=1,
            outside_guidance_from=5, outside_guidance_capacity=60),
    ),
    measures=("met", "supporters", "supporters_many", "problems", "problems_many", "spent",
              "network_plan", "alone", "awaits", "spent_conference"),
    own=OWN,
    literature=LITERATURE,
)  # fmt: skip


def who_waits(table: pd.DataFrame) -> str:
    """Where coordinators are scarce, who said yes and got none."""
    found = table[table["measure"] == "awaits"].set_index("arm")["value"]
    parts = [f"{one.en} {found[one.en]:.0%}" for one in QUESTION.arms[1:]]
    return "\nOf those who came, accepted it and no coordinator had time: " + "; ".join(parts) + "."


EXPERIMENT = arms(QUESTION, who_waits)
