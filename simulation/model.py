"""The Mesa model: the same weeks as `simulate`, for whoever works with Mesa's tools."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import mesa
import numpy as np

from simulation.agents import Client, NetworkMember, Person, Professional
from simulation.errors import KringError
from simulation.outcomes import NAMES, OUTCOMES
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.result import Result
from simulation.rows import World
from simulation.run import check_run, policies_of, preset, run_in
from simulation.town import Town


def reporter(name: str) -> Callable[["SupportNetworkModel"], float]:
    """A plain function that tells one outcome, as Mesa's DataCollector wants it."""

    def report(model: "SupportNetworkModel") -> float:
        return model.outcomes[name]

    return report


def attribute(name: str) -> Callable[["SupportNetworkModel"], int]:
    """A plain function that tells an attribute; Mesa calls no other kind with its model."""

    def tell(model: "SupportNetworkModel") -> int:
        found: int = getattr(model, name)
        return found

    return tell


class SupportNetworkModel(mesa.Model):
    """A town that lives week by week under Mesa, with the results of `simulate` to the last bit.

    Decisions draw from keyed luck, never from `model.random`: the order in which agents are
    looked at changes nothing. Handles on the people are made when first asked for.

    Parameters
    ----------
    town : str or Town
        The town, or the name of a preset.
    policy : str, Policy or mapping
        One policy, or one for each route of entry: ``{"team": ..., "conference": ...}``.
    parameters : str or Parameters
        Strengths of the mechanisms, or the name of a set.
    weeks : int
        Number of weeks after which `running` becomes False; `step` can go on all the same.
    clients : int, optional
        Number of clients, if other than the town's.
    seed : int, optional
        Seed of the run; if not given, a new one, which `model.seed` and the data tell.
    rng : int, optional
        The same under Mesa's name. In ``batch_run(parameters={"rng": [1, 2]})`` it works on every
        Mesa; ``seed`` there is overwritten by Mesa 3.5.
    **levers : float
        Levers of the policy to change, such as ``mobilisation_hours=10``.

    Attributes
    ----------
    week : int
        Weeks lived.
    clients, members, professionals : list
        Handles, by number of their row.
    outcomes : dict of str to float
        Outcomes of the last week; means over the clients who have entered.
    datacollector : mesa.DataCollector
        `week`, `seed` and the outcomes, from the end of the first week on.

    Raises
    ------
    KringError
        For what cannot be run.

    Examples
    --------
    >>> model = SupportNetworkModel("class", "eigen_kracht", weeks=10, seed=1)
    >>> model.run_model()
    >>> model.week
    10
    """

    def __init__(
        self,
        town: str | Town = "class",
        policy: str | Policy | Mapping[str, str | Policy] = "wijkteam",
        parameters: str | Parameters = "fitted",
        weeks: int = 104,
        clients: int | None = None,
        *,
        seed: int | None = None,
        rng: Any = None,
        **levers: float,
    ) -> None:
        if seed is not None and rng is not None:
            raise KringError("give seed or rng, not both: they are the same")
        start = rng if seed is None else seed
        whole = isinstance(start, int | np.integer)
        check_run(weeks, start if whole or seed is not None else 0)
        super().__init__(rng=int(start) if whole else start)
        self.seed = int(start) if whole else int(self.rng.integers(2**31))
        self.town = preset(Town, town)
        if clients is not None:
            self.town = self.town.replace(clients=clients)
        self.policy = policies_of(policy, **levers)
        self.parameters = preset(Parameters, parameters)
        self.run = run_in(
            self.town, self.policy, weeks, self.seed,
            parameters=self.parameters, episodes=True, threads=1,
        )  # fmt: skip
        self.weeks = weeks
        self.outcomes = self._outcomes()
        own = {name: attribute(name) for name in ("week", "seed")}
        self.datacollector = mesa.DataCollector(own | {name: reporter(name) for name in NAMES})

    @property
    def week(self) -> int:
        """The number of the week that comes, counted from 0, those before the start included."""
        return self.run.week

    @property
    def world(self) -> World:
        """The rows that the handles point to."""
        return self.run.world

    def __reduce__(self) -> Any:
        raise KringError(
            "a model is not kept or sent whole: take its result(), or make it anew with its seed"
        )

    def step(self) -> None:
        """Live a week and collect its outcomes."""
        self.run.live(1)
        self.outcomes = self._outcomes()
        self.datacollector.collect(self)
        self.running = self.run.lived < self.weeks

    def _outcomes(self) -> dict[str, float]:
        sums = self.run.records().sums()[-1:].sum(axis=(0, 1))
        n = sums[0]
        means = sums / n if n else np.full_like(sums, np.nan)
        return {
            outcome.name: float(total if outcome.aggregate == "total" else mean)
            for outcome, total, mean in zip(OUTCOMES, sums, means, strict=True)
        }

    def result(self) -> Result:
        """What has come out so far, in the tables of `simulate`."""
        result = Result.of(self.run.records(), self.policy, self.parameters, self.seed, seconds=0.0)
        return replace(result, client_rows=result.client_rows.copy())

    @cached_property
    def _handles(self) -> dict[type[Person], list[Any]]:
        kinds = (Client, NetworkMember, Professional)
        handles = {
            kind: [kind(self, number) for number in range(len(getattr(self.world, kind.table)))]
            for kind in kinds
        }
        # Mesa 3.3 would keep every model with agents for ever, in the counter of their ids.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        return handles

    @property
    def clients(self) -> list[Client]:
        """Handles on the clients, by number of their row."""
        return self._handles[Client]

    @property
    def members(self) -> list[NetworkMember]:
        """Handles on the network members, by number of their row."""
        return self._handles[NetworkMember]

    @property
    def professionals(self) -> list[Professional]:
        """Handles on the professionals, by number of their row."""
        return self._handles[Professional]

    @property
    def agents(self) -> Any:
        """Mesa's set of all handles."""
        self._handles  # noqa: B018 (makes them)
        return super().agents

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], Any]:
        """Mesa's sets of handles, by class."""
        self._handles  # noqa: B018 (makes them)
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type[mesa.Agent]]:
        """The classes of handles."""
        self._handles  # noqa: B018 (makes them)
        return super().agent_types
