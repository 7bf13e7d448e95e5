from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, NavItem, Records, RetentionClass, Shortcut
from houvast.core.retention import facts, jobs, permissions, queries

MODULE = Module(
    key="retention",
    name=_("Bewaren en vernietigen"),
    permissions=permissions.ALL,
    navigation=(
        NavItem(
            _("Bewaren en vernietigen"), "retention:index", "archive", _("Beheer"), permissions.VIEW, 935
        ),
    ),
    shortcuts=(
        Shortcut(
            _("Bewaren en vernietigen"),
            "retention:index",
            "archive",
            _("Wat aan de beurt is om te worden vernietigd, en wie daarover besluit."),
            permissions.VIEW,
            45,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    dates=facts.dates,
    destroyed=queries.destroyed,
    daily=(jobs.daily,),
    records=(
        Records("retention.destructionlist", _("vernietigingslijst"), queries.list_names),
        Records("retention.destructionitem", _("regel van de vernietigingslijst"), lambda _actor, _uids: {}),
        Records(
            "retention.destructioncertificate", _("verklaring van vernietiging"), queries.certificate_names
        ),
        Records("retention.destroyed", _("vernietigde rij"), lambda _actor, _uids: {}),
        Records("retention.hold", _("vernietigingsstop"), lambda _actor, _uids: {}),
        Records("retention.retentiondeviation", _("afwijkende bewaartermijn"), lambda _actor, _uids: {}),
    ),
    retention=(
        RetentionClass(
            key="retention.certificates",
            label=_("Vernietigingslijsten en verklaringen van vernietiging"),
            source=_("Archiefbesluit 1995 art. 8: de verklaring blijft als bewijs"),
            years=None,
            kept=_("Zij noemen rijen bij hun nummer en bevatten niets van de inhoud."),
        ),
        RetentionClass(
            key="retention.trail",
            label=_("Logboek van handelingen"),
            source=_("BIO 8.15; keuze van de organisatie"),
            years=None,
            kept=_(
                "Het is een keten: een regel eruit zou haar breken. Het bevat geen namen en geen vrije tekst."
            ),
        ),
    ),
    labels=(
        ("retention.make_list", _("Vernietigingslijst gemaakt")),
        ("retention.exclude", _("Uitzondering op de vernietigingslijst vastgelegd")),
        ("retention.propose", _("Vernietigingslijst voorgelegd")),
        ("retention.approve", _("Vernietigingslijst goedgekeurd")),
        ("retention.withdraw", _("Vernietigingslijst ingetrokken")),
        ("retention.reject", _("Vernietigingslijst afgewezen")),
        ("retention.execute", _("Vernietigd volgens de vernietigingslijst")),
        ("retention.replay", _("Opnieuw vernietigd na een teruggezette reservekopie")),
        ("retention.hold", _("Vernietiging stopgezet")),
        ("retention.lift_hold", _("Vernietigingsstop beëindigd")),
        ("retention.deviate", _("Afwijkende bewaartermijn vastgelegd")),
    ),
)
