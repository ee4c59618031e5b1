from django.urls import path

from polyfolio.web.tracking import views

urlpatterns = [
    path("portfolios/<slug:slug>/tracking/", views.tracking, name="portfolio_tracking"),
    path("portfolios/<slug:slug>/tracking/indicators/new/", views.new_indicator, name="portfolio_indicator_new"),
    path("portfolios/<slug:slug>/tracking/indicators/<int:pk>/", views.indicator, name="portfolio_indicator"),
    path(
        "portfolios/<slug:slug>/tracking/indicators/<int:pk>/delete/",
        views.delete_indicator,
        name="portfolio_indicator_delete",
    ),
    path("portfolios/<slug:slug>/tracking/feedback/new/", views.new_feedback, name="progress_feedback_new"),
    path("portfolios/<slug:slug>/tracking/feedback/<int:pk>/", views.feedback, name="progress_feedback"),
    path(
        "portfolios/<slug:slug>/tracking/feedback/<int:pk>/delete/",
        views.delete_feedback,
        name="progress_feedback_delete",
    ),
]
