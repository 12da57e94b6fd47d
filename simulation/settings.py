"""What policies, towns and parameters have in common: frozen, checked, documented, named sets."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticUndefined

from kring.simulation.errors import KringError, nearest, shown

if TYPE_CHECKING:
    import pandas as pd

DATA = Path(__file__).parent / "data"
WORDS = ("called", "called_nl", "about", "about_nl", "like")  # of a preset: no quantities


def quantity(
    does: str,
    *,
    nl: str,
    unit: str,
    low: float,
    high: float,
    source: str,
    code: str = "",
    default: Any = PydanticUndefined,
    **more: Any,
) -> Any:
    """Declare one quantity: what it does, its Dutch name, unit and range, where it comes from.

    ``code`` names the mechanism; ``off`` is the value at which that mechanism is silent;
    ``likely``, a pair, says where within its range the value is thought to lie. Without a
    ``default``, the first preset has its value.
    """
    note: dict[str, Any] = {"nl": nl, "unit": unit, "low": low, "high": high}
    note |= {"source": source, "code": code} | more
    return Field(default, ge=low, le=high, description=does, json_schema_extra=note)


def choice(does: str, *, nl: str, options: tuple[str, ...], source: str, code: str = "") -> Any:
    """Declare a choice among words; the compiled week reads its place among the options."""
    note: dict[str, Any] = {"nl": nl, "unit": "one of the options", "options": options}
    note |= {"source": source, "code": code}
    return Field(description=does, json_schema_extra=note)


def order(does: str, *, nl: str, of: tuple[str, ...], source: str, code: str = "") -> Any:
    """Declare an order of words, written ``"first > second > third"``; eight at most.

    The compiled week reads it as one number, three bits a place.
    """
    note: dict[str, Any] = {"nl": nl, "unit": "order", "of": of, "source": source, "code": code}
    return Field(description=does, json_schema_extra=note)


@cache
def _read_sets(file: str) -> dict[str, dict[str, Any]]:
    with open(DATA / file, "rb") as stream:
        return tomllib.load(stream)


class Settings(BaseModel):
    """A frozen, validated set of quantities with named presets in a data file.

    A preset lists only what differs from the one that it names under ``like``. What is not given
    to the constructor comes from the first preset in the file.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_default=True
    )
    file: ClassVar[str]
    kind: ClassVar[str]

    def __init__(self, /, *given: Any, **values: Any) -> None:
        if given:
            kind = type(self)
            name = given[0] if isinstance(given[0], str) else kind.presets()[0]
            raise KringError(
                f"{kind.__name__}({shown(given[0])}): quantities are given by name; a named set is "
                f"{kind.__name__}.preset({name!r})"
            )
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise KringError(self._one_line(error)) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in type(self).model_fields:
            of = f"{self.kind} has no {name!r}; {nearest(name, type(self).model_fields)}"
            raise KringError(of)
        raise KringError(f"a {self.kind} stays as it is: replace({name}=...) gives another")

    @field_validator("*")
    @classmethod
    def _known_words(cls, value: Any, field: ValidationInfo) -> Any:
        note = cls.note(field.field_name or "")
        if "options" in note and value not in note["options"]:
            raise ValueError(f"{field.field_name}: no {value!r}; {nearest(value, note['options'])}")
        if "of" in note:
            words = [word.strip() for word in value.split(">")]
            if sorted(words) != sorted(note["of"]):
                wanted = " > ".join(note["of"])
                raise ValueError(f"{field.field_name} puts each of these in order once: {wanted}")
            return " > ".join(words)
        return value

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {**cls._values_of(cls.presets()[0]), **values}

    @classmethod
    def presets(cls) -> list[str]:
        """Names of the presets, the default first."""
        return list(_read_sets(cls.file))

    @classmethod
    def _values_of(cls, preset: str) -> dict[str, Any]:
        sets = _read_sets(cls.file)
        if not isinstance(preset, str) or preset not in sets:
            meant = cls.meant(preset) or nearest(preset, sets)
            raise KringError(f"no {cls.kind} called {shown(preset)}; {meant}")
        values = {k: v for k, v in sets[preset].items() if k not in WORDS}
        like = sets[preset].get("like")
        return {**cls._values_of(like), **values} if like else values

    @classmethod
    def preset(cls, name: str, /, **changes: Any) -> Self:
        """Take a named preset, with changes if wanted.

        Raises
        ------
        KringError
            For an unknown preset, an unknown name or a value out of its range.
        """
        values = cls._values_of(name) | changes  # says in a line what isn't a name
        return cls(**values) if changes else cls._as_it_is(name)

    @classmethod
    @cache
    def _as_it_is(cls, name: str) -> Self:
        return cls(**cls._values_of(name))

    @classmethod
    def called(cls, name: str, language: str = "en") -> str:
        """What people call a preset, in a language: ``en`` or ``nl``."""
        cls._values_of(name)
        return str(_read_sets(cls.file)[name]["called_nl" if language == "nl" else "called"])

    @classmethod
    def about(cls, name: str, language: str = "en") -> str:
        """What a preset stands for, in a sentence of a language: ``en`` or ``nl``."""
        cls._values_of(name)
        text: str = _read_sets(cls.file)[name].get("about_nl" if language == "nl" else "about", "")
        return text

    def replace(self, /, **changes: Any) -> Self:
        """The same settings with some values changed."""
        return type(self)(**{**self.model_dump(), **changes})

    @classmethod
    def _one_line(cls, error: ValidationError) -> str:
        first = error.errors()[0]
        if not first["loc"] or first["type"] == "value_error":
            return first["msg"].removeprefix("Value error, ")
        name = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            from kring.simulation.beside import of_whom

            return f"{cls.kind} has no {name!r}; {of_whom(name) or cls._elsewhere(name)}"
        note = cls.note(name)
        if "low" not in note:
            return f"{name}: {first['msg']}"
        whole = "whole " if cls.model_fields[name].annotation is int else ""
        span = f"from {note['low']:.10g} to {note['high']:.10g} {note['unit']}"
        return f"{name} = {shown(first['input'])} is not possible: it takes a {whole}number {span}"

    @classmethod
    def _elsewhere(cls, name: str) -> str:
        """Where a quantity stands that isn't one of these, or the nearest name that is."""
        for kind in kinds_of(Settings):
            if name in kind.model_fields:
                return f"it is of a {kind.kind}"
        return nearest(name, cls.model_fields, lists=f"kring show {cls.presets()[0]}")

    @classmethod
    def meant(cls, given: object) -> str:
        """What was meant by what is no such settings; empty where that isn't clear."""
        return ""

    @classmethod
    def note(cls, name: str) -> dict[str, Any]:
        """Dutch name, unit, range, source and mechanism of one quantity."""
        field = cls.model_fields.get(name)
        note = field.json_schema_extra if field else None
        return dict(note) if isinstance(note, dict) else {}

    @classmethod
    def likely(cls, name: str) -> tuple[float, float]:
        """Where one quantity is thought to lie: the whole of its range, if nothing else is said."""
        if name not in cls.quantities():
            raise KringError(f"{cls.kind} has no {shown(name)}; {nearest(name, cls.quantities())}")
        note = cls.note(name)
        low, high = note.get("likely", (note["low"], note["high"]))
        return float(low), float(high)

    @classmethod
    def quantities(cls) -> list[str]:
        """Names of the numeric quantities: those with a range."""
        return [name for name in cls.model_fields if "low" in cls.note(name)]

    def table(self) -> "pd.DataFrame":
        """One row a quantity: name, value, unit, range, mechanism, source, what it does.

        The range is what is admitted; `likely_low` and `likely_high` are between what it is thought
        to lie, where that is said: what a sensitivity study should vary over.
        """
        import pandas as pd

        rows = []
        for name, field in type(self).model_fields.items():
            note = self.note(name)
            rows.append(
                {
                    "name": name,
                    "value": getattr(self, name),
                    "unit": note.get("unit", ""),
                    "low": note.get("low"),
                    "high": note.get("high"),
                    "likely_low": note.get("likely", (None, None))[0],
                    "likely_high": note.get("likely", (None, None))[1],
                    "code": note.get("code", ""),
                    "source": note.get("source", ""),
                    "does": field.description,
                }
            )
        return pd.DataFrame(rows)

    @classmethod
    def declared(cls) -> list[str]:
        """Names of all that is declared with a unit: quantities, choices and orders."""
        return [name for name in cls.model_fields if "unit" in cls.note(name)]

    @classmethod
    def of_extensions(cls) -> list[str]:
        """Names of the quantities that extensions have declared."""
        return [name for name in cls.model_fields if "extension" in cls.note(name)]

    @classmethod
    def take_in(cls, quantities: Mapping[str, Any]) -> None:
        """Let quantities of an extension be declared like Kring's own."""
        cls.model_fields.update(quantities)
        cls._declared_anew()

    @classmethod
    def leave_out(cls, quantities: Iterable[str]) -> None:
        """Take quantities of an extension out again."""
        for name in quantities:
            del cls.model_fields[name]
        cls._declared_anew()

    @classmethod
    def _declared_anew(cls) -> None:
        cls.model_rebuild(force=True)
        Settings._as_it_is.__func__.cache_clear()  # type: ignore[attr-defined]

    @classmethod
    @cache
    def row_type(cls) -> np.dtype:
        """The record in which the compiled week reads Kring's own quantities: one float each."""
        return np.dtype([(name, "f8") for name in _notes(cls)])

    def row(self) -> tuple[float, ...]:
        """Kring's own quantities, as numbers, in the order of `row_type`."""
        values = self.__dict__
        return tuple(number(values[name], note) for name, note in _notes(type(self)).items())

    def record(self) -> np.record:
        """The same as one record of `row_type`, with memory of its own."""
        one: np.record = np.array([self.row()], self.row_type()).view(np.recarray)[0]
        return one


def kinds_of(settings: type[Settings]) -> Iterator[type[Settings]]:
    """The kinds of settings that are in use: policies, towns, ..."""
    for kind in settings.__subclasses__():
        if "kind" in vars(kind):
            yield kind
        yield from kinds_of(kind)


@cache
def _notes(kind: type[Settings]) -> dict[str, dict[str, Any]]:
    """Of Kring's own quantities; those of extensions stand in records of their own."""
    notes = {name: kind.note(name) for name in kind.model_fields}
    own = {name: note for name, note in notes.items() if "extension" not in note}
    return {name: note for name, note in own.items() if "unit" in note}


def number(value: float | str, note: dict[str, Any]) -> float:
    """A quantity, a choice or an order as the number that the compiled week reads."""
    if "options" in note:
        return float(note["options"].index(value))
    if "of" in note:
        places = [note["of"].index(word) for word in str(value).split(" > ")]
        return float(sum(word << 3 * place for place, word in enumerate(places)))
    return float(value)


Kind = TypeVar("Kind", bound=Settings)


def preset(kind: type[Kind], given: str | Kind) -> Kind:
    """Take settings as they are, or by name.

    Raises
    ------
    KringError
        For an unknown name, or what is no such settings.
    """
    if isinstance(given, str):
        return kind.preset(given)
    if not isinstance(given, kind):
        hint = ""
        if isinstance(given, tuple) and not hasattr(given, "_fields"):
            hint = " (to batch_run in a list: it takes a single one apart)"
        how = kind.meant(given) or f"give a name or a {kind.__name__}{hint}"
        raise KringError(f"{shown(given)} is no {kind.kind}: {how}")
    return given
