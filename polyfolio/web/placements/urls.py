from django.urls import path

from polyfolio.web.placements import axes, mixes, queue, replay, views, zones

# What may move to another address is called `slug`: in the last ones that is the initiative.
urlpatterns = [
    path("portfolios/<slug:slug>/mix/", mixes.mix, name="portfolio_mix"),
    path("portfolios/<slug:slug>/mix/target/", mixes.target, name="portfolio_target_mix"),
    path("portfolios/<slug:slug>/replay/", replay.replay, name="portfolio_replay"),
    path("portfolios/<slug:slug>/place/", queue.queue, name="portfolio_place"),
    path("portfolios/<slug:portfolio>/initiatives/<slug:slug>/place/", views.place, name="placement_new"),
    path("portfolios/<slug:portfolio>/initiatives/<slug:slug>/zone/", zones.change, name="zone_change"),
    path("portfolios/<slug:portfolio>/initiatives/<slug:slug>/stays/<int:pk>/undo/", zones.undo, name="zone_undo"),
    path("portfolios/<slug:portfolio>/initiatives/<slug:slug>/axes/<slug:frame>/", axes.place, name="axes_place"),
]
