from django.urls import path

from polyfolio.web.holes import following, synergies, views, wants

urlpatterns = [
    path("portfolios/<slug:slug>/holes/", views.holes, name="portfolio_holes"),
    path("portfolios/<slug:slug>/holes/want/", wants.want, name="portfolio_want"),
    path("portfolios/<slug:slug>/holes/unwant/", wants.unwant, name="portfolio_unwant"),
    path("portfolios/<slug:slug>/holes/<int:pk>/", following.hole, name="portfolio_hole"),
    path("portfolios/<slug:slug>/holes/<int:pk>/reopen/", following.reopen, name="portfolio_hole_reopen"),
    path("portfolios/<slug:slug>/wanted/", following.wanted, name="portfolio_wanted"),
    path("portfolios/<slug:slug>/synergies/", synergies.synergies, name="portfolio_synergies"),
    path("portfolios/<slug:slug>/synergies/connect/", synergies.connect, name="portfolio_connect"),
]
