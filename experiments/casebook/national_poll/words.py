"""Words of the national poll: figure, answer and tables, in English and in Dutch."""

TITLES = {
    "en": ("municipalities whose teams contribute (share)", "outreach given, as pressure grows"),
    "nl": ("gemeenten waar teams bijdragen (aandeel)", "outreach gegeven, bij meer druk"),
}
AXES = {
    "en": ("cases per full-time worker", "share of the wanted outreach that was given"),
    "nl": ("zaken per voltijds werker", "deel van de gewenste outreach dat is gegeven"),
}
NOTES = {
    "en": "left: bars: from strict to lenient bounds; diamond: the poll of 2019 (E40); right: "
    "a dot a municipality",
    "nl": "links: balken: van strenge tot ruime grenzen; ruit: de peiling van 2019 (E40); rechts: "
    "een stip per gemeente",
}
ANSWER = {
    "goals": {
        "en": "by the usual bounds the teams of {usual} of the municipalities contribute to the "
        "goals of the reform ({strict} by strict and {lenient} by lenient bounds), and the poll "
        "of 2019, {poll}, lies {place} these.",
        "nl": "met de gewone grenzen dragen de teams van {usual} van de gemeenten bij aan de "
        "doelen van de hervorming ({strict} met strenge en {lenient} met ruime grenzen), en de "
        "peiling van 2019, {poll}, ligt {place}.",
    },
    "between": {"en": "between", "nl": "daartussen"},
    "outside": {"en": "outside", "nl": "daarbuiten"},
    "rest": {
        "en": "with ‘{staff}’ the share of people approached before they ask goes from {now} to "
        "{then}, and with ‘{integral}’ the cost of help is {change} than with ‘{old}’ (published, "
        "for families with problems: {published}).",
        "nl": "met ‘{staff}’ gaat het deel van de mensen dat outreachend wordt benaderd van {now} "
        "naar {then}, en met ‘{integral}’ zijn de kosten van hulp {change} dan met ‘{old}’ "
        "(gepubliceerd, voor gezinnen met problemen: {published}).",
    },
}
TABLES = {
    "goals": {
        "en": "Municipalities whose teams contribute, by goal (between brackets: from strict to "
        "lenient bounds, which are assumptions)",
        "nl": "Gemeenten waar teams bijdragen, per doel (tussen haakjes: van strenge tot ruime "
        "grenzen; die zijn aannames)",
    },
    "goal": {"en": "Goal", "nl": "Doel"},
    "published": {"en": "poll of 2019", "nl": "peiling van 2019"},
    "national": {
        "en": "The country, means over clients (between brackets: difference from ‘{first}’; ○: "
        "could be none)",
        "nl": "Het land, gemiddelden over cliënten (tussen haakjes: verschil met ‘{first}’; ○: "
        "kan ook nul zijn)",
    },
    "policy": {"en": "Policy", "nl": "Beleid"},
    "outreach_given": {"en": "approached before they ask", "nl": "outreachend benaderd"},
    "forms": {
        "en": "Forms of teams under ‘{first}’",
        "nl": "Vormen van teams bij ‘{first}’",
    },
    "form": {"en": "Form", "nl": "Vorm"},
    "municipalities": {"en": "municipalities", "nl": "gemeenten"},
}
FORMS_NL = {
    "broad": "breed",
    "broad for complex cases": "breed voor complexe zaken",
    "by domain": "per domein",
    "front with specialists behind": "generalisten voorop, specialisten erachter",
}
