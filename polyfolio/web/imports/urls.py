from django.urls import path

from polyfolio.web.imports import deciding, views

urlpatterns = [
    path("imports/", views.imports_list, name="imports"),
    path("imports/new/", views.new, name="import_new"),
    path("imports/organisations/", deciding.matches, name="import_matches"),
    path("imports/organisations/<int:pk>/same/", deciding.same, name="import_match_same"),
    path("imports/organisations/<int:pk>/different/", deciding.different, name="import_match_different"),
    path("imports/goals/", deciding.goals, name="import_goals"),
    path("imports/<int:pk>/", views.report, name="import"),
    path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
    path("imports/<int:pk>/problems/", views.problems, name="import_problems"),
    path("imports/<int:pk>/activities/", views.activities, name="import_activities"),
    path("imports/<int:pk>/stop/", views.stop, name="import_stop"),
    path("imports/<int:pk>/resume/", views.resume, name="import_resume"),
    path("imports/<int:pk>/undo/", views.undo, name="import_undo"),
]
