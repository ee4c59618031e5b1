from django.urls import path

from polyfolio.web.stewardship import views

urlpatterns = [
    path("portfolios/<slug:slug>/stewardship/", views.stewardship, name="portfolio_stewardship"),
]
