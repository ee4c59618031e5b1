from django.urls import path

from polyfolio.web.history import views

urlpatterns = [
    path("history/<slug:subject_type>/<int:subject_id>/", views.history, name="history"),
    path("history/changes/<int:pk>/undo/", views.undo, name="undo"),
    path("history/changes/<int:pk>/bring-back/", views.bring_back, name="bring_back"),
]
