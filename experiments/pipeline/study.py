"""A study from Python: said in keys, with the checks, the plan and the result of its file."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Never, Self, TypedDict, Unpack

from kring.experiments.execution.files import write_text
from kring.experiments.pipeline.preview import preview
from kring.experiments.pipeline.run import run_study
from kring.experiments.study.load import read_study, see_size
from kring.experiments.study.own_clients import as_text, in_no_file, keys_of, without_people
from kring.experiments.study.plan import Plan
from kring.experiments.study.toml_text import toml_text
from kring.simulation.country import Country
from kring.simulation.ensemble import Ensemble
from kring.simulation.errors import KringError, shown
from kring.simulation.field_tables import FieldTables
from kring.simulation.own_clients import read_clients
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town

if TYPE_CHECKING:
    import pandas as pd

    from kring.experiments.pipeline.study_result import StudyResult
    from kring.experiments.reading.base import Reading
    from kring.simulation.extensions import Extension
    from kring.simulation.own_clients import Network
    from kring.simulation.own_clients import Table as TableOfPeople

RESULTS = Path("results")
TAKEN_UP = ("ensembles",)  # they lie beside a file

Table = Mapping[str, object]
OnePolicy = str | Policy | Table


class StudyKeys(TypedDict, total=False):
    """The keys of a study, as its file has them, and what may stand for a table of the file."""

    name: str
    question: str
    question_nl: str
    literature: str
    literature_nl: str
    reading: str
    extensions: "Sequence[str | Extension]"
    weeks: int
    begins: date | str
    years: Sequence[int]
    after_entry: Sequence[int]
    cohorts: Sequence[int]
    sets: int | None
    seeds: int | None
    first_seed: int
    outcomes: Sequence[str]
    tables: Sequence[str]
    pieces: int
    town: str | Town | Table
    municipality: str | Path | Table
    country: str | Country | Table
    parameters: str | Parameters | Ensemble | Table
    field: FieldTables | Table
    policies: Mapping[str, OnePolicy] | Sequence[str | Table]
    vary: "Table | pd.DataFrame"
    budget: Table
    ensembles: Mapping[str, str]
    together: bool
    precision: Mapping[str, float]


def what_would_lie_there(tables: "Mapping[str, pd.DataFrame]") -> str:
    """What to say before tables of people are written."""
    told = [f"{name} ({len(one)} rows: {', '.join(one)})" for name, one in tables.items()]
    return (
        f"beside it would lie, row by row as you gave them: {' and '.join(told)}; if that may be, "
        "say with_clients=True"
    )


def see_it_is_free(path: Path, text: str) -> None:
    """Refuse to write over a file that holds something else.

    Raises
    ------
    KringError
        If there is such a file.
    """
    if path.exists() and path.read_bytes() != text.encode():
        raise KringError(f"{path} is there already: write the study into a folder of its own")


class Study:
    """A study said in Python: all that a study file can say, with its checks and its result.

    Parameters
    ----------
    **keys
        The keys of a study file (`docs/reference/keys.md`), such as ``question``, ``outcomes``,
        ``weeks``, ``sets``, ``town``, ``policies``, ``vary``. In place of a table stands what
        Python has: a `Town`, `Country`, `Parameters`, `Ensemble` or `Policy`, or the name of one;
        such settings can be the ``preset`` of a table too. ``policies`` are given by what they are
        called, each a name, a `Policy`, a table, or ``{"team": ..., "conference": ...}``; the first
        is compared with. ``vary`` can be a DataFrame, a row a point and a column a quantity.
        ``extensions`` are given by name where they are loaded, or as what they are.

    Attributes
    ----------
    plan : Plan
        The plan, as `read_study` makes it of the file.

    Raises
    ------
    KringError
        In one line, for a key that there is not, and for what makes no sense.

    Examples
    --------
    >>> study = Study(
    ...     question="What do ten hours for the network bring?",
    ...     town="class",
    ...     policies={
    ...         "as now": "wijkteam",
    ...         "ten hours": Policy.preset("wijkteam", offer=1, mobilisation_hours=10),
    ...     },
    ... )
    >>> study
    <Study 'study': 2 policies, 800 runs>
    >>> print(study.replace(sets=2, seeds=1).to_toml(), end="")
    name = "study"
    question = "What do ten hours for the network bring?"
    sets = 2
    seeds = 1
    <BLANKLINE>
    [town]
    preset = "class"
    <BLANKLINE>
    [[policies]]
    name = "as now"
    preset = "wijkteam"
    <BLANKLINE>
    [[policies]]
    name = "ten hours"
    preset = "wijkteam"
    mobilisation_hours = 10
    offer = 1
    """

    def __init__(self, *given: Never, **keys: Unpack[StudyKeys]) -> None:
        if given:
            raise KringError(
                f"Study({shown(given[0])}): a study is said in keys, such as policies=...; a file "
                "is read by Study.read"
            )
        self.plan: Plan = read_study(keys, large=True)

    def __setattr__(self, name: str, value: object) -> None:
        if "plan" in vars(self):
            raise KringError(f"a study stays as it is; study.replace({name}=...) gives another")
        super().__setattr__(name, value)

    @classmethod
    def read(cls, study: str | Path) -> Self:
        """The study of a file, or one that comes with Kring by its name.

        Parameters
        ----------
        study : str or Path
            The file (.toml), or the name.

        Raises
        ------
        KringError
            In one line with file, line and key, for what cannot be read or makes no sense.

        Examples
        --------
        >>> Study.read("ten_hours").plan.outcomes
        ['problems', 'supporters', 'alone', 'cost']
        """
        if not isinstance(study, str | Path):
            raise KringError(f"{shown(study)} is no study file: give its name")
        found = cls.__new__(cls)
        found.plan = read_study(study, large=True)
        return found

    @property
    def keys(self) -> dict[str, object]:
        """Its keys and their values, as a file has them; what lay in other files written out."""
        return dict(self.plan.source)

    def replace(self, **keys: Unpack[StudyKeys]) -> "Study":
        """The same study with other keys.

        Raises
        ------
        KringError
            As for a new study.

        Examples
        --------
        >>> Study.read("ten_hours").replace(sets=5)
        <Study 'ten_hours': 3 policies, 30 runs>
        """
        other: Any = {**self.keys, **keys}
        return Study(**other)

    def to_toml(self) -> str:
        """The text of its file. Ensembles and tables of one's own lie beside it (`write`).

        Examples
        --------
        >>> Study(policies=["wijkteam"], seeds=3).to_toml().splitlines()[:2]
        ['name = "study"', 'seeds = 3']
        """
        keys: dict[str, Any] = {n: v for n, v in self.keys.items() if n not in TAKEN_UP}
        if "clients_from" in keys.get("town", {}):
            keys["town"] = {n: v for n, v in keys["town"].items() if n != "clients"}
        return toml_text(keys)

    def write(self, path: str | Path, *, with_clients: bool = False) -> Path:
        """Write it as a file for `kring run`, with ensembles of one's own beside it.

        Parameters
        ----------
        path : str or Path
            The file (.toml). A reading (`reading.py`) or a table of clients in a file, which the
            study names, is not copied.
        with_clients : bool
            Whether a table of clients or ties that was given as a DataFrame may be written beside
            it, as ``clients.csv`` and ``ties.csv``: a row a person, with all that it holds.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        KringError
            If the name is none of a study file, or it cannot be written; with what would lie
            there, where it isn't said that a table of clients may; and for another file that has
            its name.
        """
        if not isinstance(path, str | Path) or Path(path).suffix != ".toml":
            raise KringError(f"{shown(path)} is no name for a study file: it ends in .toml")
        path = Path(path)
        told = self.plan.town.clients_from if self.plan.has_own_clients else None
        tables = in_no_file(told, self.plan.source["town"]) if told else {}
        if tables and not with_clients:
            raise KringError(what_would_lie_there(tables))
        texts = {name: as_text(table) for name, table in tables.items()}
        try:
            for name, text in texts.items():
                see_it_is_free(path.with_name(name), text)
            for name, text in {**self.plan.source.get("ensembles", {}), **texts}.items():
                write_text(path.with_name(name), text)
            write_text(path, self.to_toml())
        except OSError as error:
            raise KringError(f"cannot write {path}: {error.strerror}") from None
        return path

    def with_clients(self, table: "TableOfPeople", *, ties: "Network | None" = None) -> "Study":
        """The same study of clients of one's own: what `kring run ... --clients-from` runs.

        Parameters
        ----------
        table, ties
            As for `Town.from_table`: files, DataFrames, or a graph.

        Raises
        ------
        KringError
            In one line, for what is no such table, and for a study of a country or of a
            municipality's own figures.

        Examples
        --------
        >>> import pandas as pd
        >>> mine = pd.DataFrame({"age": [34, 81, 50], "finances": [3, None, 0]})
        >>> Study.read("ten_hours").with_clients(mine).plan.clients
        3
        """
        town: Any = self.keys.get("town", {})
        return self.replace(town=without_people(town) | keys_of(read_clients(table, ties)))

    def check(self, *, pilot: bool = False) -> str:
        """What a run would do, how long it takes, and what cannot be: what `kring check` prints.

        Parameters
        ----------
        pilot : bool
            Whether to live a few towns, and say how many the wanted precision takes.

        Examples
        --------
        >>> print(Study(policies=["wijkteam"], town="class", sets=5).check().splitlines()[1])
        10 runs: 1 policy, 1 point, 10 seeds.
        """
        return "\n".join(preview(self.plan, pilot))

    def run(
        self,
        out: str | Path | None = None,
        *,
        engine: str = "auto",
        workers: int | None = None,
        executor: Executor | None = None,
        reading: "Reading | None" = None,
        large: bool = False,
    ) -> "StudyResult":
        """Run it and write its result; after an interruption the same goes on where it stopped.

        Parameters
        ----------
        out : str or Path, optional
            Folder of the result; ``results/`` and its name if not given.
        engine, workers, executor, reading
            As for `run_study`.
        large : bool
            Whether more than 200,000 runs are meant.

        Raises
        ------
        KringError
            As for `run_study`, and for more runs than that.
        """
        if not large:
            see_size(self.plan)
        return run_study(
            self.plan, RESULTS / self.plan.name if out is None else out,
            engine=engine, workers=workers, executor=executor, reading=reading,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Study) and self.keys == other.keys

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # its keys hold lists

    def __repr__(self) -> str:
        return repr(self.plan).replace("<Plan", "<Study", 1)

    def _repr_html_(self) -> str:
        return self.plan._repr_html_()
