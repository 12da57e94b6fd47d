"""What a policy chooses among: the words of a lever, and the codes that the week reads for them.

They stand apart from the levers because compiled code reads them: to change one compiles anew.
"""

# What is wanted back for support.
RECIPROCITY = ("none", "voluntary", "expected", "forced")
NOTHING_BACK, VOLUNTARY, EXPECTED, FORCED = range(len(RECIPROCITY))

# Who is taken in first from the waiting list.
QUEUE_ORDERS = ("first come", "heaviest first", "youth first")
FIRST_COME, HEAVIEST_FIRST, YOUTH_FIRST = range(len(QUEUE_ORDERS))

# What keeps the waiting list of a town that runs already as long as it is.
QUEUE_KEPT_BY = ("staff", "cases")
BY_STAFF, BY_CASES = range(len(QUEUE_KEPT_BY))

# What a team worker's hours go to.
TASKS = ("intake", "plans", "guidance", "network", "administration", "collective", "outreach")
N_TASKS = len(TASKS)
INTAKE, PLANS_WORK, GUIDANCE, NETWORK, ADMINISTRATION, COLLECTIVE, OUTREACH = range(N_TASKS)
