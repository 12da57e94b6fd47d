"""Columns of result tables that are declared nowhere else: unit and meaning, for the reference.

Columns of clients, ties, weekly outcomes and the like come from their declarations. These are of
what a study writes beside them. `tables.py` refuses a long table that does not stand here.
"""

# name of the table -> what a row is, and its columns: name, unit, meaning
Columns = dict[str, tuple[str, tuple[tuple[str, str, str], ...]]]

POINT = ("point", "", "number of the point, from 0; where something varies")
VARIES = (
    "policy.lever, town.quantity, ...",
    "as declared",
    "a column for each quantity that varies, with its value at this point",
)
OUTCOME = (
    ("outcome", "", "name of the outcome"),
    ("unit", "", "its unit"),
)
INTERVAL = (
    ("low", "as the outcome", "95% of the sets lie above; of a single set, of the mean by chance"),
    ("high", "as the outcome", "and below"),
    ("share", "share", "sets in which it has that sign; empty of a single set"),
    ("chance", "as the outcome", "half the width of 95% that chance alone gives"),
)

STUDY_TABLES: Columns = {
    "runs.parquet": (
        "a run: one town, lived under one policy at one point",
        (
            ("run", "", "number of the run"),
            ("policy", "", "name of the policy"),
            POINT,
            VARIES,
            ("municipality", "", "number of the municipality, where a country is lived"),
            ("set", "", "set of the ensemble, where there is one; 0 for a single named set"),
            ("seed", "", "seed of the town"),
            ("key", "", "what the run follows from, as a code: equal keys are equal runs"),
            ("an outcome", "as declared", "a column for each outcome of the study"),
        ),
    ),
    "differences.csv": (
        "an outcome of a policy at a point",
        (
            ("policy", "", "name of the policy"),
            POINT,
            VARIES,
            *OUTCOME,
            ("value", "as the outcome", "what it is compared with, and the difference"),
            ("difference", "as the outcome", "on the same people: median over sets, or the mean"),
            *INTERVAL,
            ("compared_with", "", "the policy that it is compared with"),
        ),
    ),
    "differences.csv, where points are drawn": (
        "an outcome of a policy over all futures",
        (
            ("policy", "", "name of the policy"),
            *OUTCOME,
            ("value", "as the outcome", "what the first policy has, and the difference"),
            ("low_future", "as the outcome", "in 5% of the futures it is lower"),
            ("high_future", "as the outcome", "in 5% of the futures it is higher"),
            ("difference", "as the outcome", "median difference from the first policy"),
            ("low", "as the outcome", "95% of the futures lie above"),
            ("high", "as the outcome", "and below"),
            ("share", "share", "futures in which it has that sign"),
            ("chance", "as the outcome", "half the width of 95% that chance alone gives"),
        ),
    ),
    "failures.csv": (
        "a run that failed",
        (
            ("run", "", "number of the run"),
            ("policy", "", "name of the policy"),
            POINT,
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
                "first order and total (Sobol), mu, mu_star and sigma (Morris), or "
                "partial rank correlation (Latin hypercube)",
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
            ("better", "", "which is better: more or less"),
            ("futures", "futures", "futures that count"),
            ("left_out", "futures", "futures in which a policy has no result"),
            ("value", "as the outcome", "mean over futures"),
            ("mean_regret", "as the outcome", "how far it stays behind the best policy, mean"),
            ("regret_90", "as the outcome", "not passed in 90% of the futures"),
            ("worst_regret", "as the outcome", "in the worst future"),
            ("best", "share", "futures in which no policy does better"),
            ("clearly_best", "share", "futures in which it beats all others beyond chance"),
            ("near", "share", "futures in which its regret is within the tolerance"),
            ("tolerance", "as the outcome", "what counts as near"),
        ),
    ),
    "shapley.csv": (
        "what a lever (or group of levers) brings of a difference",
        (
            ("player", "", "the lever or group; 'all together' is the whole difference"),
            *OUTCOME,
            ("value", "as the outcome", "what it brings, mean over sets and towns"),
            *INTERVAL,
            ("of_whole", "share", "part of the whole difference"),
            ("seeds", "seeds", "towns that count"),
            ("left_out", "seeds", "towns in which a mix has no result"),
        ),
    ),
    "winners.csv": (
        "a group of clients under a policy, against the first one",
        (
            ("policy", "", "name of the policy"),
            ("by", "", "what the group goes by"),
            ("group", "", "the group"),
            ("clients", "clients", "how many a town has, on average"),
            ("share", "share", "part of all clients"),
            ("better, same, worse", "share", "who end with fewer, as many and more problems"),
            ("better_low, ...", "share", "ends of intervals that hold for all groups together"),
            ("balance", "share", "better less worse"),
            ("balance_low, balance_high", "share", "its interval, for all groups together"),
            ("change", "problems", "mean change in problems"),
            ("groups", "groups", "how many groups are looked at"),
        ),
    ),
    "paid.csv, left_out.csv": (
        "a combination over all sets, beside what may be paid; left_out.csv: those above it",
        (
            ("policy", "", "the combination; empty of one that is left out"),
            ("cash", "EUR", "median of what is paid a year for each new client, prices included"),
            ("above", "EUR", "how far that lies above the ceiling, town by town; the median"),
            ("low, high", "EUR", "95% of the sets lie between"),
            ("share_above", "share", "sets in which it passes the ceiling"),
            ("within", "yes or no", "whether the middle set stays within the budget"),
            ("left_out", "yes or no", "seemed within the budget in the few sets only (paid.csv)"),
            ("a lever", "as the lever", "its value, of one that is left out"),
        ),
    ),
    "next_best.csv": (
        "a combination within a budget against the next best, on the same people",
        (
            ("policy", "", "the combination"),
            ("next", "", "the next best"),
            ("outcome", "", "the first outcome of the study"),
            ("difference", "as the outcome", "from the next best"),
            *INTERVAL,
        ),
    ),
    "tried.csv, frontier.csv": (
        "a combination that was tried within a budget; the first is today",
        (
            ("an outcome", "as declared", "its mean over the few sets it was tried in"),
            ("within", "yes or no", "whether it costs no more than the ceiling there"),
            ("an outcome with _difference", "as declared", "from today on the same people, median"),
            ("an outcome with _low, _high", "as declared", "95% of its sets lie between"),
            ("a lever", "as the lever", "its value; empty as today"),
            ("ceiling", "EUR", "cash that may be paid a year for each new client"),
            ("on_frontier", "yes or no", "no other costs as little and does better (frontier.csv)"),
            ("policy", "", "one of the best, in all sets (frontier.csv); empty of what was tried"),
        ),
    ),
    "precision.csv": (
        "how far an outcome of a policy is known, and what a wanted precision takes",
        (
            ("policy", "", "name of the policy"),
            *OUTCOME,
            ("counted", "", "what the interval is over: seeds (towns) or points"),
            ("run", "towns or points", "how many were run"),
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
        ("problems_at_entry", "problems", "problems at entry"),
        ("children", "persons", "children at home"),
        ("age", "years", "age"),
        ("ties", "persons", "people in the network, known to the team or not"),
        ("nearest", "code", "kind of the nearest of them: 0 close kin to 4 other; 5 nobody"),
        ("offer", "code", "0 nothing offered, 1 declined, 2 accepted and never met, 3 met"),
    ),
    "groups": (
        ("by", "", "what the group goes by"),
        ("group", "", "the group; one without clients has no row"),
        ("clients", "clients", "how many; of your own none of a group of fewer than 10"),
        ("better, same, worse", "clients", "who end with fewer, as many and more problems"),
        ("change", "problems", "how many problems all of them together have more"),
    ),
    "books": (
        ("year", "year", "year, from 1"),
        ("an outcome", "as declared", "every outcome of the municipality, summed over the year"),
        ("cash, cash_staff, ...", "EUR", "what the municipality pays, and for what"),
        ("free_hours, free_worth", "hours, EUR", "hours that no task takes, and their worth"),
        ("cost_others, paid_insurer, ...", "EUR", "what others pay, and who"),
    ),
    "studies": (
        (
            "E07, E08, ...",
            "as the evidence",
            "a column for each row of the evidence that the interviews can be held against",
        ),
    ),
    "registers": (
        (
            "E68, E69, ...",
            "as the evidence",
            "a column for each row that registers and other studies found",
        ),
    ),
    "year_before": (
        ("what", "", "waiting list, cases, what is spent, or spent on provisions"),
        ("first", "as what", "mean a week over the first half of the year before week 1"),
        ("last", "as what", "mean a week over the last half"),
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
        ("agencies", "EUR", "cost of hours of agencies"),
        ("team", "EUR", "hours of the team, at their tariff"),
    ),
}

COMPARED = (
    ("entrance", "", "all, or a route of entry (only in `at`)"),
    ("outcome", "", "name of the outcome"),
    ("unit", "", "its unit"),
    ("policy", "", "name of the policy"),
    ("week", "week", "the end of this week"),
    ("baseline", "as the outcome", "under the first policy: median over sets, or the mean"),
    ("value", "as the outcome", "the baseline, and the difference"),
    ("difference", "as the outcome", "on the same people: median over sets, or the mean"),
    *INTERVAL,
)
FATES = (
    ("policy", "", "name of the policy"),
    ("set", "", "set of the ensemble; 0 for a single named set"),
    ("seed", "", "seed of the town"),
    ("better", "share", "clients with fewer problems at the end than under the first policy"),
    ("worse", "share", "with more"),
    ("same", "share", "with as many"),
)
