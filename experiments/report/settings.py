"""Settings in a report: what a study changes of the named sets that it starts from."""

from typing import NamedTuple

from kring.experiments.study.changes import Changes
from kring.experiments.study.extensions import found
from kring.experiments.study.plan import Plan
from kring.experiments.study.planned_policy import PlannedPolicy
from kring.experiments.text.language import DUTCH, ENGLISH, Word, _, said, spoken
from kring.experiments.text.names import SETTINGS, preset_name, quantity_name, source_of, value_of


class Setting(NamedTuple):
    """One quantity: what it is called, its value here and otherwise, and where that comes from."""

    name: str
    code: str
    does: str
    here: str
    usual: str
    source: str


class Group(NamedTuple):
    """Settings under one heading."""

    title: str
    about: str
    settings: list[Setting]


def setting(kind: str, quantity: str, here: str, usual: str = "", chosen: bool = False) -> Setting:
    """A quantity with its values in words.

    Of a value that the study chose itself the study is the source; what is declared says where the
    usual one comes from.
    """
    field = SETTINGS[kind].model_fields.get(quantity)
    does = field.description.split(". ")[0].rstrip(".") if field and field.description else ""
    does = does.replace("`", "") if spoken() == ENGLISH else ""
    name, source = quantity_name(kind, quantity), source_of(kind, quantity)
    if chosen:
        choice = _("choice of this study")
        source = f"{choice}; {usual}: {source}" if usual and source else choice
    return Setting(name, quantity, does, here, usual, source)


def changed(kind: str, changes: Changes, usual: bool = True) -> list[Setting]:
    """What changes make other than usual; without it, what they set."""
    if usual:
        rows = [
            setting(
                kind, name, value_of(kind, name, here),
                "" if was is None else value_of(kind, name, was), name in changes.given,
            )
            for name, (here, was) in changes.differences().items()
        ]  # fmt: skip
    else:
        rows = [
            setting(kind, name, value_of(kind, name, value), chosen=True)
            for name, value in changes.given.items()
        ]
    if changes.silent:
        rows.append(setting(kind, "without", ", ".join(changes.silent)))
    return rows


def about(kind: str, preset: str) -> str:
    """What a named set stands for."""
    words = (SETTINGS[kind].about(preset, code).rstrip(".") for code in (ENGLISH, DUTCH))
    return said(Word(*words))


def named(kind: str, changes: Changes) -> str:
    """The named set that changes start from, and what it stands for."""
    return f"‘{preset_name(kind, changes.preset)}’: {about(kind, changes.preset)}"


def strengths(plan: Plan) -> str:
    """Over which sets of strengths a study is read, or which one it takes."""
    preset, ensemble = next(iter(plan.ensembles.items()))
    if ensemble is None:
        text = named("parameters", plan.changes["parameters"])
        return _("one set alone, {named}").format(named=text)
    words = said(Word(ensemble.about.rstrip("."), ensemble.about_nl.rstrip(".")))
    lived = plan.sets[preset]
    if len(lived) == 1 and not plan.rotates:
        return _("one set alone, number {number} of the ensemble ‘{name}’: {about}").format(
            number=lived[0], name=ensemble.name, about=words
        )
    text = _("{n} sets of the ensemble ‘{name}’: {about}").format(
        n=len(lived), name=ensemble.name, about=words
    )
    if ensemble.belongs():
        return text
    return text + ". " + _("It was calibrated with another state of the model or the evidence")


def extensions(plan: Plan) -> list[str]:
    """The extensions that took part, with version and what each is."""
    return [
        f"{one.name} {one.version}: {said(Word(one.about, one.about_nl))}".removesuffix(": ")
        for one in map(found, plan.extensions)
    ]


def of_policy(plan: Plan, policy: PlannedPolicy) -> Group:
    """What is other under a policy: its levers, and its town, strengths and weeks if it has own."""
    own = plan.country is None
    rows = changed("policy", policy.changes, usual=own)
    preset = preset_name("policy", policy.changes.preset)
    text = _("starts from ‘{preset}’").format(preset=preset) if own else ""
    if policy.conference:
        rows += of_conference(policy)
    for kind in ("town", "parameters", "field"):
        rows += changed(kind, getattr(policy, kind))
    for kind, changes in (("town", policy.town), ("parameters", policy.parameters)):
        if changes.is_named:
            rows.insert(0, setting(kind, "preset", preset_name(kind, changes.preset)))
    if policy.own_weeks:
        rows.append(setting("policy", "weeks", str(policy.weeks), str(plan.weeks)))
    return Group(f"‘{said(policy.label)}’", text, rows)


def of_conference(policy: PlannedPolicy) -> list[Setting]:
    """What those meet who enter by a conference."""
    started = setting("policy", "preset", preset_name("policy", policy.conference.preset))
    rows = [started, *changed("policy", policy.conference)]
    who = _("for who enters by a conference")
    return [row._replace(name=f"{row.name} ({who})") for row in rows]


def groups(plan: Plan) -> list[Group]:
    """What a study changes: for all policies alike, and policy by policy."""
    alike = changed("town", plan.changes["town"])
    if plan.country:
        alike += changed("country", plan.changes["country"])
    for kind in ("parameters", "field"):
        alike += changed(kind, plan.changes[kind])
    found = [Group(_("The same under all policies"), "", alike)] if alike else []
    return found + [of_policy(plan, policy) for policy in plan.policies]


def varied(plan: Plan) -> list[Setting]:
    """What varies, with its values or from where to where it is drawn."""
    rows = []
    for factor, levels in plan.design.factors.items():
        kind, _dot, quantity = factor.partition(".")
        values = [value_of(kind, quantity, level) for level in levels]
        text = "; ".join(values)
        if plan.design.is_sampled:
            text = _("drawn between {low} and {high}").format(low=values[0], high=values[1])
        rows.append(setting(kind, quantity, text, chosen=True))
    for name, levers in plan.groups_of_levers.items():
        together = ", ".join(quantity_name("policy", lever) for lever in levers)
        rows.append(Setting(said(plan.groups[name]), "", "", together, "", ""))
    return rows
