"""The year in an address of the chapter."""

from django.utils import timezone

from houvast.core.http import NotHere
from houvast.core.report.rules import year_fault


class ReportYear:
    """A report year (verslagjaar). Any other number is answered with 404, and the page says which years there are."""

    regex = "[0-9]{1,20}"

    def to_python(self, value: str) -> int:
        """Raise NotHere for a year of which there can be no chapter."""
        year = int(value)
        if sentence := year_fault(year, timezone.localdate()):
            raise NotHere(sentence)
        return year

    def to_url(self, value: int) -> str:
        """As it stands in the address."""
        return str(value)
