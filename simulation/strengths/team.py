"""Strengths of what happens in a team: hours, closing, learning, agencies."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"


class TeamStrengths(Settings):
    """How long the team's work takes, and how strongly its mechanisms work."""

    # Professionals' time.
    talk_hours: float = quantity(
        "Length of a kitchen-table talk with its preparation and report.",
        nl="duur van een keukentafelgesprek",
        unit="hours", low=0.5, high=10, likely=(2, 5), source=ASSUMED, code="M2",
    )  # fmt: skip
    guidance_per_level: float = quantity(
        "Guidance wanted from a professional per level of severity in his or her domains.",
        nl="begeleiding die nodig is, per niveau van ernst",
        unit="hours per week", low=0, high=3, likely=(0.05, 0.3), source=ASSUMED, code="M14",
    )  # fmt: skip
    network_pace: float = quantity(
        "Hours at most that are put into one network in a week.",
        nl="uren voor één netwerk, hoogstens",
        unit="hours per week", low=1, high=40, likely=(3, 8), source=ASSUMED, code="M2",
    )  # fmt: skip

    keeps_open: float = quantity(
        "Severity of a problem with which a case is not light.",
        nl="ernst waarbij een zaak niet licht is",
        unit="level", low=1, high=5, likely=(2.5, 4.5), source="assumption", code="M17",
    )  # fmt: skip
    light_problems: float = quantity(
        "Number of problems at most with which a case can be light.",
        nl="problemen waarmee een zaak licht kan zijn",
        unit="problems", low=0, high=13, likely=(1.0, 4.0),
        source="assumption", code="M17",
    )  # fmt: skip
    closes_when_solved: float = quantity(
        "Weekly chance that a case is closed in which no problem is left.",
        nl="zaken die sluiten als alles is opgelost",
        unit="per week", low=0, high=1, likely=(0.1, 0.5),
        source="assumption", code="M17",
    )  # fmt: skip
    closes_when_light: float = quantity(
        "Weekly chance that a light case is closed.",
        nl="lichte zaken die sluiten",
        unit="per week", low=0, high=1, likely=(0.01, 0.2),
        source="E68; fitted", code="M17",
    )  # fmt: skip
    closes_with_problems: float = quantity(
        "Weekly chance that a case is closed that is not light: the client has had enough, or the "
        "team has no more to offer.",
        nl="zaken die sluiten met problemen",
        unit="per week", low=0, high=1, likely=(0.002, 0.05),
        source="E68; fitted", code="M17",
    )  # fmt: skip
    norm_presses: float = quantity(
        "How much more often a case is closed once its norm has passed.",
        nl="druk van de norm om af te sluiten",
        unit="factor", low=1, high=20, likely=(1.0, 5.0),
        source="E48 for the norm; assumption", code="M17", off=1,
    )  # fmt: skip
    letting_go: float = quantity(
        "Share of the chance to close a case that full closeness of worker and client takes away.",
        nl="moeite met loslaten",
        unit="share", low=0, high=1, likely=(0.0, 0.8), source="domain M17; assumption", code="M17",
        off=0,
    )  # fmt: skip
    closeness_weeks: float = quantity(
        "Weeks in which closeness of worker and client grows to 63%.",
        nl="weken waarin werker en cliënt naar elkaar toe groeien",
        unit="weeks", low=1, high=520, likely=(4, 52), source=ASSUMED, code="M17",
    )  # fmt: skip
    comes_back: float = quantity(
        "Weekly chance, just after closing, that a client comes back with a heavy problem.",
        nl="cliënten die na afsluiten terugkomen",
        unit="per week", low=0, high=1, likely=(0.001, 0.03),
        source="domain M17; assumption", code="M17", off=0,
    )  # fmt: skip
    return_fades: float = quantity(
        "Weeks after closing in which that chance falls to 37%.",
        nl="weken waarin de kans op terugkomst afneemt",
        unit="weeks", low=1, high=520, likely=(13.0, 104.0),
        source="E70 E71; fitted", code="M17",
    )  # fmt: skip
    heavy: float = quantity(
        "Level from which a problem is heavy: with it a client comes back.",
        nl="niveau waarop een probleem zwaar is",
        unit="level", low=1, high=5, likely=(2.5, 3.5), source=ASSUMED, code="M17",
    )  # fmt: skip
    check_in_hours: float = quantity(
        "Time of a light check-in after closing.",
        nl="duur van een contactmoment na afsluiten",
        unit="hours", low=0.1, high=5, source=ASSUMED, code="M17",
    )  # fmt: skip
    renewed: float = quantity(
        "Share of short provisions that is renewed where problems are left.",
        nl="korte hulp die wordt verlengd",
        unit="share", low=0, high=1, source=ASSUMED, code="M17",
    )  # fmt: skip
    renewal_hours: float = quantity(
        "Time to renew a short provision.",
        nl="tijd om korte hulp te verlengen",
        unit="hours", low=0, high=20, source=ASSUMED, code="M17",
    )  # fmt: skip
    accounting_hours: float = quantity(
        "Accounting for a case under full steering, on input or on outcome.",
        nl="verantwoording bij volle sturing",
        unit="hours per week", low=0, high=5, source="domain M20; assumption", code="M20", off=0,
    )  # fmt: skip
    usual_accounting: float = quantity(
        "Accounting for a case without any such steering.",
        nl="verantwoording zonder sturing",
        unit="hours per week", low=0, high=5, source=ASSUMED, code="M20",
    )  # fmt: skip
    visits_first: float = quantity(
        "Share of proposals of the network that full steering on input keeps from being made.",
        nl="voorstellen van het netwerk die sturing op inzet tegenhoudt",
        unit="share", low=0, high=1, source="domain M20; assumption", code="M20", off=0,
    )  # fmt: skip
    letting_go_by_outcome: float = quantity(
        "Share of the putting off of closing that full steering on outcome takes away.",
        nl="uitstel van afsluiten dat sturing op uitkomst wegneemt",
        unit="share", low=0, high=1, source="domain M20; assumption", code="M20", off=0,
    )  # fmt: skip
    outreach_hours: float = quantity(
        "Time to approach one person before (s)he asks.",
        nl="tijd om één mens te benaderen",
        unit="hours", low=0, high=20, source=ASSUMED, code="M19",
    )  # fmt: skip
    learning: float = quantity(
        "How far the belief that networks cannot work moves with one thing seen: a problem solved "
        "or a supporter gone, in a multi-problem case.",
        nl="hoeveel een werker van één ervaring leert",
        unit="share", low=0, high=1, source="domain M28; assumption", code="M28", off=0,
    )  # fmt: skip
    outcome_is_seen: float = quantity(
        "How much more is seen of what changed, under full steering on outcome.",
        nl="hoeveel meer er van uitkomsten wordt gezien bij sturing daarop",
        unit="factor", low=0, high=10, source="domain M20; assumption", code="M20", off=0,
    )  # fmt: skip
    training_teaches: float = quantity(
        "How far that belief goes down, and skill is restored, by ten hours of schooling.",
        nl="wat tien uur scholing leert",
        unit="share", low=0, high=1, source="domain M28; assumption", code="M28", off=0,
    )  # fmt: skip
    review_shares: float = quantity(
        "How far an hour of peer review brings workers' beliefs to what the most hopeful of the "
        "team believes, and restores skill.",
        nl="wat een uur intervisie deelt",
        unit="share", low=0, high=1, source="domain M28; assumption", code="M28", off=0,
    )  # fmt: skip
    deskilling: float = quantity(
        "Share of a worker's effect that is lost in a year of closeness without schooling or peer "
        "review, down to a half.",
        nl="vakmanschap dat verloren gaat",
        unit="per year", low=0, high=1, source="domain M28; assumption", code="M28", off=0,
    )  # fmt: skip
    contradiction: float = quantity(
        "Share of the effect of professional help that each further plan in a household takes away.",
        nl="effect dat verloren gaat door elk plan erbij",
        unit="share", low=0, high=0.5, source="domain M25; assumption", code="M25", off=0,
    )  # fmt: skip
    tuning_hours: float = quantity(
        "The caseworker's time for tuning with each further plan; half of it where one plan is kept.",
        nl="afstemming over elk plan erbij",
        unit="hours per week", low=0, high=5, source="domain M25; assumption", code="M25", off=0,
    )  # fmt: skip
    agency_intake: float = quantity(
        "An agency's own intake: hours that are paid when its help begins.",
        nl="intake van een instelling",
        unit="hours", low=0, high=40, source="domain M23 M25; assumption", code="M23",
    )  # fmt: skip
    agency_refuses: float = quantity(
        "Chance that an agency refuses a client with four heavy problems or more; by part with fewer.",
        nl="zware cliënten die een instelling weigert",
        unit="probability", low=0, high=1, source="domain M23; assumption", code="M23", off=0,
    )  # fmt: skip
    agency_passes_on: float = quantity(
        "Weekly chance that an agency passes a client on who has an acute problem.",
        nl="cliënten die een instelling doorschuift",
        unit="per week", low=0, high=1, source="domain M23; assumption", code="M23", off=0,
    )  # fmt: skip
