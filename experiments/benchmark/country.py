"""A country in one piece and in sixteen: wall time, and how much memory it takes.

Nothing is loaded here that living a country does without: each megabyte would count.
"""

import json
import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor

from kring.experiments.benchmark.start import in_a_new_process
from kring.experiments.benchmark.table import Found
from kring.simulation.parameters import Parameters
from kring.simulation.pieces import live_piece
from kring.simulation.policy import Policy
from kring.simulation.records import Records
from kring.simulation.result import Result
from kring.simulation.run import simulate
from kring.simulation.town import Town

WEEKS = 104
TOWN = Town.preset("country")
PIECES = 16
POLICY = {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")}


def live_whole() -> Result:
    """Live a country in one piece."""
    return simulate(TOWN, POLICY, WEEKS, episodes=False)


def live_in_pieces() -> Result:
    """Live a country piece by piece, one on each core, and join what is known of them."""

    def live(piece: int) -> Records:
        return live_piece(TOWN, POLICY, WEEKS, 1, piece, PIECES, episodes=False, threads=1)

    with ThreadPoolExecutor(os.cpu_count()) as cores:
        records = list(cores.map(live, range(PIECES)))
    return Result.of(Records.join(records), POLICY, Parameters(), 1, 0.0)


def measured(in_pieces: bool) -> None:
    """Live a country and print seconds, those of the processor, peak memory (GB), problems."""
    simulate("class", POLICY, 1)  # loads what has been compiled
    start, used = time.perf_counter(), time.process_time()
    result = live_in_pieces() if in_pieces else live_whole()
    problems = result.at("problems")
    wall, used = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(json.dumps([wall, used, peak, problems]))


def measure_country() -> list[Found]:
    """Wall time and peak memory of 1,200,000 clients, in processes of their own."""
    code = "from kring.experiments.benchmark.country import measured; measured({})"
    whole, pieces = (json.loads(in_a_new_process(code.format(one))) for one in (False, True))
    wall, used, peak, problems = whole
    slower, longer, smaller, same = pieces
    return [
        Found(f"country: {TOWN.clients:,} clients, {WEEKS} weeks", wall, "s", "<= 25"),
        Found("country: of the processor", used, "s"),
        Found("country: peak memory", peak, "GB", "<= 1.3"),
        Found(f"country, in {PIECES} pieces / in one", slower / wall, "times", "<= 1.15"),
        Found(f"country, in {PIECES} pieces / in one: of the processor", longer / used, "times"),
        Found(f"country, in {PIECES} pieces: peak memory", smaller, "GB"),
        Found(f"country, in {PIECES} pieces: problems differ by", same - problems, "", "0"),
    ]
