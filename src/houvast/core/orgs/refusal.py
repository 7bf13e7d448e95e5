"""How a rule says no: one Dutch sentence that tells what to do, and what it is about."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818  it is an answer, not a fault
    """What was asked is not allowed, or not now.

    field: what to change, by the keyword of the action; empty where it is no single thing.
    source: the article it rests on.
    """

    def __init__(self, sentence: str | Promise, field: str = "", *, source: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.source = source

    def __str__(self) -> str:
        return f"{self.sentence} ({self.source})" if self.source else str(self.sentence)


def require(allowed: object, sentence: str | Promise, field: str = "", *, source: str = "") -> None:
    """Raise Refusal unless `allowed` is true."""
    if not allowed:
        raise Refusal(sentence, field, source=source)
