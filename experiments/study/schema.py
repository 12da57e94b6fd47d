"""The JSON Schema of study files, by which editors complete and check them.

``python -m kring.experiments.study.schema`` writes it anew, where a lever or a measure has changed.
"""

import json
from pathlib import Path
from typing import Any

from kring.experiments.measures import MEASURES
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.study.quantities import KINDS, LIKELY
from kring.experiments.study.spec import Study
from kring.simulation.country import Country
from kring.simulation.ensemble import Ensemble
from kring.simulation.field_tables import FieldTables
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town

SCHEMA = Path(__file__).parents[1] / "casebook" / "study.schema.json"


def schema() -> str:
    """The JSON Schema of study files, levers and quantities included, for editors."""
    found = Study.model_json_schema()
    for table, kind in (
        ("PolicyTable", Policy), ("TownTable", Town), ("ParametersTable", Parameters),
        ("FieldTable", FieldTables),
        ("CountryTable", Country), ("MunicipalityTable", OwnMunicipality),
    ):  # fmt: skip
        part = found["$defs"][table]
        quantities = kind.model_json_schema()["properties"]
        part["properties"] = {**quantities, **part["properties"]}
        presets = ["", *kind.presets()]
        if kind is OwnMunicipality:  # nothing to start from; what is found is never written
            del part["properties"]["found"], part["properties"]["figures"]
        elif kind is Parameters:  # or an ensemble, or a file of one's own
            starts = [{"enum": [*presets, *Ensemble.names()]}, {"pattern": r"\.csv"}]
            part["properties"]["preset"]["anyOf"] = starts
        else:
            part["properties"]["preset"]["enum"] = presets
        part["additionalProperties"] = False
        for name, about in quantities.items():
            about.pop("default", None)
            note = kind.note(name)
            if "options" in note:
                about["enum"] = list(note["options"])
    for name, settings in KINDS.items():
        levels = found["$defs"]["Vary"]["properties"][name]
        each = levels.pop("additionalProperties")
        levels["properties"] = {
            quantity: {
                **(or_likely(each) if LIKELY in settings.note(quantity) else each),
                "description": settings.model_fields[quantity].description,
            }
            for quantity in settings.declared()
        } | {"preset": each}
        if settings is Parameters:
            levels["properties"]["without"] = each
        levels["additionalProperties"] = False
        if any(LIKELY in settings.note(quantity) for quantity in settings.declared()):
            found["$defs"]["Vary"]["properties"][name] = or_likely(levels)
    del found["properties"]["ensembles"]  # taken up by reading, never written
    found["properties"]["municipality"]["anyOf"].append({"pattern": r"\.toml$"})
    found["properties"]["outcomes"]["items"] = {
        "anyOf": [{"enum": list(MEASURES)}, {"pattern": r"^\w+(:(team|conference))?(@\d+)?$"}]
    }
    found["properties"]["tables"]["items"] = {"enum": list(LONG_TABLES)}
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def or_likely(table: dict[str, Any]) -> dict[str, Any]:
    """What may stand there, or the word for where a quantity is likely to lie."""
    return {"anyOf": [table, {"const": LIKELY}]}


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
