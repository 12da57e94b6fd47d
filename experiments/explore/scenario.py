"""A scenario: what a page asks for. All of it fits in a link, and in a study file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, quote

from kring.experiments.explore.levers import Value
from kring.experiments.explore.menu import DIGITS, RUNNING, Menu
from kring.experiments.text.language import DUTCH, ENGLISH
from kring.simulation.ensemble import USUAL
from kring.simulation.phase_in import Start
from kring.simulation.policy import Policies, Policy
from kring.simulation.rows import ENTRANCES
from kring.simulation.settings import Settings
from kring.simulation.town import Town

LANGUAGES = (DUTCH, ENGLISH)
KEPT = "abc"  # names of scenarios that are kept beside each other
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]*)?")

SAID_OF_A_TOWN = [
    name for name in Town.model_fields if name not in ("name", "clients_from", "field")
]

CONFERENCE = ENTRANCES[1]
FIRST = f'preset = "{Policy.presets()[0]}"'
USUALLY = Start()._asdict()
Levers = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Scenario:
    """What a page asks for.

    Attributes
    ----------
    levers : tuple of (str, float or str)
        What differs from today, in the order of the menu.
    town, strengths : str
        Names of the menu.
    client : int
        Whose life is told; -1 lets the page choose.
    lang : str
        ``nl`` or ``en``.
    kept : tuple of (str, levers)
        Scenarios A, B and C, kept to compare.
    """

    levers: Levers = ()
    town: str = ""
    strengths: str = USUAL
    client: int = -1
    lang: str = DUTCH
    kept: tuple[tuple[str, Levers], ...] = ()

    @classmethod
    def of_link(cls, menu: Menu, link: str) -> Self:
        """The scenario of a link: what is not known is left out, what is out of range is clamped.

        Parameters
        ----------
        menu : Menu
            What can be chosen.
        link : str
            What stands behind the ``#``.
        """
        pairs = dict(parse_qsl(link.lstrip("#"), keep_blank_values=True))
        town, strengths = pairs.get("town", ""), pairs.get("strengths", "")
        lang = pairs.get("lang", "")
        kept = tuple(
            (
                name,
                levers_of(menu, dict(part.partition(":")[::2] for part in pairs[name].split(";"))),
            )
            for name in KEPT
            if name in pairs
        )
        return cls(
            levers=levers_of(menu, pairs),
            town=town if town in menu.towns else menu.first_town,
            strengths=strengths if strengths in menu.sets else menu.first_sets,
            client=client_of(pairs.get("client", "")),
            lang=lang if lang in LANGUAGES else DUTCH,
            kept=kept,
        )

    def link(self, menu: Menu) -> str:
        """The link, without the ``#``: only what differs from what a page begins with."""
        pairs = [(name, plain(value)) for name, value in self.levers]
        if self.town != menu.first_town:
            pairs.append(("town", self.town))
        if self.strengths != menu.first_sets:
            pairs.append(("strengths", self.strengths))
        if self.client >= 0:
            pairs.append(("client", str(self.client)))
        if self.lang != DUTCH:
            pairs.append(("lang", self.lang))
        pairs += [(name, ";".join(f"{k}:{plain(v)}" for k, v in at)) for name, at in self.kept]
        return "&".join(f"{name}={quote(value, safe=':;')}" for name, value in pairs)

    def town_lived(self, menu: Menu) -> str:
        """The town that is lived: a running one where a lever needs it and there is one."""
        needs = any(menu.is_shown_running(name) for name, _value in self.levers)
        return RUNNING if needs else self.town

    def policy(self, menu: Menu) -> Policies:
        """The policy that is chosen."""
        return menu.policies(dict(self.levers))

    def toml(self, menu: Menu) -> str:
        """A study file that asks the same: what `kring run` makes of it are the page's numbers."""
        numbers = menu.sets[self.strengths]
        alone = len(numbers) == 1
        return "\n".join(
            [
                'question = "What does this choice do?"',
                'question_nl = "Wat doet deze keuze?"',
                f"outcomes = {json.dumps(menu.outcomes)}",
                f"weeks = {menu.weeks}",
                f"seeds = {menu.drawn if alone else 1}",
                "",
                "[town]",
                *town_lines(menu, self.town_lived(menu)),
                "",
                "[parameters]",
                f"set = {numbers[0] if alone else json.dumps(numbers)}",
                *policy_lines("as now", "zoals nu", menu, {}),
                *policy_lines("this choice", "deze keuze", menu, dict(self.levers)),
                "",
            ]
        )


def town_lines(menu: Menu, name: str) -> list[str]:
    """What a study file says of a town: what is other than in the first preset."""
    town, usual = menu.towns[name], Town()
    changed = (one for one in SAID_OF_A_TOWN if getattr(town, one) != getattr(usual, one))
    return [f'preset = "{usual.name}"', *(f"{one} = {written(town, one)}" for one in changed)]


def policy_lines(name: str, nl: str, menu: Menu, levers: Mapping[str, Value]) -> list[str]:
    """A policy in a study file: what is other than in the first preset, and when it begins."""
    lines = ["", "[[policies]]", f'name = "{name}"', f'nl = "{nl}"']
    lines += start_lines(menu.start(levers))
    for route in menu.routes:
        own = other_lines(menu.policy(levers, route))
        if route == CONFERENCE:  # a table that is never empty, or they would meet the team's
            own = [f"conference = {{ {', '.join([FIRST, *own])} }}"]
        lines += own
    return lines


def start_lines(start: Start) -> list[str]:
    """When a policy begins, where that is not at once."""
    return [f"{one} = {value}" for one, value in start._asdict().items() if value != USUALLY[one]]


def other_lines(policy: Policy) -> list[str]:
    """The levers in which a policy is other than the first preset."""
    usual = Policy()
    changed = (one for one in Policy.declared() if getattr(policy, one) != getattr(usual, one))
    return [f"{lever} = {written(policy, lever)}" for lever in changed]


def written(settings: Settings, name: str) -> str:
    """A value of a policy or a town, as a study file has it."""
    value = getattr(settings, name)
    return json.dumps(value) if isinstance(value, str) else plain(value)


def plain(value: Value) -> str:
    """A word as it is, or a number without powers of ten and trailing zeros."""
    if isinstance(value, str):
        return value
    text = f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def levers_of(menu: Menu, pairs: Mapping[str, str]) -> Levers:
    """The levers of a link that are known, clamped to their range; those of today left out."""
    found: dict[str, Value] = {}
    for lever in menu.levers:
        text = pairs.get(lever.name, "")
        value = number(text)
        if text in lever.options:
            found[lever.name] = text
        elif value is not None and not lever.options:
            found[lever.name] = lever.clamped(value)
    return tuple(menu.fitting(found).items())


def client_of(text: str) -> int:
    """The number of a client, -1 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def number(text: str) -> float | None:
    """A plain decimal number; nothing else that Python or JavaScript would take for one."""
    return float(text) if len(text) < 13 and PLAIN.fullmatch(text) else None
