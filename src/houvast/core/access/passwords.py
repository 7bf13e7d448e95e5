"""What a password must be, in the reader's language."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class MinimumLength(MinimumLengthValidator):
    """As Django's own, whose sentence has no Dutch translation in this release."""

    def get_error_message(self) -> str:
        """What to change."""
        return _("Dit wachtwoord is te kort: gebruik ten minste %(length)s tekens.") % {
            "length": self.min_length
        }

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Gebruik ten minste %(length)s tekens; een zin mag ook.") % {"length": self.min_length}
