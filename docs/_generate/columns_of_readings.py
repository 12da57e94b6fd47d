"""Columns of the tables that the readings of single studies add: unit and meaning."""

from _generate.columns import Columns

SPAN = (
    ("low", "as the value", "95% of the sets lie above; of a single set, of the mean by chance"),
    ("high", "as the value", "and below"),
)
SPREAD = (
    *SPAN,
    ("share", "share", "sets in which it has that sign; empty of a single set"),
    ("chance", "as the value", "half the width of 95% that chance alone gives"),
)
PUBLISHED = (
    ("statistic", "", "what was published"),
    ("group", "", "of whom"),
    ("moment", "", "when"),
    ("published", "as the evidence", "the published number; empty for an ordering, or words"),
    ("simulated", "as the evidence", "mean over all repeats of the study"),
    ("low", "as the evidence", "lower end of the span of 95% of the repeats"),
    ("high", "as the evidence", "upper end (of an ordering: 95% lie above the lower end)"),
    ("inside", "yes or no", "whether the published number lies between; of an ordering, its side"),
)

# What readings of single studies add, by study and table.
OWN_TABLES: Columns = {
    "kring rotterdam: table.csv": ("a published statistic", PUBLISHED),
    "kring rotterdam: fit.csv": (
        "a published statistic",
        (
            ("id", "", "row of the evidence"),
            *PUBLISHED,
            ("role", "", "input, calibrate or validate"),
            ("deviation", "relative", "simulated against published"),
            ("fits", "yes or no", "inside, and within 10%"),
        ),
    ),
    "kring rotterdam: trajectories.csv": (
        "a week of a route of entry",
        (
            ("entrance", "", "route of entry"),
            ("week", "week", "the end of this week"),
            ("outcome", "", "problems or supporters"),
            ("mean", "as the outcome", "mean of all clients who have entered"),
            ("low", "as the outcome", "lower end of 95% of means of 45 clients (problems only)"),
            ("high", "as the outcome", "upper end"),
        ),
    ),
    "kring rotterdam: weekly_means.csv": (
        "a week of a route of entry, mean over the towns drawn",
        (
            ("entrance", "", "route of entry"),
            ("week", "week", "the end of this week"),
            ("an outcome", "as declared", "every outcome of the week"),
        ),
    ),
    "kring rotterdam: who_entered.csv": (
        "a route of entry, mean over the towns drawn",
        (
            ("entrance", "", "route of entry"),
            ("clients_a_year", "clients", "who came by it in a year"),
            ("problems_at_entry", "problems", "mean number of problems"),
            ("low_education", "share", "at most secondary school"),
            ("assistance", "share", "on social assistance"),
            ("with_children", "share", "with children at home"),
            ("latent_network", "persons", "mean size of the latent network"),
        ),
    ),
    "kring compare: fates.csv": (
        "a policy in a town",
        (
            ("policy", "", "name of the policy"),
            ("seed", "", "seed of the town"),
            ("better", "share", "clients with fewer problems at the end than under the first"),
            ("worse", "share", "with more"),
            ("same", "share", "with as many"),
        ),
    ),
    "kring swap_routes: falls.csv": (
        "a group of clients by a route",
        (
            ("route", "", "the route that they live by"),
            ("clients", "", "the group: those who entered by the team or by a conference"),
            ("fall", "problems", "problems fewer per client, from entry to the end of year 2"),
            *SPAN,
        ),
    ),
    "kring swap_routes: split.csv": (
        "a part of the difference between the groups",
        (
            ("part", "", "the part"),
            ("problems", "problems", "what it brings, per client"),
            *SPREAD,
        ),
    ),
    "kring mechanisms: contributions.csv": (
        "an outcome of a route without a mechanism",
        (
            ("without", "", "the mechanism that is silent"),
            ("entrance", "", "route of entry"),
            ("outcome", "", "name of the outcome"),
            ("change", "as the outcome", "mean difference from all mechanisms on"),
            *SPREAD,
        ),
    ),
    "kring integral_teams: relative_costs.csv": (
        "a policy, for all clients or families",
        (
            ("who", "", "all clients, or families with problems"),
            ("policy", "", "name of the policy"),
            ("value", "relative", "cost against the first policy"),
            *SPREAD,
        ),
    ),
    "kring savings: cash.csv": (
        "a part of what the municipality pays under a policy in a year",
        (
            ("policy", "", "name of the policy"),
            ("year", "year", "year, from 1"),
            ("part", "", "what it is paid for"),
            ("eur", "EUR", "per client whose need arises in that year"),
        ),
    ),
    "kring savings: payers.csv": (
        "a payer under a policy",
        (
            ("policy", "", "name of the policy"),
            ("payer", "", "municipality, insurer or state"),
            ("eur", "EUR", "paid per client"),
            ("difference", "EUR", "from the first policy"),
            *SPREAD,
        ),
    ),
    "kring savings: time.csv": (
        "time freed under a policy: hours that are paid and that no task takes",
        (
            ("policy", "", "name of the policy"),
            ("measure", "", "free_hours, or free_worth: what they could be worth"),
            ("difference", "hours or EUR", "from the first policy, a year per client"),
            *SPREAD,
        ),
    ),
    "kring savings: returns.csv": (
        "a year of a policy; year 0 is all years together",
        (
            ("policy", "", "name of the policy"),
            ("year", "year", "year, from 1; 0 for all years"),
            ("invested", "EUR", "cash paid more for what is invested in, per client"),
            ("saved", "EUR", "cash paid less for all else, per client"),
            ("returns", "EUR per EUR", "saved against invested"),
            ("returns_low", "EUR per EUR", "lower end of its 95% interval"),
            ("returns_high", "EUR per EUR", "upper end"),
            ("net", "EUR", "saved less invested, per client"),
            ("net_low", "EUR", "lower end of its 95% interval"),
            ("net_high", "EUR", "upper end"),
            ("net_share", "share", "sets in which it has that sign; empty of a single set"),
            ("net_chance", "EUR", "half the width of 95% that chance alone gives"),
        ),
    ),
    "kring vignettes: vignettes.csv": (
        "a component of a vignette's sum",
        (
            ("vignette", "", "row of the evidence"),
            ("about", "", "what it is about"),
            ("component", "", "what is paid, the sum, the municipality's part, or time freed"),
            ("eur", "EUR", "saved in the first year, mean over cases"),
            *SPAN,
            ("cases", "cases", "cases that it is the mean of"),
            ("published", "EUR", "least saving that was published"),
        ),
    ),
    "kring national_poll: municipalities.csv": (
        "a municipality under a policy, in a country drawn",
        (
            ("policy", "", "name of the policy"),
            ("municipality", "", "number of the municipality"),
            ("seed", "", "seed of the country"),
            ("an outcome", "as declared", "every outcome of the study"),
            ("form", "", "form of its teams"),
            ("clients", "clients", "its clients"),
            ("outreach_wanted", "share", "people whom it sets out to approach before they ask"),
            ("outreach_given", "share", "people whom it comes to approach"),
        ),
    ),
    "kring national_poll: national.csv": (
        "a measure of the country under a policy",
        (
            ("policy", "", "name of the policy"),
            ("measure", "", "name of the outcome"),
            ("value", "as the outcome", "mean over clients"),
            ("difference", "as the outcome", "from the first policy"),
            *SPREAD,
            ("relative", "relative", "the same against the first policy"),
            ("relative_low", "relative", "lower end of its 95% interval"),
            ("relative_high", "relative", "upper end"),
        ),
    ),
    "kring national_poll: goals.csv": (
        "a goal under a policy, by bounds",
        (
            ("policy", "", "name of the policy"),
            ("bounds", "", "strict, usual or lenient"),
            ("goal", "", "the goal, or contributes: at least two of three"),
            ("share", "share", "municipalities that meet it"),
            *SPAN,
        ),
    ),
    "kring national_poll: forms.csv": (
        "a form of the teams, under the first policy",
        (
            ("form", "", "form of the teams"),
            ("municipalities", "municipalities", "with this form"),
            ("an outcome", "as declared", "mean over clients"),
        ),
    ),
}
