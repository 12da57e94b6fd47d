"""What silences in Kring what the plain Mesa model leaves out, and the municipality as well."""

LEFT_OUT_STRENGTHS = {
    "imbalance_ends": 0, "own_effort": 0, "placement": 0, "helps_already": 0, "helps_at_once": 0,
    "unprepared": 0, "yes_fades": 0, "thinking_weeks": 0, "meeting_weeks": 0, "drops_out": 0,
    "plan_lapses": 0, "taken_up_again": 0, "covers_more": 0, "cooperation_ends": 0,
    "provision_asked": 0,
}  # fmt: skip
LEFT_OUT_TOWN = {
    "older": 0, "school_with_problems": 0, "assistance_with_problems": 0,
    "dependence_with_problems": 0, "age_with_network": 0, "school_with_network": 0,
    "children_with_family": 0,
}  # fmt: skip

# No municipality either: only clients, networks, hours, plans and problems.
QUIET_STRENGTHS = LEFT_OUT_STRENGTHS | {
    "letting_go": 0, "comes_back": 0, "hidden_at_door": 0, "usual_accounting": 0, "learning": 0,
    "deskilling": 0, "support_holds": 0,
}  # fmt: skip
QUIET_TOWN = LEFT_OUT_TOWN | {
    "sick_leave": 0,
    "staff_turnover": 0,
    "hesitant": 0,
    "intake_weeks": 0,
}
QUIET_TEAM = {"caseload_limit": 0, "agencies": 0}  # levers whose usual value does something
