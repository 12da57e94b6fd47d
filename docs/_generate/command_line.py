"""The command line and the keys of study files, as their declarations have them."""

from collections.abc import Iterator
from typing import Any

import typer

from _generate.declared import Study, cli
from _generate.markdown import block, number, sentence, table


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    for name, command in typer.main.get_command(cli.app).commands.items():
        given = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name != "argument"]
        yield f"## kring {name}"
        yield sentence(command.help or "")
        words = [p.name.upper() + ("..." if p.nargs == -1 else "") for p in given]
        words = [word if p.required else f"[{word}]" for p, word in zip(given, words, strict=True)]
        yield block("text", " ".join(["kring", name, *words, *(["[OPTIONS]"] if options else [])]))
        rows = [(f"`{p.name.upper()}`", p.help, "") for p in given]
        rows += [(f"`{p.opts[0]}`", p.help, usual(p)) for p in options]
        yield table(("", "what it is", "if left out"), rows)


def usual(option: Any) -> str:
    """What an option is if it is left out."""
    value = option.default
    if value is None or value is False or callable(value):
        return ""
    return f"`{number(value)}`"


def keys() -> Iterator[str]:
    """Every key of a study file, table by table, as the schema of study files has them."""
    schema = Study.model_json_schema()
    parts = {
        "": schema,
        "[town]": schema["$defs"]["TownTable"],
        "[country]": schema["$defs"]["CountryTable"],
        "[parameters]": schema["$defs"]["ParametersTable"],
        "[[policies]]": schema["$defs"]["PolicyTable"],
        "[vary]": schema["$defs"]["Vary"],
    }
    more = {
        "[town]": "and every quantity of a [town](towns.md)",
        "[country]": "and every quantity of a [country](towns.md#countries)",
        "[parameters]": "and every [parameter](parameters.md)",
        "[[policies]]": "and every [lever](levers.md)",
    }
    for place, part in parts.items():
        yield f"## {place.strip('[]').capitalize() or 'The whole study'}"
        yield f"Under `{place}`." if place else "Above the first `[table]`, or a table of its own."
        rows = [
            (f"`{name}`", kind_of(about), about.get("description", ""), default_of(about))
            for name, about in part["properties"].items()
            if place or (f"[{name}]" not in parts and f"[[{name}]]" not in parts)
        ]  # fmt: skip
        yield table(("key", "takes", "meaning", "if left out"), rows)
        if place in more:
            yield f"... {more[place]}."


def kind_of(about: dict[str, Any]) -> str:
    """What a key takes, in words."""
    if "enum" in about:
        return "one of " + ", ".join(f"`{word}`" for word in about["enum"])
    kinds = [about] if "type" in about else about.get("anyOf", [])
    words = {"string": "text", "integer": "whole number", "number": "number", "array": "list",
             "object": "table", "boolean": "true or false"}  # fmt: skip
    return " or ".join(words[kind["type"]] for kind in kinds if kind.get("type") in words)


def default_of(about: dict[str, Any]) -> str:
    """What a key is if it is left out."""
    value = about.get("default")
    if isinstance(value, bool | int | float | str) and value != "":
        return f"`{number(value)}`"
    if isinstance(value, list) and value:
        return f"`{value!r}`".replace("'", '"')
    return ""
