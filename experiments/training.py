"""Training: what do schooling and peer review change of what workers believe, can and propose?"""

from experiments.arms import Question, arm, arms

LITERATURE = (
    "training and peer review change what workers believe and can do, and closeness without "
    "training de-professionalises (M28). Just over 0.85 of the workers let complexity decide on "
    "using the network (E24), and network support was proposed to 0.18 of the clients (E25). There "
    "is no figure for what an hour of schooling or peer review does, nor for how fast skill is "
    "lost: these strengths are assumptions, so trust the order of the arms more than their size."
)
QUESTION = Question(
    name="training",
    question="What do schooling, peer review and conferences to learn from change of what workers "
    "believe, can do and propose, and do clients notice?",
    arms=(
        arm("no schooling", "geen scholing"),
        arm("schooling 20 hours a year", "scholing 20 uur per jaar", training=20),
        arm("schooling 40 hours a year", "scholing 40 uur per jaar", training=40),
        arm("peer review 2 hours a month", "intervisie 2 uur per maand", peer_review=2),
        arm("schooling 20 and peer review 2", "scholing 20 en intervisie 2", training=20,
            peer_review=2),
        arm("conferences beside the team", "conferenties naast het team", outside_guidance=0.5),
        arm("conferences, schooling 20, peer review", "conferenties, scholing 20, intervisie",
            outside_guidance=0.5, training=20, peer_review=2),
    ),
    measures=("doubt", "skill", "proposed", "met", "supporters", "problems", "spent_schooling",
              "spent"),
    literature=LITERATURE,
)  # fmt: skip
EXPERIMENT = arms(QUESTION)
