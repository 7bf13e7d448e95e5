from django.utils.translation import gettext_lazy as _

from houvast.core.commitments import facts, names, permissions, queries
from houvast.core.registry import FileOwner, Module, NavItem, Records, ReminderKind, SectionAct, Shortcut

MODULE = Module(
    key="commitments",
    name=_("Voornemens en toezeggingen"),
    permissions=(permissions.VIEW, permissions.RECORD, permissions.CHECK),
    navigation=(
        NavItem(
            _("Voornemens en toezeggingen"),
            "commitments:index",
            "checklist",
            _("Verantwoorden"),
            permissions.VIEW,
            310,
        ),
    ),
    claims=facts.CLAIMS,
    shortcuts=(
        Shortcut(
            _("Voornemens en toezeggingen"),
            "commitments:index",
            "checklist",
            _("Wat de paragraaf aankondigde, wie het doet, en hoe het ermee staat."),
            permissions.VIEW,
            57,
            to_read=True,
        ),
    ),
    tasks=facts.tasks,
    figures=facts.figures,
    labels=(
        ("commitments.record", _("Voornemen vastgelegd")),
        ("commitments.change", _("Voornemen gewijzigd")),
        ("commitments.tell", _("Stand van een voornemen vastgelegd")),
        ("commitments.check", _("Antwoord op een voornemen gecontroleerd")),
        ("commitments.withdraw", _("Stand van een voornemen ingetrokken")),
        ("commitments.attach", _("Bijlage bij een voornemen gevoegd")),
        ("commitments.withdraw_file", _("Bijlage bij een voornemen ingetrokken")),
        ("commitments.note_consent", _("Instemming met e-mail over een toezegging vastgelegd")),
        ("commitments.draft_letter", _("Brief over een toezegging klaargezet")),
        ("commitments.send_letter", _("Brief over een toezegging verzonden")),
    ),
    records=(
        Records("commitments.commitment", _("voornemen"), names.commitment_names),
        Records("commitments.commitmentstand", _("stand van een voornemen"), names.stand_names),
    ),
    file_owners=(FileOwner("commitments.commitment", queries.sees),),
    dates=facts.dates,
    obstacles=facts.obstacles,
    reminders=(ReminderKind("commitments.due", _("Termijn van een voornemen"), facts.due, (30, 7, -1)),),
    section_acts=(
        SectionAct(_("Leg een voornemen vast"), "commitments:record", "checklist", permissions.RECORD),
    ),
    annexes=facts.annexes,
    indexed=facts.INDEXED,
)
