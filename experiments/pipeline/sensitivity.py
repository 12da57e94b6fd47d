"""What the model itself depends on: Morris over all that isn't known, Sobol over what matters.

Two studies, made from the declarations: every quantity that says where it is likely to lie varies
there: strengths, what is so in the town, the field's numbers, and levers and strengths of the
extensions that are loaded. Eight answers are asked of them, and the outcomes of extensions.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from kring.experiments.execution.cells import as_csv
from kring.experiments.execution.files import write_whole
from kring.experiments.execution.shared import written_into
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import plan_of
from kring.experiments.study.quantities import KINDS, LIKELY
from kring.simulation.beside import loaded, outcomes

MATTER = 20  # quantities that Sobol takes
CONFERENCE, THRESHOLD = "conference for all", "network sought for all, thirty hours"
TEAM = "neighbourhood team"
ANSWERS = (  # policy, value or difference from the team, outcome
    *((CONFERENCE, "difference", o) for o in ("problems", "supporters", "cost")),
    (CONFERENCE, "difference", "hours_professional"),
    *((THRESHOLD, "difference", o) for o in ("problems", "supporters")),
    *((TEAM, "value", o) for o in ("weeks_waited", "returns")),
)
POLICIES = [
    {"name": TEAM, "nl": "wijkteam", "preset": "wijkteam"},
    {"name": CONFERENCE, "nl": "conferentie voor iedereen", "preset": "eigen_kracht"},
    {
        "name": THRESHOLD,
        "nl": "netwerk gezocht voor iedereen, dertig uur",
        "preset": "wijkteam",
        "multi_problem_threshold": 13,
        "mobilisation_hours": 30,
    },
]


def unknown() -> list[str]:
    """All that says where it is likely to lie, each with its kind: `town.sick_leave`."""
    return [
        f"{kind}.{name}"
        for kind, settings in KINDS.items()
        for name in settings.quantities()
        if LIKELY in settings.note(name)
    ]


def answers() -> list[tuple[str, str, str]]:
    """What is asked: policy, value or difference from the team, outcome."""
    return [*ANSWERS, *((TEAM, "value", outcome) for outcome in outcomes())]


def study(design: str, points: int, factors: Iterable[str], clients: int) -> dict[str, Any]:
    """A study in which these quantities vary over where they are likely to lie."""
    vary: dict[str, Any] = {"design": design, "points": points}
    for factor in factors:
        kind, _, name = factor.partition(".")
        vary.setdefault(kind, {})[name] = LIKELY
    return {
        "name": f"sensitivity_{design}",
        "question": "What do the answers of the model depend on?",
        "question_nl": "Waar hangen de antwoorden van het model van af?",
        "outcomes": list(dict.fromkeys(outcome for _, _, outcome in answers())),
        "seeds": 1,
        "town": {"clients": clients, "conference_share": 0},
        "parameters": {"preset": "fitted"},
        "policies": POLICIES,
        "vary": vary,
        **({"extensions": [one.name for one in loaded()]} if loaded() else {}),
    }


def of_answers(indices: pd.DataFrame) -> pd.DataFrame:
    """The indices of the answers: a row a quantity and answer, a column an index."""
    asked = pd.DataFrame(answers(), columns=["policy", "of", "outcome"])
    chosen = asked.merge(indices, how="left")
    return chosen.pivot_table(
        index=["policy", "of", "outcome", "factor"], columns="index", values="value", sort=False
    ).reset_index()


def that_matter(morris: pd.DataFrame, most: int) -> list[str]:
    """Quantities that change the answers most, each answer counted alike."""
    size = morris.pivot_table(index="factor", columns=["policy", "outcome"], values="mu_star")
    share = (size / size.sum()).max(axis=1)
    return list(share.nlargest(most).index)


def sensitivity(
    out: Path, *, paths: int = 20, points: int = 256, clients: int = 500, engine: str = "auto",
    workers: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Run both studies, and write `morris.csv` and `sobol.csv`.

    Parameters
    ----------
    out : Path
        Folder; the two results are kept below it.
    paths, points : int
        Morris's paths, and Sobol's base points.
    clients : int
        Clients of each town.
    engine, workers
        As for a study.

    Returns
    -------
    tuple of DataFrame
        ``policy, of, outcome, factor`` and the indices of Morris, and of Sobol.

    Raises
    ------
    KringError
        Without the extra `analysis`.
    """
    tables = []
    chosen = unknown()
    for design, size in (("morris", paths), ("sobol", points)):
        plan = plan_of(study(design, size, chosen, clients))
        done = run_study(plan, out / design, engine=engine, workers=workers)
        table = of_answers(done.tables["sensitivity"])
        with written_into(out) as ready:
            write_whole(ready / f"{design}.csv", as_csv(table))
        tables.append(table)
        if design == "morris":
            chosen = that_matter(table, MATTER)
    return tables[0], tables[1]
