"""The word lists of the guard. Lower case; quotes and dashes plain, as `folding` leaves them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def words(text: str) -> list[str]:
    """The words of a list that is written as one text."""
    return text.split()


MONTHS = words("januari februari maart april mei juni juli augustus september oktober november december")
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "jan": 1, "feb": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag")
QUARTERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4}

# A quantifier with the word of the rule it claims to be; "" when the rule has no such word.
QUANTIFIERS: dict[str, str] = (
    dict.fromkeys(
        words(
            "alle alles allen allemaal allebei iedereen ieders iedere ieder elk elke beide beiden voltallig "
            "voltallige altijd overal"
        ),
        "alle",
    )
    | dict.fromkeys(words("geen niemand niets nooit nergens geeneen"), "geen")
    | dict.fromkeys(
        ["de meeste", "de meesten", "meeste", "meesten", "merendeel", "het merendeel", "meerderheid",
         "de meerderheid", "grootste deel", "het grootste deel", "grotendeels", "het gros", "overgrote deel",
         "het overgrote deel"],
        "de meeste",
    )
    | dict.fromkeys(["de helft", "helft"], "de helft")
    | dict.fromkeys(
        ["veel", "vele", "velen", "zeer veel", "heel veel", "zoveel mogelijk", "weinig", "weinige",
         "weinigen", "enkele", "enkelen", "enige", "sommige", "sommigen", "diverse", "verschillende",
         "meerdere", "verscheidene", "talrijk", "talrijke",
         "talloze", "ettelijke", "menig", "menige", "allerlei",
         "allerhande", "legio", "tal van", "een aantal", "een paar", "een groot aantal", "een klein aantal",
         "een groot deel", "een klein deel", "een deel", "een handvol", "een reeks", "een minderheid",
         "de minderheid", "minderheid", "een meerderheid", "deels", "gedeeltelijk", "vrijwel", "nagenoeg",
         "bijna", "vrijwel alle", "nagenoeg alle", "bijna alle", "vrijwel geen", "bijna geen",
         "nauwelijks"],
        "",
    )
)  # fmt: skip

FREQUENCIES = ("vaak", "vaker", "soms", "zelden", "meestal", "doorgaans", "regelmatig")
APPROXIMATIONS = ("ongeveer", "circa", "ca.", "plusminus", "plm.", "om en nabij")

VAGUE_TIMES = (
    "voor de zomer", "na de zomer", "komende fase", "komend jaar", "komende jaar", "komende jaren",
    "komende periode", "afgelopen jaar", "afgelopen jaren", "afgelopen periode", "vorig jaar", "volgend jaar",
    "dit jaar", "dit kwartaal", "deze maand", "vorige maand", "volgende maand", "binnenkort", "onlangs",
    "recent", "recentelijk", "op korte termijn", "op termijn", "te zijner tijd", "spoedig",
)  # fmt: skip

# Judging words with their inflections; "~" stands for an optional final e.
# Without accents, since they are looked for in text without accents.
_JUDGEMENTS = words(
    "goed~ beter~ beste uitvoerig~ belangrijk~ belangrijker belangrijkste gedegen nauwgezet nauwgezette "
    "beperkt~ succesvol succesvolle harmonieus harmonieuze harmonie gelukkig~ zorgvuldig~ adequaat "
    "adequate voldoende onvoldoende optimaal optimale effectief effectieve efficient~ duidelijk~ "
    "helder~ grondig~ uitstekend~ prima positief positieve negatief negatieve slecht~ zeer uiterst "
    "bijzonder~ snel snelle tijdig~ vlot vlotte soepel~ intensief intensieve stevig~ sterk~ flink~ "
    "fors~ aanzienlijk~ substantieel substantiele significant~ mijlpaal robuust~ toekomstbestendig~ "
    "constructief constructieve prettig~ enthousiast~ trots krachtig~ laagdrempelig~ inspirerend~ "
    "waardevol waardevolle gunstig~ mooi mooie ernstig~ ingrijpend~ uniek~ vernieuwend~ innovatief "
    "innovatieve professioneel professionele degelijk~ geslaagd~ vruchtbaar vruchtbare deugdelijk~ "
    "gering~ helaas "
)
JUDGEMENTS = frozenset(
    form for word in _JUDGEMENTS for form in ([word[:-1], word[:-1] + "e"] if word.endswith("~") else [word])
)

PROPER_NAMES = re.compile(r"\b(?:Eerste|Tweede) Kamer\b")
"""Bodies whose name holds a number word; only with capitals."""

IDIOMS = re.compile(
    r"\bin acht (?:te )?(?:genomen|nemen|neemt|nam|namen)\b|\b(?:één|een)-op-(?:één|een)"
    r"|\bacht(?= (?:het|dit|dat|de|deze|zich|een|hem|haar|hen|hij|zij|u|ik)\b)"
)
"""Where a number word is none: "in acht nemen", "het college acht dit nodig"."""


NUMBERED = frozenset(
    words(
        "fase deel bijlage hoofdstuk titel afdeling paragraaf artikel boek schaal groep klasse categorie type tabel "
        "figuur niveau ronde spoor variant scenario wereldoorlog"
    )
)
"""What a Roman numeral behind it names: "fase II" is a name and counts nothing."""

NO_NOUNS = frozenset(
    words(
        "de het een van voor met zonder in op aan bij uit door over om te tot naar onder tegen tussen en of maar want "
        "dan dat die dit deze er is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen zal "
        "zullen moet moeten gaat gaan staat staan ook nog niet al als wie wat waar hun onze ons ruim samen alle "
        "alleen totaal binnen buiten volgens gaf geeft won"
    )
)
"""Small words of a sentence: what comes before or after a number, and no noun."""


@dataclass(frozen=True)
class Trap:
    """A slip that occurs in practice. `pattern` runs on the typed text; `replacement` puts it right."""

    pattern: re.Pattern[str]
    replacement: str
    reason: str | Promise


def _trap(pattern: str, replacement: str, reason: str | Promise, flags: re.RegexFlag = re.IGNORECASE) -> Trap:
    return Trap(re.compile(pattern, flags), replacement, reason)


_DIAERESIS = _("Hier hoort een trema.")
_ONE_WORD = _("Schrijf dit aan elkaar.")

SPELLING = (
    _trap(r"\b(door)(middel)\b", r"\1 \2", _("Schrijf dit als losse woorden.")),
    _trap(r"\b(ten)(slotte)\b", r"\1 \2", _("In de betekenis ‘tot slot’ zijn dit losse woorden.")),
    _trap(r"\b(de|het)(verantwoordelijkhe(?:id|den))\b", r"\1 \2", _("Hier ontbreekt een spatie.")),
    _trap(r"\b(ge)[iï](nform)(erde?)\b", r"\1ï\2e\3", _("Schrijf een trema en een dubbele e.")),
    _trap(
        r"\b(ge)i((?:nform|nvent|ntro|nspi|ntegr|nstal|nstru|nterv|mpl|mpor|dent|soleer)\w*)",
        r"\1ï\2",
        _DIAERESIS,
    ),
    _trap(r"\b(be)i(nvloed\w*)", r"\1ï\2", _DIAERESIS),
    _trap(r"\b(ge)e(valueer\w*)", r"\1ë\2", _DIAERESIS),
    _trap(r"\b((?:ge)?cre)e(e?r(?:en|de?|t))\b", r"\1ë\2", _DIAERESIS),
    _trap(r"\b(\w*?co)o(rdin\w*)", r"\1ö\2", _DIAERESIS),
    _trap(r"\b(re)e(ele?)\b", r"\1ë\2", _DIAERESIS),
    _trap(r"\b(effici)e(nte?)\b", r"\1ë\2", _DIAERESIS),
    _trap(r"\b(financi|idee)e(n)\b", r"\1ë\2", _DIAERESIS),
    _trap(r"\b(portefeuillehouders) (overleg\w*)", r"\1\2", _ONE_WORD),
    _trap(r"\b(control) (functie)\b", r"\1\2", _ONE_WORD),
    _trap(r"\b(organisatie) (ontwikkeltraject\w*)", r"\1\2", _ONE_WORD),
    _trap(
        r"\b(Duo\+) (medewerkers?|gemeenten?)\b", r"\1-\2", _("Zet een streepje na een naam met een teken.")
    ),
)
TERMS = (
    _trap(
        r"\bBaseline (?:voor )?(?:de )?Overheidsinstellingen\b"
        r"|\bBaseline Informatiebeveiliging (?:voor )?(?:de )?(?:Overheden|Overheidsinstellingen)\b",
        "Baseline Informatiebeveiliging Overheid",
        _("De BIO heet voluit Baseline Informatiebeveiliging Overheid."),
    ),
    _trap(r"\bDUO\b\+?", "Duo+", _("De samenwerking heet Duo+."), re.RegexFlag(0)),
    _trap(r"\bmindervaliden\b", "mensen met een beperking", _("Noem eerst de mens.")),
)
GRAMMAR = (
    _trap(r"\bworden (moeten|kunnen|zullen|mogen)\b", r"\1", _("‘worden’ is hier te veel.")),
    _trap(r"\b(duidelijk|vertrouwelijk)(?= (?:scheiding|informatie)\b)", r"\1e", _("Hier ontbreekt een e.")),
)
LIGATURE = re.compile(r"(?<!\w)\w*[ĳĲ]\w*")
