"""The Mesa model: the same weeks as `simulate`, for whoever works with Mesa's tools."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import mesa
import numpy as np

from kring.simulation.agents import Client, NetworkMember, Person, Professional
from kring.simulation.errors import KringError
from kring.simulation.living import Run
from kring.simulation.outcomes import NAMES, OUTCOMES
from kring.simulation.parameters import Parameters
from kring.simulation.phase_in import Start, turns
from kring.simulation.policy import Policies, Policy
from kring.simulation.result import Result
from kring.simulation.rows import World
from kring.simulation.run import check_run, policies_of, run_in
from kring.simulation.settings import preset
from kring.simulation.town import Town

SETTLED = {"town", "seed", "parameters"}  # people are drawn with these, so they stay
NOT_KEPT = {"step", "_user_step", "_agents", "_agents_by_type", "_all_agents", "_handles", "run"}


def outcome(name: str, model: "SupportNetworkModel") -> float:
    """One outcome of the last week, as Mesa's DataCollector asks for it."""
    return model.outcomes[name]


def attribute(name: str, model: "SupportNetworkModel") -> int:
    """An attribute of a model, as Mesa's DataCollector asks for it."""
    found: int = getattr(model, name)
    return found


def unpickled(kind: "type[SupportNetworkModel]", run: Run) -> "SupportNetworkModel":
    """A model with its people, whom what else it holds may point to."""
    model = kind.__new__(kind)
    mesa.Model.__init__(model)
    model.run = run
    return model


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
        self.seed: int = int(start) if whole else int(self.rng.integers(2**31))
        self.town: Town = preset(Town, town)
        if clients is not None:
            self.town = self.town.replace(clients=clients)
        self._goal = policies_of(policy, **levers)
        self._turns: dict[int, Policies] = {}
        self.run: Run = run_in(
            self.town, self._goal, weeks, self.seed,
            parameters=preset(Parameters, parameters), episodes=True, threads=1,
        )  # fmt: skip
        self.weeks = weeks
        self.outcomes: dict[str, float] = self._outcomes()
        told = {name: partial(attribute, name) for name in ("week", "seed")}
        told |= {name: partial(outcome, name) for name in NAMES}
        self.datacollector: Any = mesa.DataCollector(told)

    @property
    def week(self) -> int:
        """The number of the week that comes, counted from 0, those before the start included."""
        return self.run.week

    @property
    def world(self) -> World:
        """The rows that the handles point to."""
        return self.run.world

    @property
    def policy(self) -> Policies:
        """What everybody meets: set it, and a new policy begins in the coming week.

        Coordinators whom it contracts beyond those there are come in steps, as in `simulate`.
        """
        return self._goal

    @policy.setter
    def policy(self, policy: str | Policy | Mapping[str, str | Policy]) -> None:
        goal, now = policies_of(policy), self.run.policy or self._goal
        recruiting = float(self.world.town.recruiting_weeks)
        self._turns = turns(now, goal, Start(self.run.lived + 1), recruiting)
        self._goal = goal

    @property
    def parameters(self) -> Parameters:
        """Strengths of the mechanisms; people were settled with them, so they stay."""
        return self.run.parameters or Parameters()

    def __setattr__(self, name: str, value: Any) -> None:
        if name in SETTLED and "run" in vars(self):
            raise KringError(f"{name}: people were settled with it; make another model for another")
        super().__setattr__(name, value)

    def __reduce__(self) -> Any:
        kept = {name: value for name, value in vars(self).items() if name not in NOT_KEPT}
        return unpickled, (type(self), self.run), kept

    def __copy__(self) -> "SupportNetworkModel":
        return copy.deepcopy(self)

    def step(self) -> None:
        """Live a week and collect its outcomes."""
        if self.run.lived in self._turns:
            self.run.meet(self._turns.pop(self.run.lived))
        self.run.live(1)
        self.outcomes = self._outcomes()
        self.datacollector.collect(self)
        self.running: bool = self.run.lived < self.weeks

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
        lived = self.run.policy or self._goal
        goal = lived if self._turns else self._goal  # what has not begun was not lived
        result = Result.of(self.run.records(), goal, self.parameters, self.seed, seconds=0.0)
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
