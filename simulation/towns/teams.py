"""What a town's teams have, and who finds the way to them."""

from kring.simulation.choices import QUEUE_KEPT_BY
from kring.simulation.settings import Settings, choice, quantity

ASSUMED = "assumption"


class TownTeams(Settings):
    """Cases, hours and leave of workers, the queue, who stays away, and agencies."""

    cases_per_worker: float = quantity(
        "Cases a full-time worker carries when the team is staffed for its year's clients.",
        nl="zaken van een voltijds werker bij bezetting op de norm",
        unit="cases", low=1, high=200, source="E51: 16 to 18",
    )  # fmt: skip
    case_weeks: float = quantity(
        "Weeks a case is open, as the staffing assumes.",
        nl="duur van een zaak waarop de bezetting rekent",
        unit="weeks", low=1, high=520, source="E48 and E68: most cases are closed within a year",
    )  # fmt: skip
    case_length: float = quantity(
        "How long cases stay open, against what the strengths of closing give: the chances to "
        "close are divided by it. For a municipality of one's own it is found from its open cases "
        "and its wait.",
        nl="duur van zaken, tegen de gebruikelijke",
        unit="times the usual", low=0.25, high=4, source="1 in the towns of the study; fitted to "
        "the figures of a municipality", code="M17",
    )  # fmt: skip
    case_hours: float = quantity(
        "Hours of guidance that a problem asks for, against what the strengths give. For a "
        "municipality of one's own it is found from its figures.",
        nl="uren die een zaak vraagt, tegen de gebruikelijke",
        unit="times the usual", low=0.25, high=4, source="1 in the towns of the study; fitted to "
        "the figures of a municipality", code="M19",
    )  # fmt: skip
    client_hours: float = quantity(
        "Hours a week that a full-time worker has for clients and accounting for them, after "
        "leave, travel and meetings.",
        nl="uren voor cliënten, per voltijds werker",
        unit="hours per week", low=0, high=40, likely=(16, 24), source=ASSUMED,
    )  # fmt: skip
    intake_weeks: float = quantity(
        "Weeks, on average, from the door until the talk can be planned, if a worker has room.",
        nl="weken tot een gesprek kan worden gepland",
        unit="weeks", low=0, high=52, likely=(8, 24),
        source="E49: nine of ten without a plan at six weeks", code="M19",
    )  # fmt: skip
    coordinator_hours: float = quantity(
        "Hours a week of independent coordinators within reach, per 100 clients a year.",
        nl="uren van onafhankelijke coördinatoren, per 100 cliënten",
        unit="hours per week", low=0, high=1000, source="assumption: engaged per conference",
    )  # fmt: skip
    sick_leave: float = quantity(
        "Share of the time that team workers are on sick leave.",
        nl="ziekteverzuim van werkers",
        unit="share", low=0, high=0.5, source=ASSUMED, code="M19",
    )  # fmt: skip
    sick_weeks: float = quantity(
        "Mean length of a sick leave.",
        nl="duur van een ziekmelding",
        unit="weeks", low=1, high=52, source=ASSUMED, code="M19",
    )  # fmt: skip
    staff_turnover: float = quantity(
        "Share of team workers who leave in a year; their cases go to colleagues.",
        nl="verloop onder werkers",
        unit="per year", low=0, high=1, source=ASSUMED, code="M19",
    )  # fmt: skip
    weeks_to_fill: float = quantity(
        "Weeks that a place stays vacant.",
        nl="duur van een vacature",
        unit="weeks", low=0, high=104, source=ASSUMED,
        code="M19",
    )  # fmt: skip
    hesitant: float = quantity(
        "Share of people in need who come only when a problem is acute, or by a low threshold.",
        nl="mensen die pas komen als het acuut is",
        unit="share", low=0, high=1, source="domain M18; assumption", code="M18",
    )  # fmt: skip
    queue_weeks: float = quantity(
        "Length of the waiting list today, in weeks of people who come: in a town that runs "
        "already the staff is what keeps it so.",
        nl="lengte van de wachtlijst nu, in weken instroom",
        unit="weeks", low=0, high=104, likely=(14, 26), source=ASSUMED, code="M19",
    )  # fmt: skip
    queue_kept_by: str = choice(
        "What keeps the waiting list of a town that runs already as long as it is: the staff, "
        "which follows what is asked of it; or, where the staff was told, the cases, of which it "
        "comes out how long they last and how many hours they take.",
        nl="waardoor de wachtlijst is zoals hij is",
        options=QUEUE_KEPT_BY, source="staff in the towns of the study; cases in a municipality "
        "of one's own", code="M19",
    )  # fmt: skip
    put_off_by_wait: float = quantity(
        "Share of people in need whom each week of the queue puts off; they come when a problem is "
        "acute, or not.",
        nl="mensen die per week wachttijd wegblijven",
        unit="share per week", low=0, high=0.2, likely=(0, 0.02), source=ASSUMED, code="M19",
    )  # fmt: skip
    leave: float = quantity(
        "Share of people in need who leave the municipality in a year: they move, die, or go to "
        "live in an institution.",
        nl="mensen die per jaar uit de gemeente vertrekken",
        unit="per year", low=0, high=0.5, likely=(0.05, 0.15), source=ASSUMED,
    )  # fmt: skip
    does_what_can: float = quantity(
        "Share of clients who do themselves what they can.",
        nl="cliënten die zelf doen wat ze kunnen",
        unit="share", low=0, high=1, likely=(0.3, 0.9),
        source="domain: could and doesn't; assumption", code="M12",
    )  # fmt: skip
    recruiting_weeks: float = quantity(
        "Weeks until all coordinators whom a new policy contracts have been found; they come one "
        "after the other.",
        nl="weken om nieuwe coördinatoren te vinden",
        unit="weeks", low=0, high=260, likely=(13, 104), source=ASSUMED, code="M6",
    )  # fmt: skip
    agency_hours: float = quantity(
        "Hours a week of each agency behind the team, per 100 clients a year.",
        nl="uren van elke instelling achter het team, per 100 cliënten",
        unit="hours per week", low=0, high=1000, source=ASSUMED, code="M23",
    )  # fmt: skip
