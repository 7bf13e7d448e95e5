"""The chapter as a block tree, with the account of its claims at the end; the writers make files of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from houvast.core.documents import tree
from houvast.core.report import dutch, prose
from houvast.core.report.chapter import Chapter
from houvast.core.report.claims import Claim

TITLE = "Paragraaf Bedrijfsvoering"
RUNNING = "Paragrafen: Bedrijfsvoering"
"""On top of every page: where in the annual accounts one is."""
ACCOUNT = "Verantwoording van de feiten"
EXAMPLE = (
    "Sommige aantallen in deze tekst rusten op voorbeeldrijen: het aantal komt uit de bron, de inhoud van de "
    "rijen is verzonnen om het te kunnen tellen. Het overzicht achterin zegt om welke feiten het gaat."
)
EXAMPLE_PART = (
    "Een deel van de aantallen in deze tekst rust op voorbeeldrijen: {examples} van de {rows} rijen achter die feiten, "
    "per feit geteld. De inhoud van die rijen is verzonnen om ze te kunnen tellen; de andere zijn echt vastgelegd. Het "
    "overzicht achterin zegt om welke feiten het gaat."
)
UNCHECKED = "Nog niet gecontroleerd door een tweede persoon."
DEPTHS = 3

LinkTo = Callable[[Claim], str]


def no_links(_claim: Claim) -> str:
    """For a document that stands on its own."""
    return ""


def document(chapter: Chapter, *, link: LinkTo = no_links, base_url: str = "") -> tree.Document:
    """The whole chapter. `link` gives the address of a claim in the application, or nothing."""
    context = chapter.context
    return tree.Document(
        title=f"{TITLE} {context.year}",
        subtitle=f"Jaarstukken {context.year}",
        running_title=f"Jaarstukken {context.year} – {RUNNING}",
        organisation=context.full_name,
        date=context.as_of,
        meta=(("Peildatum", dutch.day(context.as_of)), ("Feiten met een bron", _tally(chapter))),
        base_url=base_url,
        blocks=tuple(_blocks(chapter, link)),
    )


def _tally(chapter: Chapter) -> str:
    """How many facts the text states, and how many of them nobody checked."""
    waiting = len(chapter.unchecked)
    return (
        f"{len(chapter.used)}, waarvan {waiting} nog niet gecontroleerd"
        if waiting
        else str(len(chapter.used))
    )


def _example_note(chapter: Chapter) -> str:
    if chapter.example_part is None:
        return EXAMPLE
    examples, rows = chapter.example_part
    return EXAMPLE_PART.format(examples=dutch.figure(examples), rows=dutch.figure(rows))


def _unchecked_note(waiting: int) -> str:
    what = "Eén feit in deze tekst is" if waiting == 1 else f"{waiting} feiten in deze tekst zijn"
    return f"{what} nog niet gecontroleerd door een tweede persoon. Het overzicht achterin zegt welke."


def _blocks(chapter: Chapter, link: LinkTo) -> Iterator[tree.Block]:
    if chapter.has_example_rows:
        yield tree.Note("example", (tree.text(_example_note(chapter)),))
    if chapter.unchecked:
        yield tree.Note("warning", (tree.text(_unchecked_note(len(chapter.unchecked))),))
    yield tree.Contents()
    for section in chapter.sections:
        if chapter.reads(section):
            yield tree.Heading(
                min(section.depth + 1, DEPTHS), section.heading, section.number, anchor=section.key
            )
            yield from (_block(block, chapter) for block in section.blocks)
            for problem in section.problems:
                yield tree.Note("warning", (tree.text(problem),))
    for annex in chapter.annexes:
        yield tree.Heading(1, annex.heading, anchor=f"bijlage-{annex.key}", new_page=True)
        yield tree.Paragraph(tree.text(annex.lead))
        yield tree.table(annex.heading, annex.header, annex.rows, row_headers=True)
    yield tree.Heading(1, ACCOUNT, anchor="verantwoording", new_page=True)
    yield tree.Definitions(tuple(_account(claim, link) for claim in chapter.used))


def _block(block: prose.Block, chapter: Chapter) -> tree.Block:
    if isinstance(block, prose.Bullets):
        return tree.BulletList(tuple(_runs(item, chapter) for item in block.items))
    return tree.Paragraph(_runs(block.runs, chapter))


def _runs(runs: tuple[prose.Run, ...], chapter: Chapter) -> tree.Runs:
    return tuple(
        tree.Run(run.text, claim=tree.ClaimRef(run.key, chapter.claims[run.key].label) if run.key else None)
        for run in runs
    )


def _account(claim: Claim, link: LinkTo) -> tree.Entry:
    counted = claim.explanation
    if claim.example_rows and not claim.is_small:
        counted = f"{counted} Voorbeeldgegevens: {claim.example_rows} van de {claim.rows} rijen.".strip()
    entry = tree.fact(
        tree.ClaimRef(claim.key),
        label=claim.label,
        value=claim.text,
        counted=counted,
        moment=moment(claim),
        rows=claim.told_rows,
        digest=claim.digest,
        link=link(claim),
    )
    return (
        replace(entry, body=(("Controle", tree.text(UNCHECKED)), *entry.body)) if claim.unchecked else entry
    )


def moment(claim: Claim) -> str:
    """The day or the period a claim is about, in words."""
    if claim.period:
        return claim.period.text
    return dutch.day(claim.as_of) if claim.as_of else ""
