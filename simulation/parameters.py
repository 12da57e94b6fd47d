"""Parameters: the strengths of the mechanisms, most of them unknown: fitted or swept."""

from typing import ClassVar, Self

from kring.simulation.errors import KringError, shown
from kring.simulation.strengths.interview import InterviewStrengths
from kring.simulation.strengths.neighbourhood import NeighbourhoodStrengths
from kring.simulation.strengths.network import NetworkStrengths
from kring.simulation.strengths.problems import ProblemStrengths
from kring.simulation.strengths.team import TeamStrengths


class Parameters(
    InterviewStrengths, NeighbourhoodStrengths, TeamStrengths, ProblemStrengths, NetworkStrengths
):
    """Strengths of the mechanisms M1 to M28.

    Each mechanism has one or more parameters that carry it and a value at which they are silent:
    ``Parameters.preset("fitted").without("M5")`` asks what the joint plan contributes.

    Examples
    --------
    >>> Parameters().replace(network_effect=0.03).network_effect
    0.03
    >>> "M5" in Parameters.mechanisms()
    True
    """

    file: ClassVar[str] = "parameters.toml"
    kind: ClassVar[str] = "parameter set"

    @classmethod
    def mechanisms(cls) -> dict[str, dict[str, float]]:
        """For each mechanism, the parameters that carry it and the values that silence it."""
        found: dict[str, dict[str, float]] = {}
        for name in cls.quantities():
            note = cls.note(name)
            if "off" in note:
                found.setdefault(note["code"], {})[name] = note["off"]
        return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))

    @classmethod
    def meant(cls, given: object) -> str:
        """What was meant by something that is no set of strengths; empty where that isn't clear."""
        from kring.simulation.ensemble import Ensemble

        named = isinstance(given, str) and given in Ensemble.names()
        if not named and not isinstance(given, Ensemble):
            return ""
        of = f"Ensemble.load({given!r})" if named else "ensemble"
        return f"an ensemble holds many, of which a run lives one: {of}.at(1)[0]"

    def without(self, *codes: str) -> Self:
        """The same parameters with some mechanisms silent.

        Parameters
        ----------
        codes : str
            Codes such as ``"M5"``.

        Raises
        ------
        KringError
            For a code that no parameter can silence.
        """
        if not codes:
            return self
        known = self.mechanisms()
        for code in codes:
            if not isinstance(code, str) or code not in known:
                raise KringError(
                    f"no mechanism {shown(code)} to switch off; choose from: {', '.join(known)}"
                )
        return self.replace(**{k: v for code in codes for k, v in known[code].items()})
