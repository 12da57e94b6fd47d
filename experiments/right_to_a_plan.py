"""The right to a plan: what does it do to make a family group plan's right known, and to whom?"""

from experiments.arms import Question, arm, arms

LITERATURE = (
    "a family group plan can be asked for only by those who know of the right (M21). In Rotterdam "
    "0.70 of the workers did not know it (E36) and none of the clients did (E37). The evidence "
    "has no figure for whom a campaign reaches, what it costs or how many who know the right use "
    "it; the shares reached are choices of the arms, the other two are assumptions."
)
QUESTION = Question(
    name="right_to_a_plan",
    question="What comes of a campaign that makes the right to a family group plan known to "
    "workers, to clients, or to both?",
    arms=(
        arm("no campaign", "geen campagne"),
        arm("to workers, a third a year", "aan werkers, een derde per jaar",
            campaign_workers=0.33),
        arm("to workers, two thirds a year", "aan werkers, twee derde per jaar",
            campaign_workers=0.67),
        arm("to clients, a third a year", "aan cliënten, een derde per jaar",
            campaign_clients=0.33),
        arm("to clients, two thirds a year", "aan cliënten, twee derde per jaar",
            campaign_clients=0.67),
        arm("to both, a third a year", "aan beide, een derde per jaar", campaign_workers=0.33,
            campaign_clients=0.33),
        arm("to both, two thirds a year", "aan beide, twee derde per jaar", campaign_workers=0.67,
            campaign_clients=0.67),
        arm("to both, and 10 hours for the network", "aan beide, en 10 uur voor het netwerk",
            campaign_workers=0.67, campaign_clients=0.67, mobilisation_hours=10),
    ),
    measures=("network_plan", "met", "supporters", "alone", "problems", "spent",
              "spent_campaign"),
    literature=LITERATURE,
)  # fmt: skip
EXPERIMENT = arms(QUESTION)
