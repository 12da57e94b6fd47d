"""One phase of a week by itself, in a small file: whatever changes in it, it is compiled anew."""

from collections.abc import Callable

from kring.simulation.compiled import compiled, compiled_and_kept
from kring.simulation.week import PHASES, Phase


def _one_of(phases: tuple[Phase, ...], number: int = 0) -> Callable:
    """One compiled function that runs the phase of a number, or none if there is none."""
    run = phases[0].run
    if len(phases) == 1:

        @compiled
        def last(world, team, week, which):
            if which == number:
                run(world, team, week)

        return last
    others = _one_of(phases[1:], number + 1)

    @compiled
    def this_or_other(world, team, week, which):
        if which == number:
            run(world, team, week)
        else:
            others(world, team, week, which)

    return this_or_other


run_phase = _one_of(PHASES)


@compiled_and_kept
def live_a_phase(world, week, which):
    """One phase of one week, for all teams."""
    for team in range(len(world.teams)):
        run_phase(world, world.teams[team], week, which)
