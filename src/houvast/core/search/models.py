"""Which words stand in which record. A copy that `./houvast index` makes anew, and so no register of its own."""

from django.db import models

from houvast.core.orgs.base import ScopedModel


class SearchEntry(ScopedModel):
    """A record that can be found (vindbaar stuk): its table, its uid and its reference number without separators.

    Not in the trail: it says nothing that its record does not say, and who may find it is asked of the module.
    """

    table = models.CharField(max_length=80)
    subject_uid = models.UUIDField()
    reference = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "table", "subject_uid"], name="searchentry_subject"
            ),
            models.UniqueConstraint(fields=["organisation", "id"], name="searchentry_key"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.subject_uid}"


class SearchTerm(ScopedModel):
    """A word or stem (zoekwoord) in a record, and how much it weighs there.

    As bytes, since both databases put bytes in the same order, whatever the language they were set up in: what begins
    with a word is then one stretch of the index.
    """

    entry = models.ForeignKey(SearchEntry, on_delete=models.PROTECT, related_name="+", db_index=False)
    term = models.BinaryField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "term", "entry"], name="searchterm_term"),
            models.UniqueConstraint(fields=["organisation", "id"], name="searchterm_key"),
        ]
        indexes = [models.Index(fields=["organisation", "entry"], name="searchterm_entry")]

    def __str__(self) -> str:
        return bytes(self.term).decode()
