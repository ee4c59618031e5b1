from django.urls import path

from polyfolio.web.boards import views

urlpatterns = [path("portfolios/<slug:slug>/board/", views.board, name="portfolio_board")]
