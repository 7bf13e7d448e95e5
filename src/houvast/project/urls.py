"""Every address. A page in an organisation lives under its slug; the rest has fixed names."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from houvast.modules.security import urls as security_urls
from houvast.project import views

IN_ORGANISATION: list[URLPattern | URLResolver] = [
    path("", views.my_day, name="my_day"),
    path("zoeken/", views.search, name="search"),
    path("structuur/", include("houvast.modules.structure.urls")),
    path("beveiliging/", include("houvast.modules.security.urls")),
    path("verantwoording/", include("houvast.core.report.urls")),
    path("bestanden/", include("houvast.core.files.urls")),
    path("termijn/", include("houvast.core.terms.urls")),
    path("beheer/", include("houvast.core.administration.urls")),
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
    path("<slug:organisation>/", include(IN_ORGANISATION)),
]
if settings.DEMO:
    urlpatterns[:0] = [
        path("demo/", include("houvast.project.demo.urls")),
        path("componenten/", include("houvast.core.ui.demo_urls")),
    ]
