"""The words of the field as tables: problem domains, what feeds what, and tie types.

The numbers stand in `data/domains.csv`, `data/bundles.csv` and `data/ties.csv`, each with its
range and source; here they become the arrays that the compiled week reads.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.parameters import Parameters
from simulation.settings import DATA

DISCIPLINES = (
    "social work",
    "mental health",
    "addiction",
    "disability",
    "shelter",
    "youth",
    "debt and income",
)


@cache
def field_table(name: str) -> pd.DataFrame:
    """One of the tables `domains`, `bundles`, `ties`: a row a number, with range and source."""
    return pd.read_csv(DATA / f"{name}.csv")


def _wide(name: str, key: str) -> pd.DataFrame:
    table = field_table(name)
    wide = table.pivot(index=key, columns="quantity", values="value")
    return wide.loc[list(dict.fromkeys(table[key]))]


DOMAINS: tuple[str, ...] = tuple(dict.fromkeys(field_table("domains")["domain"]))
TIE_KINDS: tuple[str, ...] = tuple(dict.fromkeys(field_table("ties")["kind"]))
N_DOMAINS = len(DOMAINS)
N_KINDS = len(TIE_KINDS)
N_DISCIPLINES = len(DISCIPLINES)
PARENTING, YOUTH = DOMAINS.index("parenting"), DOMAINS.index("youth")


def dutch(name: str, key: str) -> dict[str, str]:
    """The Dutch words for the domains or the tie types."""
    return dict(field_table(name)[[key, "dutch"]].drop_duplicates().to_numpy())


class Domains(NamedTuple):
    """Arrays over the domains (length 13; `feeds` 13 x 13, from row to column)."""

    weight: np.ndarray
    lasting: np.ndarray
    passing: np.ndarray  # weekly chance to ease a level while it is a passing problem
    network: np.ndarray
    professional: np.ndarray
    discipline: np.ndarray
    feeds: np.ndarray
    feeds_out: np.ndarray


class TieKinds(NamedTuple):
    """Arrays over the tie types (length 5)."""

    share: np.ndarray
    closeness: np.ndarray
    willing: np.ndarray
    stopping: np.ndarray
    barrier: np.ndarray


def domains(parameters: Parameters, severity: float) -> Domains:
    """The domains as the parameters weigh their differences (M12, M13).

    ``severity`` is the mean level at intake: a passing problem takes that many steps, so that its
    median recovery is the table's.
    """
    wide = _wide("domains", "domain")
    disciplines = field_table("domains").drop_duplicates("domain")["discipline"]
    feeds = np.zeros((N_DOMAINS, N_DOMAINS))
    for bundle in field_table("bundles").itertuples():
        feeds[DOMAINS.index(bundle[1]), DOMAINS.index(bundle.to)] = bundle.strength
    # k exponential steps of rate r have a median of about (k - 1/3) / r (k >= 1).
    steps = max(severity - 1 / 3, np.log(2))
    spread = parameters.domain_response
    return Domains(
        weight=wide["weight"].to_numpy(float),
        lasting=wide["lasting"].to_numpy(float),
        passing=steps / wide["weeks"].to_numpy(float),
        network=1 + spread * (wide["network"].to_numpy(float) - 1),
        professional=1 + spread * (wide["professional"].to_numpy(float) - 1),
        discipline=np.array([DISCIPLINES.index(d) for d in disciplines], dtype=np.int64),
        feeds=feeds,
        feeds_out=feeds.sum(axis=1),
    )


def tie_kinds(parameters: Parameters) -> TieKinds:
    """The tie types as the parameters weigh their differences (M7)."""
    wide = _wide("ties", "kind")
    spread = parameters.tie_kind
    closeness = wide["closeness"].to_numpy(float)
    share = wide["share"].to_numpy(float)
    share = share / share.sum()
    mean = float(share @ closeness)
    return TieKinds(
        share=share,
        closeness=mean + spread * (closeness - mean),
        willing=spread * wide["willing"].to_numpy(float),
        stopping=1 + spread * (wide["stopping"].to_numpy(float) - 1),
        barrier=1 + spread * (wide["barrier"].to_numpy(float) - 1),
    )
