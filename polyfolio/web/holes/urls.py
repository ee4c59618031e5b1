from django.urls import path

from polyfolio.web.holes import views, wants

urlpatterns = [
    path("portfolios/<slug:slug>/holes/", views.holes, name="portfolio_holes"),
    path("portfolios/<slug:slug>/holes/want/", wants.want, name="portfolio_want"),
    path("portfolios/<slug:slug>/holes/unwant/", wants.unwant, name="portfolio_unwant"),
]
