"""What can be wrong with a document or its environment. Each message is one sentence for the official."""


class DocumentError(ValueError):
    """The tree does not make a document: a duplicate anchor, an unsafe link, a table with a hole."""


class UnknownFormatError(DocumentError):
    """Nobody writes this format."""


class MissingFontError(RuntimeError):
    """The font family of the PDF is not there. typst would drop the text silently, so nothing is written."""
