"""Episodes: one immutable record for each thing that happened, from which statistics are made."""

from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.field import DISCIPLINES, DOMAINS, PROVISIONS, TIE_KINDS
from kring.simulation.rows import MAX_TIES, PLANS

(ENTRY, TALK, PROPOSAL, OFFER, MEETING_HELD, PLAN_MADE, STARTS_HELPING, STOPS_HELPING, TIE_ENDED,
 PROBLEM_CAME, PROBLEM_SOLVED, CLOSING, RETURN, CHECK_IN, REFERRAL, REFUSAL, PASSED_ON,
 FOUND_EARLY, PLACEMENT, JOINS_GROUP, RENEWAL, FALLS_OFF, PLAN_LAPSES, PLAN_TAKEN_UP, PROVISION,
 IS_FOUND, IS_ASKED, SAYS_NO, STEPS_IN, IS_OVERBURDENED
 ) = range(30)  # fmt: skip

YES_NO = ("no", "yes")
CONVENERS = ("worker", "coordinator")
BETTER, HANDED_OVER, PROBLEMS_LEFT, AT_THE_NORM, PROVISION_ENDED = range(5)
CLOSINGS = ("light enough", "handed over", "problems left", "at the norm", "provision ended")

NOBODY = -1

# Why a supporter stops: bits, of each thing without which (s)he would have gone on that week, with
# the same luck; where it took several together, of all these. None: the usual turnover.
(NOTHING_LEFT, DISTRESS, OVERLOAD, IMBALANCE, ONLY_ONE, CROWDED_OUT, PARTED
 ) = (1 << place for place in range(7))  # fmt: skip
WHY = (
    "nothing left to do", "distress", "overload", "imbalance", "only supporter", "crowded out",
    "parted",  # the tie ended, or the client left
)  # fmt: skip

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
    ("is found", TIE_KINDS, "closeness"),
    ("is asked", TIE_KINDS, "hours to spare"),
    ("says no", TIE_KINDS, "hours to spare"),
    ("steps in", TIE_KINDS, "supporters then"),
    ("is overburdened", TIE_KINDS, "hours asked per hour to spare"),
)
MOST_A_WEEK = 6 * MAX_TIES + 13 + 40  # episodes that one client can have in a week


@compiled
def are_kept(world):
    """Whether the run keeps episodes."""
    return len(world.episodes) > 0


@compiled
def log(world, week, client_row, kind, detail, amount):
    """Write what happens to a client, where the run keeps episodes."""
    if are_kept(world):
        _write(world, week, client_row, kind, detail, amount, NOBODY, 0)


@compiled
def log_of(world, week, client_row, tie, kind, amount, why):
    """Write what happens to a member of a client's network, where the run keeps episodes."""
    if are_kept(world):
        _write(world, week, client_row, kind, tie.kind, amount, tie.id % MAX_TIES, why)


@compiled_apart
def _write(world, week, client_row, kind, detail, amount, tie, why):
    """Write an episode. Room has been made before the week began."""
    n = world.episode_count[0]
    if n == len(world.episodes):  # an extension tells more than it may
        world.extensions.lost = 1
        return
    episode = world.episodes[n]
    episode.week = week
    episode.client = client_row
    episode.kind = kind
    episode.detail = detail
    episode.amount = amount
    episode.tie = tie
    episode.why = why
    world.episode_count[0] = n + 1
