"""Who comes to a town's teams, and who stands around them."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"


class TownPeople(Settings):
    """Clients by their route of entry, what goes together in them, and their networks."""

    problems_team: float = quantity(
        "Mean number of problems of clients who enter by the team.",
        nl="problemen bij binnenkomst via het team",
        unit="problems", low=1, high=12, likely=(4, 9),
        source="set so that the full first wave finds E11: 4.7", code="M24",
    )  # fmt: skip
    problems_conference: float = quantity(
        "Mean number of problems of clients who enter by a conference.",
        nl="problemen bij binnenkomst via een conferentie",
        unit="problems", low=1, high=12, likely=(5, 12),
        source="set so that the full first wave finds E10: 6.0", code="M24",
    )  # fmt: skip
    problems_spread: float = quantity(
        "Spread of heaviness between clients (standard deviation on the log odds scale).",
        nl="spreiding van de zwaarte tussen cliënten",
        unit="log odds", low=0, high=3, likely=(0.3, 1.0), source=ASSUMED,
    )  # fmt: skip
    severity: float = quantity(
        "Mean level of a problem at intake, 1 (mild) to 4 (acute): 5 less the field's score.",
        nl="gemiddelde ernst van een probleem bij begin",
        unit="level", low=1, high=4, likely=(1.9, 2.7), source=ASSUMED,
    )  # fmt: skip
    school_team: float = quantity(
        "Share with at most secondary school among team clients.",
        nl="hoogstens middelbare school, via het team",
        unit="share", low=0, high=1, source="E08: 0.40", code="M24",
    )  # fmt: skip
    school_conference: float = quantity(
        "Share with at most secondary school among conference clients.",
        nl="hoogstens middelbare school, via een conferentie",
        unit="share", low=0, high=1, source="E07: just under 0.70", code="M24",
    )  # fmt: skip
    assistance_team: float = quantity(
        "Share on social assistance among team clients.",
        nl="met bijstand, via het team",
        unit="share", low=0, high=1, source="E09 for the order only; assumption", code="M24",
    )  # fmt: skip
    assistance_conference: float = quantity(
        "Share on social assistance among conference clients.",
        nl="met bijstand, via een conferentie",
        unit="share", low=0, high=1, source="E09 for the order only; assumption", code="M24",
    )  # fmt: skip
    children_team: float = quantity(
        "Share with children at home among team clients.",
        nl="met kinderen thuis, via het team",
        unit="share", low=0, high=1, source=ASSUMED,
    )  # fmt: skip
    children_conference: float = quantity(
        "Share with children at home among conference clients.",
        nl="met kinderen thuis, via een conferentie",
        unit="share", low=0, high=1, source=ASSUMED,
    )  # fmt: skip
    older: float = quantity(
        "Share of 75 and older (to 95) among clients without children at home.",
        nl="75-plussers onder cliënten zonder kinderen thuis",
        unit="share", low=0, high=0.5, likely=(0.05, 0.25), source=ASSUMED,
    )  # fmt: skip
    school_with_problems: float = quantity(
        "How far little schooling goes with heaviness, and so with more problems.",
        nl="samenhang van weinig opleiding met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.4), source=ASSUMED,
    )  # fmt: skip
    assistance_with_problems: float = quantity(
        "How far social assistance goes with heaviness.",
        nl="samenhang van bijstand met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.5), source=ASSUMED,
    )  # fmt: skip
    dependence_with_problems: float = quantity(
        "How far low self-reliance goes with heaviness.",
        nl="samenhang van weinig zelfredzaamheid met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.5), source=ASSUMED,
    )  # fmt: skip
    age_with_network: float = quantity(
        "How far age goes with a smaller network.",
        nl="samenhang van leeftijd met een klein netwerk",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.3), source=ASSUMED,
    )  # fmt: skip
    school_with_network: float = quantity(
        "How far little schooling goes with a smaller network.",
        nl="samenhang van weinig opleiding met een klein netwerk",
        unit="correlation", low=0, high=0.6, likely=(0.05, 0.3), source=ASSUMED,
    )  # fmt: skip
    children_with_family: float = quantity(
        "How much larger the share of family is in the networks of clients with children at home "
        "than in those of others.",
        nl="meer familie in het netwerk van wie kinderen heeft",
        unit="share", low=0, high=0.3, likely=(0.05, 0.2), source=ASSUMED,
    )  # fmt: skip
    network: float = quantity(
        "Mean size of the latent network of a client with 10 levels of severity, before the limit "
        "of 24.",
        nl="grootte van het nog onbekende netwerk",
        unit="persons", low=0, high=24, likely=(8, 16), source=ASSUMED, code="M3",
    )  # fmt: skip
    network_spread: float = quantity(
        "Spread of that size between clients (standard deviation): a few have nobody, some many.",
        nl="spreiding van die grootte",
        unit="persons", low=0, high=10, likely=(5, 9), source=ASSUMED,
    )  # fmt: skip
    acquainted: float = quantity(
        "Share of pairs of members of the same kind who know each other; half of it for others.",
        nl="leden van een netwerk die elkaar kennen",
        unit="share", low=0, high=1, likely=(0.4, 0.8), source=ASSUMED, code="M5",
    )  # fmt: skip
    shared_members: float = quantity(
        "Share of ties whose member also belongs to another client's network in the neighbourhood.",
        nl="banden met wie ook in een ander netwerk zit",
        unit="share", low=0, high=1, likely=(0.01, 0.1), source=ASSUMED,
    )  # fmt: skip
    spare_hours: float = quantity(
        "Median of the hours a member has to spare for help.",
        nl="uren die een netwerklid over heeft",
        unit="hours per week", low=0, high=40, likely=(2, 8),
        source="E54: others than heavy carers give 8",
    )  # fmt: skip
    spare_spread: float = quantity(
        "Spread of those hours between members (standard deviation of their logarithm).",
        nl="spreiding van die uren",
        unit="log hours", low=0, high=2, likely=(0.2, 0.8), source=ASSUMED,
    )  # fmt: skip
