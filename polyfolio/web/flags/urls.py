from django.urls import path

from polyfolio.web.flags import views

urlpatterns = [
    path("portfolios/<slug:slug>/flags/", views.flags, name="portfolio_flags"),
    path("portfolios/<slug:slug>/flags/rules/", views.rules, name="portfolio_flag_rules"),
]
