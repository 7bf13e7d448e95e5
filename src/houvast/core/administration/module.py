from django.utils.translation import gettext_lazy as _

from houvast.core.access.permissions import CHANGE_SETTINGS, MANAGE_ACCESS, READ_TRAIL
from houvast.core.administration import names
from houvast.core.registry import Api, Module, NavItem, Records, Shortcut

GROUP = _("Beheer")

MODULE = Module(
    key="administration",
    name=_("Beheer"),
    permissions=(MANAGE_ACCESS, CHANGE_SETTINGS, READ_TRAIL),
    navigation=(
        NavItem(_("Mensen en rollen"), "administration:people", "users", GROUP, MANAGE_ACCESS, 900),
        NavItem(_("Toegang van anderen"), "administration:grants", "key", GROUP, MANAGE_ACCESS, 910),
        NavItem(_("Wie mag wat"), "administration:rights", "shield-check", GROUP, MANAGE_ACCESS, 920),
        NavItem(_("Logboek"), "administration:trail", "history", GROUP, READ_TRAIL, 940),
    ),
    shortcuts=(
        Shortcut(
            _("Mensen en rollen"),
            "administration:people",
            "users",
            _("Geef iemand een rol, of beëindig er een."),
            MANAGE_ACCESS,
            10,
        ),
        Shortcut(
            _("Logboek"),
            "administration:trail",
            "history",
            _("Wat er is vastgelegd, door wie en wanneer."),
            READ_TRAIL,
            40,
            to_read=True,
        ),
    ),
    records=(
        Records("access.role", _("rol"), names.role_names),
        Records("access.roleassignment", _("roltoekenning"), names.assignment_names),
        Records("access.grant", _("toegang over de grens"), names.grant_names),
    ),
    labels=(
        ("administration.found", _("Organisatie ingericht")),
        ("administration.add_person", _("Persoon toegevoegd")),
        ("administration.link_account", _("Account gekoppeld")),
        ("administration.link_email", _("Account gekoppeld op e-mailadres")),
        ("administration.assign_role", _("Rol toegekend")),
        ("administration.end_role", _("Rol beëindigd")),
        ("administration.grant", _("Toegang verleend aan een andere organisatie")),
        ("administration.end_grant", _("Toegang van een andere organisatie beëindigd")),
    ),
    api=Api("houvast.core.administration.api.ROUTER", reads=(READ_TRAIL,)),
)
