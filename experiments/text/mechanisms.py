"""Mechanisms in words: what each code stands for."""

from kring.experiments.text.language import _, later

MECHANISMS = {
    "M1": later("many problems keep the network out"),
    "M2": later("lack of time keeps the network out"),
    "M3": later("the network has to be found"),
    "M4": later("to begin is not to last"),
    "M5": later("a joint plan binds"),
    "M6": later("who convenes is independent"),
    "M7": later("types of ties differ"),
    "M8": later("asking is hard"),
    "M9": later("reciprocity"),
    "M10": later("burden makes supporters stop"),
    "M11": later("need repels"),
    "M12": later("problems feed each other, pass, come back"),
    "M13": later("domains of life differ"),
    "M14": later("network and professional complement each other"),
    "M15": later("cooperation has to be made"),
    "M16": later("professionals crowd the network out"),
    "M17": later("closing is hard"),
    "M18": later("a low threshold creates demand"),
    "M19": later("work pressure"),
    "M20": later("steering on input or outcome"),
    "M21": later("the right to a plan is unknown"),
    "M22": later("an offer is not yet a plan"),
    "M23": later("agencies refuse and pass on"),
    "M24": later("who comes, and when it is at its worst"),
    "M25": later("plans contradict each other"),
    "M26": later("groups in the neighbourhood"),
    "M27": later("joint solutions satisfy more"),
    "M28": later("schooling and peer review"),
}


def mechanism(code: str) -> str:
    """What a mechanism's code stands for."""
    return _(MECHANISMS[code]) if code in MECHANISMS else code
