from django.urls import path

from polyfolio.web.terms import views

urlpatterns = [
    path("portfolios/<slug:slug>/terms/", views.terms, name="portfolio_terms"),
    path("portfolios/<slug:slug>/terms/new/", views.new, name="portfolio_term_new"),
    path("portfolios/<slug:slug>/terms/<int:pk>/", views.term, name="portfolio_term"),
    path("portfolios/<slug:portfolio>/initiatives/<slug:slug>/terms/", views.tag, name="initiative_terms"),
]
