"""Strengths of what happens in a team: hours, closing, learning, agencies."""

from simulation.settings import Settings, quantity

ASSUMED = "assumption"


class TeamStrengths(Settings):
    """How long the team's work takes, and how strongly its mechanisms work."""

    # Professionals' time.
    talk_hours: float = quantity(
        "Length of a kitchen-table talk with its preparation and report.",
        nl="duur van een keukentafelgesprek",
        unit="hours", low=0.5, high=10, source=ASSUMED, code="M2",
    )  # fmt: skip
    guidance_per_level: float = quantity(
        "Guidance wanted from a professional per level of severity in his or her domains.",
        nl="begeleiding die nodig is, per niveau van ernst",
        unit="hours per week", low=0, high=3, source=ASSUMED, code="M14",
    )  # fmt: skip
    network_pace: float = quantity(
        "Hours at most that are put into one network in a week.",
        nl="uren voor één netwerk, hoogstens",
        unit="hours per week", low=1, high=40, source=ASSUMED, code="M2",
    )  # fmt: skip

    keeps_open: float = quantity(
        "Severity of a problem that is too heavy to leave at the norm.",
        nl="ernst waarbij een zaak niet op de norm wordt afgesloten",
        unit="level", low=1, high=5, source="E48, E49 for cases staying open; assumption",
        code="M17",
    )  # fmt: skip
    letting_go: float = quantity(
        "Weekly chance, at full closeness, that a worker puts off closing a case that could be "
        "closed.",
        nl="moeite met loslaten",
        unit="probability", low=0, high=1, source="domain M17; assumption", code="M17", off=0,
    )  # fmt: skip
    heavy_holds: float = quantity(
        "Weekly chance that a worker puts off closing while a problem too heavy to leave is there.",
        nl="uitstel van afsluiten door een te zwaar probleem",
        unit="probability", low=0, high=1, source="domain M17; assumption", code="M17", off=0,
    )  # fmt: skip
    closeness_weeks: float = quantity(
        "Weeks in which closeness of worker and client grows to 63%.",
        nl="weken waarin werker en cliënt naar elkaar toe groeien",
        unit="weeks", low=1, high=520, source=ASSUMED, code="M17",
    )  # fmt: skip
    comes_back: float = quantity(
        "Weekly chance that a client whose case was closed comes back with a heavy problem.",
        nl="cliënten die na afsluiten terugkomen",
        unit="per week", low=0, high=1, source="domain M17; assumption", code="M17", off=0,
    )  # fmt: skip
    heavy: float = quantity(
        "Level from which a problem is heavy: with it a client comes back.",
        nl="niveau waarop een probleem zwaar is",
        unit="level", low=1, high=5, source=ASSUMED, code="M17",
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
