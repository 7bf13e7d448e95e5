"""Documents that the tests share. All names and figures in them are made up."""

from datetime import date

from houvast.core.documents.tree import (
    BulletList,
    ClaimRef,
    Contents,
    Definitions,
    Document,
    Figure,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Run,
    fact,
    table,
    text,
)

HARD = '#*_$<>@ "q" \\ [x] & é ĳ Şahin Kovač'
BREACHES = ClaimRef("security.breaches", "Datalekken: 17")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">\n'
    '<rect width="60" height="80" fill="#12546a"/>'
    '<text x="80" y="50" font-family="&quot;Source Sans 3&quot;,sans-serif">17</text></svg>'
)
FIGURES = table("Gegevens", ["Jaar", "Aantal"], [["2021", "17"]], row_headers=True, numeric=[1])


def chapter(**changes: object) -> Document:
    """A chapter with one of everything."""
    given = {
        "title": "Paragraaf Bedrijfsvoering 2021",
        "organisation": "Gemeente Voorbeeldstad",
        "subtitle": "Jaarstukken 2021",
        "running_title": "Bedrijfsvoering 2021",
        "date": date(2021, 12, 31),
        "meta": (("Peildatum", "31 december 2021"),),
        "base_url": "https://houvast.example",
        "blocks": (
            Contents(),
            Note("example", (text("Voorbeeldgegevens."),)),
            Heading(1, "Organisatie", "1"),
            Heading(2, "Veiligheid", "1.1"),
            Paragraph(text("In 2021 waren er ", Run("17 datalekken", claim=BREACHES), ". ", HARD)),
            BulletList(
                (
                    text("Ook ", Run("zeventien", bold=True, claim=BREACHES), " keer"),
                    text(Run("vet", bold=True), " en ", Run("schuin", italic=True)),
                )
            ),
            NumberedList((text("Eerst"), text("Daarna"))),
            Paragraph(text("Zie ", Run("de wet", link="https://wetten.example/a?b=1&c=2"), ".")),
            table(
                "Maatregelen",
                ["Maatregel", "Bedrag"],
                [["Slot", "€ 5"], ["Sleutel", "€ 7"]],
                row_headers=True,
                numeric=[1],
                footer=["Totaal", "€ 12"],
            ),
            table("Zonder rijkoppen", ["A", "B"], [["1", "2"]]),
            Figure(SVG, "Staaf van 17.", "Datalekken", FIGURES),
            Heading(1, "Verantwoording van de feiten"),
            Definitions(
                (
                    fact(
                        BREACHES,
                        label="Datalekken",
                        value="17",
                        counted="Alle datalekken.",
                        moment="2021",
                        rows=17,
                        digest="9f" * 32,
                        link="/diemen/feiten/security.breaches",
                    ),
                )
            ),
        ),
    }
    return Document(**(given | changes))
