from django.urls import path

from polyfolio.web.discussions import comments, views

TALK = "portfolios/<slug:portfolio>/initiatives/<slug:slug>/discussion/"

urlpatterns = [
    path("portfolios/<slug:slug>/discussions/", views.of_portfolio, name="portfolio_discussions"),
    path(TALK, views.discussion, name="discussion"),
    path(f"{TALK}open/", views.begin, name="discussion_open"),
    path(f"{TALK}resolve/", views.resolve, name="discussion_resolve"),
    path(f"{TALK}<int:pk>/reopen/", views.reopen, name="discussion_reopen"),
    path(f"{TALK}comments/", comments.write, name="comment_write"),
    path(f"{TALK}comments/<int:pk>/", comments.reword, name="comment_edit"),
    path(f"{TALK}comments/<int:pk>/take-back/", comments.take_back, name="comment_take_back"),
]
