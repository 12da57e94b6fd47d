"""Settings in a report: what a study changes of the named sets that it starts from."""

from typing import Any, NamedTuple

from experiments.reporting.quantity_words import SETTINGS, name_of, note, source_in, value_of
from experiments.reporting.report_words import say
from experiments.study.file import SAMPLED, PolicyTable, Study


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


def setting(kind: str, quantity: str, here: str, usual: str, language: str) -> Setting:
    """A quantity with its values in words."""
    field = SETTINGS[kind].model_fields.get(quantity)
    does = field.description.split(". ")[0].rstrip(".") if field and field.description else ""
    does = does.replace("`", "")
    source = source_in(note(kind, quantity).get("source", ""), language)
    name = name_of(kind, quantity, language)
    return Setting(name, quantity, does if language == "en" else "", here, usual, source)


def changed(kind: str, changes: dict[str, Any], language: str, usual: bool = True) -> list[Setting]:
    """What changes make other than the named set that they start from has.

    Policies stand beside the first set, whichever they start from.
    """
    changes, known = dict(changes), SETTINGS[kind]
    silent = changes.pop("without", None)
    preset = changes.pop("preset", known.presets()[0])
    named = known.preset(known.presets()[0] if kind == "policy" else preset)
    values = changes
    if usual:
        values = known.preset(preset, **changes).model_dump(include=set(known.declared()))
    rows = []
    for name, value in values.items():
        if usual and getattr(named, name) == value:
            continue
        was = value_of(kind, name, getattr(named, name), language) if usual else ""
        rows.append(setting(kind, name, value_of(kind, name, value, language), was, language))
    if silent:
        silent = [silent] if isinstance(silent, str) else silent
        rows.append(setting(kind, "without", ", ".join(silent), "", language))
    return rows


def about(kind: str, preset: str, language: str) -> str:
    """What a named set stands for."""
    return SETTINGS[kind].about(preset, language).rstrip(".")


def preset_of(kind: str, changes: dict[str, Any]) -> str:
    """The named set that changes start from."""
    return changes.get("preset") or SETTINGS[kind].presets()[0]


def of_policy(study: Study, policy: PolicyTable, language: str) -> Group:
    """What is other under a policy: its levers, and its town, strengths and weeks if it has own."""
    own = study.country is None
    rows = changed("policy", policy.changes(), language, usual=own)
    preset = preset_of("policy", policy.changes())
    text = say("starts_from", language, preset=preset) if own else ""
    if policy.conference:
        rows += of_conference(policy, language)
    rows += changed("town", policy.town, language)
    rows += changed("parameters", policy.parameters, language)
    for kind in ("town", "parameters"):
        named = getattr(policy, kind).get("preset")
        if named:
            rows.insert(0, setting(kind, "preset", named, "", language))
    if policy.weeks:
        rows.append(setting("policy", "weeks", str(policy.weeks), str(study.weeks), language))
    return Group(f"‘{policy.called(language)}’", text, rows)


def of_conference(policy: PolicyTable, language: str) -> list[Setting]:
    """What those meet who enter by a conference."""
    preset = preset_of("policy", policy.conference)
    started = setting("policy", "preset", preset, "", language)
    rows = [started, *changed("policy", policy.conference, language)]
    who = say("as_conference", language)
    return [row._replace(name=f"{row.name} ({who})") for row in rows]


def groups(study: Study, language: str) -> list[Group]:
    """What a study changes: for all policies alike, and policy by policy."""
    alike = changed("town", study.town.changes(), language)
    if study.country:
        alike += changed("country", study.country.changes(), language)
    alike += changed("parameters", study.parameters.changes(), language)
    found = [Group(say("in_all", language), "", alike)] if alike else []
    return found + [of_policy(study, policy, language) for policy in study.policies]


def varied(study: Study, language: str) -> list[Setting]:
    """What varies, with its values or from where to where it is drawn."""
    rows = []
    for factor, levels in study.vary.factors().items():
        kind, _, quantity = factor.partition(".")
        said = [value_of(kind, quantity, level, language) for level in levels]
        text = "; ".join(said)
        if study.vary.design in SAMPLED:
            text = say("between", language, low=said[0], high=said[1])
        rows.append(setting(kind, quantity, text, "", language))
    for name, levers in study.vary.groups.items():
        together = ", ".join(name_of("policy", lever, language) for lever in levers)
        rows.append(Setting(study.vary.called(name, language), "", "", together, "", ""))
    return rows
