"""What of a year may be published, and what an organisation may set about it. No query, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houvast.core.configuration.rules import Kind, Setting
from houvast.core.orgs.refusal import Refusal
from houvast.core.report.adoption.rules import Body

BODY = Setting(
    key="report.publication_body",
    label=gettext_lazy("Publiceren na vaststelling door"),
    kind=Kind.CHOICE,
    default=Body.RAAD.value,
    explanation=gettext_lazy(
        "Een paragraaf wordt pas gepubliceerd als dit orgaan haar heeft vastgesteld; de pagina zegt wie dat was."
    ),
    choices=tuple(Body.choices),
)
ADDRESS = Setting(
    key="report.publication_address",
    label=gettext_lazy("Webadres van de publicatie"),
    kind=Kind.TEXT,
    default="",
    explanation=gettext_lazy(
        "Begint met https://. Zoekmachines krijgen er een lijst van pagina’s mee; zonder adres is er geen lijst."
    ),
)
CONTACT = Setting(
    key="report.accessibility_contact",
    label=gettext_lazy("Waar men een ontoegankelijke pagina meldt"),
    kind=Kind.TEXT,
    default="",
    explanation=gettext_lazy(
        "Een mailadres of webadres van de organisatie, geen persoon. Zonder is er geen pagina over toegankelijkheid."
    ),
)
STATEMENT = Setting(
    key="report.accessibility_statement",
    label=gettext_lazy("Webadres van de toegankelijkheidsverklaring"),
    kind=Kind.TEXT,
    default="",
    explanation=gettext_lazy(
        "De verklaring van de organisatie, waar de pagina over toegankelijkheid naar wijst."
    ),
)
SETTINGS = (BODY, ADDRESS, CONTACT, STATEMENT)

_WEB = re.compile(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?", re.ASCII)
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)+", re.ASCII)


@dataclass(frozen=True)
class Options:
    """What an organisation set. address: ends in a slash, or is empty; contact: a mail or web address as a link."""

    body: str = Body.RAAD.value
    address: str = ""
    contact: str = ""
    statement: str = ""

    @property
    def contact_link(self) -> str:
        return f"mailto:{self.contact}" if _MAIL.fullmatch(self.contact) else self.contact


def options(body: str, address: str, contact: str, statement: str) -> Options:
    """The settings as they are used. Raises Refusal for an address that is none, with which setting it is."""
    for given, setting in ((address, ADDRESS), (statement, STATEMENT)):
        if given and not _WEB.fullmatch(given):
            raise Refusal(
                _("De instelling ‘%(label)s’ is geen webadres: %(given)s")
                % {"label": setting.label, "given": given}
            )
    if contact and not (_WEB.fullmatch(contact) or _MAIL.fullmatch(contact)):
        raise Refusal(
            _("De instelling ‘%(label)s’ is geen mailadres of webadres: %(given)s")
            % {"label": CONTACT.label, "given": contact}
        )
    return Options(body, f"{address.rstrip('/')}/" if address else "", contact, statement)


@dataclass(frozen=True)
class Held:
    """An edition as far as the rules ask: its number, and the bodies that adopted it."""

    number: int
    bodies: frozenset[str]


def numbers_to_publish(year: int, editions: Iterable[Held], body: str) -> tuple[int, ...]:
    """The editions of a year that are published, oldest first; the last one is at the year's own address.

    What the raad adopted may always be published; what only the college adopted, where the setting says so.
    Raises Refusal with the reason where there is none.
    """
    known = sorted(editions, key=lambda one: one.number)
    if not known:
        raise Refusal(
            _(
                "De paragraaf van %(year)s is niet vastgesteld; alleen een vastgestelde paragraaf wordt gepubliceerd."
            )
            % {"year": year}
        )
    found = tuple(one.number for one in known if body == Body.COLLEGE or Body.RAAD in one.bodies)
    if not found:
        raise Refusal(
            _(
                "De raad heeft de paragraaf van %(year)s nog niet vastgesteld, alleen het college. Deze organisatie "
                "publiceert na de raad (instelling ‘%(label)s’)."
            )
            % {"year": year, "label": BODY.label}
        )
    return found
