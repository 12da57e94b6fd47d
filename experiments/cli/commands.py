"""The command `kring`."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kring.experiments.cli import exploring, own, telling
from kring.experiments.cli.entry import INTERRUPTED, complain, interrupted, trace_if_asked
from kring.experiments.cli.options import (
    RESULTS,
    AllowReading,
    Clients,
    ClientsFrom,
    EngineName,
    Large,
    MayTakePart,
    Out,
    ParameterSet,
    Quick,
    Result,
    Seed,
    Seeds,
    Sets,
    StudyName,
    TakesPart,
    TiesFrom,
    Workers,
    named_policy,
    whole,
)  # fmt: skip
from kring.experiments.execution.interruption import Interrupted
from kring.experiments.study.files import find, shipped
from kring.simulation.errors import KringError, nearest

if TYPE_CHECKING:  # what a command needs is loaded when it is given
    from kring.experiments.reading.base import Reading
    from kring.experiments.study.plan import Plan

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Kring: support networks around clients of Dutch municipal care, simulated.",
    epilog="Studies that come with Kring (kring NAME is short for kring run NAME): "
    + ", ".join(shipped()),
)


def print_version(asked: bool) -> None:
    """Print the version, and the code by which results know each other."""
    if asked:
        from kring.experiments.execution.manifest import package_versions
        from kring.experiments.study.fingerprint import code

        print(f"kring {package_versions().get('kring', 'not installed')}, code {code()}")
        raise typer.Exit


@app.callback()
def kring(
    _: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """What comes before a command."""


def reading_allowed(plan: "Plan", file: Path, allowed: Path | None) -> "Reading | None":
    """A reading of the user's own, where the command line names it; none is the study's.

    Raises
    ------
    KringError
        If the study has a reading that the command line does not name, or names another.
    """
    if allowed:
        from kring.experiments.casebook import own_reading

        return own_reading(allowed)
    if plan.reading.endswith(".py"):
        beside = file.with_name(plan.reading)
        raise KringError(
            f"{file} is read by {beside}, which is a program: to run it, add "
            f"--allow-reading {beside}"
        )
    return None


def run_and_print(
    plan: "Plan", out: Path, engine: str, workers: int | None, reading: "Reading | None" = None
) -> None:
    """Run a study, print what it says and where it is."""
    from kring.experiments.pipeline.run import run_study

    result = run_study(plan, out, engine=engine, workers=workers, reading=reading)
    print(result.text)
    print(f"Report, tables, figures and manifest: {out}")
    if result.failed:
        sys.exit(complain(f"{result.failed} runs failed: see {out / 'failures.csv'}", 1))


@app.command("run")
def run_command(
    study: StudyName,
    quick: Quick = False,
    out: Out = None,
    seed: Seed = None,
    sets: Sets = None,
    seeds: Seeds = None,
    clients: Clients = None,
    parameters: ParameterSet = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    large: Large = False,
    allow_reading: AllowReading = None,
    clients_from: ClientsFrom = None,
    ties_from: TiesFrom = None,
    extension: MayTakePart = None,
) -> None:
    """Run a study file. After an interruption the same command goes on where it stopped."""
    from kring.experiments.study.load import load
    from kring.experiments.study.options import Options

    file = find(study)
    people = (clients_from, ties_from)
    plan = load(file, Options(quick, clients, sets, seeds, seed, parameters, large, *people))
    reading = reading_allowed(plan, file, allow_reading)
    # A small version never takes the place of the whole, nor do other strengths or people.
    given = (parameters, *(Path(table).stem for table in people if table))
    other = [re.sub(r"\W+", "_", word) for word in given if word]
    name = "_".join([plan.name, *other, *["quick"] * quick])
    run_and_print(plan, out or RESULTS / name, engine, workers, reading)


@app.command("check")
def check_command(
    study: StudyName,
    pilot: Annotated[
        bool, typer.Option("--pilot", help="Live a few seeds and say how many it needs.")
    ] = False,
    quick: Quick = False,
    large: Large = False,
    clients_from: ClientsFrom = None,
    ties_from: TiesFrom = None,
    extension: MayTakePart = None,
) -> None:
    """Check a study file without running it. Tells runs, time, and what cannot be."""
    from kring.experiments.pipeline.preview import preview
    from kring.experiments.study.load import load
    from kring.experiments.study.options import Options

    options = Options(quick, large=large, clients_from=clients_from, ties_from=ties_from)
    for line in preview(load(find(study), options), pilot):
        print(line)


@app.command("report")
def report_command(
    result: Result, allow_reading: AllowReading = None, extension: MayTakePart = None
) -> None:
    """Write a result's report anew. It is one page in English and one in Dutch."""
    from kring.experiments.casebook import own_reading
    from kring.experiments.execution.kept import planned
    from kring.experiments.pipeline.report import write_report

    left_out = planned(result).reading
    if left_out.endswith(".py") and not allow_reading:
        print(
            f"Read as any study, without {left_out}, which is a program: to run it, add "
            "--allow-reading with its place.",
            file=sys.stderr,
        )
    for page in write_report(result, own_reading(allow_reading) if allow_reading else None):
        print(page)


@app.command("repeat")
def repeat_command(
    result: Result,
    run: Annotated[int | None, whole("--run", 0, "Only the run of this number.")] = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    extension: MayTakePart = None,
) -> None:
    """Repeat a result from its manifest. Says whether it is equal, or where it differs."""
    from kring.experiments.pipeline.repeat import repeat_run, repeat_study

    if run is not None:
        for line in repeat_run(result, run):
            print(line)
        return
    equal, lines = repeat_study(result, engine, workers)
    for line in lines:
        print(line)
    if not equal:
        sys.exit(1)


@app.command("discover")
def discover_command(
    result: Result,
    where: Annotated[str, typer.Option("--where", help="Such as 'problems > 3'.")],
    policy: Annotated[str | None, typer.Option("--policy", help="Only under this policy.")] = None,
    extension: MayTakePart = None,
) -> None:
    """Find in which futures an outcome passes a bound. Needs the extra `ema`."""
    from kring.experiments.analyses.discovery import discover

    for line in discover(result, where, policy)[1]:
        print(line)


@app.command("compare")
def compare_command(
    policies: Annotated[
        list[str],
        typer.Argument(help="Presets; the first is compared with. Change one: name:lever=value"),
    ],
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="lever=value: one more policy, the first with these changes."),
    ] = None,
    clients: Annotated[int | None, whole("--clients", 1, "Clients; 500 if not given.")] = None,
    weeks: Annotated[int, whole("--weeks", 1, "Weeks.", 5200)] = 104,
    sets: Sets = None,
    seeds: Seeds = None,
    seed: Annotated[int, whole("--seed", 0, "First seed.")] = 1,
    town: Annotated[str, typer.Option("--town", help="Name of a town.")] = "rotterdam",
    clients_from: ClientsFrom = None,
    ties_from: TiesFrom = None,
    parameters: ParameterSet = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="Mechanism to switch off, such as M5.")
    ] = None,
    out: Out = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    extension: TakesPart = None,
) -> None:
    """Run policies on the same people. Gives paired differences with intervals."""
    from kring.experiments.casebook.compare.study import comparison
    from kring.experiments.study.options import start_from

    chosen = [named_policy(text) for text in dict.fromkeys(policies)]
    if changes:
        chosen.append(named_policy(policies[0], *changes))
    strengths = {"without": without or []} | (start_from(parameters) if parameters else {})
    own = {"clients_from": clients_from, "ties_from": ties_from}
    place: dict[str, str | int] = {key: table for key, table in own.items() if table}
    if clients or not clients_from:
        place["clients"] = clients or 500
    place["preset"] = town
    drawn = {"sets": sets, "seeds": seeds, "first_seed": seed}
    plan = comparison(chosen, place, strengths, weeks=weeks, **drawn)
    run_and_print(plan, out or RESULTS / plan.name, engine, workers)


@app.command("sensitivity")
def sensitivity_command(
    quick: Quick = False,
    out: Out = None,
    clients: Annotated[int, whole("--clients", 1, "Clients of a town.")] = 500,
    engine: EngineName = "auto",
    workers: Workers = None,
    extension: TakesPart = None,
) -> None:
    """Find what answers depend on. By Morris over all that isn't known, then Sobol."""
    from kring.experiments.pipeline.sensitivity import sensitivity

    folder = out or RESULTS / "sensitivity"
    size = {"paths": 2, "points": 4} if quick else {}
    for table in sensitivity(folder, clients=clients, engine=engine, workers=workers, **size):
        print(table.round(3).to_string(index=False))
    print(f"Tables: {folder}")


app.command()(own.town)
app.command()(own.invent)
app.command()(own.calibrate)
app.command()(exploring.explore)
app.command()(exploring.serve)
app.command()(telling.show)
app.command()(telling.cite)


def one_line(message: str) -> str:
    """The message of a wrong command line, with the nearest right word."""
    message = message.replace("\n", " ")
    words = [w for w in sys.argv[1:] if not w.startswith("-")]
    if "No such command" not in message or not words:
        return message
    file = f"{words[0].removesuffix('.toml')}.toml"
    if file == words[0] or Path(file).is_file():
        return f"no command {words[0]!r}; to run a study of your own: kring run {file}"
    known = [*commands(), *shipped()]
    return f"no command {words[0]!r}; {nearest(words[0], known, lists='kring --help')}"


def commands() -> list[str]:
    """Names of the commands."""
    every = app.registered_commands
    return [one.name or str(getattr(one.callback, "__name__", "")) for one in every]


def command_line() -> Any:
    """The command `kring`; its help calls a text so, and not by a type of Python."""
    made: Any = typer.main.get_command(app)
    for command in made.commands.values():
        for one in command.params:
            if one.param_type_name == "option" and one.metavar is None and not one.is_flag:
                one.metavar = "TEXT"
    return made


def spelled_out(words: list[str]) -> list[str]:
    """The same words, with `run` before the name of a study that comes with Kring."""
    return ["run", *words] if words and words[0] in shipped() else words


def main() -> None:
    """Run the command line; bad input is one line on stderr and exit code 2."""
    command = command_line()
    sys.argv[1:] = spelled_out(sys.argv[1:]) or ["--help"]
    try:
        code = command(standalone_mode=False)
    except KringError as error:
        trace_if_asked()
        sys.exit(complain(str(error), 2))
    except Interrupted as stop:
        sys.exit(interrupted(str(stop)))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(interrupted())
    except Exception as error:
        format_message = getattr(error, "format_message", None)
        if format_message is None:
            raise
        if text := one_line(format_message()):  # empty where help was printed instead
            complain(text, 2)
        sys.exit(2)
    if code == INTERRUPTED:
        interrupted()
    sys.exit(code if isinstance(code, int) else 0)
