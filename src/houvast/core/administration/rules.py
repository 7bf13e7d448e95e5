"""What holds for whoever manages access."""

from houvast.core.access.actor import Actor
from houvast.core.access.permissions import MANAGE_ACCESS, NotPermitted


def require_everywhere(actor: Actor) -> None:
    """Raise NotPermitted unless the actor manages access in the whole organisation.

    Whoever holds it in one unit alone would otherwise give themselves the rest.
    """
    if actor.units(MANAGE_ACCESS) is not None:
        raise NotPermitted(MANAGE_ACCESS)
