"""Episodes: one immutable record for each thing that happened, from which statistics are made."""

from simulation.compiled import compiled
from simulation.field import DISCIPLINES, DOMAINS, PROVISIONS, TIE_KINDS
from simulation.rows import MAX_TIES, PLANS

(ENTRY, TALK, PROPOSAL, OFFER, MEETING_HELD, PLAN_MADE, STARTS_HELPING, STOPS_HELPING, TIE_ENDED,
 PROBLEM_CAME, PROBLEM_SOLVED, CLOSING, RETURN, CHECK_IN, REFERRAL, REFUSAL, PASSED_ON,
 FOUND_EARLY, PLACEMENT, JOINS_GROUP, RENEWAL, FALLS_OFF, PLAN_LAPSES, PLAN_TAKEN_UP, PROVISION
 ) = range(25)  # fmt: skip

YES_NO = ("no", "yes")
CONVENERS = ("worker", "coordinator")
BETTER, HANDED_OVER, PROBLEMS_LEFT, AT_THE_NORM, PROVISION_ENDED = range(5)
CLOSINGS = ("light enough", "handed over", "problems left", "at the norm", "provision ended")

# kind, words for its detail, what its amount is
KINDS = (
    ("entry", ("team", "conference"), "problems at entry"),
    ("talk", YES_NO, "family and friends at the table; detail: network proposed"),
    ("proposal", YES_NO, "problems at that moment; detail: accepted"),
    ("offer", YES_NO, "problems at that moment; detail: accepted"),
    ("meeting", CONVENERS, "people attending; detail: who convened"),
    ("plan", PLANS, "members asked to help; detail: who made it"),
    ("starts helping", TIE_KINDS, "hours to spare"),
    ("stops helping", TIE_KINDS, "hours a week carried"),
    ("tie ends", TIE_KINDS, "closeness"),
    ("problem comes", DOMAINS, "problems then"),
    ("problem solved", DOMAINS, "problems left"),
    ("closing", CLOSINGS, "problems left; detail: why the case could close"),
    ("return", YES_NO, "problems then; detail: after a check-in"),
    ("check-in", YES_NO, "problems then; detail: the case is taken up again"),
    ("referral", DISCIPLINES, "problems then"),
    ("refusal", DISCIPLINES, "heavy problems then"),
    ("passed on", DISCIPLINES, "heavy problems then"),
    ("found early", YES_NO, "problems then; detail: something is still brewing"),
    ("placement", YES_NO, "weeks of foster care; detail: supporters there"),
    ("joins group", YES_NO, "problems then; detail: had no supporter"),
    ("renewal", YES_NO, "problems then; detail: granted"),
    ("falls off", YES_NO, "problems then; there will be no meeting"),
    ("plan lapses", PLANS, "supporters then"),
    ("plan is taken up", PLANS, "supporters then"),
    (
        "provision",
        (*PROVISIONS, *(f"no {provision}" for provision in PROVISIONS)),
        "informal need met then; detail: what is granted, or not",
    ),
)
MOST_A_WEEK = 2 * MAX_TIES + 13 + 40  # episodes that one client can have in a week


@compiled
def log(world, week, client_row, kind, detail, amount):
    """Write an episode, where the run keeps them. Room has been made before the week began."""
    if len(world.episodes) == 0:
        return
    n = world.episode_count[0]
    episode = world.episodes[n]
    episode.week = week
    episode.client = client_row
    episode.kind = kind
    episode.detail = detail
    episode.amount = amount
    world.episode_count[0] = n + 1
