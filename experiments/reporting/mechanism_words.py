"""Mechanisms in words: what each code stands for, in English and in Dutch."""

MECHANISMS = {
    "M1": ("many problems keep the network out", "veel problemen houden het netwerk buiten"),
    "M2": ("lack of time keeps the network out", "tijdgebrek houdt het netwerk buiten"),
    "M3": ("the network has to be found", "het netwerk moet worden gevonden"),
    "M4": ("to begin is not to last", "beginnen is nog niet volhouden"),
    "M5": ("a joint plan binds", "een gezamenlijk plan bindt"),
    "M6": ("who convenes is independent", "wie bijeenroept is onafhankelijk"),
    "M7": ("types of ties differ", "soorten banden verschillen"),
    "M8": ("asking is hard", "vragen is moeilijk"),
    "M9": ("reciprocity", "wederkerigheid"),
    "M10": ("burden makes helpers stop", "overbelasting doet stoppen"),
    "M11": ("need repels", "nood schrikt af"),
    "M12": ("problems feed each other, pass, come back",
            "problemen voeden elkaar, gaan over, komen terug"),
    "M13": ("domains of life differ", "leefgebieden verschillen"),
    "M14": ("network and professional complement each other",
            "netwerk en professional vullen elkaar aan"),
    "M15": ("cooperation has to be made", "samenwerking moet worden gemaakt"),
    "M16": ("professionals crowd the network out", "professionals verdringen het netwerk"),
    "M17": ("closing is hard", "afsluiten is moeilijk"),
    "M18": ("a low threshold creates demand", "een lage drempel schept vraag"),
    "M19": ("work pressure", "werkdruk"),
    "M20": ("steering on input or outcome", "sturing op inzet of uitkomst"),
    "M21": ("the right to a plan is unknown", "het recht op een plan is onbekend"),
    "M22": ("an offer is not yet a plan", "een aanbod is nog geen plan"),
    "M23": ("agencies refuse and pass on", "instellingen weigeren en schuiven door"),
    "M24": ("who comes, and when it is at its worst", "wie er komt, en op het slechtste moment"),
    "M25": ("plans contradict each other", "plannen spreken elkaar tegen"),
    "M26": ("groups in the neighbourhood", "groepen in de buurt"),
    "M27": ("joint solutions satisfy more", "samen gevonden oplossingen bevallen beter"),
    "M28": ("schooling and peer review", "scholing en intervisie"),
}  # fmt: skip


def mechanism(code: str, language: str) -> str:
    """What a mechanism's code stands for."""
    return MECHANISMS[code][language == "nl"] if code in MECHANISMS else code
