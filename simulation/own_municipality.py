"""A municipality of one's own: a town in the words in which a municipality knows itself."""

from typing import Any, ClassVar, Self

from pydantic import model_validator

from kring.simulation.errors import KringError
from kring.simulation.settings import Settings, quantity
from kring.simulation.town import Town

YEAR = 52  # weeks
START = "going_concern"  # the town that has what is not told
CONFERENCE = "eigen_kracht"  # what who enters for a conference meets
HOURS_A_CONFERENCE = 30  # E16; coordinators have twice the hours, as in the towns of the study
HELD = 0.85  # of the conferences that are begun: where the search for their number begins
HALF = 0.5  # weeks that who is taken in within the week has waited
OWN = "figures of the municipality"
WORKLOAD = (2, 500)  # clients a year for a worker: outside it, something else was told


def known(does: str, *, nl: str, unit: str, low: float, high: float) -> Any:
    """Declare something that a municipality may know of itself, or not."""
    return quantity(does, nl=nl, unit=unit, low=low, high=high, source=OWN, default=None)


class OwnMunicipality(Settings):
    """A municipality as it knows itself; only clients a year and FTE have to be told.

    Examples
    --------
    >>> OwnMunicipality(clients_a_year=900, fte=28, teams=5).town().teams
    5
    """

    file: ClassVar[str] = "own_municipality.toml"
    kind: ClassVar[str] = "municipality"

    inhabitants: float | None = known(
        "Inhabitants.",
        nl="inwoners", unit="persons", low=500, high=20_000_000,
    )  # fmt: skip
    clients_a_year: float | None = known(
        "Clients who come to the teams in a year for the first time, by whatever way.",
        nl="cliënten per jaar", unit="clients a year", low=10, high=2_000_000,
    )  # fmt: skip
    teams: int | None = known(
        "Neighbourhood teams.",
        nl="wijkteams", unit="teams", low=1, high=1000,
    )  # fmt: skip
    fte: float | None = known(
        "Full-time places of team workers who help clients, those vacant or ill included.",
        nl="fte van teamleden", unit="FTE", low=0.5, high=50_000,
    )  # fmt: skip
    client_hours: float | None = known(
        "Hours a week that a full-time worker has for clients and accounting for them.",
        nl="uren voor cliënten, per voltijds werker", unit="hours per week", low=4, high=40,
    )  # fmt: skip
    open_cases: float | None = known(
        "Cases open at a moment, all teams together; who waits is none.",
        nl="lopende zaken", unit="cases", low=1, high=2_000_000,
    )  # fmt: skip
    caseload: float | None = known(
        "Cases that a full-time worker has at a moment.",
        nl="caseload per fte", unit="cases", low=1, high=200,
    )  # fmt: skip
    waiting: float | None = known(
        "Persons who wait for a talk at a moment.",
        nl="wachtlijst", unit="persons", low=0, high=2_000_000,
    )  # fmt: skip
    weeks_wait: float | None = known(
        "Weeks from the door to the talk, on average.",
        nl="wachttijd", unit="weeks", low=0, high=104,
    )  # fmt: skip
    closed_within_a_year: float | None = known(
        "Share of cases that are closed within a year.",
        nl="zaken binnen een jaar gesloten", unit="share", low=0.02, high=0.98,
    )  # fmt: skip
    hours_a_case: float | None = known(
        "Hours of team workers that a client takes in all.",
        nl="uren per cliënt", unit="hours", low=1, high=1000,
    )  # fmt: skip
    conferences_a_year: float | None = known(
        "Family group conferences held in a year.",
        nl="Eigen Kracht-conferenties per jaar", unit="conferences a year", low=0, high=200_000,
    )  # fmt: skip
    coordinator_hours: float | None = known(
        "Hours a week of independent coordinators, all together.",
        nl="uren van onafhankelijke coördinatoren", unit="hours per week", low=0, high=200_000,
    )  # fmt: skip
    with_children: float | None = known(
        "Share of clients with children at home.",
        nl="cliënten met kinderen thuis", unit="share", low=0, high=1,
    )  # fmt: skip
    on_assistance: float | None = known(
        "Share of clients on social assistance.",
        nl="cliënten met bijstand", unit="share", low=0, high=1,
    )  # fmt: skip
    staff_turnover: float | None = known(
        "Share of team workers who leave in a year.",
        nl="verloop onder teamleden", unit="per year", low=0, high=1,
    )  # fmt: skip
    sick_leave: float | None = known(
        "Share of the time that team workers are ill.",
        nl="ziekteverzuim van teamleden", unit="share", low=0, high=0.5,
    )  # fmt: skip

    @model_validator(mode="after")
    def _is_enough(self) -> Self:
        for name, what in (("clients_a_year", "clients a year"), ("fte", "FTE of team workers")):
            if getattr(self, name) is None:
                raise ValueError(f"a municipality needs {what}: write {name} = a number")
        if not WORKLOAD[0] <= self.workload <= WORKLOAD[1]:
            raise ValueError(
                f"fte = {self.fte:g} is not possible beside clients_a_year = "
                f"{self.clients_a_year:g}: a full-time worker for each {self.workload:.1f} clients "
                f"a year, where {WORKLOAD[0]} to {WORKLOAD[1]} can be"
            )
        self.town()
        return self

    @property
    def year(self) -> float:
        """Clients a year."""
        return float(self.clients_a_year or 0)

    @property
    def workload(self) -> float:
        """Clients a year for each full-time worker."""
        return self.year / float(self.fte or 1)

    def told(self) -> dict[str, float]:
        """What has been told, by name."""
        return {name: value for name, value in self.model_dump().items() if value is not None}

    def facts(self, **found: float) -> dict[str, float | str]:
        """What is so in its town, as quantities of `Town`.

        Parameters
        ----------
        found : float
            Quantities of `Town` that nobody knows and a search has found.
        """
        told, start = self.told(), Town.preset(START)
        facts: dict[str, Any] = {
            "clients": max(1, round(self.year)),
            "entry_weeks": YEAR,
            "queue_kept_by": "cases",  # the staff is told
            "cases_per_worker": self.caseload or start.cases_per_worker,
            **self.queue(start),
            "client_hours": self.client_hours,
            "children_team": self.with_children,
            "assistance_team": self.on_assistance,
            "sick_leave": self.sick_leave,
            "staff_turnover": self.staff_turnover,
        }
        # Staff is the norm's: so many weeks a case, so many cases a worker, make these FTE.
        facts["case_weeks"] = YEAR / self.workload * float(facts["cases_per_worker"] or 1)
        facts["clients_per_team"] = self.year / self.teams if self.teams else start.clients_per_team
        if "coordinator_hours" in told:
            facts["coordinator_hours"] = told["coordinator_hours"] / self.year * 100
        elif "conferences_a_year" in told:  # as many hours as these took
            hours = told["conferences_a_year"] * HOURS_A_CONFERENCE / YEAR
            facts["coordinator_hours"] = 2 * hours / self.year * 100
        if told.get("conferences_a_year"):
            facts["conference_share"] = min(1.0, told["conferences_a_year"] / self.year / HELD)
        return {name: value for name, value in (facts | found).items() if value is not None}

    def queue(self, start: Town) -> dict[str, float]:
        """The wait, and which part of it is the intake's; none where nothing is told of it."""
        wait = self.weeks_wait
        if wait is None and self.waiting is not None:
            wait = self.waiting / self.year * YEAR
        if wait is None:
            return {}
        part = start.intake_weeks / start.queue_weeks
        weeks = min(max(wait - HALF, HALF), float(Town.note("queue_weeks")["high"]))
        return {"queue_weeks": weeks, "intake_weeks": part * weeks}

    def town(self, **found: float) -> Town:
        """Its town, that has run for years when week 1 begins.

        Raises
        ------
        KringError
            If its figures make no town.
        """
        return Town.preset(START, name="own municipality", **self.facts(**found))


def municipality_of(told: dict[str, Any]) -> OwnMunicipality:
    """The municipality of which this is told.

    Raises
    ------
    KringError
        In one line, for a key that there is not and a number that cannot be.
    """
    for name, value in told.items():
        if isinstance(value, bool | str) and name in OwnMunicipality.model_fields:
            raise KringError(f"{name} = {value!r} is not possible: a number is wanted")
    return OwnMunicipality(**told)
