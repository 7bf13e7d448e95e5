"""Who a session belongs to, found by a query that is worded once: every page asks it."""

from allauth.account import auth_backends
from django.db import DEFAULT_DB_ALIAS

from houvast.core.access.models import Account
from houvast.core.orgs.prepared import Prepared

_COLUMNS = tuple(field.attname for field in Account._meta.concrete_fields)
_find = Prepared(lambda pk: Account.objects.filter(pk=pk).values_list(*_COLUMNS), -1_000_003)


class AuthenticationBackend(auth_backends.AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's own, but for how it finds the account of a session."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, if it may still sign in."""
        found = _find(user_id)
        if not found:
            return None
        account = Account.from_db(DEFAULT_DB_ALIAS, _COLUMNS, found[0])
        return account if self.user_can_authenticate(account) else None
