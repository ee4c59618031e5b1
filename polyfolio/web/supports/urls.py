from django.urls import path

from polyfolio.web.supports import views

urlpatterns = [
    path("portfolios/<slug:slug>/supports/", views.supports, name="portfolio_supports"),
    path("portfolios/<slug:slug>/supports/new/", views.new, name="portfolio_support_new"),
    path("portfolios/<slug:slug>/supports/<int:pk>/", views.support, name="portfolio_support"),
    path("portfolios/<slug:slug>/supports/<int:pk>/delete/", views.delete, name="portfolio_support_delete"),
]
