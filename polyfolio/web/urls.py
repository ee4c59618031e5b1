"""The addresses of all pages; each page brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("polyfolio.web.home.urls")),
    path("", include("polyfolio.web.health.urls")),
    path("", include("polyfolio.web.search.urls")),
    path("", include("polyfolio.web.account.urls")),
    path("", include("polyfolio.web.networks.urls")),
    path("", include("polyfolio.web.bodies.urls")),
    path("", include("polyfolio.web.organisations.urls")),
    path("", include("polyfolio.web.persons.urls")),
    path("", include("polyfolio.web.next_steps.urls")),
    path("", include("polyfolio.web.history.urls")),
    path("", include("polyfolio.web.choosing.urls")),
    path("", include("polyfolio.web.attachments.urls")),
    path("", include("polyfolio.web.styleguide.urls")),
    path("", include("polyfolio.web.initiatives.urls")),
    path("", include("polyfolio.web.imports.urls")),
    path("", include("polyfolio.web.resources.urls")),
    path("", include("polyfolio.web.portfolios.urls")),
    path("", include("polyfolio.web.placements.urls")),
    path("", include("polyfolio.web.holes.urls")),
    path("", include("polyfolio.web.decisions.urls")),
    path("", include("polyfolio.web.stocktakes.urls")),
    path("", include("polyfolio.web.tracking.urls")),
    path("", include("polyfolio.web.workshops.urls")),
    path("account/", include("allauth.urls")),
]
