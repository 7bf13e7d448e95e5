import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houvast.core.report import guard, numerals, prose
from houvast.core.report.claims import Kind
from houvast.core.report.dutch import cardinal, ordinal
from houvast.core.report.findings import FixKind, Rule
from houvast.core.report.tests.examples import CHAPTER, by_key, claim, count, of


def errors(text, claims=CHAPTER):
    return [(found.text, found.rule) for found in guard.check(text, claims) if found.severity == "error"]


def warnings(text, claims=CHAPTER):
    return [(found.text, found.rule) for found in guard.check(text, claims) if found.severity == "warning"]


def only(text, claims=CHAPTER):
    (found,) = guard.check(text, claims)
    return found


def bindings(text, claims=CHAPTER):
    """What the text becomes by each binding of the first finding."""
    first = guard.check(text, claims)[0]
    return [guard.apply(text, fix) for fix in first.suggestions if fix.kind is FixKind.BIND]


# Figures and number words


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Er waren 9 incidenten.", "9"),
        ("Er kwamen 12.345 mensen.", "12.345"),
        ("Zie A4.", "A4"),
        ("Team22b won.", "Team22b"),
        ("Dat is 5,5% meer.", "5,5%"),
        ("Dat is 60 procent.", "60 procent"),
        ("Het kost € 1.234,50.", "€ 1.234,50"),
        ("Het kost 38,4 mln euro.", "38,4 mln euro"),
        ("Dus 13 van de 14 teams.", "13 van de 14"),
        ("Er waren ③ mensen.", "③"),
        ("Er was ½ dag.", "½"),
        ("Er waren ٣ mensen.", "٣"),
        ("Deel Ⅳ.", "Ⅳ"),
        ("Ver\u200b9der", "Ver\u200b9der"),
        ("Al 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17.", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"),
    ],
)
def test_figures_are_refused(text, typed):
    assert errors(text) == [(typed, Rule.DIGIT)]


@pytest.mark.parametrize(
    "word",
    [
        "negen", "Vijfentwintig", "tweeëntwintig", "tweee\u0308ntwintig", "honderdeneen", "elfhonderd",
        "tweeduizend eenentwintig", "twee miljoen", "één", "éénmaal", "anderhalf", "tientallen", "dertiende",
        "eerste", "honderdste", "twee derde", "drietal", "tweemaal", "driejarige", "halve", "nul",
        "verdubbeld", "vierentwintigste", "duizendenéén",
    ],
)  # fmt: skip
def test_number_words_are_refused(word):
    assert errors(f"Zij zagen {word} teams.") == [(word, Rule.NUMBER_WORD)]


@pytest.mark.parametrize(
    "text",
    [
        "Een eenheid is een organisatieonderdeel.",
        "Achter het gemeentehuis loopt het drieluik.",
        "Alleen derden leren van elkaar, geenszins eenzijdig.",
        "Het eenvoudige teamplan is vernieuwd in dit kwartaalbericht.",
        "Dit is in acht genomen en het college acht het nodig.",
        "Er is een één-op-één gesprek in de Tweede Kamer.",
        "Vieren en zevenen horen bij het kwartaal, eenmaal per keer.",
        "De nulmeting is voor de vijftigplusser.",
    ],
)
def test_words_that_only_look_like_numbers_are_left_alone(text):
    assert errors(text) == []


def test_an_ordinal_is_refused_but_not_in_the_name_of_a_body():
    assert errors("De tweede kamer van het gebouw.") == [("tweede", Rule.NUMBER_WORD)]
    assert errors("De Tweede Kamer.") == []


def test_words_beside_each_other_are_one_number_only_when_they_make_one():
    assert errors("twee drie") == [("twee", Rule.NUMBER_WORD), ("drie", Rule.NUMBER_WORD)]
    assert errors("twee eerste") == [("twee", Rule.NUMBER_WORD), ("eerste", Rule.NUMBER_WORD)]
    assert errors("tientallen drie") == [("tientallen", Rule.NUMBER_WORD), ("drie", Rule.NUMBER_WORD)]
    assert errors("twee, drie") == [("twee", Rule.NUMBER_WORD), ("drie", Rule.NUMBER_WORD)]


@settings(deadline=None)
@given(st.integers(0, 999_999))
def test_every_number_word_is_read_back(number):
    words = cardinal(number).split()
    values = [numerals.value(word) for word in words]
    assert sum(values) == number
    assert all(map(numerals.is_number, words))


@settings(deadline=None)
@given(st.integers(1, 999))
def test_every_rank_is_read_back(number):
    assert numerals.value(ordinal(number)) == number
    assert numerals.is_rank(ordinal(number))


def test_endless_words_are_no_number():
    assert not numerals.is_number("duizend" * 50)
    assert numerals.value("duizendduizend") is None
    assert numerals.value("xhonderd") is None
    assert numerals.value("tweedehonderd") is None


def test_figures_beside_a_date_are_found_too():
    assert errors("Op 17 oktober 2021.5 dus.") == [("17 oktober 2021", Rule.DATE), ("5", Rule.DIGIT)]


def test_a_loose_number_can_be_taken_out():
    text = "Op een 3 laagdrempelige manier."
    found = next(item for item in guard.check(text, CHAPTER) if item.severity == "error")
    assert (found.text, found.rule) == ("3", Rule.LOOSE_NUMBER)
    remove = next(fix for fix in found.suggestions if fix.kind is FixKind.REPLACE)
    assert guard.apply(text, remove) == "Op een laagdrempelige manier."


# Binding


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("9 dagen", ["[[security.incidents]] dagen"]),
        ("negen dagen", ["[[security.incidents|woord]] dagen"]),
        ("17 datalekken", ["[[security.breaches|telling]]"]),
        ("0 boetes", ["[[security.none|telling]]"]),
        ("zeventien datalekken", ["[[security.breaches|telling-woord]]"]),
        ("17 zware datalekken", ["[[security.breaches]] zware datalekken"]),
        ("4 directieleden", ["[[structure.directors|cijfer]] directieleden"]),
        ("60%", ["[[housing.office_share]]"]),
        ("38,4 miljoen euro", ["[[housing.budget]]"]),
        ("€ 38,4 mln", ["[[housing.budget|euro-mln]]"]),
        ("drie waarden", ["[[values.values|aantal]] waarden"]),
        ("13 van de 14 teams", ["[[structure.teams_with_leader]] teams"]),
        ("dertien van de veertien teams", ["[[structure.teams_with_leader]] teams"]),
        ("2 van de 3 teams", []),
        ("8", []),
        ("1 oktober", ["[[events.outreach_day]]"]),
        ("vrijdag 1 oktober 2021", ["[[events.outreach_day|weekdag]]"]),
        ("2021-10-01", ["[[events.outreach_day]]"]),
        ("01-10-2021", ["[[events.outreach_day]]"]),
        ("1/10/2021", ["[[events.outreach_day]]"]),
        ("27 september tot en met 1 oktober", ["[[events.week]]"]),
        ("27 september t/m 1 oktober 2021", ["[[events.week]]"]),
        ("27 - 30 september 2021", []),
        ("het eerste kwartaal van 2022", ["[[housing.vision_due]]"]),
        ("Q1-2022", ["[[housing.vision_due]]"]),
        ("oktober 2021", ["[[events.outreach_day|maand]]"]),
        ("eind 2022", ["[[housing.vision_due|eind]]"]),
        (
            "2021",
            ["[[report.year]]", "[[events.outreach_day|jaar]]", "[[events.week|jaar]]"],
        ),
        ("Diemen '22", ["[[trajectory.name]]"]),
    ],
)
def test_a_claim_that_fits_is_offered_in_the_form_that_reads_the_same(typed, bound):
    assert bindings(typed) == bound


def test_a_sourced_fact_is_always_offered_and_is_not_a_replacement():
    found = only("Er waren 8 tests.")
    last = found.suggestions[-1]
    assert (last.label, last.kind, last.start, last.end) == ("Maak een feit met bron", FixKind.SOURCE, 9, 10)
    with pytest.raises(ValueError):
        guard.apply("Er waren 8 tests.", last)


def test_a_binding_names_the_claim():
    assert only("Er waren 9 zaken.").suggestions[0].label == "Koppel aan ‘Veiligheidsincidenten’"


@pytest.mark.parametrize("key", [key for key, made in CHAPTER.items() if made.kind is not Kind.LIST])
def test_what_a_claim_says_can_be_bound_back_to_it(key):
    made = CHAPTER[key]
    if made.kind is Kind.NAME or made.text.strip():
        texts = bindings(f"Dit is {made.text}", by_key(made))
        filled = [prose.to_text(prose.render(prose.parse(text), CHAPTER)) for text in texts]
        assert f"Dit is {made.text}" in filled


# Dates


@pytest.mark.parametrize(
    ("text", "typed", "rule"),
    [
        ("In april 2021 gebeurde het.", "april 2021", Rule.DATE),
        ("In april gebeurde het.", "april", Rule.DATE_WITHOUT_YEAR),
        ("Op 1 oktober kwam men.", "1 oktober", Rule.DATE_WITHOUT_YEAR),
        ("Op 31 februari 2021.", "31 februari 2021", Rule.DATE),
        ("Op 2021-13-01.", "2021-13-01", Rule.DATE),
        (
            "Van 27 september tot en met 1 oktober.",
            "27 september tot en met 1 oktober",
            Rule.DATE_WITHOUT_YEAR,
        ),
        (
            "Van 28 december 2020 tot en met 3 januari 2021.",
            "28 december 2020 tot en met 3 januari 2021",
            Rule.DATE,
        ),
        ("In het tweede kwartaal.", "het tweede kwartaal", Rule.DATE_WITHOUT_YEAR),
        ("In 2009 vastgesteld.", "2009", Rule.DATE),
        ("Begin 2021 verduidelijkt.", "Begin 2021", Rule.DATE),
        ("Op 3 okt. 2021 was dat.", "3 okt. 2021", Rule.DATE),
        ("Op donderdag 1 oktober 2021.", "donderdag 1 oktober 2021", Rule.WEEKDAY),
        ("Op donderdag 1 oktober.", "donderdag 1 oktober", Rule.WEEKDAY),
        ("Op donderdag 2 oktober.", "donderdag 2 oktober", Rule.DATE_WITHOUT_YEAR),
        ("Op vrijdag 1 oktober 2021.", "vrijdag 1 oktober 2021", Rule.DATE),
    ],
)
def test_dates_are_refused(text, typed, rule):
    assert errors(text) == [(typed, rule)]


def test_a_short_month_alone_is_no_date():
    assert errors("De heer Jan Dec kwam.") == []


def test_a_wrong_weekday_is_told_with_the_right_one():
    found = only("Op donderdag 1 oktober 2021.")
    assert found.message.startswith("1 oktober 2021 is een vrijdag, geen donderdag.")


def test_a_weekday_beside_a_token_belongs_in_the_token():
    text = "Op donderdag [[events.outreach_day]] kwam men."
    found = only(text)
    assert (found.rule, found.severity) == (Rule.WEEKDAY, "error")
    assert guard.apply(text, found.suggestions[0]) == "Op [[events.outreach_day|weekdag]] kwam men."
    assert warnings("Op vrijdag [[events.outreach_day|dag]].") == [("vrijdag", Rule.WEEKDAY)]
    assert errors("Op vrijdag [[security.tests]].") == []
    assert errors("Op vrijdag [[einde]].") == [("[[einde]]", Rule.SYNTAX)]
    assert errors("Op vrijdag [[?]].") == [("[[?]]", Rule.SYNTAX)]
    assert errors("Op vrijdag \x00.") == []


# Quantifiers, times, judgements


@pytest.mark.parametrize(
    "word",
    [
        "alle", "Alles", "iedereen", "elk", "elke", "ieder", "iedere", "allemaal", "beide", "geen", "niemand",
        "de meeste", "Meeste", "veel", "weinig", "enkele", "sommige", "diverse", "verschillende", "meerdere",
        "vrijwel", "nagenoeg alle", "bijna", "de helft", "het merendeel", "een aantal", "tal van", "álle",
    ],
)  # fmt: skip
def test_quantifiers_are_refused(word):
    assert errors(f"Zij zien {word} mensen.") == [(word, Rule.QUANTIFIER)]


def test_a_quantifier_that_the_register_contradicts_says_so():
    found = only("In dit jaarverslag hebben alle teams een teamleider.")
    assert "‘alle’ klopt niet: ‘Teams met een teamleider’ is nu ‘13 van de 14’" in found.message
    assert found.suggestions[0].label == "Zet ‘13 van de 14’ neer"
    assert found.suggestions[0].replacement == "[[structure.teams_with_leader]]"


@pytest.mark.parametrize(
    "text",
    ["Alle teams doen mee.", "Alle teams zonder teamleider doen mee.", "Alle teams. De teamleider komt."],
)
def test_a_sentence_about_something_else_is_not_called_untrue(text):
    found = only(text)
    assert found.message == (
        "‘Alle’ is niet gebonden aan een feit. Koppel het woord aan een feit dat dit zegt, of schrijf de zin zonder "
        "hoeveelheid. Feiten over teams: ‘Teams met een teamleider’ (13 van de 14)."
    )
    assert [fix.kind for fix in found.suggestions] == [FixKind.SOURCE]


def test_a_quantifier_about_a_noun_without_facts_names_none():
    found = only(
        "Alle bewoners doen mee.", by_key(of("b", 3, 3, "Boten met een kapitein", ("boot", "boten")))
    )
    assert found.message.endswith("schrijf de zin zonder hoeveelheid.")
    assert [fix.kind for fix in found.suggestions] == [FixKind.SOURCE]


def test_all_that_tells_a_label_must_stand_in_the_sentence():
    found = only("Alle teamleiders zijn benoemd.")
    assert "klopt niet" not in found.message
    held = by_key(of("l", 9, 14, "Teamleiders benoemd in april", ("teamleider", "teamleiders")))
    assert "klopt niet" not in guard.check("Alle teamleiders benoemd.", held)[0].message
    assert "klopt niet" in guard.check("Alle teamleiders werden benoemd in april.", held)[0].message


def test_a_part_and_a_rank_are_no_count():
    claims = by_key(count("c", 3, "fase", "fasen", "Fasen"), claim("l", Kind.LIST, ["a", "b", "c"], "Lijst"))
    for text in ("Een derde van de teams.", "De derde fase begon.", "Twee derde van de teams."):
        assert [fix.kind for fix in only(text, claims).suggestions] == [FixKind.SOURCE]
    assert bindings("Er zijn drie fasen.", claims)[0] == "Er zijn [[c|telling]]."


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("XII teams doen mee.", "XII"),
        ("De VI teams doen mee.", "VI"),
        ("Wij hebben XXXIX medewerkers.", "XXXIX"),
        ("Er zijn xii teams.", "xii"),
        ("Met XLII mensen.", "XLII"),
        ("Diemen heeft IX teams.", "IX"),
        ("Er waren [[report.year]] en XIV zaken.", "XIV"),
    ],
)
def test_roman_numerals_that_count_are_refused(text, typed):
    assert errors(text) == [(typed, Rule.DIGIT)]


def test_a_roman_numeral_is_bound_to_the_count_it_says():
    assert bindings("Er waren XVII datalekken.") == ["Er waren [[security.breaches]] datalekken."]


@pytest.mark.parametrize(
    "text",
    ["Fase II loopt nog.", "In fase II werken mensen.", "Koning Willem II opende de zaal.", "Zie bijlage IV.",
     "Deel II van de nota.", "De II werd een I.", "De heer V. de Vries.", "IIII teams."],
)  # fmt: skip
def test_a_roman_numeral_in_a_name_or_without_a_noun_is_left_alone(text):
    assert errors(text) == []


# fmt: off
OFFICE = [
    "CD", "MI", "DIV", "MC", "CV", "DI", "CI", "CC", "DC", "MD", "CM", "MM", "LI", "LC", "XL", "ML", "CIV", "DIM",
    "MIX", "CL", "DL", "AVG", "BIO", "FG", "CISO", "MT", "OR", "HRM", "ICT", "IV-er",
]
# fmt: on


@settings(deadline=None)
@given(
    st.sampled_from(OFFICE),
    st.sampled_from(["De", "Het", "Onze", "Wij spreken", "Met"]),
    st.sampled_from(["medewerkers", "afdeling", "overleg", "werkt", "is"]),
)
def test_the_abbreviations_of_an_office_are_no_numbers(abbreviation, before, after):
    assert errors(f"{before} {abbreviation} {after} verder.") == []


@settings(deadline=None)
@given(st.integers(2, 39).filter(lambda number: number not in {5, 10}))
def test_every_roman_numeral_up_to_forty_that_has_two_letters_is_read(number):
    tens, units = divmod(number, 10)
    letters = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][units]
    assert numerals.roman(letters) == number
    assert errors(f"Er zijn {letters} teams.") == [(letters, Rule.DIGIT)]


def test_longer_roman_numerals_are_read_and_false_ones_are_not():
    assert [numerals.roman(word) for word in ("MCMXCIV", "MMXXI", "XLII", "IIX", "VX", "DIV")] == [
        1994,
        2021,
        42,
        None,
        None,
        None,
    ]


def test_a_quantifier_that_fits_is_bound():
    assert bindings("De meeste teamleiders zijn benoemd.") == [
        "[[structure.leaders_in_april]] teamleiders zijn benoemd."
    ]
    found = only("De meeste teamleiders zijn benoemd.")
    assert "klopt niet" not in found.message


def test_half_is_bound_with_the_words_that_belong_to_it():
    claims = by_key(of("q", 7, 14))
    assert bindings("De helft van de teams heeft een plan.", claims) == ["[[q]] teams heeft een plan."]


def test_a_vague_quantity_becomes_a_count_of_what_follows():
    assert bindings("Er zijn diverse veiligheidstesten uitgevoerd.") == [
        "Er zijn [[security.tests|telling]] uitgevoerd."
    ]
    assert bindings("Er zijn diverse zware veiligheidstesten.") == [
        "Er zijn [[security.tests]] zware veiligheidstesten."
    ]
    assert bindings("Er zijn geen klachten.") == ["Er zijn [[security.none]] klachten."]
    assert bindings("Er zijn geen boetes.") == ["Er zijn [[security.none|telling]]."]


def test_other_loose_words_are_warned_of():
    assert warnings("Voor de zomer kwam men vaak, ongeveer zo.") == [
        ("Voor de zomer", Rule.VAGUE_TIME),
        ("vaak", Rule.QUANTIFIER),
        ("ongeveer", Rule.APPROXIMATION),
    ]


def test_judgements_ask_for_evidence():
    found = only("De impact was zeer beperkt.")
    assert (found.text, found.rule, found.severity) == ("zeer beperkt", Rule.JUDGEMENT, "warning")
    assert found.suggestions[0].replacement == "[[security.impact]]"
    assert warnings("Goed, maar uitvoerige en harmonieuze zaken.") == [
        ("Goed", Rule.JUDGEMENT),
        ("uitvoerige", Rule.JUDGEMENT),
        ("harmonieuze", Rule.JUDGEMENT),
    ]


# Slips


@pytest.mark.parametrize(
    ("text", "better", "rule"),
    [
        ("Doormiddel van overleg.", "Door middel van overleg.", Rule.SPELLING),
        ("De raad is geinformerd.", "De raad is geïnformeerd.", Rule.SPELLING),
        ("De raad is geinformeerd.", "De raad is geïnformeerd.", Rule.SPELLING),
        ("Dit is geevalueerd.", "Dit is geëvalueerd.", Rule.SPELLING),
        ("De klachtencoordinator.", "De klachtencoördinator.", Rule.SPELLING),
        ("Plekken creeren.", "Plekken creëren.", Rule.SPELLING),
        ("Van deverantwoordelijkheden.", "Van de verantwoordelijkheden.", Rule.SPELLING),
        ("De ambtelĳke organisatie.", "De ambtelijke organisatie.", Rule.SPELLING),
        ("De DUO-gemeenten.", "De Duo+-gemeenten.", Rule.TERM),
        ("De Baseline voor Overheidsinstellingen.", "De Baseline Informatiebeveiliging Overheid.", Rule.TERM),
        ("Deze worden moeten terugkomen.", "Deze moeten terugkomen.", Rule.GRAMMAR),
        ("Met vertrouwelijk informatie.", "Met vertrouwelijke informatie.", Rule.GRAMMAR),
    ],
)
def test_known_slips_are_put_right(text, better, rule):
    found = only(text)
    assert (found.rule, found.severity) == (rule, "warning")
    assert guard.apply(text, found.suggestions[0]) == better


def test_what_is_right_already_is_no_slip():
    assert guard.check("De DUO+ heet Duo+ en is geïnformeerd.", {})[0].text == "DUO+"
    assert guard.check("Duo+ is geïnformeerd, door middel van de wijziging.", {}) == ()


def test_a_part_is_never_more_than_the_whole():
    text = "Er waren [[security.incidents|telling]], waarvan [[security.breaches|telling]]."
    assert errors(text) == [("waarvan", Rule.SUBSET)]
    assert errors("Er waren [[security.breaches]], waarvan [[security.incidents]].") == []
    assert errors("Er waren zaken, waarvan [[security.incidents]].") == []
    assert errors("Er waren [[security.incidents]], waarvan akte. Er waren [[security.breaches]].") == []
    assert errors("Op [[events.outreach_day]], waarvan [[?]]")[0][1] is Rule.SYNTAX


# Tokens


def test_words_inside_tokens_are_never_reported():
    assert guard.check("[[security.breaches|telling]] [[security.none?geen/alle]] zaken", CHAPTER) == ()


def test_broken_tokens_are_reported_with_the_rest():
    assert errors("9 [[a") == [("9", Rule.DIGIT), ("[[a", Rule.SYNTAX)]
    assert errors("[[report.year|woord]]") == [("[[report.year|woord]]", Rule.CLAIM)]
    assert errors("[[no.such]]") == [("[[no.such]]", Rule.CLAIM)]
    assert warnings("[[als no.such]]x[[einde]]") == [("[[als no.such]]", Rule.CLAIM)]


TEMPLATE = (
    "De organisatie is in [[report.year]] gestart met ‘koersen’; [[als security.none]]niets[[einde]]"
    " vrĳdag één goede ijs\u0301 kop \u00ad[[security.breaches|telling]] van de helft."
)
PLACES = [
    place
    for place in range(len(TEMPLATE) + 1)
    if TEMPLATE.rfind("[[", 0, place) <= TEMPLATE.rfind("]]", 0, place - 1 if place else 0)
    and TEMPLATE[place - 1 : place + 1] not in {"[[", "]]"}
]


@settings(deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from("0379٣²Ⅷ"))
def test_a_digit_anywhere_outside_a_token_is_found(place, digit):
    text = TEMPLATE[:place] + digit + TEMPLATE[place:]
    found = [item for item in guard.check(text, CHAPTER) if item.start <= place < item.end]
    assert any(item.severity == "error" for item in found)


def test_a_sign_that_unfolds_is_reported_whole():
    assert errors("a, ⒈1.a")[0] == ("⒈1", Rule.DIGIT)
    assert {typed for typed, _ in errors("€ 3½ 5⅓.")} == {"€ 3½", "5⅓"}


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="½⅓⒈①²ﬁ…1 a.€%é", max_size=30))
def test_findings_point_at_the_text_and_come_in_order(text):
    found = guard.check(text, CHAPTER)
    assert all(text[item.start : item.end] == item.text and item.text for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)


@settings(deadline=None)
@given(st.sampled_from(["Er zijn negen teams.", "Tweeëntwintig keer één.", "Álle geïnformeerd, vrĳwel elk."]))
def test_the_way_letters_are_composed_does_not_matter(text):
    apart = unicodedata.normalize("NFD", text)
    composed = [(item.rule, unicodedata.normalize("NFC", item.text)) for item in guard.check(apart, CHAPTER)]
    assert composed == [(item.rule, item.text) for item in guard.check(text, CHAPTER)]


def test_a_count_that_reads_otherwise_is_offered_without_its_noun():
    claims = by_key(count("d", 4, "directielid", "directieleden"), claim("n", Kind.NAME, "Koers"))
    assert bindings("4 directieleden", claims) == ["[[d|cijfer]] directieleden"]
