"""The published figures in words: statistic, group, moment and source, in English and in Dutch."""

from simulation.evidence import evidence

STATISTICS_NL = {
    "E01": "deelnemers geïnterviewd",
    "E02": "deelnemers geïnterviewd",
    "E03": "deelnemers opnieuw geïnterviewd",
    "E04": "deelnemers opnieuw geïnterviewd",
    "E05": "conferenties waaruit is getrokken",
    "E06": "cliënten waaruit is getrokken",
    "E07": "hoogstens middelbare school",
    "E08": "hoogstens middelbare school",
    "E09": "met bijstand",
    "E10": "problemen per cliënt",
    "E11": "problemen per cliënt",
    "E12": "problemen per cliënt (twee keer geïnterviewd)",
    "E13": "problemen per cliënt (twee keer geïnterviewd)",
    "E14": "problemen per cliënt (twee keer geïnterviewd)",
    "E15": "problemen per cliënt (twee keer geïnterviewd)",
    "E16": "uren om het netwerk in kaart en bijeen te brengen",
    "E17": "uren om het netwerk in kaart en bijeen te brengen",
    "E18": "grootte van het netwerk",
    "E19": "grootte van het netwerk",
    "E20": "mensen die steun geven",
    "E21": "mensen die steun geven",
    "E22": "mensen die steun geven",
    "E23": "mensen die steun geven",
    "E24": "werkers die complexiteit laten beslissen over het netwerk",
    "E25": "cliënten aan wie steun van het netwerk is voorgesteld",
    "E26": "keukentafelgesprekken zonder familie of vrienden",
    "E27": "aantal professionele helpers",
    "E28": "goed resultaat vooral aan het netwerk te danken",
    "E29": "goed resultaat aan netwerk en professional te danken",
    "E30": "deel met geen of weinig verbetering",
    "E31": "afname van problemen van de jeugd",
    "E32": "tevredenheid met oplossingen",
    "E33": "nettobesparing in het eerste jaar als steun pleegzorg van één kind voorkomt",
    "E34": "nettobesparing in het eerste jaar als het netwerk huishouden en papieren doet van een "
    "volwassene met psychische klachten",
    "E35": "nettobesparing in het eerste jaar als toezicht door het netwerk een omgangsregeling na "
    "een vechtscheiding doet slagen",
    "E36": "werkers die het recht op een familiegroepsplan niet kennen",
    "E37": "cliënten die het recht op een familiegroepsplan kennen",
    "E38": "inwoners die outreachend zijn benaderd",
    "E39": "inwoners die outreachend zijn benaderd",
    "E40": "gemeenten die vinden dat teams bijdragen aan de doelen van de hervorming",
    "E41": "kosten van hulp door integrale teams tegenover het oude stelsel",
    "E42": "mensen bij een conferentie",
    "E43": "aanmeldingen die tot een plan leiden",
    "E44": "prijs van een conferentie",
    "E45": "gezinnen die een aangeboden conferentie afslaan",
    "E46": "plannen die ten minste voor een deel zijn uitgevoerd",
    "E47": "teams in Rotterdam",
    "E48": "norm om een zaak van een volwassene of een kind af te sluiten",
    "E49": "cliënten zonder plan na de norm van zes weken",
    "E50": "cliënten per jaar en gemiddelde wachttijd",
    "E51": "zaken per voltijds werker",
    "E52": "uurtarief van begeleiding",
    "E53": "jaarlijks verlies van banden en van helpers onder de bevolking",
    "E54": "zwaar belaste mantelzorgers, en uren per week die zij en anderen geven",
    "E55": "odds ratio van belasting boven 16 uur per week",
    "E56": "huishoudens met geregistreerde problematische schulden",
    "E57": "huishoudens met schulden die dat ten minste 3 jaar hebben",
    "E58": "mediane duur van een depressieve episode",
    "E59": "depressieve episodes die na 2 tot 3 jaar niet over zijn",
    "E60": "schulden en psychische stoornissen die elkaar oproepen en in stand houden",
    "E61": "vormen van teams: breed, alleen voor complexe zaken breed, per domein, generalisten "
    "voorop",
}
GROUPS_NL = {
    "EKC": "conferentie",
    "WT": "wijkteam",
    "EKC above WT": "conferentie boven wijkteam",
    "WT above EKC": "wijkteam boven conferentie",
    "joint above one-sided": "samen gevonden boven eenzijdig",
}
MOMENTS_NL = {
    "intake": "begin",
    "full first wave": "hele eerste meting",
    "wave 1": "eerste meting",
    "wave 2": "tweede meting",
    "both waves": "beide metingen",
    "per conference": "per conferentie",
    "per referral": "per aanmelding",
}
SOURCES_NL = {
    "Rotterdam study summary (EKC) 2019": "samenvatting van het onderzoek in Rotterdam, 2019",
    "Movisie poll of municipalities, reported June 2020": "peiling van Movisie onder gemeenten, "
    "bericht van juni 2020",
    "Verwey-Jonker Institute 2013, reported with the Utrecht study": "Verwey-Jonker Instituut "
    "2013, vermeld bij het onderzoek in Utrecht",
    "Eigen Kracht Centrale annual figures 2020 and 2023": "Eigen Kracht Centrale, jaarcijfers "
    "2020 en 2023",
    "Eigen Kracht Centrale annual figures 2020 2021 2023": "Eigen Kracht Centrale, jaarcijfers "
    "2020, 2021 en 2023",
    "Eigen Kracht Centrale price information 2015 (secondary source)": "Eigen Kracht Centrale, "
    "prijzen 2015 (uit de tweede hand)",
    "Sert 2016, Amsterdam, 229 families": "Sert 2016, Amsterdam, 229 gezinnen",
    "Rotterdam audit office 2018, press": "Rekenkamer Rotterdam 2018, uit de pers",
    "Utrecht monitor 2020": "monitor van Utrecht, 2020",
    "Union press 2022, 2024; no official norm exists": "vakbondspers 2022 en 2024; een officiële "
    "norm is er niet",
    "Municipal tariffs Ede, Westerveld 2023": "gemeentelijke tarieven Ede en Westerveld, 2023",
    "Regional health survey 2016": "regionale gezondheidsenquête 2016",
}


def statistic(identity: str, language: str) -> str:
    """What a published figure is about."""
    return STATISTICS_NL[identity] if language == "nl" else evidence().loc[identity, "statistic"]


def group(identity: str, language: str) -> str:
    """Whom it is about."""
    english = evidence().loc[identity, "group"]
    return GROUPS_NL.get(english, english) if language == "nl" else english


def moment(identity: str, language: str) -> str:
    """When it was measured."""
    english = evidence().loc[identity, "moment"]
    return MOMENTS_NL.get(english, english) if language == "nl" else english


def source(identity: str, language: str) -> str:
    """Where it was published."""
    english = evidence().loc[identity, "source"]
    return SOURCES_NL.get(english, english) if language == "nl" else english
