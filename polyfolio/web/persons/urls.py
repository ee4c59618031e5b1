from django.urls import path

from polyfolio.web.persons import views

urlpatterns = [
    path("persons/new/", views.new, name="person_new"),
    path("persons/<int:pk>/", views.person, name="person"),
    path("persons/<int:pk>/edit/", views.edit, name="person_edit"),
    path("persons/<int:pk>/delete/", views.delete, name="person_delete"),
    path("persons/<int:pk>/forget/", views.forget, name="person_forget"),
]
