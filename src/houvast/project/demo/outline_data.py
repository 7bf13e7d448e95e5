"""The headings of Diemen's chapter of 2021, as its accounts have them, by the key of the section."""

HEADINGS = {
    "trajectory": "Diemen ’22",
    "values": "Nieuwe organisatievisie en kernwaarden",
    "team_plans": "Teamplannen nieuwe stijl",
    "board_sensitivity": "Inzet op bestuurlijke sensitiviteit vanuit de ambtelijke organisatie",
    "events": "Inspiratiesessies",
    "talent": "Talentprogramma voor iedereen",
    "housing": "Huisvestingsvisie gemeentehuis",
    "partnership": "Samenwerking Duo+",
    "partnership.governance": "Doorontwikkeling governance",
}
