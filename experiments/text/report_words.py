"""Words of the report: every sentence in English and, below it, in Dutch."""

from experiments.reporting.analysis_words import ANALYSES

ANSWERS = {
    "simulated": ("in the simulation", "in de simulatie"),
    "over_futures": ("over all futures drawn", "over alle getrokken toekomsten"),
    "over_municipalities": (
        "over all municipalities together",
        "over alle gemeenten samen,",
    ),
    "one": (
        "{when}, {label} gives, in {words}, {value}{instead}: {change}{futures}.",
        "{when} geeft {label} bij {words} {value}{instead}: {change}{futures}.",
    ),
    "many": (
        "{when}, {label} makes {largest} in {words}, of {n} policies compared with {other}: "
        "{value}{instead}, so {change}{futures}{unclear}.",
        "{when} maakt {label}, van {n} keuzes die met {other} zijn vergeleken, {largest} bij "
        "{words}: {value}{instead}, dus {change}{futures}{unclear}.",
    ),
    "most": (
        "{when}, {label} makes {largest} in {words}, of {n} comparisons: {value}{instead}, so "
        "{change}{futures}{unclear}.",
        "{when} maakt {label}, van {n} vergelijkingen, {largest} bij {words}: {value}{instead}, "
        "dus {change}{futures}{unclear}.",
    ),
    "one_instead": (" instead of {base} ({other})", " in plaats van {base} ({other})"),
    "many_instead": (" instead of {base}", " in plaats van {base}"),
    "most_instead": (" instead of {base} ({other})", " in plaats van {base} ({other})"),
    "compared_with": (", compared with {other}", ", vergeleken met {other}"),
    "largest": ("the largest difference", "het grootste verschil"),
    "largest_clear": ("the largest clear difference", "het grootste duidelijke verschil"),
    "clear": ("{change} (95% interval: {span})", "{change} (95%-interval: {span})"),
    "could_be_none": (
        "{change}, but the difference could be none (95% interval: {span})",
        "{change}, maar het verschil kan ook nul zijn (95%-interval: {span})",
    ),
    "one_town": (
        "{change} (one town was drawn, so how much of it is chance is not known)",
        "{change} (er is één stad getrokken, dus hoeveel daarvan toeval is, is niet bekend)",
    ),
    "sure": ("95% interval: {span}", "95%-interval: {span}"),
    "interval_is": ("95% interval: ", "95%-interval: "),
    "amount_of": ("{value} {words}", "{value} {words}"),
    "euros_of": ("{value} {words}", "{value} aan {words}"),
    "not_sure": (
        "95% interval: {span}; could be none",
        "95%-interval: {span}; kan ook nul zijn",
    ),
    "lower_in": (
        ", and lower in {share} of the futures",
        ", en lager in {share} van de toekomsten",
    ),
    "unclear": (
        "; for {k} of the {n} the difference could be none",
        "; bij {k} van de {n} kan het verschil ook nul zijn",
    ),
    "all_unclear": (
        "; that goes for all {n}",
        "; dat geldt voor alle {n}",
    ),
    "same": (
        "In the same comparison {parts}.",
        "In dezelfde vergelijking gaat het bij {parts}.",
    ),
    "part": (
        "{words} goes from {base} to {value} ({span})",
        "{words} van {base} naar {value} ({span})",
    ),
    "part_unclear": (
        "{words} goes from {base} to {value} ({span}: could be none)",
        "{words} van {base} naar {value} ({span}: kan ook nul zijn)",
    ),
    "and": (" and ", " en bij "),
    "alone": (
        "{when}, {label} gives, in {words}, {value}; it is compared with nothing, so this does not "
        "say whether other policy would do better.",
        "{when} geeft {label} bij {words} {value}; er is niets om het mee te vergelijken, dus dit "
        "zegt niet of ander beleid beter zou zijn.",
    ),
    "alone_futures": (
        "{when}, {label} gives, in {words}, {value} on average, and in 90% of the futures between "
        "{low} and {high}.",
        "{when} geeft {label} bij {words} gemiddeld {value}, en in 90% van de toekomsten tussen "
        "{low} en {high}.",
    ),
    "other_values": ("It goes with {parts}.", "Daarbij hoort {parts}."),
    "value_of": ("{value} in {words}", "{value} bij {words}"),
    "and_value": (" and ", " en "),
    "nothing_else": (
        "Nothing else was measured, so this says nothing of other outcomes.",
        "Iets anders is niet gemeten, dus dit zegt niets over andere uitkomsten.",
    ),
    "split": (
        "Of that difference, averaged over all orders in which the policy can be changed, {parts}.",
        "Van dat verschil komt, gemiddeld over alle volgordes waarin het beleid kan veranderen, "
        "{parts}.",
    ),
    "brings": ("{change} comes with ‘{name}’", "{change} door ‘{name}’"),
    "rest_brings": ("{change} with the other {n} together", "{change} door de andere {n} samen"),
    "no_split": (
        "What each part of the policy brings is not known, for some mixes have no result.",
        "Wat elk deel van het beleid bijdraagt is niet bekend, want sommige combinaties hebben "
        "geen uitkomst.",
    ),
    "no_answer": (
        "There is no answer: no run gave a number. What went wrong stands below.",
        "Er is geen antwoord: geen enkele berekening gaf een getal. Wat er misging staat "
        "hieronder.",
    ),
}

PAGE = {
    "kring": (
        "Kring: a simulation of the networks around clients of Dutch municipal care",
        "Kring: een simulatie van de netwerken rond cliënten van gemeentelijke hulp",
    ),
    "answer": ("Answer", "Antwoord"),
    "what_it_is": (
        "These are outcomes of a simulation, not of an experiment with people. They show what "
        "would follow if people and teams do as the model assumes.",
        "Dit zijn uitkomsten van een simulatie, niet van een proef met mensen. Ze laten zien wat "
        "er zou gebeuren als mensen en teams doen wat het model aanneemt.",
    ),
    "figures": ("Figures", "Figuren"),
    "figure_of": (
        "{name}: {outcomes}, for {policies}. The numbers stand in the table below.",
        "{name}: {outcomes}, voor {policies}. De getallen staan in de tabel hieronder.",
    ),
    "figure": ("Figure {name}", "Figuur {name}"),
    "outcomes_of": (
        "{k} of {n} outcomes; all in {table}",
        "{k} van {n} uitkomsten; alle in {table}",
    ),
    "policies_of": (
        "{k} of {n} policies; all in {table}",
        "{k} van {n} keuzes; alle in {table}",
    ),
    "only_english": ("in English", "in het Engels"),
    "table": ("Outcomes", "Uitkomsten"),
    "line_table": ("{outcome}, by {quantity}", "{outcome}, naar {quantity}"),
    "line_note": (
        "Means over {n} simulated towns, {when}. Between brackets: the difference from what has "
        "no brackets, on the same people with the same luck. ○: the difference could be none. "
        "Intervals stand in differences.csv.",
        "Gemiddelden over {n} gesimuleerde steden, {when}. Tussen haakjes: het verschil met wat "
        "geen haakjes heeft, bij dezelfde mensen met hetzelfde toeval. ○: het verschil kan ook nul "
        "zijn. Intervallen staan in differences.csv.",
    ),
    "more_below": (
        "All {n} outcomes, with intervals: at the end of this page.",
        "Alle {n} uitkomsten, met intervallen: onder aan deze pagina.",
    ),
    "more_below_groups": (
        "{n} more outcomes stand at the end of this page.",
        "Nog {n} uitkomsten staan onder aan deze pagina.",
    ),
    "annexes": ("Annexes", "Bijlagen"),
    "more_outcomes": ("{n} more outcomes", "Nog {n} uitkomsten"),
    "all_outcomes": ("All {n} outcomes, policy by policy", "Alle {n} uitkomsten, keuze voor keuze"),
    "policy": ("Policy", "Beleid"),
    "value": ("Outcome", "Uitkomst"),
    "mean": ("Mean over futures", "Gemiddelde over toekomsten"),
    "futures_90": ("90% of the futures", "90% van de toekomsten"),
    "difference": ("Difference", "Verschil"),
    "interval": ("95% interval", "95%-interval"),
    "lower_in_head": ("Lower in", "Lager in"),
    "against": ("against {other}", "tegenover {other}"),
    "base_row": ("base", "uitgangspunt"),
    "nothing_row": ("compared with nothing", "nergens mee vergeleken"),
    "unclear_mark": ("could be none", "kan ook nul zijn"),
    "table_note": (
        "Means over {n} simulated towns, {when}. Differences are on the same people with the same "
        "luck. ▲ and ▼: the interval leaves out zero. ○: the difference could be none.",
        "Gemiddelden over {n} gesimuleerde steden, {when}. Verschillen zijn bij dezelfde mensen "
        "met hetzelfde toeval. ▲ en ▼: nul ligt buiten het interval. ○: het verschil kan ook nul "
        "zijn.",
    ),
    "table_note_one": (
        "One simulated town, {when}, so there are no intervals. Differences are on the same people "
        "with the same luck.",
        "Eén gesimuleerde stad, {when}, dus zonder intervallen. Verschillen zijn bij dezelfde "
        "mensen met hetzelfde toeval.",
    ),
    "table_note_futures": (
        "Means over {points} futures drawn, each with {n} towns, {when}. Differences are in the "
        "same future, on the same people with the same luck. ▲ and ▼: the interval leaves out "
        "zero. ○: the difference could be none.",
        "Gemiddelden over {points} getrokken toekomsten, elk met {n} steden, {when}. Verschillen "
        "zijn in dezelfde toekomst, bij dezelfde mensen met hetzelfde toeval. ▲ en ▼: nul ligt "
        "buiten het interval. ○: het verschil kan ook nul zijn.",
    ),
    "table_cut": (
        "Of {n} rows an outcome, the table shows those that are compared with and those that "
        "differ most in {words}; all stand in differences.csv.",
        "Van {n} rijen per uitkomst toont de tabel die waarmee is vergeleken en die met het "
        "grootste verschil bij {words}; alle staan in differences.csv.",
    ),
    "no_numbers": (
        "No numbers came of: {outcomes}.",
        "Geen getallen bij: {outcomes}.",
    ),
    "reading": ("In lines", "In regels"),
    "reading_note": (
        "What Kring reads in the tables of this study.",
        "Wat Kring uit de tabellen van deze studie leest.",
    ),
    "literature": ("What is known from elsewhere", "Wat van elders bekend is"),
    "literature_note": (
        "",
        "Dit deel is er alleen in het Engels.",
    ),
    "rests": ("What it rests on", "Waar het op rust"),
    "town": ("Town", "Stad"),
    "country": ("Country", "Land"),
    "country_about": (
        "Levers change each municipality's own policy.",
        "Wat hier staat verandert het eigen beleid van elke gemeente.",
    ),
    "strengths": ("Strengths of the mechanisms", "Sterkte van de mechanismen"),
    "size": ("Size", "Omvang"),
    "size_text": (
        "{clients} clients, {weeks} weeks, {seeds}; {runs} runs",
        "{clients} cliënten, {weeks} weken, {seeds}; {runs} berekeningen",
    ),
    "seeds_text": ("{n} towns drawn (seeds {first} to {last})", "{n} getrokken steden (seeds "
                   "{first} tot en met {last})"),
    "seed_text": ("one town drawn (seed {first})", "één getrokken stad (seed {first})"),
    "policies": ("Policies, lever by lever", "Beleid, onderdeel voor onderdeel"),
    "policies_note": (
        "Levers with another value than in the set ‘{preset}’: {about}.",
        "Onderdelen met een andere waarde dan in de set ‘{preset}’: {about}.",
    ),
    "starts_from": ("starts from ‘{preset}’", "uitgangspunt: ‘{preset}’"),
    "unchanged": ("nothing changed", "niets veranderd"),
    "as_conference": (
        "for who enters by a conference",
        "voor wie via een conferentie binnenkomt",
    ),
    "in_all": ("The same under all policies", "Bij elk beleid hetzelfde"),
    "varied": ("What varies", "Wat varieert"),
    "what": ("What", "Wat"),
    "here": ("Here", "Hier"),
    "usual": ("Instead of", "In plaats van"),
    "values": ("Values", "Waarden"),
    "source": ("Source", "Bron"),
    "between": ("drawn between {low} and {high}", "getrokken tussen {low} en {high}"),
    "codes_fold": ("Where the figures come from", "Waar de cijfers vandaan komen"),
    "codes": (
        "Codes are those of the published figures that Kring uses:",
        "De codes horen bij de gepubliceerde cijfers die Kring gebruikt:",
    ),
    "fit": (
        "The strengths of the mechanisms were chosen so that the published figures of a study in "
        "Rotterdam (2015-2019; neighbourhood teams and Eigen Kracht conferences) come out. That "
        "study was small, its groups were not drawn by lot, and its figures cannot single out one "
        "best set of strengths: many others would do about as well. What Rotterdam did not "
        "measure is mostly assumption. Some figures that had no say in the fit do not come out "
        "well; they stand in the README of Kring.",
        "De sterkte van de mechanismen is zo gekozen dat de gepubliceerde cijfers terugkomen van "
        "een onderzoek in Rotterdam (2015-2019, naar wijkteams en Eigen Kracht-conferenties). Dat "
        "onderzoek was klein en er is niet geloot. Met die cijfers kan niet worden uitgemaakt "
        "welke sterktes het best zijn: veel andere zouden ongeveer even goed passen. Wat in "
        "Rotterdam niet is gemeten, is meestal een aanname. Sommige cijfers die niet zijn gebruikt "
        "om te kiezen komen niet goed terug; ze staan in de README van Kring.",
    ),
    "uncertain": ("What is uncertain", "Wat onzeker is"),
    "chance": (
        "The 95% interval holds only the luck of the draw: other towns, other people, other luck. "
        "With {n} towns drawn that is known well enough to see what could be none; it says nothing "
        "of whether the mechanisms are right.",
        "Het 95%-interval gaat alleen over toeval: andere steden, andere mensen, ander geluk. Met "
        "{n} getrokken steden is daaraan te zien welk verschil ook nul kan zijn; het zegt niet of "
        "de mechanismen kloppen.",
    ),
    "chance_few": (
        "With {n} towns the interval itself is rough: for a decision, take 10 or more.",
        "Met {n} steden is het interval zelf grof: neem er voor een besluit 10 of meer.",
    ),
    "chance_none": (
        "One town was drawn, so there is no interval: how much of a difference is chance is not "
        "known. Take 10 or more.",
        "Er is één stad getrokken, dus er is geen interval: hoeveel van een verschil toeval is, "
        "is niet bekend. Neem er 10 of meer.",
    ),
    "chance_futures": (
        "The 95% interval is that of the mean over the futures drawn. How far futures lie apart "
        "shows in the 90%; that futures are equally likely is not said.",
        "Het 95%-interval is dat van het gemiddelde over de getrokken toekomsten. Hoe ver "
        "toekomsten uiteenlopen staat bij de 90%; dat elke toekomst even waarschijnlijk is, is "
        "daarmee niet gezegd.",
    ),
    "none_clear": (
        "Of {n} differences in the table {k} could be none.",
        "Van {n} verschillen in de tabel kunnen er {k} ook nul zijn.",
    ),
    "mechanisms": (
        "The strengths of the mechanisms are fitted or assumed. So run the same study with what "
        "doubters and what advocates would say, and trust what comes out under all three:",
        "De sterktes van de mechanismen zijn gekozen of aangenomen. Bereken dezelfde studie daarom "
        "ook met wat twijfelaars en wat voorstanders zouden zeggen, en vertrouw wat in alle drie "
        "uitkomt:",
    ),
    "not_fitted": (
        "This page is from a set of strengths that was not fitted: ‘{preset}’.",
        "Deze pagina rekent met sterktes die niet op de cijfers van Rotterdam zijn gekozen: "
        "‘{preset}’.",
    ),
    "left_out": (
        "Nobody dies, moves or has a child in the model, and the time of supporters is not in the "
        "cost.",
        "In het model gaat niemand dood, verhuist niemand en wordt er niemand geboren; de tijd van "
        "steungevers zit niet in de kosten.",
    ),
    "failed": (
        "{k} of {n} runs failed and are in none of the numbers:",
        "{k} van de {n} berekeningen zijn mislukt en zitten in geen van de getallen:",
    ),
    "failed_policies": ("No number at all for: {names}.", "Geen enkel getal voor: {names}."),
    "failed_more": (
        "{n} other messages stand in failures.csv.",
        "Nog {n} andere meldingen staan in failures.csv.",
    ),
    "times": ("{n} times", "{n} keer"),
    "repeat": ("How to repeat it", "Zo is het te herhalen"),
    "repeat_made": ("It was made by", "Het is gemaakt met"),
    "repeat_again": (
        "In the folder of this result, the same numbers to the last bit, on the same versions",
        "In de map van dit resultaat, dezelfde getallen tot op het laatste cijfer, met dezelfde "
        "versies",
    ),
    "versions": ("Versions", "Versies"),
    "code": ("Code", "Code"),
    "files": ("Figures and tables as files", "Figuren en tabellen als bestand"),
    "files_note": (
        "They lie in the folder of this result.",
        "Ze staan in de map van dit resultaat.",
    ),
}  # fmt: skip

FILES = {
    "manifest.json": ("all that the result came from", "alles waar het resultaat uit komt"),
    "runs.parquet": ("every run with its outcomes", "elke berekening met uitkomsten"),
    "differences.csv": ("all outcomes, all rows", "alle uitkomsten, alle rijen"),
    "reading.md": ("the reading in lines (English)", "de lezing in regels (Engels)"),
    "failures.csv": ("runs that failed, and why", "mislukte berekeningen, met reden"),
    "timing.json": ("how long it took", "hoe lang het duurde"),
    ".svg": ("figure", "figuur"),
    ".png": ("figure", "figuur"),
    ".csv": ("table", "tabel"),
    ".parquet": ("long table", "lange tabel"),
}

WORDS = {**ANSWERS, **PAGE, **ANALYSES}


def say(key: str, language: str, **parts: object) -> str:
    """A text in a language, with its parts filled in."""
    return WORDS[key][language == "nl"].format(**parts)


def file_words(name: str, language: str) -> str:
    """What a file of a result folder is."""
    ending = "." + name.rpartition(".")[2]
    return FILES.get(name, FILES.get(ending, ("", "")))[language == "nl"]
