"""Every address. A page in an organisation lives under its slug; the rest has fixed names."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from houvast.modules.security import urls as security_urls
from houvast.project import views

IN_ORGANISATION: list[URLPattern | URLResolver] = [
    path("", views.my_day, name="my_day"),
    path("zoeken/", views.search, name="search"),
    path("agenda/", include("houvast.core.agenda.urls")),
    path("structuur/", include("houvast.modules.structure.urls")),
    path("beveiliging/", include("houvast.modules.security.urls")),
    path("kernwaarden/", include("houvast.modules.values.urls")),
    path("trajecten/", include("houvast.modules.trajectory.urls")),
    path("verantwoording/", include("houvast.core.report.urls")),
    path("voornemens/", include("houvast.core.commitments.urls")),
    path("bestanden/", include("houvast.core.files.urls")),
    path("termijn/", include("houvast.core.terms.urls")),
    path("beheer/", include("houvast.core.administration.urls")),
    path("beheer/programma/", include("houvast.core.tokens.urls")),
    path("post/", include("houvast.core.post.urls")),
    path("meldingen/", include("houvast.core.notices.urls")),
    path("achtergrond/", include("houvast.core.jobs.urls")),
    path("beheer/instellingen/", include("houvast.core.configuration.urls")),
    path("publiek/", include("houvast.core.public.urls")),
    path("publiek/", include(security_urls.public)),
    path("beheer/inzage/", include("houvast.core.viewlog.urls")),
    path("beheer/bewaren/", include("houvast.core.retention.urls")),
]

handler404 = views.not_found

urlpatterns = [
    path("", views.home, name="home"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("account/", include("allauth.urls")),
    path("taal/", include("houvast.core.ui.urls")),
    path("api/v1/", include("houvast.core.api.urls")),
    # Outside the organisations: who fetches it cannot sign in.
    path("agenda-abonnement/", include("houvast.core.agenda.feed_urls")),
    path("<slug:organisation>/", include(IN_ORGANISATION)),
]
if settings.DEMO:
    urlpatterns[:0] = [
        path("demo/", include("houvast.project.demo.urls")),
        path("componenten/", include("houvast.core.ui.demo_urls")),
    ]
