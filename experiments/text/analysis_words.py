"""Words of the analyses: in sentences, tables and figures, in English and, below it, in Dutch."""

SENSITIVITY = {
    "sensitivity_about": ("What it depends on", "Waar het van afhangt"),
    "quantity": ("Quantity", "Grootheid"),
    "sensitivity_rest": (
        "All outcomes and policies stand in sensitivity.csv.",
        "Alle uitkomsten en keuzes staan in sensitivity.csv.",
    ),
    "first order": ("by itself", "op zichzelf"),
    "total": ("with all it has a part in", "met al waar het deel aan heeft"),
    "mu": ("on balance", "per saldo"),
    "under_policy": ("under ‘{policy}’", "onder ‘{policy}’"),
    "difference_made": ("difference that ‘{policy}’ makes", "verschil dat ‘{policy}’ maakt"),
    "luck_row": ("luck of the towns drawn, at most", "toeval van de getrokken steden, hooguit"),
    "sobol_figure": (
        "share of the variance between futures, {when}; bars: 95% interval; dotted: what luck of "
        "the towns would give at most",
        "deel van de variantie tussen toekomsten, {when}; balken: 95%-interval; gestippeld: wat "
        "toeval van de steden hooguit zou geven",
    ),
    "morris_figure": (
        "mean absolute change from low to high, {when}; bars: 95% interval; dotted: what luck of "
        "the towns would give at most",
        "gemiddelde absolute verandering van laag naar hoog, {when}; balken: 95%-interval; "
        "gestippeld: wat toeval van de steden hooguit zou geven",
    ),
    "latin hypercube_figure": (
        "rank correlation with the outcome, the others held, {when}; bars: 95% interval",
        "rangcorrelatie met de uitkomst, de andere gelijk gehouden, {when}; balken: 95%-interval",
    ),
    "sobol_note": (
        "Share of the variance of an outcome between futures that a quantity brings with all it "
        "has a part in, and between brackets its 95% interval; what it does only together with "
        "others is left out of ‘by itself’. Shares may add up to more than 100%. ○: no more than "
        "luck of the towns drawn may give.",
        "Deel van de variantie van een uitkomst tussen toekomsten dat een grootheid brengt met al "
        "waar ze deel aan heeft, en tussen haakjes het 95%-interval daarvan; wat ze alleen samen "
        "met andere doet, telt bij ‘op zichzelf’ niet mee. Samen kan het meer zijn dan 100%. ○: "
        "niet meer dan toeval van de getrokken steden kan geven.",
    ),
    "morris_note": (
        "How much an outcome changes on average, whichever way, when a quantity goes from its "
        "lowest to its highest value, and between brackets the 95% interval. ‘On balance’ has the "
        "sign: where it is much smaller, the quantity works one way at some values of the others "
        "and the other way at others. ○: no more than luck of the towns drawn may give.",
        "Hoeveel een uitkomst gemiddeld verandert, welke kant ook op, als een grootheid van de "
        "laagste naar de hoogste waarde gaat, en tussen haakjes het 95%-interval. ‘Per saldo’ "
        "heeft het teken: is dat veel kleiner, dan werkt de grootheid bij sommige waarden van de "
        "andere de ene kant op en bij sommige de andere. ○: niet meer dan toeval van de getrokken "
        "steden kan geven.",
    ),
    "latin hypercube_note": (
        "Rank correlation of a quantity with an outcome, the others held, and between brackets "
        "its 95% interval: +1 or −1 where the outcome always rises or falls with it, 0 where the "
        "two have nothing to do with each other. ○: could be none.",
        "Rangcorrelatie van een grootheid met een uitkomst, de andere gelijk gehouden, en tussen "
        "haakjes het 95%-interval: +1 of −1 als de uitkomst er altijd mee stijgt of daalt, 0 als "
        "de twee niets met elkaar te maken hebben. ○: kan ook nul zijn.",
    ),
    "value_what": ("{words} under ‘{policy}’", "{words} onder ‘{policy}’"),
    "difference_what": (
        "the difference in {words} that ‘{policy}’ makes",
        "het verschil in {words} dat ‘{policy}’ maakt",
    ),
    "powers": (
        "Sobol's points fill the space evenly in powers of two: {low} or {high} are better than "
        "{n}.",
        "Sobol-punten vullen de ruimte gelijkmatig bij machten van twee: {low} of {high} is beter "
        "dan {n}.",
    ),
    "holes": (
        "{what}: no indices, for {missing} of {n} points have no result, and a {design} design "
        "needs all (see failures.csv).",
        "{what}: geen indices, want {missing} van de {n} punten hebben geen uitkomst, en een "
        "{design}-ontwerp heeft ze alle nodig (zie failures.csv).",
    ),
    "no_spread": ("{what} is the same in all futures.", "{what}: in alle toekomsten gelijk."),
    "too_few": (
        "{what}: too few points for all that varies; take {least} or more.",
        "{what}: te weinig punten voor alles wat varieert; neem er {least} of meer.",
    ),
    "drowned": (
        "{what}: nothing to be told from luck of the towns drawn; take more seeds.",
        "{what}: niets te onderscheiden van het toeval van de getrokken steden; neem meer steden.",
    ),
    "none_goes": (
        "{what}: goes clearly with none of the quantities.",
        "{what}: met geen van de grootheden een duidelijke samenhang.",
    ),
    "sobol_most": (
        "most of the spread of {what} between futures comes from {name}, share {index}{next}.",
        "bij {what} komt de spreiding tussen toekomsten het meest van {name}, aandeel "
        "{index}{next}.",
    ),
    "morris_most": (
        "{what} changes most with {name}, {index} from low to high{next}.",
        "bij {what} is de verandering het grootst met {name}, {index} van laag naar hoog{next}.",
    ),
    "latin hypercube_most": (
        "{what} goes most with {name}, rank correlation {index}{next}.",
        "bij {what} is de samenhang het sterkst met {name}, rangcorrelatie {index}{next}.",
    ),
    "then": ("; then {names}", "; daarna {names}"),
    "not_apart": ("; not to be told apart from {names}", "; niet te onderscheiden van {names}"),
    "wide": (
        " The intervals are wide: take more points.",
        " De intervallen zijn breed: neem meer punten.",
    ),
    "without_points": (
        " Without {n} points that have no result.",
        " Zonder {n} punten die geen uitkomst hebben.",
    ),
    "luck_unknown": (
        " One seed: what is luck of the towns drawn is not known.",
        " Eén stad: wat toeval van de getrokken stad is, is niet bekend.",
    ),
    "luck_is": (
        " Of that spread {share} is luck of the towns drawn: take more seeds.",
        " Van die spreiding is {share} toeval van de getrokken steden: neem meer steden.",
    ),
    "others_most": (
        "For the other outcomes, what counts most is {parts}.",
        "Bij de andere uitkomsten telt het meest: {parts}.",
    ),
    "other_most": ("{name} for {words}", "{name} bij {words}"),
}

REGRET = {
    "regret_about": (
        "How far behind the best policy, future by future",
        "Hoe ver achter het beste beleid, toekomst voor toekomst",
    ),
    "regret_figure": (
        "regret: how far behind the best policy in the same future, {when}; dot: mean, line: 90% "
        "of futures, cross: worst",
        "spijt: hoe ver achter het beste beleid in dezelfde toekomst, {when}; stip: gemiddeld, "
        "lijn: 90% van de toekomsten, kruis: slechtst",
    ),
    "regret_note": (
        "Regret is how far a policy stays behind the one that does best in the same future, on "
        "the same people. Clearly best: beyond the luck of the towns drawn.",
        "Spijt is hoe ver een beleid achterblijft bij wat in dezelfde toekomst het best uitkomt, "
        "bij dezelfde mensen. Duidelijk het best: los van het toeval van de getrokken steden.",
    ),
    "more": ("more is better", "meer is beter"),
    "less": ("less is better", "minder is beter"),
    "mean_regret": ("Mean regret", "Gemiddelde spijt"),
    "regret_90": ("In 90% of futures at most", "In 90% van de toekomsten hooguit"),
    "worst_regret": ("At worst", "Op zijn slechtst"),
    "best": ("Best in", "Het best in"),
    "clearly_best": ("Clearly best in", "Duidelijk het best in"),
    "no_regret": (
        "No regret for {what}: whether more is better can be argued both ways.",
        "Geen spijt bij {what}: of meer beter is, daar is voor beide iets te zeggen.",
    ),
    "least_regret": (
        "{outcome}: least to regret is ‘{policy}’, {behind}best in {best} of {n} futures{more}.",
        "{outcome}: de minste spijt geeft ‘{policy}’, {behind}het best in {best} van de {n} "
        "toekomsten{more}.",
    ),
    "behind": (
        "at worst {worst} behind the best policy (on average {mean}), ",
        "op zijn slechtst {worst} achter het beste beleid (gemiddeld {mean}), ",
    ),
    "usually_less": (
        "; ‘{policy}’ has less regret on average ({mean}), but more at worst ({worst})",
        "; ‘{policy}’ geeft gemiddeld minder spijt ({mean}), maar op zijn slechtst meer ({worst})",
    ),
    "clearly_so": (
        "; clearly so, beyond the luck of the towns, in {share}",
        "; duidelijk zo, los van het toeval van de steden, in {share}",
    ),
    "futures_left_out": (
        "; {n} futures are left out, a policy has no result there",
        "; {n} toekomsten zijn weggelaten, want daar heeft een beleid geen uitkomst",
    ),
}

SHAPLEY = {
    "shapley_about": ("What brings the difference", "Waar het verschil vandaan komt"),
    "shapley_figure": (
        "what each part of the policy brings of the difference between ‘{one}’ and ‘{other}’, "
        "{when}; bars: 95% interval",
        "wat elk deel van het beleid bijdraagt aan het verschil tussen ‘{one}’ en ‘{other}’, "
        "{when}; balken: 95%-interval",
    ),
    "shapley_note": (
        "From ‘{one}’ to ‘{other}’, {when}: what each part of the policy adds, averaged over all "
        "orders in which the parts can be changed one after the other (Shapley values).",
        "Van ‘{one}’ naar ‘{other}’, {when}: wat elk deel van het beleid toevoegt, gemiddeld over "
        "alle volgordes waarin de delen na elkaar kunnen veranderen (Shapley-waarden).",
    ),
    "part_of_policy": ("Part of the policy", "Deel van het beleid"),
    "all together": ("all together", "alles samen"),
    "split_unknown": (
        "{outcome}: not known, in every town some mix has no result.",
        "{outcome}: niet bekend, want in elke stad is er een combinatie zonder uitkomst.",
    ),
    "towns_left_out": (
        "{outcome}: {n} towns left out, a mix has no result there.",
        "{outcome}: {n} steden weggelaten, want daar is er een combinatie zonder uitkomst.",
    ),
}

PRECISION = {
    "precision_about": ("How precise the differences are", "Hoe nauwkeurig de verschillen zijn"),
    "precision_note": (
        "Half the width of the 95% interval of a difference, judged from {ran}: for each outcome "
        "that of the policy of which it is known least.",
        "De helft van het 95%-interval van een verschil, naar wat er bij {ran} uitkwam: bij elke "
        "uitkomst dat van het beleid waarvan het verschil het minst bekend is.",
    ),
    "others_note": (
        "Last column: what it would take if each policy were lived by other people, with its 95% "
        "interval.",
        "Laatste kolom: wat er nodig zou zijn als elk beleid bij andere mensen werd nagebootst, "
        "met het 95%-interval.",
    ),
    "seeds_ran": ("{n} towns", "{n} steden"),
    "points_ran": ("{n} points", "{n} punten"),
    "outcome": ("Outcome", "Uitkomst"),
    "known_head": ("Known to ±", "Bekend tot op ±"),
    "wanted": ("Wanted ±", "Gewenst ±"),
    "seeds_needed": ("Towns needed", "Steden nodig"),
    "points_needed": ("Points needed", "Punten nodig"),
    "least_known": ("Known least for", "Het minst bekend bij"),
    "others_head": ("On other people", "Bij andere mensen"),
    "enough": ("{n} are enough", "{n} is genoeg"),
    "about_so_many": ("about {needed} ({most})", "ongeveer {needed} ({most})"),
    "at_most": ("at most {n}", "hooguit {n}"),
    "far_more": ("perhaps far more", "misschien veel meer"),
    "as_many": ("as many", "evenveel"),
    "not_known": ("not known", "niet bekend"),
    "times_as_many": (
        "{times} times as many ({low} to {high})",
        "{times} keer zoveel ({low} tot {high})",
    ),
    "rough": (
        "Rough, judged from {ran}; what is said as 'at most' holds 95 times in 100.",
        "Ruw, naar wat er bij {ran} uitkwam; wat met ‘hooguit’ wordt gezegd, klopt 95 van de 100 "
        "keer.",
    ),
}

ANALYSES = {**SENSITIVITY, **REGRET, **SHAPLEY, **PRECISION}
