"""Measures for the study of a country of municipalities."""

from kring.experiments.measures.base import Measure
from kring.simulation import episodes
from kring.simulation.result import Result


def referrals(result: Result) -> float:
    """Referrals to agencies per person in need."""
    times = (result.episode_rows["kind"] == episodes.REFERRAL).sum()
    return float(times / max(result.at("entered"), 1))


COUNTRY_MEASURES: dict[str, Measure] = {
    "referrals": Measure("times", "referrals to agencies per person in need",
                         "verwijzingen naar instellingen per cliënt", referrals, episodes=True),
}  # fmt: skip
