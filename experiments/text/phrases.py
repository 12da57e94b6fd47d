"""Phrases: what a policy maker calls a lever at a value, `10 hours for the network`."""

from collections.abc import Mapping

from kring.experiments.study.quantities import Value
from kring.experiments.text.language import DUTCH, ENGLISH, Word, _, language, said
from kring.experiments.text.mechanisms import mechanism
from kring.experiments.text.names import preset_name, quantity_name, value_of
from kring.experiments.text.numbers import percentage, plain
from kring.simulation.policy import Policy

LEVERS = {
    "mobilisation_hours": Word("{} hours for the network", "{} uur voor het netwerk"),
    "independent_convener": Word(
        "an independent coordinator in {} of cases",
        "een onafhankelijke coördinator in {} van de zaken",
    ),
    "network_makes_plan": Word(
        "the network makes the plan in {} of cases", "het netwerk maakt het plan in {} van de zaken"
    ),
    "multi_problem_threshold": Word(
        "network proposed up to {} problems", "netwerk voorgesteld tot en met {} problemen"
    ),
    "complexity_deciders": Word(
        "{} of workers let complexity decide", "{} van de werkers laat de complexiteit beslissen"
    ),
    "right_known_workers": Word(
        "{} of workers know the right to a plan", "{} van de werkers kent het recht op een plan"
    ),
    "right_known_clients": Word(
        "{} of clients know the right to a plan", "{} van de cliënten kent het recht op een plan"
    ),
    "offer": Word("offered to {} of clients", "aan {} van de cliënten aangeboden"),
    "offer_from": Word("offered from {} problems on", "aangeboden vanaf {} problemen"),
    "uptake": Word("{} accept the offer", "{} neemt het aanbod aan"),
    "campaign_workers": Word(
        "a campaign on the right to a plan reaches {} of workers a year",
        "een campagne over het recht op een plan bereikt {} van de werkers per jaar",
    ),
    "campaign_clients": Word(
        "a campaign on the right to a plan reaches {} of clients a year",
        "een campagne over het recht op een plan bereikt {} van de cliënten per jaar",
    ),
    "outside_guidance": Word(
        "guidance beside the team for {} of clients",
        "begeleiding van buiten voor {} van de cliënten",
    ),
    "outside_guidance_from": Word(
        "guidance beside the team from {} problems on",
        "begeleiding van buiten vanaf {} problemen",
    ),
    "outside_guidance_hours": Word(
        "{} hours of guidance beside the team", "{} uur begeleiding van buiten"
    ),
    "outside_guidance_capacity": Word(
        "{} hours a week of coordinators contracted, per 100 clients",
        "{} uur per week aan coördinatoren ingekocht, per 100 cliënten",
    ),
    "staffing": Word("staff {} times the norm", "bezetting {} maal de norm"),
    "caseload_limit": Word("at most {} cases a worker", "hooguit {} zaken per werker"),
    "input_steering": Word("{} steered on input", "{} op inzet gestuurd"),
    "outcome_steering": Word("{} steered on outcome", "{} op uitkomst gestuurd"),
    "training": Word("{} hours of training a year", "{} uur scholing per jaar"),
    "peer_review": Word("{} hours of peer review a month", "{} uur intervisie per maand"),
    "closing_adult": Word("norm {} weeks", "norm {} weken"),
    "closing_youth": Word("{} weeks with children at home", "{} weken met kinderen thuis"),
    "strict_norm": Word("{} of cases closed at the norm", "{} van de zaken op de norm afgesloten"),
    "hand_over": Word(
        "{} of cases handed over to supporters", "{} van de zaken overgedragen aan steungevers"
    ),
    "check_ins": Word(
        "{} check-ins in the year after closing", "{} contactmomenten in het jaar na afsluiten"
    ),
    "short_provision": Word(
        "help granted for a short time in {} of cases",
        "hulp voor korte tijd toegekend in {} van de zaken",
    ),
    "provision_weeks": Word("short help lasts {} weeks", "korte hulp duurt {} weken"),
    "low_threshold": Word("{} of the threshold taken away", "drempel voor {} weggenomen"),
    "referral_only": Word(
        "{} come only with a referral", "{} van de cliënten alleen met verwijzing"
    ),
    "outreach": Word("outreach to {} of clients", "{} van de cliënten outreachend benaderd"),
    "agencies": Word(
        "{} of calls for another discipline go to an agency",
        "{} van de vragen om een andere discipline naar een instelling",
    ),
    "one_plan": Word(
        "one plan for {} of households", "één plan voor {} van de huishoudens"
    ),
    "no_mental_health": Word(
        "{} of teams without a mental-health worker", "{} van de teams zonder ggz-werker"
    ),
    "agency_places": Word(
        "places at agencies times {}", "plaatsen bij instellingen maal {}"
    ),
    "accept_duty": Word(
        "agencies must accept in {} of refusals",
        "acceptatieplicht voor {} van de weigeringen",
    ),
    "community_hours": Word(
        "{} hours of community work a week, per 100 clients",
        "{} uur opbouwwerk per week, per 100 cliënten",
    ),
    "collective_hours": Word(
        "{} hours a week for groups, per full-time worker",
        "{} uur per week voor groepen, per voltijds werker",
    ),
    "neighbour_activation": Word("{} of neighbours activated", "{} van de buren geactiveerd"),
    "self_reliance_asked": Word(
        "{} of clients asked to do it themselves",
        "{} van de cliënten gevraagd het zelf te doen",
    ),
    "self_reliance_told_apart": Word(
        "for {} of clients it is found out first who can",
        "voor {} van de cliënten eerst nagegaan wie het zelf kan",
    ),
}  # fmt: skip


def phrase(kind: str, quantity: str, value: Value) -> str:
    """A quantity at a value, as it is said: `10 hours for the network`, `staff 0.8 times the norm`.

    What varies in sets and mechanisms is called by its value alone.
    """
    if quantity == "without":
        return left_out(str(value))
    if quantity == "preset":
        return value_of(kind, quantity, value)
    if kind == "policy" and quantity in LEVERS and not isinstance(value, str):
        is_share = Policy.note(quantity)["unit"].startswith("share")
        number = percentage(plain(100 * value)) if is_share else plain(value)
        return said(LEVERS[quantity]).format(number)
    return f"{quantity_name(kind, quantity)}: {value_of(kind, quantity, value)}"


def left_out(code: str) -> str:
    """A mechanism that is left out, by its code; `nothing` is none."""
    if code == "nothing":
        return _("nothing left out")
    return _("without {code}: {mechanism}").format(code=code, mechanism=mechanism(code))


def point_name(point: Mapping[str, Value]) -> str:
    """A point of a design: `10 hours for the network, offered to 100% of clients`."""
    parts = [(factor.partition("."), value) for factor, value in point.items()]
    return ", ".join(  # a player of a split has no kind: with it or not
        phrase(kind, quantity, value) for (kind, dot, quantity), value in parts if dot
    )


def policy_words(preset: str, changes: Mapping[str, Value]) -> Word:
    """What a preset with changes is called: `neighbourhood team, 10 hours for the network`."""
    said_in = {}
    for code in (ENGLISH, DUTCH):
        with language(code):
            parts = [phrase("policy", lever, value) for lever, value in changes.items()]
            said_in[code] = ", ".join([preset_name("policy", preset), *parts])
    return Word(said_in[ENGLISH], said_in[DUTCH])
