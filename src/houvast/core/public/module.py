from django.utils.translation import gettext_lazy as _

from houvast.core.registry import Module, PublicPage

MODULE = Module(
    key="public",
    name=_("Publieke pagina’s"),
    public=(
        PublicPage("public:index", _("Publieke pagina’s"), listed=False),
        PublicPage(
            "public:privacy",
            _("Wat wij van u bewaren"),
            about=_("Welke gegevens de formulieren op deze pagina’s vragen, en hoe lang wij die bewaren."),
        ),
    ),
)
