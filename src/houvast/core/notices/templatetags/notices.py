"""The bell in the header: `{% bell shell.actor %}`."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houvast.core.access.actor import Actor
from houvast.core.notices.permissions import RECEIVE
from houvast.core.notices.queries import unread
from houvast.core.ui import markup

register = template.Library()


@register.simple_tag
def bell(actor: Actor) -> SafeString:
    """The way to the notices, with how many are unread; nothing for who gets none here."""
    if actor.person_id is None or not actor.may(RECEIVE):
        return SafeString()
    number = unread(actor)
    badge = (
        format_html(
            ' <span class="hv-bell">{}<span class="hv-hidden"> {}</span></span>', number, _("ongelezen")
        )
        if number
        else ""
    )
    return format_html(
        '<a class="hv-header__link" href="{}">{}<span>{}</span>{}</a>',
        reverse("notices:index", args=[actor.organisation.slug]),
        markup.icon("bell"),
        _("Meldingen"),
        badge,
    )
