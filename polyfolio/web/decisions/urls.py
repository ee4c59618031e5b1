from django.urls import path

from polyfolio.web.decisions import editing, views

urlpatterns = [
    path("portfolios/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("portfolios/<slug:slug>/decisions/new/", editing.new, name="decision_new"),
    path("portfolios/<slug:slug>/decisions/<int:pk>/", views.decision, name="decision"),
    path("portfolios/<slug:slug>/decisions/<int:pk>/edit/", editing.edit, name="decision_edit"),
    path("portfolios/<slug:slug>/decisions/<int:pk>/follow-up/", editing.follow, name="decision_follow"),
    path("portfolios/<slug:slug>/decisions/<int:pk>/delete/", editing.delete, name="decision_delete"),
]
