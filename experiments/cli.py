"""The command `kring`."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.errors import KringError, nearest
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.town import Town

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Kring: support networks around clients of Dutch municipal care, simulated.",
)
RESULTS = Path("results")
INTERRUPTED = 130  # exit code, as a shell has it
EXPERIMENTS = (
    "rotterdam",
    "time_for_mobilisation",
    "multi_problem_threshold",
    "swap_routes",
    "mechanisms",
    "caseload",
    "closing",
    "entrance",
    "agencies",
    "integral_teams",
    "prevention",
    "reciprocity",
    "training",
    "steering",
    "right_to_a_plan",
    "outside_guidance",
    "self_reliance",
    "provision_length",
    "savings",
    "national_poll",
)

Quick = Annotated[bool, typer.Option("--quick", help="A small version, to see that all works.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the results.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="First seed.")]
Seeds = Annotated[int, typer.Option("--seeds", min=1, help="Number of seeds: towns to draw.")]
Clients = Annotated[int, typer.Option("--clients", min=1, help="Clients of the town.")]
ParameterSet = Annotated[str, typer.Option("--parameters", help="Name of a parameter set.")]


def assignments(pairs: Iterable[str]) -> dict[str, float | str]:
    """Read `name=value` pairs: values are numbers or words.

    Raises
    ------
    KringError
        For what is no such pair.
    """
    found: dict[str, float | str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not value.strip():
            raise KringError(f"{pair!r} is not understood: write lever=value")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            found[name.strip()] = value.strip()
    return found


def named_policy(text: str) -> Policy:
    """A preset, with changes behind a colon: `wijkteam:mobilisation_hours=10,offer=1`."""
    name, _, changes = text.partition(":")
    return Policy.preset(name, **assignments(c for c in changes.split(",") if c))


def run_experiment(
    name: str, quick: bool, out: Path | None, seed: int, seeds: int, clients: int, parameters: str
) -> dict[str, Any]:
    """Run an experiment and say where its results are."""
    from experiments.experiment import Setting, perform

    Parameters.preset(parameters)  # a wrong name is said before anything else
    setting = Setting.of(quick, clients, seeds, seed)._replace(parameters=parameters)
    experiment = import_module(f"experiments.{name}").EXPERIMENT
    out = out or RESULTS / name
    tables = perform(experiment, setting, out)
    if name == "rotterdam":
        print_rotterdam(tables["fit"])
    print(experiment.reading(tables))
    print(f"Tables, figures and manifest: {out}")
    return tables


def print_rotterdam(fit: Any) -> None:
    """Print the study's table."""
    from experiments.rotterdam import readable

    print(readable(fit).to_string(index=False, justify="left", formatters=left(readable(fit))))
    print()


def left(table: Any) -> dict[str, Callable[[Any], str]]:
    """Formatters that keep words to the left."""
    widths = {c: max(table[c].astype(str).str.len().max(), len(c)) for c in table.columns}
    return {c: (lambda text, w=w: str(text).ljust(w)) for c, w in widths.items()}


def add_experiment(name: str) -> None:
    """Make a subcommand of an experiment, helped by the first line of its file."""
    text = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    about = text.split('"""')[1].splitlines()[0]

    def command(
        quick: Quick = False,
        out: Out = None,
        seed: Seed = 1,
        seeds: Seeds = 10,
        clients: Clients = 5600,
        parameters: ParameterSet = "fitted",
    ) -> None:
        run_experiment(name, quick, out, seed, seeds, clients, parameters)

    app.command(name, help=about)(command)


for _name in EXPERIMENTS:
    add_experiment(_name)


@app.command("run")
def run_command(
    study: Annotated[str, typer.Argument(help="A study file (.toml), or a study of Kring's own.")],
    quick: Quick = False,
    out: Out = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="First seed.")] = None,
    seeds: Annotated[int | None, typer.Option("--seeds", min=1, help="Towns to draw.")] = None,
    clients: Annotated[int | None, typer.Option("--clients", min=1, help="Clients.")] = None,
    parameters: Annotated[
        str | None, typer.Option("--parameters", help="Name of a parameter set.")
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="here, processes or dask://host:port.")
    ] = "auto",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; as many as cores.")
    ] = None,
) -> None:
    """Run a study file; after an interruption the same command goes on where it stopped."""
    from experiments.performing import perform
    from experiments.study_file import find, read

    asked = read(find(study)).with_options(quick, clients, seeds, seed, parameters)
    done = perform(asked, out or RESULTS / asked.name, engine=engine, workers=workers)
    print(done.reading)
    print(f"Tables, figures and manifest: {out or RESULTS / asked.name}")
    if done.failed:
        say(f"{done.failed} runs failed: see {done.folder / 'failures.csv'}", 1)
        sys.exit(1)


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
    clients: Clients = 1000,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=5200, help="Weeks.")] = 104,
    seeds: Seeds = 10,
    seed: Seed = 1,
    town: Annotated[str, typer.Option("--town", help="Name of a town.")] = "rotterdam",
    parameters: ParameterSet = "fitted",
    without: Annotated[
        list[str] | None, typer.Option("--without", help="Mechanism to switch off, such as M5.")
    ] = None,
    out: Out = None,
) -> None:
    """Run policies on the same people: paired differences with intervals."""
    from experiments.policies import compare_and_store

    chosen = {text: named_policy(text) for text in policies}
    if changes:
        changed = assignments(changes)
        label = ", ".join(
            f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"
            for name, value in changed.items()
        )
        chosen[f"{policies[0]}, {label}"] = named_policy(policies[0]).replace(**changed)
    if len(chosen) < 2:
        raise KringError(
            "a comparison needs two different policies: name another preset, or use --set"
        )
    strengths = Parameters.preset(parameters).without(*(without or []))
    place = Town.preset(town, clients=clients)
    runs = range(seed, seed + seeds)
    compare_and_store(place, chosen, weeks, runs, strengths, out or RESULTS / "compare")


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(help="What to show; leave out for a list.")] = None,
) -> None:
    """Print a policy, a town or the parameters, with unit, range and source; or the week."""
    from experiments import showing

    things = showing.things()
    if name is None:
        for thing, about in showing.list_of_things():
            print(f"{thing:24s} {about}")
        return
    if name not in things:
        raise KringError(f"nothing called {name!r} to show; {nearest(name, things)}")
    print(things[name]())


def one_line(error: Exception) -> str:
    """The message of a wrong command line, with the nearest right word."""
    message = error.format_message().replace("\n", " ")
    commands = [*EXPERIMENTS, "compare", "show"]
    words = [w for w in sys.argv[1:] if not w.startswith("-")]
    if "No such command" in message and words:
        return f"no command {words[0]!r}; {nearest(words[0], commands)}"
    return message


def main() -> None:
    """Run the command line; bad input is one line on stderr and exit code 2."""
    command = typer.main.get_command(app)
    if len(sys.argv) == 1:
        sys.argv.append("--help")
    try:
        code = command(standalone_mode=False)
    except KringError as error:
        sys.exit(say(str(error), 2))
    except (KeyboardInterrupt, typer.Abort) as stop:
        said = str(stop) or "interrupted; no results were written"
        sys.exit(say(said, INTERRUPTED))
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if text := one_line(error):  # empty where help was printed instead
            say(text, 2)
        sys.exit(2)
    if code == INTERRUPTED:
        say("interrupted; no results were written", INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def say(text: str, code: int) -> int:
    """Print a line on stderr; returns the exit code."""
    print(f"kring: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
