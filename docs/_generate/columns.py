"""Columns of result tables that are declared nowhere else: unit and meaning, for the reference.

Columns of clients, ties, weekly outcomes and the like come from their declarations. These are of
what a study writes beside them. `tables.py` refuses a long table that is not told here.
"""

# name of the table -> what a row is, and its columns: name, unit, meaning
Told = dict[str, tuple[str, tuple[tuple[str, str, str], ...]]]

VARIES = (
    "policy.lever, town.quantity, parameters.strength",
    "as declared",
    "a column for each quantity that varies, with its value at this point",
)
OUTCOME = (
    ("outcome", "", "name of the outcome"),
    ("unit", "", "its unit"),
)
INTERVAL = (
    ("low", "as the outcome", "lower end of the 95% interval over towns"),
    ("high", "as the outcome", "upper end"),
)

STUDY_TABLES: Told = {
    "runs.parquet": (
        "a run: one town, lived under one policy at one point",
        (
            ("run", "", "number of the run"),
            ("key", "", "what the run follows from, as a code: equal keys are equal runs"),
            ("policy", "", "name of the policy"),
            ("point", "", "number of the point, from 0"),
            VARIES,
            ("seed", "", "seed of the town"),
            ("municipality", "", "number of the municipality, where a country is lived"),
            ("an outcome", "as declared", "a column for each outcome of the study"),
        ),
    ),
    "differences.csv": (
        "an outcome of a policy at a point",
        (
            ("policy", "", "name of the policy"),
            ("point", "", "number of the point, from 0"),
            VARIES,
            *OUTCOME,
            ("value", "as the outcome", "mean over the towns drawn"),
            ("difference", "as the outcome", "mean difference on the same people"),
            *INTERVAL,
            ("compared_with", "", "the policy that it is compared with"),
        ),
    ),
    "differences.csv, where points are drawn": (
        "an outcome of a policy over all futures",
        (
            ("policy", "", "name of the policy"),
            *OUTCOME,
            ("value", "as the outcome", "mean over all futures"),
            ("low_future", "as the outcome", "in 5% of the futures it is lower"),
            ("high_future", "as the outcome", "in 5% of the futures it is higher"),
            ("difference", "as the outcome", "mean difference from the first policy"),
            ("low", "as the outcome", "lower end of the 95% interval of that mean"),
            ("high", "as the outcome", "upper end"),
            ("lower_share", "share", "futures in which it is lower than under the first policy"),
        ),
    ),
    "failures.csv": (
        "a run that failed",
        (
            ("run", "", "number of the run"),
            ("policy", "", "name of the policy"),
            ("point", "", "number of the point"),
            VARIES,
            ("seed", "", "seed of the town"),
            ("error", "", "why it failed, in a line"),
            ("trace", "", "where in the code"),
            ("command", "", "the command that lives it again"),
        ),
    ),
    "sensitivity.csv": (
        "an index of a factor, for an outcome of a policy or its difference from the first",
        (
            ("policy", "", "name of the policy"),
            ("of", "", "value, or difference from the first policy"),
            *OUTCOME,
            ("factor", "", "the quantity that varies"),
            (
                "index",
                "",
                "first order and total (Sobol), mu, mu_star and sigma (Morris), or rank "
                "correlation (Latin hypercube)",
            ),
            ("value", "share, unit of the outcome, or -1 to 1", "the index"),
            ("low", "as value", "lower end of the 95% interval over points"),
            ("high", "as value", "upper end"),
            ("by_luck", "as value", "what luck could make of it at most"),
            ("spread", "as the outcome", "standard deviation between points"),
            ("luck", "share", "part of that variance that is luck of the towns drawn"),
            ("missing", "points", "points without a result"),
        ),
    ),
    "regret.csv": (
        "an outcome of a policy over the futures in which all policies have results",
        (
            ("policy", "", "name of the policy"),
            *OUTCOME,
            ("better", "", "whether lower or higher is better"),
            ("futures", "futures", "futures that count"),
            ("left_out", "futures", "futures in which a policy has no result"),
            ("value", "as the outcome", "mean over futures"),
            ("mean_regret", "as the outcome", "how far it stays behind the best policy, mean"),
            ("regret_90", "as the outcome", "not passed in 90% of the futures"),
            ("worst_regret", "as the outcome", "in the worst future"),
            ("best", "share", "futures in which no policy does better"),
            ("clearly_best", "share", "futures in which it beats all others beyond the interval"),
            ("near", "share", "futures in which its regret is within the tolerance"),
            ("tolerance", "as the outcome", "what counts as near"),
        ),
    ),
    "shapley.csv": (
        "what a lever (or group of levers) brings of a difference",
        (
            ("player", "", "the lever or group; 'all together' is the whole difference"),
            *OUTCOME,
            ("value", "as the outcome", "what it brings"),
            *INTERVAL,
            ("share", "share", "part of the whole difference"),
            ("seeds", "seeds", "towns that count"),
            ("left_out", "seeds", "towns in which a mix has no result"),
        ),
    ),
    "precision.csv": (
        "how far an outcome of a policy is known, and what a wanted precision takes",
        (
            ("policy", "", "name of the policy"),
            *OUTCOME,
            ("counted", "", "what the interval is over: towns or points"),
            ("run", "towns or points", "how many were lived"),
            ("half_width", "as the outcome", "half of the 95% interval of the difference"),
            ("wanted", "as the outcome", "what the study asks for"),
            ("needed", "towns or points", "how many that takes"),
            ("at_most", "towns or points", "with 95% certainty no more than this"),
            ("asked", "towns or points", "how many the study asks for"),
            ("expected", "as the outcome", "half width to expect with those"),
            ("times_fewer", "times", "how many times fewer towns same luck takes"),
            ("times_fewer_low", "times", "lower end of its 95% interval"),
            ("times_fewer_high", "times", "upper end"),
        ),
    ),
    "kring discover": (
        "a bound of the box in which an outcome passes a bound",
        (
            ("factor", "", "the quantity that varies"),
            ("low", "as declared", "lower side of the box"),
            ("high", "as declared", "upper side"),
            ("range_low", "as declared", "lowest value drawn"),
            ("range_high", "as declared", "highest value drawn"),
            ("chance", "0 to 1", "chance of such a bound by luck alone"),
        ),
    ),
}

# The long tables that a study can keep; `run` is the number of the run in all of them.
LONG_COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "weekly": (
        ("entrance", "", "all, or a route of entry"),
        ("week", "week", "the end of this week, from 1"),
        ("an outcome", "as declared", "every outcome of the week"),
    ),
    "ends": (
        ("client", "row", "number of the client"),
        ("problems", "problems", "problems at the end"),
    ),
    "books": (
        ("year", "year", "year, from 1"),
        ("an outcome", "as declared", "every outcome of the municipality, summed over the year"),
    ),
    "studies": (
        (
            "E07, E08, ...",
            "as the evidence",
            "a column for each row of the evidence that the interviews can be held against",
        ),
    ),
    "spread": (
        ("week", "week", "the end of this week, from 1"),
        ("entrance", "", "route of entry"),
        ("with_0 to with_13", "clients", "clients with so many problems"),
    ),
    "entrants": (
        ("entrance", "", "route of entry"),
        ("clients", "clients", "who came by it"),
        ("problems_at_entry", "problems", "mean number of problems"),
        ("low_education", "share", "at most secondary school"),
        ("assistance", "share", "on social assistance"),
        ("with_children", "share", "with children at home"),
        ("latent_network", "persons", "mean size of the latent network"),
    ),
    "cases": (
        ("client", "row", "number of the client"),
        ("children", "yes or no", "children at home"),
        ("had_finances, had_work, ...", "yes or no", "problem in this domain at the start"),
        ("network_help", "share", "informal need met at the end"),
        ("weeks_of_care", "weeks", "foster care in its first year"),
        ("foster_care", "EUR", "cost of it"),
        ("inquiry", "EUR", "cost of child-protection inquiries"),
        ("conference", "EUR", "cost of the conference"),
        ("guidance_and_team", "EUR", "all other cost"),
    ),
}

COMPARED = (
    ("entrance", "", "all, or a route of entry (only in `at`)"),
    ("outcome", "", "name of the outcome"),
    ("unit", "", "its unit"),
    ("policy", "", "name of the policy"),
    ("week", "week", "the end of this week"),
    ("baseline", "as the outcome", "mean under the first policy"),
    ("value", "as the outcome", "mean under this policy"),
    ("difference", "as the outcome", "mean difference on the same people"),
    ("low", "as the outcome", "lower end of the 95% interval over towns"),
    ("high", "as the outcome", "upper end"),
)
FATES = (
    ("policy", "", "name of the policy"),
    ("seed", "", "seed of the town"),
    ("better", "share", "clients with fewer problems at the end than under the first policy"),
    ("worse", "share", "with more"),
    ("same", "share", "with as many"),
)
