"""Checking: what a study would do, said before it is run."""

from collections.abc import Iterable

from experiments.running.engines import cores
from experiments.running.runner import seconds
from experiments.study.design import impossible, points, runs
from experiments.study.file import Study


def about(study: Study, pilot: bool) -> Iterable[str]:
    """What a study would run, about how long it takes, and which of its runs cannot be."""
    every = runs(study)
    policies = len(study.policies)
    yield f"{study.name}: {study.question or 'no question is stated'}"
    yield (
        f"{len(every)} runs: {policies} {'policy' if policies == 1 else 'policies'}, "
        f"{len(points(study))} point{'s' * (len(points(study)) > 1)}, {study.seeds} seeds."
    )
    work = seconds(study, every) * study.pieces / cores()
    yield f"About {in_words(work)} on {cores()} cores, by rule of thumb."
    wrong = impossible(study)
    for run, why in wrong[:3]:
        yield f"Impossible: {study.policies[run.policy].name}, point {run.point}: {why}"
    if wrong:
        yield f"{len(wrong)} points are impossible; each becomes a failed run."
    if study.seeds < 2:
        yield "One seed gives no interval; take at least two, better ten."
    if pilot:
        from experiments.analysis.seeds_needed import pilot as lived
        from experiments.reporting.precision_told import lines

        yield from lines(study, lived(study))


def in_words(seconds: float) -> str:
    """A time in the unit one would say it in."""
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"{round(seconds)} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"
