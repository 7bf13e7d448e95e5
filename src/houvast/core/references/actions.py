"""Reference numbers without gaps or doubles."""

from houvast.core.orgs.scope import current_organisation_id, current_writing
from houvast.core.references.models import Sequence


def next_reference(register: str, year: int, prefix: str) -> str:
    """The next reference of a register in a year: `DL-2021-017`, with more digits from 1000 on.

    To be called by an action. The counter stays locked until the action commits and goes back with it
    when it fails, so that the numbers of an organisation, register and year have no gaps. Raises
    WriteOutsideAction outside an action. `register` is a stable key as `security.breaches`.
    """
    current_writing()
    sequence, _created = Sequence.objects.select_for_update().get_or_create(
        organisation_id=current_organisation_id(),
        register=register,
        year=year,
    )
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return f"{prefix}-{year}-{sequence.last:03d}"
