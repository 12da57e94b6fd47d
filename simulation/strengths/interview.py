"""How people answer when they are interviewed."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"


class InterviewStrengths(Settings):
    """What an answer to the study's questions takes: read from the rows, they change no life."""

    named_from: float = quantity(
        "Part of the relief from which network or professional is named as who it is owed to.",
        nl="aandeel van de verbetering vanaf waar iemand genoemd wordt",
        unit="share", low=0.01, high=0.5, likely=(0.1, 0.33), source=ASSUMED, code="M24",
    )  # fmt: skip
    long_wait: float = quantity(
        "Weeks of waiting from which the agency is named as the reason that nothing improved.",
        nl="wachttijd vanaf waar de instelling de reden heet",
        unit="weeks", low=1, high=104, likely=(6, 26), source=ASSUMED, code="M24",
    )  # fmt: skip
    too_few_hours: float = quantity(
        "Part of the help that is needed below which too few hours are named as the reason.",
        nl="aandeel van de nodige hulp waaronder het te weinig heet",
        unit="share", low=0.05, high=1, likely=(0.25, 0.75), source=ASSUMED, code="M24",
    )  # fmt: skip
    joint_satisfaction: float = quantity(
        "What a solution made together adds to satisfaction, against one made for people.",
        nl="wat een samen gevonden oplossing aan tevredenheid toevoegt",
        unit="points of 10", low=0, high=5, source=ASSUMED, code="M27", off=0,
    )  # fmt: skip
