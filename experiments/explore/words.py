"""What the page says, in the language that is spoken: every sentence by its key."""

from typing import Any

from kring.experiments.analyses.levers.words import WHY
from kring.experiments.explore.absent import absent
from kring.experiments.explore.groups import GROUPS
from kring.experiments.explore.levers import Lever, start_of
from kring.experiments.explore.menu import SETS_WORDS, TOWN_WORDS, Menu
from kring.experiments.explore.picture import PAYERS
from kring.experiments.measures import ROUTES, measure, part_of
from kring.experiments.measures.money import PAYER_WORDS
from kring.experiments.text.language import DUTCH, Word, _, said, spoken
from kring.experiments.text.names import (
    outcome_name,
    quantity_name,
    quantity_unit,
    value_of,
    with_unit,
)
from kring.experiments.text.numbers import capital
from kring.simulation.field import DISCIPLINES, DOMAINS, TIE_KINDS, dutch
from kring.simulation.policy import Policy

STAGE_WORDS = (
    Word("no need yet", "nog geen hulpvraag"),
    Word("not at the team yet", "nog niet bij het team"),
    Word("waiting", "wacht"),
    Word("the network is being found", "netwerk wordt gezocht"),
    Word("guided", "begeleiding"),
    Word("case closed", "zaak afgesloten"),
)
DISCIPLINE_WORDS = {
    "social work": Word("social work", "maatschappelijk werk"),
    "mental health": Word("mental health care", "ggz"),
    "addiction": Word("addiction care", "verslavingszorg"),
    "disability": Word("disability care", "gehandicaptenzorg"),
    "shelter": Word("shelter", "opvang"),
    "youth": Word("youth care", "jeugdhulp"),
    "debt and income": Word("debt and income", "schulden en inkomen"),
}


def words(menu: Menu) -> dict[str, Any]:
    """All that the page says, in the language that is spoken, as JSON can hold it."""
    return {
        "said": sentences(),
        "absent": " ".join(absent(menu)),
        "terms": terms(),
        "events": events(),
        "why": reasons(),
        "levers": {lever.name: lever_words(lever) for lever in menu.levers},
        "idle": {one.why: _(WHY[one.why]) for one in menu.idle()},
        "outcomes": {name: capital(outcome_words(name)) for name in menu.outcomes},
        "answers": {name: answer_words(name) for name in menu.outcomes},
        "units": {name: measure(name).unit for name in menu.outcomes},
        "sets": {name: said(SETS_WORDS[name]) for name in menu.sets},
        "towns": {name: said(TOWN_WORDS[name]) for name in menu.towns if name in TOWN_WORDS},
        "groups": {group.key: said(group.word) for group in GROUPS},
        "payers": {payer: capital(said(Word(*PAYER_WORDS[payer]))) for payer in PAYERS},
        "stages": [said(word) for word in STAGE_WORDS],
        "kinds": {kind: of_field("ties", "kind", kind) for kind in TIE_KINDS},
        "details": {
            **{domain: of_field("domains", "domain", domain) for domain in DOMAINS},
            **{one: said(DISCIPLINE_WORDS[one]) for one in DISCIPLINES},
        },
    }


def of_field(table: str, key: str, name: str) -> str:
    """A domain or a kind of tie."""
    return dutch(table, key)[name] if spoken() == DUTCH else name.replace("_", " ")


LEVER_WORDS = {  # where a lever's own name says too little beside a slider
    "offer": Word("Network meeting offered to", "Netwerkberaad aangeboden aan"),
    "mobilisation_hours": Word("Time for the network", "Tijd voor het netwerk"),
    "independent_convener": Word(
        "Convened by an independent coordinator", "Bijeengebracht door onafhankelijke coördinator"
    ),
    "network_makes_plan": Word("The network makes the plan", "Netwerk maakt zelf het plan"),
    "multi_problem_threshold": Word(
        "Worker lets the network be above", "Werker laat het netwerk rusten boven"
    ),
    "outside_guidance": Word(
        "Guidance from outside offered to", "Begeleiding van buiten aangeboden aan"
    ),
    "staffing": Word("Staff of the teams", "Bezetting van de teams"),
    "outreach": Word("Sought out before they come", "Opgezocht voor ze komen"),
}


def lever_words(lever: Lever) -> dict[str, Any]:
    """What a lever is called, the unit of its values, or its words; a share is a percentage."""
    if not lever.is_of_policy:
        return {
            "label": _("When does it begin?"), "unit": "",
            "options": {word: when(word) for word in lever.options},
        }  # fmt: skip
    name = lever.moves
    unit, own = str(Policy.note(name)["unit"]), quantity_name("policy", name)
    label = said(LEVER_WORDS[name]) if name in LEVER_WORDS else capital(own)
    of = f" ({said(Word(*ROUTES[lever.route]))})" if lever.route else ""
    return {
        "label": label + of,
        "unit": "" if unit.startswith("share") else quantity_unit("policy", name),
        "options": {word: value_of("policy", name, word) for word in lever.options},
    }


def when(word: str) -> str:
    """When a policy begins, in words."""
    week, weeks = start_of(word)
    text = _("in week {week}, in steps over {weeks} weeks") if weeks else _("in week {week}")
    return text.format(week=week, weeks=weeks)


def outcome_words(name: str) -> str:
    """What an outcome of a client is called, with its unit where that is money."""
    per_client = {
        "problems": _("problems per client"),
        "supporters": _("supporters per client"),
        "cost": _("cost per client so far"),
        "alone": _("without any supporter"),
        "waiting": _("waiting for a first talk"),
    }
    plain = measure(name).unit in ("share", "EUR", "problems", "persons")
    base = part_of(name).base
    return by_route(name, per_client.get(base, outcome_name(base) if plain else with_unit(base)))


def by_route(name: str, words: str) -> str:
    """These words, and of whom where a name says by which route of entry they came."""
    route = part_of(name).route
    return f"{words}, {said(Word(*ROUTES[route]))}" if route else words


def answer_words(name: str) -> str:
    """What an outcome is called in the sentence that answers."""
    in_short = {
        "problems": _("problems"),
        "supporters": _("supporters"),
        "cost": _("cost"),
    }
    base = part_of(name).base
    return by_route(name, in_short[base]) if base in in_short else outcome_words(name)


def sentences() -> dict[str, str]:
    """What stands on the page, by key; `{...}` is filled in there."""
    return {
        "skip": _("To the results"),
        "present": _("Present"),
        "present end": _("Back to the controls"),
        "choose": _("What does the municipality choose?"),
        "strengths": _("How strong are the mechanisms?"),
        "which town": _("Which town?"),
        "switched": _("This lever works through the queue or through who stays away, so a town is shown whose teams have worked for years. The sentence tells who waits as well."),
        "takes a running town": _("shown in a running town"),
        "shares of one": _("together at most 100%: the other gives way"),
        "now is": _("now: {value}"),
        "does nothing": _("does nothing here: {why}"),
        "sliders off": _("This browser does not let the model run (no WebAssembly or no workers), so the sliders are off. The examples were computed beforehand."),
        "doubt": _("A simulation, no forecast: many strengths are assumptions. See what is left of it for sceptics and advocates."),
        "answers": _("What comes out"),
        "as now": _("as now"),
        "this choice": _("this choice"),
        "chosen": _("This choice:"),
        "narrow band": _("narrow: chance (8 of 10 towns)"),
        "wide band": _("wide: unknown strengths as well"),
        "narrow name": _("8 of 10: chance"),
        "wide name": _("8 of 10: unknown strengths as well"),
        "more charts": _("More charts"),
        "time axis": _("Time"),
        "calendar": _("by calendar"),
        "since entry": _("since entry"),
        "weeks": _("weeks"),
        "weeks since entry": _("weeks since each client's own entry"),
        "week name": _("week"),
        "week": _("week {week}"),
        "begins": _("begins"),
        "chart": _("Week {week}: as now {now}, this choice {then}."),
        "table": _("Table"),
        "after two years": _("After two years, per client:"),
        "after years": _("After {years} years, per client:"),
        "after weeks": _("After {weeks} weeks, per client:"),
        "could be equal": _("(could be equal)"),
        "either way": _("(could go either way)"),
        "as it goes now, off": _("This is how it goes now. Take an example: the dashed line stays, to compare with."),
        "as it goes now": _("This is how it goes now. Move a lever or take an example: the dashed line stays, to compare with."),
        "fates": _("Of 100 clients {better} end with fewer problems, {worse} with more."),
        "hundred": _("100 clients"),
        "dots better": _("{n} better off"),
        "dots same": _("{n} as many problems"),
        "dots worse": _("{n} worse off"),
        "with oneself": _("Each compared with her- or himself, with the same luck."),
        "better": _("better off"),
        "same": _("the same"),
        "worse": _("worse off"),
        "numbers": _("The numbers, and how sure they are"),
        "at the end": _("In the last week, a mean over the towns; in the last column the 95% interval of that mean"),
        "at the end of sets": _("In the last week, a mean over towns that each have another set of strengths; in the last column, where 95% of these sets lie"),
        "difference": _("difference"),
        "interval": _("95% interval"),
        "interval of sets": _("95% of the sets"),
        "terms": _("What do these words mean?"),
        "who wins": _("Who is better off, who worse?"),
        "bars": _("Right: fewer problems. Left: more."),
        "clients in a town": _("clients"),
        "who pays": _("Who pays?"),
        "money about": _("Paid in a year, for each client who comes in a year"),
        "year": _("year {year}"),
        "side by side": _("Scenarios side by side"),
        "keep as": _("Keep as {name}"),
        "back to": _("Back to {name}"),
        "drop": _("Remove {name}"),
        "keep to compare": _("Keep this choice as A, B or C to compare it with others."),
        "levers that differ": _("what differs"),
        **of_lives(),
        **taken_along(),
    }  # fmt: skip


def terms() -> dict[str, tuple[str, str]]:
    """What the words of the page mean, each with what it is called."""
    return {
        "problem": (_("problem"), _("A part of life in which something is wrong, of thirteen such as housing, money and health.")),
        "supporter": (_("supporter"), _("Somebody of a client's own network who helps now: family, friends, neighbours.")),
        "meeting": (_("network meeting"), _("A client's own people come together to see who can do what. In a conference (Eigen Kracht) an independent coordinator convenes them, and they make the plan.")),
        "cost": (_("cost"), _("All help so far, priced in euros for each client who has come, whoever pays.")),
        "luck": (_("the same luck"), _("Every client meets the same chances under both policies: what differs is the policy's doing.")),
    }  # fmt: skip


def taken_along() -> dict[str, str]:
    """What is said of taking along."""
    return {
        "take along": _("Take along"),
        "copy link": _("Copy the link"),
        "link": _("Link to this choice"),
        "link copied": _("The link is copied."),
        "study file": _("Study file (TOML)"),
        "report": _("Report (one page)"),
        "table file": _("Table (CSV)"),
        "print": _("Print"),
        "same numbers": _(
            "The study file is for Kring in Python: kring run on it gives these same numbers."
        ),
    }


def of_lives() -> dict[str, str]:
    """What is said of one client and two lives."""
    return {
        "one client": _("One client, two lives"),
        "tell the life": _("Tell the life of"),
        "choose case": _("choose…"),
        "case carries": _("somebody whom the network carries"),
        "case wears": _("somebody whose network wears out"),
        "case declines": _("somebody who declines the offer"),
        "case worse": _("somebody who ends worse off"),
        "nobody like that": _("Under this choice there is nobody like that in the first town."),
        "another": _("Another client"),
        "who": _("Client {client}: {age} years old, {children}, {problems} at entry, {people} in the network."),
        "invented": _("The same person and the same luck under both. Names are invented. Width of a line: hours of help. Number in the middle: problems."),
        "children": _("{n} children at home"),
        "children.one": _("{n} child at home"),
        "people": _("{n} people"),
        "people.one": _("{n} person"),
        "problems": _("{n} problems"),
        "problems.one": _("{n} problem"),
        "supporters": _("{n} supporters"),
        "supporters.one": _("{n} supporter"),
        "professionals": _("{n} professionals"),
        "professionals.one": _("{n} professional"),
        "thread": _("problems and supporters through the weeks"),
        "play": _("Play"),
        "pause": _("Pause"),
        "week back": _("One week back"),
        "week on": _("One week on"),
        "which week": _("Week"),
        "why": _("Why?"),
        "state found": _("known"),
        "state asked": _("asked, does not help"),
        "state helps": _("helps"),
        "state heavy": _("overburdened"),
        "state stopped": _("stopped"),
        "state gone": _("tie ended"),
        "guess": _("Guess first: with how many problems does this client end under this choice?"),
        "guess fewer": _("fewer than now"),
        "guess as many": _("as many"),
        "guess more": _("more than now"),
        "guess just show": _("Just show it"),
        "guess right": _("Well guessed."),
        "guess wrong": _("It went otherwise."),
        "guess none": _("This is how it went."),
        "guess end": _("As now: {now} at the end. This choice: {then}."),
        "stops anyway": _("Usual turnover: people also stop for reasons of their own."),
        "parted": _("The tie ended, or the client left."),
        "had gone on": _("{name} had gone on that week without: {reasons}. All else and all luck the same."),
        "play without": _("Play again without that"),
        "without title": _("{title}, from week {week} without what made {name} stop"),
        "both lives": _("Back to both lives"),
    }  # fmt: skip


def events() -> dict[str, str]:
    """What happens to a client, by the kind of event, some by their detail."""
    return {
        "entry": _("is in need, with {n} problems"),
        "talk:yes": _("talk with the team, the network is proposed"),
        "talk:no": _("talk with the team"),
        "proposal:yes": _("agrees to bring the network together"),
        "proposal:no": _("would rather not bring the network together"),
        "offer:yes": _("is offered a network meeting and accepts"),
        "offer:no": _("is offered a network meeting and declines"),
        "meeting": _("the network meets, with {n} present"),
        "plan:worker": _("the worker makes the plan"),
        "plan:network": _("the network makes the plan"),
        "problem comes": _("new problem: {what}"),
        "problem solved": _("solved: {what}"),
        "closing": _("the case is closed, {n} problems left"),
        "return": _("comes back, with {n} problems"),
        "referral": _("is referred: {what}"),
        "refusal": _("is refused: {what}"),
        "falls off": _("there will be no meeting"),
        "plan lapses": _("the plan goes out of use"),
        "plan is taken up": _("the plan is taken up again"),
        "placement": _("a child goes into foster care"),
        "joins group": _("joins a group"),
        "is found": _("comes to light: {who}"),
        "starts helping": _("begins to help: {who}"),
        "says no": _("asked, does not help: {who}"),
        "is overburdened": _("becomes overburdened: {who}"),
        "stops helping": _("stops helping: {who}"),
        "tie ends": _("tie ended: {who}"),
    }


def reasons() -> dict[str, str]:
    """Why a supporter stops: what had to be otherwise for her or him to go on that week."""
    return {
        "nothing left to do": _("there being nothing left to do"),
        "distress": _("so much distress"),
        "overload": _("being overburdened"),
        "imbalance": _("taking without giving"),
        "only supporter": _("being the only one"),
        "crowded out": _("professionals who crowd out"),
    }
