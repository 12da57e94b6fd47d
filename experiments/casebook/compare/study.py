"""Comparing: the study that `kring compare` makes of the policies on its command line."""

from typing import Any

from kring.experiments.measures.groups import GROUPS
from kring.experiments.study.load import plan_of
from kring.experiments.study.plan import Plan
from kring.simulation.beside import loaded, outcomes
from kring.simulation.errors import KringError
from kring.simulation.outcomes import NAMES


def comparison(
    policies: list[dict[str, Any]], town: dict[str, Any], parameters: dict[str, Any], **more: Any
) -> Plan:
    """The plan of a study of policies on the same people, with every outcome of every week.

    All extensions that are loaded take part. How each client ends is kept too; of people of
    one's own how many of each group do better and worse.

    Raises
    ------
    KringError
        For fewer than two different policies, and for what cannot be.
    """
    names = ", ".join(f"‘{policy['name']}’" for policy in policies)
    names_nl = ", ".join(f"‘{policy.get('nl', policy['name'])}’" for policy in policies)
    if loaded():
        more["extensions"] = [one.name for one in loaded()]
    plan = plan_of(
        {
            "name": "compare",
            "question": f"What comes out differently under {names}?",
            "question_nl": f"Wat komt er anders uit bij {names_nl}?",
            "outcomes": [*NAMES, *outcomes()],
            "tables": ["weekly", GROUPS if "clients_from" in town else "ends"],
            "reading": "compare",
            "town": town,
            "parameters": parameters,
            "policies": policies,
            **more,
        }
    )
    if len(policies) < 2:
        raise KringError(
            "a comparison needs two different policies: name another preset, or use --set"
        )
    return plan
