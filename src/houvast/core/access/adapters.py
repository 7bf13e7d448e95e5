"""How allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    """Accounts are made by an administrator or by the organisation's own sign-in, never by a visitor."""

    def is_open_for_signup(self, request: Any) -> bool:  # noqa: ARG002  allauth's signature
        """Nobody makes an account here by themselves."""
        return False
