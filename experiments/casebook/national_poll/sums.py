"""The country in numbers: its municipalities, means over their clients, and forms of teams."""

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import SPREAD, by_seed, over_sets, runs_of
from kring.experiments.study.plan import Plan


def municipalities(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs, with what each municipality is and the outreach that it wants."""
    numbers = {policy.name: i for i, policy in enumerate(plan.policies)}
    rows = []
    for run in runs[["seed", "policy", "municipality"]].itertuples():
        one = plan.municipalities(int(run.seed))[run.municipality]
        wanted = plan.levers_in(one, numbers[run.policy], {}).outreach
        rows.append((one.form, one.town.clients, wanted))
    about = pd.DataFrame(rows, columns=["form", "clients", "outreach_wanted"], index=runs.index)
    table = pd.concat([runs.drop(columns=["run", "key"], errors="ignore"), about], axis=1)
    table["outreach_given"] = table["given_outreach"] * table["outreach_wanted"]
    return table


def national(plan: Plan, asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by policy, and how paired differences from the first spread."""
    names = [*plan.outcomes, "outreach_wanted", "outreach_given"]
    found = by_seed(asked, plan, names)
    first = found[0, 0]
    rows = []
    for (policy, _point), values in found.items():
        for name in names:
            change = over_sets(plan, values[name] - first[name])
            relative = over_sets(plan, values[name] / first[name].where(first[name] != 0) - 1)[:3]
            value = over_sets(plan, first[name]).middle + change.middle
            rows.append((plan.policies[policy].name, name, value, *change, *relative))
    columns = ["policy", "measure", "value", "difference", *SPREAD]
    return pd.DataFrame(rows, columns=[*columns, "relative", "relative_low", "relative_high"])


def forms(plan: Plan, asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by form of the teams, under the first policy."""
    part = runs_of(asked, plan.policies[0].name)
    rows = []
    for form, group in part.groupby("form", sort=False):
        means = {n: over_clients(group[n], group["clients"]) for n in plan.outcomes}
        rows.append({"form": form, "municipalities": len(group), **means})
    return pd.DataFrame(rows)


def over_clients(values: pd.Series, clients: pd.Series) -> float:
    """Mean over clients of municipalities that have a value."""
    known = values.notna()
    return float(np.average(values[known], weights=clients[known])) if known.any() else np.nan
