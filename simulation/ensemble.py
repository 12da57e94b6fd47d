"""Ensemble: sets of strengths that meet the published figures alike; answers are read over them.

One set tells what would happen if just that set were true. What a question's answer does over all
sets that fit tells what isn't known. An ensemble is a CSV file, a row a set, a column a calibrated
quantity; its head, behind `#`, is TOML that says what it is and of which model and evidence.
"""

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from kring.simulation import compiled
from kring.simulation.beside import LOADED, of_whom
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.parameters import Parameters
from kring.simulation.settings import DATA
from kring.simulation.town import Town

if TYPE_CHECKING:
    import pandas as pd

SHIPPED = DATA / "ensembles"
USUAL = "ensemble"  # what the usual one is called, wherever strengths are asked for
FILES = {USUAL: "rotterdam"}
BASE = "fitted"  # the preset of what is not calibrated
EFFECT = "conference_for_all"  # a column that is no quantity: what that changes in problems
TENTH = 0.1
CORNERS = {  # what each is
    "sceptical": (
        "the tenth in which a conference for everybody does least to problems.",
        "het tiende deel waarin een conferentie voor iedereen het minst aan problemen doet.",
    ),
    "hopeful": (
        "the tenth in which a conference for everybody does most to problems.",
        "het tiende deel waarin een conferentie voor iedereen het meest aan problemen doet.",
    ),
}
DIGITS = 5
HEAD = ("about", "about_nl", "model", "evidence", "extensions")


def model_now() -> str:
    """Short hash of the rules that are compiled; neither versions nor presets are in it.

    Nothing is calibrated on clients of whom something is told.
    """
    return compiled.sources({*compiled.NOT_COMPILED, "told"})


def split(given: str) -> tuple[str, str]:
    """An ensemble and which corner of it, if only one.

    Examples
    --------
    >>> split("my_city.csv:sceptical"), split("hopeful")
    (('my_city.csv', 'sceptical'), ('ensemble', 'hopeful'))
    """
    name, _, corner = given.rpartition(":")
    if corner in CORNERS:
        return name or USUAL, corner
    return given, ""


def strengths_named(given: str) -> "Parameters | Ensemble":
    """A single set of strengths, or an ensemble, by its name.

    Raises
    ------
    KringError
        If there is neither.
    """
    if given in Parameters.presets():
        return Parameters.preset(given)
    name = split(given)[0]
    known = [*Ensemble.names(), *Parameters.presets()]
    if not name.endswith(".csv") and name not in known:
        raise KringError(
            f"no parameter set or ensemble called {name!r}; {nearest(name, known)} "
            "(one of your own is named by its file, such as my_city.csv)"
        )
    return Ensemble.load(given)


def of_its_town(facts: Mapping[str, float], town: Town) -> dict[str, float]:
    """What a set says of a town, but for what that town has of its own."""
    usual = Town()
    return {k: v for k, v in facts.items() if getattr(town, k) == getattr(usual, k)}


def likely_of_extensions(number: int) -> dict[str, float]:
    """Strengths of extensions in a set, each drawn from where it is thought to lie.

    No set was calibrated with them: so that an answer's interval holds what isn't known of them
    too, a set takes a value of its own, keyed by the strength's name and the set's number.
    """
    found = {}
    for name in Parameters.of_extensions():
        if "likely" in Parameters.note(name):
            low, high = Parameters.likely(name)
            key = hashlib.blake2b(f"{name} in set {number}".encode(), digest_size=4).digest()
            found[name] = low + (high - low) * int.from_bytes(key, "little") / 2**32
    return found


def evidence_now() -> str:
    """Short hash of the published figures."""
    return hashlib.sha256((DATA / "evidence.csv").read_bytes()).hexdigest()[:16]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Sets of strengths, and of what is so in the town, that fit the observations alike.

    Attributes
    ----------
    name : str
        What it is called.
    sets : DataFrame
        A row a set, numbered from 1; a column a quantity of `Parameters` or of `Town`. A column
        ``conference_for_all``, if there is one, is no quantity but the change in problems per
        client after two years that a conference offered to everybody gives in that set: by it
        `corner` finds the sceptical and the hopeful sets.
    about, about_nl : str
        What it is, in English and in Dutch.
    model, evidence : str
        Hashes of the model and of the evidence it was calibrated with.
    extensions : str
        Names of the extensions that took part when it was calibrated, with commas; or empty.

    Examples
    --------
    >>> ensemble = Ensemble.load("rotterdam")
    >>> strengths, town = ensemble.at(1)
    """

    name: str
    sets: "pd.DataFrame" = field(repr=False)
    about: str = ""
    about_nl: str = ""
    model: str = field(default_factory=model_now)
    evidence: str = field(default_factory=evidence_now)
    extensions: str = ""

    def __post_init__(self) -> None:
        if not hasattr(self.sets, "columns"):
            raise KringError(
                f"ensemble {shown(self.name)}: {shown(self.sets)} is no table of sets: give a "
                "DataFrame, a row a set"
            )
        self.check_columns()
        if self.sets.empty or self.sets.isna().any(axis=None):
            raise KringError(f"ensemble {self.name!r}: each set has a number in each column")

    def check_columns(self) -> None:
        """Refuse a column that is no quantity here, as that of an extension that isn't loaded.

        Raises
        ------
        KringError
            With the extensions that it takes, or the nearest quantity.
        """
        known = {*Parameters.quantities(), *Town.quantities(), EFFECT}
        for column in self.sets:
            if column in known:
                continue
            said = f"ensemble {self.name!r}: no {column!r}; "
            missing = [one for one in self.extensions.split(", ") if one and one not in LOADED]
            if missing:
                raise KringError(
                    f"{said}it was calibrated with the extension {missing[0]!r}, which takes no "
                    f"part here: a study names it (extensions = [{missing[0]!r}]), --extension "
                    "allows it, and in Python it is loaded"
                )
            raise KringError(said + (of_whom(column) or nearest(column, known)))

    def __len__(self) -> int:
        """Number of sets."""
        return len(self.sets)

    @classmethod
    def names(cls) -> list[str]:
        """Names of the ensembles that come with Kring: the usual one, its corners, others."""
        others = sorted({path.stem for path in SHIPPED.glob("*.csv")} - set(FILES.values()))
        return [USUAL, *CORNERS, *others]

    @classmethod
    def load(cls, given: str | Path) -> Self:
        """Read an ensemble.

        Parameters
        ----------
        given : str or Path
            ``ensemble``, the usual one; ``sceptical`` or ``hopeful``, its corners; the name of
            another that comes with Kring; or a file of your own such as ``my_city.csv``. A corner
            of another stands behind a colon: ``my_city.csv:sceptical``.

        Raises
        ------
        KringError
            If there is no such ensemble, or the file holds none.
        """
        name, corner = split(str(given))
        path = Path(name)
        if path.suffix != ".csv":
            path = SHIPPED / f"{FILES.get(name, name)}.csv"
            if not path.is_file():
                raise KringError(f"no ensemble called {name!r}; {nearest(name, cls.names())}")
        try:
            found = cls.of(path.stem, path.read_text("utf-8"))
        except OSError:
            raise KringError(f"no file {path} to read an ensemble from") from None
        return found.corner(corner) if corner else found

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        """The ensemble that a text holds, as `text` gives it.

        Raises
        ------
        KringError
            If the text holds none.
        """
        import pandas as pd

        lines = text.splitlines()
        head = "\n".join(line[1:].strip() for line in lines if line.startswith("#"))
        rows = [line.split(",") for line in lines if line.strip() and not line.startswith("#")]
        try:
            about = {key: str(value) for key, value in tomllib.loads(head).items()}
            (_, *columns), *numbers = rows
            sets = pd.DataFrame(
                [[float(cell) for cell in row[1:]] for row in numbers],
                index=pd.Index([int(row[0]) for row in numbers], name="set"),
                columns=columns,
            )
            return cls(name, sets, **{key: about.get(key, "") for key in HEAD})
        except KringError:
            raise
        except ValueError as error:
            raise KringError(f"ensemble {name!r}: the file cannot be read: {error}") from None

    def text(self) -> str:
        """The ensemble as it stands in its file."""
        head = {key: getattr(self, key) for key in HEAD if getattr(self, key) or key in HEAD[:4]}
        lines = [f"# {key} = {json.dumps(said, ensure_ascii=False)}" for key, said in head.items()]
        sets: str = self.sets.to_csv(float_format=f"%.{DIGITS}g", lineterminator="\n")
        return "\n".join([*lines, sets])

    def save(self, path: str | Path) -> None:
        """Write it to a file, whole or not at all.

        Raises
        ------
        KringError
            If it cannot be written.
        """
        path = Path(path)
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            aside.write_text(self.text(), encoding="utf-8")
            os.replace(aside, path)
        except OSError as error:
            raise KringError(f"cannot write {path}: {error.strerror}") from None
        finally:
            aside.unlink(missing_ok=True)

    @cached_property
    def digest(self) -> str:
        """Short hash of its sets."""
        return hashlib.sha256(self.sets.to_csv().encode()).hexdigest()[:16]

    def at(self, number: int) -> tuple[Parameters, dict[str, float]]:
        """The strengths of a set, and what is otherwise so in its town.

        Parameters
        ----------
        number : int
            Number of the set, from 1.

        Raises
        ------
        KringError
            If it has no set of that number, or a value is out of its range.
        """
        if number not in self.sets.index:
            raise KringError(
                f"ensemble {self.name!r} has no set {number!r}; its sets are "
                f"{self.sets.index.min()} to {self.sets.index.max()}"
            )
        self.check_columns()  # of other extensions than when it was read, perhaps
        values = self.sets.loc[number]
        strengths = likely_of_extensions(number)
        strengths |= {name: float(values[name]) for name in self.strengths}
        return Parameters.preset(BASE, **strengths), {n: float(values[n]) for n in self.facts}

    @property
    def strengths(self) -> list[str]:
        """Columns that are strengths of mechanisms."""
        return [name for name in self.sets if name in Parameters.model_fields]

    @property
    def facts(self) -> list[str]:
        """Columns that are quantities of the town."""
        return [name for name in self.sets if name in Town.model_fields]

    def central(self) -> int:
        """Number of the set that lies nearest to the middle of all in every quantity."""
        ranks = self.sets[[*self.strengths, *self.facts]].rank()
        return int(((ranks - ranks.mean()) ** 2).sum(axis=1).idxmin())

    def corner(self, name: str) -> Self:
        """The tenth of the sets in which a conference for everybody does least, or most.

        Parameters
        ----------
        name : str
            ``sceptical`` or ``hopeful``.

        Raises
        ------
        KringError
            For another name, or where it isn't known what a conference does in the sets.
        """
        if name not in CORNERS:
            raise KringError(f"no corner called {name!r}; {nearest(name, CORNERS)}")
        order = self.by_effect(most_first=name == "hopeful")
        chosen = sorted(order[: max(1, round(TENTH * len(self)))])
        part, part_nl = CORNERS[name]
        return replace(
            self,
            name=f"{self.name}:{name}",
            about=f"{self.about.rstrip('.')}; of these {part}",
            about_nl=f"{self.about_nl.rstrip('.')}; daarvan {part_nl}",
            sets=self.sets.loc[chosen],
        )

    def some(self, number: int) -> list[int]:
        """Numbers of so many sets, evenly over all; of all if there are no more."""
        every = self.sets.index
        places = np.linspace(0, len(every) - 1, min(number, len(every))).round().astype(int)
        return [int(every[place]) for place in places]

    def across(self, number: int) -> list[int]:
        """Numbers of so many sets, evenly over what a conference for everybody does in them.

        The least and the most are among them, so that between the same quantiles of few lies about
        what lies between those of all. From the middle outwards, so that the first few lie there.

        Raises
        ------
        KringError
            Where it isn't known what a conference does in the sets.
        """
        order = self.by_effect()
        last = len(order) - 1
        places = np.linspace(0, last, min(number, len(order))).round().astype(int)
        return [order[place] for place in sorted(places, key=lambda place: abs(place - last / 2))]

    def by_effect(self, *, most_first: bool = True) -> list[int]:
        """Numbers of the sets, from where a conference for everybody does most to where least.

        Parameters
        ----------
        most_first : bool
            Or the other way round.

        Raises
        ------
        KringError
            Where that isn't known.
        """
        if EFFECT not in self.sets:
            raise KringError(
                f"ensemble {self.name!r} has no column {EFFECT!r}, so what a conference does in "
                "its sets isn't known"
            )
        order = self.sets[EFFECT].sort_values(ascending=most_first, kind="stable")
        return [int(one) for one in order.index]

    def belongs(self) -> bool:
        """Whether it was calibrated with this very model and evidence."""
        return not self.changed_since()

    def changed_since(self) -> list[str]:
        """What is other now than when it was calibrated: ``model``, ``evidence`` or both."""
        now = {"model": model_now(), "evidence": evidence_now()}
        return [name for name, value in now.items() if getattr(self, name) != value]
